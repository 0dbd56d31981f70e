"""Office holders of several tables become one: corrections, identities, spells."""

from __future__ import annotations

import pytest

from kb.gazetteer.holders import COLUMNS, Row, correct, identify, merge

PRESIDENT = ("President", "head_of_state")
MINISTER = ("Minister of Foreign Affairs", "foreign_minister")


def row(person: str, iso2: str = "CL", office: tuple[str, str] = PRESIDENT, **cells: str) -> Row:
    """A row with its cells; what is not told is empty."""
    told = {"person": person, "iso2": iso2, "office": office[0], "office_kind": office[1]}
    return {column: told.get(column, "") for column in COLUMNS} | cells


def spells(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(r["person"], r["start"], r["end"]) for r in rows]


# -- correct ---------------------------------------------------------------------------------


def correction(column: str, was: str = "", value: str = "") -> dict[str, str]:
    return {"person": "Ana Rojas", "iso2": "CL", "column": column, "was": was, "value": value}


def test_a_wrong_cell_is_set_right() -> None:
    rows = [row("Ana Rojas", person_qid="Q1")]
    assert correct(rows, [correction("person_qid", "Q1", "Q2")])[0]["person_qid"] == "Q2"


@pytest.mark.parametrize(
    "other",
    [row("Ana Rojas", person_qid="Q3"), row("Ana Rojas", "PE", person_qid="Q1"), row("Eva Diaz")],
    ids=["another value", "another state", "another person"],
)
def test_a_correction_changes_nothing_else(other: Row) -> None:
    assert correct([other], [correction("person_qid", "Q1", "Q2")]) == [other]


def test_rows_can_be_dropped() -> None:
    rows = [row("Ana Rojas"), row("Ana Rojas", "PE")]
    assert [r["iso2"] for r in correct(rows, [correction("drop")])] == ["PE"]


# -- identify --------------------------------------------------------------------------------


def ids(rows: list[Row], **aliases: list[str]) -> list[str]:
    return [r["person_qid"] for r in identify(rows, aliases, {"UN"})]


def test_one_name_and_state_are_one_person() -> None:
    assert ids([row("Ana Rojas", person_qid="Q1"), row("Ana Rojas")]) == ["Q1", "Q1"]


def test_other_names_and_aliases_count() -> None:
    rows = [row("Ana Rojas", person_qid="Q1"), row("Ana R. Vidal", other_names="Anita Rojas")]
    assert ids(rows) == ["Q1", ""]
    assert ids(rows, Q1=["Anita Rojas"]) == ["Q1", "Q1"]


def test_word_order_counts_only_where_news_keeps_one() -> None:
    assert ids([row("Sato Ken", "JP", person_qid="Q1"), row("Ken Sato", "JP")]) == ["Q1", "Q1"]
    assert ids([row("Omar bin Ali", "OM", person_qid="Q1"), row("Ali bin Omar", "OM")]) == [
        "Q1", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [row("Ana Rojas", "PE"), row("Rojas")],
    ids=["another state", "a surname"],
)
def test_what_is_unsure_stays_apart(other: Row) -> None:
    assert ids([row("Ana Rojas", person_qid="Q1"), other]) == ["Q1", ""]


def test_two_namesakes_leave_a_third_row_open() -> None:
    rows = [row("Ana Rojas", person_qid="Q1"), row("Ana Rojas", person_qid="Q2"), row("Ana Rojas")]
    assert ids(rows) == ["Q1", "Q2", ""]


def test_officials_of_bodies_are_found_by_their_state() -> None:
    assert ids([row("Ana Rojas", person_qid="Q1"), row("Ana Rojas", "UN")]) == ["Q1", "Q1"]


def test_without_an_id_the_first_spelling_is_kept() -> None:
    rows = [row("Ana Rojas", other_names="Ana Vidal"), row("Ana Vidal")]
    assert [r["person"] for r in identify(rows, {}, set())] == ["Ana Rojas", "Ana Rojas"]


# -- merge -----------------------------------------------------------------------------------


def test_overlapping_spells_join() -> None:
    rows = [
        row("Ana Rojas", start="2010-03-11", end="2014-03-11"),
        row("Ana Rojas", start="2010-03", end="2014-03"),
    ]
    assert spells(merge(rows, [])) == [("Ana Rojas", "2010-03", "2014-03-11")]


def test_a_second_term_stays_a_row_of_its_own() -> None:
    rows = [
        row("Ana Rojas", start="2010", end="2014"),
        row("Ana Rojas", start="2018", end="2022"),
    ]
    assert len(merge(rows, [])) == 2


def test_offices_of_a_kind_that_is_held_alone_join_whatever_they_are_called() -> None:
    rows = [
        row("Ana Rojas", office=MINISTER, start="2010", end="2014"),
        row(
            "Ana Rojas", office=("Foreign Secretary", "foreign_minister"), start="2011", end="2014"
        ),
    ]
    assert len(merge(rows, [])) == 1


def test_a_hand_kept_row_replaces_dates_and_keeps_what_is_more_precise() -> None:
    told = [row("Ana Rojas", start="2010-03-11", end="", person_qid="Q1", source="a table")]
    kept = [row("Ana Rojas", start="2010-03", end="2014-03-11", person_qid="Q1", source="memory")]
    (merged,) = merge(told, kept)
    assert spells([merged]) == [("Ana Rojas", "2010-03-11", "2014-03-11")]
    assert merged["source"] == "a table; dates from memory"


def test_high_offices_come_first() -> None:
    rows = [row("Eva Diaz", office=MINISTER, start="2010"), row("Ana Rojas", start="2010")]
    assert [r["person"] for r in merge(rows, [])] == ["Ana Rojas", "Eva Diaz"]
