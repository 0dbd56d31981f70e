"""Personal names in running text: where a name ends, and whether a capitalised run is a person."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kb.extract.lookup import Lookup, people
from kb.language.dates import calendar_words

_PARTICIPLE = 6  # letters of "Welcoming", more than "Ming" and "Young"
_SHORT = 3  # letters of words that names and sentences share: "Ban", "Ho"
_QUOTES = frozenset({'"', "“", "”", "‘", "’", "'"})
_NO_NAME_POS = frozenset({"VERB", "AUX", "ADV", "DET", "ADP", "CCONJ", "NUM"})


@cache
def _calendar() -> frozenset[str]:
    """Months and weekdays: no names, unless a given name stands before ("Theresa May")."""
    return frozenset(calendar_words())


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(w for w in calendar_words() if w.endswith("day"))


class NameReader:
    """Reads capitalised names."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup

    def end(self, i: int, stop: int) -> int | None:
        """End of the capitalised name that starts at ``i``, or None where none starts."""
        if i < stop and self._article_joined(i, stop):
            return self.end(i + 2, stop)
        if i >= stop or not self.is_name_word(i, first=True):
            return None
        known = self.lookup.full_name(i)
        k = i + 1 if known is None else min(i + known.length, stop)
        while k < stop:
            step = self._next(k, stop)
            if step is None or (known is not None and not self._goes_on(k)):
                break
            if k - i > 1 and self._word(k).endswith("ing") and len(self._word(k)) > _PARTICIPLE:
                break  # "Ann Pratt Welcoming the Agreement"
            k = step
        if known is None and self.lookup.entry(i, "adjective") and not self.has_body_word(i, k):
            return None  # "a recent Chadian statement"
        return self.past_suffix(k, stop)

    def _article_joined(self, i: int, stop: int) -> bool:
        """Whether a surname begins with a small Arabic article: "al-Rahimi"."""
        joined = self.lookup[i].text in people("not_names", "hyphened") and i + 2 < stop
        return joined and self._word(i + 1) == "-" and self._tight(i) and self._tight(i + 1)

    def _next(self, k: int, stop: int) -> int | None:
        """The index after the piece of a name at ``k``."""
        if self.is_name_word(k, first=False):
            return k + 1
        token = self.lookup[k]
        following = k + 1 < stop and self.is_name_word(k + 1, first=False)
        if token.text in ("-", "’", "'", "–") and k + 1 < stop and self._glued(k):
            return None if self._word(k + 1) in people("not_names", "suffixed") else k + 2
        particle = token.lower in people("not_names", "particles")
        if particle and self.lookup.lower(k + 1, stop) in people("not_names", "particles"):
            return k + 3 if k + 2 < stop and self.is_name_word(k + 2, first=False) else None
        if particle and following:
            return k + 2
        if token.lower in people("not_names", "hyphened") and self.lookup.lower(k + 1, stop) == "-":
            upper = k + 2 < stop and self.lookup[k + 2].text[:1].isupper()
            return k + 3 if upper and self._tight(k) else None
        if token.text in _QUOTES and k + 3 < stop and self.lookup[k + 2].text in _QUOTES:
            named = self.is_name_word(k + 1, first=False) and self.is_name_word(k + 3, first=False)
            return k + 4 if named else None  # a nickname
        return None

    def _goes_on(self, k: int) -> bool:
        """Whether a known name goes on behind: with a hyphen, a particle, a house ("Al Saud")."""
        particle = self.lookup[k].lower in people("not_names", "particles")
        return particle or (self._word(k) in ("-", "–") and self._glued(k))

    def _glued(self, k: int) -> bool:
        """A hyphen or apostrophe with no space on either side, inside a name (Jong-un)."""
        return self._tight(k - 1) and self._tight(k) and self.lookup[k - 1].text[:1].isupper()

    def _tight(self, k: int) -> bool:
        return self.lookup[k].end == self.lookup[k + 1].start

    def past_suffix(self, k: int, stop: int) -> int:
        """Past "Jr." and "III", with or without a comma before them."""
        suffixes = people("not_names", "suffixes")
        if self.lookup.lower(k, stop) in suffixes:
            return k + 1
        if self.lookup.lower(k, stop) == "," and self.lookup.lower(k + 1, stop) in suffixes:
            return k + 2
        return k

    def is_name_word(self, i: int, first: bool) -> bool:
        """Whether the word at ``i`` can begin (``first``) or go on a name."""
        token = self.lookup[i]
        word = token.text
        if not word[:1].isupper():
            return False
        if first and word != word.upper() and self.lookup.full_name(i) is not None:
            return True  # "To Lam"
        if token.lower in people("not_names", "words") and not self._given_before_name(i):
            return False
        if token.lower.strip(".") in (_calendar() if first else _weekdays()):
            return False
        if self.lookup.title(i) is not None and not self._known_name(i, first):
            return False
        if token.pos in _NO_NAME_POS and token.tag != "VBN" and not self._seen_as_name(i):
            return False
        state = self.lookup.state(i)
        if state is not None and first and token.pos != "PROPN":
            return False
        if state is not None and not first and self.lookup.entry(i, "adjective") is not None:
            return False
        if first and (self._begins_body(i) or self._begins_pair(i)):
            return False
        if first and self.lookup.text.sentence_of(i).start == i:
            known = self.lookup.entry(i, "person") is not None
            return token.pos == "PROPN" or self.lookup.capitalised[word] > 0 or known
        return True

    def _seen_as_name(self, i: int) -> bool:
        """Whether the article writes a word with a capital inside sentences and never without."""
        word = self._word(i)
        return self.lookup.capitalised[word] > 0 and word.lower() not in self.lookup.small

    def _given_before_name(self, i: int) -> bool:
        """Whether a word that is rarely a name is a given name here: "Christian Lund"."""
        given = self.lookup.gazetteer.is_first_name(self._word(i))
        return given and self._names_follow(i + 1) and self.lookup[i + 1].pos == "PROPN"

    def _begins_pair(self, i: int) -> bool:
        """Whether a pair of states begins here: "U.S.-Egypt"."""
        state = self.lookup.state(i)
        if state is None or state.end + 1 >= len(self.lookup.words):
            return False
        return self._word(state.end) in ("-", "–") and self.lookup.state(state.end + 1) is not None

    def _begins_body(self, i: int) -> bool:
        """Whether a body of several words that the tables have begins here: "People's Daily"."""
        body = self.lookup.entry(i, "organization")
        return body is not None and body.length > 1 and self.lookup.full_name(i) is None

    def _known_name(self, i: int, first: bool) -> bool:
        """Whether a word that is also a title is a name here: "Stephen King"."""
        if first:
            return self.lookup.full_name(i) is not None
        before = self.lookup.words[i - 1] if i else ""
        return self.lookup.gazetteer.is_first_name(before) and not self._names_follow(i + 1)

    def _names_follow(self, i: int) -> bool:
        return i < len(self.lookup.words) and self.lookup.words[i][:1].isupper()

    # -- persons ----------------------------------------------------------------------------

    def has_body_word(self, i: int, end: int) -> bool:
        """Whether a run holds a word that names of bodies, sites and treaties are made of."""
        keywords = people("organization", "keywords")
        return any(self.lookup[k].lower in keywords for k in range(i, end))

    def is_personal(self, i: int, end: int) -> bool:
        """Whether a capitalised run looks like a person's name."""
        if self.has_body_word(i, end):
            return False
        if self.lookup.entry(i, "person") or self.lookup.gazetteer.is_first_name(self._word(i)):
            return True
        if any(self.lookup[k].entity.endswith("PERSON") for k in range(i, end)):
            return True
        led = i + 1 < end and self._word(i + 1) != "-"  # "DNI Smith"
        if any(_is_acronym(self._word(k)) for k in range(i + led, end)):
            return False
        if end - i < 2 or self._any_of(range(i, end), ("place", "organization")):
            return False
        return not any(
            len(self._word(k)) > _SHORT and self.lookup[k].lower in self.lookup.small
            for k in range(i, end)
        )

    def starts_person(self, i: int, stop: int) -> bool:
        """Whether the name of somebody surely starts at ``i``: a known one, or a given name."""
        if self.lookup.full_name(i) is not None:
            return True
        given = self.lookup.gazetteer.is_first_name(self._word(i))
        return given and i + 1 < stop and self.is_name_word(i + 1, first=False)

    def _word(self, i: int) -> str:
        return self.lookup.words[i]

    def _any_of(self, indices: Iterable[int], kinds: tuple[str, ...]) -> bool:
        return any(self.lookup.longest(k, kinds) is not None for k in indices)


def _is_acronym(word: str) -> bool:
    """Whether a word is all capitals, and no numeral or pair of initials."""
    return len(word) > 1 and word.isalpha() and word.isupper() and not set(word) <= set("IVX")
