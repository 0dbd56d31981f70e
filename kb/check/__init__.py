"""Whether data are as the shapes of ``ontology/shapes.ttl`` ask, in rows to act on.

The shapes are read as rules (``shapes``) and asked of a store as SPARQL (``sparql``), of one
article in memory before it is stored (``direct``, ``ingest``); pySHACL is at hand as the reference
(``reference``), and tests hold the three to each other.
"""

from __future__ import annotations

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
from kb.errors import KBError
from kb.rdf import copied
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
    """Validate a file of RDF. Raises ``KBError`` where it cannot be read."""
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
    """The quads of a file of RDF; its suffix names the format. Raises ``KBError``."""
    try:
        yield from pyoxigraph.parse(path=str(path))
    except OSError as error:
        raise KBError(f"{path} cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        raise KBError(
            f"{path} cannot be checked: {' '.join(str(error).split())[:300]}",
            "the suffix names the format: ttl, trig, nt, nq, jsonld",
        ) from error
