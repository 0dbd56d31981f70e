"""What tables and networks ask a store for: things in the order of their IRIs, and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kb.model import ActorType
from kb.rdf import iri
from kb.spool import Spool
from kb.store import Store
from kb.vocabulary import ACTOR_CLASS, DIP, GRAPH, RDF, RDFS, SKOS, WIKIDATA

_TYPES: dict[str, ActorType] = {node.value: kind for kind, node in ACTOR_CLASS.items()}
_REMEMBERED = 10_000
"""Actors and places whose names are kept at hand."""


class Thing:
    """What a graph tells of one thing: the values of its properties, sorted."""

    def __init__(self, node: str, quads: Iterable[Quad]) -> None:
        self.iri = node
        self._values: dict[NamedNode, list[str]] = {}
        for quad in quads:
            if isinstance(quad.object, (NamedNode, Literal)):
                self._values.setdefault(quad.predicate, []).append(quad.object.value)

    def all(self, predicate: NamedNode) -> list[str]:
        return sorted(set(self._values.get(predicate, ())))

    def one(self, predicate: NamedNode) -> str:
        """The value, the least of several; empty where there is none."""
        return min(self._values.get(predicate, ()), default="")


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or place as the knowledge base calls it; what is not known is empty."""

    name: str
    kind: str
    country: str
    wikidata: str


class Within:
    """Things as one graph tells of them, each read when it is first asked for."""

    def __init__(self, store: Store, graph: NamedNode) -> None:
        self._store, self._graph = store, graph
        self._read: dict[str, Thing] = {}

    def __getitem__(self, node: str) -> Thing:
        """A thing by its IRI; of what the graph does not tell there are no values."""
        if node not in self._read:
            found = self._store.quads(iri(node), None, None, self._graph)
            self._read[node] = Thing(node, found)
        return self._read[node]


class Lookup:
    """Reads a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.named = lru_cache(_REMEMBERED)(self._named)

    def things(self, *classes: NamedNode, graph: NamedNode = GRAPH.derived) -> Iterator[Thing]:
        """Everything of some classes, by IRI."""
        found = (q for c in classes for q in self.store.quads(None, RDF.type, c, graph))
        with Spool(q.subject.value for q in found if isinstance(q.subject, NamedNode)) as nodes:
            for node in nodes:
                yield Thing(node, self.store.quads(iri(node), None, None, graph))

    def articles(self) -> Iterator[tuple[Thing, NamedNode]]:
        """Every article with the name of its graph, by IRI."""
        found = self.store.quads(None, RDF.type, DIP.Article)
        with Spool(f"{_value(q.subject)} {_value(q.graph_name)}" for q in found) as pairs:
            for pair in pairs:
                node, _, name = pair.partition(" ")
                graph = iri(name)
                yield Thing(node, self.store.quads(iri(node), None, None, graph)), graph

    def inside(self, graph: NamedNode) -> list[Thing]:
        """All that a graph tells of, by IRI: for the graph of an article, which is small."""
        about: dict[str, list[Quad]] = {}
        for quad in self.store.quads(graph=graph):
            about.setdefault(_value(quad.subject), []).append(quad)
        return [Thing(node, about[node]) for node in sorted(about)]

    def within(self, graph: NamedNode) -> Within:
        """What a graph tells of one thing after the other: for those who need few of them."""
        return Within(self.store, graph)

    def _named(self, node: str) -> Named:
        thing = Thing(node, self.store.quads(iri(node), None, None, GRAPH.derived))
        states = [iri(state) for state in thing.all(DIP.actsFor) or thing.all(DIP.inCountry)]
        codes = set(thing.all(DIP.countryCode))
        for state in states:
            found = self.store.quads(state, DIP.countryCode, None, GRAPH.derived)
            codes |= {_value(quad.object) for quad in found}
        return Named(
            name=thing.one(RDFS.label),
            kind=next((_TYPES[c] for c in thing.all(RDF.type) if c in _TYPES), "place"),
            country="; ".join(sorted(codes)),
            wikidata=self._wikidata(node),
        )

    def _wikidata(self, node: str) -> str:
        found = self.store.quads(iri(node), SKOS.exactMatch)
        ids = {_value(quad.object).removeprefix(WIKIDATA) for quad in found}
        return "; ".join(sorted(ids))


def _value(term: object) -> str:
    assert isinstance(term, (NamedNode, Literal))
    return term.value
