"""Dates in English news: finding them, and resolving them against the day of publication.

``find`` reads the words, ``resolve`` the calendar: "on Monday" needs a reference day and the
direction of the verb, "in 2014" neither. Weeks resolve to their month only, as a week names no day.
What cannot be told is None, never a guess from the publication date.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Direction = Literal["past", "future"]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("kb.language") / "data" / "dates.toml").read_text(encoding="utf-8"))


def _alternation(words: list[str]) -> str:
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date as told: character offsets in the text searched, the rule that read it and its parts.

    ``has_prep`` is the preposition before it; ``attributive`` tells that it modifies a noun that
    follows ("the September 3 summit", "Monday's meeting")."""

    start: int
    end: int
    text: str
    kind: str
    parts: tuple[tuple[str, str], ...]
    has_prep: str | None = None
    attributive: bool = False

    def get(self, name: str) -> str | None:
        return dict(self.parts).get(name)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = _table()
    month = _alternation([w for ms in table["months"] for w in ms])
    weekday = _alternation([w for ws in table["weekdays"] for w in ws if len(w) > 3])
    month_case = rf"(?-i:(?=[A-Z]))(?:{month})\b\.?"
    number = _alternation(list(table["numbers"]))
    count = rf"\d{{1,3}}|{number}|several|few|a few|a couple of|couple of"
    day = r"[0-3]?\d(?:st|nd|rd|th)?"
    dash = r"\s?[-–—/]\s?|\s(?:to|and|through|until|or)\s"
    days = _alternation(list(table["days"]))
    unit = r"day|week|month|year|decade|fortnight"
    part = _alternation(table["parts_of_day"])
    late = r"(?:(?:early|late|mid|the end of|the beginning of|the start of|the middle of)[- ])?"
    raw = [
        ("iso", r"\b(?P<y>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b"),
        ("span", rf"\b(?P<mon>{month_case})\s(?P<d>{day})(?:{dash})(?P<d2>{day})(?!\d)(?:,?\s(?P<y>(?:19|20)\d\d))?\b"),
        ("span", rf"\b(?P<d>{day})(?:{dash})(?P<d2>{day})\s(?:of\s)?(?P<mon>{month_case})(?:,?\s(?P<y>(?:19|20)\d\d))?\b"),
        ("span2", rf"\b(?P<mon>{month_case})\s(?P<d>{day})(?:{dash})(?P<mon2>{month_case})\s(?P<d2>{day})(?!\d)(?:,?\s(?P<y>(?:19|20)\d\d))?\b"),
        ("day", rf"\b(?P<mon>{month_case})\s(?P<d>{day})(?!\d)(?:,?\s(?P<y>(?:19|20)\d\d))?(?![,\d]*\d)\b"),
        ("day", rf"\b(?P<d>{day})\s(?:of\s)?(?P<mon>{month_case})(?:,?\s(?P<y>(?:19|20)\d\d))?\b"),
        ("month", rf"\b{late}(?P<mon>{month_case}),?\s(?:of\s)?(?P<y>(?:19|20)\d\d)\b"),
        ("weekdays", rf"\b(?P<w>{weekday})(?:{dash})(?P<w2>{weekday})\b"),
        ("weekday", rf"\b(?:(?P<mod>last|next|this|this coming|coming|past|previous)\s)?(?P<w>{weekday})\b(?:\s(?:{part})\b)?"),
        ("relative", rf"\b(?P<rel>{days})\b"),
        ("ago", rf"\b(?P<n>{count})\s(?P<u>{unit})s?\s(?P<way>ago|earlier|later|before|from now)\b"),
        ("in", rf"\bin\s(?P<n>{count})\s(?P<u>{unit})s?(?:['’]\stime|\stime)?\b"),
        ("week", r"\b(?:(?:earlier|later)\s)?(?P<mod>this|last|next|the past|past|the coming|coming|the previous)\s(?P<u>week|month|year|weekend)\b"),
        ("endof", r"\b(?:the\s)?(?:end|beginning|start|middle|close)\sof\s(?P<mod>the|this|next|last)\s(?P<u>week|month|year)\b"),
        ("weekend", r"\b(?:over|at|on|during)\sthe\sweekend\b"),
        ("modmonth", rf"\b(?P<mod>last|next|this|this past|this coming)\s(?P<mon>{month_case})"),
        ("years", r"\b(?P<y>(?:19|20)\d\d)\s?[-–]\s?(?P<y2>(?:19|20)\d\d)\b"),
        ("decade", r"\bthe\s(?P<y>(?:19|20)\d0)s\b"),
        ("monthonly", rf"\b(?:in|since|by|until|during|from|for)\s{late}(?P<mon>{month_case})"),
        ("monthbare", r"\b(?:early|late|mid)[- ](?P<mon>%s)" % month_case),
        ("year", r"\b(?:in|since|by|until|during|from|of|for|before|after|back in|early|late|the)\s(?:early\s|late\s|mid-)?(?P<y>(?:19|20)\d\d)\b(?![-–]\d)"),
        ("monthnoun", rf"\b(?P<mon>{month_case})(?=\s(?:summit|meeting|visit|talks|trip|call|speech|election|attack|agreement))"),
        ("dayonly", r"\b(?:on|from|until|by)\sthe\s(?P<d>[0-3]?\d(?:st|nd|rd|th))\b(?!\s(?:anniversary|floor|century|parallel|session|round|time|day))"),
        ("contextual", r"\b(?P<rel>the same day|that day|the next day|the following day|the day before|the previous day|the day after|a day earlier|a day later)\b"),
    ]  # fmt: skip
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in raw)


_QUICK = re.compile(
    r"\d|day|week|month|year|decade|ago|tonight|morrow|night|noon|morning|evening|january|february|march|april|may|june"
    r"|july|august|september|october|november|december|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(\w+(?: of)?)\s+(?:the\s+|about\s+|around\s+)?$")


def find(text: str) -> list[DateExpression]:
    """The dates of a text, longest first where they overlap, in text order."""
    if not _QUICK.search(text):
        return []
    taken: list[DateExpression] = []
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind in ("day", "monthonly", "monthbare", "modmonth", "month", "monthnoun") and not _is_month(match):
                continue
            if any(start < t.end and t.start < end for t in taken):
                continue
            parts = tuple((k, v) for k, v in match.groupdict().items() if v)
            if kind in ("monthonly", "year"):  # the preposition is part of the pattern
                named = "mon" if kind == "monthonly" else "y"
                prep = match.group().split()[0].lower()
                start = match.start(named)
            else:
                found = _BEFORE.search(text, max(0, start - 30), start)
                prep = found.group(1).lower() if found else ""
            listed = prep if prep in _table()["prepositions"] else None
            after = text[end : end + 2]
            taken.append(
                DateExpression(start, end, text[start:end], kind, parts, listed, after.startswith(("'s", "’s")))
            )
    return sorted(taken, key=lambda e: e.start)


def _is_month(match: re.Match[str]) -> bool:
    """"May" and "March" are months only where a number or preposition says so; "may" never is."""
    word = match.group("mon")
    return word[:1].isupper()


def _month(word: str) -> int:
    plain = word.lower().strip(".")
    return next(i for i, names in enumerate(_table()["months"], 1) if plain in names)


def _weekday(word: str) -> int:
    plain = word.lower()
    return next(i for i, names in enumerate(_table()["weekdays"]) if plain in names)


def _number(word: str) -> int | None:
    plain = word.lower()
    if plain.isdigit():
        return int(plain)
    found = _table()["numbers"].get(plain)
    return int(found) if found is not None else None


def resolve(
    expression: DateExpression,
    reference: date | None,
    direction: Direction | None = None,
    context: str | None = None,
) -> str | None:
    """The EDTF date an expression means, None where it cannot be told.

    ``reference`` is the day of publication, ``direction`` where the verb points, ``context`` an
    EDTF date already known nearby ("the next day").
    """
    try:
        return _resolve(expression, reference, direction, context)
    except (ValueError, OverflowError, StopIteration):
        return None  # the 31st of June: told, but no day of the calendar


def _resolve(e: DateExpression, reference: date | None, direction: Direction | None, context: str | None) -> str | None:
    get = e.get
    if e.kind == "iso":
        return date(int(get("y") or 0), int(get("m") or 0), int(get("d") or 0)).isoformat()
    if e.kind in ("day", "span", "span2"):
        return _calendar(e, reference, direction)
    if e.kind == "month":
        return f"{get('y')}-{_month(get('mon') or ''):02d}"
    if e.kind == "year":
        return get("y")
    if e.kind == "years":
        return f"{get('y')}/{get('y2')}"
    if e.kind == "decade":
        return f"{get('y')}/{int(get('y') or 0) + 9}"
    if e.kind == "contextual":
        return _contextual(e, context)
    if reference is None:
        return None
    if e.kind == "weekday":
        return _nearest_weekday(_weekday(get("w") or ""), reference, direction, get("mod")).isoformat()
    if e.kind == "weekdays":
        first = _nearest_weekday(_weekday(get("w") or ""), reference, direction, None)
        gap = (_weekday(get("w2") or "") - first.weekday()) % 7
        if direction != "future" and first + timedelta(days=gap) > reference + timedelta(days=1):
            first -= timedelta(days=7)
        return f"{first}/{first + timedelta(days=gap)}"
    if e.kind == "relative":
        return (reference + timedelta(days=_table()["days"][(get("rel") or "").lower()])).isoformat()
    if e.kind in ("ago", "in"):
        return _ago(e, reference)
    if e.kind == "weekend" or get("u") == "weekend":
        return _weekend(reference, direction, get("mod"))
    if e.kind in ("week", "endof"):
        return _period(get("u") or "", get("mod") or "the", reference)
    if e.kind == "modmonth":
        return _month_of(_month(get("mon") or ""), reference, "future" if "next" in (get("mod") or "") or "coming" in (get("mod") or "") else "past")
    if e.kind in ("monthonly", "monthbare", "monthnoun"):
        return _month_of(_month(get("mon") or ""), reference, direction)
    if e.kind == "dayonly":
        day = int(re.sub(r"\D", "", get("d") or ""))
        return _nearest_day(reference.month, day, reference, direction, months=True)
    return None


def _calendar(e: DateExpression, reference: date | None, direction: Direction | None) -> str | None:
    month, day = _month(e.get("mon") or ""), int(re.sub(r"\D", "", e.get("d") or ""))
    year = e.get("y")
    if year:
        first = date(int(year), month, day)
    elif reference is not None:
        told = _nearest_day(month, day, reference, direction)
        if told is None:
            return None
        first = date.fromisoformat(told)
    else:
        return None
    second = e.get("d2")
    if second is None:
        return first.isoformat()
    month2 = _month(e.get("mon2") or e.get("mon") or "")
    last = date(first.year + (month2 < month), month2, int(re.sub(r"\D", "", second)))
    return f"{first}/{last}" if last > first else first.isoformat()


def _nearest_day(month: int, day: int, reference: date, direction: Direction | None, months: bool = False) -> str | None:
    """The day of that month nearest to the reference; a direction decides where both are near."""
    if months:
        choices = []
        for shift in (-1, 0, 1):
            m = (reference.month - 1 + shift) % 12 + 1
            y = reference.year + (reference.month - 1 + shift) // 12
            try:
                choices.append(date(y, m, day))
            except ValueError:
                continue
    else:
        choices = [date(y, month, day) for y in (reference.year - 1, reference.year, reference.year + 1) if _exists(y, month, day)]
    near = sorted(choices, key=lambda c: abs((c - reference).days))
    if not near:
        return None
    if direction == "past":
        return next((c for c in near if c <= reference + timedelta(days=1)), near[0]).isoformat()
    if direction == "future":
        return next((c for c in near if c >= reference - timedelta(days=1)), near[0]).isoformat()
    return near[0].isoformat()


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _nearest_weekday(weekday: int, reference: date, direction: Direction | None, modifier: str | None) -> date:
    back = (reference.weekday() - weekday) % 7
    word = (modifier or "").lower()
    if word in ("last", "past", "previous"):
        return reference - timedelta(days=back or 7)
    if word in ("next", "coming", "this coming"):
        return reference + timedelta(days=(7 - back) if back else 7)
    if direction == "future" and back:
        return reference + timedelta(days=7 - back)
    return reference - timedelta(days=back)


def _ago(e: DateExpression, reference: date) -> str | None:
    number, unit = _number(e.get("n") or ""), e.get("u") or ""
    if number is None:
        return None
    sign = -1 if e.kind == "ago" and e.get("way") in ("ago", "earlier", "before") else 1
    if unit == "day":
        return (reference + timedelta(days=sign * number)).isoformat()
    if unit in ("week", "fortnight"):
        days = number * (14 if unit == "fortnight" else 7)
        return (reference + timedelta(days=sign * days)).strftime("%Y-%m")
    if unit == "month":
        return _shift_month(reference, sign * number)
    return str(reference.year + sign * number * (10 if unit == "decade" else 1))


def _shift_month(reference: date, by: int) -> str:
    index = reference.year * 12 + reference.month - 1 + by
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _period(unit: str, modifier: str, reference: date) -> str:
    word = modifier.lower().removeprefix("the ").strip()
    step = -1 if word in ("last", "past", "previous") else 1 if word in ("next", "coming") else 0
    if unit.lower() == "week":
        return (reference + timedelta(days=7 * step)).strftime("%Y-%m")
    if unit.lower() == "month":
        return _shift_month(reference, step)
    return str(reference.year + step)


def _weekend(reference: date, direction: Direction | None, modifier: str | None) -> str:
    saturday = reference - timedelta(days=(reference.weekday() - 5) % 7)
    word = (modifier or "").lower()
    if word in ("this", "next", "coming", "the coming") or direction == "future":
        if not (word == "this" and direction == "past") and reference.weekday() < 5:
            saturday += timedelta(days=7)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def _month_of(month: int, reference: date, direction: Direction | None) -> str:
    year = reference.year
    if direction == "past" and month > reference.month:
        year -= 1
    elif direction == "future" and month < reference.month:
        year += 1
    elif direction is None and month - reference.month > 6:
        year -= 1
    return f"{year:04d}-{month:02d}"


def _contextual(e: DateExpression, context: str | None) -> str | None:
    if context is None or len(context) != 10:
        return None
    day = date.fromisoformat(context)
    word = (e.get("rel") or "").lower()
    if word in ("the same day", "that day"):
        return context
    later = word in ("the next day", "the following day", "the day after", "a day later")
    return (day + timedelta(days=1 if later else -1)).isoformat()


_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Za-zÀ-ÿ.’' ]+(?:[,/][ ]?[A-Z][A-Za-zÀ-ÿ.’' ]+){0,2}?)"
    r"(?:,\s*(?P<date>[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?))?"
    r"\s*(?:\((?P<agency>[A-Z][\w .&-]{1,25})\))?\s*(?:—|–|--|-)\s"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report was filed: "SEOUL, Feb 17 (Yonhap) --"."""

    start: int
    end: int
    places: tuple[str, ...]
    agency: str | None
    date: DateExpression | None


def dateline(text: str) -> Dateline | None:
    """The dateline that a text starts with, None where it has none."""
    found = _DATELINE.match(text)
    if not found or found.end() > 90:
        return None
    place = found.group("place").strip()
    if not (place.isupper() or found.group("agency") or found.group("date")):
        return None
    when = None
    if found.group("date"):
        offset = found.start("date")
        inside = find(found.group("date"))
        if inside:
            e = inside[0]
            when = DateExpression(e.start + offset, e.end + offset, e.text, e.kind, e.parts)
    places = tuple(p.strip().title() if p.isupper() else p.strip() for p in re.split(r"/", place.split(",")[0]))
    return Dateline(found.start(), found.end(), places, found.group("agency"), when)
