"""Personal and other names: one way to fold them, and to tell which part is the surname."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FAMILY_FIRST = frozenset({"CN", "KR", "KP", "VN", "TW", "HK", "KH", "MO"})
PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "bint", "de", "del", "della", "di", "da", "dos", "das", "du", "van",
     "von", "der", "den", "ter", "la", "le", "abu", "ben", "ould", "zu"}
)  # fmt: skip
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)

_HYPHEN = "\u00ad"
"""The soft hyphen, which stands unseen within words."""

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """A name for comparison: lower case, no accents, hyphens and apostrophes as blanks, one blank
    between words. Folding twice changes nothing."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if c != _HYPHEN and not unicodedata.combining(c)).casefold()
    return " ".join(_WORD.findall(plain.translate(_LETTERS)))


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
    while last > 1 and parts[last - 1].lower().strip("-") in PARTICLES:
        last -= 1
    return " ".join(parts[last:])


_SOUNDS = (
    ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("gh", "g"), ("zh", "j"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("x", "ks"), ("w", "v"),
    ("dj", "j"), ("tz", "z"), ("ts", "z"),
)  # fmt: skip
_ARTICLES = frozenset({"al", "el", "ul", "as", "ash", "ad", "an", "ar", "at", "az"})
_LEAST_SOUNDS = 5


@lru_cache(maxsize=50_000)
def skeleton(name: str) -> str:
    """The consonants of a name in one spelling: "Sergei Lavrov" and "Sergey Lavrov", "Mohammed" and
    "Muhammad" have the same. Vowels count only at the beginning of a word. Empty for names too
    short to tell people apart."""
    out = []
    for word in fold(name).split():
        if word in _ARTICLES:
            continue
        for told, sound in _SOUNDS:
            word = word.replace(told, sound)
        kept = word[:1] + "".join(c for c in word[1:] if c not in "aeiouyh")
        out.append("".join(c for i, c in enumerate(kept) if i == 0 or c != kept[i - 1]))
    return " ".join(out) if sum(map(len, out)) >= _LEAST_SOUNDS and len(out) > 1 else ""


def is_full(name: str) -> bool:
    """Whether a name has a given and a family name: "al-Jubeir" and "Ramos-Horta" have not."""
    return sum(fold(w) not in PARTICLES | _ARTICLES for w in name.split()) > 1
