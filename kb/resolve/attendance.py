"""Who else took part: what only adds to a meeting told beside it is put to that meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.extract.attendance import JOINED, LISTED
from kb.extract.events import Told
from kb.extract.mentions import Mention
from kb.lexicon import words
from kb.resolve.entities import Entity
from kb.resolve.merge import Event

_REACH = 3  # sentences back to the meeting
_HEAD = 3  # sentences in which a report tells the meeting it is about


def attend(
    events: Sequence[Event], told: Sequence[Told], who: Callable[[Mention], list[Entity]]
) -> list[Told]:
    """Add those who are told to have been there too to the meetings told beside; the tellings for
    which there is no meeting are given back. ``who`` are the actors that a mention stands for."""
    left = []
    for one in told:
        if one.status in ("cancelled", "denied"):
            continue
        found = _meeting(events, one, who)
        if found is None:
            left.append(one)
            continue
        going = [e for m in one.sides for e in who(m) if e not in found.who]
        if not going:
            continue
        named = {e.country for e in going if e.type == "person"} - {None}
        # who is named takes the place of "officials" of his state
        found.who = [e for e in found.who if e.type != "group" or e.country not in named]
        found.who += going
        found.told.append(one)
    return left


def absent(
    events: Sequence[Event], told: Sequence[Told], who: Callable[[Mention], list[Entity]]
) -> list[Event]:
    """What did not come about: somebody stayed away from, or was kept out of, the meeting told last
    before: an event with whoever of those that met there the article is most about."""
    out: list[Event] = []
    for one in told:
        before = [(t.trigger, e) for e in events if e.who and e.kind != "not" for t in e.told
                  if t.trigger < one.trigger]  # fmt: skip
        if one.status not in ("cancelled", "denied") or not before:
            continue
        gathering = max(before, key=lambda b: b[0])[1]
        there = [e for e in gathering.who if e.type in ("person", "role", "state")]
        host = max(there, key=lambda e: len(e.seen), default=None)
        for absentee in (e for m in one.sides for e in who(m)):
            known = absentee.country is not None and absentee not in gathering.who
            if host is not None and known and host.country != absentee.country:
                event = Event([absentee, host], [one], one.status, gathering.medium)
                event.place, event.country = gathering.place, gathering.country
                out.append(event)
    return out


def travelled_together(
    events: Sequence[Event], visits: Sequence[Told], who: Callable[[Mention], list[Entity]]
) -> list[Event]:
    """Meetings of those who went somewhere together, where one of them is at home: "X and Y visited
    the shrine"; none where a meeting of theirs is told anyhow."""
    out: list[Event] = []
    joint: dict[tuple[int, str | None], list[Told]] = {}
    for one in visits:
        if one.rule.startswith("verb:") and one.place is not None and one.place.country:
            joint.setdefault((one.trigger, one.place.country), []).append(one)
    for (_, country), group in joint.items():
        going = [e for t in group for m in t.sides for e in who(m)]
        going = list(dict.fromkeys(e for e in going if e.type == "person" and e.country))
        states = [e.country for e in going]
        if len(going) != 2 or len(set(states)) != 2 or country not in states:
            continue
        first = group[0]
        told_already = any(e.kind == "held" and all(g in e.who for g in going) for e in events)
        if told_already or first.status != "held" or first.place is None:
            continue
        out.append(Event(
            going, [first], "held", "in-person", first.date, first.place.name, country
        ))  # fmt: skip
    return out


def of_the_country(events: Sequence[Event], journeys: Sequence[Event], home: str | None) -> None:
    """Give unnamed people of no state told ("labor leaders") the state whose government tells of
    them, where its officials met them, nobody from elsewhere was there, and none was abroad."""
    if home is None:
        return
    abroad = {id(v.who[0]) for v in journeys if v.country != home}
    for event in events:
        named = [e for e in event.who if e.country is not None]
        at_home = event.country in (None, home) and all(e.country == home for e in named)
        if not named or not at_home or any(id(e) in abroad for e in named):
            continue
        for entity in event.who:
            told = set(entity.name.lower().replace("-", " ").split())
            domestic = told & words("people", "domestic", "words")
            if entity.type == "group" and entity.country is None and domestic:
                entity.country = home


def _meeting(
    events: Sequence[Event], told: Told, who: Callable[[Mention], list[Entity]]
) -> Event | None:
    """The meeting that somebody else attended: of whom he joined, in the same breath or before it;
    else the last told, of a list the one that the report opens with."""
    host = who(told.host) if told.host is not None else []
    near: list[tuple[int, int, Event]] = []
    for event in events:
        if event.kind != ("held" if told.status == "held" else "ahead") or not event.who:
            continue
        if told.rule == JOINED and not any(e in event.who for e in host):
            continue
        for one in event.told:
            if told.rule == LISTED:
                if one.sentence < _HEAD:
                    near.append((one.sentence, one.trigger, event))
                continue
            distance = told.sentence - one.sentence
            beside = distance == 0 and (told.rule == JOINED or one.trigger < told.trigger)
            if beside or 0 < distance <= _REACH:
                near.append((distance, abs(told.trigger - one.trigger), event))
    return min(near, key=lambda n: n[:2])[2] if near else None
