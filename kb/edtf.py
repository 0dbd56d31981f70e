"""EDTF dates of level 0, as the knowledge base uses them: a year, a month, a day, or an interval.

``2023``, ``2023-09``, ``2023-09-24``, ``2023-09-24/2023-09-25``. An approximate (``~``) or
uncertain (``?``) mark is read and ignored.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from kb.errors import KBError

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?")

Precision = Literal["year", "month", "day", "interval"]


class EDTFError(KBError, ValueError):
    """Text that is no date of the calendar."""


def _point(text: str, whole: str) -> tuple[date, date, Precision]:
    """First day, last day and precision of a date without a slash; errors tell of the whole."""
    found = _POINT.fullmatch(text)
    if not found:
        raise EDTFError(
            f"{whole!r} is no date", "write YYYY, YYYY-MM, YYYY-MM-DD or an interval A/B"
        )
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise EDTFError(f"{whole!r} is no day of the calendar", "check month and day") from None
    if month is None:
        return first, date(first.year, 12, 31), "year"
    if day is None:
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1]), "month"
    return first, first, "day"


@lru_cache(maxsize=1 << 16)
def _parse(text: str) -> tuple[date, date, Precision]:
    first, slash, second = text.partition("/")
    if not slash:
        return _point(text, text)
    start, end = _point(first, text)[0], _point(second, text)[1]
    if start > end:
        raise EDTFError(f"{text!r} ends before it starts", "put the earlier date first")
    return start, end, "interval"


def is_valid(text: str) -> bool:
    """Whether the text is a date that this module reads."""
    try:
        _parse(text)
    except EDTFError:
        return False
    return True


def earliest(text: str) -> date:
    """The first day the date can mean. Raises ``EDTFError``."""
    return _parse(text)[0]


def latest(text: str) -> date:
    """The last day the date can mean. Raises ``EDTFError``."""
    return _parse(text)[1]


def precision(text: str) -> Precision:
    """How exact the date is. Raises ``EDTFError``."""
    return _parse(text)[2]


def compatible(a: str, b: str, tolerance_days: int = 0) -> bool:
    """Whether two dates can mean the same day, give or take some days."""
    slack = timedelta(days=tolerance_days)
    return earliest(a) - latest(b) <= slack and earliest(b) - latest(a) <= slack


def display(text: str | None) -> str:
    """A date for people: at its known precision, an interval with a dash, a blank for none."""
    return "" if text is None else text.replace("/", " – ")


def parse_day(text: str) -> date:
    """A day from an ISO date or date and time (``2023-09-24``, ``2023-09-24T10:00:00Z``).

    The day is the one written, whatever the time zone. Raises ``EDTFError``.
    """
    stripped = text.strip()
    try:
        return date.fromisoformat(stripped)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(stripped.replace("Z", "+00:00")).date()
    except ValueError:
        raise EDTFError(f"{text!r} is no day of the calendar", "write it as YYYY-MM-DD") from None
