"""The outputs and figures in README.md, made by running what it says (``make readme``).

Every ``console`` block is a session: the lines that begin with ``$ `` are run by a shell, one after
the other, in a folder that has the checkout's samples and queries, and what they print takes the
place of what stood below them. The table of figures comes from ``tests/evaluation/figures.json``.
``test_readme.py`` holds README.md to it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
FIGURES = ROOT / "tests" / "evaluation" / "figures.json"

SESSION = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- /figures -->)", re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)

ROWS = {
    "met": "who met whom: pairs, with status",
    "met_any": "who met whom: pairs, whatever the status",
    "visits": "visits: visitor, destination, status",
    "statements": "statements: who said these words",
}
SHARES = {
    "date": "date of a meeting",
    "visit_date": "date of a visit",
    "place": "place",
    "medium": "medium",
    "evidence": "evidence",
    "actors": "persons with their country",
}


def render(readme: str) -> str:
    """README.md with every output and figure made anew."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder))
        readme = SESSION.sub(lambda block: session(block.group(), Path(folder)), readme)
    table = figures_table(json.loads(FIGURES.read_text(encoding="utf-8")))
    return TABLE.sub(lambda _: table, readme)


def lay_out(folder: Path) -> None:
    """The part of a checkout that the sessions name."""
    shutil.copytree(ROOT / "kb" / "samples", folder / "kb" / "samples")
    shutil.copytree(ROOT / "queries", folder / "queries")


def session(block: str, folder: Path) -> str:
    """A session with the outputs that its commands give now."""
    lines = []
    for command in COMMAND.findall(block):
        output = run(command, folder).rstrip()
        lines.append(f"$ {command}\n" + (output + "\n" if output else ""))
    return "".join(lines)


def run(command: str, folder: Path) -> str:
    scripts = str(Path(sys.executable).parent)
    settings = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    env = {k: v for k, v in os.environ.items() if not k.startswith("KB_")} | settings
    env["PATH"] = scripts + os.pathsep + env.get("PATH", "")
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"$ {command}\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def figures_table(figures: dict[str, object]) -> str:
    """A Markdown table of the scorer's figures."""
    lines = ["| | precision | recall | F1 |", "|---|---|---|---|"]
    for key, label in ROWS.items():
        row = figures[key]
        assert isinstance(row, dict)
        cells = " | ".join(f"{row[name]:.2f}" for name in ("precision", "recall", "f1"))
        lines.append(f"| {label} | {cells} |")
    shares = (f"{label} {figures[key]:.0%}" for key, label in SHARES.items())
    right = f"Right among what was found: {', '.join(shares)}."
    return "\n".join([*lines, "", right, ""])


if __name__ == "__main__":
    README.write_text(render(README.read_text(encoding="utf-8")), encoding="utf-8")
