"""The rows of the gazetteer as data: states, bodies, places, office holders and their tenures.

The tables are CSV files in ``kb/gazetteer/data``; ``build.py`` regenerates the large ones. Several
values in one cell are separated by semicolons. Holders and codes of three letters say row by row
where they come from, towns come from GeoNames; tables without a ``source`` column are kept by hand
from common knowledge.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class State:
    """A state (or the EU): ISO 3166-1 alpha-2 code, names, adjectives, seats used as metonyms, and
    its Wikidata id."""

    iso2: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    seats: tuple[str, ...]
    article: str = ""
    leader: str = "head_of_state"
    """Which of the two top offices leads it."""
    wikidata: str | None = None
    iso3: str | None = None
    """ISO 3166-1 alpha-3; None for the EU, which has none."""

    @property
    def of(self) -> str:
        """The name as it stands behind "of": "the United States", "Chad"."""
        return f"{self.article} {self.name}" if self.article else self.name


@dataclass(frozen=True, slots=True)
class Organization:
    """A body: its name, all its names, its kind, and the state it belongs to, if to one."""

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


NEAR_YEARS = 12


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

    def near(self, day: date | None) -> bool:
        """Whether a day is of the years in which the office was held, or not long before or after,
        so that a name alone means its holder; true where that is unknown."""
        if day is None or self.start is None:
            return True
        end = self.end or self.as_of or self.start
        return self.start.year - NEAR_YEARS <= day.year <= end.year + NEAR_YEARS


@dataclass(frozen=True, slots=True)
class Person:
    """An office holder; ``key`` is the Wikidata id, else folded name and state."""

    key: str
    name: str
    names: tuple[str, ...]
    wikidata: str | None
    tenures: tuple[Tenure, ...]
    gender: str | None = None

    @property
    def country(self) -> str | None:
        """The state of his first, that is his highest, office."""
        return self.tenures[0].iso2 if self.tenures else None


def own_folder() -> Path:
    """The folder of tables that take the place of those of the package: ``KB_GAZETTEER``, else
    where programs keep their data. It need not exist."""
    named = os.environ.get("KB_GAZETTEER")
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "diplomatic-kb"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of ``data/NAME``, unpacked where the name ends in ``.gz``; those of a newer table in
    :func:`own_folder` where there is one."""
    newer = own_folder() / name.removesuffix(".gz")
    if newer.exists():
        text = newer.read_bytes()
    else:
        raw = (files("kb.gazetteer") / "data" / name).read_bytes()
        text = gzip.decompress(raw) if name.endswith(".gz") else raw
    yield from csv.DictReader(io.StringIO(text.decode("utf-8"), newline=""))


def many(cell: str) -> tuple[str, ...]:
    """The values of a cell."""
    return tuple(p.strip() for p in cell.split(";") if p.strip()) if cell else ()


@lru_cache(maxsize=20_000)
def day(text: str, end: bool = False) -> date | None:
    """An ISO date of any precision as a day: the first it can mean, or the last."""
    if not text:
        return None
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) > 1 else (12 if end else 1)
    last = 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return date(parts[0], month, last if end else 1)


def digest() -> str:
    """A short digest of all tables."""
    found = hashlib.sha256()
    for item in sorted((files("kb.gazetteer") / "data").iterdir(), key=lambda p: p.name):
        newer = own_folder() / item.name.removesuffix(".gz")
        found.update(newer.read_bytes() if newer.exists() else item.read_bytes())
    return found.hexdigest()[:8]


def states() -> dict[str, State]:
    """States by their code."""
    alpha3 = {r["iso2"]: r["iso3"] for r in rows("alpha3.csv")}
    return {
        r["iso2"]: State(
            r["iso2"], r["name"], (r["name"], *many(r["other_names"])), many(r["adjectives"]),
            many(r["people"]), r["capital"], many(r["seats"]), r["article"],
            r["leader"], r["wikidata"] or None, alpha3.get(r["iso2"]),
        )
        for r in rows("states.csv")
    }  # fmt: skip


def organizations() -> list[Organization]:
    """Bodies in the order of their table."""
    return [
        Organization(
            r["name"],
            tuple(
                form
                for name in (r["name"], r["acronym"], *many(r["other_names"]))
                for form in _forms(name)
            ),
            r["kind"],
            r["iso2"] or None,
        )
        for r in rows("organizations.csv")
    ]


_WRITTEN = {
    "UN": ("UN", "U.N.", "United Nations"),
    "US": ("US", "U.S.", "United States"),
    "EU": ("EU", "E.U.", "European Union"),
    "UK": ("UK", "U.K.", "United Kingdom"),
}


def _forms(name: str) -> tuple[str, ...]:
    """A name with the abbreviation that it begins with in all ways of writing it."""
    first, blank, rest = name.partition(" ")
    if not blank or first not in _WRITTEN:
        return (name,) if name else ()
    return tuple(f"{form} {rest}" for form in _WRITTEN[first])


def places() -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Places with all their names."""
    for r in rows("places.csv"):
        place = Place(
            r["name"], r["iso2"] or None, r["kind"], int(r["rank"] or 0), r["ambiguous"] == "1"
        )
        yield place, (r["name"], *many(r["other_names"]))


def tenure(key: str, row: dict[str, str]) -> Tenure:
    """A row of the office holders as the tenure of the person with the key."""
    return Tenure(
        key, row["iso2"], row["office"], row["office_kind"], day(row["start"]),
        day(row["end"], end=True), day(row["as_of"], end=True), row["confidence"],
    )  # fmt: skip
