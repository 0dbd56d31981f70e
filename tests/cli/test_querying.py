"""``query``, ``queries``: SPARQL from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import Graph
from running import Kb, rows

from kb.cli.querying import assignments
from kb.errors import QueryError

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
DIP = "https://w3id.org/diplomatic-kb/ontology#"


def test_a_file(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "count.rq").write_text(COUNT, encoding="utf-8")
    [row] = rows(kb("query", "count.rq", "-f", "json"))
    assert row["n"] > 100


def test_standard_input_and_the_query_itself(kb: Kb) -> None:
    assert rows(kb("query", "-", "-f", "json", input=COUNT.encode())) == rows(
        kb("query", COUNT, "-f", "json")
    )


def test_a_named_query_with_parameters(kb: Kb) -> None:
    found = rows(kb("query", "visits", "--param", "visitor=Lavrov", "-f", "json"))
    assert [(r["status"], r["country"]) for r in found] == [("planned", "KE")]


def test_a_value_is_bound_never_pasted(kb: Kb) -> None:
    found = kb("query", "statements", "-p", 'about=" } UNION { ?a ?b ?c } #', "-f", "json")
    assert rows(found) == []


def test_yes_or_no(kb: Kb) -> None:
    assert rows(kb("query", "ASK { GRAPH ?g { ?s ?p ?o } }", "-f", "json")) == [{"answer": True}]
    assert "true" in kb("query", "ASK { GRAPH ?g { ?s ?p ?o } }").stdout.lower()


def test_construct_gives_turtle(kb: Kb) -> None:
    query = f"CONSTRUCT {{ ?a <https://e/met> ?b }} WHERE {{ GRAPH ?g {{ ?a <{DIP}met> ?b }} }}"
    graph = Graph().parse(data=kb("query", query).stdout, format="turtle")
    assert len(graph) == 6


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["SELECT ?x WHERE { ?x"], "not valid SPARQL"),
        (["nothing.rq"], "no file nothing.rq"),
        (["nonsense"], "no query named 'nonsense'"),
        (["visits", "-p", "colour=red"], "no parameter 'colour'"),
        (["visits", "-p", "red"], "'red' is no parameter"),
        (["INSERT DATA { <a:a> <a:b> <a:c> }"], "not valid SPARQL"),
    ],
)
def test_bad_queries(kb: Kb, args: list[str], message: str) -> None:
    result = kb("query", *args)
    assert result.exit_code == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_no_text(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe\x00SELECT")
    assert "no text in UTF-8" in kb("query", "bad.rq").stderr


def test_queries_are_listed_and_printed(kb: Kb) -> None:
    listed = kb("queries").stdout
    assert "who-met" in listed
    assert "most-met" in listed
    assert kb("queries", "who-met").stdout.startswith("# title: Who met whom")


def test_json_of_a_table_is_complete(kb: Kb) -> None:
    found = json.loads(kb("query", "articles", "-f", "json").stdout)
    assert {"article", "key", "title", "source", "published", "reports"} == set(found[0])


@pytest.mark.parametrize("text", ["name", "=value", "?=x"])
def test_an_assignment_that_is_none(text: str) -> None:
    with pytest.raises(QueryError, match="is no parameter"):
        assignments([text])


def test_assignments() -> None:
    assert assignments(["a=1", "?b=x=y", "a=2"]) == {"a": ["1", "2"], "b": ["x=y"]}
