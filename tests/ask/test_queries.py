"""The files in ``queries/``: described, runnable as they stand, and answering with parameters."""

from __future__ import annotations

import pytest
from building import extraction, meeting, put, visit
from pyoxigraph import QuerySolutions

from kb.ask import named_queries, named_query, parse_query, run, select
from kb.ask.named import NamedQuery
from kb.ask.parameters import terms
from kb.ask.sparql import variables
from kb.errors import QueryError
from kb.store import Store, memory_store

QUERIES = named_queries()


@pytest.fixture(scope="module")
def store() -> Store:
    return put(
        memory_store(),
        extraction("a", meeting("Putin", "Macron", on="2022-02-07"), visit("Macron", "RU")),
        extraction("b", meeting("Putin", "Macron", on="2021-12-14", medium="phone")),
        extraction("c", meeting("Macron", "Doe", on="2022-03-01")),
        extraction("d", meeting("Macron", "Doe", on="2022-03-01", status="denied")),
    )


@pytest.fixture(params=QUERIES.values(), ids=list(QUERIES))
def query(request: pytest.FixtureRequest) -> NamedQuery:
    assert isinstance(request.param, NamedQuery)
    return request.param


def test_it_is_described(query: NamedQuery) -> None:
    assert query.title
    assert query.question.endswith("?")
    assert query.examples
    assert all(example.startswith("kb ") for example in query.examples)
    assert all(p.description for p in query.parameters)


def test_its_parameters_are_its_variables(query: NamedQuery) -> None:
    assert {p.name for p in query.parameters} <= variables(query.text)


def test_it_runs_as_it_stands(query: NamedQuery, store: Store) -> None:
    assert isinstance(run(store, query.text), QuerySolutions)


def test_it_names_its_graphs(query: NamedQuery) -> None:
    """Products differ in what is in the default graph: nothing may be asked of it."""
    assert "GRAPH" in query.text
    assert "FROM" not in query.text


ANSWERS = [
    ("most-met", {}, [{"one": "Emmanuel Macron", "two": "Vladimir Putin", "meetings": 2,
                       "last": "2022-02-07"}]),
    ("most-met", {"since": ["2022"]}, [{"one": "Emmanuel Macron", "two": "Vladimir Putin",
                                        "meetings": 1, "last": "2022-02-07"}]),
    ("most-met", {"until": ["2020"]}, []),
    ("events-by-digits", {"digits": ["0000000000"]}, []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "expected"), ANSWERS)
def test_answers(
    store: Store, name: str, given: dict[str, list[str]], expected: list[dict[str, object]]
) -> None:
    asked = named_query(name)
    assert select(store, asked, terms(store, asked, given)) == expected


def test_the_last_meeting_of_a_pair_with_one_of_unknown_date() -> None:
    dated = extraction("a", meeting("Putin", "Macron", on="2022-02-07"))
    undated = extraction("b", meeting("Putin", "Macron", place="Paris", country="FR"))
    found = select(put(memory_store(), dated, undated), named_query("most-met"))
    assert found[0]["last"] == "2022-02-07"


def test_what_is_disputed(store: Store) -> None:
    [row] = select(store, named_query("disputed"))
    assert row["kind"] == "meeting"
    assert set(row["actors"].split(", ")) == {"Emmanuel Macron", "Jane Doe"}


def test_offices(store: Store) -> None:
    asked = named_query("offices")
    rows = select(store, asked, terms(store, asked, {"person": ["Macron"]}))
    assert any(r["since"].startswith("2017-05") and r["state"] == "France" for r in rows)


def test_names_bear_keys(store: Store) -> None:
    asked = named_query("names")
    [row] = select(store, asked, terms(store, asked, {"key": ["macron"]}))
    assert (row["name"], row["full"], row["country"]) == ("Emmanuel Macron", False, "FR")


BAD = [
    ("nonsense", "there is no query named"),
    ("../pyproject", "there is no query named"),
]


@pytest.mark.parametrize(("name", "message"), BAD)
def test_an_unknown_query(name: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as error:
        named_query(name)
    assert "who-met" in (error.value.hint or "")


def test_a_parameter_it_does_not_have(store: Store) -> None:
    with pytest.raises(QueryError, match="has no parameter 'colour'"):
        terms(store, named_query("visits"), {"colour": ["red"]})


def test_a_parameter_that_it_needs(store: Store) -> None:
    needy = parse_query("# param n integer How many\nSELECT ?n WHERE { ?s ?p ?n }", "needy")
    with pytest.raises(QueryError, match="needy needs a value for n"):
        terms(store, needy, {})
    with pytest.raises(QueryError, match="whole number"):
        terms(store, needy, {"n": ["many"]})
    assert str(terms(store, needy, {"n": ["3"]})["n"][0]).startswith('"3"')


def test_without_a_header_a_value_is_text_or_an_iri(store: Store) -> None:
    plain = parse_query("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }")
    values = terms(store, plain, {"s": ["https://e/x"], "o": ["France"]})
    assert [str(v[0]) for v in values.values()] == ["<https://e/x>", '"France"']


def test_a_parameter_without_a_type() -> None:
    with pytest.raises(QueryError, match="has no type"):
        parse_query("# param x\nSELECT ?x {}", "bad")
