"""A writer is killed at any moment: the store opens, holds whole articles, and can be completed.

Each case is a process of its own that kills itself at a line of the code that writes (see
``victim``). ``make test`` takes a few dozen of these moments, evenly spread; ``make soak`` very
many, at random. They are forked from this process, in which no store is open.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from traceback import print_exc

import pytest
from building import lines, put

from crashes.victim import SCENARIOS, TOLD, names, run
from kb.store import create_store, memory_store, open_store
from kb.store.generations import Generations

MOMENTS = int(os.environ.get("KB_SOAK", "0")) or 17
"""Moments for each scenario."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def forked(work: Callable[[], object]) -> int:
    """Do something in a child process; how that ended (as ``os.waitstatus_to_exitcode`` says)."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            print_exc(file=sys.__stderr__)
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def prepare(scenario: str, place: Path) -> None:
    """A store as the scenario finds it: with all articles, where it is not to add them."""
    if scenario != "add":
        with create_store(place) as store:
            put(store, *TOLD)


@pytest.fixture(params=sorted(SCENARIOS))
def scenario(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def moments(scenario: str, tmp_path: Path) -> tuple[Path, list[int], list[str]]:
    """Where the store is before, the lines at which to kill, and what it holds in the end."""
    before, whole, told = tmp_path / "before", tmp_path / "whole", tmp_path / "told"

    def to_the_end() -> None:
        prepare(scenario, before)
        if before.exists():
            shutil.copytree(before, whole)
        told.write_text(str(run(scenario, whole, 0)))
        with open_store(whole) as store:
            (tmp_path / "lines").write_text("\n".join(lines(store)))

    assert forked(to_the_end) == 0
    count = int(told.read_text())
    assert count > MOMENTS
    if "KB_SOAK" in os.environ:
        points = sorted(random.sample(range(1, count + 1), min(MOMENTS, count)))
    else:
        points = [1 + count * n // MOMENTS for n in range(MOMENTS)]
    return before, points, (tmp_path / "lines").read_text().split("\n")


def test_killed_at_any_line(
    scenario: str, moments: tuple[Path, list[int], list[str]], tmp_path: Path
) -> None:
    before, points, whole = moments
    for point in points:
        place = tmp_path / f"at-{point}"
        if before.exists():
            shutil.copytree(before, place)
        assert forked(lambda: run(scenario, place, point)) == -signal.SIGKILL, point  # noqa: B023
        assert forked(lambda: holds_whole_articles(place)) == 0, f"after line {point}"  # noqa: B023
        assert forked(lambda: completes(scenario, place, whole)) == 0, f"after line {point}"  # noqa: B023
        shutil.rmtree(place)


def holds_whole_articles(place: Path) -> None:
    """What readers see is what would be there, had only these articles ever been added."""
    if Generations(place).published() is None:
        return  # nothing had been published yet: there is no knowledge base
    with open_store(place) as store:
        there = [
            told for told, name in zip(TOLD, names(), strict=True) if any(store.quads(graph=name))
        ]
        found = lines(store)
    if not any("/judgements" in line for line in found):
        assert found == lines(put(memory_store(), *there))


def completes(scenario: str, place: Path, whole: list[str]) -> None:
    """The same command, run again, comes to the same as one that nobody has killed."""
    SCENARIOS[scenario](place)
    with open_store(place) as store:
        assert lines(store) == whole
    folders = [p.name for p in (place / "generations").iterdir() if p.is_dir()]
    assert len(folders) == 1, "nothing is left behind"
