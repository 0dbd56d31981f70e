"""The register of an article's actors: finds or makes the one that a name or a state stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from kb.extract.mentions import Mention
from kb.gazetteer import Gazetteer, Person, Tenure
from kb.lexicon import words
from kb.model import ActorType
from kb.names import fold, is_full
from kb.resolve.entities import Entity, clean_name, same_name

_ANY_OFFICE = frozenset({"honorific", "leader", "official", "military", "monarch"})
"""Kinds of title that say nothing of the office somebody holds in the tables."""

_RANKS = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister",
          "deputy_head", "envoy", "org_head")  # fmt: skip
_HONORIFICS = {"mr": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "dame": "f",
               "lady": "f", "baroness": "f"}  # fmt: skip
_MINISTERS = frozenset({"other", "foreign_minister", "defence_minister"})

MOST_PEOPLE = 300
"""Persons told apart in one article: every name is held against all of them. A communiqué names a
hundred."""


class Registry:
    """Actors of one article. ``home`` is the state whose government publishes it, if one does: the
    officials it names without a state are that state's. ``title`` may give a name in full that the
    text does not."""

    def __init__(
        self, gazetteer: Gazetteer, published: date | None, home: str | None = None,
        title: str = "",
    ) -> None:  # fmt: skip
        self.gazetteer = gazetteer
        self.published = published
        self.home = home
        self.title = title
        self.people: list[Entity] = []
        self.left_out = 0
        """How many mentions of further persons were passed over, behind :data:`MOST_PEOPLE`."""
        self.about: frozenset[str] | None = None
        """The states that the article speaks of, where they are known."""
        self.others: dict[tuple[str, str, str | None], Entity] = {}

    # -- persons ----------------------------------------------------------------------------

    def person(self, mention: Mention) -> Entity | None:
        """The person a mention names: one met before, one of the gazetteer, or a new one."""
        name = clean_name(mention.name or "")
        if not name:
            return None
        if name.isupper() and (mention.honorific or mention.office):
            name = name.title()  # "MS. VEGA:" in a transcript
        name = self._styled(name, mention)
        entity = self._met(name, mention) or self._introduce(name, mention)
        if entity is not None:
            self._learn(entity, mention, name)
        return entity

    def _met(self, name: str, mention: Mention) -> Entity | None:
        """The person of the article so far whom a name means."""
        found = self._namesakes(name, mention)
        gender = _HONORIFICS.get(fold(mention.honorific or ""))
        if gender is not None:  # "Mrs. Vega" is not the president
            found = [e for e in found if e.gender in (None, "u", gender)]
        return self._best(found, mention)

    def _namesakes(self, name: str, mention: Mention) -> list[Entity]:
        """The persons of the article so far who go by a name."""
        folded = fold(name)
        found = [e for e in self.people if folded in {fold(n) for n in (e.name, *e.names)}]
        if found:
            return found
        if is_full(name):
            return [e for e in self.people if same_name(folded, fold(e.name))]
        found = [e for e in self.people if e.goes_by(folded)]
        if found:
            return found
        royal = fold(mention.office or "") in words("people", "royal", "titles")
        if mention.office is None or royal:  # "Prince Faisal" of Faisal bin Farhan
            return [e for e in self.people if e.is_called(folded)]
        same = [e for e in self.people if e.office_kind == mention.office_kind]
        return [e for e in same if e.has_part(folded)]  # "President Sharif" of Sharif Ahmed

    def _best(self, found: list[Entity], mention: Mention) -> Entity | None:
        """Of several namesakes the one that fits the state and title told, else the last seen
        before the mention, else the first to come."""
        if mention.states and found:
            fitting = [e for e in found if e.country in (None, *mention.states)]
            if not fitting:
                return found[0] if is_full(mention.name or "") else None
            found = fitting
        if mention.office_kind:
            found = [e for e in found if e.office_kind == mention.office_kind] or found
        before = [e for e in found if e.seen and min(e.seen) <= mention.start]
        if before:
            return max(before, key=lambda e: max(t for t in e.seen if t <= mention.start))
        return min(found, key=lambda e: min(e.seen, default=0), default=None)

    def _introduce(self, name: str, mention: Mention) -> Entity | None:
        if len(self.people) >= MOST_PEOPLE:
            self.left_out += 1
            return None
        if not is_full(name):
            name = self._in_title(name) or name
        person = self.look_up(name, mention)
        if person is not None:
            return self.enter(person, name, mention.states)
        if not is_full(name) and not (mention.office or mention.honorific):
            return None
        entity = Entity("person", name)
        entity.gender = self.gazetteer.gender(name.split()[0])
        self.people.append(entity)
        return entity

    def _in_title(self, name: str) -> str | None:
        """The full name that the article's title gives for a surname."""
        found = re.search(rf"((?:[A-Z][\w.’'-]*\s){{1,2}}){re.escape(name)}\b", self.title)
        if found is None:
            return None
        given = found.group(1).split()
        while given and not self.gazetteer.is_first_name(given[0]):
            given = given[1:]
        return " ".join([*given, name]) if given else None

    def enter(self, person: Person, name: str, states: Iterable[str] = ()) -> Entity:
        """The entity of a person of the gazetteer, who goes by a name in the article."""
        for entity in self.people:
            if entity.known is not None and entity.known.key == person.key:
                entity.names |= {name} - {entity.name}
                return entity
        entity = Entity(
            "person", person.name, {name} - {person.name}, wikidata=person.wikidata,
            gender=person.gender, known=person,
        )  # fmt: skip
        entity.country = self._state_of(person, tuple(states))
        entity.office_kind = self._office_of(person)
        self.people.append(entity)
        return entity

    def _styled(self, name: str, mention: Mention) -> str:
        """Royalty and popes are known by their style: "Prince Edward", "Pope Leo XIV"."""
        office = mention.office or ""
        given = [p for p in name.split() if not p.isupper() or len(p) > 4]
        royal = office.lower() in words("people", "royal", "titles")
        if royal and any(e.is_called(fold(name)) and " bin " in fold(e.name) for e in self.people):
            return name  # "Prince Faisal" of Faisal bin Farhan
        if not royal or len(given) != 1 or self.gazetteer.holders.by_name.get(fold(name)):
            return name
        return f"{office.title()} {name}"

    def look_up(self, name: str, mention: Mention) -> Person | None:
        """The gazetteer's person for a name; a bare surname only where title, state or office in
        the news make it sure."""
        found = self.gazetteer.persons(name, self.published)
        full = is_full(name)
        if full and not any(fold(name) in {fold(n) for n in (p.name, *p.names)} for p in found):
            found = [p for p in found if same_name(fold(name), fold(p.name))]
            found = found or [
                p for p in self.gazetteer.spelled_like(name) if self._sure(p, mention)
            ]
        if mention.states:
            of_state = [p for p in found if any(t.iso2 in mention.states for t in p.tenures)]
            # a state put beside a famous name by mistake is likelier than a namesake
            found = of_state or [p for p in found if full and self._famous(p)]
        if not found:
            return None
        if full:
            return self._of_full_name(found, name, mention)
        if mention.office_kind or mention.states:
            fitting = [p for p in found if self._fits(p, mention)]
            titled = [p for p in fitting if _titled(p, mention)]
            return next(iter(titled or fitting), None)
        # "Mr. Mitchell" may be anybody; a bare surname in the news is somebody known
        about = self.about if mention.honorific else None
        now = self.gazetteer.prominent(name, self.published, about)
        if now is not None or mention.honorific:
            return now
        return self.gazetteer.once_prominent(name, self.published, self.about or ())

    def _of_full_name(self, found: list[Person], name: str, mention: Mention) -> Person | None:
        """Of the holders of a full name the one meant; a lower official of another time is not,
        where no state is told."""
        exact = [p for p in found if fold(name) in {fold(n) for n in (p.name, *p.names)}]
        if not exact:
            return found[0] if len({p.key for p in found}) == 1 else None
        person = exact[0]
        told = bool(mention.states) or any(t.kind != "other" for t in person.tenures)
        return person if told or any(self._near(t) for t in person.tenures) else None

    def _near(self, tenure: Tenure) -> bool:
        """Whether the article is of the years in which an office was held, or not long before or
        after; true where that is unknown."""
        return tenure.near(self.published)

    def _fits(self, person: Person, mention: Mention) -> bool:
        past = bool(mention.modifiers & {"former", "then", "late"})
        for tenure in person.tenures:
            if mention.states and tenure.iso2 not in mention.states:
                continue
            if tenure.covers(self.published) is False and not past:
                continue
            kind = mention.office_kind
            if kind is None or kind == tenure.kind or kind in _ANY_OFFICE:
                return True
            if kind == "minister" and tenure.kind in _MINISTERS:
                return True
            told = fold(mention.office or "").split()[-1:]
            if tenure.kind == "other" and set(told) & set(fold(tenure.office).split()):
                return True  # "Speaker Pelosi": Speaker of the House of Representatives
        return False

    def _sure(self, person: Person, mention: Mention) -> bool:
        """Whether a name spelled otherwise is still this person's: the title or state told fits, or
        the day is one on which he held a top office."""
        if mention.states or mention.office_kind is not None:
            return self._fits(person, mention)
        return self._famous(person)

    def _famous(self, person: Person) -> bool:
        """Whether somebody surely held a top office on the day."""
        return any(t.kind in _RANKS[:3] and t.covers(self.published) for t in person.tenures)

    def _state_of(self, person: Person, told: tuple[str, ...]) -> str | None:
        """The state a person acts for on the day; None for officials of international bodies."""
        for iso2 in told:
            if any(t.iso2 == iso2 for t in person.tenures):
                return iso2
        current = [t for t in person.tenures if t.covers(self.published) is not False]
        chosen = (current or list(person.tenures))[:1]
        return chosen[0].iso2 if chosen and len(chosen[0].iso2) == 2 else None

    def _office_of(self, person: Person) -> str | None:
        current = {t.kind for t in person.tenures if t.covers(self.published) is not False}
        return next((k for k in _RANKS if k in current), None)

    def _learn(self, entity: Entity, mention: Mention, name: str) -> None:
        if mention.start not in entity.seen:
            entity.seen.append(mention.start)
        if mention.office and entity.office is None:
            entity.office, entity.former = mention.office, "former" in mention.modifiers
            if mention.office_kind not in (None, "honorific", "leader"):
                entity.office_kind = entity.office_kind or mention.office_kind
            entity.gender = _gender(mention.office) or entity.gender
        if mention.organization and entity.organization is None:
            entity.organization = mention.organization
        if entity.country is None:
            entity.country = self._country_told(entity, mention)
        if mention.honorific and entity.gender in (None, "u"):
            entity.gender = _HONORIFICS.get(fold(mention.honorific), entity.gender)
        if len(name.split()) > len(entity.name.split()) and entity.known is None:
            entity.names.add(entity.name)
            entity.name = name
            if entity.gender is None:
                entity.gender = self.gazetteer.gender(name.split()[0])

    def _country_told(self, entity: Entity, mention: Mention) -> str | None:
        """The state told with a name, else the one its title or the article's publisher implies."""
        if mention.states:
            return mention.states[0]
        body = self.gazetteer.organization(mention.organization)
        if body is not None or entity.known is not None:
            return body.country if body is not None else None
        within = self.gazetteer.state_within(mention.organization or "")
        if within is not None:
            return within.iso2
        if mention.office and mention.office_kind not in ("honorific", None):
            homes = self.gazetteer.homes(mention.office)
            return homes[0] if homes else self._home_for(mention)
        return None

    def _home_for(self, mention: Mention) -> str | None:
        """The publisher's own state, unless it has another holder of the office."""
        kind = mention.office_kind or ""
        if self.home is None or kind not in _RANKS[:4]:
            return self.home
        holders = self.gazetteer.holder(self.home, kind, self.published)
        return None if holders or kind in ("head_of_government", "foreign_minister") else self.home

    # -- others -----------------------------------------------------------------------------

    def other(
        self, type_: ActorType, name: str, country: str | None, at: int, office: str | None = None
    ) -> Entity:
        """A state, body, role or group; the same name and country is the same entity."""
        key = (type_, fold(name), country)
        entity = self.others.get(key)
        if entity is None:
            entity = self.others[key] = Entity(type_, name, country=country, office=office)
        entity.seen.append(at)
        return entity

    def state(self, code: str, at: int) -> Entity:
        state = self.gazetteer.state_by_code(code)
        return self.other("state", state.name if state else code, code, at)


def _gender(office: str) -> str | None:
    """What a title tells of its holder: "spokeswoman"."""
    last = office.lower().split()[-1:]
    for gender in ("female", "male"):
        if last and last[0] in words("people", "gender", gender):
            return gender[0]
    return None


def _titled(person: Person, mention: Mention) -> bool:
    """Whether the office told shares a word with one that somebody has held: of several officials
    of one surname, the one so called is meant."""
    told = set(fold(mention.office or "").split()) - {"of", "the", "for", "and"}
    return any(told & set(fold(t.office).split()) for t in person.tenures)
