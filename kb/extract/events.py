"""Events as the text tells them, before anybody is identified: mentions, a status, a date, a place.

``Told`` is what a trigger yields; resolution turns its mentions into actors and merges the accounts
of one event within the article.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.extract.mentions import Mention
from kb.model import Medium, Status


@dataclass(slots=True)
class Place:
    """Where: the town or site as told, and the state it lies in; either may be unknown."""

    name: str | None
    country: str | None
    host: Mention | None = None


@dataclass(slots=True)
class Told:
    """One telling of a meeting or visit.

    ``sides`` are the mentions that take part (the visitor alone for a visit); none where it only
    refers back ("the talks in Rome"). ``sentence`` is the index of the sentence that proves it,
    ``trigger`` the token that tells it; ``borrowed`` says that the status is the main clause's,
    ``present`` that it is told in the present tense, ``another`` that it is not one told before,
    ``earlier`` that it is one before that ("when they last met"), ``there`` that it took place
    where the text had got to ("While there, she met ..."), ``joins`` that the sides only add to a
    meeting told beside it ("X joined the call").
    """

    trigger: int
    sentence: int
    status: Status
    source: str
    borrowed: bool = False
    present: bool = False
    sides: list[Mention] = field(default_factory=list)
    medium: Medium = "unknown"
    date: str | None = None
    place: Place | None = None
    rule: str = ""
    host: Mention | None = None
    another: bool = False
    earlier: bool = False
    there: bool = False
    joins: bool = False


@dataclass(slots=True)
class Said:
    """One telling of a statement: characters ``start`` to ``end`` of the text, by ``speaker``.

    Where a pronoun speaks, ``antecedents`` are the speakers before it, the last first.
    """

    start: int
    end: int
    speaker: Mention | None
    quote: bool
    sentence: int
    trigger: int
    rule: str
    addressees: list[Mention] = field(default_factory=list)
    antecedents: list[Mention] = field(default_factory=list)
