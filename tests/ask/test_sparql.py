"""Binding parameters: which braces, which block, and nothing but terms."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Store

from kb.ask.sparql import bind, outermost_group, selected, values_blocks, variables
from kb.errors import QueryError

A, B = NamedNode("http://e/a"), NamedNode("http://e/b")

BOUND = [
    # the query, the parameters, what comes out
    ("SELECT * { ?s ?p ?o }", {"s": [A]}, "SELECT * { VALUES ?s { <http://e/a> }  ?s ?p ?o }"),
    (
        "SELECT * WHERE { VALUES ?s { UNDEF } ?s ?p ?o }",
        {"s": [A, B]},
        "SELECT * WHERE { VALUES ?s { <http://e/a> <http://e/b> } ?s ?p ?o }",
    ),
    (
        "SELECT * { { VALUES ?s { UNDEF } ?s ?p ?o } ?s ?q ?r }",
        {"s": [A]},
        "SELECT * { { VALUES ?s { <http://e/a> } ?s ?p ?o } ?s ?q ?r }",
    ),
    (
        "# VALUES ?s { UNDEF }\nASK { ?s ?p 'VALUES ?s { }' }",
        {"s": [A]},
        "# VALUES ?s { UNDEF }\nASK { VALUES ?s { <http://e/a> }  ?s ?p 'VALUES ?s { }' }",
    ),
    (
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        {"s": [A]},
        "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { <http://e/a> }  ?s ?p ?o }",
    ),
    (
        "CONSTRUCT WHERE { ?s ?p ?o }",
        {"s": [A]},
        "CONSTRUCT WHERE { VALUES ?s { <http://e/a> }  ?s ?p ?o }",
    ),
    ("ASK { FILTER(?n < 3) ?s ?p ?n }", {}, "ASK { FILTER(?n < 3) ?s ?p ?n }"),
]


@pytest.mark.parametrize(("query", "values", "expected"), BOUND)
def test_bind(query: str, values: dict[str, list[NamedNode]], expected: str) -> None:
    assert bind(query, values) == expected


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        'a "quote"',
        "} UNION { ?x ?y ?z",
        "line\nbreak",
        "back\\slash",
        "\\u0041",
        "ü😀",
        "'",
    ],
)
def test_a_value_is_never_syntax(value: str) -> None:
    text = bind("SELECT ?v { VALUES ?v { UNDEF } }", {"v": [Literal(value)]})
    answer = Store().query(text)
    assert isinstance(answer, QuerySolutions)
    assert [row["v"].value for row in answer] == [value]


def test_an_unbound_parameter_is_unbound() -> None:
    answer = Store().query("ASK { VALUES ?v { UNDEF } FILTER(!BOUND(?v)) }")
    assert isinstance(answer, QueryBoolean)
    assert bool(answer)


def test_blocks_say_whether_they_are_undefined() -> None:
    query = "SELECT * { VALUES ?a { UNDEF } VALUES ?b { 1 2 } VALUES (?c ?d) { (1 2) } }"
    assert [(b.name, b.undefined) for b in values_blocks(query)] == [("a", True), ("b", False)]


def test_variables_in_strings_and_comments_are_none() -> None:
    assert variables("SELECT ?a { ?a $b '?c' # ?d\n }") == {"a", "b"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("# SELECT ?x\nPREFIX a: <http://e/?no> SELECT DISTINCT ?a $b WHERE { ?a ?b ?c }", "a b"),
        ("SELECT ?a (COUNT(DISTINCT ?b) AS ?n) (1 AS ?m) ?c { ?a ?b ?c }", "a n m c"),
        ("SELECT ?a FROM <http://e/g> { ?a ?b ?c }", "a"),
        ("SELECT * { { SELECT ?a { ?a ?b ?c } } }", ""),
        ("ASK { ?a ?b ?c }", ""),
    ],
)
def test_the_columns_of_a_query(query: str, names: str) -> None:
    assert selected(query) == tuple(names.split())


@pytest.mark.parametrize(
    ("query", "name"), [("SELECT ?s { ?s ?p ?o }", "x"), ("DESCRIBE <http://e/a>", "s")]
)
def test_a_parameter_that_is_no_variable(query: str, name: str) -> None:
    with pytest.raises(QueryError, match=rf"no variable \?{name}"):
        bind(query, {name: [A]})


def test_no_group() -> None:
    with pytest.raises(QueryError, match="no group"):
        outermost_group("DESCRIBE ?s")
