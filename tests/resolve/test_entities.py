"""When two names of an article are one, and how a name told is cleaned."""

from __future__ import annotations

from datetime import date

import pytest

from kb.names import fold
from kb.resolve.entities import Entity, clean_name, same_name
from tests.extract.coding import code

NAMES = [
    ("Ana Rojas", "Ana Rojas", True),
    ("Ana Rojas", "Ana María Rojas", True),
    ("Ana M. Rojas", "Ana María Rojas", True),
    ("A. Rojas", "Ana Rojas", True),
    ("Walter Pratt, Jr.", "Walter Pratt", True),
    ("Mori Kenji", "Kenji Mori", True),
    ("Ana Rojas", "Eva Rojas", False),
    ("Ana Rojas", "Ana Vidal", False),
    ("Sharif Osman Ahmed", "Sharif Ibrahim Ahmed", False),
    ("Rojas", "Ana Rojas", False),
]


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_full_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_name(fold(one), fold(other)) is same
    assert same_name(fold(other), fold(one)) is same


ALONE = [
    ("Ana Rojas", "CL", "rojas", True),
    ("Ana Rojas", "CL", "ana", False),
    ("Park Seo-jin", "KR", "park", True),
    ("Khalid al-Amri", "OM", "al amri", True),
    ("Khalid al-Amri", "OM", "amri", True),
    ("Pieter van der Velde", "BE", "van der velde", True),
    ("Thein Win", "MM", "thein", True),
]


@pytest.mark.parametrize(("name", "country", "alone", "goes"), ALONE)
def test_a_name_alone(name: str, country: str, alone: str, goes: bool) -> None:
    assert Entity("person", name, country=country).goes_by(alone) is goes


TOLD = [("Ana Rojas's", "Ana Rojas"), ("Ana\nRojas,", "Ana Rojas"), ("Jong - un", "Jong-un")]


@pytest.mark.parametrize(("told", "clean"), TOLD)
def test_a_name_as_told_is_cleaned(told: str, clean: str) -> None:
    assert clean_name(told) == clean


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("National Security Advisor Sullivan", "Jake Sullivan"),
        ("Secretary Blinken", "Antony Blinken"),
    ],
)
def test_of_officials_of_one_surname_the_one_so_called(title: str, name: str) -> None:
    told = code(f"President Biden met {title} on Friday.", published=date(2021, 8, 20))
    assert {actor.name for actor in told.actors} == {"Joe Biden", name}
