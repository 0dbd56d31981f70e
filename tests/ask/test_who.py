"""Who is in a knowledge base: names, offices, and counts that agree with the answers."""

from __future__ import annotations

from typing import Any

import pytest
from building import extraction, meeting, put, statement, visit

from kb import ask
from kb.errors import KBError, UnknownNameError
from kb.model import ACTOR_TYPES
from kb.store import Store, memory_store


@pytest.fixture(scope="module")
def store() -> Store:
    return put(
        memory_store(),
        extraction(
            "one",
            meeting("Putin", "Macron", on="2022-02-07"),
            meeting("Lavrov", "Doe", status="planned"),
            meeting("France", "Russia", status="denied"),
            visit("Macron", "RU", "Moscow"),
            visit("Lavrov", "KE", status="planned"),
            statement("Putin", "Talks will go on", "Macron"),
            published="2022-02-08",
        ),
        extraction(
            "two",
            meeting("Doe", "Roe", on="2022-03-01"),
            meeting("Namesake", "UN"),
            meeting("minister", "officials"),
            statement("Doe", "we look forward to it", quote=False),
            published="2022-03-02",
        ),
        extraction("three", statement("Doe", "so do we", quote=False), published=None),
    )


def by_name(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in rows}


def test_the_counts_are_those_of_the_answers(store: Store) -> None:
    rows = ask.actors(store)
    assert {row["type"] for row in rows} == set(ACTOR_TYPES)
    for row in rows:
        who = row["actor"]
        assert row["meetings"] == len(ask.who_met(store, who)), row["name"]
        assert row["visits"] == len(ask.visits(store, who)), row["name"]
        assert row["statements"] == len(ask.statements(store, who)), row["name"]


def test_a_state_counts_its_officials(store: Store) -> None:
    russia = by_name(ask.actors(store))["Russia"]
    assert (russia["meetings"], russia["visits"], russia["statements"]) == (1, 1, 1)


def test_whom_most_articles_name_comes_first(store: Store) -> None:
    assert (ask.actors(store)[0]["name"], ask.actors(store)[0]["articles"]) == ("Jane Doe", 3)


def test_offices_of_the_gazetteer_and_of_the_articles(store: Store) -> None:
    rows = by_name(ask.actors(store))
    held = {(o["office"], o["state"]) for o in rows["Emmanuel Macron"]["offices"]}
    assert ("President", "France") in held
    [doe] = [row for row in ask.actors(store, "Doe") if row["country"] == "KE"]
    assert doe["told"] == [
        {"office": "minister", "first": "2022-02-08", "last": "2022-03-02", "articles": 3}
    ], "one of the articles has no date"
    assert doe["offices"] == []
    assert doe["wikidata"] is None
    assert rows["Vladimir Putin"]["wikidata"] == "Q7747"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Putin", ["Vladimir Putin"]),
        ("vladimir putin", ["Vladimir Putin"]),
        ("J. Doe", ["Jane Doe"]),
        ("Jane Doe", ["Jane Doe", "Jane Doe"]),
        ("jan", ["Jane Doe", "Jane Doe"]),
        ("nations uni", ["United Nations"]),
        ("foreign minister", ["foreign minister of Chad"]),
        ("Q7747", ["Vladimir Putin"]),
        ("state/FR", ["France"]),
        ("FR", ["France"]),
    ],
)
def test_whom_a_name_may_mean(store: Store, name: str, found: list[str]) -> None:
    assert [row["name"] for row in ask.actors(store, name)] == found


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"kind": "organization"}, {"United Nations"}),
        ({"kind": "role"}, {"foreign minister of Chad"}),
        ({"country": "ke"}, {"Jane Doe", "Kenya"}),
        ({"country": "FR", "kind": "person"}, {"Emmanuel Macron"}),
        ({"name": "Putin", "country": "FR"}, set()),
    ],
)
def test_some(store: Store, asked: dict[str, Any], names: set[str]) -> None:
    assert set(by_name(ask.actors(store, **asked))) == names


@pytest.mark.parametrize("name", ["Putiin", "", "Atlantis", "x" * 5000, "person/nobody.XX"])
def test_nobody(store: Store, name: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        ask.actors(store, name)
    assert len(str(error.value)) < 200
    assert error.value.hint


@pytest.mark.parametrize("code", ["France", "F", "F1", ""])
def test_a_code_that_is_none(store: Store, code: str) -> None:
    with pytest.raises(KBError, match="no code of a state"):
        ask.actors(store, country=code)


# -- articles -------------------------------------------------------------------------------------


def test_what_an_article_tells(store: Store) -> None:
    shown = ask.show(store, "two")
    assert (shown["type"], shown["title"], shown["published"]) == (
        "article",
        "Article two",
        "2022-03-02",
    )
    assert [event["type"] for event in shown["events"]].count("meeting") == 3
    assert all(event["quote"] for event in shown["events"])


def test_an_article_that_tells_nothing() -> None:
    quiet = put(memory_store(), extraction("quiet"))
    assert ask.show(quiet, "quiet")["events"] == []


@pytest.mark.parametrize("span", [("2023", "2022"), ("2022-03-02", "2022-03-01")])
def test_a_span_that_ends_before_it_begins(store: Store, span: tuple[str, str]) -> None:
    for question in (ask.who_met, ask.visits, ask.statements, ask.articles):
        with pytest.raises(KBError, match="nothing lies between"):
            question(store, since=span[0], until=span[1])
