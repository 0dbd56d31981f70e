"""A corpus of our own: several outlets on one event, plans, denials, namesakes, spellings, copies.

What the articles come to is written down here; and in whatever order they are added, added again,
taken out, and judged, the store is as if only what is left had ever been there.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from building import MINTER, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.coder import Coder
from kb.errors import KBError
from kb.gazetteer import gazetteer
from kb.judgements import Judged, Judgement
from kb.knowledge_base import KnowledgeBase
from kb.rdf import RULES, ArticleGraph, article_graph, by_rule
from kb.read import ReadFailure, read_paths
from kb.store import Store, memory_store
from kb.update import Updater
from kb.views.rows import Row
from kb.vocabulary import DIP, GRAPH

CONCLUSION = {"met": DIP.met, "acted-for": DIP.actedFor}

CORPUS = Path(__file__).parent / "corpus.jsonl"


@cache
def graphs() -> dict[str, ArticleGraph]:
    """The graph of each article, by its id."""
    coder = Coder()
    out = {}
    for article in read_paths([CORPUS]):
        assert not isinstance(article, ReadFailure)
        out[article.id] = article_graph(coder.code(article), MINTER, gazetteer())
    return out


@cache
def everything() -> KnowledgeBase:
    kb = KnowledgeBase.memory()
    for graph in graphs().values():
        Updater(kb.store, MINTER, gazetteer()).put(graph)
    return kb


def told_by(row: Row) -> list[str]:
    """The ids of the articles that report an event."""
    return sorted(str(report["key"]).rpartition("/")[2] for report in row["reports"])


def names(row: Row) -> list[str]:
    return sorted(who["name"] for who in row["participants"])


def meeting_of(article: str) -> Row:
    """The one meeting that an article reports."""
    [row] = [r for r in everything().who_met(statuses="all") if article in told_by(r)]
    return row


EVENTS = [
    (["meet-1", "meet-2", "meet-3", "meet-4", "meet-5"], "held", "2024-05-18",
     ["Hakan Fidan", "Sergey Lavrov"]),
    (["three-1", "three-2"], "held", "2024-06-03",
     ["Ayman Safadi", "Mohammed bin Abdulrahman Al Thani", "Sameh Shoukry"]),
    (["off-1", "off-2"], "cancelled", "2024-07-10", ["Moosa Zameer", "S. Jaishankar"]),
    (["held-1", "held-2"], "disputed", "2024-03-10", ["Ali Bagheri Kani", "Brett McGurk"]),
    (["pres-1"], "held", "2016-03-01", ["David Cameron", "François Hollande"]),
    (["pres-2"], "held", "2018-03-01", ["Emmanuel Macron", "Theresa May"]),
    (["name-1"], "held", "2024-02-02", ["John Mwangi", "Peter Okello"]),
    (["name-2"], "held", "2024-02-09", ["John Mwangi", "Peter Okello"]),
    (["spell-1", "spell-2"], "held", "2024-04-04", ["Erlan Akishev", "Viacheslav Zubarev"]),
]  # fmt: skip


@pytest.mark.parametrize(("articles", "status", "day", "who"), EVENTS, ids=lambda v: str(v)[:30])
def test_events(articles: list[str], status: str, day: str, who: list[str]) -> None:
    row = meeting_of(articles[0])
    assert told_by(row) == articles
    assert (row["status"], row["date"], names(row)) == (status, day, who)


def test_a_copy_is_no_source_of_its_own() -> None:
    row = meeting_of("meet-1")
    assert (row["articles"], row["sources"]) == (5, 4)


def test_namesakes_of_two_states_are_two() -> None:
    rows = everything().actors("John Mwangi")
    assert sorted(str(row["country"]) for row in rows) == ["KE", "TZ"]
    assert len(everything().actors("Peter Okello")) == 1


def test_another_spelling_finds_the_same_person() -> None:
    [one] = everything().actors("Vyacheslav Zubarev")
    [other] = everything().actors("Viacheslav Zubarev")
    assert one["actor"] == other["actor"]
    assert set(one["names"]) >= {"Vyacheslav Zubarev", "Viacheslav Zubarev"}


def test_the_same_quote_is_one_statement() -> None:
    rows = everything().statements("Fidan", about="corridor")
    assert [told_by(row) for row in rows] == [["said-1", "said-2"]]


def test_conflicts_name_the_sources() -> None:
    rows = {row["status"]: row for row in everything().conflicts("status")}
    assert set(rows) == {"cancelled", "disputed"}
    said = {(report["source"], report["status"]) for report in rows["disputed"]["reports"]}
    assert said == {("Harbour Wire", "held"), ("State Herald", "denied")}


def test_a_point_that_there_is_not() -> None:
    with pytest.raises(KBError, match="do not disagree in 'colour'"):
        everything().conflicts("colour")


def test_who_is_left_out_is_told() -> None:
    rows = everything().conflicts("participants")
    assert {tuple(told_by(everything().show(row["event"]))) for row in rows} == {
        ("meet-1", "meet-2", "meet-3", "meet-4", "meet-5"),
        ("three-1", "three-2"),
    }


# -- order -----------------------------------------------------------------------------------------

Step = tuple[str, str]


def derived(store: Store) -> list[str]:
    """All but the judgements, which also keep what their reports were when they were judged."""
    return [line for line in lines(store) if not line.endswith(f" {GRAPH.judgements}")]


@cache
def candidates() -> list[Judgement]:
    """Judgements that somebody could make of this corpus."""
    by_article = {a: [r.iri for r in graph.reports] for a, graph in graphs().items()}
    person = MINTER.thing("person", "").value
    return [
        Judgement.of(by_article["meet-2"][0], by_article["meet-3"][0], "different"),
        Judgement.of(by_article["meet-2"][0], by_article["meet-4"][0], "different"),
        Judgement.of(by_article["name-1"][0], by_article["name-2"][0], "same"),
        Judgement.of(by_article["off-1"][0], by_article["off-2"][0], "different"),
        Judgement.of(person + "john-mwangi.KE", person + "john-mwangi.TZ", "same"),
        Judgement.of(
            person + "vyacheslav-zubarev.RU", person + "viacheslav-zubarev.RU", "different"
        ),
        Judgement.of(person + "yerlan-akishev.KZ", person + "peter-okello.UG", "same"),
    ]


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    articles = sorted(graphs())
    several = st.lists(st.sampled_from(articles), min_size=1, max_size=5).map(" ".join)
    moves = st.one_of(
        st.tuples(st.sampled_from(["put", "put", "drop"]), several),
        st.tuples(st.sampled_from(["judge", "forget"]), st.sampled_from([*map(str, range(7))])),
    )
    return draw(st.lists(moves, min_size=4, max_size=28))


@settings(max_examples=60, deadline=None)
@given(histories(), st.randoms())
def test_whatever_has_been_only_what_is_left_counts(
    history: list[Step], rng: random.Random
) -> None:
    store = memory_store()
    updater = Updater(store, MINTER, gazetteer())
    there: set[str] = set()
    judged: set[int] = set()
    for move, what in history:
        if move == "put":
            updater.put(*(graphs()[article] for article in what.split()))
            there.update(what.split())
        elif move == "drop":
            updater.drop(*(graphs()[article].name for article in what.split()))
            there.difference_update(what.split())
        elif move == "judge":
            updater.judge([candidates()[int(what)]])
            judged.add(int(what))
        else:
            updater.judge(gone=[candidates()[int(what)]])
            judged.discard(int(what))
    fresh = memory_store()
    anew = Updater(fresh, MINTER, gazetteer())
    anew.judge([candidates()[k] for k in judged])
    for article in rng.sample(sorted(there), len(there)):
        anew.put(graphs()[article])
    assert derived(store) == derived(fresh)
    for rule in RULES:
        follows = by_rule(rule, store.quads())
        assert set(follows) == set(store.quads(predicate=CONCLUSION[rule]))
    assert updater.judgements() == anew.judgements()


def test_a_judgement_is_on_what_is_there() -> None:
    assert Judged(candidates()).all == tuple(sorted(candidates()))
    kb = everything()
    reports = {r.iri for graph in graphs().values() for r in graph.reports}
    for judgement in candidates():
        for thing in judgement.about:
            assert thing in reports or kb.actors(thing)
