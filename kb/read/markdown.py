"""Markdown to an article: its YAML front matter gives the fields, its markup is blanked.

The text of the article is what follows the front matter, markup and all: passages are quoted as
they stand in the file. The body that is parsed has blanks for every mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kb.errors import ReadError
from kb.read.clean import mask

LONGEST_FRONT = 20_000
"""Characters; what goes on longer is no front matter."""

_FENCE = re.compile(r"---[ \t]*\n")
_FRONT = re.compile(r"---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_ABSENT = ("", "~", "null", "Null", "NULL")
"""What YAML writes for no value."""

_CODE = re.compile(r" {0,3}(```+|~~~+)")
_HIDDEN = re.compile(
    r"""
    [ ]{0,3}\[[^\]]{1,200}\]:[ \t].*            # where a link leads, and footnotes
    | [ ]{0,3}(?:=+|-{2,}|(?:[*_-][ \t]*){3,})  # underlines and rules
    | [ ]{0,3}[|:-][ \t|:-]*                    # the rule below a table's head
    """,
    re.X,
)
"""Lines that hold no prose."""

_MARKS = re.compile(
    r"""
    <!--(?:(?!-->).){0,2000}-->
    | ^[ \t]*(?:>[ \t]?)+                       # block quotes
    | ^[ ]{0,3}\#{1,6}(?=[ \t])                 # headings
    | ^[ \t]*(?:[-*+]|\d{1,3}[.)])(?=[ \t])     # items of lists
    | !\[[^\[\]]{0,300}\](?:\([^()]{0,500}\))?  # pictures with their captions
    | \[\^[^\[\]]{1,100}\]                      # footnote marks
    | \[(?=[^\[\]]{1,300}\][(\[])               # links: their brackets
    | \]\((?:[^()]|\([^()]{0,200}\)){0,500}\)   # and targets
    | \]\[[^\[\]]{0,100}\]
    | <(?:https?://|mailto:)[^<>\s]{1,500}>
    | `+ | \*+ | ~~+
    | (?<![^\W_])_+(?=\w) | (?<=[\w.,!?”"’)])_+(?![^\W_])  # emphasis, not snake_case
    | \\(?=[!-/:-@\[-`{-~]) | \\$               # escapes
    | \|                                        # columns
    """,
    re.X,
)

_APART = re.compile(r"[ ]{0,3}(?:[#|]|[-*+][ \t]|\d{1,3}[.)][ \t])")
"""How a line begins that does not go on with the paragraph before it."""

_CLOSED = re.compile(r"[ ]{0,3}[#|]")
"""How a line begins that the next one does not go on with."""


def looks_like_front_matter(head: str) -> bool:
    """Whether a text begins with a fence and a field."""
    return re.match(r"---[ \t]*\n(?:\s*#[^\n]*\n)*[A-Za-z_]+[ \t]*:", head) is not None


def markdown_record(text: str) -> tuple[dict[str, Any], Callable[[str], str]]:
    """The fields of a Markdown text (``\\n`` ends its lines), and what blanks its markup.

    Raises :class:`ReadError` where the front matter is broken.
    """
    fields: dict[str, Any] = {}
    if _FENCE.match(text):
        front = _FRONT.match(text, 0, LONGEST_FRONT)
        if front is not None:
            fields, text = _fields(front["fields"]), text[front.end() :]
        elif looks_like_front_matter(text[:LONGEST_FRONT]):
            raise ReadError("the front matter does not end", hint=_SHAPE)
    if not text.strip():
        raise ReadError("the article is empty", hint="There is nothing behind the front matter.")
    return {**fields, "text": text}, lambda text: mask(unmark(text))


def unmark(text: str) -> str:
    """``text`` with blanks for its markup, and for the line ends within a paragraph."""
    shown: list[str] = []
    code: str | None = None
    going_on = False
    for line in text.split("\n"):
        fence = _CODE.match(line)
        prose = code is None and fence is None and not _HIDDEN.fullmatch(line)
        if fence is not None:
            code = fence[1] if code is None else None if fence[1].startswith(code) else code
        joined = going_on and prose and line.strip() != "" and not _APART.match(line)
        shown.append(" " if joined else "\n")
        shown.append(_MARKS.sub(_blank, line) if prose else " " * len(line))
        going_on = prose and line.strip() != "" and not _CLOSED.match(line)
    return "".join(shown)[1:]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _fields(yaml_text: str) -> dict[str, Any]:
    """The fields as text: a date is read as any article's, an id keeps its leading zeros."""
    import yaml

    try:
        found = yaml.load(yaml_text, Loader=yaml.BaseLoader)  # texts, lists and mappings only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" in line {mark.line + 2}" if mark else ""
        raise ReadError(
            f"the front matter is broken{where}: {error.problem or error.context}", hint=_SHAPE
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ReadError(
            f"the front matter is broken: {str(error).splitlines()[0]}", hint=_SHAPE
        ) from error
    if found in _ABSENT or found is None:
        return {}
    if not isinstance(found, dict):
        raise ReadError("the front matter has no fields", hint=_SHAPE)
    return {str(key).lower(): value for key, value in found.items() if value not in _ABSENT}


_SHAPE = "It looks like this: --- / title: … / date: 2023-09-24 / source: … / --- ."
