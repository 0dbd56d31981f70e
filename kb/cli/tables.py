"""Tables for people: aligned by blanks, fitted to the terminal, with colours where it has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from kb.cli.base import terminal_width

GAP = "  "
ELLIPSIS = "…"
STYLES: Mapping[str, Mapping[str, Any]] = {
    "planned": {"fg": "cyan"},
    "proposed": {"fg": "cyan"},
    "cancelled": {"fg": "red"},
    "denied": {"fg": "red"},
    "disputed": {"fg": "yellow"},
}
"""How a cell is set that begins with a word; what was held is the rule and stands plain."""

LONGEST_WORD = 14
"""Words up to this length are kept whole where the terminal has room for them."""
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_JOINERS = "\u200c\u200d"
"""Zero-width joiners hold emoji and Persian words together; they turn nothing around."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the key of the row that fills it, and how much room it may take.

    ``show`` turns the value into text. ``most`` is the number of characters after which it is cut;
    a column with ``flexible`` is the first to be wrapped where room is scarce, one with ``spare``
    is left out where there is no room for the words of the others.
    """

    heading: str
    key: str
    show: Callable[[Any], str] = str
    most: int | None = None
    flexible: bool = False
    spare: bool = False
    right: bool = False

    def text(self, row: Mapping[str, Any]) -> str:
        value = row.get(self.key)
        text = "" if value is None else clean(self.show(value))
        return shorten(text, self.most) if self.most else text


def clean(text: str) -> str:
    """One line without what could move the cursor or turn the direction of writing."""
    return visible(" ".join(text.split()))


def visible(text: str) -> str:
    """The text with a sign in place of each control character and direction mark; lines stay."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(c if _harmless(c) else "\ufffd" for c in _UNSEEN.sub("", text))


def _harmless(char: str) -> bool:
    unsafe = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return not unsafe or char in "\n\t" or char in _JOINERS or "\U000e0020" <= char <= "\U000e007f"


def shorten(text: str, most: int) -> str:
    """At most so many columns, cut at a blank where one is near, with an ellipsis."""
    if display_width(text) <= most:
        return text
    cut = _head(text, most - 1)
    head = cut.rpartition(" ")[0]
    near = display_width(head) > most * 2 // 3
    return (head if near else cut).rstrip(" ,;:–-") + ELLIPSIS


def render(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], *, colours: bool) -> str:
    """The table as text, in the width of the terminal. Columns that no row fills are left out."""
    cells = [[column.text(row) for column in columns] for row in rows]
    kept = [i for i in range(len(columns)) if any(line[i] for line in cells)]
    room = terminal_width()
    while True:
        shown = [columns[i] for i in kept]
        texts = [[line[i] for i in kept] for line in cells]
        widths = _widths(texts, shown, room)
        spare = [i for i in kept if columns[i].spare]
        if sum(widths) <= room - len(GAP) * (len(kept) - 1) or not spare:
            break
        kept.remove(spare[-1])
    widths = _squeezed(widths, room - len(GAP) * (len(kept) - 1))
    columns, cells = shown, texts
    head = _wrapped([column.heading for column in columns], widths)
    lines = [_line(line, columns, widths, {"bold": True} if colours else None) for line in head]
    lines.append(GAP.join("-" * width for width in widths))
    for row in cells:
        first = (STYLES.get(text.split(" ", 1)[0]) if colours else None for text in row)
        styles = dict(enumerate(first))
        lines += [_line(line, columns, widths, None, styles) for line in _wrapped(row, widths)]
    return "".join(line + "\n" for line in lines)


def _widths(cells: Sequence[Sequence[str]], columns: Sequence[Column], terminal: int) -> list[int]:
    """The width of each column: what its cells take, less where that is too much for the terminal,
    but enough for a word."""
    texts = [[column.heading, *(line[i] for line in cells)] for i, column in enumerate(columns)]
    widths = [max(map(display_width, column)) for column in texts]
    least = [
        min(LONGEST_WORD, max(display_width(word) for text in column for word in text.split(" ")))
        for column in texts
    ]
    room = terminal - len(GAP) * (len(columns) - 1)
    flexible = [
        max(n, 20) if c.flexible else w for n, c, w in zip(least, columns, widths, strict=True)
    ]
    return _squeezed(_squeezed(widths, room, flexible), room, least)


def _squeezed(widths: Sequence[int], room: int, least: Sequence[int] | None = None) -> list[int]:
    """Widths that fit into the room, taken from the widest, none below its least (else 1)."""
    out = list(widths)
    while sum(out) > room:
        open_ = [i for i, width in enumerate(out) if width > (least[i] if least else 1)]
        if not open_:
            break
        out[max(open_, key=out.__getitem__)] -= 1
    return out


def _wrapped(row: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """A row as the lines it takes."""
    parts = [wrap(text, width) for text, width in zip(row, widths, strict=True)]
    return [[p[k] if k < len(p) else "" for p in parts] for k in range(max(map(len, parts)))]


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many columns, parted at blanks; what is too long for a line
    is parted anywhere."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if display_width(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        while display_width(word) > width:
            part = _head(word, width) or word[0]
            lines[-1] = part
            lines.append("")
            word = word[len(part) :]
        lines[-1] = word
    return lines if lines[-1] or len(lines) == 1 else lines[:-1]


def _line(
    texts: Sequence[str],
    columns: Sequence[Column],
    widths: Sequence[int],
    style: Mapping[str, Any] | None = None,
    styles: Mapping[int, Mapping[str, Any] | None] | None = None,
) -> str:
    out = []
    for i, (text, column, width) in enumerate(zip(texts, columns, widths, strict=True)):
        blanks = " " * (width - display_width(text))
        how = style or (styles or {}).get(i)
        shown = click.style(text, **how) if how and text else text
        out.append(blanks + shown if column.right else shown + blanks)
    return GAP.join(out).rstrip()


def _head(text: str, width: int) -> str:
    """As much of the beginning as fits."""
    end = used = 0
    for end, char in enumerate(text, 1):
        used += display_width(char)
        if used > width:
            return text[: end - 1]
    return text[:end]


def display_width(text: str) -> int:
    """Columns that a text takes up: wide characters count twice; combining ones, joiners and the
    like not at all."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )
