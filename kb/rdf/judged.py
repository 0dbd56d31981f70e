"""Judgements as a graph of their own, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kb.judgements import Judgement, Verdict
from kb.rdf.mint import ACTORS, Minter, digest
from kb.reports import EventKind, Report
from kb.vocabulary import DIP, GRAPH, RDF

_VERDICT: dict[Verdict, NamedNode] = {"same": DIP.same, "different": DIP.different}


def judgement_quads(judgement: Judgement, minter: Minter) -> list[Quad]:
    """A judgement, by an IRI made of the two things that it is about."""
    node = minter.thing("judgement", digest(judgement.one, judgement.other))
    told: list[tuple[NamedNode, NamedNode | Literal]] = [
        (RDF.type, DIP.Judgement),
        (DIP.judged, NamedNode(judgement.one)),
        (DIP.judged, NamedNode(judgement.other)),
        (DIP.verdict, _VERDICT[judgement.verdict]),
    ]
    if judgement.reason:
        told.append((DIP.reason, Literal(judgement.reason)))
    return [Quad(node, predicate, value, GRAPH.judgements) for predicate, value in told]


def judged_report_quads(report: Report) -> list[Quad]:
    """What a judged report is known by when its article has been coded anew: its article, and who
    acts in it."""
    node, acts = NamedNode(report.iri), ACTORS[report.kind]
    return [
        Quad(node, DIP.inArticle, NamedNode(report.article), GRAPH.judgements),
        *(Quad(node, acts, NamedNode(actor), GRAPH.judgements) for actor in report.actors),
    ]


def read_judged_reports(quads: Iterable[Quad]) -> dict[str, tuple[str, EventKind, frozenset[str]]]:
    """The article, the kind of event and the actors of each judged report."""
    articles: dict[str, str] = {}
    acting: dict[str, set[tuple[EventKind, str]]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            report, value = quad.subject.value, quad.object.value
            if quad.predicate == DIP.inArticle:
                articles[report] = value
            kind = next((k for k, acts in ACTORS.items() if acts == quad.predicate), None)
            if kind is not None:
                acting[report].add((kind, value))
    return {
        report: (article, min(acting[report])[0], frozenset(a for _, a in acting[report]))
        for report, article in articles.items()
        if acting[report]
    }


def read_judgements(quads: Iterable[Quad]) -> list[Judgement]:
    """The judgements that some quads tell of, sorted; what is incomplete is none."""
    about: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        about[str(quad.subject)].append(quad)
    found = []
    for told in about.values():
        things = [
            q.object.value
            for q in told
            if q.predicate == DIP.judged and isinstance(q.object, NamedNode)
        ]
        verdict = next(
            (v for v, node in _VERDICT.items() if any(q.object == node for q in told)), None
        )
        reasons = [
            q.object.value
            for q in told
            if q.predicate == DIP.reason and isinstance(q.object, Literal)
        ]
        if len(things) == 2 and verdict is not None:
            found.append(Judgement.of(things[0], things[1], verdict, min(reasons, default="")))
    return sorted(found)
