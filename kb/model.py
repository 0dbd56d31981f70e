"""The plain data that travels between the stages: an article, and what it tells.

Offsets count characters (Unicode code points) of ``Article.text``, start inclusive, end exclusive.
Dates of events are EDTF strings of level 0 (``2023-09-24``, ``2023-09``, ``2023``, and intervals
``2023-09-24/2023-09-25``); ``None`` is an unknown date. Countries are ISO 3166-1 alpha-2 codes
(``EU`` for the European Union, ``XK`` for Kosovo); ``None`` where the article leaves it open.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal, get_args

ActorType = Literal["person", "role", "state", "organization", "group"]
Status = Literal["held", "planned", "proposed", "cancelled", "denied"]
Medium = Literal["in-person", "phone", "video", "unknown"]

ACTOR_TYPES: tuple[ActorType, ...] = get_args(ActorType)
STATUSES: tuple[Status, ...] = get_args(Status)
MEDIA: tuple[Medium, ...] = get_args(Medium)


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it was read.

    ``text`` is the text as read; ``body`` is the same text with boilerplate (ad markers, teaser
    lines) blanked out, character for character, so that offsets into both agree. ``key`` names the
    article for good: its URL, else source and id, else a digest of title and text.
    """

    key: str
    id: str
    title: str
    text: str
    body: str
    published: date | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    """A BCP 47 tag ("en", "fr"); ``None`` where nobody has looked, which passes for English."""

    origin: str | None = None
    """Where it was read from (a path, a line); for messages only, never stored."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of the article that states a fact: ``text == article.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Naming:
    """Where the article names an actor: ``text == article.text[start:end]``, and in what way
    ("full name", "surname", "office", "pronoun", "state" …)."""

    start: int
    end: int
    text: str
    way: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts, as one article names it; ``id`` is local to the article."""

    id: str
    type: ActorType
    name: str
    names: tuple[str, ...] = ()
    country: str | None = None
    office: str | None = None
    wikidata: str | None = None
    namings: tuple[Naming, ...] = field(default=(), compare=False)
    """How the article names it, and ``identity`` how it was told who that is: where asked for."""

    identity: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Argument:
    """A part of an event as the text has it: ``text == article.text[start:end]``; ``path`` leads
    from the trigger to it, ``actors`` are the ids of those it stands for."""

    start: int
    end: int
    text: str
    path: str
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """Why a record is there: the rule, its trigger (offsets and text), its arguments, and what
    words status, date and place were read from."""

    rule: str
    start: int
    end: int
    trigger: str
    arguments: tuple[Argument, ...] = ()
    status: str = ""
    date: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two or more actors spoke, will speak, or did not, with each other, as an article tells it."""

    participants: tuple[str, ...]
    status: Status
    medium: Medium
    evidence: tuple[Evidence, ...]
    date: str | None = None
    place: str | None = None
    country: str | None = None
    domestic: bool = False
    trace: Trace | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Visit:
    """An actor went, will go, or did not go somewhere on business, as an article tells it."""

    visitor: str
    status: Status
    evidence: tuple[Evidence, ...]
    date: str | None = None
    place: str | None = None
    country: str | None = None
    domestic: bool = False
    trace: Trace | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that the article attributes to a speaker; ``evidence`` is the sentence around them."""

    speaker: str
    text: Evidence
    quote: bool
    addressees: tuple[str, ...] = ()
    date: str | None = None
    evidence: Evidence | None = None
    trace: Trace | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one article tells, in the order of its text. ``coder`` names what extracted it."""

    article: Article
    actors: tuple[Actor, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    visits: tuple[Visit, ...] = ()
    statements: tuple[Statement, ...] = ()
    coder: str = ""
    notes: tuple[str, ...] = ()
    """What stayed unresolved and should be said once (no publication date, say)."""

    def actor(self, id: str) -> Actor:  # noqa: A002
        """The actor that a participant, visitor, speaker or addressee stands for."""
        return next(actor for actor in self.actors if actor.id == id)

    def to_json(self) -> dict[str, Any]:
        """The extraction contract: one JSON object for one article. Records that were traced have
        an ``explain`` of their own."""
        return {
            "id": self.article.id,
            "actors": [_actor(a) for a in self.actors],
            "meetings": [
                {
                    "participants": list(m.participants),
                    "status": m.status,
                    "medium": m.medium,
                    "date": m.date,
                    "place": m.place,
                    "country": m.country,
                    "domestic": m.domestic,
                    **_passages(m.evidence),
                    **_explained(m.trace),
                }
                for m in self.meetings
            ],
            "visits": [
                {
                    "visitor": v.visitor,
                    "place": v.place,
                    "country": v.country,
                    "status": v.status,
                    "date": v.date,
                    "domestic": v.domestic,
                    **_passages(v.evidence),
                    **_explained(v.trace),
                }
                for v in self.visits
            ],
            "statements": [
                {
                    "speaker": s.speaker,
                    "addressees": list(s.addressees),
                    "text": s.text.text,
                    "quote": s.quote,
                    "date": s.date,
                    "start": s.text.start,
                    "end": s.text.end,
                    **_explained(s.trace),
                }
                for s in self.statements
            ],
        }


def _explained(trace: Trace | None) -> dict[str, Any]:
    return {} if trace is None else {"explain": asdict(trace)}


def _actor(actor: Actor) -> dict[str, Any]:
    explained = {
        "explain": {"identity": actor.identity, "namings": [asdict(n) for n in actor.namings]}
    }
    return {
        "id": actor.id,
        "type": actor.type,
        "name": actor.name,
        "names": list(actor.names),
        "country": actor.country,
        "office": actor.office,
        "wikidata": actor.wikidata,
        **(explained if actor.namings else {}),
    }


def _passages(evidence: tuple[Evidence, ...]) -> dict[str, Any]:
    return {
        "evidence": [e.text for e in evidence],
        "offsets": [[e.start, e.end] for e in evidence],
    }
