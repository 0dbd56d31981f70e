"""From tellings to records: the extraction of one article.

Tellings of one meeting (same actors, one set within the other, same status, days and media that
agree) become one record with several passages of evidence; likewise visits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kb.edtf import compatible, earliest
from kb.extract.events import Place, Said, Told
from kb.language.tree import Tree
from kb.model import Actor, Article, Evidence, Extraction, Meeting, Statement, Status, Trace, Visit
from kb.resolve.entities import Entity
from kb.resolve.link import Linker

_REFERENCE_REACH = 3  # sentences
_MEETS_ALONE = frozenset({"verb:meet", "noun:meeting", "noun:summit", "noun:talks"})


@dataclass(slots=True)
class _Event:
    """A record in the making."""

    who: list[Entity]
    told: list[Told]
    status: Status
    medium: str = "unknown"
    date: str | None = None
    place: str | None = None
    country: str | None = None
    passages: list[int] = field(default_factory=list)


class Recorder:
    """Builds the extraction of an article from what was told and linked."""

    def __init__(self, article: Article, tree: Tree, linker: Linker) -> None:
        self.article, self.tree, self.linker = article, tree, linker
        self.ids: dict[int, str] = {}
        self.actors: list[Entity] = []

    def extraction(
        self,
        meetings: list[Told],
        visits: list[Told],
        said: list[Said],
        coder: str,
        notes: tuple[str, ...],
    ) -> Extraction:
        events = self._merged(
            [e for t in meetings if (e := self._meeting(t)) is not None], self._same_meeting
        )
        journeys = self._merged(
            [e for t in visits if (e := self._visit(t)) is not None], self._same_visit
        )
        out_meetings = tuple(self._meeting_record(e) for e in events)
        out_visits = tuple(self._visit_record(e) for e in journeys)
        statements = tuple(s for one in said for s in self._statements(one))
        return Extraction(
            article=self.article,
            actors=tuple(self._actor(e) for e in self.actors),
            meetings=out_meetings,
            visits=out_visits,
            statements=statements,
            coder=coder,
            notes=notes,
        )

    # -- one telling ------------------------------------------------------------------------

    def _meeting(self, told: Told) -> _Event | None:
        who: list[Entity] = []
        for mention in told.sides:
            who += [e for e in self.linker.of(mention) if e not in who]
        # who speaks for a state stands for it: "Putin met Xi; Russia and China ..." is one meeting
        spoken_for = {e.country for e in who if e.type in ("person", "role") and e.country}
        who = [e for e in who if not (e.type == "state" and e.country in spoken_for)]
        if told.sides and not self._diplomatic(who, told):
            return None
        place = told.place
        event = _Event(who, [told], self._timed(told), told.medium, told.date)
        if place is not None:
            event.place, event.country = place.name, place.country
        return event

    @staticmethod
    def _diplomatic(who: list[Entity], told: Told) -> bool:
        """Whether the participants make a meeting of the record: two at least, or one plural group
        that meets; an office, a state or a known body among them, so that sport and trade are out."""
        if len(who) < 2:
            alone = who and who[0].type == "group" and who[0].country
            return bool(alone) and told.rule in _MEETS_ALONE
        if told.rule == "verb:tell":
            officials = all(e.office or e.office_kind for e in who)
            return officials and len({e.country for e in who} - {None}) == len(who)
        official = any(
            e.type in ("state", "role") or e.office or e.office_kind or e.wikidata
            or (e.type == "group" and e.country) for e in who
        )  # fmt: skip
        return official

    def _timed(self, told: Told) -> Status:
        """Present tense with a day still to come is a plan."""
        published = self.article.published
        if told.status == "held" and told.date and published and earliest(told.date) > published:
            return "planned"
        return told.status

    def _visit(self, told: Told) -> _Event | None:
        who = self.linker.of(told.sides[0])
        if not who or told.place is None:
            return None
        place = self._destination(told.place)
        if place is None:
            return None
        who = [e for e in who if e.country is None or e.country != place.country]
        if not who:
            return None
        return _Event(
            who, [told], self._timed(told), date=told.date, place=place.name, country=place.country
        )

    def _destination(self, place: Place) -> Place | None:
        if place.host is None:
            return place
        hosts = self.linker.of(place.host)
        country = hosts[0].country if hosts else None
        return Place(None, country) if country and country != "EU" else None

    # -- merging ----------------------------------------------------------------------------

    def _merged(self, events: list[_Event], same: Callable[[_Event, _Event], bool]) -> list[_Event]:
        """One event for all its tellings. Those with a status of their own come first; one that
        borrows its status, or only refers back, joins what it fits and tells nothing new."""
        out: list[_Event] = []
        firm = [e for e in events if e.who and not e.told[0].borrowed]
        for event in [*firm, *(e for e in events if e.who and e.told[0].borrowed)]:
            twin = self._twin(out, event, same)
            if twin is None:
                out.append(event)
            else:
                self._join(twin, event)
        for event in events:
            if not event.who:
                self._refer(out, event)
        return sorted(out, key=lambda e: min(t.trigger for t in e.told))

    @staticmethod
    def _twin(
        out: list[_Event], event: _Event, same: Callable[[_Event, _Event], bool]
    ) -> _Event | None:
        found = [o for o in out if same(o, event)]
        at = event.told[0].trigger
        return min(found, key=lambda o: min(abs(t.trigger - at) for t in o.told), default=None)

    @staticmethod
    def _refer(out: list[_Event], back: _Event) -> None:
        """ "The meeting took place in Rome": of the event last told, where nothing contradicts."""
        told = back.told[0]
        before = [(t.trigger, o) for o in out for t in o.told
                  if t.trigger < told.trigger and told.sentence - t.sentence <= _REFERENCE_REACH]  # fmt: skip
        if not before:
            return
        last = max(before, key=lambda b: b[0])[1]
        agrees = last.status == back.status or told.borrowed
        if agrees and _days_agree(last, back) and _places_agree(last, back):
            last.date = last.date or back.date
            if last.place is None and last.country in (None, back.country):
                last.place, last.country = back.place, back.country

    @staticmethod
    def _same_meeting(a: _Event, b: _Event) -> bool:
        x, y = set(map(id, a.who)), set(map(id, b.who))
        if not (x <= y or y <= x):
            return False
        if a.status != b.status and not (b.told[0].borrowed and _class(a) != "not"):
            return False
        if "unknown" not in (a.medium, b.medium) and a.medium != b.medium:
            return False
        return _days_agree(a, b) and _places_agree(a, b)

    @staticmethod
    def _same_visit(a: _Event, b: _Event) -> bool:
        return (
            set(map(id, a.who)) == set(map(id, b.who))
            and (a.status == b.status or (b.told[0].borrowed and _class(a) != "not"))
            and a.country == b.country and (a.country is not None or a.place == b.place)
            and _days_agree(a, b)
        )  # fmt: skip

    @staticmethod
    def _join(a: _Event, b: _Event) -> None:
        a.told += b.told
        a.who += [e for e in b.who if e not in a.who]
        if a.medium == "unknown":
            a.medium = b.medium
        if b.date and (a.date is None or len(b.date) > len(a.date)):
            a.date = b.date
        if a.place is None and b.place is not None:
            a.place = b.place
        a.country = a.country or b.country

    # -- records ----------------------------------------------------------------------------

    def _meeting_record(self, event: _Event) -> Meeting:
        countries = {e.country for e in event.who}
        return Meeting(
            participants=tuple(self._id(e) for e in event.who),
            status=event.status,
            medium=event.medium,  # type: ignore[arg-type]
            evidence=self._evidence(event),
            date=event.date,
            place=event.place,
            country=event.country,
            domestic=len(countries) == 1 and None not in countries and len(event.who) > 1,
            trace=self._trace(event),
        )

    def _visit_record(self, event: _Event) -> Visit:
        return Visit(
            visitor=self._id(event.who[0]),
            status=event.status,
            evidence=self._evidence(event),
            date=event.date,
            place=event.place,
            country=event.country,
            trace=self._trace(event),
        )

    def _statements(self, said: Said) -> list[Statement]:
        if said.speaker is None:
            return []
        speakers = self.linker.of(said.speaker)
        addressees = tuple(
            dict.fromkeys(self._id(e) for m in said.addressees for e in self.linker.of(m))
        )
        sentence = self.tree.sentences[said.sentence]
        out = []
        for speaker in speakers[:2]:
            out.append(
                Statement(
                    speaker=self._id(speaker),
                    text=self._passage(said.start, said.end),
                    quote=said.quote,
                    addressees=tuple(a for a in addressees if a != self._id(speaker)),
                    evidence=self._sentence(sentence.index),
                    trace=Trace(said.rule, self.tree[said.trigger].text),
                )
            )
        return out

    def _evidence(self, event: _Event) -> tuple[Evidence, ...]:
        indices = dict.fromkeys(t.sentence for t in event.told)
        return tuple(self._sentence(i) for i in indices)

    def _sentence(self, index: int) -> Evidence:
        sentence = self.tree.sentences[index]
        return self._passage(self.tree[sentence.start].start, self.tree[sentence.end - 1].end)

    def _passage(self, start: int, end: int) -> Evidence:
        return Evidence(start, end, self.article.text[start:end])

    def _trace(self, event: _Event) -> Trace:
        told = event.told[0]
        return Trace(
            rule=told.rule,
            trigger=self.tree[told.trigger].text,
            arguments=tuple(m.text for m in told.sides),
            status=told.source,
        )

    # -- actors -----------------------------------------------------------------------------

    def _id(self, entity: Entity) -> str:
        found = self.ids.get(id(entity))
        if found is None:
            self.actors.append(entity)
            found = self.ids[id(entity)] = f"a{len(self.actors)}"
        return found

    def _actor(self, entity: Entity) -> Actor:
        return Actor(
            id=self._id(entity),
            type=entity.type,
            name=entity.name,
            names=tuple(sorted(n for n in entity.names if n != entity.name)),
            country=entity.country,
            office=entity.office.lower() if entity.office else None,
            wikidata=entity.wikidata,
        )


def _class(event: _Event) -> str:
    """Held, ahead or not: what scorers and readers tell apart first."""
    ahead = event.status in ("planned", "proposed")
    return "ahead" if ahead else "held" if event.status == "held" else "not"


def _days_agree(a: _Event, b: _Event) -> bool:
    if a.date is None or b.date is None:
        return True
    return compatible(a.date, b.date)


def _places_agree(a: _Event, b: _Event) -> bool:
    if a.place and b.place and a.place != b.place:
        return False
    return not (a.country and b.country and a.country != b.country)
