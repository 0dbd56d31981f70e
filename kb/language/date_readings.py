"""Whether what looks like a date is one, by the words around it.

"May" may be a verb or a prime minister, 2000 a number of people, Russia Today a broadcaster.
"""

from __future__ import annotations

import re
from functools import cache

from kb.language.date_words import either, month_number, table, weekday_number, word_set

_PREVIOUS = re.compile(r"([\w.]+)([\s,('’\"“]*)$")
_NEXT = re.compile(r"[\s\"“‘-]{1,2}([^\W\d_]+)")


def word_before(text: str, at: int) -> str:
    """The word that stands before, as written, '' at the beginning or after a full stop."""
    found = _PREVIOUS.search(text, max(0, at - 24), at)
    return found.group(1).strip(".") if found and "," not in found.group(2) else ""


def word_after(text: str, at: int) -> str:
    """The word that follows after a blank, as written, or ''."""
    found = _NEXT.match(text, at)
    return found.group(1) if found else ""


def accept(kind: str, match: re.Match[str], text: str) -> bool:
    """Whether the words around allow the reading: "May" may be a verb, 2000 a number of people."""
    if kind == "monthonly":
        return bool(match.group("edge")) or _is_month(match, text)
    if kind == "year":
        return _is_year(match, text)
    if kind in ("months", "years", "weekdays", "span2"):
        return _is_span(kind, match, text)
    if kind == "dayonly":
        words = text[max(0, match.start() - 16) : match.start()].lower().split()
        close = text[match.end() : match.end() + 1] in ("", ".", ",", ";", ")", "?")
        following = word_after(text, match.end()).lower()
        return (
            words[-1:] == ["the"]
            and len(words) > 1
            and words[-2] in ("on", "from", "until", "by", "since", "before", "after")
            and (close or following in word_set("function_words"))
        )
    if kind == "day":
        following = word_after(text, match.end())
        return not (following[:1].isupper() and following.lower() in word_set("named_after"))
    if kind == "relative":
        capital = match.group("rel")[:1].isupper()
        before = word_before(text, match.start())  # "Russia Today", "USA Today"
        return not (capital and before[:1].isupper() and text[match.start() - 1] == " ")
    return True


_BOTH = re.compile(r"\s(?:and|or)\s")


def _is_span(kind: str, match: re.Match[str], text: str) -> bool:
    """Whether it is one span of time ("May and June") or two dates ("May and October")."""
    between = word_before(text, match.start()).lower() == "between"
    apart = _BOTH.search(match.group()) is not None and not between
    if kind == "span2":
        return not apart
    if kind == "years":
        first, second = int(match.group("y")), int(match.group("y2"))
        step = second - (first % 100 if second < 100 else first)
    elif kind == "months":
        step = (month_number(match.group("mon")) - month_number(match.group("mon2"))) % -12 * -1
    else:
        first, second = weekday_number(match.group("w")), weekday_number(match.group("w2"))
        step = 1 if match.group("list") else (second - first) % 7
    return step == 1 if apart else step > 0


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(w for names in table()["weekdays"] for w in names)


def _is_month(match: re.Match[str], text: str) -> bool:
    word = match.group("mon").lower().strip(".")
    before, after = word_before(text, match.start()), word_after(text, match.end())
    prep, ends = before.lower(), text[match.end() : match.end() + 2]
    capital = after[:1].isupper() and after.lower() not in {"i", *_weekdays()}
    if prep in word_set("surname_signs") or capital:
        return False
    if word not in word_set("ambiguous_months"):
        known = prep in word_set("prepositions") or prep in word_set("determiners")
        return known or not before[:1].isupper()
    if prep in word_set("determiners"):
        return after.lower() in word_set("event_nouns")
    if prep not in word_set("prepositions") or prep == "to":
        return False
    if prep in word_set("personal_prepositions"):
        if ends in ("'s", "’s") or after.lower() in ("to", "and", "who", "was", "has", "had", "is"):
            return False
        signs = either(word_set("surname_signs"))
        return not re.search(rf"(?i:\b(?:{signs})\.?)\s{match.group('mon').strip('.')}\b", text)
    return True


def _is_year(match: re.Match[str], text: str) -> bool:
    before, after = (
        word_before(text, match.start()).lower(),
        word_after(text, match.end()).lower(),
    )
    character = text[match.start("y") - 1 : match.start("y")]
    if after in word_set("quantity_nouns") or character in ("$", "€", "£", "#", "/", ".", "_", "="):
        return False
    if match.group("edge") or before in word_set("year_prepositions"):
        return True
    if before in word_set("determiners") or after in word_set("event_nouns"):
        return bool(after) and after not in word_set("function_words")
    end = text[match.end() : match.end() + 1]
    return (character == "(" and end in (")", ",")) or (
        before in ("and", "or")
        and bool(re.search(r"\b(?:19|20)\d\d\s\w+\s$", text[: match.start()][-12:]))
    )
