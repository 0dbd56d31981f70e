"""The package is typed: a script that uses it passes a strict check, and a mistake does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mypy import api

SCRIPT = Path(__file__).parent / "user_script.py"

Check = Callable[[Path], list[str]]


@pytest.fixture
def errors(pytestconfig: pytest.Config) -> Check:
    """The lines of a script that a strict check finds fault with; the first check takes seconds."""
    cache = pytestconfig.cache
    assert cache is not None
    options = ["--strict", "--config-file=", f"--cache-dir={cache.mkdir('mypy')}", "--no-pretty"]

    def check(path: Path) -> list[str]:
        told = api.run([*options, str(path)])[0]
        return [line for line in told.splitlines() if ": error: " in line]

    return check


def test_a_script_passes(errors: Check) -> None:
    assert errors(SCRIPT) == []


def test_mistakes_do_not(errors: Check, tmp_path: Path) -> None:
    path = tmp_path / "mistaken.py"
    path.write_text(
        "from kb import KnowledgeBase, Nonsense\n"
        "kb = KnowledgeBase.open('x')\n"
        "kb.who_met(since=1.5)\n"
        "kb.who_mett()\n",
        encoding="utf-8",
    )
    assert [line.partition(": error: ")[0].rpartition(":")[2] for line in errors(path)] == [
        *("1", "3", "4")
    ]
