"""Which reports make one event, and how it stands. Tables of reports of one block."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.derive import block_key, events_of
from kb.model import Medium, Status
from kb.reports import Report

A, B = "http://e/a", "http://e/b"


def report(
    name: str,
    status: Status = "held",
    on: str | None = None,
    published: str | None = "2024-05-20",
    medium: Medium = "in-person",
    country: str | None = None,
    place: str | None = None,
    source: str | None = None,
) -> Report:
    return Report(
        iri=f"http://e/report/{name}",
        kind="meeting",
        actors=(A, B),
        article=f"http://e/article/{name}",
        digest=name,
        published=date.fromisoformat(published) if published else None,
        source=source,
        status=status,
        medium=medium,
        date=on,
        place=place,
        country=country,
    )


CLUSTERS: list[tuple[str, list[Report], list[str]]] = [
    ("one day", [report("a", on="2024-05-18"), report("b", on="2024-05-18")], ["ab"]),
    ("two days", [report("a", on="2024-05-18"), report("b", on="2024-05-19")], ["a", "b"]),
    (
        "a call is told with the date of either side",
        [
            report("a", on="2024-05-18", medium="phone"),
            report("b", on="2024-05-19", medium="phone"),
        ],
        ["ab"],
    ),
    (
        "calls of two days by one outlet",
        [
            report("a", on="2024-05-18", medium="phone", source="Gazette"),
            report("b", on="2024-05-19", medium="phone", source="Gazette"),
        ],
        ["a", "b"],
    ),
    (
        "a day that lies between two, and one that has no country",
        [
            report("a", on="2024-05-18", country="FR"),
            report("b", on="2024-05-18"),
            report("c", on="2024-05-18", country="DE"),
        ],
        ["a", "b", "c"],
    ),
    (
        "what is told of the month before it happened",
        [report("a", on="2024-05-28", published="2024-05-29"), report("b", on="2024-05")],
        ["a", "b"],
    ),
    (
        "a plan for another part of the year",
        [
            report("a", "planned", "2024-07-09", published="2024-03-01"),
            report("b", on="2024-04-12"),
            report("c", on="2024", published="2025-02-03"),
        ],
        ["a", "bc"],
    ),
    (
        "one day in two countries",
        [report("a", on="2024-05-18", country="FR"), report("b", on="2024-05-18", country="DE")],
        ["a", "b"],
    ),
    (
        "one day, in a town and at a house of it",
        [
            report("a", on="2024-05-18", country="KR", place="http://e/panmunjom"),
            report("b", on="2024-05-18", country="KR", place="http://e/peace-house"),
        ],
        ["ab"],
    ),
    (
        "one month, in two towns",
        [
            report("a", on="2024-05", country="KR", place="http://e/seoul"),
            report("b", on="2024-05", country="KR", place="http://e/busan"),
        ],
        ["a", "b"],
    ),
    (
        "a call is no meeting in person",
        [report("a", on="2024-05-18"), report("b", on="2024-05-18", medium="phone")],
        ["a", "b"],
    ),
    (
        "a medium that is not told contradicts none",
        [report("a", on="2024-05-18"), report("b", on="2024-05-18", medium="unknown")],
        ["ab"],
    ),
    (
        "a vague date joins the only day that it fits",
        [report("a", on="2024-05-18"), report("b", on="2024-05")],
        ["ab"],
    ),
    (
        "a vague date that fits two stays apart",
        [report("a", on="2024-05-18"), report("b", on="2024-05-02"), report("c", on="2024-05")],
        ["a", "b", "c"],
    ),
    (
        "the same vague date, told twice",
        [report("a", on="2014"), report("b", on="2014")],
        ["ab"],
    ),
    (
        "a span of two days has both",
        [report("a", on="2024-05-18"), report("b", on="2024-05-18/2024-05-19")],
        ["ab"],
    ),
    (
        "an undated report of those days",
        [report("a", on="2024-05-18"), report("b", published="2024-05-21")],
        ["ab"],
    ),
    (
        "an undated report of a call two days later",
        [
            report("a", on="2024-05-18", medium="phone"),
            report("b", published="2024-05-20", medium="phone"),
        ],
        ["a", "b"],
    ),
    (
        "a plan for the week after a year that is all that is told",
        [
            report("a", "planned", "2024-01-05", published="2023-11-01"),
            report("b", on="2023", published="2024-02-03"),
        ],
        ["a", "b"],
    ),
    (
        "an undated report of months later",
        [report("a", on="2024-05-18"), report("b", published="2024-09-01")],
        ["a", "b"],
    ),
    (
        "an undated report of a week later",
        [report("a", on="2024-05-11"), report("b", published="2024-05-18")],
        ["a", "b"],
    ),
    (
        "an undated report of what was in some week of the month",
        [report("a", on="2024-05"), report("b", published="2024-06-02")],
        ["a", "b"],
    ),
    (
        "an undated plan of shortly before",
        [
            report("a", "planned", "2024-06-01"),
            report("b", "planned", published="2024-05-25"),
        ],
        ["ab"],
    ),
    (
        "an undated plan of long before",
        [
            report("a", "planned", "2024-06-01"),
            report("b", "planned", published="2022-05-25"),
        ],
        ["a", "b"],
    ),
    ("two undated reports", [report("a"), report("b")], ["a", "b"]),
    (
        "a plan that came true",
        [
            report("a", "planned", "2024-05-18", published="2024-05-01"),
            report("b", on="2024-05-18"),
        ],
        ["ab"],
    ),
    (
        "a plan that came true some days late",
        [
            report("a", "planned", "2024-05-10", published="2024-05-01"),
            report("b", on="2024-05-18"),
        ],
        ["ab"],
    ),
    (
        "a plan of another season",
        [
            report("a", "planned", "2024-08-10", published="2024-05-01"),
            report("b", on="2024-05-18"),
        ],
        ["a", "b"],
    ),
    (
        "a plan made after the meeting is for the next one",
        [
            report("a", "planned", "2024-05-25"),
            report("b", on="2024-05-18", published="2024-05-18"),
        ],
        ["a", "b"],
    ),
    (
        "a plan that fits two meetings stays apart",
        [
            report("a", "planned", "2024-05", published="2024-05-01"),
            report("b", on="2024-05-10"),
            report("c", on="2024-05-18"),
        ],
        ["a", "b", "c"],
    ),
    (
        "a meeting that is planned, then cancelled",
        [report("a", "planned", "2024-06-12"), report("b", "cancelled", "2024-06-12")],
        ["ab"],
    ),
    (
        "undated plans of one week",
        [
            report("a", "planned", published="2024-05-01"),
            report("b", "proposed", published="2024-05-04"),
        ],
        ["ab"],
    ),
]


@pytest.mark.parametrize(("name", "reports", "expected"), CLUSTERS, ids=[c[0] for c in CLUSTERS])
def test_clusters(name: str, reports: list[Report], expected: list[str]) -> None:
    for order in permutations(reports):
        found = sorted("".join(r.hash for r in event.reports) for event in events_of(order))
        assert found == expected, name


STANDINGS = [
    ([report("a"), report("b", "planned")], "held"),
    ([report("a", on="2024-05-18"), report("b", "denied", "2024-05-18")], "disputed"),
    ([report("a", "denied", "2024-05-18")], "denied"),
    (
        [
            report("a", "planned", "2024-06-12", published="2024-05-01"),
            report("b", "cancelled", "2024-06-12", published="2024-05-24"),
        ],
        "cancelled",
    ),
    (
        [
            report("a", "cancelled", "2024-06-12", published="2024-05-24"),
            report("b", "planned", "2024-06-12", published="2024-06-01"),
        ],
        "planned",
    ),
    (
        [report("a", "planned", "2024-06-12"), report("b", "cancelled", "2024-06-12")],
        "cancelled",
    ),
]


@pytest.mark.parametrize(("reports", "standing"), STANDINGS)
def test_standing(reports: list[Report], standing: str) -> None:
    assert standing in {event.standing for event in events_of(reports)}


def test_an_event_has_the_least_name_and_the_best_date() -> None:
    reports = [
        report("b", on="2024-05", place="http://e/bonn", country="DE"),
        report("a", on="2024-05-18", medium="unknown"),
    ]
    [event] = events_of(reports)
    assert event.hash == "a"
    assert (event.date, event.place, event.medium) == ("2024-05-18", "http://e/bonn", "in-person")


def test_the_same_text_is_one_source() -> None:
    one, two = report("a", on="2024-05-18"), report("b", on="2024-05-18")
    [event] = events_of([one, replace(two, digest="a")])
    assert (event.articles, event.sources) == (2, 1)


def test_a_visit_is_to_one_place() -> None:
    there = replace(report("a"), kind="visit", actors=(A,), country="FR")
    assert block_key(there) != block_key(replace(there, country="DE"))
    assert block_key(there) == block_key(replace(there, place="http://e/paris", date="2024"))


def test_one_statement_in_two_articles() -> None:
    said = replace(report("a"), kind="statement", actors=(A,), text="We will be back soon")
    again = replace(said, iri="http://e/report/b", text="we will be back, soon.")
    assert block_key(said) == block_key(again)
    assert len(events_of([said, again])) == 1


days = st.sampled_from(
    [None, "2024", "2024-05", "2024-05-18", "2024-05-19", "2024-05-18/2024-05-20", "2024-06-01"]
)
many = st.lists(
    st.tuples(
        st.sampled_from(["held", "planned", "proposed", "cancelled", "denied"]),
        days,
        st.sampled_from([None, "2024-05-01", "2024-05-20", "2024-06-02"]),
        st.sampled_from(["in-person", "phone", "unknown"]),
        st.sampled_from([None, "FR", "DE"]),
    ),
    max_size=9,
)


@given(many, st.randoms())
def test_order_never_shows_and_nothing_is_lost(
    told: list[tuple[Status, str | None, str | None, Medium, str | None]], rng: random.Random
) -> None:
    reports = [
        report(f"r{i}", status, on, published, medium, country)
        for i, (status, on, published, medium, country) in enumerate(told)
    ]
    events = events_of(reports)
    assert sorted(r.iri for e in events for r in e.reports) == sorted(r.iri for r in reports)
    shuffled = list(reports)
    rng.shuffle(shuffled)
    assert events_of(shuffled) == events


def test_groups_without_names_meet_on_days_only() -> None:
    """The leaders of one month need not be those of another report."""
    who = ("http://e/group/leaders", "http://e/group/officials.US")

    def told(*dates: str) -> list[Report]:
        return [replace(report(str(k), on=on), actors=who) for k, on in enumerate(dates)]

    assert len(events_of(told("2024-05", "2024-05"))) == 2
    assert len(events_of(told("2024-05-18", "2024-05"))) == 2
    assert len(events_of(told("2024-05-18", "2024-05-18"))) == 1
