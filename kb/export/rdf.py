"""A knowledge base as RDF, in an order that does not depend on how it was filled.

Statements are sorted as lines of N-Triples: within each graph, the graphs in the order of their
names. What is larger than memory should hold is sorted on disk, so that the size of a knowledge
base shows in the time that it takes, not in the memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from kb.export import jsonld
from kb.export.formats import WITHOUT_GRAPHS, RdfFormat
from kb.spool import Spool
from kb.store import Store, named_graphs
from kb.vocabulary import PREFIXES

_ENGINE: dict[RdfFormat, pyoxigraph.RdfFormat] = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
}
_BATCH = 1000
"""Lines read back at once."""

Lines = Iterator[str]
GraphName = NamedNode | BlankNode | DefaultGraph


def write_store(store: Store, out: IO[bytes], form: RdfFormat) -> int:
    """Write every statement of a store; returns how many.

    Turtle and N-Triples have no graphs: what several graphs say is written once.
    """
    counted = _Count()
    if form in WITHOUT_GRAPHS:
        with Spool(f"{quad.triple} ." for quad in store.quads()) as lines:
            if form == "ntriples":
                _write_lines(counted.all(lines), out)
            else:
                write((quad.triple for quad in _read(counted.all(lines))), out, form)
    elif form == "nquads":
        _write_lines(counted.all(_quad_lines(store)), out)
    else:
        write(_read(counted.all(_quad_lines(store))), out, form)
    return counted.count


def write(found: Iterable[Quad] | Iterable[Triple], out: IO[bytes], form: RdfFormat) -> None:
    """Write triples or quads in the order in which they come; those of one graph and subject are to
    come together."""
    if form == "jsonld":
        jsonld.write(found, out)
        return
    prefixes = PREFIXES if form in ("turtle", "trig") else None
    pyoxigraph.serialize(found, out, _ENGINE[form], prefixes=prefixes)


def _quad_lines(store: Store) -> Lines:
    """Every quad as a line of N-Quads, sorted by graph, then by triple."""
    for graph in _graphs(store):
        end = "." if isinstance(graph, DefaultGraph) else f"{graph} ."
        with Spool(str(quad.triple) for quad in store.quads(graph=graph)) as triples:
            for triple in triples:
                yield f"{triple} {end}"


def _graphs(store: Store) -> list[NamedNode | DefaultGraph]:
    """The graphs of a store by their names; before them the one that has none."""
    return [DefaultGraph(), *named_graphs(store)]


def _write_lines(lines: Lines, out: IO[bytes]) -> None:
    while batch := "".join(f"{line}\n" for line in islice(lines, _BATCH)):
        out.write(batch.encode())


def _read(lines: Lines) -> Iterator[Quad]:
    """The quads of lines of N-Quads; each line stands alone."""
    while batch := "\n".join(islice(lines, _BATCH)):
        yield from pyoxigraph.parse(batch, pyoxigraph.RdfFormat.N_QUADS, lenient=True)


class _Count:
    """Counts what passes through."""

    def __init__(self) -> None:
        self.count = 0

    def all(self, lines: Iterable[str]) -> Lines:
        for line in lines:
            self.count += 1
            yield line
