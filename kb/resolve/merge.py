"""From tellings to events: what is told of one meeting or visit in several sentences is joined.

Tellings of one meeting (same actors, one set within the other, same status, days and media that
agree) become one event with several passages of evidence; likewise visits. What one of them leaves
open, the day or the place, another may tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from kb.edtf import compatible, earliest, latest, precision
from kb.extract.events import Told
from kb.model import Medium, Status
from kb.resolve.entities import Entity

_DAYS = len("2000-01-01/2000-01-02")
_STAY = timedelta(days=14)
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
        and _close_by(named, event)
        and days_agree(named, event)
        and places_agree(named, event)
    )


def _close_by(named: Event, event: Event) -> bool:
    """Whether two meetings are told in one sentence; "the two sides" go on to speak of theirs."""
    here = {t.sentence for t in event.told}
    before = {t.sentence for t in named.told}
    if here & before:
        return True
    sides = [m.kind for t in event.told for m in t.sides]
    return set(sides) == {"pair"} and any(
        0 < h - b <= _REFERENCE_REACH for h in here for b in before
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
    a.date = _closer(a.date, b.date)
    if a.place is None and b.place is not None:
        a.place = b.place
    a.country = a.country or b.country


def _closer(a: str | None, b: str | None) -> str | None:
    """The date that tells more: the shorter of two spans of time, but of a stay and the day it
    began on the stay."""
    if a is None or b is None:
        return a or b
    short, long = sorted((a, b), key=lambda d: latest(d) - earliest(d))
    began = precision(short) == "day" and earliest(short) == earliest(long)
    stay = len(long) == _DAYS and latest(long) - earliest(long) < _STAY
    return long if began and stay else short


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
    if last.kind == "held" and last.told[0].present and back.status == "planned":
        # "leads a team to talks"; then "the meeting will take place on Monday"
        last.status, last.date = "planned", back.date
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
    next_station = b.told[0].another and b.told[0].trigger > a.told[0].trigger
    if next_station and a.place != b.place:
        return False
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
