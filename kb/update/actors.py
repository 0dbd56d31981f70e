"""Actors anew: who is whom, and by which names each is found, as articles come and go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from kb.gazetteer import Gazetteer
from kb.identity import Known, identify
from kb.judgements import Judged
from kb.naming import naming
from kb.rdf import (
    Minter,
    by_rule,
    iri,
    naming_quads,
    person_filing_quads,
    person_quads,
    restated,
    string_literal,
    value_of,
)
from kb.reports import kind_of
from kb.store import Store
from kb.update.reader import OWN_GRAPHS
from kb.vocabulary import ACTOR_CLASS, DCTERMS, DIP, GRAPH, RDF, RDFS, SKOS

_REPEATED = (RDF.type, DIP.actsFor, DIP.countryCode, DIP.inCountry)
"""What the derived graph repeats of an actor or place, so that a question need not look further."""

_FILED = (DIP.spellingKey, DCTERMS.isReplacedBy)

About = dict[NamedNode, list[Quad]]
Change = tuple[list[Quad], list[Quad]]
"""What to add and what to remove."""


class ActorUpkeep:
    """Works out one change of the actors of a store: articles' graphs go and others come.

    ``before`` and ``after`` have the IRIs that actors go under, of all that the change can touch.
    """

    def __init__(
        self,
        store: Store,
        minter: Minter,
        names: Gazetteer,
        judged: Judged,
        graphs: Collection[NamedNode] = (),
        old: Iterable[Quad] = (),
        new: Iterable[Quad] = (),
        tied: Iterable[str] = (),
    ) -> None:
        """``graphs`` are those of the articles that come or go; ``tied`` the IRIs of actors to be
        looked at again because of a judgement."""
        self.store, self.minter, self.gazetteer, self.judged = store, minter, names, judged
        self._elsewhere = frozenset({*OWN_GRAPHS, *graphs})
        self.old, self.new = about_named(old), about_named(new)
        self.before: dict[str, str] = {}
        self.after: dict[str, str] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self._identify(tied)

    @property
    def renamed(self) -> list[str]:
        """The actors that go under another IRI from now on."""
        return sorted(
            actor for actor, iri_ in self.before.items() if self.after.get(actor, iri_) != iri_
        )

    def change(self) -> Change:
        """The quads to add and to remove."""
        add, remove = self._filing()
        for part in self._names():
            add += part[0]
            remove += part[1]
        return add, remove

    # -- who is whom --------------------------------------------------------------------------

    def _identify(self, tied: Iterable[str]) -> None:
        """Look at all who share the spelling of a name with somebody touched, or a judgement."""
        open_ = [n.value for n in (*self.old, *self.new) if self._is_actor(n)] + list(tied)
        known: dict[str, Known] = {}
        while open_:
            actor = open_.pop()
            if actor in self.before:
                continue
            person = self._known(actor)
            stored = self.store.quads(iri(actor), DCTERMS.isReplacedBy, None, GRAPH.derived)
            self.before[actor] = next(map(value_of, stored), actor)
            filed = {value_of(q) for q in self.store.quads(iri(actor), DIP.spellingKey)}
            if person is not None:
                known[actor] = person
                self._keys[actor] = keys = person.keys()
                filed |= keys
            for key in sorted(filed):
                found = self.store.quads(None, DIP.spellingKey, string_literal(key), GRAPH.derived)
                open_ += [q.subject.value for q in found if isinstance(q.subject, NamedNode)]
                open_ += [a for a, keys in self._keys.items() if key in keys]
            open_ += self.judged.same(actor)
        self.after = identify(known.values(), self.judged, self.gazetteer)

    def _known(self, actor: str) -> Known | None:
        """An actor as articles will name it; None where none does."""
        node = iri(actor)
        stored = self.store.quads(node, RDFS.label)
        others = (q for q in stored if q.graph_name not in self._elsewhere)
        here = (q for q in self.new.get(node, ()) if q.predicate == RDFS.label)
        if Known(actor, frozenset()).entry is not None:  # its names tell nothing more
            return Known(actor, frozenset()) if any(here) or any(others) else None
        names = frozenset(map(value_of, (*here, *others)))
        return Known(actor, names) if names else None

    def _is_actor(self, node: NamedNode) -> bool:
        kind = kind_of(node.value)
        return kind == "person" or bool(self.judged.same(node.value))

    def _filing(self) -> Change:
        add: list[Quad] = []
        remove: list[Quad] = []
        for actor in sorted(self.before):
            node = iri(actor)
            for predicate in _FILED:
                remove += self.store.quads(node, predicate, None, GRAPH.derived)
            if actor in self.after:
                keys = sorted(self._keys.get(actor, ())) if kind_of(actor) == "person" else []
                add += person_filing_quads(node, keys, self.after[actor])
        return add, remove

    # -- names --------------------------------------------------------------------------------

    def _names(self) -> Iterator[Change]:
        """Name anew whom the article names or has named, and who goes under another IRI.

        Where a name only comes, what is derived so far is enough to go on from; else all that is
        told of the actor is looked at again.
        """
        nodes = dict.fromkeys((*self.old, *self.new, *map(iri, self.before)))
        was, will = _classes(self.before), _classes(self.after)
        forgotten: list[NamedNode] = []
        under: dict[NamedNode, None] = {}
        for node in nodes:
            for named in (self.before.get(node.value), self.after.get(node.value)):
                under[iri(named or node.value)] = None
        for node in sorted(under, key=str):
            members = will.get(node.value, [] if node.value in self.after else [node.value])
            alone = [node.value]
            had = was.get(node.value, [] if node.value in self.before else alone)
            if members == had == alone and node not in self.old:
                yield self._more(node)
            else:
                told = [q for m in members for q in self._told(iri(m))]
                yield self._anew(node, told)
                forgotten += [] if told else [node]
        yield [], self._forgotten(forgotten)

    def _more(self, node: NamedNode) -> Change:
        """Names that have only come."""
        told = self.new.get(node, [])
        if not told:
            return [], []
        label = list(self.store.quads(node, RDFS.label, None, GRAPH.derived))
        return self._naming(node, told + label) + self._entry(node), label

    def _anew(self, node: NamedNode, told: list[Quad]) -> Change:
        kept = (DIP.met, *_FILED)
        found = self.store.quads(node, None, None, GRAPH.derived)
        remove = [q for q in found if q.predicate not in kept]
        return (self._naming(node, told) + self._entry(node) if told else []), remove

    def _told(self, node: NamedNode) -> list[Quad]:
        """What articles will have told of somebody."""
        stored = self.store.quads(node)
        others = [q for q in stored if q.graph_name not in self._elsewhere]
        return others + self.new.get(node, [])

    def _naming(self, node: NamedNode, about: list[Quad]) -> list[Quad]:
        """The names of an actor or place, of what articles tell of all who are it. Each article
        gives names and states to go together, so that it does not matter which comes first."""
        own = [q for q in about if q.subject == node] or about
        classes = {value_of(q) for q in own if q.predicate == RDF.type} or {
            value_of(q) for q in self.store.quads(node, RDF.type, None, GRAPH.derived)
        }
        kind = next((k for k, c in ACTOR_CLASS.items() if c.value in classes), None)
        entry = _last(node.value) if kind == "person" else None
        labels = [value_of(q) for q in own if q.predicate == RDFS.label]
        codes = sorted(_last(value_of(q)) for q in own if q.predicate == DIP.countryCode)
        code = next(iter(codes), None)
        label = naming(kind, labels, (), entry, code, self.gazetteer).label
        by_article: dict[object, list[Quad]] = {}
        for quad in about:
            if quad.graph_name != GRAPH.derived:
                by_article.setdefault(quad.graph_name, []).append(quad)
        keys: set[str] = set()
        short: set[str] = set()
        for told in by_article.values():
            names = [value_of(q) for q in told if q.predicate == RDFS.label]
            others = [value_of(q) for q in told if q.predicate == SKOS.altLabel]
            states = [
                _last(value_of(q)) for q in told if q.predicate in (DIP.countryCode, DIP.actsFor)
            ]
            for state in (*states, None)[: len(states) or 1]:
                named = naming(kind, names, others, entry, state, self.gazetteer)
                keys.update(named.keys)
                short.update(named.short_keys)
        repeated = (
            q
            for q in about
            if q.predicate in _REPEATED and (q.predicate != RDF.type or value_of(q) in classes)
        )
        return [
            *restated(repeated, node, GRAPH.derived),
            *naming_quads(node, label, sorted(keys), sorted(short)),
        ]

    def _entry(self, node: NamedNode) -> list[Quad]:
        """What the gazetteer adds about a person of a Wikidata id."""
        qid = _last(node.value)
        person = self.gazetteer.holders.all.get(qid)
        if person is None or node != self.minter.thing("person", qid):
            return []
        told = person_quads(person, self.minter, self.gazetteer)
        return told + by_rule("acted-for", told)

    def _forgotten(self, nodes: Iterable[NamedNode]) -> list[Quad]:
        """What the gazetteer's graph holds of some persons, but for offices that others have
        held."""
        remove: list[Quad] = []
        terms: set[object] = set()
        for node in nodes:
            remove += self.store.quads(node, None, None, GRAPH.gazetteer)
            terms |= {q.subject for q in self.store.quads(None, DIP.holder, node, GRAPH.gazetteer)}
        offices: dict[NamedNode, None] = {}
        for term in terms:
            assert isinstance(term, NamedNode)
            about = list(self.store.quads(term, None, None, GRAPH.gazetteer))
            remove += about
            for quad in about:
                if quad.predicate == DIP.office and isinstance(quad.object, NamedNode):
                    offices[quad.object] = None
        for office in offices:
            users = self.store.quads(None, DIP.office, office, GRAPH.gazetteer)
            if {q.subject for q in users} <= terms:
                remove += self.store.quads(office, None, None, GRAPH.gazetteer)
        return remove


def about_named(quads: Iterable[Quad]) -> About:
    """The quads about each actor and place: about whatever has a label and is no office."""
    about: About = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            about.setdefault(quad.subject, []).append(quad)
    return {
        n: about[n]
        for n in sorted(about, key=str)
        if any(q.predicate == RDFS.label for q in about[n])
        and not any(q.object == DIP.Office for q in about[n])
    }


def _classes(under: Mapping[str, str]) -> dict[str, list[str]]:
    """The actors that go under each IRI."""
    out: dict[str, list[str]] = {}
    for actor in sorted(under):
        out.setdefault(under[actor], []).append(actor)
    return out


def _last(text: str) -> str:
    """The last segment of an IRI; a code is its own."""
    return text.rpartition("/")[2]
