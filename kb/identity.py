"""Who is whom across articles: persons by Wikidata id, else by name and state.

A person without an id is one with everybody of the same name, however it is spelled (transcription,
hyphens, order of the names, middle initials), who acts for the same state; who is told without a
state, or without the middle names that another has, is the only one of that name, if there is only
one. Where the gazetteer has exactly one office
holder of the name for the state, that is the person. Namesakes of two states are two. What people
have judged wins over all that (:mod:`kb.judgements`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.gazetteer import Gazetteer
from kb.judgements import Judged
from kb.lexicon import table, words
from kb.names import FAMILY_FIRST, PARTICLES, fold

_SOUNDS = (
    ("sch", "sh"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("zh", "j"), ("dj", "j"), ("ph", "f"),
    ("ck", "k"), ("q", "k"), ("x", "ks"), ("tch", "ch"), ("tz", "ts"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("yo", "e"), ("y", "i"), ("ii", "i"), ("ij", "i"),
)  # fmt: skip
"""How transcriptions differ: each spelling on the left is written as on the right."""

_DOUBLE = re.compile(r"(.)\1+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`´]")
_QID = re.compile(r"Q\d+")


@lru_cache(maxsize=100_000)
def spelling(name: str, country: str | None = None) -> str:
    """A full name in the one spelling that all its transcriptions share: "Sergei Lavrov" and
    "Sergey Lavrov", "Kim Jong-un" and "Jong Un Kim", "Mohammed" and "Muhammad". Empty for a single
    word, which tells nobody apart."""
    plain = _APOSTROPHES.sub("", name)
    parts = [fold(part) for part in plain.split()]
    if country in FAMILY_FIRST:
        joined = [part.replace(" ", "") for part in parts]
        if len(joined) == 3 and not any(" " in part for part in parts):
            joined = [joined[0], joined[1] + joined[2]]  # the given name in two words
        parts = joined
    told = [word for part in parts for word in part.split()]
    left = words("names", "silent", "words")
    full = [word for word in told if word not in left and len(word) > 1]
    if len(full) < 2:
        full = [word for word in told if word not in left]
    same = _joined([_variants().get(word, word) for word in full])
    return " ".join(sorted(map(_sound, same))) if len(same) > 1 else ""


def _joined(told: list[str]) -> list[str]:
    """Words of a name, "Abdul Rahman" as one."""
    out: list[str] = []
    for word in told:
        if out and out[-1] in words("names", "first_halves", "words"):
            whole = out.pop() + word
            word = _variants().get(whole, whole)
        out.append(word)
    return out


def without_middle(name: str, country: str | None = None) -> str:
    """A name of three words or more as its first and last: "Julie Chavez Rodriguez" is also told
    as "Julie Rodriguez". Empty where the words between tell of whom one is, or come first."""
    told = name.split()
    if len(told) < 3 or country in FAMILY_FIRST or {fold(word) for word in told} & PARTICLES:
        return ""
    return (
        f"{told[0]} {told[-1]}" if fold(told[-1]) not in words("names", "silent", "words") else ""
    )


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    word = _DOUBLE.sub(r"\1", word)
    if word.startswith("ie"):
        word = word[1:]
    return word[:-1] if word.endswith("h") and len(word) > 3 and word[-2] in "aeiou" else word


@cache
def _variants() -> dict[str, str]:
    """Given names whose spellings differ beyond the sounds above, by the first of their row."""
    return {other: row[0] for row in table("names")["variants"]["rows"] for other in row[1:]}


# -- persons by their IRIs ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A person as articles name one: by an IRI, and by names."""

    iri: str
    names: frozenset[str]

    @property
    def entry(self) -> str | None:
        """The Wikidata id, where there is one."""
        last = self.iri.rpartition("/")[2]
        return last if _QID.fullmatch(last) else None

    @property
    def country(self) -> str | None:
        """The state that is part of the name in the IRI."""
        state = self.iri.rpartition("/")[2].rpartition(".")
        return state[2] if state[1] and self.entry is None else None

    def spellings(self) -> frozenset[str]:
        """The spellings of the names; none where the Wikidata id tells who it is."""
        if self.entry is not None or "/person/" not in self.iri:
            return frozenset()
        return frozenset(spelling(name, self.country) for name in self.names) - {""}

    def shortened(self) -> frozenset[str]:
        """The spellings of the names without the middle ones."""
        if not self.spellings():
            return frozenset()
        short = (without_middle(name, self.country) for name in self.names)
        return frozenset(spelling(name, self.country) for name in short) - self.spellings() - {""}

    def keys(self) -> frozenset[str]:
        """All by which somebody is found who may be the same."""
        return self.spellings() | self.shortened()


def identify(known: Iterable[Known], judged: Judged, names: Gazetteer) -> dict[str, str]:
    """Under which IRI each of some persons goes. They are to be all who share a key with any of
    them, or are tied to one by a judgement: see :meth:`Known.spellings`."""
    persons = {person.iri: person for person in known}
    by_key: dict[str, list[Known]] = defaultdict(list)
    longer: dict[str, list[Known]] = defaultdict(list)
    for person in persons.values():
        for key in person.spellings():
            by_key[key].append(person)
        for key in person.shortened():
            longer[key].append(person)
    classes = {iri: {iri} for iri in persons}
    for key, same in by_key.items():
        states = {p.country for p in same if p.country}
        for state in states:
            _unite(classes, [p.iri for p in same if p.country == state])
            long = [p for p in longer[key] if p.country == state]
            if len({p.spellings() for p in long}) == 1:
                _unite(classes, [p.iri for p in (*same, *long) if p.country == state])
        nowhere = [p.iri for p in same if not p.country]
        _unite(classes, [p.iri for p in same] if len(states) == 1 else nowhere)
    groups = {id(members): sorted(members) for members in classes.values()}
    out: dict[str, str] = {}
    for members in judged.arrange(groups.values()):
        chosen = _chosen([persons[iri] for iri in members], names)
        if chosen not in members and any(judged.different(iri) & {chosen} for iri in members):
            chosen = min(members, key=_rank)
        out |= dict.fromkeys(members, chosen)
    return out


def _unite(classes: dict[str, set[str]], members: list[str]) -> None:
    if members:
        whole = set[str]().union(*(classes[iri] for iri in members))
        for iri in whole:
            classes[iri] = whole


def _chosen(members: list[Known], names: Gazetteer) -> str:
    """The IRI that some persons, who are one, go under: the one with a Wikidata id, which the
    gazetteer may give; else one with a state, the one that tells most."""
    best = min((m.iri for m in members), key=_rank)
    if _rank(best)[0] == 0:
        return best
    found = {entry for m in members if (entry := _entry(m, names)) is not None}
    if len(found) != 1:
        return best
    return f"{best.rpartition('/')[0]}/{next(iter(found))}"


def _rank(iri: str) -> tuple[int, int, str]:
    """Which IRI somebody goes under: by Wikidata id, with a state, with the most names in full."""
    last = iri.rpartition("/")[2]
    if "/person/" not in iri:
        return 3, 0, iri
    full = sum(len(word) > 1 for word in last.partition(".")[0].split("-"))
    return (0 if _QID.fullmatch(last) else 1 if "." in last else 2), -full, iri


def _entries(name: str, country: str, names: Gazetteer) -> frozenset[str]:
    """Wikidata ids of those of a name who have held an office of a state, however it is spelled
    where none bears the very name."""
    exact = names.holders.entries(fold(name), country)
    key = spelling(name, country)
    if exact or not key:
        return exact
    return frozenset(
        person.wikidata
        for person in names.spelled_like(name)
        if person.wikidata
        and any(t.iso2 == country for t in person.tenures)
        and key in {spelling(n, country) for n in (person.name, *person.names)}
    )


def _entry(person: Known, names: Gazetteer) -> str | None:
    """The Wikidata id of the one office holder of a name and a state."""
    if not person.country:
        return None
    found = {entry for name in person.names for entry in _entries(name, person.country, names)}
    return next(iter(found)) if len(found) == 1 else None
