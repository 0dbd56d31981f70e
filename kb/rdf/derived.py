"""The graphs that follow from the articles: events with their standing, names to be found by, and
what the gazetteer knows of the persons that are mentioned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kb.rdf.mint import ACTORS, EVENT_CLASS, Minter, dates, day_literal, digest
from kb.reports import Event
from kb.vocabulary import (
    DCTERMS,
    DIP,
    GRAPH,
    MEDIUM_CODE,
    RDF,
    RDFS,
    SKOS,
    STANDING_CODE,
    WIKIDATA,
)

if TYPE_CHECKING:
    from kb.gazetteer import Gazetteer, Person, Tenure

# -- the derived graph ----------------------------------------------------------------------------


def event_quads(event: Event, minter: Minter) -> list[Quad]:
    """An event with its standing and its reports, and what else it was known as."""
    node, graph = minter.event(event), GRAPH.derived
    triples: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (node, RDF.type, EVENT_CLASS[event.kind]),
        (node, DIP.status, STANDING_CODE[event.standing]),
        (node, DIP.sourceCount, Literal(event.sources)),
        (node, DIP.articleCount, Literal(event.articles)),
        *((node, ACTORS[event.kind], NamedNode(actor)) for actor in event.actors),
        *((node, DIP.addressee, NamedNode(actor)) for actor in event.addressees),
        *((node, DIP.involves, NamedNode(state)) for state in event.states),
        *((node, predicate, value) for predicate, value in dates(event.date)),
    ]
    if event.kind == "meeting":
        triples.append((node, DIP.medium, MEDIUM_CODE[event.medium]))
    if event.place:
        triples.append((node, DIP.place, NamedNode(event.place)))
    if event.country:
        triples.append((node, DIP.inCountry, NamedNode(event.country)))
    if event.text is not None:
        triples.append((node, DIP.text, Literal(event.text)))
        triples.append((node, DIP.quoted, Literal(event.quoted)))
    if event.domestic:
        triples.append((node, DIP.domestic, Literal(True)))
    if event.first_reported:
        triples.append((node, DIP.firstReported, day_literal(event.first_reported)))
    for report in event.reports:
        told = NamedNode(report.iri)
        triples.append((node, DIP.reportedBy, told))
        if report.hash != event.hash:
            alias = minter.thing(event.kind, report.hash)
            triples.append((alias, DCTERMS.isReplacedBy, node))
    return [Quad(s, p, o, graph) for s, p, o in triples]


def filing_quads(report: str, block: str, account: str, keys: Iterable[str]) -> list[Quad]:
    """By what a report is found when another one comes: its block, its account, its join keys."""
    node = NamedNode(report)
    told = [(DIP.blockKey, block), (DIP.accountKey, account), *((DIP.joinKey, k) for k in keys)]
    return [Quad(node, predicate, Literal(value), GRAPH.derived) for predicate, value in told]


def person_filing_quads(node: NamedNode, keys: Iterable[str], goes_under: str) -> list[Quad]:
    """By what a person is found when another one of the name comes, and who it is."""
    quads = [Quad(node, DIP.spellingKey, Literal(key), GRAPH.derived) for key in keys]
    if goes_under != node.value:
        quads.append(Quad(node, DCTERMS.isReplacedBy, NamedNode(goes_under), GRAPH.derived))
    return quads


def naming_quads(
    node: NamedNode, label: str, keys: Iterable[str], short_keys: Iterable[str]
) -> list[Quad]:
    """The name that an actor or place goes by, and the folded names it is found by."""
    return [
        Quad(node, RDFS.label, Literal(label), GRAPH.derived),
        *(Quad(node, DIP.nameKey, Literal(key), GRAPH.derived) for key in keys),
        *(Quad(node, DIP.shortKey, Literal(key), GRAPH.derived) for key in short_keys),
    ]


def restated(quads: Iterable[Quad], node: NamedNode, graph: NamedNode) -> list[Quad]:
    """The same said of another thing, in another graph."""
    return [Quad(node, q.predicate, q.object, graph) for q in quads]


def copied(quads: Iterable[Quad], graph: NamedNode) -> list[Quad]:
    """The same triples in another graph."""
    return [Quad(q.subject, q.predicate, q.object, graph) for q in quads]


# -- the gazetteer's graph ------------------------------------------------------------------------


def person_quads(person: Person, minter: Minter, names: Gazetteer) -> list[Quad]:
    """What the gazetteer knows of a person with a Wikidata id: names, offices and their terms."""
    graph = GRAPH.gazetteer
    if not person.wikidata:
        return []
    node = minter.thing("person", person.wikidata)
    quads = [
        Quad(node, RDF.type, DIP.Person, graph),
        Quad(node, RDFS.label, Literal(person.name), graph),
        Quad(node, SKOS.exactMatch, NamedNode(WIKIDATA + person.wikidata), graph),
        *(Quad(node, SKOS.altLabel, Literal(n), graph) for n in person.names if n != person.name),
    ]
    for tenure in person.tenures:
        quads += _tenure_quads(node, person.wikidata, tenure, minter, names)
    return list(dict.fromkeys(quads))


def _tenure_quads(
    person: NamedNode, qid: str, tenure: Tenure, minter: Minter, names: Gazetteer
) -> list[Quad]:
    graph = GRAPH.gazetteer
    office = minter.office(tenure.office, tenure.iso2)
    node = minter.thing("tenure", digest(qid, tenure.iso2, tenure.office, tenure.start, tenure.end))
    quads = [
        Quad(office, RDF.type, DIP.Office, graph),
        Quad(office, RDFS.label, Literal(tenure.office), graph),
        Quad(node, RDF.type, DIP.Tenure, graph),
        Quad(node, DIP.holder, person, graph),
        Quad(node, DIP.office, office, graph),
    ]
    if names.state_by_code(tenure.iso2):
        quads.append(Quad(office, DIP.officeOf, minter.state(tenure.iso2), graph))
    for predicate, day in (
        (DIP.since, tenure.start),
        (DIP.until, tenure.end),
        (DIP.asOf, tenure.as_of),
    ):
        if day is not None:
            quads.append(Quad(node, predicate, day_literal(day), graph))
    return quads
