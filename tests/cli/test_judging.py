"""What people correct: ``review``, ``conflicts``, ``same``, ``different``, ``forget``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main
from kb.knowledge_base import KnowledgeBase

TEXT = "Kenyan minister {} met Sergey Lavrov in Rome on 3 May 2024."


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = str(tmp_path / "store")
    with KnowledgeBase.create(path) as kb:
        for name in ("Jane Doe", "J. M. Doe"):
            kb.add_text(TEXT.format(name), title=f"{name} in Rome", source="Wire")
    return path


def run(store: str, *words: str) -> Result:
    return CliRunner().invoke(main, ["--store", store, *words])


def rows(store: str, *words: str) -> list[dict[str, object]]:
    result = run(store, *words, "-f", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert isinstance(found, list)
    return found


def test_what_is_unsure_is_listed_until_it_is_judged(store: str) -> None:
    [row] = rows(store, "review")
    assert row["names"] == ["J. M. Doe (KE)", "Jane Doe (KE)"]
    assert run(store, "different", "Jane Doe", "J. M. Doe").exit_code == 0
    assert rows(store, "review") == []


def test_two_that_are_one_meet_once(store: str) -> None:
    assert len(rows(store, "who-met")) == 2
    result = run(store, "same", "J. M. Doe", "Jane Doe", "--reason", "one minister")
    assert result.exit_code == 0
    assert result.output == ("Recorded: person/j-m-doe.KE and person/jane-doe.KE are same.\n")
    [row] = rows(store, "who-met", "Doe")
    assert row["articles"] == 2
    [judged] = rows(store, "judgements")
    assert (judged["verdict"], judged["reason"]) == ("same", "one minister")


def test_a_judgement_survives_adding_again(store: str) -> None:
    run(store, "same", "J. M. Doe", "Jane Doe")
    with KnowledgeBase.create(store) as kb:
        for article in kb.articles():
            kb.remove(str(article["article"]))
        for name in ("Jane Doe", "J. M. Doe"):
            kb.add_text(TEXT.format(name), title=f"{name} in Rome", source="Wire")
    assert len(rows(store, "who-met")) == 1


def test_it_can_be_taken_back(store: str) -> None:
    run(store, "same", "J. M. Doe", "Jane Doe")
    result = run(store, "forget", "person/jane-doe.KE", "person/j-m-doe.KE")
    assert result.exit_code == 0
    assert len(rows(store, "who-met")) == 2
    assert run(store, "forget", "person/jane-doe.KE", "person/j-m-doe.KE").exit_code == 1


def test_a_report_is_taken_out_of_an_event(store: str) -> None:
    run(store, "same", "J. M. Doe", "Jane Doe")
    [row] = rows(store, "who-met")
    event = str(row["meeting"]).rpartition("/")[2]
    reports = row["reports"]
    assert isinstance(reports, list)
    other = next(r for r in (str(r["report"]).rpartition("/")[2] for r in reports) if r != event)
    assert run(store, "different", event, f"report/{other}").exit_code == 0
    assert len(rows(store, "who-met")) == 2
    assert run(store, "same", event, other).exit_code == 0, "a later judgement replaces it"
    assert len(rows(store, "who-met")) == 1


def test_it_is_carried_along(store: str, tmp_path: Path) -> None:
    run(store, "same", "J. M. Doe", "Jane Doe", "--reason", "one minister")
    for suffix in ("nq", "ttl"):
        file, copy = str(tmp_path / f"all.{suffix}"), str(tmp_path / f"copy-{suffix}")
        assert run(store, "export", file).exit_code == 0
        assert run(copy, "import", file).exit_code == 0
        assert rows(copy, "judgements") == rows(store, "judgements")
        assert len(rows(copy, "who-met")) == 1


ERRORS = [
    (("same", "Jane Doe", "Jane Doe"), "both names mean the same"),
    (("same", "Jane Doe", "Nobody"), "no actor named 'Nobody'"),
    (("same", "Jane Doe", "MEETING"), "one is a person, the other a meeting"),
    (("same", "Jane Doe", "state/KE"), "one is a person, the other a state"),
    (("same", "Jane Doe", "place/rome.IT"), "no actor, event or report called 'place/rome.IT'"),
    (
        ("different", "Jane Doe", "person/nobody.KE"),
        "no actor, event or report called 'person/nobody.KE'",
    ),
]


@pytest.mark.parametrize(("words", "message"), ERRORS)
def test_what_cannot_be_judged(store: str, words: tuple[str, ...], message: str) -> None:
    event = str(rows(store, "who-met")[0]["meeting"]).rpartition("/")[2]
    result = run(store, *(event if word == "MEETING" else word for word in words))
    assert result.exit_code == 1
    assert message in result.output.lower() or message in result.output
    assert rows(store, "judgements") == []


def test_against_another_judgement(store: str) -> None:
    with KnowledgeBase.create(store) as kb:
        kb.add_text(TEXT.format("Jay Doe"), title="Jay Doe in Rome", source="Wire")
    for verdict, one, other in (
        ("same", "Jane Doe", "J. M. Doe"),
        ("different", "person/jay-doe.KE", "person/jane-doe.KE"),
    ):
        assert run(store, verdict, one, other).exit_code == 0
    result = run(store, "same", "person/jay-doe.KE", "person/j-m-doe.KE")
    assert result.exit_code == 1
    assert "nother judgement stands against it" in result.output
    assert len(rows(store, "judgements")) == 2


def test_no_knowledge_base_is_made(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none"), "same", "A", "B")
    assert result.exit_code == 1
    assert "no knowledge base at" in result.output.lower()
    assert not (tmp_path / "none").exists()


def test_the_reports_below_a_meeting(store: str) -> None:
    result = run(store, "who-met", "Lavrov", "--all-reports")
    assert result.output.count("– Wire") == 2
    csv = run(store, "who-met", "--all-reports", "-f", "csv").output.splitlines()
    assert csv[0].startswith("meeting,participants,standing,report,article")
    assert len(csv) == 3


def test_no_conflicts(store: str) -> None:
    assert rows(store, "conflicts") == []
    assert "No reports disagree." in run(store, "conflicts").output
