"""Who is meant by a name, and what is said where that is open."""

from __future__ import annotations

import pytest
from building import ACTORS, MINTER, extraction, meeting, put, visit
from pyoxigraph import NamedNode

from kb.ask.names import Wanted, closest, find
from kb.errors import KBError, UnknownNameError
from kb.gazetteer import gazetteer
from kb.naming import naming
from kb.store import Store, memory_store


@pytest.fixture(scope="module")
def store() -> Store:
    return put(
        memory_store(),
        extraction(
            "a",
            meeting("Putin", "Macron"),
            meeting("Doe", "Roe"),
            meeting("Namesake", "Lavrov"),
            meeting("officials", "UN"),
            visit("Macron", "RU", "Moscow"),
            visit("Roe", "SG", "Singapore"),
        ),
    )


def iri(name: str) -> NamedNode:
    return MINTER.actor(ACTORS[name])


FOUND: list[tuple[str, Wanted, list[NamedNode]]] = [
    ("Vladimir Putin", "actor", [iri("Putin")]),
    ("vladimir  PUTIN", "actor", [iri("Putin")]),
    ("Putin", "actor", [iri("Putin")]),
    ("Roe", "actor", [iri("Roe")]),
    ("J. Doe", "actor", [iri("Doe")]),
    ("France", "actor", [iri("France")]),
    ("FR", "actor", [iri("France")]),
    ("french", "actor", [iri("France")]),
    ("Kremlin", "actor", [iri("Russia")]),
    ("Moscow", "actor", [iri("Russia")]),
    ("Moscow", "place", [MINTER.place("Moscow", "RU")]),
    ("Russia", "place", [iri("Russia")]),
    ("UN", "actor", [iri("UN")]),
    ("person/Q7747", "actor", [iri("Putin")]),
    ("Q7747", "actor", [iri("Putin")]),
    (iri("Putin").value, "actor", [iri("Putin")]),
]


@pytest.mark.parametrize(("name", "wanted", "nodes"), FOUND)
def test_found(store: Store, name: str, wanted: Wanted, nodes: list[NamedNode]) -> None:
    assert find(store, name, wanted) == nodes


def test_a_city_state_is_both_its_natures(store: Store) -> None:
    place, state = MINTER.place("Singapore", "SG"), MINTER.state("SG")
    assert set(find(store, "Singapore", "place")) == {place, state}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Putiin", "Vladimir Putin"),
        ("Emanuel Macron", "Emmanuel Macron"),
        ("Jane", "Jane Doe"),
    ],
)
def test_an_unknown_name_is_answered_with_the_closest(store: Store, name: str, told: str) -> None:
    with pytest.raises(UnknownNameError, match="no actor named") as error:
        find(store, name)
    assert told in error.value.candidates
    assert told in (error.value.hint or "")


def test_a_name_that_two_bear_is_answered_with_both(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="may be") as error:
        find(store, "Jane Doe")
    assert error.value.candidates == ("Jane Doe (person, KE)", "Jane Doe (person, NZ)")


@pytest.mark.parametrize("name", ["", "???", "zzzzzzzz"])
def test_a_name_of_nobody(store: Store, name: str) -> None:
    with pytest.raises(UnknownNameError):
        find(store, name)
    assert closest(store, "zzzzzzzz") == []


@pytest.mark.parametrize("name", ["https://example.org/x", "person/nobody", "Q1"])
def test_an_iri_of_nothing(store: Store, name: str) -> None:
    with pytest.raises(UnknownNameError, match="nothing called"):
        find(store, name)


def test_an_iri_with_a_blank_is_none(store: Store) -> None:
    with pytest.raises(KBError, match="is no IRI"):
        find(store, "https://example.org/a b")


def test_a_store_without_articles() -> None:
    with pytest.raises(UnknownNameError):
        find(memory_store(), "Putin")


def test_names_of_a_person_whom_the_gazetteer_knows() -> None:
    named = naming("person", ["Sergei Lavrov"], [], "Q58217", "RU", gazetteer())
    assert named.label == "Sergey Lavrov"
    assert {"sergei lavrov", "sergey lavrov"} <= set(named.keys)
    assert "lavrov" in named.short_keys


def test_a_family_name_that_comes_first() -> None:
    named = naming("person", ["Ban Somebody"], [], None, "KR", gazetteer())
    assert named.short_keys == ("ban",)


def test_of_two_spellings_the_one_with_fewer_capitals_is_shown() -> None:
    assert naming(None, ["MOSCOW", "Moscow"], [], None, None, gazetteer()).label == "Moscow"
