"""Which reports tell of one event, and how that event stands: pure functions of the reports.

Reports that could belong together share a *block*: the same kind of event and the same actors (for
a visit also the destination, for a statement the words). Events are clusters within a block, so
that an addition or a removal touches its own blocks only, and the order of ingestion never shows.

Within a block, what took place (held or denied) is sorted out first, from the most precise date to
the vaguest: a report joins the one cluster that its date fits; what fits several stays apart, with
those that say exactly the same. Then what lay ahead (planned, proposed, cancelled) joins the one
event that took place within ``HORIZON`` of the time it named and not before it was published.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from kb import edtf
from kb.model import Medium
from kb.names import fold
from kb.reports import Event, Report, Standing

HORIZON = timedelta(days=14)
"""How far from the day it was planned for a meeting may take place and still be the same."""

NEAR = timedelta(days=7)
"""Undated plans published so close together are taken for one."""

Cluster = list[Report]
S = TypeVar("S", bound=str)

_LEVELS = {"day": 0, "interval": 1, "month": 2, "year": 3}
_UNDATED = 4
_RANK: dict[str, int] = {"proposed": 0, "planned": 1, "cancelled": 2, "denied": 3}


def block_key(report: Report) -> str:
    """What reports must share to be compared at all; 16 hexadecimal digits."""
    parts = [report.kind, *report.actors]
    if report.kind == "visit":
        parts.append(report.country or report.place or "")
    if report.kind == "statement":
        parts.append(fold(report.text or ""))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def events_of(reports: Iterable[Report]) -> list[Event]:
    """The events of one block, sorted; the result does not depend on the order of the reports."""
    block = sorted(set(reports), key=lambda r: r.hash)
    if not block:
        return []
    clusters = [block] if block[0].kind == "statement" else _clusters(block)
    return sorted(map(_event, clusters), key=lambda e: e.hash)


# -- clusters -----------------------------------------------------------------------------------


def _clusters(block: Sequence[Report]) -> list[Cluster]:
    past = [r for r in block if r.status in ("held", "denied")]
    ahead = [r for r in block if r.status not in ("held", "denied")]
    happened = _by_date(past, _fits_in_time, _apart)
    waiting: list[Report] = []
    for report in ahead:
        fitting = [c for c in happened if _came_true(report, c)]
        if len(fitting) == 1:
            fitting[0].append(report)
        else:
            waiting.append(report)
    return happened + _by_date(waiting, _fits_plan, _near)


def _by_date(
    reports: Sequence[Report],
    undated_fits: Callable[[Report, Cluster], bool],
    undated_same: Callable[[Report, Report], bool],
) -> list[Cluster]:
    """Clusters from the most precise date to the vaguest; each report joins the only fitting one.

    Clusters are compared as they stood when the level began: the order within a level is nothing.
    """
    clusters: list[Cluster] = []
    for level in range(_UNDATED + 1):
        told = [r for r in reports if _level(r) == level]
        if level == 0:
            clusters += _components(told, _same_day)
            continue
        fits = undated_fits if level == _UNDATED else _fits
        choices = [(r, [k for k, c in enumerate(clusters) if fits(r, c)]) for r in told]
        rest = [r for r, found in choices if len(found) != 1]
        for report, found in choices:
            if len(found) == 1:
                clusters[found[0]].append(report)
        clusters += _components(rest, undated_same if level == _UNDATED else _same_words)
    return clusters


def _level(report: Report) -> int:
    return _UNDATED if report.date is None else _LEVELS[edtf.precision(report.date)]


def _components(reports: Sequence[Report], same: Callable[[Report, Report], bool]) -> list[Cluster]:
    """The connected components of a relation between reports."""
    open_ = list(reports)
    out: list[Cluster] = []
    while open_:
        cluster = [open_.pop(0)]
        for member in cluster:
            for other in [o for o in open_ if same(member, o)]:
                open_.remove(other)
                cluster.append(other)
        out.append(cluster)
    return out


def _same_day(a: Report, b: Report) -> bool:
    assert a.date is not None
    assert b.date is not None
    return edtf.compatible(a.date, b.date, _tolerance(a, b)) and _agree(a, b)


def _same_words(a: Report, b: Report) -> bool:
    return a.date == b.date and _agree(a, b)


def _apart(_a: Report, _b: Report) -> bool:
    """Two undated reports of what happened may tell of any two occasions."""
    return False


def _near(a: Report, b: Report) -> bool:
    if a.published is None or b.published is None:
        return False
    return abs(a.published - b.published) <= NEAR and _agree(a, b)


def _fits(report: Report, cluster: Cluster) -> bool:
    assert report.date is not None
    return all(
        _agree(report, other)
        and (
            other.date is None
            or edtf.compatible(report.date, other.date, _tolerance(report, other))
        )
        for other in cluster
    )


def _fits_in_time(report: Report, cluster: Cluster) -> bool:
    """An undated report of what happened: the event must have been in the news just then."""
    day = _day(cluster)
    return (
        report.published is not None
        and day is not None
        and timedelta() <= report.published - day <= HORIZON
        and all(_agree(report, other) for other in cluster)
    )


def _fits_plan(report: Report, cluster: Cluster) -> bool:
    """An undated plan: what it means must still lie ahead when it is told."""
    day = _day(cluster)
    return (
        report.published is not None
        and day is not None
        and report.published <= day
        and all(_agree(report, other) for other in cluster)
    )


def _came_true(report: Report, cluster: Cluster) -> bool:
    dates = [r.date for r in cluster if r.date is not None and r.status == "held"]
    if report.date is None or not dates:
        return False
    latest = max(map(edtf.latest, dates))
    if report.published is not None and latest < report.published:
        return False
    close = any(edtf.compatible(report.date, d, HORIZON.days) for d in dates)
    return close and all(_agree(report, other) for other in cluster)


def _agree(a: Report, b: Report) -> bool:
    """Whether places and media do not contradict each other."""
    if a.country and b.country and a.country != b.country:
        return False
    if a.kind == "meeting" and a.place and b.place and a.place != b.place and not _on_days(a, b):
        return False
    return a.medium == b.medium or "unknown" in (a.medium, b.medium)


def _on_days(a: Report, b: Report) -> bool:
    """Whether both name a day: what the same people do on one day in one country is told once by
    the town and once by the building."""
    return all(r.date is not None and edtf.precision(r.date) == "day" for r in (a, b))


def _tolerance(a: Report, b: Report) -> int:
    """Days of difference: calls across time zones are told with either side's date."""
    return 1 if {a.medium, b.medium} & {"phone", "video"} else 0


def _day(cluster: Cluster) -> date | None:
    days = [edtf.latest(r.date) for r in cluster if r.date is not None]
    return max(days, default=None)


# -- standing -----------------------------------------------------------------------------------


def _event(cluster: Cluster) -> Event:
    reports = tuple(sorted(cluster, key=lambda r: r.hash))
    first = reports[0]
    standing = _standing(reports)
    told = [r for r in reports if r.status == "held"] or list(reports)
    media: list[Medium] = [r.medium for r in told if r.medium != "unknown"]
    return Event(
        hash=first.hash,
        kind=first.kind,
        actors=first.actors,
        standing=standing,
        reports=reports,
        medium=_commonest(media) or "unknown",
        date=_best_date([r.date for r in told if r.date is not None]),
        place=_commonest([r.place for r in told if r.place is not None]),
        country=_commonest([r.country for r in told if r.country is not None]),
        text=first.text,
        quoted=any(r.quoted for r in reports),
        addressees=tuple(sorted({a for r in reports for a in r.addressees})),
        domestic=all(r.domestic for r in reports),
    )


def _standing(reports: Sequence[Report]) -> Standing:
    """Held outweighs every plan; held and denied together are disputed; else the latest report
    counts, and of one day's the less hopeful."""
    statuses = {r.status for r in reports}
    if "held" in statuses:
        return "disputed" if "denied" in statuses else "held"
    if "denied" in statuses:
        return "denied"
    last = max(reports, key=lambda r: (r.published or date.min, _RANK[r.status]))
    return last.status


def _commonest(values: Sequence[S]) -> S | None:
    """The most frequent value, of several the least."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v), default=None)


def _best_date(dates: Sequence[str]) -> str | None:
    """The most precise, then the most frequent, then the earliest."""
    counts = Counter(dates)
    return min(counts, key=lambda d: (_LEVELS[edtf.precision(d)], -counts[d], d), default=None)
