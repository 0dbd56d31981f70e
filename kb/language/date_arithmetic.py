"""Days, months and seasons near a reference day, in EDTF where they are spans."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from kb import edtf
from kb.language.date_words import plain, table

Direction = Literal["past", "future"]
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def days_of(triples: Iterable[tuple[int, int, int]]) -> list[date]:
    """Those of the years, months and days that are in the calendar."""
    out = []
    for year, month, day in triples:
        try:
            out.append(date(year, month, day))
        except ValueError:
            continue
    return out


def nearest(days: list[date], anchor: date, direction: Direction | None) -> date | None:
    """The day nearest to the anchor on the side that the direction tells."""
    if direction == "past":
        days = [d for d in days if d <= anchor + DAY]  # tomorrow's date line in another time zone
    elif direction == "future":
        days = [d for d in days if d >= anchor - DAY]
    return min(days, key=lambda d: (abs((d - anchor).days), d), default=None)


def shift_month(start: date, by: int) -> str:
    """The month so many months from a day, ``YYYY-MM``."""
    index = start.year * 12 + start.month - 1 + by
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def weekend(reference: date, direction: Direction | None, modifier: str) -> str:
    """Saturday and Sunday. On a weekend "last" and "next" are the ones beside it."""
    saturday = reference - (reference.weekday() - 5) % 7 * DAY
    on_weekend = reference.weekday() >= 5
    step = table()["steps"].get(plain(modifier), 0)
    if step < 0 and on_weekend and modifier == "last":
        saturday -= WEEK
    elif step > 0 or (
        step == 0
        and not on_weekend
        and (direction or ("future" if modifier else "past")) == "future"
    ):
        saturday += WEEK
    return f"{saturday}/{saturday + DAY}"


def modified_month(month: int, modifier: str, reference: date, direction: Direction | None) -> str:
    """A month with a modifier: "last November" in November is a year ago; "this May" the year's."""
    if modifier == "last":
        return f"{reference.year - (month >= reference.month):04d}-{month:02d}"
    if modifier == "next":
        return f"{reference.year + (month <= reference.month):04d}-{month:02d}"
    if modifier == "this":
        return f"{reference.year:04d}-{month:02d}"
    towards: Direction = "past" if "past" in modifier else "future"
    return month_near(month, reference, towards if modifier else direction)


def month_near(month: int, reference: date, direction: Direction | None) -> str:
    """``YYYY-MM`` of a month on the side the direction tells, without one the nearest."""
    months = month - reference.month
    year = reference.year
    if direction == "past":
        year -= months > 0
    elif direction == "future":
        year += months < 0
    else:
        year += (months < -6) - (months >= 6)
    return f"{year:04d}-{month:02d}"


def season(name: str, year: int) -> str:
    """The months of a season; "winter 2017" may be either of two, and is the year only."""
    first, last = table()["seasons"][name]
    return f"{year:04d}-{first:02d}/{year:04d}-{last:02d}" if first < last else f"{year:04d}"


def near_season(name: str, step: int, reference: date) -> str:
    """Of seasons "last" is over, "next" has not begun, "this summer" is the one of the year."""
    first, last = table()["seasons"][name]
    spans = [
        f"{y:04d}-{first:02d}/{y + (last < first):04d}-{last:02d}"
        for y in range(reference.year - 2, reference.year + 3)
    ]
    if step < 0:
        return next(s for s in reversed(spans) if edtf.latest(s) < reference)
    if step > 0:
        return next(s for s in spans if edtf.earliest(s) > reference)
    if first < last:
        return spans[2]
    return next(s for s in spans if edtf.latest(s) >= reference)
