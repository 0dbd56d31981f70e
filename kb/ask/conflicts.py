"""Where the reports of one event disagree, and in what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, groupby

from kb import edtf
from kb.ask.answers import acting
from kb.ask.named import named_query
from kb.ask.names import goes_under
from kb.ask.run import Row, select
from kb.errors import KBError
from kb.rdf import iri
from kb.reports import POINTS, Point
from kb.store import Store
from kb.vocabulary import MEDIUM_CODE

_FAR = frozenset({MEDIUM_CODE["phone"].value, MEDIUM_CODE["video"].value})
_ON = frozenset({"held", "planned", "proposed"})
"""A plan that came true is no disagreement; a plan beside a cancellation, or a denial, is one."""


def conflicts(store: Store, points: Sequence[str] = ()) -> list[Row]:
    """Meetings and visits whose reports disagree: in the status (some say that it takes place and
    some that it does not), the day (there is none that two reports can both mean), the place, or
    who took part. Rows have ``event``, ``type``, ``status``, ``disagree`` (the points), ``actors``
    and ``reports``. With ``points`` only those that disagree in one of them. Raises ``KBError`` for
    one that there is not.
    """
    for point in points:
        if point not in POINTS:
            raise KBError(f"reports do not disagree in {point!r}", f"but in {', '.join(POINTS)}")
    found = []
    told = select(store, named_query("reports-of-several"))
    for event, rows in groupby(told, key=lambda row: str(row["event"])):
        reports = list(_reports(rows))
        disagree = [point for point, differs in _POINTS.items() if differs(store, reports)]
        if disagree and (not points or set(points) & set(disagree)):
            found.append((event, reports, disagree))
    actors = acting(store, [event for event, _, _ in found])
    return [
        {
            "event": event,
            "type": reports[0]["type"],
            "status": reports[0]["standing"],
            "disagree": disagree,
            "actors": [who for _, who in actors.get(event, ())],
            "reports": [
                {
                    key: value
                    for key, value in report.items()
                    if key not in ("type", "standing", "far")
                }
                for report in reports
            ],
        }
        for event, reports, disagree in found
    ]


def _reports(rows: Iterator[Row]) -> Iterator[Row]:
    keys = ("article", "title", "source", "published", "status", "date", "place", "country")
    for report, told in groupby(rows, key=lambda row: str(row["report"])):
        each = list(told)
        yield {
            "report": report,
            "type": str(each[0]["class"]).rpartition("#")[2].lower(),
            "standing": each[0]["standing"],
            "far": each[0].get("medium") in _FAR,
            **{key: each[0].get(key) for key in keys},
            "actors": sorted({str(row["actor"]) for row in each}),
        }


def _status(_: Store, reports: Sequence[Row]) -> bool:
    return len({report["status"] in _ON for report in reports}) > 1


def _day(_: Store, reports: Sequence[Row]) -> bool:
    """Of reports of one status, so that a meeting that was put off is no disagreement; a call is
    told with either side's day."""
    return any(
        a["status"] == b["status"] and not edtf.compatible(a["date"], b["date"], int(a["far"]))
        for a, b in combinations(reports, 2)
        if a["date"] and b["date"]
    )


def _place(_: Store, reports: Sequence[Row]) -> bool:
    return len({report["place"] for report in reports} - {None}) > 1


def _participants(store: Store, reports: Sequence[Row]) -> bool:
    told = {tuple(report["actors"]) for report in reports}
    if len(told) == 1:
        return False
    under = {actor: goes_under(store, iri(actor)) for actors in told for actor in actors}
    return len({frozenset(under[actor] for actor in actors) for actors in told}) > 1


_POINTS: dict[Point, Callable[[Store, Sequence[Row]], bool]] = {
    "status": _status,
    "day": _day,
    "place": _place,
    "participants": _participants,
}
