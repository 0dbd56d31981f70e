"""Every command and option says what it is for, with an example."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

import kb
from kb.cli import main

_CONTEXT = click.Context(main)
COMMANDS = {
    name: command
    for name in main.list_commands(_CONTEXT)
    if (command := main.get_command(_CONTEXT, name)) is not None
}
for _name, _command in list(COMMANDS.items()):
    if isinstance(_command, click.Group):
        COMMANDS |= {f"{_name} {word}": below for word, below in _command.commands.items()}


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


@pytest.mark.parametrize(
    "args", [["--help"], ["-h"], *([*name.split(), "-h"] for name in COMMANDS)]
)
def test_help_is_shown(args: list[str]) -> None:
    result = CliRunner().invoke(main, args, prog_name="kb")
    assert result.exit_code == 0
    assert "Usage: kb" in result.output


def test_the_commands_stand_under_headings() -> None:
    shown = CliRunner().invoke(main, ["-h"], prog_name="kb").output
    listed = [line.split()[0] for line in shown.splitlines() if line.startswith("  ")]
    names = main.list_commands(click.Context(main))
    assert [name for name in listed if name in names] == names
    assert set(names) <= set(COMMANDS), "each is where it is said to be"
    for _, commands in main.sections:
        for name, (_, purpose) in commands.items():
            assert COMMANDS[name].short_help == purpose


@pytest.mark.parametrize("name", COMMANDS)
def test_options_of_its_own_come_first(name: str) -> None:
    shown = CliRunner().invoke(main, [*name.split(), "-h"], prog_name="kb").output
    own, _, shared = shown.partition("Options of every command:")
    assert "The knowledge base: a folder." not in own
    assert all(option in shared for option in ("--store", "--quiet", "--debug", "--help"))
    for param in COMMANDS[name].params:
        if isinstance(param, click.Option) and param.name not in ("store", "quiet", "debug"):
            assert param.opts[-1] in own


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("width", [60, 80, 100])
def test_help_fits(name: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for examples, which are typed as they stand."""
    monkeypatch.setenv("COLUMNS", str(width))
    shown = (
        CliRunner().invoke(main, [*name.split(), "-h"], prog_name="kb", terminal_width=width).output
    )
    prose = [line for line in shown.splitlines() if not line.startswith("    ")]
    assert all(len(line) <= width for line in prose)


def test_version() -> None:
    result = CliRunner().invoke(main, ["--version"], prog_name="kb")
    assert kb.__version__ in result.output
