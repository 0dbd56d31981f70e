"""README.md cannot lie: its commands print what stands below them; its figures are measured."""

from __future__ import annotations

import re

from readme import README, ROOT, SESSION, render


def test_the_outputs_and_figures_are_those_of_today() -> None:
    text = README.read_text(encoding="utf-8")
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


def test_the_files_that_it_links_to_exist() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
