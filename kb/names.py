"""Personal and other names: one way to fold them, and to tell which part is the surname."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FAMILY_FIRST = frozenset({"CN", "KR", "KP", "VN", "TW", "HK", "KH", "MO"})
_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "bint", "de", "del", "della", "di", "da", "dos", "das", "du", "van",
     "von", "der", "den", "ter", "la", "le", "abu", "ben", "ould", "zu"}
)  # fmt: skip
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """A name for comparison: lower case, no accents, hyphens and apostrophes as blanks, one blank
    between words. Folding twice changes nothing."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(_WORD.findall(plain.translate(_LETTERS)))


def tokens(text: str) -> list[str]:
    """The folded words of a name."""
    return fold(text).split()


@lru_cache(maxsize=50_000)
def surname(name: str, country: str | None = None) -> str:
    """The part of a name that news goes on with: "Putin", "Xi", "al-Assad" ("Assad" is found by its
    last word anyway). Chinese, Korean and Vietnamese names put the family first."""
    parts = [p for p in name.replace(",", " ").split() if p.lower().strip(".") not in _SUFFIXES]
    if len(parts) < 2:
        return name.strip()
    if country in FAMILY_FIRST and not parts[-1].endswith("."):
        return parts[0]
    last = len(parts) - 1
    while last > 1 and parts[last - 1].lower().strip("-") in _PARTICLES:
        last -= 1
    return " ".join(parts[last:])


def variants(name: str, country: str | None = None) -> set[str]:
    """Folded forms under which a full name may be looked up: itself, its surname, its last word."""
    words = tokens(name)
    out = {fold(name), fold(surname(name, country))}
    if len(words) > 1:
        out.add(words[-1])
    return out - {""}
