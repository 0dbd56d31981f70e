"""The words of dates, from ``data/dates.toml``, and the numbers they stand for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table() -> dict[str, Any]:
    """The words of dates, as in ``data/dates.toml``."""
    return tomllib.loads((files("kb.language") / "data" / "dates.toml").read_text(encoding="utf-8"))


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of ``data/dates.toml`` to look words up in."""
    return frozenset(table()[name])


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, longer ones first; apostrophes may be typographic."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w).replace("'", "['’]").replace(r"\ ", r"\s") for w in ordered)


def cased(words: Iterable[str]) -> str:
    """A pattern for names, which are capitalised or in capitals whatever the flags."""
    return f"(?-i:{either({form for w in words for form in (w.capitalize(), w.upper())})})"


def calendar_words() -> list[str]:
    """Names and abbreviations of months and weekdays, lower case."""
    return [w for rows in (table()["months"], table()["weekdays"]) for names in rows for w in names]


def plain(words: str) -> str:
    """Words as the tables have them: single blanks, straight apostrophes."""
    return " ".join(words.replace("’", "'").split())


@cache
def month_number(word: str) -> int:
    """1 to 12."""
    return next(
        i for i, names in enumerate(table()["months"], 1) if word.lower().strip(".") in names
    )


@cache
def weekday_number(word: str) -> int:
    """0 (Monday) to 6."""
    return next(i for i, names in enumerate(table()["weekdays"]) if word.lower() in names)


def ordinal(word: str) -> int:
    """17 of "17th"."""
    return int(re.sub(r"\D", "", word))


def number(word: str) -> int:
    """0 where the word tells no number."""
    return int(word) if word.isdigit() else int(table()["numbers"].get(plain(word), 0))
