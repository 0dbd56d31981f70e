"""Datelines: where, when and by whom a report was filed ("SEOUL, Feb 17 (Yonhap) -- ")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kb.language.date_grammar import DateExpression, find
from kb.language.date_words import either, table

_LONGEST = 100
"""No dateline is longer than this, in characters."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """The head of a report, ``text[start:end]`` with its dash and the blank after it.

    ``places`` are towns with capitals as in a sentence, none where only the agency is named;
    ``date`` has its offsets in the same text.
    """

    start: int
    end: int
    places: tuple[str, ...]
    agency: str | None
    date: DateExpression | None


@cache
def _pattern() -> re.Pattern[str]:
    months = either({w.capitalize() for names in table()["months"] for w in names})
    capital = r"[A-ZÀ-ÖØ-Þ]"
    name = rf"(?!(?:{months})\b){capital}[\w.’'-]*(?:[ ][\w.’'-]+){{0,3}}?"
    when = rf"(?:(?:{months})\.?\s\d{{1,2}}|\d{{1,2}}\s(?:{months})\.?)(?:,?\s\d{{4}})?"
    return re.compile(
        rf"\s*(?:(?P<places>{name}(?:/{name})*)(?P<region>(?:,\s{name}){{0,2}}?)"
        rf"(?:[,\s]\s?(?P<date>{when}))?\s?,?)?"
        rf"\s?(?:\((?P<agency>{capital}[\w .&/-]{{1,25}})\)\s?)?\s?"
        r"(?P<dash>—|–|--|-)\s+(?=(?P<next>\S))"
    )


def dateline(text: str) -> Dateline | None:
    """The dateline that a text starts with, None where it has none."""
    found = _pattern().match(text, 0, _LONGEST)
    if not found or not _credible(found, text):
        return _bare(text)
    day = None
    if found.group("date"):
        at = found.start("date")
        inside = find(found.group("date"))
        day = (
            replace(inside[0], start=inside[0].start + at, end=inside[0].end + at)
            if inside
            else None
        )
    named = found.group("places")
    places = tuple(_sentence_case(p.strip()) for p in named.split("/")) if named else ()
    start = len(text) - len(text.lstrip())
    return Dateline(start, found.end(), places, found.group("agency"), day)


_CAPITALS = r"(?:[A-Z]{4,}(?:[ -][A-Z]{2,}){0,2}|[A-Z]{2,3}[ -][A-Z]{3,}(?:[ -][A-Z]{2,})?)"
_BARE = re.compile(
    rf"\s*(?P<places>{_CAPITALS}(?:/{_CAPITALS})*)"
    r"(?P<region>,\s(?:(?:North|South|New|Saudi|United|Sri|Costa|El)\s)?[A-Z][a-z]+(?:/[A-Z]{4,})?)?"
    r"[ ]+(?=(?:[A-Z][a-z’']|[A-Z]\.[A-Z]\.|A [a-z])[^\n]{50,}[.”\"](?:\n|$))"
)


def _bare(text: str) -> Dateline | None:
    """A dateline without dash or agency: a town in capitals before a sentence that is not."""
    found = _BARE.match(text)
    if not found or found.end() > _LONGEST:
        return None
    names = found.group("places").split("/")
    if any(n.lower() in table()["datelines"]["not_places"] for n in names):
        return None
    start = len(text) - len(text.lstrip())
    return Dateline(start, found.end(), tuple(map(_sentence_case, names)), None, None)


def _credible(found: re.Match[str], text: str) -> bool:
    """Whether it is a dateline, rather than a sentence that has a dash early on."""
    words = table()["datelines"]
    agency = found.group("agency")
    known = agency is not None and agency.lower() in words["agencies"]
    places = found.group("places")
    if places is None:
        return known
    if places.strip().lower() in words["not_places"]:
        return False
    if known or found.group("date"):
        return True
    if places.isupper():
        return found.group("dash") != "-" or agency is not None
    if agency is not None or found.group("dash") == "-":
        return False
    sentence = re.split(r"\.\s", text[found.end() :], maxsplit=1)[0]
    aside = re.search(r"\s(?:—|–|--)\s", sentence) is not None
    short = " " not in places or bool(found.group("region"))
    return short and not aside and found.group("next").isupper()


def _sentence_case(place: str) -> str:
    """Read "PORT-AU-PRINCE" as "Port-au-Prince"; what is not in capitals stays."""
    if not place.isupper():
        return place
    small = table()["datelines"]["small_words"]
    words = re.split(r"([ -])", place.lower())
    return "".join(w if i and w in small else w[:1].upper() + w[1:] for i, w in enumerate(words))
