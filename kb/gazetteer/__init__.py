"""What the world is called: states, bodies, places, titles, and who held which office when.

Loading is lazy and cached: a table is read when first asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache, cached_property

from kb.gazetteer import tables
from kb.gazetteer.matching import Entry, EntryKind, Index, is_short
from kb.gazetteer.people import People
from kb.gazetteer.tables import Organization, Person, Place, State, Tenure
from kb.names import fold

__all__ = [
    "Entry", "EntryKind", "Gazetteer", "Organization", "Person", "Place", "State", "Tenure",
    "gazetteer",
]  # fmt: skip


class Gazetteer:
    """The tables with their indices, each built when first asked for."""

    @cached_property
    def version(self) -> str:
        """A short digest of all tables."""
        return tables.digest()

    # -- states -----------------------------------------------------------------------------

    @cached_property
    def states(self) -> dict[str, State]:
        return tables.states()

    def state_by_code(self, iso2: str | None) -> State | None:
        return self.states.get(iso2 or "")

    @cached_property
    def _state_names(self) -> dict[str, str]:
        return {
            fold(name): state.iso2
            for state in self.states.values()
            for name in (*state.adjectives, *state.names)
        }

    def state(self, name: str) -> State | None:
        """A state by any of its names or adjectives, or its code."""
        if name in self.states:
            return self.states[name]
        return self.states.get(self._state_names.get(_bare(name), ""))

    def state_within(self, name: str) -> State | None:
        """The state that the name of a body holds: "Malawi Law Society", "Bank of Japan"."""
        words = fold(name).split()
        for length in (3, 2, 1):
            for i in range(len(words) - length + 1):
                iso2 = self._state_names.get(" ".join(words[i : i + length]))
                if iso2 is not None:
                    return self.states[iso2]
        return None

    def metonyms(self, name: str) -> tuple[str, ...]:
        """States whose government a capital or seat stands for ("Beijing", "the Kremlin")."""
        return self._metonyms.get(_bare(name), ())

    @cached_property
    def _metonyms(self) -> dict[str, tuple[str, ...]]:
        out: dict[str, tuple[str, ...]] = {}
        for state in self.states.values():
            for name in (state.capital, *state.seats):
                if name:
                    out[fold(name)] = (*out.get(fold(name), ()), state.iso2)
        return out

    # -- bodies, places ---------------------------------------------------------------------

    @cached_property
    def organizations(self) -> dict[str, Organization]:
        """Bodies by folded name, acronyms as written."""
        out: dict[str, Organization] = {}
        for body in tables.organizations():
            for name in body.names:
                out.setdefault(name if is_short(name) else fold(name), body)
        return out

    def organization(self, name: str | None) -> Organization | None:
        """A body by any of its names."""
        if not name:
            return None
        return self.organizations.get(name) or self.organizations.get(_bare(name))

    @cached_property
    def _places(self) -> dict[str, tuple[Place, ...]]:
        out: dict[str, list[Place]] = {}
        for place, names in tables.places():
            for name in names:
                out.setdefault(fold(name), []).append(place)
        return {k: tuple(sorted(v, key=lambda p: -p.rank)) for k, v in out.items()}

    def place(self, name: str) -> tuple[Place, ...]:
        """Places of a name, the one most likely in the news first."""
        return self._places.get(_bare(name), ())

    # -- persons ----------------------------------------------------------------------------

    @cached_property
    def holders(self) -> People:
        """All office holders."""
        return People()

    def persons(self, name: str, on: date | None = None) -> list[Person]:
        """People of a full name or alias, else of a surname; who was in a high office on the day
        comes first."""
        return self.holders.named(name, on)

    def spelled_like(self, name: str) -> list[Person]:
        """People whose full name is another spelling of this one."""
        return self.holders.spelled_like(name)

    def prominent(
        self, name: str, on: date | None, about: Collection[str] | None = None
    ) -> Person | None:
        """Whom a bare surname means in the news of a day, if that is sure; ``about`` are the states
        that the article speaks of."""
        return self.holders.prominent(name, on, about)

    def once_prominent(self, name: str, on: date | None, about: Collection[str]) -> Person | None:
        """The one former or later head of state or government of a surname, of a state that the
        article speaks of."""
        return self.holders.once_prominent(name, on, about)

    def official(self, surname: str, on: date | None, states: Collection[str]) -> str | None:
        """The state, of some, that the one official of a surname surely served on a day."""
        return self.holders.official(surname, on, states)

    def holder(self, iso2: str, kind: str, on: date | None) -> list[tuple[Person, Tenure]]:
        """Who surely held an office of the kind for a state on a day."""
        return self.holders.holder(iso2, kind, on)

    def gender(self, first_name: str) -> str | None:
        return self.holders.genders.get(fold(first_name))

    @cached_property
    def _given(self) -> frozenset[str]:
        """Given names that are not also the name of a state, a place or an office."""
        others = set(self._state_names) | set(self._metonyms)
        others |= {fold(w) for r in tables.rows("titles.csv") for w in tables.many(r["words"])}
        unsure = {k for k, found in self._places.items() if found[0].rank >= 400_000}
        return (self.holders.given - unsure - others) | frozenset(self.holders.genders)

    def is_first_name(self, word: str) -> bool:
        return fold(word) in self._given

    # -- titles -----------------------------------------------------------------------------

    def modifier(self, word: str) -> str | None:
        """What a word before a title changes: "former", "acting", "deputy"…"""
        return self._modifiers.get(word.lower())

    @cached_property
    def _modifiers(self) -> dict[str, str]:
        return {
            word: r["modifier"]
            for r in tables.rows("title_modifiers.csv")
            for word in tables.many(r["words"])
        }

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """Kinds of title in the order of their table, the highest first."""
        kinds = list(dict.fromkeys(r["kind"] for r in tables.rows("titles.csv")))
        return {kind: rank for rank, kind in enumerate(kinds)}

    def rank(self, kind: str) -> int:
        """How high a kind of title stands: 0 is a head of state."""
        return self._ranks.get(kind, len(self._ranks))

    def title_kind(self, title: str) -> str | None:
        """The kind of the title that an office told ends in: "Russian deputy foreign minister" is
        ``minister``."""
        words = fold(title).split()
        tails = (" ".join(words[i:]) for i in range(len(words)))
        return next((kind for tail in tails if (kind := self._title_kinds.get(tail))), None)

    @cached_property
    def _title_kinds(self) -> dict[str, str]:
        out: dict[str, str] = {}
        for row in tables.rows("titles.csv"):
            for word in tables.many(row["words"]):
                out.setdefault(fold(word), row["kind"])
        return out

    def homes(self, title: str) -> tuple[str, ...]:
        """States that a title as such points to: "secretary of state" to the United States."""
        return self._homes.get(fold(title), ())

    @cached_property
    def _homes(self) -> dict[str, tuple[str, ...]]:
        return {fold(r["title"]): tables.many(r["states"]) for r in tables.rows("title_homes.csv")}

    def whole_state(self, title: str, iso2: str) -> str:
        """The state that the holder of a title acts for: the United States for the governor of
        Georgia, where a part of it is called as another state."""
        return self._namesakes.get((fold(title), iso2), iso2)

    @cached_property
    def _namesakes(self) -> dict[tuple[str, str], str]:
        return {
            (fold(title), r["iso2"]): r["part_of"]
            for r in tables.rows("namesakes.csv")
            for title in tables.many(r["titles"])
        }

    def publisher_state(self, source: str | None) -> str | None:
        """The state whose government publishes under a name ("White House"), None for others."""
        words = fold(source or "")
        return next((iso2 for name, iso2 in self._publishers.items() if name in words), None)

    @cached_property
    def _publishers(self) -> dict[str, str]:
        return {fold(r["source"]): r["iso2"] for r in tables.rows("publishers.csv")}

    # -- matching ---------------------------------------------------------------------------

    @cached_property
    def _index(self) -> Index:
        index = Index()
        for state in self.states.values():
            for name in state.names:
                index.put(name, "state", state.name, (state.iso2,))
            for name in state.adjectives:
                index.put(name, "adjective", state.name, (state.iso2,))
            for name in state.people:
                index.put(name, "demonym", state.name, (state.iso2,))
            for name in filter(None, (state.capital, *state.seats)):
                kind: EntryKind = "place" if fold(name) in self._places else "state"
                index.put(name, kind, name, self._metonyms[fold(name)])
        for row in tables.rows("regions.csv"):  # "Latin American leaders" are not those of the US
            index.put(row["name"], "adjective", row["name"])
        for row in tables.rows("several_states.csv"):  # "the two Koreas"
            index.put(row["name"], "state", row["name"], tables.many(row["states"]))
        for body in {id(b): b for b in self.organizations.values()}.values():
            for name in body.names:
                index.put(name, "organization", body.name, (body.country,) if body.country else ())
        for place, names in tables.places():
            for name in names:
                found = self._places[fold(name)][0]
                if fold(name) not in self._metonyms and found == place:
                    index.put(name, "place", name, (place.country,) if place.country else ())
        for row in tables.rows("titles.csv"):
            for name in tables.many(row["words"]):
                index.put(name, "title", name, (), row["kind"])
        for name, people in self.holders.by_name.items():
            if " " in name:
                index.put(name, "person", people[0].name)
        return index

    def match(self, words: Sequence[str], start: int) -> list[Entry]:
        """Entries whose words stand at ``start`` of a token sequence, longest first."""
        return self._index.match(words, start)


def _bare(name: str) -> str:
    return fold(name).removeprefix("the ")


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with the package."""
    return Gazetteer()
