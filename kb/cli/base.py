"""What every command shares: the global options, and how a failure is told."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from importlib import import_module
from io import TextIOWrapper
from typing import Any, TypeVar

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from kb.errors import KBError

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_STORE = "kb-store"
SHARED = frozenset({"--store", "--quiet", "--debug", "--help"})
"""The options of every command."""


@dataclass(slots=True)
class Settings:
    """The global options of one run, wherever on the command line they stood."""

    store: str | None = None
    quiet: bool = False
    debug: bool = False

    @property
    def path(self) -> str:
        return self.store or DEFAULT_STORE

    def say(self, message: str) -> None:
        """Something for people, beside the data; nothing under ``-q``."""
        if not self.quiet:
            echo(message)


class Failure(click.ClickException):
    """An expected failure: one sentence, a hint, exit 1."""

    def __init__(self, error: KBError) -> None:
        super().__init__(error.message)
        self.hint = error.hint

    def show(self, file: Any = None) -> None:
        echo(f"Error: {sentence(self.message)}", file)
        if self.hint:
            echo(f"Hint: {sentence(self.hint)}", file)


def echo(text: str, file: Any = None) -> None:
    """Tell something beside the data, whatever characters a name in it has."""
    from kb.cli.tables import visible

    click.echo(visible(text), file=file, err=True)


def sentence(text: str) -> str:
    """Capitalised and closed, unless it begins with a name of a file or a command."""
    first = text.split(" ", 1)[0]
    if first.isalpha() and first.islower():
        text = text[0].upper() + text[1:]
    return text if text.endswith((".", "?", "!", "…")) else text + "."


class OptionsApart(click.Command):
    """Help that tells a command's own options apart from those that all commands have."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own: list[tuple[str, str]] = []
        shared: list[tuple[str, str]] = []
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
                (shared if set(param.opts) & SHARED else own).append(record)
        for heading, rows in (("Options", own), ("Options of every command", shared)):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


class Command(OptionsApart):
    """One of the commands."""


class Subcommands(OptionsApart, click.Group):
    """A command that has commands of its own."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


class Group(click.Group):
    """The commands, listed by what they are for; and the one place where failures are told."""

    sections: Sequence[tuple[str, Mapping[str, tuple[str, str]]]] = ()
    """Headings with the commands under them, in order: the module that each is in, and what it is
    for. A command is imported when it is called, so that none waits for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for _, modules in self.sections for name in modules]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, under which its module has it: ``import_`` is ``import``."""
        for _, modules in self.sections:
            if cmd_name in modules and cmd_name not in self.commands:
                module = import_module(f"kb.cli.{modules[cmd_name][0]}")
                named = cmd_name.replace("-", "_")
                found = getattr(module, f"{named}_", None) or getattr(module, named)
                self.add_command(found, cmd_name)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        longest = max(map(len, self.list_commands(ctx)))
        for heading, modules in self.sections:
            rows = [(name.ljust(longest), purpose) for name, (_, purpose) in modules.items()]
            with formatter.section(heading):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper) and "utf" not in stream.encoding.lower():
                stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows ?
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KBError as error:
            if settings(ctx).debug:
                raise
            raise Failure(error) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            if settings(ctx).debug or error.errno == errno.EPIPE:
                raise  # nobody reads on, as behind `| head`: click ends quietly
            raise Failure(_output_error(error)) from error
        except Exception as error:
            if settings(ctx).debug:
                raise
            told = KBError(
                f"this should not have happened ({type(error).__name__}: {str(error)[:200]})",
                "it is a defect of the program; --debug shows where it lies",
            )
            raise Failure(told) from error
        return result


def _output_error(error: OSError) -> KBError:
    """Standard output takes no more: what is left of it is let go, so that the end is quiet."""
    if sys.stdout is sys.__stdout__ and sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    reason = error.strerror or str(error)
    if error.filename is not None:
        return KBError(f"{error.filename} cannot be read or written: {reason}")
    return KBError(f"the output cannot be written: {reason}", "-o FILE writes elsewhere")


def settings(ctx: click.Context) -> Settings:
    """The settings of this run."""
    return ctx.ensure_object(Settings)


def _set(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Note a global option: one on the command line outdoes the environment."""
    found = settings(ctx)
    name = str(param.name)
    if value == "":
        raise click.BadParameter("it is empty", ctx, param)
    given = ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    if given or (value and not getattr(found, name)):
        setattr(found, name, value)


def _folders(
    ctx: click.Context,  # noqa: ARG001
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """What a shell is to complete where a folder belongs."""
    return [CompletionItem(incomplete, type="dir")]


def global_options(command: F) -> F:
    """Give a command, or the group, the options that work before and after its name."""
    store = click.option(
        "--store",
        metavar="PATH|URL",
        shell_complete=_folders,
        envvar="KB_STORE",
        show_envvar=True,
        expose_value=False,
        callback=_set,
        help="The knowledge base: a folder, or the address of a SPARQL endpoint.  "
        f"[default: ./{DEFAULT_STORE}]",
    )
    quiet = click.option(
        "-q",
        "--quiet",
        is_flag=True,
        expose_value=False,
        callback=_set,
        help="Only data and errors: no progress, no hints.",
    )
    debug = click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=_set,
        help="Show where an error comes from.",
    )
    return store(quiet(debug(command)))


def with_settings(function: F) -> F:
    """Pass the settings to a command as its first argument."""

    @click.pass_context
    def wrapped(ctx: click.Context, /, *args: Any, **kwargs: Any) -> Any:
        return ctx.invoke(function, settings(ctx), *args, **kwargs)

    return update_wrapper(wrapped, function)  # type: ignore[return-value]


def terminal_width() -> int:
    """Columns of the terminal; ``COLUMNS`` where it is set, else 100 where there is none."""
    if (columns := os.environ.get("COLUMNS", "")).isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 100
