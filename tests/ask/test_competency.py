"""Competency questions: a small world of reports, and the rows that each question gives of it."""

from __future__ import annotations

import pytest
from building import extraction, meeting, put, statement, visit

from kb.ask import named_query, select
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
    ("disagreements", {}, [("date", "2022-03-01")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "expected"), ANSWERS)
def test_a_question_is_answered(
    store: Store, name: str, given: dict[str, list[str]], expected: list[tuple[str, object]]
) -> None:
    asked = named_query(name)
    rows = select(store, asked, terms(store, asked, given))
    assert len(rows) == len(expected)
    assert [(key, row[key]) for row, (key, _) in zip(rows, expected, strict=True)] == expected
