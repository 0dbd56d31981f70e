"""Office holders: found by name or surname, by office and day, and ranked by what news means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from functools import cached_property

from kb.gazetteer.tables import Person, Tenure, many, rows, tenure
from kb.lexicon import words
from kb.names import FAMILY_FIRST, fold, skeleton, surname

_WEIGHTS = {"head_of_state": 8, "head_of_government": 8, "org_head": 6, "foreign_minister": 6,
            "defence_minister": 4, "deputy_head": 4, "envoy": 3, "other": 1}  # fmt: skip
_HEADS = frozenset({"head_of_state", "head_of_government"})
_PROMINENT = 6  # from this weight on a surname alone is enough
_COMMON = 4  # more office holders than this make a surname common
_SURE = frozenset({"source", "memory"})


class People:
    """The office holders of the gazetteer with their indices, each built when first asked for."""

    @cached_property
    def all(self) -> dict[str, Person]:
        """Persons by their key; the most usual spelling is the name."""
        grouped: dict[str, list[dict[str, str]]] = {}
        for r in rows("office_holders.csv.gz"):
            grouped.setdefault(r["person_qid"] or f"{fold(r['person'])}/{r['iso2']}", []).append(r)
        aliases = {r["key"]: many(r["names"]) for r in rows("aliases.csv")}
        told_genders = {r["person"]: r["gender"] for r in rows("genders.csv")}
        out = {}
        for key, told in grouped.items():
            spelled = [n for r in told for n in (r["person"], *many(r["other_names"]))]
            names = list(dict.fromkeys([*aliases.get(key, ()), *spelled]))
            first = fold(names[0].split(" ")[0])
            gender = told_genders.get(names[0]) or self.genders.get(first) or _by_style(first)
            out[key] = Person(
                key, names[0], tuple(names[1:]), told[0]["person_qid"] or None,
                tuple(tenure(key, r) for r in told), gender,
            )  # fmt: skip
        return out

    @cached_property
    def by_name(self) -> dict[str, list[Person]]:
        """Folded full names and aliases, also without the middle name."""
        out: dict[str, list[Person]] = {}
        for person in self.all.values():
            keys: set[str] = set()
            for name in (person.name, *person.names):
                keys.add(fold(name))
                first, *middle, last = name.split() if " " in name else (name, "")
                if middle and person.country not in FAMILY_FIRST:
                    keys.add(fold(f"{first} {last}"))
            for key in keys:
                out.setdefault(key, []).append(person)
        return out

    @cached_property
    def by_surname(self) -> dict[str, list[Person]]:
        """Folded surnames, and last words of names."""
        out: dict[str, list[Person]] = {}
        for person in self.all.values():
            keys: set[str] = set()
            for name in (person.name, *person.names):
                keys |= {fold(surname(name, person.country)), fold(name).rpartition(" ")[2]}
            for key in keys - {""}:
                out.setdefault(key, []).append(person)
        return out

    @cached_property
    def _tenures(self) -> dict[tuple[str, str], list[Tenure]]:
        out: dict[tuple[str, str], list[Tenure]] = {}
        for person in self.all.values():
            for held in person.tenures:
                out.setdefault((held.iso2, held.kind), []).append(held)
        return out

    @cached_property
    def by_skeleton(self) -> dict[str, list[Person]]:
        """Holders of the higher offices by the consonants of their names: other spellings."""
        out: dict[str, list[Person]] = {}
        for person in self.all.values():
            if any(t.kind != "other" for t in person.tenures):
                for key in {skeleton(n) for n in (person.name, *person.names) if " " in n} - {""}:
                    out.setdefault(key, []).append(person)
        return out

    # -- questions --------------------------------------------------------------------------

    def named(self, name: str, on: date | None = None) -> list[Person]:
        """People of a full name or alias, also without its middle names, else of a surname; who was
        in a high office on the day comes first."""
        key = fold(name)
        first, last = name.partition(" ")[0], name.rpartition(" ")[2]
        found = (
            self.by_name.get(key)
            or self.by_name.get(fold(f"{first} {last}"))
            or self.by_surname.get(key, [])
        )
        return sorted(found, key=lambda p: -_weight(p, on))

    def spelled_like(self, name: str) -> list[Person]:
        """People whose full name is another spelling of this one; of lower officials those whose
        surname is spelled the same."""
        key = skeleton(name)
        if not key:
            return []
        namesakes = self.by_surname.get(fold(name).rpartition(" ")[2], [])
        lower = [p for p in namesakes if key in {skeleton(n) for n in (p.name, *p.names)}]
        return list({p.key: p for p in (*self.by_skeleton.get(key, ()), *lower)}.values())

    def prominent(
        self, name: str, on: date | None, about: Collection[str] | None = None
    ) -> Person | None:
        """Whom a bare surname means in the news of a day: the one head of state or government,
        foreign minister or head of a body of that name, in office then; None where several fit, or
        where the name is too common for a minister. With ``about``, the states that an article
        speaks of, one whose name others bear too has to be of one of them."""
        named = self.named(name, on)
        top = [(w, p) for p in named[:4] if (w := _weight(p, on)) >= _PROMINENT]
        if not top or (len(top) > 1 and top[0][0] == top[1][0]):
            return None
        person = top[0][1]
        if about is not None and len(named) > 1 and person.country not in about:
            return None
        return person if top[0][0] > _PROMINENT or len(named) <= _COMMON else None

    def once_prominent(self, name: str, on: date | None, about: Collection[str]) -> Person | None:
        """Whom a bare surname means that nobody prominent bears on the day: the one former, or
        later, head of state or government of the name, of a state that an article speaks of;
        None where another bearer holds an office of such a state on the day."""
        named = self.named(name, on)
        terms = {p.key: [t for t in p.tenures if t.kind in _HEADS] for p in named}
        heads = [p for p in named if terms[p.key]]
        if len(heads) != 1 or heads[0].country not in about:
            return None
        others = (t for p in named if p is not heads[0] for t in p.tenures)
        if any(t.covers(on) and t.iso2 in about for t in others):
            return None
        return heads[0] if any(t.near(on) for t in terms[heads[0].key]) else None

    def official(self, surname: str, on: date | None, states: Collection[str]) -> str | None:
        """The state, of some, that the one official of a surname surely served on a day; None where
        nobody or several did."""
        found = {
            (person.key, held.iso2)
            for person in self.by_surname.get(fold(surname), ())
            for held in person.tenures
            if held.iso2 in states and held.covers(on) and held.confidence in _SURE
        }
        return next(iter(found))[1] if len({key for key, _ in found}) == 1 else None

    def holder(self, iso2: str, kind: str, on: date | None) -> list[tuple[Person, Tenure]]:
        """Who surely held an office of the kind for a state on a day."""
        return [
            (self.all[t.person], t)
            for t in self._tenures.get((iso2, kind), ())
            if t.covers(on) is True and t.confidence in _SURE
        ]

    def entries(self, name: str, iso2: str) -> frozenset[str]:
        """Wikidata ids of those of a folded full name who have held an office of a state."""
        return frozenset(
            p.wikidata
            for p in self.by_name.get(name, ())
            if p.wikidata and any(t.iso2 == iso2 for t in p.tenures)
        )

    # -- given names ------------------------------------------------------------------------

    @cached_property
    def genders(self) -> dict[str, str]:
        """Folded given names: ``m``, ``f``, or ``u`` for names of both."""
        return {fold(r["name"]): r["gender"] for r in rows("first_names.csv")}

    @cached_property
    def given(self) -> frozenset[str]:
        """Folded given names: those of the table, and what two office holders or more are called
        first where the family name comes last."""
        firsts = Counter(
            fold(p.name.split(" ")[0])
            for p in self.all.values()
            if " " in p.name and p.country not in FAMILY_FIRST
        )
        return frozenset(self.genders) | {
            n for n, count in firsts.items() if count > 1 and len(n) > 2
        }


def _by_style(first: str) -> str | None:
    """What the style of a monarch tells: "Queen Margrethe"."""
    for gender in ("female", "male"):
        if first in words("people", "gender", gender):
            return gender[0]
    return None


def _weight(person: Person, on: date | None) -> float:
    """How likely news means this person: the rank of the office, less where the tables cannot tell
    whether it was held on the day, least where it was not."""

    def of(held: Tenure) -> float:
        covers = held.covers(on)
        share = 1.0 if covers else 0.4 if covers is None else 0.2
        return _WEIGHTS.get(held.kind, 1) * share

    return max((of(t) for t in person.tenures), default=0.0)
