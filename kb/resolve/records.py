"""From tellings to records: the extraction of one article.

Tellings of one meeting (same actors, one set within the other, same status, days and media that
agree) become one record with several passages of evidence; likewise visits.
"""

from __future__ import annotations

from dataclasses import replace

from kb.edtf import earliest, latest
from kb.extract.events import Place, Said, Told
from kb.extract.partners import LEADING
from kb.language.dates import find, resolve
from kb.language.tree import Tree
from kb.lexicon import words
from kb.model import (
    Actor,
    Article,
    Evidence,
    Extraction,
    Medium,
    Meeting,
    Statement,
    Status,
    Trace,
    Visit,
)
from kb.resolve.attendance import absent, attend, of_the_country, travelled_together
from kb.resolve.circumstances import filed_from, settle
from kb.resolve.diplomatic import audience, diplomatic, official, unplaced
from kb.resolve.entities import Entity
from kb.resolve.link import Linker
from kb.resolve.merge import (
    Event,
    apart,
    merged,
    same_meeting,
    same_visit,
    spoken_for,
)
from kb.resolve.speakers import Speakers
from kb.resolve.tracing import Tracer
from kb.resolve.whereabouts import Whereabouts, nearest_gathering

_FOREIGN = LEADING | {"defence_minister"}  # a state has one: several are guests
_DELEGATION = 1  # sentences from a state's talks to the names of its delegation
_COMPANY = 3  # sentences


class Recorder:
    """Builds the extraction of an article from what was told and linked."""

    def __init__(self, article: Article, tree: Tree, linker: Linker, explain: bool = False) -> None:
        self.article, self.tree, self.linker = article, tree, linker
        self.tracer = Tracer(tree, linker, article.published, self._id) if explain else None
        self.ids: dict[int, str] = {}
        self.actors: list[Entity] = []
        self.titled = _day_of(article.title)

    def extraction(
        self,
        meetings: list[Told],
        visits: list[Told],
        said: list[Said],
        coder: str,
        notes: tuple[str, ...],
    ) -> Extraction:
        events = self._events(meetings)
        places = Whereabouts.of(self.article, self.linker.registry.gazetteer, meetings)
        visits = [places.filled(t) for t in visits]
        journeys = merged([e for t in visits for e in self._visits(t)], same_visit)
        for back in visits:
            self._recalled(back, journeys, events, places.filed)
        journeys += [e for t in visits for e in self._shared(t, journeys)]
        events = apart(events, journeys)
        events += travelled_together(events, visits, self.linker.parties)
        settle(events, journeys, self.article.published)
        self._file(events, journeys, places.filed)
        of_the_country(events, journeys, self.linker.registry.home)
        events = [e for e in events if not unplaced(e)]
        out_meetings = tuple(self._meeting_record(e) for e in events)
        out_visits = tuple(self._visit_record(e) for e in journeys)
        speakers = Speakers(said, self.linker)
        told = said if events or journeys or speakers.diplomatic() else []
        statements = tuple(s for one in told for s in self._statements(one, speakers.of(one)))
        return Extraction(
            article=self.article,
            actors=tuple(self._actor(e) for e in self.actors),
            meetings=out_meetings,
            visits=out_visits,
            statements=statements,
            coder=coder,
            notes=notes,
        )

    def _events(self, told: list[Told]) -> list[Event]:
        """The meetings, with those who are told to have been there too."""
        own = [t for t in told if not t.joins]
        found = merged([e for t in own if (e := self._meeting(t))], same_meeting)
        added = [t for t in told if t.joins]
        alone = attend(found, added, self.linker.parties)
        for one in alone:  # "A and B attended the talks" that nobody told of
            event = self._meeting(one) if one.rule.startswith("noun:") else None
            found += [event] if event is not None and len(event.who) > 1 else []
        found += absent(found, added, self.linker.parties)
        found.sort(key=lambda e: min(t.trigger for t in e.told))
        return spoken_for(found)

    def _file(self, events: list[Event], journeys: list[Event], filed: Place | None) -> None:
        """What dateline and title add: the town of the day's events, a call as such."""
        if filed is not None and filed.name and filed.country:
            filed_from(events, journeys, filed.name, filed.country, self.article.published)
        title = set(self.article.title.lower().split())
        if events and events[0].medium == "unknown" and events[0].kind == "held":
            events[0].medium = self._titled_medium(title) or "unknown"

    @staticmethod
    def _titled_medium(title: set[str]) -> Medium | None:
        """How the meeting told first was held, by the words of the title."""
        media: tuple[tuple[Medium, str], ...] = (
            ("phone", "title"),
            ("video", "title_video"),
            ("in-person", "title_person"),
        )
        for medium, key in media:
            if title & words("meetings", "media", key):
                return medium
        return None

    # -- one telling ------------------------------------------------------------------------

    def _meeting(self, told: Told) -> Event | None:
        who: list[Entity] = []
        for mention in told.sides:
            who += [e for e in self.linker.parties(mention) if e not in who]
        who = [m for e in who if not audience(e) for m in self._sent_by(e, told)]
        # who speaks for a state stands for it: "Putin met Xi; Russia and China ..." is one meeting
        voices = {e.country for e in who if e.type in ("person", "role") and e.country}
        persons = {e.country for e in who if e.type == "person" and e.country}
        # where persons of two states meet, a bare state beside them is what they spoke of
        who = [
            e for e in who if e.type != "state" or (e.country not in voices and len(persons) < 2)
        ]
        if told.sides and not diplomatic(who, told):
            return None
        place = told.place
        event = Event(who, [told], self._timed(told), told.medium, self._date(told))
        if place is not None:
            event.place, event.country = place.name, place.country
        return event

    def _sent_by(self, entity: Entity, told: Told) -> list[Entity]:
        """A state's delegation where its members are named close by: "talks with Chad. The Chadian
        delegation includes A and B"."""
        if entity.type != "state":
            return [entity]
        for mention in self.linker.mentions:
            if mention.kind != "group" or entity.country not in mention.states:
                continue
            if abs(self.tree[mention.start].sentence - told.sentence) > _DELEGATION:
                continue
            for group in self.linker.of(mention):
                if group.members and group.country == entity.country:
                    return group.members
        return [entity]

    def _timed(self, told: Told) -> Status:
        """Present tense with a day still to come is a plan; one that is over is none, where only
        the words around it lie ahead ("hoped to build on the visit in May")."""
        published = self.article.published
        if told.borrowed and told.status == "planned" and told.date and published:
            return "held" if latest(told.date) < published else "planned"
        if told.status == "held" and told.date and published and earliest(told.date) > published:
            return "planned"
        return told.status

    def _date(self, told: Told) -> str | None:
        """The day told; in a digest that its title dates, what is told in the present is of that
        day."""
        return told.date or (self.titled if told.present and told.status == "held" else None)

    def _visits(self, told: Told) -> list[Event]:
        """A visit of each of those who went."""
        place = self._destination(told.place) if told.place is not None else None
        if place is None:
            return []
        if not told.sides:
            return []
        who = [e for e in self.linker.parties(told.sides[0]) if e.country != place.country
               or e.country is None]  # fmt: skip
        who = [e for e in who if e.type != "person" or e.country or e.office or e.wikidata]
        who = [e for e in who if e.type != "group" or official(e)]
        if told.rule == "verb:return" and told.sides[0].kind == "pronoun":
            who = [e for e in who if not self._home_of_another(told, e, place)]
        if told.host is not None:  # nobody known to come from elsewhere
            foreign = told.sides[0].plural and told.sides[0].office_kind in _FOREIGN
            who = [e for e in who if foreign or e.country is not None]
        return [
            Event(
                [one],
                [told],
                self._timed(told),
                date=self._date(told),
                place=place.name,
                country=place.country,
            )
            for one in who
        ]

    def _home_of_another(self, told: Told, visitor: Entity, place: Place) -> bool:
        """ "his counterpart, until he returns to Lima": home of somebody else of the sentence."""
        named = {e.country for m in self.linker.mentions for e in self.linker.of(m)
                 if e is not visitor and e.type in ("person", "role")
                 and self.tree[m.start].sentence == told.sentence}  # fmt: skip
        return place.country in named

    def _shared(self, told: Told, journeys: list[Event]) -> list[Event]:
        """The journeys, told shortly before or in the same breath, that a companion went on."""
        if not told.rule.startswith("companion:") or told.host is None:
            return []
        leaders = self.linker.parties(told.host)
        going = self.linker.parties(told.sides[0])
        return [
            replace(v, who=[one], told=[told])
            for v in journeys
            for one in going
            if v.who[0] in leaders and one not in leaders and one.country != v.country
            and v.kind == ("held" if told.status == "held" else "ahead")
            and any(0 <= told.sentence - t.sentence <= _COMPANY for t in v.told)
        ]  # fmt: skip

    def _recalled(
        self, told: Told, journeys: list[Event], meetings: list[Event], filed: Place | None
    ) -> None:
        """What is told of "the trip" or "his visit": of the journey told before. Where none was,
        who calls his trip off does not come to where the others meet."""
        if told.rule != "visit:back":
            return
        who = [e for m in told.sides for e in self.linker.parties(m)]
        before = [v for v in journeys if not who or v.who[0] in who]
        before = [v for v in before if any(t.trigger < told.trigger for t in v.told)]
        off = told.status == "cancelled"
        if not before and off and len(who) == 1 and who[0].type == "person":
            for gathering in nearest_gathering(meetings, told):
                there = Place(gathering.place, gathering.country) if gathering.country else filed
                if there is not None and there.country != who[0].country:
                    off_to = Event(who, [told], "cancelled", place=there.name)
                    off_to.country = there.country
                    journeys.append(off_to)
        if not before:
            return
        last = max(before, key=lambda v: max(t.trigger for t in v.told if t.trigger < told.trigger))
        near = told.sentence - max(t.sentence for t in last.told if t.trigger < told.trigger)
        if last.kind != "ahead" or near > (_COMPANY if who else 1):
            return
        if off:
            last.status = "cancelled"
            last.told.append(told)
        elif told.status == "planned" and told.date and last.date is None:
            last.date = told.date

    def _destination(self, place: Place) -> Place | None:
        if place.host is None:
            return place
        hosts = self.linker.of(place.host)
        country = hosts[0].country if hosts else None
        return Place(None, country) if country and country != "EU" else None

    # -- records ----------------------------------------------------------------------------

    def _meeting_record(self, event: Event) -> Meeting:
        countries = {e.country for e in event.who}
        return Meeting(
            participants=tuple(self._id(e) for e in event.who),
            status=event.status,
            medium=event.medium,
            evidence=self._evidence(event),
            date=event.date,
            place=event.place,
            country=event.country,
            domestic=len(countries) == 1 and None not in countries and len(event.who) > 1,
            trace=self._trace(event),
        )

    def _visit_record(self, event: Event) -> Visit:
        return Visit(
            visitor=self._id(event.who[0]),
            status=event.status,
            evidence=self._evidence(event),
            date=event.date,
            place=event.place,
            country=event.country,
            trace=self._trace(event),
        )

    def _statements(self, said: Said, speakers: list[Entity]) -> list[Statement]:
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
                    trace=self.tracer.statement(said, speakers) if self.tracer else None,
                )
            )
        return out

    def _evidence(self, event: Event) -> tuple[Evidence, ...]:
        indices = dict.fromkeys(t.sentence for t in event.told)
        return tuple(self._sentence(i) for i in indices)

    def _sentence(self, index: int) -> Evidence:
        sentence = self.tree.sentences[index]
        return self._passage(self.tree[sentence.start].start, self.tree[sentence.end - 1].end)

    def _passage(self, start: int, end: int) -> Evidence:
        return Evidence(start, end, self.article.text[start:end])

    def _trace(self, event: Event) -> Trace | None:
        return self.tracer.event(event) if self.tracer is not None else None

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
            namings=self.tracer.namings(entity) if self.tracer is not None else (),
            identity=self.tracer.identity(entity) if self.tracer is not None else "",
        )


def _day_of(title: str) -> str | None:
    """The day that a title names in full ("News of 4 May 2021")."""
    days = {resolve(found, None) for found in find(title)} - {None}
    whole = [d for d in days if d is not None and len(d) == 10]
    return whole[0] if len(whole) == 1 else None
