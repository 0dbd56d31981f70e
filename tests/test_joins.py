"""Accounts that name other actors: which of them tell of one event, and who acts in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from kb.derive import events_of
from kb.judgements import Judged, Judgement
from kb.model import Medium, Status
from kb.reports import EventKind, Report, Side

BASE = "http://e/"
STATES = {"xi": "CN", "wang": "CN", "han": "KR", "kim": "KP", "abe": "JP", "lee": "KR"}
OFFICES = {
    "xi": ("head_of_state", "president"),
    "wang": ("foreign_minister", "foreign minister"),
    "han": ("head_of_government", "prime minister"),
    "abe": ("head_of_government", "prime minister"),
    "leader-of-china": ("leader", "leader"),
    "foreign-minister-of-china": ("foreign_minister", "foreign minister"),
    "trade-minister-of-china": ("minister", "trade minister"),
    "official-of-china": ("other", "official"),
}
ROLES = {name: "CN" for name in OFFICES if name.endswith("-of-china")}
GROUPS = {"chinese-delegation": "CN", "chinese-opposition": "CN"}


def iri(actor: str) -> str:
    if actor.isupper():
        return f"{BASE}state/{actor}"
    kind = "role" if actor in ROLES else "group" if actor in GROUPS else "person"
    return f"{BASE}{kind}/{actor}"


def side(actor: str) -> Side:
    state = actor if actor.isupper() else (STATES | ROLES | GROUPS).get(actor)
    offices = (OFFICES[actor],) if actor in OFFICES else ()
    return Side(iri(actor), (f"{BASE}state/{state}",) if state else (), offices)


def told(
    name: str,
    who: str,
    on: str | None = "2024-05-18",
    status: Status = "held",
    place: str | None = None,
    country: str | None = "SG",
    published: str = "2024-05-20",
    medium: Medium = "in-person",
    kind: EventKind = "meeting",
) -> Report:
    actors = who.split()
    return Report(
        iri=f"{BASE}report/{name}",
        kind=kind,
        actors=tuple(sorted(map(iri, actors))),
        article=f"{BASE}article/{name}",
        digest=name,
        published=date.fromisoformat(published),
        status=status,
        medium=medium,
        date=on,
        place=place,
        country=country,
        sides=tuple(sorted(map(side, actors), key=lambda s: s.actor)),
    )


JOINED: list[tuple[str, list[Report], list[str]]] = [
    ("one is left out", [told("a", "xi han"), told("b", "xi han abe")], ["ab"]),
    ("one is left out, and no place is told",
     [told("a", "xi han", country=None), told("b", "xi han abe")], ["a", "b"]),
    ("two pairs beside the meeting of all three",
     [told("a", "xi han"), told("b", "xi abe"), told("c", "xi han abe")], ["a", "b", "c"]),
    ("one is left out, on another day",
     [told("a", "xi han"), told("b", "xi han abe", "2024-05-19")], ["a", "b"]),
    ("one is left out, in the month",
     [told("a", "xi han", "2024-05"), told("b", "xi han abe")], ["ab"]),
    ("the fuller one is dated more vaguely",
     [told("a", "xi han"), told("b", "xi han abe", "2024-05")], ["a", "b"]),
    ("one is left out, in the year",
     [told("a", "xi han", "2024"), told("b", "xi han abe")], ["a", "b"]),
    ("one is left out, no day told",
     [told("a", "xi han", None), told("b", "xi han abe")], ["a", "b"]),
    ("one is left out, in the same town",
     [told("a", "xi han", place="seoul"), told("b", "xi han abe", place="seoul")], ["ab"]),
    ("one is left out, in another house",
     [told("a", "xi han", place="palace"), told("b", "xi han abe", place="hall")], ["a", "b"]),
    ("one is left out, in another country",
     [told("a", "xi han", country="KR"), told("b", "xi han abe", country="JP")], ["a", "b"]),
    ("a pair at the edge of a gathering",
     [told("a", "xi han"), told("b", "xi han abe kim")], ["a", "b"]),
    ("a pair in two threesomes",
     [told("a", "xi han"), told("b", "xi han abe"), told("c", "xi han kim")], ["a", "b", "c"]),
    ("a pair, a threesome, a foursome",
     [told("a", "xi han"), told("b", "xi han abe"), told("c", "xi han abe kim")], ["abc"]),
    ("overlapping, neither the fuller one",
     [told("a", "xi han abe"), told("b", "xi han kim")], ["a", "b"]),
    ("states for those who act for them", [told("a", "CN KR"), told("b", "xi han")], ["ab"]),
    ("one state, one person", [told("a", "CN han"), told("b", "xi han")], ["ab"]),
    ("a state of somebody else", [told("a", "CN JP"), told("b", "xi han")], ["a", "b"]),
    ("states, and two meetings of their officials",
     [told("a", "CN KR"), told("b", "xi han"), told("c", "wang lee")], ["a", "b", "c"]),
    ("states in the month, one meeting in it",
     [told("a", "CN KR", "2024-05"), told("b", "xi han")], ["ab"]),
    ("the leader", [told("a", "leader-of-china han"), told("b", "xi han")], ["ab"]),
    ("the leader is no minister",
     [told("a", "leader-of-china han"), told("b", "wang han")], ["a", "b"]),
    ("the foreign minister", [told("a", "foreign-minister-of-china han"), told("b", "wang han")],
     ["ab"]),
    ("another minister", [told("a", "trade-minister-of-china han"), told("b", "wang han")],
     ["a", "b"]),
    ("an official", [told("a", "official-of-china han"), told("b", "wang han")], ["ab"]),
    ("an official is no president",
     [told("a", "official-of-china han"), told("b", "xi han")], ["a", "b"]),
    ("a delegation", [told("a", "chinese-delegation han"), told("b", "wang han")], ["ab"]),
    ("a delegation is not its president",
     [told("a", "chinese-delegation han"), told("b", "xi han")], ["a", "b"]),
    ("states in the month, before it happened",
     [told("a", "CN KR", "2024-05", published="2024-05-06"), told("b", "xi han")], ["a", "b"]),
    ("other people of the state",
     [told("a", "chinese-opposition han"), told("b", "wang han")], ["a", "b"]),
    ("a call is told with either side's day",
     [told("a", "CN KR", "2024-05-19", medium="phone"), told("b", "xi han", medium="phone")],
     ["ab"]),
    ("a call is no meeting in person",
     [told("a", "CN KR", medium="phone"), told("b", "xi han")], ["a", "b"]),
    ("a plan of fewer came true",
     [told("a", "xi han", status="planned", published="2024-05-10"), told("b", "xi han abe")],
     ["ab"]),
    ("a plan told after it took place is of another",
     [told("a", "xi han", status="planned"), told("b", "xi han abe", published="2024-05-18")],
     ["a", "b"]),
    ("what was held is not made of a plan",
     [told("a", "CN KR"), told("b", "xi han", status="planned", published="2024-05-10")],
     ["a", "b"]),
    ("a denial is told of those it names",
     [told("a", "CN KR", status="denied"), told("b", "xi han")], ["a", "b"]),
    ("a cancelled one beside one that was held",
     [told("a", "xi han", status="cancelled", published="2024-05-10"), told("b", "xi han abe")],
     ["a", "b"]),
    ("two that have joined contradict each other",
     [told("a", "xi han", country="KR"), told("b", "xi abe", country="JP"),
      told("c", "xi han abe")], ["a", "b", "c"]),
    ("a visit of the minister",
     [told("a", "foreign-minister-of-china", kind="visit", country="FR"),
      told("b", "wang", kind="visit", country="FR")], ["ab"]),
    ("a visit of the minister to another country",
     [told("a", "foreign-minister-of-china", kind="visit", country="FR"),
      told("b", "wang", kind="visit", country="DE")], ["a", "b"]),
]  # fmt: skip


def events(reports: Sequence[Report], judged: Judged | None = None) -> list[str]:
    return sorted("".join(r.hash for r in e.reports) for e in events_of(reports, judged))


@pytest.mark.parametrize(("name", "reports", "expected"), JOINED, ids=[row[0] for row in JOINED])
def test_joins(name: str, reports: list[Report], expected: list[str]) -> None:
    for order in permutations(reports):
        assert events(order) == expected, name


def test_who_acts_is_told_by_the_account_that_names_most() -> None:
    [event] = events_of([told("a", "CN KR"), told("b", "xi han"), told("c", "xi han abe")])
    assert event.actors == tuple(sorted(map(iri, ("xi", "han", "abe"))))
    assert event.states == tuple(f"{BASE}state/{code}" for code in ("CN", "JP", "KR"))


def test_what_one_text_tells_apart_is_two_events() -> None:
    states, persons = told("a", "CN KR"), told("b", "xi han")
    assert events([states, replace(persons, digest="a")]) == ["a", "b"]


def report_iri(name: str) -> str:
    return f"{BASE}report/{name}"


def test_events_that_are_judged_to_be_one() -> None:
    judged = Judged([Judgement.of(report_iri("a"), report_iri("b"), "same")])
    reports = [told("a", "CN lee", None), told("b", "xi han"), told("c", "xi han")]
    assert events(reports, judged) == ["abc"]
    [event] = events_of(reports, judged)
    assert event.actors == tuple(sorted(map(iri, ("xi", "han", "lee"))))


def test_a_report_that_is_judged_not_to_belong() -> None:
    judged = Judged([Judgement.of(report_iri("a"), report_iri("c"), "different")])
    reports = [told(name, "xi han") for name in "abcd"]
    assert events(reports, judged) == ["abd", "c"]


def test_an_account_that_is_judged_not_to_belong() -> None:
    judged = Judged([Judgement.of(report_iri("a"), report_iri("b"), "different")])
    assert events([told("a", "CN KR"), told("b", "xi han")], judged) == ["a", "b"]
