"""One meeting of the bundled articles as Turtle: the event, its reports, their evidence."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad
from rdflib import Graph

from kb import KnowledgeBase
from kb.rdf import BASE, iri
from kb.views.triples import Triples
from kb.vocabulary import DIP, GRAPH, RDF

WHO, ON = ("Moon Jae-in", "Kim Jong Un"), "2018-04-27"
"""The meeting that is shown: one article announces it, two tell of it."""

FOLDERS = ("article", "evidence", "meeting", "person", "place", "report", "state")


def example(internal: frozenset[str]) -> tuple[str, str]:
    """The event, and the first two articles' accounts of it, as Turtle; without the ``internal``
    properties."""
    with KnowledgeBase.demo() as kb:
        [row] = [row for row in kb.who_met(*WHO) if row["date"] == ON]
        quads = [q for q in kb.store.quads() if q.predicate.value not in internal]
    event = iri(str(row["meeting"]))
    about: dict[str, list[Quad]] = {}
    for quad in quads:
        about.setdefault(str(quad.subject), []).append(quad)
    derived = [q for q in about[str(event)] if q.graph_name == GRAPH.derived]
    told: list[Quad] = []
    reports = sorted(_objects(derived, DIP.reportedBy), key=str)
    for report in sorted(reports, key=lambda node: _published(about, node))[:2]:
        told += about[str(report)]
        for passage in _objects(told, DIP.evidence):
            told += about[str(passage)]
        for article in _objects(about[str(report)], DIP.inArticle):
            told += about[str(article)]
    graph = _objects(told, RDF.type)
    assert graph
    return _turtle(derived), _turtle([q for q in told if q.graph_name != GRAPH.derived])


def _published(about: dict[str, list[Quad]], report: NamedNode) -> str:
    [article] = _objects(about[str(report)], DIP.inArticle)
    return "".join(str(q.object) for q in about[str(article)] if q.predicate == DIP.published)


def _objects(quads: list[Quad], predicate: NamedNode) -> list[NamedNode]:
    return list(
        dict.fromkeys(
            q.object for q in quads if q.predicate == predicate and isinstance(q.object, NamedNode)
        )
    )


def _turtle(quads: list[Quad]) -> str:
    graph: Graph = Triples(q.triple for q in quads).to_rdflib()
    for folder in FOLDERS:
        graph.bind(folder, f"{BASE}{folder}/")
    text: str = graph.serialize(format="turtle")
    return text.strip()
