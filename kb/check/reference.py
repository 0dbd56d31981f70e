"""Validation by pySHACL, the reference implementation: what the compiled queries are held to. It
takes all data into memory, twice, and a second for every six hundred quads."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad

from kb.check.found import Violation, ordered, whereabouts
from kb.errors import KBError
from kb.rdf import iri
from kb.resources import ontology_dir
from kb.store import memory_store

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


def by_pyshacl(quads: Iterable[Quad]) -> tuple[tuple[Violation, ...], str]:
    """The violations of quads of any graphs, taken together, and the report in Turtle. Raises
    ``KBError`` where pySHACL gives up: it compares no blank nodes and no malformed values."""
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError
    from rdflib import Graph

    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # malformed values are violations
    given = list(quads)
    data = _prepared_graph()
    data.parse(data="".join(f"{q.triple} .\n" for q in given), format="nt")
    for triple in _graph("diplomatic-kb.ttl"):
        data.add(triple)
    try:
        _, report, _ = validate(data, shacl_graph=_graph("shapes.ttl"))
    except (ReportableRuntimeError, RecursionError, TypeError) as error:
        raise KBError(
            "pySHACL gives up on these data, which have nameless or malformed values",
            "leave --pyshacl away",
        ) from error
    assert isinstance(report, Graph)
    return _violations(report, given), report.serialize(format="turtle")


@cache
def _graph(name: str) -> Graph:
    from rdflib import Graph

    return Graph().parse(ontology_dir() / name)


def _prepared_graph() -> Graph:
    """A graph that parses each query once: pySHACL asks one for every node, and parsing it takes
    rdflib more time than answering it."""
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery

    prepared = cache(prepareQuery)

    class Prepared(Graph):
        def query(self, query_object: Any, *args: Any, **options: Any) -> Any:
            if isinstance(query_object, str):
                query_object = prepared(query_object)
            return super().query(query_object, *args, **options)

    return Prepared()


def _violations(report: Graph, given: list[Quad]) -> tuple[Violation, ...]:
    from rdflib import RDF, SH, URIRef

    found = []
    with memory_store(given) as store:
        for result in report.subjects(RDF.type, SH.ValidationResult):
            node = report.value(result, SH.focusNode)
            known = isinstance(node, URIRef)
            event, article = whereabouts(iri(str(node)), store.quads) if known else (None, None)
            found.append(
                Violation(
                    str(report.value(result, SH.resultMessage)),
                    str(node) if known else f"_:{node}",
                    event,
                    article,
                    _path(report, report.value(result, SH.resultPath)),
                    _text(report.value(result, SH.value)),
                )
            )
    return ordered(found)


def _path(report: Graph, path: Node | None) -> str | None:
    from rdflib import SH

    if path is None:
        return None
    back = report.value(path, SH.inversePath)
    name = str(path if back is None else back).rpartition("#")[2].rpartition("/")[2]
    return name if back is None else f"^{name}"


def _text(node: Node | None) -> str | None:
    return None if node is None else str(node)
