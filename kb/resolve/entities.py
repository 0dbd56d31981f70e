"""The actors of one article: what its mentions come down to, and when two names are one."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.gazetteer import Person
from kb.model import ActorType
from kb.names import FAMILY_FIRST, fold, surname

TOP = frozenset({"head_of_state", "head_of_government"})
_GIVEN_ALONE = FAMILY_FIRST | {"MM", "SG", "TH", "ET", "IS"}
"""States whose people are also called by their given names."""


@dataclass(slots=True, eq=False)
class Entity:
    """One actor of the article. ``seen`` are the tokens at which it is named, in text order."""

    type: ActorType
    name: str
    names: set[str] = field(default_factory=set)
    country: str | None = None
    office: str | None = None
    office_kind: str | None = None
    wikidata: str | None = None
    gender: str | None = None
    former: bool = False
    seen: list[int] = field(default_factory=list)
    organization: str | None = None
    known: Person | None = None
    members: list[Entity] = field(default_factory=list)
    """The persons named as a delegation's: they meet and travel, the delegation speaks."""

    def goes_by(self, folded: str) -> bool:
        """Whether a single name is the surname of a person, or a given name used alone."""
        for name in (self.name, *self.names):
            parts = fold(name).split()
            if folded in (fold(surname(name, self.country)), parts[-1] if parts else ""):
                return True
            if len(parts) > 1 and folded == parts[0] and self.country in _GIVEN_ALONE:
                return True
        return False

    def has_part(self, folded: str) -> bool:
        """Whether a single name is any part of the person's."""
        return any(folded in fold(n).split() for n in (self.name, *self.names))

    def is_called(self, folded: str) -> bool:
        """Whether a single name is the given name of a person."""
        return any(folded == fold(n).split(" ")[0] for n in (self.name, *self.names))


def clean_name(name: str) -> str:
    """A name without possessive ending, doubled blanks and stray punctuation."""
    text = " ".join(name.split("(")[0].split()).strip(" ,.;:")
    for ending in ("'s", "’s"):
        text = text.removesuffix(ending)
    return text.replace(" - ", "-").replace(" -", "-").replace("- ", "-")


def same_name(a: str, b: str) -> bool:
    """Whether two folded full names differ only in initials, word order, or in middle names that
    one of them lacks."""
    x = [p for p in a.split() if p not in ("jr", "sr")]
    y = [p for p in b.split() if p not in ("jr", "sr")]
    if len(x) < 2 or len(y) < 2:
        return False
    if sorted(x) == sorted(y):
        return True
    if x[-1] != y[-1]:
        return False
    middles = {p[0] for p in x[1:-1]}, {p[0] for p in y[1:-1]}
    if all(middles) and not middles[0] & middles[1]:
        return False
    initial = (len(x[0]) == 1 or len(y[0]) == 1) and x[0][0] == y[0][0]
    return x[0] == y[0] or initial
