"""Direct quotation: where the quotation marks open and close.

English news sets quotations in “ ” or " "; a quotation of several paragraphs opens each of them
anew and closes only the last. Single marks are taken where they are typographic (‘ ’) and no
apostrophe. Quotations inside quotations are not reported.
"""

from __future__ import annotations

from dataclasses import dataclass

_OPEN, _CLOSE, _STRAIGHT = "“", "”", '"'


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: ``start``/``end`` enclose the words without their marks; ``closed`` is false
    where the paragraph ended before the quotation did."""

    start: int
    end: int
    closed: bool = True

    def covers(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


def find_quotes(text: str) -> list[Quote]:
    """The quotations of a text in order, none across a line break; offsets into ``text``."""
    out: list[Quote] = []
    at = 0
    for line in text.split("\n"):
        out += _in_line(line, at)
        at += len(line) + 1
    return out


def _in_line(line: str, base: int) -> list[Quote]:
    out: list[Quote] = []
    open_at: int | None = None
    for i, char in enumerate(line):
        if char == _OPEN or (char == _STRAIGHT and open_at is None and _opens(line, i)):
            if open_at is None:
                open_at = i + 1
        elif char == _CLOSE or (char == _STRAIGHT and open_at is not None):
            if open_at is not None and i > open_at:
                out.append(_trim(line, open_at, i, base))
            open_at = None
    if open_at is not None and line[open_at:].strip():
        out.append(_trim(line, open_at, len(line), base, closed=False))
    if not out:
        out += _single(line, base)
    return [q for q in out if q.end > q.start]


def _opens(line: str, i: int) -> bool:
    """A straight mark opens where a word follows it directly."""
    return i + 1 < len(line) and not line[i + 1].isspace()


def _single(line: str, base: int) -> list[Quote]:
    """Quotations in typographic single marks, of lines that use no double ones."""
    out: list[Quote] = []
    at = 0
    while (start := line.find("‘", at)) >= 0:
        end = start
        while (end := line.find("’", end + 1)) >= 0:
            after = line[end + 1 : end + 2]
            if not after.isalnum():
                break
        if end < 0:
            break
        out.append(_trim(line, start + 1, end, base))
        at = end + 1
    return out


def _trim(line: str, start: int, end: int, base: int, closed: bool = True) -> Quote:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return Quote(base + start, base + end, closed)
