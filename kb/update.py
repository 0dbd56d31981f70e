"""What an article's coming or going changes in a store: its graph, and all that is derived from it.

Everything is worked out beforehand and written in one transaction, so that the store holds whole
articles only, and its derived graph is always that of the articles it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Quad

from kb.derive import block_key, events_of
from kb.gazetteer import Gazetteer
from kb.naming import naming
from kb.rdf import (
    ArticleGraph,
    Minter,
    copied,
    event_quads,
    iri,
    met_quads,
    naming_quads,
    person_quads,
    read_report,
    string_literal,
)
from kb.reports import Event, Report
from kb.store import Store
from kb.vocabulary import ACTOR_CLASS, DCTERMS, DIP, GRAPH, RDF, RDFS, SKOS

_OWN_GRAPHS = (GRAPH.derived, GRAPH.gazetteer, GRAPH.judgements)
_REPEATED = (RDF.type, DIP.actsFor, DIP.countryCode, DIP.inCountry)
"""What the derived graph repeats of an actor or place, so that a question need not look further."""


class Updater:
    """Adds articles to a store and removes them. ``minter`` makes the IRIs."""

    def __init__(self, store: Store, minter: Minter, names: Gazetteer) -> None:
        self.store, self.minter, self.gazetteer = store, minter, names

    def put(self, new: ArticleGraph) -> None:
        """Add an article, in place of what the store had of it."""
        self._replace(new.name, list(new.quads), new.reports)

    def drop(self, graph: NamedNode) -> None:
        """Remove an article by the name of its graph."""
        self._replace(graph, [], ())

    def _replace(self, graph: NamedNode, new: list[Quad], come: Iterable[Report]) -> None:
        old = list(self.store.quads(graph=graph))
        gone = [report for node in _reports(old) if (report := self._read(node)) is not None]
        add, remove = list(new), list(old)
        for part in (self._events(gone, come), self._names(graph, old, new)):
            add += part[0]
            remove += part[1]
        self.store.change(add, remove)

    # -- events -----------------------------------------------------------------------------

    def _events(self, gone: list[Report], come: Iterable[Report]) -> tuple[list[Quad], list[Quad]]:
        """Derive anew the blocks that have lost or won a report."""
        lost, won = {r.iri for r in gone}, {r.iri: r for r in come}
        blocks: dict[str, dict[str, Report]] = {}
        for touched in (*gone, *won.values()):
            blocks.setdefault(block_key(touched), {})
        before: dict[NamedNode, None] = {}
        for key, members in blocks.items():
            for node in self._subjects(DIP.blockKey, string_literal(key)):
                before |= dict.fromkeys(self._subjects(DIP.reportedBy, node))
                if node.value not in lost and (report := self._read(node)) is not None:
                    members[report.iri] = report
        for new in won.values():
            blocks[block_key(new)][new.iri] = new
        after = [(e, key) for key, members in blocks.items() for e in events_of(members.values())]
        add = [quad for event, key in after for quad in event_quads(event, key, self.minter)]
        remove = [quad for event in before for quad in self._about(event)]
        for old in gone:
            remove += self.store.quads(iri(old.iri), DIP.blockKey, None, GRAPH.derived)
        met, parted = self._met(list(before), [event for event, _ in after])
        return add + met, remove + parted

    def _about(self, event: NamedNode) -> Iterator[Quad]:
        yield from self.store.quads(event, None, None, GRAPH.derived)
        yield from self.store.quads(None, DCTERMS.isReplacedBy, event, GRAPH.derived)

    def _subjects(self, predicate: NamedNode, value: NamedNode | Literal) -> list[NamedNode]:
        found = self.store.quads(None, predicate, value, GRAPH.derived)
        return [q.subject for q in found if isinstance(q.subject, NamedNode)]

    def _read(self, report: NamedNode) -> Report | None:
        about = [q for q in self.store.quads(report) if q.graph_name not in _OWN_GRAPHS]
        found = next((q.object for q in about if q.predicate == DIP.inArticle), None)
        if not isinstance(found, NamedNode):
            return None
        return read_report(about, self.store.quads(found))

    # -- who met whom -----------------------------------------------------------------------

    def _met(self, before: list[NamedNode], after: list[Event]) -> tuple[list[Quad], list[Quad]]:
        """``dip:met`` stands while any meeting that took place has both."""
        pairs = {
            pair
            for event in after
            if event.kind == "meeting" and event.standing == "held"
            for pair in combinations(event.actors, 2)
        }
        add = [quad for pair in sorted(pairs) for quad in met_quads(*pair)]
        remove: list[Quad] = []
        for one, two in sorted({p for e in before for p in self._pairs(e)} - pairs):
            if not self._met_elsewhere(one, two, set(before)):
                remove += met_quads(one, two)
        return add, remove

    def _pairs(self, event: NamedNode) -> Iterator[tuple[str, str]]:
        found = self.store.quads(event, DIP.participant, None, GRAPH.derived)
        actors = sorted(q.object.value for q in found if isinstance(q.object, NamedNode))
        yield from combinations(actors, 2)

    def _met_elsewhere(self, one: str, two: str, without: set[NamedNode]) -> bool:
        shared = set(self._subjects(DIP.participant, iri(one)))
        shared &= set(self._subjects(DIP.participant, iri(two)))
        return any(
            any(self.store.quads(event, DIP.status, DIP.held, GRAPH.derived))
            for event in shared - without
        )

    # -- names ------------------------------------------------------------------------------

    def _names(
        self, graph: NamedNode, old: list[Quad], new: list[Quad]
    ) -> tuple[list[Quad], list[Quad]]:
        """Name anew whom the article names or has named.

        Where a name only comes, what is derived so far is enough to go on from; where one goes, all
        that other articles tell of the actor is looked at again.
        """
        here = _about_named(new)
        add: list[Quad] = []
        remove: list[Quad] = []
        for node, quads in here.items():
            add += self._naming(node, quads + list(self._label(node)))
            add += self._known(node)
            remove += self._label(node)
        for node in _about_named(old):
            rest = [q for q in self.store.quads(node) if q.graph_name not in (*_OWN_GRAPHS, graph)]
            derived = self.store.quads(node, None, None, GRAPH.derived)
            remove += (q for q in derived if q.predicate != DIP.met)
            if rest:
                add += self._naming(node, rest)
            elif node not in here:
                remove += self._forgotten(node)
        return add, remove

    def _label(self, node: NamedNode) -> Iterator[Quad]:
        return self.store.quads(node, RDFS.label, None, GRAPH.derived)

    def _naming(self, node: NamedNode, about: list[Quad]) -> list[Quad]:
        told: dict[NamedNode, list[str]] = {}
        for quad in about:
            told.setdefault(quad.predicate, []).append(_text(quad))
        kind = next((k for k, c in ACTOR_CLASS.items() if c.value in told[RDF.type]), None)
        codes = told.get(DIP.countryCode, told.get(DIP.actsFor, []))
        named = naming(
            kind,
            told[RDFS.label],
            told.get(SKOS.altLabel, ()),
            next((_last(match) for match in told.get(SKOS.exactMatch, ())), None),
            next(map(_last, codes), None),
            self.gazetteer,
        )
        return [
            *copied((q for q in about if q.predicate in _REPEATED), GRAPH.derived),
            *naming_quads(node, named.label, named.keys, named.short_keys),
        ]

    def _known(self, node: NamedNode) -> list[Quad]:
        """What the gazetteer adds about a person of a Wikidata id."""
        qid = _last(node.value)
        person = self.gazetteer.holders.all.get(qid)
        if person is None or node != self.minter.thing("person", qid):
            return []
        return person_quads(person, self.minter, self.gazetteer)

    def _forgotten(self, node: NamedNode) -> list[Quad]:
        """What the gazetteer's graph holds of a person, but for offices that others have held."""
        remove = list(self.store.quads(node, None, None, GRAPH.gazetteer))
        terms = {q.subject for q in self.store.quads(None, DIP.holder, node, GRAPH.gazetteer)}
        for term in terms:
            if not isinstance(term, NamedNode):
                continue
            about = list(self.store.quads(term, None, None, GRAPH.gazetteer))
            remove += about
            for office in (q.object for q in about if q.predicate == DIP.office):
                assert isinstance(office, NamedNode)
                users = self.store.quads(None, DIP.office, office, GRAPH.gazetteer)
                if {q.subject for q in users} <= terms:
                    remove += self.store.quads(office, None, None, GRAPH.gazetteer)
        return remove


def _reports(quads: Iterable[Quad]) -> list[NamedNode]:
    found = (q.subject for q in quads if q.predicate == DIP.inArticle)
    return [node for node in dict.fromkeys(found) if isinstance(node, NamedNode)]


def _about_named(quads: Iterable[Quad]) -> dict[NamedNode, list[Quad]]:
    """The quads about each actor and place: about whatever has a label."""
    about: dict[NamedNode, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            about.setdefault(quad.subject, []).append(quad)
    return {
        n: about[n]
        for n in sorted(about, key=str)
        if any(q.predicate == RDFS.label for q in about[n])
    }


def _text(quad: Quad) -> str:
    assert isinstance(quad.object, (NamedNode, Literal))
    return quad.object.value


def _last(text: str) -> str:
    """The last segment of an IRI; a code is its own."""
    return text.rpartition("/")[2]
