"""Articles out of triples that have lost their graphs, as Turtle and N-Triples have.

What an article's graph held is found again along its links: the article, its reports and passages
(``dip:inArticle``), whom and which places the reports name, and the states that those belong to.
All of that is exact, but for names. What several articles tell of one actor or place, and what the
gazetteer and the knowledge base add, stands together there, and nothing says who told it:

- names that the gazetteer gives a person are taken for its own, not for the article's;
- where an actor goes by several names, each article that mentions the actor gets all of them, the
  plainest as its label; likewise offices, and the states that somebody acts for.

So events, standings and the names that actors are found by come out as they were; article graphs,
too, where articles agree on the names of their actors and say nothing that the gazetteer says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kb.gazetteer import Gazetteer
from kb.naming import naming
from kb.rdf import Minter, as_alias, copied, value_of
from kb.store import Store
from kb.vocabulary import ACTOR_CLASS, DCTERMS, DIP, RDF, RDFS, SKOS

_ACTORS = (DIP.participant, DIP.visitor, DIP.speaker, DIP.addressee)
_FURTHER = (DIP.place, DIP.inCountry, DIP.actsFor)
"""Links from reports, places and actors to places and states."""

_DERIVED = (
    DIP.met, DIP.actedFor, DIP.nameKey, DIP.shortKey, DIP.blockKey, DIP.accountKey, DIP.joinKey,
    DIP.spellingKey, DCTERMS.isReplacedBy,
)  # fmt: skip
_TOLD_OF_ACTORS = (SKOS.altLabel, DIP.officeTold, SKOS.exactMatch)


def article_graphs(store: Store, names: Gazetteer) -> Iterator[tuple[NamedNode, list[Quad]]]:
    """The name and the quads of each article's graph; ``store`` has the triples, whatever the graph
    they are in."""
    for article in store.quads(None, RDF.type, DIP.Article):
        node = article.subject
        assert isinstance(node, NamedNode)
        key = next((q.object for q in store.quads(node, DIP.key)), None)
        if isinstance(key, Literal):
            graph = Minter(node.value.rpartition("article/")[0]).graph(key.value)
            yield graph, copied(_told(store, node, key.value, names), graph)


def _told(store: Store, article: NamedNode, key: str, names: Gazetteer) -> Iterator[Quad]:
    """What the graph of an article said."""
    yield from _about(store, article)
    actors: set[NamedNode] = set()
    others: set[NamedNode] = set()
    for inside in store.quads(None, DIP.inArticle, article):
        assert isinstance(inside.subject, NamedNode)
        about = _about(store, inside.subject)
        actors |= _linked(about, _ACTORS)
        others |= _linked(about, _FURTHER)
        yield from about
    for actor in actors:
        others |= _linked(_about(store, actor), (DIP.actsFor,))
    for place in list(others):
        others |= _linked(_about(store, place), (DIP.inCountry,))
    minter = Minter(article.value.rpartition("article/")[0])
    for actor in actors:
        yield from _tenures(store, minter, key, actor)
    for node in actors | others:
        yield from _mentioned(_about(store, node), node in actors, names)


def _tenures(store: Store, minter: Minter, key: str, person: NamedNode) -> Iterator[Quad]:
    """The offices that the article of a key told of somebody."""
    offices = {value_of(q) for q in store.quads(person, DIP.officeTold)}
    for held in store.quads(None, DIP.holder, person):
        assert isinstance(held.subject, NamedNode)
        for quad in store.quads(held.subject, DIP.office):
            post = quad.object
            assert isinstance(post, NamedNode)
            if held.subject == minter.told_tenure(key, person, post):
                yield from _about(store, held.subject)
                for told in _about(store, post):
                    if told.predicate != RDFS.label or value_of(told) in offices:
                        yield told


def _about(store: Store, node: NamedNode) -> list[Quad]:
    return [q for q in store.quads(node) if q.predicate not in _DERIVED]


def _linked(about: Iterable[Quad], predicates: tuple[NamedNode, ...]) -> set[NamedNode]:
    return {
        q.object for q in about if q.predicate in predicates and isinstance(q.object, NamedNode)
    }


def _mentioned(about: list[Quad], acts: bool, names: Gazetteer) -> Iterator[Quad]:
    """What an article told of an actor (who ``acts`` in it), of a state or of a place."""
    labels = {value_of(q) for q in about if q.predicate == RDFS.label}
    aliases = {value_of(q) for q in about if q.predicate == SKOS.altLabel}
    classes = {value_of(q) for q in about if q.predicate == RDF.type}
    code = next((value_of(q) for q in about if q.predicate == DIP.countryCode), None)
    state = names.state_by_code(code) if code else None
    known = next(
        (value_of(q).rpartition("/")[2] for q in about if q.predicate == SKOS.exactMatch), ""
    )
    person = names.holders.all.get(known) if ACTOR_CLASS["person"].value in classes else None
    if code is not None:
        # a state is called by its common name wherever it is only a country
        labels = labels if acts else {state.name if state else code}
        aliases = aliases if acts else set()
    else:
        if person is not None:
            labels = labels - {person.name} or labels
            aliases -= set(person.names)
        plainest = naming(None, labels, (), None, None, names).label if labels else ""
        aliases |= labels - {plainest}
        labels = {plainest}
    for quad in about:
        if quad.predicate == RDFS.label:
            if value_of(quad) in labels:
                yield quad
            elif value_of(quad) in aliases:
                yield as_alias(quad)
        elif quad.predicate == SKOS.altLabel:
            if value_of(quad) in aliases:
                yield quad
        elif acts or code is not None or quad.predicate not in _TOLD_OF_ACTORS:
            yield quad
