"""Competency questions: a small world of reports, and the rows that each question gives of it."""

from __future__ import annotations

import pytest
from building import extraction, meeting, put, statement, visit

from kb.ask import named_queries, named_query, select
from kb.ask.parameters import terms
from kb.store import Store, memory_store

RUSSIA = visit("Macron", "RU", on="2022-02-07")
KENYA = visit("Macron", "KE", on="2022-03-01")
ALL_DAYS = (
    "2021-12-14", "2022-02-07", "2022-02-07", "2022-03-01", "2022-05-02", "2023-06-01", "2025-01-08"
)  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Store:
    return put(
        memory_store(),
        extraction("a", meeting("Putin", "Macron", on="2022-02-07"), RUSSIA),
        extraction("b", meeting("Putin", "Macron", on="2021-12-14", medium="phone")),
        extraction("c", meeting("Macron", "Doe", on="2022-03-01"), KENYA),
        extraction("d", meeting("Macron", "Doe", on="2022-03-01", status="denied")),
        extraction("e", meeting("Doe", "Roe", on="2022-05-02")),
        extraction("f", meeting("Putin", "Roe", on="2025-01-08", status="planned")),
        extraction("g", meeting("Macron", "Roe", on="2023-06-01")),
        extraction("h", statement("Macron", "Let us speak of grain.", "Putin")),
    )  # fmt: skip


ANSWERS = [
    ("met-most-by", {"actor": ["Putin"]}, [("name", "Emmanuel Macron")]),
    ("met-most-by", {"actor": ["Macron"]}, [("meetings", 2), ("meetings", 1)]),
    ("never-met", {"actor": ["Putin"]}, [("two", "Jane Doe"), ("two", "Richard Roe")]),
    ("unfulfilled", {}, [("date", "2025-01-08")]),
    ("unfulfilled", {"until": ["2024"]}, []),
    ("first-visit", {"person": ["Macron"]}, [("country", "Russia")]),
    ("said-to", {"about": ["GRAIN"]}, [("addressee", "Vladimir Putin")]),
    ("said-to", {"about": ["oil"]}, []),
    ("intermediaries", {"from": ["Putin"], "to": ["Roe"]}, [("first", "Emmanuel Macron")]),
    ("intermediaries", {"from": ["Putin"], "to": ["Macron"]}, []),
    ("one-source", {}, [("date", day) for day in ALL_DAYS]),
    ("disagreements", {}, [("statuses", "denied, held")]),
    ("who-met", {"actor": ["Macron"]}, [("date", d) for d in (
        "2021-12-14", "2022-02-07", "2022-03-01", "2023-06-01")]),
    ("who-met", {"actor": ["Macron"], "other": ["Putin"], "since": ["2022"]},
     [("date", "2022-02-07")]),
    ("who-met", {"actor": ["Roe"], "standing": ["planned"]}, [("date", "2025-01-08")]),
    ("visits", {"visitor": ["Macron"]}, [("country", "RU"), ("country", "KE")]),
    ("visits", {"to": ["Kenya"]}, [("date", "2022-03-01")]),
    ("statements", {"speaker": ["Macron"]}, [("text", "Let us speak of grain.")]),
    ("statements", {"about": ["oil"]}, []),
    ("most-met", {"until": ["2022"]}, [
        ("one", "Emmanuel Macron"), ("one", "Jane Doe")]),
    ("most-connected", {}, [("others", n) for n in (2, 2, 1, 1)]),
    ("disputed", {}, [("date", "2022-03-01")]),
    ("holders-at", {"state": ["France"], "on": ["2018-03-01"]}, [("office", "President")]),
    ("holders-at", {"state": ["state/KE"], "on": ["2024-05-20"]}, [("by", "article")]),
    ("holders-at", {"state": ["state/KE"], "on": ["2023-05-20"]}, []),
    ("states-met", {"state": ["state/FR"]}, [("other", "Russia"), ("other", "United Kingdom")]),
    ("states-met", {"state": ["state/FR"], "since": ["2023"]}, [("other", "United Kingdom")]),
    ("visited-most", {}, [("state", "Kenya"), ("state", "Russia")]),
    ("visited-most", {"until": ["2022-02"]}, [("state", "Russia")]),
    ("offices", {"person": ["Macron"]}, [
        ("office", "Minister of Economy, Industry and Digital"), ("office", "President")]),
    ("offices-told", {"actor": ["Doe"]}, [("office", "minister")]),
    ("names", {"key": ["macron"]}, [("name", "Emmanuel Macron")]),
    ("names", {"key": ["nobody"]}, []),
    ("names-of", {"actor": ["Doe"]}, [("name", "J. Doe"), ("name", "Jane Doe")]),
    ("actors", {"kind": ["person"]}, [("meetings", n) for n in (4, 2, 2, 2)]),
    ("actors", {"code": ["FR"]}, [("name", "Emmanuel Macron"), ("name", "France")]),
    ("articles", {}, [("reports", n) for n in (2, 1, 2, 1, 1, 1, 1, 1)]),
    ("articles", {"until": ["2023"]}, []),
    ("reports-of-several", {}, [("status", s) for s in ("denied", "denied", "held", "held")]),
    ("stats", {}, [("count", n) for n in (8, 1, 4, 1, 4, 4, 1, 2)]),
    ("size", {}, [("reports", 10)]),
    ("events-by-digits", {"digits": ["0000000000"]}, []),
]  # fmt: skip


OF_ONE_EVENT = [
    ("event", "event", [("status", "disputed")]),
    ("actors-of", "event", [("name", "Emmanuel Macron"), ("name", "Jane Doe")]),
    ("reports-of", "event", [("status", "held"), ("status", "denied")]),
    ("events-by-digits", "digits", [("event", None)]),
]


@pytest.mark.parametrize(("name", "parameter", "expected"), OF_ONE_EVENT)
def test_a_question_about_one_event(
    store: Store, name: str, parameter: str, expected: list[tuple[str, object]]
) -> None:
    [disputed] = select(store, named_query("disputed"))
    iri = disputed["event"]
    asked = named_query(name)
    given = {parameter: [iri.rpartition("/")[2] if parameter == "digits" else iri]}
    rows = select(store, asked, terms(store, asked, given))
    assert [(key, row[key]) for row, (key, _) in zip(rows, expected, strict=True)] == [
        (key, iri if value is None else value) for key, value in expected
    ]


def test_what_an_article_reports(store: Store) -> None:
    articles = select(store, named_query("articles"))
    asked = named_query("reports-in")
    rows = select(store, asked, terms(store, asked, {"article": [articles[2]["article"]]}))
    assert [(row["status"], row["date"]) for row in rows] == [("held", "2022-03-01")] * 2


def test_every_name_is_listed(store: Store) -> None:
    keys = {row["key"] for row in select(store, named_query("all-names"))}
    assert {"emmanuel macron", "macron", "jane doe", "j doe", "russia"} <= keys


def test_every_question_has_an_answer_here() -> None:
    asked = {name for name, *_ in (*ANSWERS, *OF_ONE_EVENT)} | {"reports-in", "all-names"}
    assert asked == set(named_queries())


@pytest.mark.parametrize(("name", "given", "expected"), ANSWERS)
def test_a_question_is_answered(
    store: Store, name: str, given: dict[str, list[str]], expected: list[tuple[str, object]]
) -> None:
    asked = named_query(name)
    rows = select(store, asked, terms(store, asked, given))
    assert len(rows) == len(expected)
    assert [(key, row[key]) for row, (key, _) in zip(rows, expected, strict=True)] == expected
