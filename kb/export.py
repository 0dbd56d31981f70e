"""Write a knowledge base out as RDF, in an order that does not depend on how it was filled."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO, Literal, get_args

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kb.errors import KBError
from kb.store import Store
from kb.vocabulary import PREFIXES

ExportFormat = Literal["turtle", "trig", "ntriples", "nquads"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)

_SUFFIXES: dict[str, ExportFormat] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
}
_RDF: dict[ExportFormat, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
}


def format_of(path: str) -> ExportFormat:
    """The format that a file's suffix stands for. Raises ``KBError``."""
    suffix = Path(path).suffix.lower()
    if suffix not in _SUFFIXES:
        known = ", ".join(f"{s} ({f})" for s, f in _SUFFIXES.items())
        raise KBError(
            f"the suffix of {path!r} stands for no RDF format",
            f"{known}; or name it with --format",
        )
    return _SUFFIXES[suffix]


def export(store: Store, out: IO[bytes], form: ExportFormat) -> int:
    """Write every quad, sorted; returns how many. Turtle and N-Triples have no graphs: what several
    graphs say is written once."""
    found: list[Quad] | list[Triple]
    if form in ("turtle", "ntriples"):
        found = sorted({quad.triple for quad in store.quads()}, key=str)
    else:
        found = sorted(store.quads(), key=_by_graph)
    write(found, out, form)
    return len(found)


def write(found: Iterable[Quad] | Iterable[Triple], out: IO[bytes], form: ExportFormat) -> None:
    """Write triples or quads in the order in which they come."""
    prefixes = PREFIXES if form in ("turtle", "trig") else None
    serialize(found, out, _RDF[form], prefixes=prefixes)


def _by_graph(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)
