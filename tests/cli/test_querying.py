"""``query``, ``queries``: SPARQL from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from running import Kb, rows

from kb.cli.querying import assignments, interruptible
from kb.errors import KBError, QueryError

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
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


BAD = [
    (["SELECT ?x WHERE { ?x"], "not valid SPARQL: error at 1:21."),
    (["SELECT ?x\nWHERE { ?x ?y }"], "not valid SPARQL: error at 2:"),
    (["SELECT * { ?s foo:bar ?o }"], "error at 1:22: its prefix is not declared"),
    (["SELECT * { ?s ?p <http://e/a b> }"], "not valid SPARQL: error at 1:"),
    (["INSERT DATA { <a:a> <a:b> <a:c> }"], "only reads: INSERT is an update"),
    (["DROP ALL"], "only reads: DROP is an update"),
    (["LOAD <https://e/x>"], "only reads: LOAD is an update"),
    (["DELETE WHERE { ?s ?p ?o }"], "only reads: DELETE is an update"),
    (["SELECT * { SERVICE <https://e/> { ?s ?p ?o } }"], "SERVICE asks another"),
    (["nothing.rq"], "no file nothing.rq"),
    (["nonsense"], "no query named 'nonsense'"),
    ([""], "The query is empty"),
    (["visits", "-p", "colour=red"], "no parameter 'colour'"),
    (["visits", "-p", "red"], "'red' is no parameter"),
    (["visits", "-p", "=red"], "'=red' is no parameter"),
    (["visits", "-p", "since=2023-13-45"], "'2023-13-45' is no day of the calendar"),
    (["visits", "-p", "since=2023", "-p", "until=2022"], "Nothing lies between 2023 and 2022"),
    (["visits", "-p", "visitor=Nobody"], "no actor named 'Nobody'"),
    (["reports-of", "-p", "event=http://e/a b"], "is no IRI"),
    (["visits", "-f", "turtle"], "gives rows, which cannot be written as turtle"),
]


@pytest.mark.parametrize(("args", "message"), BAD, ids=[" ".join(args) for args, _ in BAD])
def test_bad_queries(kb: Kb, args: list[str], message: str) -> None:
    result = kb("query", *args)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) <= 2


CONSTRUCT = "CONSTRUCT { ?a <https://e/met> ?b } WHERE { GRAPH ?g { ?a dip:met ?b } }"


@pytest.mark.parametrize(
    ("form", "parser"), [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld")]
)
def test_triples_in_the_formats_of_rdf(kb: Kb, form: str, parser: str) -> None:
    shown = kb("query", CONSTRUCT, "-f", form).stdout
    assert len(Graph().parse(data=shown, format=parser)) == 6


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_triples_as_rows(kb: Kb, form: str) -> None:
    shown = kb("query", CONSTRUCT, "-f", form).stdout
    assert "subject" in shown
    assert "https://e/met" in shown


def test_describe_tells_what_any_graph_says(kb: Kb) -> None:
    [row] = rows(kb("visits", "--by", "Lavrov", "-f", "json"))
    shown = kb("query", f"# all\nPREFIX e: <https://e/>\nDESCRIBE <{row['visit']}>").stdout
    assert (None, None, Literal("2022-04", datatype=EDTF)) in Graph().parse(data=shown)


def test_a_query_that_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("threading.Thread.join", interrupted)
    with pytest.raises(KBError, match="interrupted before it was answered"):
        interruptible(lambda: 1)


def test_what_a_query_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        interruptible(lambda: 1 // 0)


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


def test_ask_answers_a_named_question(kb: Kb) -> None:
    found = rows(kb("ask", "met-most-by", "-p", "actor=Vladimir Putin", "-f", "json"))
    assert found
    assert all(row["meetings"] >= 1 and row["name"] != "Vladimir Putin" for row in found)


def test_ask_takes_no_sparql(kb: Kb) -> None:
    result = kb("ask", COUNT)
    assert result.exit_code == 1
    assert "no query named" in result.stderr
