"""What ``make eval`` says of figures, and when it fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation.evaluate import HELD_TO, fell, main, report
from evaluation.identities import score

FIGURES: dict[str, Any] = {
    "articles": 2,
    "met": {"precision": 0.5, "recall": 0.25, "f1": 0.3333, "gold": 4, "predicted": 2},
    "date": 0.75,
    "place": None,
    "recall_by_status": {"held": "1/3", "planned": "0/1"},
    "headline": 0.4,
    "errors": {"missed pair": 3, "spurious visit": 1},
    "speed": {"seconds": 1.5, "words_per_second": 800},
}


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ({}, False),
        ({"headline": 0.4}, False),
        ({"headline": 0.409}, False),
        ({"headline": 0.411}, True),
        ({"headline": 0.2}, False),
    ],
)
def test_a_figure_may_fall_by_a_hundredth(before: dict[str, Any], expected: bool) -> None:
    assert fell(FIGURES, before, "headline") is expected


def test_a_figure_that_is_gone_has_fallen() -> None:
    assert fell({}, {"met": {"f1": 0.1}}, "met")


def test_the_report_shows_every_figure_and_what_has_changed() -> None:
    before = {"met": {"f1": 0.3}, "headline": 0.4, "date": 0.8}
    assert report(FIGURES, before) == [
        "2 articles",
        "met               P 0.500  R 0.250  F1 0.333   (+0.033)",
        "date              0.750   (-0.050)",
        "place             –",
        "recall_by_status  held 1/3  planned 0/1",
        "headline          0.400",
        "errors            3 missed pair, 1 spurious visit",
        "time              1.5 s, 800 words/s with start-up",
    ]


def test_without_the_articles_it_says_so(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["evaluate.py", "--shared", str(tmp_path)])
    assert main() == 2
    assert "make eval SHARED=path" in capsys.readouterr().out


def test_what_is_held_to_is_measured() -> None:
    assert {"headline", "met", "visits", "statements"} <= set(HELD_TO)


def test_identities(tmp_path: Path) -> None:
    """Found by another spelling, and by the surname where one alone has it."""
    annotated = [
        {"article": "x", "name": "Sergei Lavrov", "country": "RU", "wikidata": "Q58217"},
        {"article": "x", "name": "Xi Jinping", "country": "CN", "wikidata": "Q15031"},
        {"article": "x", "name": "Jane Roe", "country": "GB", "wikidata": None},
        {"article": "x", "name": "Nobody Known", "country": "GB", "wikidata": "Q1"},
    ]
    actors = [
        {"type": "person", "name": "Sergey Lavrov", "names": [], "wikidata": "Q58217"},
        {"type": "person", "name": "Xi", "names": [], "wikidata": "Q2"},
        {"type": "person", "name": "Roe", "names": [], "wikidata": "Q3"},
    ]
    identities, predicted = tmp_path / "identities.jsonl", tmp_path / "predicted.jsonl"
    identities.write_text("".join(json.dumps(row) + "\n" for row in annotated), encoding="utf-8")
    predicted.write_text(json.dumps({"id": "x", "actors": actors}) + "\n", encoding="utf-8")
    figures, errors = score(identities, predicted)
    assert figures == {
        "identity_found": 0.75,
        "identity_right": 0.5,
        "identity_another": 0.5,
        "identity_of_none": 1.0,
    }
    assert errors == ["x\tXi Jinping\tQ15031\tQ2", "x\tJane Roe\tNone\tQ3"]
