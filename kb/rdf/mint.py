"""IRIs and literals: what every thing is called.

IRIs are made of content, so that two machines that read the same articles write the same graphs:

    article/HASH        the article; HASH digests its key        (its graph: graph/HASH)
    report/HASH         one article's account of an event; HASH digests the account
    meeting/HASH ...    the event; HASH is the least of its reports'
    evidence/HASH       a passage of an article
    person/Q7747        a person by Wikidata id, else person/NAME.CC by name and state
    state/KR            a state by its ISO 3166-1 code
    place/NAME.CC       a town or site in a country
    office/NAME.CC      an office of a state
    tenure/HASH         somebody's time in an office
    judgement/HASH      what somebody has decided on two things

"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from kb import edtf
from kb.errors import KBError
from kb.model import Actor, Evidence
from kb.names import fold
from kb.reports import Event, EventKind
from kb.vocabulary import DIP, EDTF, RDF, RDFS, SKOS, WIKIDATA, XSD

if TYPE_CHECKING:
    from kb.gazetteer import Gazetteer

BASE = "https://w3id.org/diplomatic-kb/id/"
"""Where things live unless a knowledge base is given a base of its own."""

LONGEST_SLUG = 80

EVENT_CLASS: dict[EventKind, NamedNode] = {
    "meeting": DIP.Meeting,
    "visit": DIP.Visit,
    "statement": DIP.Statement,
}
REPORT_CLASS: dict[EventKind, NamedNode] = {
    "meeting": DIP.MeetingReport,
    "visit": DIP.VisitReport,
    "statement": DIP.StatementReport,
}
ACTORS: dict[EventKind, NamedNode] = {
    "meeting": DIP.participant,
    "visit": DIP.visitor,
    "statement": DIP.speaker,
}
"""The property that ties each kind of event or report to those who act in it."""


def digest(*parts: object, length: int = 20) -> str:
    """The first hexadecimal digits of the SHA-256 of some values, as canonical JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def slug(name: str) -> str:
    """A name as a segment of an IRI: folded, words joined by hyphens, cut (and then digested) where
    it is long."""
    plain = fold(name).replace(" ", "-").replace("_", "-")
    if not plain or len(plain) > LONGEST_SLUG:
        plain = f"{plain[:60]}-{digest(name, length=8)}".lstrip("-")
    return quote(plain, safe="-")


def iri(text: str) -> NamedNode:
    """An IRI that a user or a query names. Raises ``KBError`` where it is none."""
    try:
        return NamedNode(text)
    except ValueError as error:
        raise KBError(
            f"{text[:80]!r} is no IRI", "an IRI is absolute and has no blanks, quotes or <>"
        ) from error


def require_closed(base: str) -> str:
    """A base that a user names. Raises ``KBError`` where names cannot stand behind it."""
    if not iri(base).value.endswith(("/", "#")):
        raise KBError(f"the base {base} is open at its end", "let it end with a slash")
    return base


def string_literal(text: str) -> Literal:
    """Plain text as a literal."""
    return Literal(text)


def integer_literal(number: int) -> Literal:
    """A whole number as a literal."""
    return Literal(number)


def boolean_literal(value: bool) -> Literal:
    """A truth value as a literal."""
    return Literal(value)


def day_literal(day: date) -> Literal:
    """A day as ``xsd:date``."""
    return Literal(day.isoformat(), datatype=XSD.date)


@dataclass(frozen=True, slots=True)
class Minter:
    """Makes the IRIs of things under a base."""

    base: str = BASE

    def thing(self, kind: str, name: str) -> NamedNode:
        return NamedNode(f"{self.base}{kind}/{name}")

    def actor(self, actor: Actor) -> NamedNode:
        """Identity of an actor: Wikidata id, else name and state; a state is its code."""
        if actor.wikidata:
            return self.thing(actor.type, actor.wikidata)
        if actor.type == "state" and actor.country:
            return self.state(actor.country)
        return self._named(actor.type, actor.name, actor.country)

    def state(self, code: str) -> NamedNode:
        return self.thing("state", code)

    def place(self, name: str, country: str | None) -> NamedNode:
        return self._named("place", name, country)

    def office(self, name: str, country: str | None) -> NamedNode:
        return self._named("office", name, country)

    def told_tenure(self, key: str, person: NamedNode, office: NamedNode) -> NamedNode:
        """That an article tells somebody to hold an office."""
        return self.thing("tenure", digest(key, person.value, office.value))

    def _named(self, kind: str, name: str, country: str | None) -> NamedNode:
        return self.thing(kind, slug(name) + (f".{country}" if country else ""))

    def article(self, key: str) -> NamedNode:
        return self.thing("article", digest(key))

    def graph(self, key: str) -> NamedNode:
        """The graph of an article's own, which holds everything it tells."""
        return self.thing("graph", digest(key))

    def event(self, event: Event) -> NamedNode:
        return self.thing(event.kind, event.hash)

    def evidence(self, key: str, passage: Evidence) -> NamedNode:
        return self.thing("evidence", digest(key, passage.start, passage.end))


def value_of(quad: Quad) -> str:
    """The object of a quad as text."""
    assert isinstance(quad.object, (NamedNode, Literal))
    return quad.object.value


def dates(told: str | None) -> list[tuple[NamedNode, Literal]]:
    """A date as told (EDTF), and the first and the last day it can mean."""
    if told is None:
        return []
    return [
        (DIP.date, Literal(told, datatype=EDTF)),
        (DIP.earliest, day_literal(edtf.earliest(told))),
        (DIP.latest, day_literal(edtf.latest(told))),
    ]


def state_quads(node: NamedNode, code: str, names: Gazetteer, graph: NamedNode) -> list[Quad]:
    """A state by its code, its common English name and its Wikidata entry."""
    state = names.state_by_code(code)
    quads = [
        Quad(node, RDF.type, DIP.State, graph),
        Quad(node, RDFS.label, Literal(state.name if state else code), graph),
        Quad(node, DIP.countryCode, Literal(code), graph),
    ]
    if state is not None and state.wikidata:
        quads.append(Quad(node, SKOS.exactMatch, NamedNode(WIKIDATA + state.wikidata), graph))
    return quads
