"""Questions with values as Python has them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from building import extraction, meeting, put, visit
from rdflib import RDFS, Graph, URIRef

from kb import KBError, KnowledgeBase, Rows, Triples
from kb.errors import QueryError, UnknownNameError
from kb.store import memory_store

NAMES = "SELECT ?name WHERE { GRAPH ?g { ?actor <http://www.w3.org/2000/01/rdf-schema#label> ?name"
DERIVED = "https://w3id.org/diplomatic-kb/graph/derived"


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    told = extraction(
        "wire",
        meeting("Putin", "Macron", on="2022-02-07", place="Moscow", country="RU"),
        meeting("Lavrov", "Doe", status="planned", on="2022-04"),
        meeting("Doe", "Roe", status="denied", on="2020"),
        visit("Macron", "RU", "Moscow", on="2022-02-07"),
        visit("Lavrov", "KE", status="planned", on="2022-04"),
    )
    return KnowledgeBase(put(memory_store(), told))


@pytest.mark.parametrize(
    ("since", "met"),
    [
        ("2022", 1),
        (2022, 1),
        (2023, 0),
        ("2022-02-08", 0),
        (date(2022, 2, 7), 1),
        (date(2022, 2, 8), 0),
        (datetime(2022, 2, 7, 18, 30), 1),
    ],
)
def test_dates(kb: KnowledgeBase, since: Any, met: int) -> None:
    assert len(kb.who_met(since=since)) == met
    assert len(kb.select("who-met", since=since)) == met


@pytest.mark.parametrize(
    ("statuses", "found"),
    [
        ("planned", {"planned"}),
        (["planned", "denied"], {"planned", "denied"}),
        ("all", {"held", "planned", "denied"}),
    ],
)
def test_statuses(kb: KnowledgeBase, statuses: Any, found: set[str]) -> None:
    assert {row["status"] for row in kb.who_met(statuses=statuses)} == found
    assert {row["status"] for row in kb.visits(statuses=statuses)} == found - {"denied"}


def test_without_statuses_meetings_took_place_and_visits_are_of_any(kb: KnowledgeBase) -> None:
    assert {row["status"] for row in kb.who_met()} == {"held"}
    assert {row["status"] for row in kb.visits()} == {"held", "planned"}


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda kb: kb.who_met(statuses="hold"), "no status 'hold'"),
        (lambda kb: kb.who_met(since="2023-13-45"), "'2023-13-45' is no day"),
        (lambda kb: kb.who_met("Nobody"), "'Nobody'"),
        (lambda kb: kb.query("no-such-query"), "no query named 'no-such-query'"),
        (lambda kb: kb.query("no-such-file.rq"), "no file no-such-file.rq"),
        (lambda kb: kb.query(Path("folder/query.rq")), "no file"),
        (lambda kb: kb.query("SELECT ?x WHERE {"), "not valid SPARQL"),
        (lambda kb: kb.query("who-met", actr="Putin"), "no parameter 'actr'"),
        (
            lambda kb: kb.query(f"# param name string Whose\n{NAMES} }} }}"),
            "needs a value for name",
        ),
        (lambda kb: kb.select("ASK { ?s ?p ?o }"), "no SELECT query"),
    ],
)
def test_what_cannot_be_answered_is_told(kb: KnowledgeBase, ask: Any, reason: str) -> None:
    with pytest.raises(KBError, match=reason):
        ask(kb)


def test_an_unknown_name_comes_with_the_closest(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownNameError) as told:
        kb.who_met("Lavrow")
    assert any("Lavrov" in candidate for candidate in told.value.candidates)


@pytest.mark.parametrize("form", [str, Path])
def test_a_query_from_a_file(kb: KnowledgeBase, tmp_path: Path, form: Any) -> None:
    path = tmp_path / "names.rq"
    path.write_text(NAMES + " } }", encoding="utf-8")
    assert kb.query(form(path)) == kb.query(NAMES + " } }")


@pytest.mark.parametrize(
    ("pattern", "value", "answer"),
    [
        ("GRAPH ?g { ?thing ?has ?value }", "Moscow", True),
        ("GRAPH ?g { ?thing ?has ?value }", "Mosc", False),
        ("GRAPH ?g { ?thing ?has ?value }", ["Mosc", "Moscow"], True),
        ("GRAPH ?g { ?thing ?has ?value }", date(2022, 2, 7), True),
        ("GRAPH ?g { ?thing ?has ?value }", datetime(2022, 2, 7, 12), True),
        ("GRAPH ?g { ?thing ?has ?value }", 1, True),
        ("GRAPH ?g { ?thing ?has ?value }", "1", False),
        (
            "GRAPH ?g { ?thing ?has ?value }",
            "https://w3id.org/diplomatic-kb/ontology#Meeting",
            True,
        ),
        ("GRAPH ?g { ?thing ?has ?value }", '" } #', False),
        ("GRAPH ?g { ?thing ?has ?any } FILTER(?value)", True, True),
        ("GRAPH ?g { ?thing ?has ?any } FILTER(?value)", False, False),
    ],
)
def test_values_become_terms(kb: KnowledgeBase, pattern: str, value: Any, answer: bool) -> None:
    assert kb.query(f"ASK {{ {pattern} }}", value=value) is answer


def test_a_named_query_reads_names_as_it_declares_them(kb: KnowledgeBase) -> None:
    assert kb.query("who-met", actor="Putin", other="France") == kb.query(
        "who-met", actor=["Putin"], other="Macron"
    )
    assert len(kb.select("who-met", standing=["planned", "denied"])) == 2


def test_the_answer_has_the_form_of_the_question(kb: KnowledgeBase) -> None:
    rows = kb.query(NAMES + " } } ORDER BY ?name LIMIT 1")
    assert isinstance(rows, Rows)
    assert rows.columns == ("name",)
    assert kb.query("ASK { GRAPH ?g { ?s ?p ?o } }") is True
    made = kb.query(f"DESCRIBE ?s FROM <{DERIVED}> WHERE {{ ?s ?p 'Moscow' }}")
    assert isinstance(made, Triples)
    graph = made.to_rdflib()
    assert isinstance(graph, Graph)
    assert len(graph) == len(made) > 0
    assert "Moscow" in {str(name) for name in graph.objects(predicate=RDFS.label)}


def test_triples_are_sorted_and_written_as_turtle(kb: KnowledgeBase, tmp_path: Path) -> None:
    made = kb.query(f"CONSTRUCT {{ ?s ?p ?o }} FROM <{DERIVED}> WHERE {{ ?s ?p ?o }}")
    assert isinstance(made, Triples)
    assert list(made) == sorted(set(made), key=str)
    path = tmp_path / "derived.ttl"
    with path.open("wb") as out:
        made.write(out)
    assert len(Graph().parse(path)) == len(made)


def test_a_query_with_a_graph_named_by_a_value(kb: KnowledgeBase) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } }"
    [row] = kb.select(count, graph=URIRef(DERIVED))
    assert row["n"] == len(kb.dataset().graph(URIRef(DERIVED)))


def test_queries_tell_what_they_answer(kb: KnowledgeBase) -> None:
    told = kb.queries()["who-met"]
    assert told.question.startswith("Who met whom")
    assert [parameter.name for parameter in told.parameters][:2] == ["actor", "other"]
    assert len(kb.select(told, actor="Putin")) == 1


def test_a_malformed_query_is_no_syntax_error_of_python(kb: KnowledgeBase) -> None:
    with pytest.raises(QueryError):
        kb.query("SELECT")
