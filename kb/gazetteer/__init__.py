"""What the world is called: states, bodies, places, titles, and who held which office when.

The tables are CSV files in ``kb/gazetteer/data``; ``build.py`` regenerates the large ones. Loading
is lazy and cached. Matching works on folded words (``kb.names.fold``), longest first.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from kb.names import fold, surname

EntryKind = Literal["state", "adjective", "demonym", "organization", "place", "title", "person"]


@dataclass(frozen=True, slots=True)
class State:
    """A state (or the EU): ISO 3166-1 alpha-2 code, names, adjectives, seats used as metonyms."""

    iso2: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody held an office; ``end`` None means still in office at ``as_of``."""

    person: str
    iso2: str
    office: str
    kind: str
    start: date | None
    end: date | None
    as_of: date | None
    confidence: str

    def covers(self, day: date | None) -> bool | None:
        """Whether the office was held on a day; None where the table cannot tell."""
        if day is None:
            return None
        if self.start is not None and day < self.start:
            return False
        if self.end is not None:
            return day <= self.end
        if self.as_of is not None and day > self.as_of:
            return None
        return None if self.start is None else True


@dataclass(frozen=True, slots=True)
class Person:
    """An office holder; ``key`` is the Wikidata id, else folded name and state."""

    key: str
    name: str
    names: tuple[str, ...]
    wikidata: str | None
    tenures: tuple[Tenure, ...]
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    name: str
    names: tuple[str, ...]
    kind: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A town, region or site; ``ambiguous`` where the name is also a word or a person's."""

    name: str
    country: str | None
    kind: str
    rank: int
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the tables found in a text: ``length`` tokens long."""

    kind: EntryKind
    length: int
    name: str
    countries: tuple[str, ...] = ()
    office_kind: str | None = None

    @property
    def country(self) -> str | None:
        return self.countries[0] if self.countries else None


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = files("kb.gazetteer") / "data" / name
    raw = path.read_bytes()
    text = gzip.decompress(raw) if name.endswith(".gz") else raw
    yield from csv.DictReader(io.StringIO(text.decode("utf-8"), newline=""))


def _many(cell: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in cell.split(";") if p.strip())


def _day(text: str, end: bool = False) -> date | None:
    """An ISO date of any precision as a day: the first it can mean, or the last."""
    if not text:
        return None
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) > 1 else (12 if end else 1)
    day = (28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31) if end else 1
    return date(parts[0], month, day)


class Gazetteer:
    """The tables with their indices, each built when first asked for."""

    @cached_property
    def version(self) -> str:
        """A short digest of all tables."""
        digest = hashlib.sha256()
        data = files("kb.gazetteer") / "data"
        for item in sorted(data.iterdir(), key=lambda p: p.name):
            digest.update(item.read_bytes())
        return digest.hexdigest()[:8]

    # -- states -----------------------------------------------------------------------------

    @cached_property
    def states(self) -> dict[str, State]:
        return {
            r["iso2"]: State(
                r["iso2"], r["name"], (r["name"], *_many(r["other_names"])), _many(r["adjectives"]),
                _many(r["people"]), r["capital"], _many(r["seats"]),
            )
            for r in _rows("states.csv")
        }  # fmt: skip

    def state_by_code(self, iso2: str | None) -> State | None:
        return self.states.get(iso2 or "")

    @cached_property
    def _state_names(self) -> dict[str, str]:
        out: dict[str, str] = {}
        for state in self.states.values():
            for name in (*state.adjectives, *state.names):
                out[fold(name)] = state.iso2
        return out

    def state(self, name: str) -> State | None:
        """A state by any of its names or adjectives, or its code."""
        if name in self.states:
            return self.states[name]
        return self.states.get(self._state_names.get(fold(name).removeprefix("the "), ""))

    def metonyms(self, name: str) -> tuple[str, ...]:
        """States whose government a capital or seat stands for ("Beijing", "the Kremlin")."""
        return self._metonyms.get(fold(name).removeprefix("the "), ())

    @cached_property
    def _metonyms(self) -> dict[str, tuple[str, ...]]:
        out: dict[str, tuple[str, ...]] = {}
        for state in self.states.values():
            for name in (state.capital, *state.seats):
                if name:
                    out[fold(name)] = (*out.get(fold(name), ()), state.iso2)
        out["kyiv"] = out["kiev"] = ("UA",)
        return out

    # -- bodies, places ---------------------------------------------------------------------

    @cached_property
    def organizations(self) -> dict[str, Organization]:
        out: dict[str, Organization] = {}
        for r in _rows("organizations.csv"):
            names = tuple(n for n in (r["name"], r["acronym"], *_many(r["other_names"])) if n)
            body = Organization(r["name"], names, r["kind"], r["iso2"] or None)
            for name in names:
                out.setdefault(name if _short(name) else fold(name), body)
        return out

    def organization(self, name: str | None) -> Organization | None:
        if not name:
            return None
        return self.organizations.get(name) or self.organizations.get(
            fold(name).removeprefix("the ")
        )

    @cached_property
    def _places(self) -> dict[str, tuple[Place, ...]]:
        out: dict[str, list[Place]] = {}
        for r in _rows("places.csv"):
            place = Place(
                r["name"], r["iso2"] or None, r["kind"], int(r["rank"] or 0), r["ambiguous"] == "1"
            )
            for name in (r["name"], *_many(r["other_names"])):
                out.setdefault(fold(name), []).append(place)
        return {k: tuple(sorted(v, key=lambda p: -p.rank)) for k, v in out.items()}

    def place(self, name: str) -> tuple[Place, ...]:
        """Places of a name, the one most likely in the news first."""
        return self._places.get(fold(name).removeprefix("the "), ())

    # -- persons ----------------------------------------------------------------------------

    @cached_property
    def people(self) -> dict[str, Person]:
        grouped: dict[str, list[dict[str, str]]] = {}
        for r in _rows("office_holders.csv.gz"):
            grouped.setdefault(r["person_qid"] or f"{fold(r['person'])}/{r['iso2']}", []).append(r)
        aliases: dict[str, tuple[str, ...]] = {
            r["key"]: _many(r["names"]) for r in _rows("aliases.csv")
        }
        genders = self._genders
        out = {}
        for key, rows in grouped.items():
            more = aliases.get(key, ())
            told = [n for r in rows for n in (r["person"], *_many(r["other_names"]))]
            names = list(dict.fromkeys([*more, *told]))
            out[key] = Person(
                key, names[0], tuple(names[1:]), rows[0]["person_qid"] or None,
                tuple(_tenure(key, r) for r in rows), genders.get(fold(names[0]).split(" ")[0]),
            )  # fmt: skip
        return out

    @cached_property
    def _by_name(self) -> dict[str, list[Person]]:
        out: dict[str, list[Person]] = {}
        for person in self.people.values():
            keys: set[str] = set()
            for name in (person.name, *person.names):
                words = fold(name).split()
                keys.add(" ".join(words))
                if len(words) > 2:
                    keys.add(f"{words[0]} {words[-1]}")
            for key in keys:
                out.setdefault(key, []).append(person)
        return out

    @cached_property
    def _by_surname(self) -> dict[str, list[Person]]:
        out: dict[str, list[Person]] = {}
        for person in self.people.values():
            keys: set[str] = set()
            country = person.tenures[0].iso2 if person.tenures else None
            for name in (person.name, *person.names):
                words = fold(name).split()
                if words:
                    keys |= {fold(surname(name, country)), words[-1]}
            for key in keys:
                out.setdefault(key, []).append(person)
        return out

    def persons(self, name: str, on: date | None = None) -> list[Person]:
        """People of a full name or alias, else of a surname; who was in a high office on the day
        comes first."""
        key = fold(name)
        found = self._by_name.get(key) or self._by_surname.get(key, [])
        return sorted(found, key=lambda p: -_weight(p, on))

    def prominent(self, name: str, on: date | None) -> Person | None:
        """Whom a bare surname means in the news of a day: the one head of state or government,
        foreign minister or head of a body of that name, in office then; None where several fit."""
        ranked = [(_weight(p, on), p) for p in self.persons(name, on)[:4]]
        top = [(w, p) for w, p in ranked if w >= 6]
        if not top or (len(top) > 1 and top[0][0] == top[1][0]):
            return None
        return top[0][1]

    def holder(self, iso2: str, kind: str, on: date | None) -> list[tuple[Person, Tenure]]:
        """Who surely held an office of the kind for a state on a day."""
        return [
            (self.people[t.person], t)
            for t in self._tenures.get((iso2, kind), ())
            if t.covers(on) is True and t.confidence in ("source", "memory")
        ]

    @cached_property
    def _tenures(self) -> dict[tuple[str, str], list[Tenure]]:
        out: dict[tuple[str, str], list[Tenure]] = {}
        for person in self.people.values():
            for tenure in person.tenures:
                out.setdefault((tenure.iso2, tenure.kind), []).append(tenure)
        return out

    @cached_property
    def _genders(self) -> dict[str, str]:
        return {fold(r["name"]): r["gender"] for r in _rows("first_names.csv")}

    def gender(self, first_name: str) -> str | None:
        return self._genders.get(fold(first_name))

    def is_first_name(self, word: str) -> bool:
        return fold(word) in self._genders

    def modifier(self, word: str) -> str | None:
        """What a word before a title changes: "former", "acting", "deputy"…"""
        return self._modifiers.get(word.lower())

    @cached_property
    def _modifiers(self) -> dict[str, str]:
        return {w: r["modifier"] for r in _rows("title_modifiers.csv") for w in _many(r["words"])}

    # -- matching ---------------------------------------------------------------------------

    @cached_property
    def _index(self) -> dict[str, list[tuple[tuple[str, ...], Entry, str | None]]]:
        """First folded word → (all folded words, entry, exact spelling required), longest first."""
        index: dict[str, list[tuple[tuple[str, ...], Entry, str | None]]] = {}

        def put(
            name: str,
            kind: EntryKind,
            label: str,
            countries: tuple[str, ...] = (),
            office: str | None = None,
        ) -> None:
            words = tuple(fold(name).split())
            if words:
                exact = name if _short(name) else None
                entry = Entry(kind, len(words), label, countries, office)
                index.setdefault(words[0], []).append((words, entry, exact))

        for state in self.states.values():
            for name in state.names:
                put(name, "state", state.name, (state.iso2,))
            for name in state.adjectives:
                put(name, "adjective", state.name, (state.iso2,))
            for name in state.people:
                put(name, "demonym", state.name, (state.iso2,))
        for name, codes in self._metonyms.items():
            put(name, "state" if not self._places.get(name) else "place", name, codes)
        for body in {id(b): b for b in self.organizations.values()}.values():
            for name in body.names:
                put(name, "organization", body.name, (body.country,) if body.country else ())
        for name, places in self._places.items():
            if name not in self._metonyms:
                best = places[0]
                put(name, "place", best.name, (best.country,) if best.country else ())
        for row in _rows("titles.csv"):
            for name in _many(row["words"]):
                put(name, "title", name, (), row["kind"])
        for name, people in self._by_name.items():
            if " " in name:
                put(name, "person", people[0].name)
        for rows in index.values():
            rows.sort(key=lambda r: -len(r[0]))
        return index

    def match(self, words: Sequence[str], start: int) -> list[Entry]:
        """Entries whose words stand at ``start`` of a token sequence, longest first.

        Hyphens and apostrophes that are tokens of their own are skipped inside a name; ``length``
        counts the tokens matched.
        """
        first = fold(words[start]).split()
        if not first:
            return []
        out: list[Entry] = []
        for wanted, entry, exact in self._index.get(first[0], ()):
            length = _match(words, start, wanted)
            if length is None or (exact is not None and words[start] != exact):
                continue
            if length != entry.length:
                entry = Entry(entry.kind, length, entry.name, entry.countries, entry.office_kind)
            out.append(entry)
        return out


def _match(words: Sequence[str], start: int, wanted: tuple[str, ...]) -> int | None:
    at, got = start, 0
    while got < len(wanted):
        if at >= len(words):
            return None
        folded = fold(words[at]).split()
        if not folded:
            if at == start or words[at] not in ("-", "'", "’", "."):
                return None
            at += 1
            continue
        if tuple(folded) != wanted[got : got + len(folded)]:
            return None
        got += len(folded)
        at += 1
    return at - start


def _short(name: str) -> bool:
    """Acronyms must stand as written: "US" is not "us", "WHO" not "who"."""
    plain = name.replace(".", "")
    return plain.isupper() and len(plain) <= 5


def _tenure(key: str, row: dict[str, str]) -> Tenure:
    return Tenure(
        key, row["iso2"], row["office"], row["office_kind"], _day(row["start"]),
        _day(row["end"], end=True), _day(row["as_of"], end=True), row["confidence"],
    )  # fmt: skip


_WEIGHTS = {"head_of_state": 8, "head_of_government": 8, "org_head": 6, "foreign_minister": 6,
            "defence_minister": 4, "deputy_head": 4, "envoy": 3, "other": 1}  # fmt: skip


def _weight(person: Person, on: date | None) -> float:
    def of(tenure: Tenure) -> float:
        covers = tenure.covers(on)
        share = 1.0 if covers else 0.4 if covers is None else 0.2
        return _WEIGHTS.get(tenure.kind, 1) * share

    return max((of(t) for t in person.tenures), default=0.0)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with the package."""
    return Gazetteer()
