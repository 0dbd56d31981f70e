"""The tables by themselves: codes that exist, names that mean one thing, kinds that are known."""

from __future__ import annotations

from collections import Counter

import pytest

from kb.gazetteer import gazetteer
from kb.gazetteer.holders import RANKS
from kb.gazetteer.tables import many, rows
from kb.lexicon import table
from kb.names import fold

STATES = {r["iso2"] for r in rows("states.csv")}
CODES = [
    ("places.csv", "iso2"),
    ("sites.csv", "iso2"),
    ("organizations.csv", "iso2"),
    ("publishers.csv", "iso2"),
    ("title_homes.csv", "states"),
    ("several_states.csv", "states"),
]
OUTSIDE = {
    "AI", "AS", "AW", "BM", "BQ", "CW", "EH", "FO", "GF", "GG", "GI", "GL", "GP", "GU", "HK", "IM",
    "JE", "KY", "MF", "MO", "MQ", "NC", "PF", "PR", "RE", "SX", "TC", "VG", "VI", "YT",
}  # fmt: skip
"""Territories with a code of their own that are no states of the table."""


@pytest.mark.parametrize(("table", "column"), CODES)
def test_states_told_are_states(table: str, column: str) -> None:
    told = {code for r in rows(table) for code in many(r[column])}
    assert told - STATES - OUTSIDE == set()


def test_a_name_is_of_one_state() -> None:
    named: dict[str, set[str]] = {}
    for r in rows("states.csv"):
        for name in (r["name"], *many(r["other_names"])):
            named.setdefault(fold(name), set()).add(r["iso2"])
    assert {n: codes for n, codes in named.items() if len(codes) > 1} == {}


def test_holders_have_known_kinds_and_dates_in_order() -> None:
    for r in rows("office_holders.csv.gz"):
        assert r["office_kind"] in RANKS, r
        assert not r["end"] or r["start"][:4] <= r["end"][:4], r
        assert r["source"], r


def test_no_holder_comes_from_a_share_alike_source() -> None:
    sources = {r["source"] for r in rows("office_holders.csv.gz")}
    assert not [s for s in sources if "world-leaders-current" in s]


def test_titles_that_point_to_a_state_are_titles() -> None:
    titles = {fold(w) for r in rows("titles.csv") for w in many(r["words"])}
    assert {fold(r["title"]) for r in rows("title_homes.csv")} - titles == set()


def test_aliases_and_genders_are_of_people_in_the_tables() -> None:
    people = gazetteer().holders.all
    named = {p.name for p in people.values()}
    assert {r["key"] for r in rows("aliases.csv")} - set(people) == set()
    assert {r["gender"] for r in rows("genders.csv")} == {"m", "f"}
    assert len({r["person"] for r in rows("genders.csv")} - named) == 0


def test_bodies_have_one_acronym_each() -> None:
    acronyms = Counter(r["acronym"] for r in rows("organizations.csv") if r["acronym"])
    assert [a for a, count in acronyms.items() if count > 1] == []


def test_every_kind_of_body_has_words_for_it() -> None:
    kinds = table("people")["body_kinds"]
    assert {r["kind"] for r in rows("organizations.csv")} <= set(kinds)


def test_every_state_has_one_entry_of_its_own() -> None:
    entries = [r["wikidata"] for r in rows("states.csv")]
    assert all(entry[:1] == "Q" and entry[1:].isdigit() for entry in entries)
    assert len(set(entries)) == len(entries)
    assert {r["iso2"]: r["wikidata"] for r in rows("states.csv")}["FR"] == "Q142"


def test_every_state_has_one_code_of_three_letters() -> None:
    codes = {r["iso2"]: r["iso3"] for r in rows("alpha3.csv")}
    assert STATES - set(codes) == {"EU"}
    assert set(codes) - STATES == set()
    assert all(len(code) == 3 and code.isupper() for code in codes.values())
    assert len(set(codes.values())) == len(codes)
    assert {r["confidence"] for r in rows("alpha3.csv")} <= {"source", "memory"}
    assert all(r["source"] for r in rows("alpha3.csv"))
    told = {code: gazetteer().states[code].iso3 for code in ("DE", "KP", "XK", "EU")}
    assert told == {"DE": "DEU", "KP": "PRK", "XK": "XKX", "EU": None}
