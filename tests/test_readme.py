"""README.md and docs/ cannot lie: commands print what stands below them, figures are measured, no
command and no option is left out."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from readme import DOCUMENTS, README, ROOT, SESSION, render

from kb.cli import main


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_outputs_and_figures_are_those_of_today(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert render(text).splitlines() == text.splitlines(), "`make readme` writes them anew"


def test_the_sessions_show_the_journey() -> None:
    text = README.read_text(encoding="utf-8")
    shown = "\n".join(block.group() for block in SESSION.finditer(text))
    commands = re.findall(r"^\$ kb ([\w-]+)", shown, re.MULTILINE)
    assert commands[:6] == ["add", "who-met", "visits", "statements", "query", "export"]


def test_the_targets_that_it_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(
        re.findall(r"\bmake (?:[A-Z]+=\S+ )*([a-z]+)\b", README.read_text(encoding="utf-8"))
    )
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"demo", "test"} <= named & targets
    assert {name for name in named if f"`make {name}" in README.read_text("utf-8")} <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_files_that_it_links_to_exist(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


SECTIONS = dict(
    re.findall(
        r"^### `kb ([\w-]+)`\n(.*?)(?=^##|\Z)",
        (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)


def test_every_command_has_its_section() -> None:
    assert list(SECTIONS) == main.list_commands(click.Context(main))


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_a_section_has_the_options_and_an_example(name: str) -> None:
    """The options are those of the help: what is written between the marks is made of it."""
    text = SECTIONS[name]
    assert f"<!-- options {name} -->" in text
    shown = "".join(block.group() for block in SESSION.finditer(text))
    assert re.search(rf"^\$ (.*\| )?kb {name}\b", shown, re.MULTILINE)


def test_the_global_options_are_explained() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for param in main.params:
        assert f"`{param.opts[0]}" in text
