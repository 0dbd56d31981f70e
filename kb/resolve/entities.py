"""The actors of one article: what its mentions come down to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date as Date

from kb.extract.mentions import Mention
from kb.gazetteer import Gazetteer, Person
from kb.model import ActorType
from kb.names import fold, surname


@dataclass(slots=True, eq=False)
class Entity:
    """One actor of the article. ``seen`` are the tokens at which it is named, in text order."""

    type: ActorType
    name: str
    names: set[str] = field(default_factory=set)
    country: str | None = None
    office: str | None = None
    office_kind: str | None = None
    wikidata: str | None = None
    gender: str | None = None
    former: bool = False
    seen: list[int] = field(default_factory=list)
    organization: str | None = None

    def key(self) -> tuple[str, str, str | None]:
        return self.type, fold(self.name), self.country


class Registry:
    """Finds or makes the entity that a name, an office or a state stands for."""

    def __init__(self, gazetteer: Gazetteer, published: Date | None) -> None:
        self.gazetteer = gazetteer
        self.published = published
        self.people: list[Entity] = []
        self.others: dict[tuple[str, str, str | None], Entity] = {}

    # -- persons ----------------------------------------------------------------------------

    def person(self, mention: Mention) -> Entity | None:
        """The person a mention names: one met before, one of the gazetteer, or a new one."""
        name = clean_name(mention.name or "")
        if not name:
            return None
        entity = self._known(name, mention) or self._introduce(name, mention)
        if entity is not None:
            self._learn(entity, mention)
        return entity

    def _known(self, name: str, mention: Mention) -> Entity | None:
        folded = fold(name)
        parts = folded.split()
        full = [e for e in self.people if folded in {fold(n) for n in (e.name, *e.names)}]
        if full:
            return self._best(full, mention)
        if len(parts) > 1:
            close = [e for e in self.people if _same_name(folded, fold(e.name))]
            return self._best(close, mention)
        partial = [e for e in self.people if self._goes_by(e, folded)]
        return self._best(partial, mention)

    @staticmethod
    def _goes_by(entity: Entity, folded: str) -> bool:
        """Whether a single name is the surname, or a given name used alone, of a person."""
        for name in (entity.name, *entity.names):
            parts = fold(name).split()
            if folded == fold(surname(name, entity.country)) or (
                len(parts) > 1 and folded == parts[-1]
            ):
                return True
            if (
                len(parts) > 1
                and folded == parts[0]
                and entity.country in ("CN", "KR", "KP", "VN", "TW", "MM", "KH", "SG")
            ):
                return True
        return False

    def _best(self, found: list[Entity], mention: Mention) -> Entity | None:
        """Of several namesakes the one that fits the state and title told, else the last seen
        before the mention, else the first to come."""
        if mention.states:
            fitting = [e for e in found if e.country in (None, *mention.states)]
            if not fitting and any(e.country for e in found):
                return (
                    None
                    if len(fold(mention.name or "").split()) == 1
                    else (found[0] if found else None)
                )
            found = fitting or found
        if mention.office_kind:
            same = [e for e in found if e.office_kind == mention.office_kind]
            found = same or found
        before = [e for e in found if e.seen and e.seen[0] <= mention.start]
        if before:
            return max(before, key=lambda e: max(t for t in e.seen if t <= mention.start))
        return min(found, key=lambda e: e.seen[0] if e.seen else 0, default=None)

    def _introduce(self, name: str, mention: Mention) -> Entity | None:
        person = self._look_up(name, mention)
        if person is not None:
            canonical = person.name
            known = next(
                (e for e in self.people if e.wikidata and e.wikidata == person.wikidata), None
            )
            if known is not None:
                known.names.add(name)
                return known
            entity = Entity(
                "person",
                canonical,
                {name} - {canonical},
                wikidata=person.wikidata,
                gender=person.gender,
            )
            entity.country = _country(person, mention, self.published)
            tenure = _tenure(person, self.published)
            if tenure is not None:
                entity.office_kind = tenure
        elif len(fold(name).split()) > 1 or mention.office or mention.honorific:
            entity = Entity("person", name, gender=self.gazetteer.gender(name.split()[0]))
        else:
            return None
        self.people.append(entity)
        return entity

    def _look_up(self, name: str, mention: Mention) -> Person | None:
        """The gazetteer's person for a name; a bare surname only where title, state or office in
        the news make it sure."""
        found = self.gazetteer.persons(name, self.published)
        if mention.states:
            found = [
                p
                for p in found
                if not p.tenures or any(t.iso2 in mention.states for t in p.tenures)
            ]
        if not found:
            return None
        if len(fold(name).split()) > 1:
            exact = [p for p in found if fold(name) in {fold(n) for n in (p.name, *p.names)}]
            return exact[0] if exact else None
        if mention.office_kind or mention.states:
            fitting = [p for p in found if self._fits(p, mention)]
            return fitting[0] if fitting else None
        return self.gazetteer.prominent(name, self.published)

    def _fits(self, person: Person, mention: Mention) -> bool:
        for tenure in person.tenures:
            if mention.states and tenure.iso2 not in mention.states:
                continue
            if tenure.covers(self.published) is False:
                continue
            if mention.office_kind and tenure.kind != mention.office_kind and mention.office_kind not in (
                "honorific", "leader", "official"):  # fmt: skip
                continue
            return True
        return False

    def _learn(self, entity: Entity, mention: Mention) -> None:
        if mention.start not in entity.seen:
            entity.seen.append(mention.start)
        if mention.states and entity.country is None:
            entity.country = mention.states[0]
        if mention.office and entity.office is None:
            entity.office, entity.former = mention.office, "former" in mention.modifiers
            entity.office_kind = mention.office_kind or entity.office_kind
        if mention.organization and entity.organization is None:
            entity.organization = mention.organization
        if mention.honorific and entity.gender in (None, "u"):
            entity.gender = {"mr": "m", "mrs": "f", "ms": "f"}.get(fold(mention.honorific))
        name = clean_name(mention.name or "")
        if len(name.split()) > len(entity.name.split()) and entity.wikidata is None:
            entity.names.add(entity.name)
            entity.name = name

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

    def holders(self, codes: Iterable[str], kind: str) -> list[Entity]:
        """People of the article who hold an office of the kind for one of the states."""
        wanted = set(codes)
        return [
            e
            for e in self.people
            if not e.former and e.country in wanted and same_office(e.office_kind, kind)
        ]


def same_office(told: str | None, asked: str) -> bool:
    top = {"head_of_state", "head_of_government", "monarch", "leader"}
    return told == asked or (asked == "leader" and told in top)


def clean_name(name: str) -> str:
    """A name without possessive ending, doubled blanks and stray punctuation."""
    text = " ".join(name.replace("\n", " ").split()).strip(" ,.;:")
    for ending in ("'s", "’s"):
        text = text.removesuffix(ending)
    return text.replace(" - ", "-").replace(" -", "-").replace("- ", "-") if " -" in text else text


def _same_name(a: str, b: str) -> bool:
    """Whether two full names differ only in middle names and initials."""
    x, y = a.split(), b.split()
    if len(x) < 2 or len(y) < 2:
        return False
    x, y = [p for p in x if p not in ("jr", "sr")], [p for p in y if p not in ("jr", "sr")]
    if x[-1] != y[-1]:
        return False
    return x[0] == y[0] or ((len(x[0]) == 1 or len(y[0]) == 1) and x[0][0] == y[0][0])


def _country(person: Person, mention: Mention, on: Date | None) -> str | None:
    if mention.states and any(t.iso2 in mention.states for t in person.tenures):
        return next(s for s in mention.states if any(t.iso2 == s for t in person.tenures))
    current = [t for t in person.tenures if t.covers(on) is not False]
    chosen = (current or list(person.tenures))[:1]
    return chosen[0].iso2 if chosen and len(chosen[0].iso2) == 2 else None


def _tenure(person: Person, on: Date | None) -> str | None:
    current = [t.kind for t in person.tenures if t.covers(on) is not False]
    ranks = (
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "defence_minister",
        "deputy_head",
        "envoy",
        "org_head",
    )
    return next((k for k in ranks if k in current), None)
