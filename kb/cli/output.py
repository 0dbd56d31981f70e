"""Answers in the format asked for: a table for people; JSON, JSON Lines and CSV for programs."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from kb.cells import inert
from kb.errors import KBError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.cli.tables import Column

F = TypeVar("F", bound=Callable[..., Any])
Row = Mapping[str, Any]

FORMATS = ("table", "json", "jsonl", "csv")


def output_options(command: F) -> F:
    """``-f/--format`` and ``-o``."""
    form = click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        metavar="FORMAT",
        help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}.",
    )
    return form(file_option(command))


def file_option(command: F) -> F:
    """``-o``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, allow_dash=True),
        metavar="FILE",
        help="Write to a file instead of standard output.",
    )(command)


@contextmanager
def opened(output: str | None) -> Iterator[IO[str]]:
    """The stream to write text to. A file is complete or is not there; to a terminal goes nothing
    that could steer it."""
    if output is None or output == "-":
        if sys.stdout.isatty():
            yield _Guarded(sys.stdout)
        else:
            yield sys.stdout
        return
    with _file(Path(output)) as part, part.open("w", encoding="utf-8", newline="") as stream:
        yield stream


@contextmanager
def opened_bytes(output: str | None) -> Iterator[IO[bytes]]:
    """The stream to write bytes to, as :func:`opened`."""
    if (output is None or output == "-") and sys.stdout.isatty():
        buffer = BytesIO()
        yield buffer
        _Guarded(sys.stdout).write(buffer.getvalue().decode("utf-8", "replace"))
        return
    if output is None or output == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with _file(Path(output)) as part, part.open("wb") as stream:
        yield stream


class _Guarded(StringIO):
    """A terminal that no control character and no direction mark gets through to."""

    def __init__(self, terminal: IO[str]) -> None:
        super().__init__()
        self.terminal = terminal

    def write(self, text: str) -> int:
        from kb.cli.tables import visible

        return self.terminal.write(visible(text))

    def isatty(self) -> bool:
        return True


@contextmanager
def _file(path: Path) -> Iterator[Path]:
    """A file beside ``path`` that takes its place at the end, unless something goes wrong."""
    if path.exists() and not path.is_file():  # a device, a pipe: nothing to put beside
        yield path
        return
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise KBError(f"the file {path} cannot be written: {reason}", "-o names another") from error
    finally:
        part.unlink(missing_ok=True) if part.parent.is_dir() else None


def emit(
    rows: Iterable[Row],
    columns: Sequence[Column],
    form: str,
    output: str | None = None,
    *,
    empty: str = "Nothing found.",
) -> None:
    """Print rows. ``columns`` say what the table shows; the other formats have every key."""
    if form == "table":
        from kb.cli.tables import render

        found = list(rows)
        if not found:
            click.echo(empty, err=True)
        if output in (None, "-"):
            table = render(found, columns, colours=colours(sys.stdout)) if found else ""
            sys.stdout.write(table)
            return
        with opened(output) as stream:
            stream.write(render(found, columns, colours=False) if found else "")
        return
    with opened(output) as stream:
        WRITERS[form](rows, stream, [column.key for column in columns])


def colours(stream: IO[str]) -> bool:
    """Whether a stream is to have colours: a terminal has them, unless ``NO_COLOR`` is set;
    ``FORCE_COLOR`` gives them to any stream."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def to_json(value: Any, indent: int | None = None) -> str:
    """JSON in which control characters and direction marks are written as escapes."""
    text = json.dumps(value, ensure_ascii=_narrow(sys.stdout), indent=indent)
    return _MARKS.sub(lambda found: "".join(f"\\u{ord(c):04x}" for c in found.group()), text)


_MARKS = re.compile(
    "[\\x7f-\\x9f\\xad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]"
)


def _narrow(stream: IO[str]) -> bool:
    """Whether the stream's encoding lacks most characters."""
    return "utf" not in (getattr(stream, "encoding", None) or "utf-8").lower()


def write_json(rows: Iterable[Row], stream: IO[str], _keys: Sequence[str] = ()) -> None:
    """One array, a row a line."""
    first = True
    for row in rows:
        stream.write("[\n" if first else ",\n")
        stream.write(to_json(row))
        first = False
    stream.write("[]\n" if first else "\n]\n")


def write_jsonl(rows: Iterable[Row], stream: IO[str], _keys: Sequence[str] = ()) -> None:
    for row in rows:
        stream.write(to_json(row) + "\n")


def write_csv(rows: Iterable[Row], stream: IO[str], keys: Sequence[str] = ()) -> None:
    """A header and a line for each row; what is a list or an object is put into one cell."""
    found = list(rows)
    header = list(dict.fromkeys(key for row in found for key in row)) or list(keys)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(row.get(key)) for key in header] for row in found)


def _cell(value: Any) -> str:
    """Plain text for one cell: names for actors, keys for articles, "; " between the many."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return inert(
            str(next((value[k] for k in ("name", "article") if value.get(k)), json.dumps(value)))
        )
    if isinstance(value, (list, tuple)):
        return "; ".join(dict.fromkeys(_cell(item) for item in value))
    return inert(value) if isinstance(value, str) else str(value)


WRITERS: dict[str, Callable[[Iterable[Row], IO[str], Sequence[str]], None]] = {
    "json": write_json,
    "jsonl": write_jsonl,
    "csv": write_csv,
}


def stderr_is_terminal() -> bool:
    return sys.stderr.isatty()
