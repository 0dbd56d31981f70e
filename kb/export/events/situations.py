"""What a report tells of two actors: the situation, which a scheme may have a code for.

A meeting is between any two of those who met, either way. A visit is between the visitor and the
state where he was. A statement is between the speaker and whoever was told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from kb.export.events.actors import Party
from kb.model import Medium, Status


@dataclass(frozen=True, slots=True)
class Situation:
    """One actor towards another one. ``directed`` where the report tells who acts on whom; where it
    does not, the other direction is another situation."""

    name: str
    source: Party
    target: Party
    directed: bool


def of_meeting(
    parties: list[Party], status: Status, medium: Medium, country: str
) -> Iterator[Situation]:
    """The situations of a meeting in a country, a code of two letters, empty where unknown."""
    for one, other in permutations(parties, 2):
        if status != "held":
            yield Situation(f"meeting-{status}", one, other, False)
        elif medium in ("phone", "video"):
            yield Situation(f"meeting-{medium}", one, other, False)
        else:
            ground = _ground(one, other, country)
            directed = ground in ("visiting", "hosting")
            yield Situation(f"meeting-{ground}" if ground else "meeting", one, other, directed)


def _ground(one: Party, other: Party, country: str) -> str:
    """On whose ground two actors of two states meet, as one of them sees it. Bodies have their
    seats somewhere, and ambassadors live where they are sent: neither comes as a visitor."""
    if not (country and one.state and other.state) or one.state == other.state:
        return ""
    if country not in (one.state, other.state):
        return "third"
    guest = one if country == other.state else other
    if guest.resident:
        return ""
    return "visiting" if guest is one else "hosting"


def of_visit(visitor: Party, host: Party, status: Status) -> Iterator[Situation]:
    """The situations of a visit to a state."""
    if status == "held":
        yield Situation("visit-visiting", visitor, host, True)
        yield Situation("visit-hosting", host, visitor, True)
    else:
        yield Situation(f"visit-{status}", visitor, host, status != "cancelled")
        if status == "cancelled":  # by either side
            yield Situation("visit-cancelled", host, visitor, False)


def of_statement(speaker: Party, addressees: list[Party]) -> Iterator[Situation]:
    """The situations of a statement."""
    for addressee in addressees:
        yield Situation("statement", speaker, addressee, True)
