"""Finding the names of the tables in a sequence of tokens, on folded words (``kb.names.fold``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.names import fold

EntryKind = Literal["state", "adjective", "demonym", "organization", "place", "title", "person"]

_ACRONYM = 5  # letters at most
_INNER = frozenset({"-", "'", "’", ".", "–"})
_MOST_MARKS = 4  # of these in a row inside a name
"""Tokens that may stand inside a name and have no words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the tables found in a text: ``length`` tokens long."""

    kind: EntryKind
    length: int
    name: str
    countries: tuple[str, ...] = ()
    office_kind: str | None = None

    @property
    def country(self) -> str | None:
        return self.countries[0] if self.countries else None


@dataclass(frozen=True, slots=True)
class _Row:
    words: tuple[str, ...]
    entry: Entry
    exact: str | None
    capital: bool


class Index:
    """All names of the tables by their first two words."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], list[_Row]] = {}

    def put(
        self, name: str, kind: EntryKind, label: str, countries: tuple[str, ...] = (),
        office_kind: str | None = None,
    ) -> None:  # fmt: skip
        """Add a name that stands for ``label``. What the table writes with a capital must stand so
        in a text; acronyms must stand as written."""
        words = tuple(fold(name).split())
        if not words:
            return
        row = _Row(
            words,
            Entry(kind, len(words), label, countries, office_kind),
            name if is_short(name) else None,
            kind == "person" or (name[0].isupper() and kind != "title"),
        )
        key = (words[0], words[1] if len(words) > 1 else "")
        self._rows.setdefault(key, []).append(row)

    def match(self, words: Sequence[str], start: int) -> list[Entry]:
        """Entries whose words stand at ``start`` of a token sequence, longest first.

        Hyphens and apostrophes that are tokens of their own are skipped inside a name; ``length``
        counts the tokens matched.
        """
        first = fold(words[start]).split()
        if not first:
            return []
        second = first[1] if len(first) > 1 else _following(words, start + 1)
        candidates = self._rows.get((first[0], second), []) if second else []
        alone = self._rows.get((first[0], ""), [])
        out: list[Entry] = []
        for row in (*candidates, *alone):
            if row.exact is not None and words[start] != row.exact:
                continue
            if row.capital and words[start][:1].islower():
                continue
            length = _length(words, start, row.words)
            if length is None:
                continue
            entry = row.entry
            if length != entry.length:
                entry = Entry(entry.kind, length, entry.name, entry.countries, entry.office_kind)
            out.append(entry)
        return sorted(out, key=lambda e: -e.length)


def _following(words: Sequence[str], at: int) -> str:
    """The first folded word from ``at`` on, behind a few marks at most."""
    last = min(len(words), at + _MOST_MARKS)
    while at < last:
        folded = fold(words[at])
        if folded:
            return folded.split(" ", 1)[0]
        if words[at] not in _INNER:
            return ""
        at += 1
    return ""


def _length(words: Sequence[str], start: int, wanted: tuple[str, ...]) -> int | None:
    """How many tokens from ``start`` on spell the wanted words; None where they do not."""
    at, got = start, 0
    while got < len(wanted):
        if at >= len(words):
            return None
        folded = fold(words[at]).split()
        if not folded:
            if at == start or words[at] not in _INNER:
                return None
            at += 1
            continue
        if tuple(folded) != wanted[got : got + len(folded)]:
            return None
        got += len(folded)
        at += 1
    return at - start


def is_short(name: str) -> bool:
    """Acronyms must stand as written: "US" is not "us", "WHO" not "who"."""
    if len(name) > 2 * _ACRONYM:
        return False
    plain = name.replace(".", "")
    return plain.isupper() and len(plain) <= _ACRONYM
