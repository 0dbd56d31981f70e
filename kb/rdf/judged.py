"""Judgements as a graph of their own, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kb.judgements import Judgement, Verdict
from kb.rdf.mint import Minter, digest
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
