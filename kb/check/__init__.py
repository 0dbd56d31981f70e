"""Whether data are as the shapes of ``ontology/shapes.ttl`` ask, in rows to act on.

The shapes are read as rules (``shapes``) and asked of a store as SPARQL (``sparql``), of one
article in memory before it is stored (``direct``, ``ingest``); pySHACL is at hand as the reference
(``reference``), and tests hold the three to each other.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, QuerySolutions

from kb.check.found import Breach, Findings, Violation, report, violations
from kb.check.reasoning import reason as prove
from kb.check.reference import by_pyshacl
from kb.check.shapes import shapes
from kb.check.sparql import query
from kb.errors import KBError, ReadError
from kb.rdf import copied
from kb.read.unpack import unpacked
from kb.store import Store, memory_store
from kb.vocabulary import GRAPH

__all__ = ["Findings", "Violation", "check_file", "check_quads", "check_store", "compiled_breaches"]


def check_store(store: Store, reason: bool = False, pyshacl: bool = False) -> Findings:
    """Validate all that a store holds, its graphs taken together: by SPARQL, or by ``pyshacl``.

    With ``reason`` by OWL reasoning, too; that and pySHACL hold all of it in memory. Raises
    ``KBError`` where Java is lacking.
    """
    proof = prove(store.quads()) if reason else None
    if pyshacl:
        found, turtle = by_pyshacl(store.quads())
        return Findings(found, turtle, proof)
    breaches = list(compiled_breaches(store))
    turtle = report(breaches, shapes().graph)
    return Findings(violations(breaches, store.quads), turtle, proof)


def check_quads(quads: Iterable[Quad], reason: bool = False, pyshacl: bool = False) -> Findings:
    """Validate quads of any graphs, or of none, as :func:`check_store` does."""
    with memory_store(_named(quads)) as store:
        return check_store(store, reason, pyshacl)


def check_file(path: str | Path, reason: bool = False, pyshacl: bool = False) -> Findings:
    """Validate a file of RDF, gzipped or not. Raises ``KBError`` where it cannot be read."""
    return check_quads(_read(path), reason, pyshacl)


def compiled_breaches(store: Store) -> Iterator[Breach]:
    """What breaks the shapes in a store, rule by rule, as SPARQL finds it."""
    for rule in shapes().rules:
        for row in cast(QuerySolutions, store.query(query(rule))):
            yield Breach(rule, row[0], row[1] if len(row) > 1 else None)


def _named(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Quads, each in a graph with a name, which is what queries look into."""
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            yield from copied([quad], GRAPH.derived)
        else:
            yield quad


def _read(path: str | Path) -> Iterator[Quad]:
    """The quads of a file of RDF; its suffix, ``.gz`` aside, names the format. Raises
    ``KBError``."""
    plain = str(path)[:-3] if str(path).lower().endswith(".gz") else str(path)
    form = pyoxigraph.RdfFormat.from_extension(Path(plain).suffix.lower().lstrip("."))
    if form is None:
        raise _unreadable(path, "its suffix stands for no format of RDF")
    try:
        with Path(path).open("rb") as file:
            _, stream = unpacked(file)
            yield from pyoxigraph.parse(stream, form)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        broken = "cut off" if isinstance(error, EOFError) else "damaged"
        raise KBError(f"{path} cannot be checked: the gzip data is {broken}") from error
    except ReadError as error:
        raise KBError(f"{path} cannot be checked: {error.message}", error.hint) from error
    except OSError as error:
        raise KBError(f"{path} cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError, MemoryError) as error:
        raise _unreadable(path, " ".join(str(error).split())[:300]) from error


def _unreadable(path: str | Path, why: str) -> KBError:
    return KBError(
        f"{path} cannot be checked: {why}",
        "the suffix names the format: ttl, trig, nt, nq, jsonld, each with .gz after it, too",
    )
