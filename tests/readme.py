"""The outputs and figures in README.md and docs/, made by running what they say (``make readme``).

Every ``console`` block is a session: the lines that begin with ``$ `` are run by a shell, one after
the other, and what they print takes the place of what stood below them. The sessions of a file
share a folder, which has the checkout's samples and queries. The options of a command stand between
``<!-- options NAME -->`` and ``<!-- /options -->``, as its help has them; the table of figures
comes from ``tests/evaluation/figures.json``. ``test_readme.py`` holds the files to it.
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

import click

from kb.cli import main

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCUMENTS = (README, *sorted((ROOT / "docs").glob("*.md")))
FIGURES = ROOT / "tests" / "evaluation" / "figures.json"

SESSION = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- /figures -->)", re.DOTALL)
OPTIONS = re.compile(r"(?<=<!-- options )([\w -]+?)( -->\n).*?(?=<!-- /options -->)", re.DOTALL)
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
    "identity_right": "persons with their Wikidata id, of those found that have one",
    "identity_another": "persons with a wrong Wikidata id, of the same",
}


def render(document: str) -> str:
    """A document with every output, option and figure made anew."""
    if SESSION.search(document):
        with tempfile.TemporaryDirectory() as folder:
            lay_out(Path(folder))
            document = SESSION.sub(lambda block: session(block.group(), Path(folder)), document)
    document = OPTIONS.sub(lambda found: "".join(found.groups()) + options(found[1]), document)
    table = figures_table(json.loads(FIGURES.read_text(encoding="utf-8")))
    return TABLE.sub(lambda _: table, document)


def options(name: str) -> str:
    """The options of a command, those that all have left out, as a Markdown list."""
    command: click.Command = main
    for word in name.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found is not None, name
        command = found
    context = click.Context(command, info_name=name, max_content_width=1000, terminal_width=1000)
    everywhere = {opt for param in main.params for opt in param.opts}
    lines = [
        f"- `{record[0]}` {' '.join(record[1].split())}\n"
        for param in command.params
        if isinstance(param, click.Option) and not everywhere & set(param.opts)
        if (record := param.get_help_record(context))
    ]
    return "".join(lines) or "It has no options of its own.\n"


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
    env["KB_GAZETTEER"] = str(folder / "tables")  # not this user's own
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
    for path in DOCUMENTS:
        path.write_text(render(path.read_text(encoding="utf-8")), encoding="utf-8")
