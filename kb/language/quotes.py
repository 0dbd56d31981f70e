"""Direct quotation: where the quotation marks open and close.

English news sets quotations in “ ”, " " or `` ''; a quotation of several paragraphs opens each of
them anew and closes only the last. Single marks count in lines that use no double ones, where they
are no apostrophe. Quotations inside quotations are not reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN, _CLOSE, _STRAIGHT = ("“", "``", "«", "„"), ("”", "''", "’’", "»"), '"'
_MARK = re.compile(r"``|''|’’|[“”\"«»„]")
_BEFORE_OPENING = " \t([{—–-/:“‘\u00a0"
_SINGLE_OPEN = re.compile(r"(?:(?<=[\s(—–-])|^)(?:‘|'(?=\w))")
_SMALL = re.compile(" [a-z]")
_SINGLE_CLOSE = re.compile(r"(?<=[.,?!…])['’](?!\w)|(?<=\w)['’](?=[\s,.;:?!)—–-]|$)")


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
    """The quotations of a text in order, none across a line break; offsets into ``text``.

    One that its paragraph leaves open counts where the paragraph begins with its mark or the next
    one takes it up with a mark of its own; else a mark was left out and nobody knows where.
    """
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, line))
        at += len(line) + 1
    out: list[Quote] = []
    for k, (base, line) in enumerate(lines):
        found = _in_line(line, base)
        if found and not found[-1].closed:
            following = lines[k + 1][1].lstrip() if k + 1 < len(lines) else ""
            leads = line[: found[-1].start - base].strip()
            if leads not in ("“", '"', "``", "‘") and not following.startswith(("“", '"', "``")):
                found.pop()
        out += found
    return out


def _in_line(line: str, base: int) -> list[Quote]:
    out: list[Quote] = []
    opened: re.Match[str] | None = None
    last_curly = line.rfind("”")
    for mark in _MARK.finditer(line):
        if opened is None:
            if _opens(line, mark):
                opened = mark
        elif _closes(line, mark, opened, last_curly):
            out.append(_trim(line, opened.end(), mark.start(), base))
            opened = None
        elif mark.group() == _STRAIGHT == opened.group():
            opened = mark  # the one before was never closed
    if opened is not None and line[opened.end() :].strip():
        out.append(_trim(line, opened.end(), len(line), base, closed=False))
    if not out:
        out = _single(line, base)
    return [q for q in out if q.end > q.start]


def _opens(line: str, mark: re.Match[str]) -> bool:
    """A straight mark opens at the start of a word, or with blanks on both sides."""
    if mark.group() in _OPEN:
        return True
    if mark.group() != _STRAIGHT:
        return False
    before, after = _beside(line, mark)
    return bool(after) and (not before or before in _BEFORE_OPENING or after.isalnum())


def _closes(line: str, mark: re.Match[str], opened: re.Match[str], last_curly: int) -> bool:
    if mark.group() in _OPEN:
        return False
    if mark.group() in _CLOSE:
        return True
    if opened.group() == "“" and last_curly >= mark.end():
        return False  # straight marks inside typographic ones
    before, after = _beside(line, mark)
    return not (before.isspace() and after.isalnum())


def _beside(line: str, mark: re.Match[str]) -> tuple[str, str]:
    """The characters before and after a mark; empty at the ends of the line."""
    start, end = mark.span()
    return line[max(0, start - 1) : start], line[end : end + 1]


def _single(line: str, base: int) -> list[Quote]:
    """Quotations in single marks, of lines that use no double ones: several words, or words that
    end in punctuation."""
    out: list[Quote] = []
    closings = [c for c in _SINGLE_CLOSE.finditer(line) if not _possessive(line, c)]
    at = next_closing = 0
    while (opening := _SINGLE_OPEN.search(line, at)) is not None:
        at = opening.end()
        while next_closing < len(closings) and closings[next_closing].start() < at:
            next_closing += 1
        if next_closing == len(closings):
            break
        closing = closings[next_closing]
        words = line[opening.end() : closing.start()]
        if " " in words.strip() or words[-1:] in ".,?!" or opening.group() == "‘":
            out.append(_trim(line, opening.end(), closing.start(), base))
            at = closing.end()
    return out


def _possessive(line: str, closing: re.Match[str]) -> bool:
    """The apostrophe of a plural possessor ("the leaders’ meeting") closes nothing."""
    return line[closing.start() - 1] == "s" and _SMALL.match(line, closing.end()) is not None


def _trim(line: str, start: int, end: int, base: int, closed: bool = True) -> Quote:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return Quote(base + start, base + end, closed)
