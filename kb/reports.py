"""Reports and events: the plain data between RDF and the derivation of events.

A *report* is what one article says of one meeting, visit or statement; it never changes. An
*event* follows from the reports that belong together. Actors, places, states and articles are named
by their IRIs here; dates are EDTF strings as in :mod:`kb.model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - ``date`` is the field of an event
from typing import Literal, get_args

from kb.model import Medium, Status

EventKind = Literal["meeting", "visit", "statement"]

Standing = Literal["held", "planned", "proposed", "cancelled", "denied", "disputed"]
"""What the reports of an event come to; ``disputed`` where some say that it took place and others
that it did not."""
STANDINGS: tuple[Standing, ...] = get_args(Standing)

Point = Literal["status", "day", "place", "participants"]
"""What reports of one event can disagree in."""
POINTS: tuple[Point, ...] = get_args(Point)


def kind_of(actor: str) -> str:
    """``person``, ``state`` …: what stands before the last slash of an actor's IRI."""
    return actor.rpartition("/")[0].rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Side:
    """How a report tells of one who acts in it: for which states, and in which offices, each as
    its kind and its folded words (``("foreign_minister", "foreign secretary")``)."""

    actor: str
    states: tuple[str, ...] = ()
    offices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One article's account of one event.

    ``actors`` are the participants of a meeting (sorted), the visitor of a visit, the speaker of a
    statement. ``digest`` is that of the article's text: equal for the same text from two outlets,
    ``source`` the name of the outlet.
    ``sides`` tell more of the actors, where that is known.
    """

    iri: str
    kind: EventKind
    actors: tuple[str, ...]
    article: str
    digest: str
    published: Day | None = None
    source: str | None = None
    status: Status = "held"
    medium: Medium = "unknown"
    date: str | None = None
    place: str | None = None
    country: str | None = None
    text: str | None = None
    quoted: bool = False
    addressees: tuple[str, ...] = ()
    domestic: bool = False
    sides: tuple[Side, ...] = ()

    @property
    def hash(self) -> str:
        """The last segment of the IRI, which the event's IRI is made of."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting, visit or statement as its reports tell it together.

    ``hash`` is the least of its reports'; ``sources`` counts texts, not outlets: what an agency's
    customers print unchanged is one source. ``states`` are those that took part, or for which
    somebody acted at the time.
    """

    hash: str
    kind: EventKind
    actors: tuple[str, ...]
    standing: Standing
    reports: tuple[Report, ...]
    medium: Medium = "unknown"
    date: str | None = None
    place: str | None = None
    country: str | None = None
    text: str | None = None
    quoted: bool = False
    addressees: tuple[str, ...] = ()
    domestic: bool = False
    states: tuple[str, ...] = ()

    @property
    def sources(self) -> int:
        return len({report.digest for report in self.reports})

    @property
    def articles(self) -> int:
        return len({report.article for report in self.reports})

    @property
    def first_reported(self) -> Day | None:
        return min((r.published for r in self.reports if r.published), default=None)
