"""Tables for people: fitted to the terminal with rich, plain aligned text elsewhere."""

from __future__ import annotations

import io
import os
import textwrap
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.cli.base import terminal_width

GAP = "  "
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the key of the row that fills it, and how much room it may take.

    ``show`` turns the value into text. ``most`` is the number of characters after which it is cut;
    a column with ``flexible`` shares what the others leave and is wrapped there.
    """

    heading: str
    key: str
    show: Callable[[Any], str] = str
    most: int | None = None
    flexible: bool = False
    right: bool = False

    def text(self, row: Mapping[str, Any]) -> str:
        value = row.get(self.key)
        text = "" if value is None else clean(self.show(value))
        return shorten(text, self.most) if self.most else text


def clean(text: str) -> str:
    """One line without what could move the cursor or turn the direction of writing."""
    shown = " ".join(text.split())
    return "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "�" for c in shown)


def shorten(text: str, most: int) -> str:
    """At most so many characters, cut at a blank where one is near, with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    head = cut.rpartition(" ")[0]
    return (head if len(head) > most * 2 // 3 else cut).rstrip(" ,;:–-") + ELLIPSIS


def render(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], *, terminal: bool) -> str:
    """The table as text, in the width of the terminal. Columns that no row fills are left out."""
    cells = [[column.text(row) for column in columns] for row in rows]
    kept = [i for i in range(len(columns)) if any(line[i] for line in cells)]
    columns = [columns[i] for i in kept]
    cells = [[line[i] for i in kept] for line in cells]
    width = terminal_width()
    if terminal and os.environ.get("TERM") != "dumb":
        return _rich(cells, columns, width)
    return _plain(cells, columns, width)


def _rich(cells: Sequence[Sequence[str]], columns: Sequence[Column], width: int) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(
            column.heading,
            overflow="fold",
            justify="right" if column.right else "left",
            ratio=1 if column.flexible else None,
            no_wrap=False,
        )
    for line in cells:
        table.add_row(*map(Text, line))
    buffer = io.StringIO()
    # rich reads NO_COLOR itself
    Console(file=buffer, width=width, force_terminal=True, highlight=False).print(table)
    return buffer.getvalue()


def _plain(cells: Sequence[Sequence[str]], columns: Sequence[Column], width: int) -> str:
    """Aligned by blanks, the flexible columns wrapped in what the others leave."""
    widths = [
        max(display_width(text) for text in (column.heading, *(line[i] for line in cells)))
        for i, column in enumerate(columns)
    ]
    flexible = [i for i, column in enumerate(columns) if column.flexible]
    left = width - sum(widths) - len(GAP) * (len(widths) - 1)
    if flexible and left < 0:
        fixed = sum(w for i, w in enumerate(widths) if i not in flexible)
        room = width - fixed - len(GAP) * (len(widths) - 1)
        for i, share in zip(flexible, _shares([widths[i] for i in flexible], room), strict=True):
            widths[i] = share
    head = [[column.heading for column in columns], ["-" * w for w in widths]]
    lines = [*head, *(line for row in cells for line in _wrapped(row, widths))]
    return "".join(_line(line, columns, widths) + "\n" for line in lines)


def _wrapped(row: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """A row as the lines it takes."""
    parts = [
        textwrap.wrap(text, width) if display_width(text) > width else [text]
        for text, width in zip(row, widths, strict=True)
    ]
    return [[p[k] if k < len(p) else "" for p in parts] for k in range(max(map(len, parts)))]


def _shares(wanted: Sequence[int], room: int, least: int = 12) -> list[int]:
    """Room dealt out evenly; who needs less than his part leaves the rest to the others."""
    shares = [0] * len(wanted)
    open_ = sorted(range(len(wanted)), key=lambda i: wanted[i])
    while open_:
        i = open_.pop(0)
        shares[i] = max(least, min(wanted[i], room // (len(open_) + 1)))
        room -= shares[i]
    return shares


def _line(texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    out = []
    for text, column, width in zip(texts, columns, widths, strict=True):
        shown = shorten(text, width) if display_width(text) > width else text
        blanks = " " * (width - display_width(shown))
        out.append(blanks + shown if column.right else shown + blanks)
    return GAP.join(out).rstrip()


def display_width(text: str) -> int:
    """Columns that a text takes up: wide characters count twice, combining ones not at all."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
