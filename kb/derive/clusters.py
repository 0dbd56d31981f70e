"""First step: reports of the same actors, put together by day.

Reports of the same kind of event and the same actors (for a visit also the same destination, for a
statement the same words) share a *block*. Within it, what took place (held or denied) is sorted out
first, from the most precise date to the vaguest: a report joins the one cluster that its date fits;
what fits several stays apart, with those that say exactly the same. Then what lay ahead (planned,
proposed, cancelled) joins the one event that took place within ``HORIZON`` of the time it named and
not before it was published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from kb import edtf
from kb.derive.agreement import (
    FRESH,
    FRESH_CALL,
    HORIZON,
    MOST_TOLERATED,
    NEAR,
    SHORT,
    agree,
    closest,
    last_day,
    length,
    not_yet,
    same_time,
    tolerance,
)
from kb.names import fold
from kb.reports import Report, kind_of

Cluster = list[Report]
Same = Callable[[Report, Report], bool]
Fits = Callable[[Report, Cluster], bool]

_LEVELS = {"day": 0, "interval": 1, "month": 2, "year": 3}
_EXACT, _UNDATED = 1, 4


def block_key(report: Report) -> str:
    """What reports share that are compared by their dates; 16 hexadecimal digits."""
    parts = [report.kind, *report.actors]
    if report.kind == "visit":
        parts.append(report.country or report.place or "")
    if report.kind == "statement":
        parts.append(fold(report.text or ""))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def clusters_of(block: Iterable[Report]) -> list[Cluster]:
    """The clusters of one block, each sorted; the order of the reports is nothing."""
    reports = sorted(set(block), key=lambda r: r.hash)
    if not reports:
        return []
    found = [reports] if reports[0].kind == "statement" else _clusters(reports)
    return sorted((sorted(c, key=lambda r: r.hash) for c in found), key=lambda c: c[0].hash)


def _clusters(block: Sequence[Report]) -> list[Cluster]:
    past = [r for r in block if r.status in ("held", "denied")]
    ahead = [r for r in block if r.status not in ("held", "denied")]
    happened = _by_date(past, _fits_in_time, _apart)
    choices = [(r, [c for c in happened if _came_true(r, c)]) for r in ahead]
    waiting = [r for r, found in choices if len(found) != 1]
    for report, found in choices:
        if len(found) == 1:
            found[0].append(report)
    return happened + _by_date(waiting, _fits_plan, _near)


def _by_date(reports: Sequence[Report], undated_fits: Fits, undated_same: Same) -> list[Cluster]:
    """Clusters from the most precise date to the vaguest; each report joins the only fitting one.

    Clusters are compared as they stood when the level began: the order within a level is nothing.
    """
    clusters: list[Cluster] = []
    for level in range(_UNDATED + 1):
        told = [r for r in reports if _level(r) == level]
        if level == 0:
            clusters += _groups(told, _same_day)
            continue
        if level > _EXACT:  # nobody knows whether "leaders" of one month are those of another
            clusters += [[r] for r in told if _nameless(r)]
            told = [r for r in told if not _nameless(r)]
        fits = undated_fits if level == _UNDATED else _fits
        choices = [(r, [k for k, c in enumerate(clusters) if fits(r, c)]) for r in told]
        rest = [r for r, found in choices if len(found) != 1]
        for report, found in choices:
            if len(found) == 1:
                clusters[found[0]].append(report)
        clusters += _groups(rest, undated_same if level == _UNDATED else _same_words)
    return clusters


def _nameless(report: Report) -> bool:
    """Whether only groups act in a report, of which two need not be the same people."""
    return report.kind != "statement" and all(kind_of(a) == "group" for a in report.actors)


def _level(report: Report) -> int:
    return _UNDATED if report.date is None else _LEVELS[edtf.precision(report.date)]


def _groups(reports: Sequence[Report], same: Same) -> list[Cluster]:
    """Groups in which every two are the same; a report that is the same as two that are not (by
    its country, which it leaves out, or by its day, which lies between) stays apart.

    What says the same is compared once, for a summit has hundreds of reports.
    """
    if same is _apart:
        return [[report] for report in reports]
    alike: dict[tuple[object, ...], Cluster] = {}
    for report in reports:
        day = report.published if report.date is None else None
        setting = (report.date, report.country, report.place, report.medium, day)
        alike.setdefault(setting, []).append(report)
    classes = list(alike.values())
    runs = _runs(classes) if same is _same_day else [classes]
    return [[r for c in group for r in c] for run in runs for group in _cliques(run, same)]


def _runs(classes: Iterable[Cluster]) -> list[list[Cluster]]:
    """Classes of reports that tell days, parted wherever no day follows on the one before: what
    lies on two sides of such a gap is never compared, be there ever so many."""
    runs: list[list[Cluster]] = []
    last = date.min
    for first, _, told in sorted(
        (edtf.earliest(c[0].date or ""), index, c) for index, c in enumerate(classes)
    ):
        if first - last > timedelta(days=MOST_TOLERATED):
            runs.append([])
        runs[-1].append(told)
        last = first
    return runs


def _cliques(classes: Sequence[Cluster], same: Same) -> list[list[Cluster]]:
    out: list[list[Cluster]] = []
    for component in _components(classes, same):
        between = [
            c
            for c in component
            if any(
                same(c[0], a[0]) and same(c[0], b[0]) and not same(a[0], b[0])
                for i, a in enumerate(component)
                for b in component[i + 1 :]
                if a is not c and b is not c
            )
        ]
        if not between:
            out.append(component)
        elif len(between) == len(component):
            out += [[c] for c in component]
        else:
            out += _cliques([c for c in component if c not in between], same)
            out += _cliques(between, same)
    return out


def _components(classes: Sequence[Cluster], same: Same) -> list[list[Cluster]]:
    """The connected components of a relation between what classes of reports say."""
    open_ = list(classes)
    out: list[list[Cluster]] = []
    while open_:
        component = [open_.pop(0)]
        for member in component:
            near = [other for other in open_ if same(member[0], other[0])]
            component += near
            open_ = [other for other in open_ if other not in near]
        out.append(component)
    return out


# -- pairs of reports -----------------------------------------------------------------------------


def _same_day(a: Report, b: Report) -> bool:
    assert a.date is not None
    assert b.date is not None
    return edtf.compatible(a.date, b.date, tolerance(a, b)) and agree(a, b)


def _same_words(a: Report, b: Report) -> bool:
    return a.date == b.date and agree(a, b)


def _apart(_a: Report, _b: Report) -> bool:
    """Two undated reports of what happened may tell of any two occasions."""
    return False


def _near(a: Report, b: Report) -> bool:
    if a.published is None or b.published is None:
        return False
    return abs(a.published - b.published) <= NEAR and agree(a, b)


# -- a report and a cluster -----------------------------------------------------------------------


def _fits(report: Report, cluster: Cluster) -> bool:
    assert report.date is not None
    dates = closest([r.date for r in cluster if r.date is not None])
    return not not_yet(report, dates) and all(
        agree(report, other) and same_time(report, other) for other in cluster
    )


def _fits_in_time(report: Report, cluster: Cluster) -> bool:
    """An undated report of what happened: the event must have been in the news just then."""
    day = _day(cluster)
    return (
        report.published is not None
        and day is not None
        and timedelta() <= report.published - day <= _fresh(report, cluster)
        and all(agree(report, other) for other in cluster)
    )


def _fits_plan(report: Report, cluster: Cluster) -> bool:
    """An undated plan: what it means must lie shortly ahead when it is told."""
    day = _day(cluster)
    return (
        report.published is not None
        and day is not None
        and timedelta() <= day - report.published <= HORIZON
        and all(agree(report, other) for other in cluster)
    )


def _fresh(report: Report, cluster: Cluster) -> timedelta:
    far = {r.medium for r in (report, *cluster)} & {"phone", "video"}
    return FRESH_CALL if far else FRESH


def _day(cluster: Cluster) -> date | None:
    """The last day that a cluster's closely told dates can mean; None where there is none."""
    return last_day([r.date for r in cluster if r.date is not None and length(r.date) <= SHORT])


def _came_true(report: Report, cluster: Cluster) -> bool:
    """Whether a cluster is what a report was of beforehand: held within ``HORIZON`` of the time it
    named, and not before it was published; or denied for that very time."""
    if report.date is None or not all(agree(report, other) for other in cluster):
        return False
    held = closest([r.date for r in cluster if r.date is not None and r.status == "held"])
    if not held:
        denied = [r.date for r in cluster if r.date is not None]
        return bool(denied) and all(edtf.compatible(report.date, day) for day in denied)
    latest = last_day(held)
    if report.published is not None and latest is not None and latest < report.published:
        return False
    return any(
        edtf.compatible(report.date, day, HORIZON.days if length(day) <= SHORT else 0)
        for day in held
    )
