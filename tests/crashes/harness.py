"""Kills a writer at many moments, and looks at what it leaves behind.

    python -m crashes.harness SCENARIO MOMENTS FOLDER [--random]

Each case is a process of its own that kills itself at a line of the code that writes (see
``victim``). They are forked from this one, which has no threads and no store open, as the process
of the tests may have.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from traceback import print_exc

from building import lines, put

from crashes.victim import SCENARIOS, TOLD, names, run
from kb.store import create_store, memory_store, open_store
from kb.store.generations import Generations


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


def main(scenario: str, moments: int, folder: Path, at_random: bool) -> None:
    before, whole, told = folder / "before", folder / "whole", folder / "told"

    def to_the_end() -> None:
        prepare(scenario, before)
        if before.exists():
            shutil.copytree(before, whole)
        told.write_text(str(run(scenario, whole, 0)))
        with open_store(whole) as store:
            (folder / "lines").write_text("\n".join(lines(store)))

    assert forked(to_the_end) == 0
    count = int(told.read_text())
    assert count > moments
    if at_random:
        points = sorted(random.sample(range(1, count + 1), moments))
    else:
        points = [1 + count * n // moments for n in range(moments)]
    end = (folder / "lines").read_text().split("\n")
    for point in points:
        place = folder / f"at-{point}"
        if before.exists():
            shutil.copytree(before, place)
        killed = forked(partial(run, scenario, place, point))
        assert killed == -signal.SIGKILL, f"line {point}: {killed}"
        assert forked(partial(holds_whole_articles, place)) == 0, f"after line {point}"
        assert forked(partial(completes, scenario, place, end)) == 0, f"after line {point}"
        shutil.rmtree(place)
    print(f"{scenario}: killed at {len(points)} of {count} lines, each time completed")


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


if __name__ == "__main__":
    name, number, place = sys.argv[1:4]
    main(name, int(number), Path(place), "--random" in sys.argv)
