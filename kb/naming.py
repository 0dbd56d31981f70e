"""By which names actors and places are found: folded full names, and short ones that may be shared.

A surname, an acronym, a code or a metonym ("the Kremlin") is a short name: it counts only where no
full name fits. Names come from the articles and, for whom the gazetteer knows, from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kb.gazetteer import Gazetteer
from kb.model import ActorType
from kb.names import fold, surname


@dataclass(frozen=True, slots=True)
class Naming:
    """The name that an actor or place goes by, and the folded names it is found by."""

    label: str
    keys: tuple[str, ...]
    short_keys: tuple[str, ...]


def naming(
    kind: ActorType | None,
    told: Collection[str],
    others: Iterable[str],
    known_as: str | None,
    country: str | None,
    names: Gazetteer,
) -> Naming:
    """Names of an actor (or of a place, where ``kind`` is None).

    ``told`` are the names that articles gave it (they differ in spelling only: identity is by name
    where nothing better is known), ``others`` are further names; ``known_as`` is its Wikidata id,
    ``country`` the ISO code of a state, or of the state somebody acts for. The more names are told,
    the more keys there are, and none is lost.
    """
    label = min(told, key=lambda name: (sum(map(str.isupper, name)), name))
    full = {*told, *others}
    short: set[str] = set()
    if kind == "state" and (state := names.state_by_code(country)):
        label = state.name
        full |= set(state.names)
        short |= {state.iso2, state.capital, *state.seats, *state.adjectives}
    if kind == "organization" and (body := names.organization(label)):
        full |= set(body.names)
    if kind == "person":
        if person := names.holders.all.get(known_as or ""):
            label = person.name
            full |= {person.name, *person.names}
        short |= {surname(name, country) for name in full}
        single = {name for name in full if " " not in name and name != label}
        full, short = full - single, short | single
    keys = _folded(full)
    return Naming(label, tuple(sorted(keys)), tuple(sorted(_folded(short) - keys)))


def _folded(names: Iterable[str]) -> set[str]:
    return {fold(name) for name in names} - {""}
