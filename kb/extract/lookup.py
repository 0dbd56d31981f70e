"""What the tables say of the words at a position: states, bodies, places, persons, titles.

One look-up belongs to one article and remembers what it has found at each token, so that readers
may ask again and again.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from typing import NamedTuple

from kb.gazetteer import Entry, Gazetteer
from kb.language.words import Word, Words
from kb.lexicon import words

_LONGEST_SCOPE = 8  # tokens of "from more than 50 mostly eastern European countries"


class StateAt(NamedTuple):
    """A state name or adjective found in the text: ISO code, index after it, kind of entry;
    ``codes`` are several for "North and South Korea"."""

    code: str
    end: int
    kind: str
    codes: tuple[str, ...]


class TitleAt(NamedTuple):
    """A title found in the text: kind in the gazetteer, index after it, whether it is plural, and
    what its prefix says ("ex-premier")."""

    kind: str
    end: int
    plural: bool
    name: str
    modifier: str | None = None


def people(section: str, key: str = "nouns") -> frozenset[str]:
    """A word list of the lexicon's table of people."""
    return words("people", section, key)


class Lookup:
    """Looks words of one article up in the gazetteer."""

    def __init__(self, text: Words, gazetteer: Gazetteer, published: date | None = None) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.published = published
        self.words = [t.text for t in text.tokens]
        self._singular = [_singular(t) for t in text.tokens]
        self._entries: dict[int, list[Entry]] = {}
        self._titles: dict[int, TitleAt | None] = {}

    def __getitem__(self, i: int) -> Word:
        return self.text.tokens[i]

    def lower(self, i: int, stop: int) -> str:
        """The word at ``i`` in lower case; empty from ``stop`` on."""
        return self.text.tokens[i].lower if i < stop else ""

    @cached_property
    def capitalised(self) -> Counter[str]:
        """How often a word stands capitalised inside a sentence: what a sentence begins with is a
        name only if it is seen so elsewhere or tagged as one."""
        return Counter(
            token.text
            for sentence in self.text.sentences
            for token in self.text.span(sentence)[1:]
            if token.text[:1].isupper()
        )

    @cached_property
    def small(self) -> frozenset[str]:
        """Words that the article writes without a capital."""
        return frozenset(t.text for t in self.text.tokens if t.text.islower())

    # -- entries ----------------------------------------------------------------------------

    def entries(self, i: int) -> list[Entry]:
        """All entries that start at ``i``."""
        if i >= len(self.words):
            return []
        if i not in self._entries:
            self._entries[i] = self.gazetteer.match(self.words, i)
        return self._entries[i]

    def entry(self, i: int, kind: str) -> Entry | None:
        """The longest entry of a kind that starts at ``i``."""
        return max((e for e in self.entries(i) if e.kind == kind),
                   key=lambda e: e.length, default=None)  # fmt: skip

    def longest(self, i: int, kinds: tuple[str, ...]) -> Entry | None:
        """The longest entry of several kinds; of equal ones the kind listed first."""
        found = [e for e in self.entries(i) if e.kind in kinds]
        return max(found, key=lambda e: (e.length, -kinds.index(e.kind)), default=None)

    def full_name(self, i: int) -> Entry | None:
        """The longest known person's name of two words or more that starts at ``i``."""
        found = self.entry(i, "person")
        return found if found is not None and found.length > 1 else None

    def title(self, i: int) -> TitleAt | None:
        """The longest title that starts at ``i``, plural ones too."""
        if i not in self._titles:
            self._titles[i] = self._title(i)
        return self._titles[i]

    def _title(self, i: int) -> TitleAt | None:
        if i >= len(self.words):
            return None
        prefix, hyphen, rest = self.words[i].partition("-")
        modifier = self.gazetteer.modifier(prefix) if hyphen and rest else None
        if modifier is not None:
            words = [rest, *self._singular[i + 1 : i + _LONGEST_SCOPE]]
            return self._best_title(i, self.gazetteer.match(words, 0), modifier)
        found = self.entries(i)
        if self._singular[i : i + 4] != self.words[i : i + 4]:
            found = [*found, *self.gazetteer.match(self._singular, i)]
        return self._best_title(i, found, None)

    def _best_title(self, i: int, entries: list[Entry], modifier: str | None) -> TitleAt | None:
        titles = [e for e in entries if e.kind == "title"]
        best = max(titles, key=lambda e: e.length, default=None)
        if best is None or any(e.kind == "state" and e.length > best.length for e in entries):
            return None  # "DR Congo" is no doctor
        head = self[i + best.length - 1]
        if head.text.islower() and not self._is_noun(i, i + best.length):
            return None
        listed = (best.name or "").lower().split()[-1:] == [head.lower]  # "chargé d'affaires"
        kind, plural = best.office_kind or "official", head.tag in ("NNS", "NNPS") and not listed
        return TitleAt(kind, i + best.length, plural, best.name, modifier)

    def _is_noun(self, start: int, end: int) -> bool:
        """Whether the small word of a title before ``end`` is a noun whatever its tag: not in "to
        head a team" and "an official visit"."""
        tag = self[end - 1].tag[:2]
        if tag not in ("VB", "JJ"):
            return True
        following = self[end] if end < len(self.words) else None
        if following is not None and following.text[:1].isupper():
            return self.entry(end, "organization") is None  # a name
        if tag == "JJ":
            return following is None or following.pos in ("VERB", "AUX", "PUNCT")
        return start > 0 and self[start - 1].tag in ("DT", "JJ", "POS")

    def past_countries(self, i: int, stop: int) -> int:
        """Past "from more than 50 countries" at ``i``; ``i`` itself where nothing like it stands,
        and before countries named already ("from the two nations")."""
        if self.lower(i, stop) in ("across", "throughout", "around"):
            at = self.past_the(i + 1)
            place = self.entry(at, "place")
            return at + place.length if place is not None else i
        named = self.lower(i + 1, stop) in people("determiners", "definite")
        if named or self.lower(i, stop) not in ("from", "of", "across"):
            return i
        for k in range(i + 1, min(i + _LONGEST_SCOPE, stop)):
            if self[k].lower in people("pair", "countries"):
                return k + 1
            if (
                self[k].pos not in ("ADJ", "NUM", "DET", "ADV", "ADP", "PROPN")
                or self[k].tag == "PRP$"
            ):
                return i
        return i

    # -- states -----------------------------------------------------------------------------

    def state(self, i: int, adjective: bool = True) -> StateAt | None:
        """The state name (or adjective) at ``i``, unless a longer name begins ("China Daily")."""
        if i >= len(self.words) or not self.words[i][:1].isupper():
            return None
        kinds = ("state", "adjective") if adjective else ("state",)
        found = self.longest(i, kinds)
        if found is None or not found.countries or self._in_region(i):
            return None
        longer = self.longest(i, ("person", "organization", "place"))
        if longer is not None and longer.length > found.length:
            return None
        return StateAt(found.countries[0], i + found.length, found.kind, found.countries)

    def _in_region(self, i: int) -> bool:
        """Whether the word goes on with the name of a region: "Latin American"."""
        region = self.longest(i - 1, ("adjective",)) if i else None
        return region is not None and not region.countries and region.length > 1

    def is_genitive(self, i: int, stop: int) -> bool:
        """Whether a possessive ending stands at ``i``."""
        return i < stop and self[i].tag == "POS"

    def past_the(self, i: int) -> int:
        return i + 1 if i < len(self.words) and self.words[i].lower() == "the" else i

    def states(self, i: int, stop: int) -> tuple[list[str], int]:
        """A list of states ("Iran, Turkey and Chad") from ``i``: codes, and the index after it."""
        codes: list[str] = []
        head = self.past_the(i)
        if self.lower(head, stop) in people("state", "governments"):
            i = head + 2 if self.lower(head + 1, stop) == "of" else i
        end = k = i
        while k < stop:
            state = self.state(self.past_the(k), adjective=False)
            if state is None:
                break
            codes += state.codes
            end = k = state.end
            if self.lower(k, stop) == ",":
                k += 1
            if self.lower(k, stop) in ("and", "&"):
                k += 1
            if k == end:
                break
        return codes, end


def _singular(token: Word) -> str:
    """A noun in the singular; "Prime Ministers" has no lemma of its own."""
    if token.tag == "NNS":
        return token.lemma
    if token.tag == "NNPS" and token.lower.endswith("s"):
        return token.text[:-3] + "y" if token.lower.endswith("ies") else token.text[:-1]
    return token.text
