"""What ``make eval`` says of figures, and when it fails."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation.evaluate import HELD_TO, fell, main, report

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
