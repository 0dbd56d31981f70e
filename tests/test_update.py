"""What comes and goes with an article: events, who met whom, names. The order never shows."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from building import (
    ACTORS,
    MINTER,
    drop,
    extraction,
    graph,
    lines,
    meeting,
    put,
    statement,
    visit,
)
from pyoxigraph import NamedNode

from kb.gazetteer import gazetteer
from kb.judgements import Judgement, Verdict
from kb.model import Extraction
from kb.store import Store, memory_store
from kb.update import Updater
from kb.vocabulary import DCTERMS, DIP, GRAPH, RDF, RDFS

A = extraction("a", meeting("Putin", "Macron", on="2022-02-07"), published="2022-02-08")
B = extraction(
    "b",
    meeting("Putin", "Macron", on="2022-02", status="planned", place="Moscow", country="RU"),
    visit("Macron", "RU", "Moscow", status="planned", on="2022-02-07"),
    published="2022-01-30",
)
C = extraction(
    "c",
    meeting("Putin", "Macron", status="denied", on="2022-02-07"),
    statement("Putin", "We never met", "Macron"),
    published="2022-02-09",
)
D = extraction(
    "d",
    meeting("Putin", "Macron", "Doe", on="2022-05-01"),
    meeting("Doe", "officials"),
    statement("Putin", "We never met"),
    published="2022-05-02",
)
ALL = (A, B, C, D)


def node(name: str) -> NamedNode:
    return MINTER.actor(ACTORS[name])


def met(store: Store, one: str, two: str) -> bool:
    return any(store.quads(node(one), DIP.met, node(two), GRAPH.derived))


def events(store: Store, kind: NamedNode = DIP.Meeting) -> list[NamedNode]:
    found = store.quads(None, RDF.type, kind, GRAPH.derived)
    return [q.subject for q in found if isinstance(q.subject, NamedNode)]


def value(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    [quad] = store.quads(subject, predicate, None, GRAPH.derived)
    return str(getattr(quad.object, "value", quad.object))


def test_a_meeting_and_its_reports() -> None:
    store = put(memory_store(), A, B)
    [event] = events(store)
    assert value(store, event, DIP.status) == DIP.held.value
    assert value(store, event, DIP.date) == "2022-02-07"
    assert value(store, event, DIP.firstReported) == "2022-01-30"
    assert len(list(store.quads(event, DIP.reportedBy, None, GRAPH.derived))) == 2


def test_the_other_names_of_an_event_lead_to_it() -> None:
    store = put(memory_store(), A, B)
    [event] = events(store)
    [alias] = store.quads(None, DCTERMS.isReplacedBy, None, GRAPH.derived)
    assert alias.object == event
    assert alias.subject != event


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_adding_never_shows(seed: int) -> None:
    shuffled = list(ALL)
    random.Random(seed).shuffle(shuffled)
    assert lines(put(memory_store(), *shuffled)) == lines(put(memory_store(), *ALL))


def test_adding_again_changes_nothing() -> None:
    store = put(memory_store(), *ALL)
    before = lines(store)
    assert lines(put(store, B, A)) == before


@pytest.mark.parametrize("kept", [c for n in range(4) for c in combinations(range(4), n)])
def test_removing_is_as_if_it_had_never_been(kept: tuple[int, ...]) -> None:
    store = put(memory_store(), *ALL)
    for i, one in enumerate(ALL):
        if i not in kept:
            drop(store, one)
    assert lines(store) == lines(put(memory_store(), *(ALL[i] for i in kept)))


def test_a_new_version_takes_the_place_of_the_old() -> None:
    new = extraction("a", meeting("Putin", "Doe", on="2022-02-07"), published="2022-02-08")
    assert lines(put(memory_store(), A, B, new)) == lines(put(memory_store(), B, new))


def test_who_met_whom_follows_from_what_stands() -> None:
    store = put(memory_store(), A)
    assert met(store, "Putin", "Macron")
    assert met(store, "Macron", "Putin")
    put(store, C)  # now disputed
    assert not met(store, "Putin", "Macron")
    put(store, D)  # another meeting of the two
    assert met(store, "Putin", "Macron")
    drop(store, D)
    assert not met(store, "Putin", "Macron")
    drop(store, C)
    assert met(store, "Putin", "Macron")


def test_nobody_has_met_himself() -> None:
    store = put(memory_store(), *ALL)
    assert not [q for q in store.quads(None, DIP.met, None) if q.subject == q.object]


def test_a_plan_is_no_meeting() -> None:
    assert not met(put(memory_store(), B), "Putin", "Macron")


def test_one_statement_in_two_articles() -> None:
    store = put(memory_store(), C, D)
    [event] = events(store, DIP.Statement)
    assert value(store, event, DIP.articleCount) == "2"


def test_namesakes_of_two_states_are_two() -> None:
    one = extraction("one", meeting("Doe", "Putin", on="2024-01-01"))
    two = extraction("two", meeting("Namesake", "Putin", on="2024-01-01"))
    assert len(events(put(memory_store(), one, two))) == 2


def test_the_gazetteer_tells_the_offices_of_those_named() -> None:
    store = put(memory_store(), A)
    held = list(store.quads(None, DIP.holder, node("Putin"), GRAPH.gazetteer))
    assert held
    assert not list(store.quads(None, DIP.holder, node("Lavrov"), GRAPH.gazetteer))
    assert value(store, node("Macron"), RDFS.label) == "Emmanuel Macron"


def test_nothing_is_left_of_what_is_gone() -> None:
    store = put(memory_store(), *ALL)
    for one in ALL:
        drop(store, one)
    assert lines(store) == []


# -- judgements --------------------------------------------------------------------------------


def reports_of(told: Extraction) -> list[str]:
    return [report.iri for report in graph(told).reports]


def judge(store: Store, one: str, verdict: Verdict, other: str) -> None:
    Updater(store, MINTER, gazetteer()).judge([Judgement.of(one, other, verdict)])


def test_a_judgement_holds_for_an_article_that_is_coded_anew() -> None:
    """What it tells of the meeting has other words and another date, so that the report is new."""
    later = extraction("e", meeting("Putin", "Macron", on="2022-03-01"), published="2022-03-02")
    store = put(memory_store(), A, later)
    assert len(events(store)) == 2
    judge(store, reports_of(A)[0], "same", reports_of(later)[0])
    assert len(events(store)) == 1
    recoded = extraction(
        "e",
        meeting("Putin", "Macron", on="2022-03", words="They met again."),
        meeting("Putin", "Doe", on="2022-03-01"),
        published="2022-03-02",
    )
    assert reports_of(recoded)[0] not in reports_of(later)
    put(store, recoded)
    assert len(events(store)) == 2, "one of the two, and that with Doe"
    put(store, later)
    assert len(events(store)) == 1
    drop(store, later)
    put(store, recoded)
    assert len(events(store)) == 2


def test_a_judgement_is_taken_back() -> None:
    store = put(memory_store(), *ALL)
    before = lines(store)
    judgement = Judgement.of(reports_of(A)[0], reports_of(B)[0], "different")
    updater = Updater(store, MINTER, gazetteer())
    updater.judge([judgement])
    assert lines(store) != before
    updater.judge(gone=[judgement])
    assert lines(store) == before
