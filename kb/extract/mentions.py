"""Mentions of actors and places: the spans of text that name somebody or something.

A mention is read left to right as news English builds it: state adjectives, modifiers, titles,
a name, and what follows ("of Kenya", ", the Russian foreign minister,"). The span is found on the
words, not on the tree, so that a wrong parse inside a name does no harm; the tree is then asked
through whatever token of the span an argument points to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "person", "role", "state", "organization", "group", "pronoun", "pair", "place", "unknown"
]


@dataclass(slots=True)
class Mention:
    """A span of tokens (``start`` inclusive, ``end`` exclusive) that stands for an actor or place.

    ``name`` is the proper name as told; ``office`` the title as told, ``office_kind`` its kind in
    the gazetteer; ``states`` the ISO codes told with it (several for "the foreign ministers of
    Iran and Turkey"), ``posted`` those that an envoy is sent to; ``owner`` the token of a possessor
    ("his", "Xi's") that the title belongs to.
    """

    start: int
    end: int
    kind: Kind
    text: str
    name: str | None = None
    office: str | None = None
    office_kind: str | None = None
    states: tuple[str, ...] = ()
    organization: str | None = None
    modifiers: frozenset[str] = frozenset()
    posted: tuple[str, ...] = ()
    owner: int | None = None
    owner_word: str = ""
    plural: bool = False
    count: int | None = None
    counterpart: bool = False
    definite: bool = False
    indefinite: bool = False
    honorific: str | None = None
    place: str | None = None


@dataclass(slots=True)
class Mentions:
    """All mentions of a text in order, and which of them covers a token."""

    items: list[Mention] = field(default_factory=list)
    _cover: dict[int, Mention] = field(default_factory=dict)

    def add(self, mention: Mention) -> None:
        self.items.append(mention)
        for i in range(mention.start, mention.end):
            self._cover.setdefault(i, mention)

    def cover(self, mention: Mention, start: int, end: int) -> None:
        """Let further tokens (an apposition) point to a mention."""
        for i in range(start, end):
            self._cover.setdefault(i, mention)

    def at(self, i: int) -> Mention | None:
        return self._cover.get(i)

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)
