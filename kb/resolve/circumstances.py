"""What meetings and visits lend each other: day, place and medium.

A meeting on a visit took place where the visit led; the stations of one journey share its month;
what a report filed from a town tells as the news of the day happened there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kb.edtf import earliest, latest
from kb.lexicon import words
from kb.resolve.entities import Entity
from kb.resolve.merge import Event, days_agree

_HEAD = 3  # sentences in which the news is told
_NEWS = timedelta(days=1)
_THERE = 8  # sentences that "there" looks back
_SEASON = timedelta(days=60)
_STATION = "presence:station"
_STATIONS = 4  # sentences between the news of a journey and its earlier stations
_WEEK = 7
_PERHAPS_THERE = frozenset({"noun:talks", "verb:tell", "noun:negotiations"})


def settle(meetings: Sequence[Event], visits: Sequence[Event], day: date | None) -> None:
    """Let meetings and the visits they took place on lend each other day, place and medium.

    ``day`` is the day of publication: a visit long ago has nothing to do with the news.
    """
    _stations(meetings, visits)
    for meeting in meetings:
        if meeting.medium == "unknown" and meeting.place is not None:
            meeting.medium = "in-person"
        journeys = [v for v in visits if _fits(meeting, v)]
        on_it = [v for v in journeys if _on(meeting, v, day)]
        recent = [v for v in journeys if not _long_ago(v, day) and _only_guests(meeting, v)]
        days = {v.date for v in on_it or recent if v.date}
        if meeting.medium in ("phone", "video"):
            continue
        if meeting.date is None and len(days) == 1 and meeting.kind != "not":
            meeting.date = days.pop()
        if meeting.medium == "unknown" and any(_abroad(meeting, v) for v in visits):
            meeting.medium = "in-person"
        if not on_it:
            continue
        meeting.medium = "in-person"
        places = {(v.place, v.country) for v in on_it}
        if meeting.place is None and len(places) == 1:
            place, country = places.pop()
            if meeting.country in (None, country):
                meeting.place, meeting.country = place, country
    for visit in visits:
        there = [
            m
            for m in meetings
            if m.medium == "in-person" and _fits(m, visit) and _on(m, visit, day)
            and not _at_home_elsewhere(m, visit, visits)
        ]  # fmt: skip
        dated = {m.date for m in there if m.date}
        if visit.date is None and len(dated) == 1 and visit.kind != "not":
            visit.date = dated.pop()
        towns = {m.place for m in there if m.place and m.country == visit.country}
        if visit.place is None and len(towns) == 1:
            visit.place = towns.pop()


def filed_from(
    meetings: Sequence[Event], visits: Sequence[Event], town: str, country: str, day: date | None
) -> None:
    """What happened about the day of a report filed from a town, with guests from abroad, and is
    set nowhere else: there. ``day`` is the day of publication."""
    for meeting in meetings:
        guests = {e.country for e in meeting.who} - {None, country}
        face_to_face = meeting.medium == "in-person" or meeting.told[0].rule in _PERHAPS_THERE
        came = bool(guests) or any(_from_abroad(e) for e in meeting.who)
        if meeting.place or not came or not face_to_face or not _just_now(meeting, day):
            continue
        if meeting.country in (None, country):
            meeting.place, meeting.country, meeting.medium = town, country, "in-person"
    for visit in visits:
        if visit.place is None and visit.country == country and _just_now(visit, day):
            visit.place = town


def _from_abroad(entity: Entity) -> bool:
    """Whether unnamed people come from many states: "leaders from 50 countries"."""
    told = set(entity.name.lower().split())
    return entity.type == "group" and bool(told & words("people", "group", "counted"))


def _just_now(event: Event, day: date | None) -> bool:
    """Whether an event is the news of the day, or told at the head of the report."""
    if event.kind == "not":
        return False
    if event.date is None:
        return event.told[0].sentence < _HEAD
    return day is not None and abs(day - latest(event.date)) <= _NEWS


def _stations(meetings: Sequence[Event], visits: Sequence[Event]) -> None:
    """The earlier stations of a journey, told without days, fall in the month of its last one,
    unless that was in the month's first week; what happened at them does as well."""
    for visit in visits:
        if visit.date is not None or visit.kind != "held" or visit.told[0].rule != _STATION:
            continue
        at = visit.told[0].sentence
        days = {
            v.date
            for v in visits
            if v.who[0] is visit.who[0] and v.kind == "held" and v.date and len(v.date) == 10
            and 0 <= at - min(t.sentence for t in v.told) <= _STATIONS
        }  # fmt: skip
        if len(days) == 1 and earliest(last := days.pop()).day > _WEEK:
            visit.date = last[:7]
    for meeting in meetings:
        told = {t.sentence for t in meeting.told}
        months = {
            v.date for v in visits
            if v.told[0].rule == _STATION and v.date and len(v.date) == 7
            and v.who[0] in meeting.who and told & {t.sentence for t in v.told}
        }  # fmt: skip
        if meeting.date is None and meeting.kind == "held" and len(months) == 1:
            meeting.date = months.pop()


def _only_guests(meeting: Event, visit: Event) -> bool:
    """Whether the visitor is named first and nobody else is of a known country."""
    return meeting.who[0] is visit.who[0] and not any(e.country for e in meeting.who[1:])


def _at_home_elsewhere(meeting: Event, visit: Event, visits: Sequence[Event]) -> bool:
    """Whether the host is of another country on the same journey."""
    hosts = {e.country for e in meeting.who if e is not visit.who[0]} - {visit.country}
    return any(v.who[0] is visit.who[0] and v.country in hosts for v in visits if v is not visit)


def _long_ago(visit: Event, day: date | None) -> bool:
    """Whether a visit is no part of the news; without a day of publication any dated one may be."""
    return visit.date is not None and (day is None or abs(day - latest(visit.date)) > _SEASON)


def _abroad(meeting: Event, visit: Event) -> bool:
    """Whether talks that lie ahead fall on a visit under way to somebody's country."""
    if meeting.kind != "ahead" or visit.kind != "held" or visit.who[0] not in meeting.who:
        return False
    if meeting.date is None or visit.date is None:
        return False
    near = timedelta(0) <= earliest(meeting.date) - latest(visit.date) <= 3 * _NEWS
    return near and visit.country in {e.country for e in meeting.who if e is not visit.who[0]}


def _fits(meeting: Event, visit: Event) -> bool:
    """Whether the visitor takes part and nothing keeps the two apart."""
    arrived = visit.kind == "held" and meeting.kind == "ahead"
    arrived = arrived and (visit.date is None or _days_after(meeting, visit))
    return (
        visit.who[0] in meeting.who
        and not all(t.earlier for t in visit.told)
        and (meeting.kind == visit.kind or arrived)
        and (days_agree(meeting, visit) or _days_after(meeting, visit))
        and not (meeting.country and visit.country and meeting.country != visit.country)
    )


def _days_after(meeting: Event, visit: Event) -> bool:
    """Whether a meeting is told in one sentence with an arrival a few days before it."""
    if not ({t.sentence for t in visit.told} & {t.sentence for t in meeting.told}):
        return False
    if meeting.date is None or visit.date is None:
        return False
    return timedelta(0) < earliest(meeting.date) - earliest(visit.date) <= 3 * _NEWS


def _on(meeting: Event, visit: Event, day: date | None) -> bool:
    """Whether the meeting is told as part of the visit: in one sentence, face to face in the next
    one, or with somebody of the country that is visited."""
    visited = {t.sentence for t in visit.told}
    if meeting.told[0].there and max(visited) <= meeting.told[0].sentence <= max(visited) + _THERE:
        return True
    if visited & {t.sentence for t in meeting.told}:
        return True
    if meeting.medium == "in-person" and meeting.told[0].sentence - 1 in visited:
        return True
    if _long_ago(visit, day):
        return False
    hosts = {e.country for e in meeting.who if e is not visit.who[0]}
    return visit.country is not None and visit.country in (*hosts, meeting.country)
