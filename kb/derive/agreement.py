"""Whether two reports can tell of one event, by when, where and how each says that it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kb import edtf
from kb.reports import Report

HORIZON = timedelta(days=14)
"""How far from the day it was planned for a meeting may take place and still be the same."""

NEAR = timedelta(days=7)
"""Undated plans published so close together are taken for one."""

FRESH, FRESH_CALL = timedelta(days=3), timedelta(days=1)
"""An undated report of what happened, or of a call, is of something that happened so shortly before
it was published: the same people call each other again within days."""

MOST_TOLERATED = 1
"""Days by which reports of one call may differ: it is told with either side's date."""

SHORT = 7
"""Days of the vaguest date of what an undated report can be of."""


def agree(a: Report, b: Report) -> bool:
    """Whether places and media do not contradict each other."""
    if a.country and b.country and a.country != b.country:
        return False
    if a.kind == "meeting" and a.place and b.place and a.place != b.place and not _on_days(a, b):
        return False
    return a.medium == b.medium or "unknown" in (a.medium, b.medium)


def same_time(a: Report, b: Report) -> bool:
    """Whether the dates can mean the same day; one that is not told can mean any."""
    return a.date is None or b.date is None or edtf.compatible(a.date, b.date, tolerance(a, b))


def tolerance(a: Report, b: Report) -> int:
    """Days of difference: calls across time zones are told with either side's date, but by one
    outlet with one."""
    one_outlet = a.source is not None and a.source == b.source
    return 0 if one_outlet or not {a.medium, b.medium} & {"phone", "video"} else MOST_TOLERATED


def not_yet(report: Report, dates: Iterable[str]) -> bool:
    """Whether a report of what happened was published before the first day it could be of."""
    if report.status != "held" or report.published is None:
        return False
    first = min(map(edtf.earliest, dates), default=None)
    return first is not None and first > report.published + timedelta(days=1)


def closest(dates: Sequence[str]) -> list[str]:
    """Of some dates those that tell the time most closely."""
    least = min(map(length, dates), default=0)
    return [told for told in dates if length(told) == least]


def length(told: str) -> int:
    """Days from the first to the last that a date can mean."""
    return (edtf.latest(told) - edtf.earliest(told)).days + 1


def last_day(dates: list[str]) -> date | None:
    """The last day that any of some dates can mean."""
    return max(map(edtf.latest, dates), default=None)


def _on_days(a: Report, b: Report) -> bool:
    """Whether both name a day: what the same people do on one day in one country is told once by
    the town and once by the building."""
    return all(r.date is not None and edtf.precision(r.date) == "day" for r in (a, b))
