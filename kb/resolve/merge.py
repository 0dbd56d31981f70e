"""From tellings to events: what is told of one meeting or visit in several sentences is joined.

Tellings of one meeting (same actors, one set within the other, same status, days and media that
agree) become one event with several passages of evidence; likewise visits. What one of them leaves
open, the day or the place, another may tell; so may the visit on which a meeting took place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from kb.edtf import compatible, earliest, latest
from kb.extract.events import Told
from kb.model import Medium, Status
from kb.resolve.entities import Entity

_HEAD = 3  # sentences in which the news is told
_NEWS = timedelta(days=1)
_THERE = 8  # sentences that "there" looks back
_SEASON = timedelta(days=60)
_PERHAPS_THERE = frozenset({"noun:talks", "verb:tell", "noun:negotiations"})
_REFERENCE_REACH = 3  # sentences that "the meeting" looks back
Kind = Literal["held", "ahead", "not"]


@dataclass(slots=True)
class Event:
    """A record in the making: who, and all its tellings, the firmest first."""

    who: list[Entity]
    told: list[Told]
    status: Status
    medium: Medium = "unknown"
    date: str | None = None
    place: str | None = None
    country: str | None = None

    @property
    def borrowed(self) -> bool:
        """Whether its status is only that of the clause around it."""
        return self.told[0].borrowed

    @property
    def kind(self) -> Kind:
        """Happened, ahead or not: what stands between a plan and its cancellation."""
        if self.status == "held":
            return "held"
        return "ahead" if self.status in ("planned", "proposed") else "not"


def merged(events: Sequence[Event], same: Callable[[Event, Event], bool]) -> list[Event]:
    """One event for all its tellings, in the order of the text.

    Those with a status of their own come first; one that borrows its status joins what it fits.
    One without participants ("the meeting, in Rome") only adds to the event told before it.
    """
    out: list[Event] = []
    firm = [e for e in events if e.who and not e.borrowed]
    for event in [*firm, *(e for e in events if e.who and e.borrowed)]:
        twin = _twin(out, event, same)
        if twin is None:
            out.append(event)
        else:
            _join(twin, event)
    for event in events:
        if not event.who:
            _refer(out, event)
    return sorted(out, key=lambda e: min(t.trigger for t in e.told))


def spoken_for(events: Sequence[Event]) -> list[Event]:
    """Meetings without those that only tell in the same sentence of the states or offices of who
    met: "A hosted B, the first summit of the two countries"."""
    out: list[Event] = []
    for event in events:
        named = next((o for o in events if _speaks_for(o, event)), None)
        if named is None:
            out.append(event)
            continue
        named.date = named.date or event.date
        if named.place is None and named.country in (None, event.country):
            named.place, named.country = event.place, event.country
    return out


def _speaks_for(named: Event, event: Event) -> bool:
    """Whether persons of the same states met in the same sentence, at the same time and place."""
    if len(event.who) == 1 and event.who[0].country is None and event is not named:
        together = {t.sentence for t in named.told} & {t.sentence for t in event.told}
        return len(named.who) > 1 and bool(together)  # "the first meeting of top diplomats"
    states = [e.country for e in event.who]
    persons = [e.country for e in named.who if e.type == "person"]
    return (
        len(states) > 1
        and all(e.type in ("state", "role") for e in event.who)
        and None not in states
        and set(states) == set(persons)
        and named.kind == event.kind
        and bool({t.sentence for t in named.told} & {t.sentence for t in event.told})
        and days_agree(named, event)
        and places_agree(named, event)
    )


def _twin(out: Sequence[Event], event: Event, same: Callable[[Event, Event], bool]) -> Event | None:
    """Of the events that fit, the one told nearest."""
    at = event.told[0].trigger
    found = [o for o in out if same(o, event)]
    return min(found, key=lambda o: min(abs(t.trigger - at) for t in o.told), default=None)


def _join(a: Event, b: Event) -> None:
    a.told += b.told
    a.who += [e for e in b.who if e not in a.who]
    if "cancelled" in (a.status, b.status):
        a.status = "cancelled"
    elif a.status == "proposed" and b.status == "planned":
        a.status = "planned"
    if a.medium == "unknown":
        a.medium = b.medium
    if b.date and (a.date is None or len(b.date) > len(a.date)):
        a.date = b.date
    if a.place is None and b.place is not None:
        a.place = b.place
    a.country = a.country or b.country


_CALLS = ("phone", "video")


def _refer(out: Sequence[Event], back: Event) -> None:
    """ "The meeting took place in Rome": of the event last told, where nothing contradicts."""
    told = back.told[0]
    before = [
        (t.trigger, o)
        for o in out
        for t in o.told
        if t.trigger < told.trigger and told.sentence - t.sentence <= _REFERENCE_REACH
    ]
    if not before:
        return
    last = max(before, key=lambda b: b[0])[1]
    agrees = last.status == back.status or told.borrowed
    if not _media_agree(last, back) or (back.place and last.medium in _CALLS):
        return  # "a meeting of the council in Rome" is not the call that was told of
    if agrees and days_agree(last, back) and places_agree(last, back):
        last.date = last.date or back.date
        if last.place is None and last.country in (None, back.country):
            last.place, last.country = back.place, back.country


def same_meeting(a: Event, b: Event) -> bool:
    """Whether two tellings can be of one meeting; ``b`` comes later or is less firm."""
    x, y = set(map(id, a.who)), set(map(id, b.who))
    if not (x <= y or y <= x) or not _statuses_agree(a, b):
        return False
    if not _media_agree(a, b):
        return False
    if a.told[0].earlier != b.told[0].earlier and (a.date is None or a.date != b.date):
        return False
    if x != y and b.told[0].another and b.told[0].trigger > a.told[0].trigger:
        return False  # "met the ministers"; then "in a meeting with one of them"
    return days_agree(a, b) and places_agree(a, b)


def same_visit(a: Event, b: Event) -> bool:
    """Whether two tellings can be of one visit; ``b`` comes later or is less firm."""
    return (
        set(map(id, a.who)) == set(map(id, b.who))
        and _statuses_agree(a, b)
        and a.country == b.country
        and (a.country is not None or a.place == b.place)
        and _days_near(a, b)
    )


def _statuses_agree(a: Event, b: Event) -> bool:
    """The same status; plan and proposal of one event; a plan and its cancellation; or one that
    is only borrowed."""
    if a.status == b.status or (a.kind == b.kind == "ahead"):
        return True
    if {a.kind, b.kind} == {"ahead", "not"}:
        return "denied" not in (a.status, b.status)
    if a.kind == "ahead" and b.kind == "held" and b.told[0].present:
        return True  # "will travel to Rome"; then "is travelling to Rome"
    return b.borrowed and a.kind != "not"


def _media_agree(a: Event, b: Event) -> bool:
    """Whether two media can be the same; an unknown one can."""
    return "unknown" in (a.medium, b.medium) or a.medium == b.medium


def days_agree(a: Event, b: Event) -> bool:
    """Whether two days can be the same; an unknown one can."""
    return a.date is None or b.date is None or compatible(a.date, b.date)


def _days_near(a: Event, b: Event) -> bool:
    """Whether two days of one visit: who comes late in the evening is received the day after."""
    tolerance = 1 if a.kind == b.kind == "held" else 0
    return a.date is None or b.date is None or compatible(a.date, b.date, tolerance)


def places_agree(a: Event, b: Event) -> bool:
    """Whether two places can be the same; an unknown one can."""
    if a.place and b.place and a.place != b.place:
        return False
    return not (a.country and b.country and a.country != b.country)


def settle(meetings: Sequence[Event], visits: Sequence[Event], day: date | None) -> None:
    """Let meetings and the visits they took place on lend each other day, place and medium.

    ``day`` is the day of publication: a visit long ago has nothing to do with the news.
    """
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
        if meeting.place or not guests or not face_to_face or not _just_now(meeting, day):
            continue
        if meeting.country in (None, country):
            meeting.place, meeting.country, meeting.medium = town, country, "in-person"
    for visit in visits:
        if visit.place is None and visit.country == country and _just_now(visit, day):
            visit.place = town


def _just_now(event: Event, day: date | None) -> bool:
    """Whether an event is the news of the day, or told at the head of the report."""
    if event.kind == "not":
        return False
    if event.date is None:
        return event.told[0].sentence < _HEAD
    return day is not None and abs(day - latest(event.date)) <= _NEWS


def apart(meetings: Sequence[Event], visits: Sequence[Event]) -> list[Event]:
    """Meetings of a journey through several countries, told in one breath ("visited A and B and met
    the president of A and the president of B"): one for each host."""
    out: list[Event] = []
    for meeting in meetings:
        guest = next((e for e in meeting.who if _journey(e, meeting, visits)), None)
        if guest is None:
            out.append(meeting)
            continue
        out += [
            replace(meeting, who=[guest, host], told=list(meeting.told))
            for host in meeting.who
            if host is not guest
        ]
    return out


def _journey(guest: Entity, meeting: Event, visits: Sequence[Event]) -> bool:
    """Whether somebody went to the country of every other participant, each a different one."""
    hosts = [e.country for e in meeting.who if e is not guest]
    went = {v.country for v in visits if v.who[0] is guest and v.kind == meeting.kind}
    several = len(hosts) > 1 and len(set(hosts)) == len(hosts) and meeting.place is None
    return several and all(h is not None and h in went for h in hosts)


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
    arrived = visit.kind == "held" and visit.date is None and meeting.kind == "ahead"
    return (
        visit.who[0] in meeting.who
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
