"""Competency questions: what is put in, what is asked, the rows that come out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from building import ACTORS, MINTER, extraction, meeting, put, statement, visit

from kb import ask
from kb.ask.answers import who_met
from kb.edtf import EDTFError
from kb.errors import UnknownNameError
from kb.store import Store, memory_store

WIRE = extraction(
    "wire",
    meeting("Putin", "Macron", on="2022-02-07", place="Moscow", country="RU"),
    meeting("Lavrov", "Doe", status="planned", on="2022-04", country="KE"),
    meeting("Putin", "Lavrov", on="2022-02-01"),
    visit("Macron", "RU", "Moscow", on="2022-02-07"),
    visit("Lavrov", "KE", status="planned", on="2022-04"),
    statement("Putin", "Talks will go on in Paris", "Macron"),
    statement("Doe", "we look forward to the visit", quote=False),
    published="2022-02-08",
    source="Wire",
)
PAPER = extraction(
    "paper",
    meeting("Macron", "Putin", on="2022-02", words="The two sat at a long table."),
    meeting("Putin", "Macron", on="2021-12-14", medium="phone"),
    meeting("France", "Russia", status="proposed"),
    statement("Putin", "Talks will go on in Paris", "Macron"),
    published="2022-02-09",
    source="Paper",
)
DENIAL = extraction(
    "denial",
    meeting("Roe", "Lavrov", status="denied", on="2022-03-01"),
    meeting("officials", status="held", on="2022-03-03"),
    meeting("Doe", "Roe", on="2022-03-04"),
    published="2022-03-05",
    source="Paper",
)
COPY = replace(
    WIRE,
    article=replace(WIRE.article, key="source:Other/copy", id="copy", source="Other"),
)


@pytest.fixture(scope="module")
def store() -> Store:
    return put(memory_store(), WIRE, PAPER, DENIAL, COPY)


def who(row: dict[str, Any]) -> str:
    return " + ".join(sorted(p["name"].split()[-1] for p in row["participants"]))


MET: list[tuple[str, tuple[str, ...], dict[str, Any], list[tuple[str, str, str | None]]]] = [
    (
        "everybody: what took place, by date",
        (),
        {},
        [
            ("Macron + Putin", "held", "2021-12-14"),
            ("Lavrov + Putin", "held", "2022-02-01"),
            ("Macron + Putin", "held", "2022-02-07"),
            ("officials", "held", "2022-03-03"),
            ("Doe + Roe", "held", "2022-03-04"),
        ],
    ),
    (
        "one, by surname",
        ("Macron",),
        {},
        [("Macron + Putin", "held", "2021-12-14"), ("Macron + Putin", "held", "2022-02-07")],
    ),
    ("two", ("Roe", "Putin"), {}, []),
    (
        "a state has its officials, whatever the status",
        ("Russia",),
        {"statuses": ("planned", "proposed", "denied")},
        [
            ("Lavrov + Roe", "denied", "2022-03-01"),
            ("Doe + Lavrov", "planned", "2022-04"),
            ("France + Russia", "proposed", None),
        ],
    ),
    (
        "two states, by their officials",
        ("France", "Russia"),
        {"since": "2022"},
        [("Macron + Putin", "held", "2022-02-07")],
    ),
    (
        "two of one state",
        ("Russia", "Russia"),
        {},
        [("Lavrov + Putin", "held", "2022-02-01")],
    ),
    ("up to a month", ("Putin",), {"until": "2021-12"}, [("Macron + Putin", "held", "2021-12-14")]),
    (
        "a span; what has no date lies in none",
        ("France", "Russia"),
        {"since": "2000", "until": "2030", "statuses": ("proposed",)},
        [],
    ),
    ("a group alone", ("United States",), {}, [("officials", "held", "2022-03-03")]),
]


@pytest.mark.parametrize(("name", "names", "options", "expected"), MET, ids=[m[0] for m in MET])
def test_who_met(
    store: Store,
    name: str,
    names: tuple[str, ...],
    options: dict[str, Any],
    expected: list[tuple[str, str, str | None]],
) -> None:
    rows = ask.who_met(store, *names, **options)
    assert [(who(r), r["status"], r["date"]) for r in rows] == expected, name


def test_a_row_of_who_met(store: Store) -> None:
    [row] = ask.who_met(store, "Macron", "Putin", since="2022")
    assert row["participants"] == [
        {"iri": MINTER.actor(ACTORS[n]).value, "name": f, "type": "person", "country": c}
        for n, f, c in (("Macron", "Emmanuel Macron", "FR"), ("Putin", "Vladimir Putin", "RU"))
    ]
    told = ("status", "medium", "date", "place", "country", "articles", "sources")
    assert [row[key] for key in told] == [
        "held", "in-person", "2022-02-07", "Moscow", "RU", 3, 2,
    ]  # fmt: skip
    reports = [(r["source"], r["published"], r["status"], r["quote"]) for r in row["reports"]]
    assert sorted(reports) == [
        ("Other", "2022-02-08", "held", "They met."),
        ("Paper", "2022-02-09", "held", "The two sat at a long table."),
        ("Wire", "2022-02-08", "held", "They met."),
    ]
    assert {r["title"] for r in row["reports"]} == {"Article wire", "Article paper"}


VISITS: list[tuple[dict[str, Any], list[tuple[str, str, str | None, str | None]]]] = [
    ({"visitor": "Lavrov"}, [("Lavrov", "planned", None, "KE")]),
    ({"to": "Russia"}, [("Macron", "held", "Moscow", "RU")]),
    ({"to": "Moscow"}, [("Macron", "held", "Moscow", "RU")]),
    ({"visitor": "Russia", "to": "Kenya"}, [("Lavrov", "planned", None, "KE")]),
    ({"visitor": "Lavrov", "to": "Russia"}, []),
    ({"statuses": ("held",)}, [("Macron", "held", "Moscow", "RU")]),
    ({"since": "2022-03"}, [("Lavrov", "planned", None, "KE")]),
]


@pytest.mark.parametrize(("asked", "expected"), VISITS)
def test_visits(
    store: Store, asked: dict[str, Any], expected: list[tuple[str, str, str | None, str | None]]
) -> None:
    rows = ask.visits(store, **asked)
    shown = [
        (r["visitor"]["name"].split()[-1], r["status"], r["place"], r["country"]) for r in rows
    ]
    assert shown == expected


STATEMENTS: list[tuple[dict[str, Any], list[str]]] = [
    ({"speaker": "Putin"}, ["Talks will go on in Paris"]),
    ({"speaker": "Russia", "about": "PARIS"}, ["Talks will go on in Paris"]),
    ({"to": "France"}, ["Talks will go on in Paris"]),
    ({"to": "Putin"}, []),
    ({"about": "visit"}, ["we look forward to the visit"]),
    ({"about": ") } UNION { ?s ?p ?o"}, []),
    ({"speaker": "Doe", "since": "2022-02-08"}, ["we look forward to the visit"]),
    ({"speaker": "Doe", "until": "2022-02-07"}, []),
]


@pytest.mark.parametrize(("asked", "expected"), STATEMENTS)
def test_statements(store: Store, asked: dict[str, Any], expected: list[str]) -> None:
    assert [row["text"] for row in ask.statements(store, **asked)] == expected


def test_a_row_of_statements(store: Store) -> None:
    [row] = ask.statements(store, "Putin")
    assert row["speaker"]["name"] == "Vladimir Putin"
    assert [a["name"] for a in row["addressees"]] == ["Emmanuel Macron"]
    assert (row["quote"], row["date"], row["articles"], row["sources"]) == (True, None, 3, 2)


def test_show_by_any_name_of_the_event(store: Store) -> None:
    [row] = ask.who_met(store, "Macron", "Putin", since="2022")
    event, report = row["meeting"], row["reports"][0]["report"]
    other = next(r["report"] for r in row["reports"] if event.split("/")[-1] not in r["report"])
    end = event.rpartition("/")[2]
    names = (event, f"meeting/{end}", end, end[:8], report, f"meeting/{other.split('/')[-1]}")
    for name in names:
        shown = ask.show(store, name)
        assert shown["event"] == event
    assert [p["name"] for p in shown["participants"]] == ["Emmanuel Macron", "Vladimir Putin"]
    assert shown["reports"][0]["evidence"] == [{"text": "They met.", "start": 0, "end": 9}]


def test_show_a_statement(store: Store) -> None:
    [row] = ask.statements(store, "Doe")
    shown = ask.show(store, row["statement"])
    assert (shown["type"], shown["text"]) == ("statement", "we look forward to the visit")
    assert "status" not in shown


@pytest.mark.parametrize("name", ["meeting/00000000", "0000", "https://example.org/x"])
def test_show_nothing(store: Store, name: str) -> None:
    with pytest.raises(UnknownNameError, match="no event"):
        ask.show(store, name)


def test_several_events_begin_alike(store: Store) -> None:
    ids = {r["meeting"].rpartition("/")[2] for r in who_met(store, statuses=())}
    assert len(ids) == 8
    with pytest.raises(UnknownNameError):
        ask.show(store, "zzzz")


def test_stats(store: Store) -> None:
    counts = {(r["kind"], r.get("status")): r["count"] for r in ask.stats(store)}
    assert counts["article", None] == 4
    assert counts["meeting", "held"] == 5
    assert counts["meeting", "denied"] == 1
    assert counts["visit", "planned"] == 1
    assert counts["statement", None] == 2
    assert counts["person", None] == 5


def test_articles(store: Store) -> None:
    rows = ask.articles(store, since="2022-02-09")
    assert [(r["title"], r["reports"]) for r in rows] == [
        ("Article paper", 4),
        ("Article denial", 3),
    ]


@pytest.mark.parametrize("date", ["2023-13-45", "yesterday", "", "2023/01"])
def test_a_date_that_is_none(store: Store, date: str) -> None:
    with pytest.raises(EDTFError):
        ask.who_met(store, since=date)


def test_an_empty_store_has_empty_answers() -> None:
    empty = memory_store()
    assert ask.who_met(empty) == ask.visits(empty) == ask.statements(empty) == []
    assert ask.articles(empty) == []


def test_a_state_finds_its_officials_at_the_time() -> None:
    """As the gazetteer has it, whatever the article calls somebody today."""
    told = extraction(
        "memoir",
        meeting("Mogherini", "Lavrov", on="2014-06-05"),
        meeting("Mogherini", "Putin", on="2016-06-05"),
        meeting("Italy", "Russia", on="2020-06-05"),
        published="2021-02-03",
    )
    store = put(memory_store(), told)
    assert [row["date"] for row in who_met(store, "Italy")] == ["2014-06-05", "2020-06-05"]
    assert [row["date"] for row in who_met(store, "Russia", "Italy")] == [
        "2014-06-05",
        "2020-06-05",
    ]
    assert [row["date"] for row in who_met(store, "state/EU")] == ["2016-06-05"]
    assert len(who_met(store, "Russia")) == 3
    [row] = [row for row in ask.actors(store, "Italy") if row["type"] == "state"]
    assert row["meetings"] == 2, "as many as the question answers with"
