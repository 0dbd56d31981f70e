"""A writer is killed at any moment: the store opens, holds whole articles, and can be completed.

``make test`` takes a few dozen moments, evenly spread (see ``harness``); ``make soak`` very many,
at random.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOAK = int(os.environ.get("KB_SOAK", "0"))
MOMENTS = SOAK or 17
"""Moments for each scenario."""

SCENARIOS = ("add", "judge", "remove")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_killed_at_any_line(scenario: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "crashes.harness", scenario, str(MOMENTS), str(tmp_path)]
    tests = Path(__file__).parent.parent
    path = os.pathsep.join([str(tests), str(tests.parent), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        command + ["--random"] * bool(SOAK),
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"killed at {MOMENTS} of" in done.stdout
