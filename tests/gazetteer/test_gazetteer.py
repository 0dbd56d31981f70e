"""The gazetteer: states, bodies, places, holders of offices over time, names found in texts."""

from __future__ import annotations

from datetime import date

import pytest

from kb.gazetteer import Gazetteer, Tenure, gazetteer
from kb.gazetteer.matching import Index
from kb.gazetteer.tables import day


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return gazetteer()


# -- states, bodies, places ------------------------------------------------------------------

STATES = [
    ("Turkey", "TR"), ("Türkiye", "TR"), ("the United States", "US"), ("U.S.", "US"),
    ("Chinese", "CN"), ("PRC", "CN"), ("Kyrgyz Republic", "KG"), ("Ivory Coast", "CI"),
    ("North Korea", "KP"), ("Holy See", "VA"), ("Kosovo", "XK"), ("European Union", "EU"),
    ("FR", "FR"), ("Atlantis", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "iso2"), STATES)
def test_a_state_by_name_adjective_or_code(names: Gazetteer, name: str, iso2: str | None) -> None:
    state = names.state(name)
    assert (state.iso2 if state else None) == iso2


@pytest.mark.parametrize(
    ("name", "codes"),
    [("Beijing", ("CN",)), ("the Kremlin", ("RU",)), ("Brussels", ("BE", "EU")), ("Bonn", ())],
)
def test_seats_stand_for_governments(names: Gazetteer, name: str, codes: tuple[str, ...]) -> None:
    assert names.metonyms(name) == codes


def test_a_name_as_it_stands_behind_of(names: Gazetteer) -> None:
    assert [names.states[c].of for c in ("US", "CL")] == ["the United States", "Chile"]


BODIES = [
    ("NATO", "North Atlantic Treaty Organization", None),
    ("U.N. Security Council", "UN Security Council", None),
    ("United Nations Security Council", "UN Security Council", None),
    ("the State Department", "US State Department", "US"),
    ("Hizbullah", "Hezbollah", "LB"),
]


@pytest.mark.parametrize(("name", "canonical", "iso2"), BODIES)
def test_a_body_by_any_name(names: Gazetteer, name: str, canonical: str, iso2: str | None) -> None:
    body = names.organization(name)
    assert body is not None
    assert (body.name, body.country) == (canonical, iso2)


def test_acronyms_must_stand_as_written(names: Gazetteer) -> None:
    assert names.organization("WHO") is not None
    assert names.organization("who") is None


def test_of_places_of_one_name_the_best_known_comes_first(names: Gazetteer) -> None:
    assert names.place("Geneva")[0].country == "CH"
    assert names.place("Cambridge")[0].ambiguous is False
    assert names.place("Victoria")[0].ambiguous is True


# -- offices over time -----------------------------------------------------------------------


def tenure(start: str, end: str = "", as_of: str = "") -> Tenure:
    return Tenure("Q1", "CL", "President", "head_of_state", day(start), day(end, end=True),
                  day(as_of, end=True), "source")  # fmt: skip


COVERS = [
    (tenure("2010-03-11", "2014-03-11"), date(2010, 3, 11), True),
    (tenure("2010-03-11", "2014-03-11"), date(2014, 3, 11), True),
    (tenure("2010-03-11", "2014-03-11"), date(2010, 3, 10), False),
    (tenure("2010-03-11", "2014-03-11"), date(2014, 3, 12), False),
    # a year or month begins with its first day and ends with its last
    (tenure("2010", "2014"), date(2014, 12, 31), True),
    (tenure("2010-03", "2010-04"), date(2010, 4, 30), True),
    # still in office when the table was made: sure until then, unsure from then on
    (tenure("2010", as_of="2022-07"), date(2022, 7, 31), True),
    (tenure("2010", as_of="2022-07"), date(2022, 8, 1), None),
    (tenure("2010", as_of="2022-07"), date(2009, 1, 1), False),
    # an unknown beginning or day
    (tenure("", as_of="2022-07"), date(2015, 1, 1), None),
    (tenure("2010", "2014"), None, None),
]


@pytest.mark.parametrize(("held", "on", "covers"), COVERS)
def test_whether_an_office_was_held_on_a_day(
    held: Tenure, on: date | None, covers: bool | None
) -> None:
    assert held.covers(on) is covers


HOLDERS = [
    ("US", "head_of_state", date(2015, 6, 1), ["Barack Obama"]),
    ("US", "head_of_state", date(2018, 6, 1), ["Donald Trump"]),
    ("DE", "head_of_government", date(2018, 6, 1), ["Angela Merkel"]),
    ("RU", "foreign_minister", date(2018, 6, 1), ["Sergey Lavrov"]),
    ("US", "head_of_state", None, []),
    ("CL", "head_of_state", date(2190, 1, 1), []),
    ("ZZ", "head_of_state", date(2018, 6, 1), []),
]


@pytest.mark.parametrize(("iso2", "kind", "on", "people"), HOLDERS)
def test_who_surely_held_an_office(
    names: Gazetteer, iso2: str, kind: str, on: date | None, people: list[str]
) -> None:
    assert [p.name for p, _ in names.holder(iso2, kind, on)] == people


PROMINENT = [
    ("Merkel", date(2018, 6, 1), "Angela Merkel"),
    ("Bush", date(2006, 6, 1), "George W. Bush"),
    ("Lavrov", date(2018, 6, 1), "Sergey Lavrov"),
    ("Xi", date(2018, 6, 1), "Xi Jinping"),
    ("Smith", date(2018, 6, 1), None),
    ("Nobody", date(2018, 6, 1), None),
]


@pytest.mark.parametrize(("surname", "on", "person"), PROMINENT)
def test_whom_a_surname_means_in_the_news_of_a_day(
    names: Gazetteer, surname: str, on: date, person: str | None
) -> None:
    found = names.prominent(surname, on)
    assert (found.name if found else None) == person


def test_a_surname_of_one_official_of_the_states_told(names: Gazetteer) -> None:
    on = date(2018, 6, 1)
    assert names.official("Peskov", on, {"RU", "US"}) == "RU"
    assert names.official("Peskov", on, {"CL"}) is None
    assert names.official("Peskov", None, {"RU"}) is None


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Angela Dorothea Merkel", "Angela Merkel"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Recep Erdogan", "Recep Tayyip Erdogan"),
    ],
)
def test_a_person_by_an_alias_or_without_the_middle_name(
    names: Gazetteer, name: str, person: str
) -> None:
    assert person in {p.name for p in names.persons(name)}


def test_gender_by_given_name_table_or_style(names: Gazetteer) -> None:
    told = [names.persons(n)[0].gender for n in ("Angela Merkel", "Xi Jinping", "Pope Francis")]
    assert told == ["f", "m", "m"]


def test_korean_given_names_are_no_middle_names(names: Gazetteer) -> None:
    assert "moon in" not in names.holders.by_name


def test_a_person_by_another_spelling(names: Gazetteer) -> None:
    found = {p.name for p in names.spelled_like("Alyaxandr Lukashenka")}
    assert found == {"Alexander Lukashenko"}
    assert names.spelled_like("Lukashenka") == []


def test_given_names_are_no_towns_and_titles(names: Gazetteer) -> None:
    told = {w: names.is_first_name(w) for w in ("Sergey", "Thierry", "Sydney", "King", "Beijing")}
    assert told == {
        "Sergey": True, "Thierry": True, "Sydney": False, "King": False, "Beijing": False,
    }  # fmt: skip


# -- titles and publishers -------------------------------------------------------------------


def test_titles_that_point_to_a_state(names: Gazetteer) -> None:
    assert names.homes("Secretary of State") == ("US",)
    assert names.homes("president") == ()


def test_heads_of_state_rank_before_ministers(names: Gazetteer) -> None:
    assert names.rank("head_of_state") < names.rank("foreign_minister") < names.rank("official")


@pytest.mark.parametrize(
    ("source", "iso2"),
    [("White House", "US"), ("Kremlin (en.kremlin.ru)", "RU"), ("Reuters", None), (None, None)],
)
def test_governments_that_publish(names: Gazetteer, source: str | None, iso2: str | None) -> None:
    assert names.publisher_state(source) == iso2


def test_the_version_follows_the_tables(names: Gazetteer) -> None:
    assert names.version == Gazetteer().version
    assert len(names.version) == 8


# -- matching --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index()
    made.put("Korea", "state", "Korea", ("KR",))
    made.put("Korea Herald", "organization", "Korea Herald")
    made.put("Kim Jong-un", "person", "Kim Jong-un")
    made.put("US", "state", "United States", ("US",))
    made.put("foreign minister", "title", "foreign minister", (), "foreign_minister")
    made.put("the alliance", "organization", "NATO")
    made.put("St. Helena", "place", "St. Helena", ("SH",))
    return made


MATCHES = [
    ("Korea Herald", [("organization", 2), ("state", 1)]),
    ("Korea said", [("state", 1)]),
    ("korea said", []),
    ("KOREA HERALD", [("organization", 2), ("state", 1)]),
    ("Kim Jong - un", [("person", 4)]),
    ("Kim Jong-un", [("person", 2)]),
    ("Kim Jong Il", []),
    ("US troops", [("state", 1)]),
    ("us troops", []),
    ("Foreign Minister Lee", [("title", 2)]),
    ("the alliance met", [("organization", 2)]),
    ("St. Helena", [("place", 2)]),
    (", Korea", []),
]


@pytest.mark.parametrize(("text", "found"), MATCHES)
def test_names_found_at_the_start_of_a_text(
    index: Index, text: str, found: list[tuple[str, int]]
) -> None:
    assert [(e.kind, e.length) for e in index.match(text.split(), 0)] == found
