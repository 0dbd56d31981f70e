"""Blank out what a news page prints around an article: ads, teasers, captions, credits.

Blanking replaces characters by spaces one for one and keeps line breaks, so every offset into the
masked text is an offset into the text as read. The patterns are data: ``data/boilerplate.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""Characters other than the newline that Unicode or Python takes for the end of a line."""

_KEPT_FORMAT = "\u00ad"
"""The soft hyphen stands inside words; a space in its place would cut them in two."""

_WITHIN_WORDS = re.compile("(?<=[^\\W\\d_])[\u200c-\u200f\u2060-\u2064\ufeff]+(?=[^\\W\\d_])")
"""Joiners and marks of direction between letters; the zero-width space may part two words."""

_NO_WORD = re.compile(r"(?:[!-~]|[^\w\s!-~]){300,}+")
"""Encoded data, rulers, rows of pictures: no word is so long, and to parse one takes minutes.
Line feeds take its place: it ends a paragraph, and a line of blanks without end costs time, too."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    inline: re.Pattern[str]
    line: re.Pattern[str]
    longest_line: int
    repeated_fewest_words: int
    repeated_longest_line: int
    sentence_end: re.Pattern[str]
    speaker_turn: re.Pattern[str]


def mask(text: str) -> str:
    """``text`` with boilerplate and invisible characters blanked; always of the same length.

    Line feeds stay where they are. Other line separators become line feeds, every other white
    space, control or zero-width character becomes a space; within a word, a soft hyphen.
    """
    patterns = _patterns()
    text = _WITHIN_WORDS.sub(lambda found: _KEPT_FORMAT * len(found.group()), text)
    text = _NO_WORD.sub(lambda found: "\n" * len(found.group()), text)
    body = patterns.inline.sub(_blank, text.translate(_invisible()))
    pieces = list(body)
    for start, end in _boilerplate_lines(body, patterns):
        pieces[start:end] = " " * (end - start)
    return "".join(pieces)


def visible(text: str) -> str:
    """``text`` without zero-width characters, soft hyphens and marks of direction: for text that is
    taken out of markup, where no offset refers to."""
    return "".join(c for c in text if c.isascii() or unicodedata.category(c) != "Cf")


def _boilerplate_lines(body: str, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """Spans of the lines to blank: those that match a pattern, and repeated teasers."""
    title = previous = None
    for start, end in _lines(body):
        line = body[start:end]
        if end - start <= patterns.longest_line and patterns.line.fullmatch(line):
            yield start, end
        elif previous and line == body[slice(*previous)] and _is_teaser(line, patterns):
            yield start, end
            if previous != title:
                yield previous
        else:
            previous = (start, end)
            title = title or previous


def _is_teaser(line: str, patterns: _Patterns) -> bool:
    return (
        len(line) <= patterns.repeated_longest_line
        and len(line.split()) >= patterns.repeated_fewest_words
        and not patterns.sentence_end.search(line)
        and not patterns.speaker_turn.search(line)
    )


def _lines(body: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines that are not blank, without the blanks around them."""
    for match in re.finditer(r"[^\s](?:[^\n]*[^\s])?", body):
        yield match.span()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@cache
def _invisible() -> dict[int, str]:
    """What each white space, control and format character is replaced by."""
    table: dict[int, str] = {}
    for code in (*range(0x3100), *range(0xFE00, 0x10000), *range(0xE0000, 0xE0080)):
        char = chr(code)
        if char == "\n" or char in _KEPT_FORMAT:
            continue
        if char in _BREAKS:
            table[code] = "\n"
        elif char.isspace() or unicodedata.category(char) in ("Cc", "Cf"):
            table[code] = " "
    return table


@cache
def _patterns() -> _Patterns:
    raw = (files("kb.read") / "data" / "boilerplate.toml").read_text(encoding="utf-8")
    data = tomllib.loads(raw)
    repeated = data["repeated"]
    return _Patterns(
        inline=_any(data["inline"]),
        line=_any(data["line"]),
        longest_line=data["longest_line"],
        repeated_fewest_words=repeated["fewest_words"],
        repeated_longest_line=repeated["longest_line"],
        sentence_end=re.compile(repeated["sentence_end"]),
        speaker_turn=re.compile(repeated["speaker_turn"]),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
