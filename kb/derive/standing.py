"""Last step: an event from its reports, and how it stands.

A *later* report beats an earlier one, by the day of publication; an undated one never overrides a
dated one. But what is reported as held stands against every plan, whenever that was told; where a
report of holding and a denial stand side by side, the event is *disputed*. Of reports of one day
the first of held, cancelled, denied, planned, proposed counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from kb import edtf
from kb.model import Medium, Status
from kb.reports import Event, Report, Standing

S = TypeVar("S", bound=str)

_RANK: dict[Status, int] = {"held": 4, "cancelled": 3, "denied": 2, "planned": 1, "proposed": 0}
_VAGUE = {"day": 0, "interval": 1, "month": 2, "year": 3}


def event_of(reports: Sequence[Report], actors: Sequence[str]) -> Event:
    """The event of some reports, with those who act in it."""
    told_by = tuple(sorted(reports, key=lambda r: r.hash))
    first = told_by[0]
    told = [r for r in told_by if r.status == "held"] or list(told_by)
    media: list[Medium] = [r.medium for r in told if r.medium != "unknown"]
    return Event(
        hash=first.hash,
        kind=first.kind,
        actors=tuple(sorted(actors)),
        standing=standing(told_by),
        reports=told_by,
        medium=_commonest(media) or "unknown",
        date=best_date([r.date for r in told if r.date is not None]),
        place=_commonest([r.place for r in told if r.place is not None]),
        country=_commonest([r.country for r in told if r.country is not None]),
        text=first.text,
        quoted=any(r.quoted for r in told_by),
        addressees=tuple(sorted({a for r in told_by for a in r.addressees})),
        domestic=all(r.domestic for r in told_by),
        states=tuple(sorted({s for r in told_by for side in r.sides for s in side.states})),
    )


def standing(reports: Sequence[Report]) -> Standing:
    """How an event stands by its reports."""
    statuses = {r.status for r in reports}
    if "held" in statuses:
        return "disputed" if "denied" in statuses else "held"
    return max(reports, key=lambda r: (r.published or date.min, _RANK[r.status])).status


def best_date(dates: Sequence[str]) -> str | None:
    """The most precise, then the most frequent, then the earliest."""
    counts = Counter(dates)
    return min(counts, key=lambda d: (_VAGUE[edtf.precision(d)], -counts[d], d), default=None)


def _commonest(values: Sequence[S]) -> S | None:
    """The most frequent value, of several the least."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v), default=None)
