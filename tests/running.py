"""Running ``kb`` in tests: in a process of its own as a user does, and reading what it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

Kb = Callable[..., Result]
"""The fixture ``kb``: runs a command on a filled store, in this process."""


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found


def process(*args: str, cwd: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run ``kb`` as a user does: its own process, through the installed script."""
    script = Path(sys.executable).parent / "kb"
    env = {k: v for k, v in os.environ.items() if not k.startswith("KB_")} | {"COLUMNS": "200"}
    return subprocess.run(
        [str(script), *args],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )
