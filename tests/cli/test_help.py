"""Every command and option says what it is for, with an example."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

import kb
from kb.cli import main

COMMANDS = dict(main.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_an_example_and_described_options(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert command.short_help
    assert "Examples:" in command.help
    assert f"kb {name}" in command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_global_options_are_everywhere(name: str) -> None:
    options = {o for p in COMMANDS[name].params for o in p.opts}
    assert {"--store", "--quiet", "--debug"} <= options


@pytest.mark.parametrize("args", [["--help"], ["-h"], *([name, "-h"] for name in COMMANDS)])
def test_help_is_shown(args: list[str]) -> None:
    result = CliRunner().invoke(main, args, prog_name="kb")
    assert result.exit_code == 0
    assert "Usage: kb" in result.output


def test_version() -> None:
    result = CliRunner().invoke(main, ["--version"], prog_name="kb")
    assert kb.__version__ in result.output
