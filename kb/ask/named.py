"""The named queries: one ``.rq`` file for each question, with its header.

    # title: Meetings of an actor
    # question: Whom did X meet?
    # param actor actor Who is meant
    # param since since Nothing that was over before this date
    # example: kb who-met "Xi Jinping" --since 2023

Types: ``actor`` and ``place`` (a name or IRI of the knowledge base; states are places, too),
``iri``, ``string``, ``integer``, ``since`` and ``until`` (the first or last day of an EDTF date, as
``xsd:date``). A parameter whose ``VALUES`` block says ``UNDEF`` may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.ask.sparql import UPDATES, values_blocks
from kb.errors import QueryError
from kb.resources import queries_dir

TYPES = ("actor", "place", "iri", "string", "integer", "since", "until")

_FIELD = re.compile(r"#\s*(title|question|example|param)\b:?\s*(.*)")
_TEXT = re.compile(
    rf"\s*(BASE|PREFIX|SELECT|ASK|CONSTRUCT|DESCRIBE|{'|'.join(sorted(UPDATES))})\s", re.IGNORECASE
)
"""How a query begins, as no name or file does."""
_MORE = re.compile(r"#\s{2,}(\S.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as the header of its query describes it."""

    name: str
    type: str
    description: str
    optional: bool


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with what its header says about it; ``text`` is the whole file."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    examples: tuple[str, ...]
    text: str

    def parameter(self, name: str) -> Parameter | None:
        return next((p for p in self.parameters if p.name == name), None)


def parse_query(text: str, name: str = "query") -> NamedQuery:
    """Read a query's header. What is missing stays empty. Raises ``QueryError`` for a bad one."""
    fields: dict[str, list[str]] = {"title": [], "question": [], "example": [], "param": []}
    current: list[str] | None = None
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if found := _FIELD.match(line):
            current = fields[found.group(1)]
            current.append(found.group(2).strip())
        elif current and (more := _MORE.match(line)):
            current[-1] += " " + more.group(1).strip()
        else:
            current = None
    optional = {block.name for block in values_blocks(text) if block.undefined}
    return NamedQuery(
        name=name,
        title=" ".join(fields["title"]),
        question=" ".join(fields["question"]),
        parameters=tuple(_parameter(line, optional, name) for line in fields["param"]),
        examples=tuple(fields["example"]),
        text=text,
    )


def _parameter(line: str, optional: set[str], query: str) -> Parameter:
    name, type_, description = [*line.split(None, 2), "", "", ""][:3]
    if type_ not in TYPES:
        raise QueryError(
            f"{query}: the parameter {name or '(without a name)'} has no type that is known",
            f"write `# param NAME TYPE description`; types are {', '.join(TYPES)}",
        )
    return Parameter(name.lstrip("?$"), type_, description, name.lstrip("?$") in optional)


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Every query of ``queries/`` by its name, the stem of its file."""
    return {path.stem: _read(path) for path in sorted(queries_dir().glob("*.rq"))}


@cache
def named_query(name: str) -> NamedQuery:
    """One query. Raises ``QueryError`` that lists the others."""
    path = queries_dir() / f"{name}.rq"
    if not re.fullmatch(r"[\w-]+", name) or not path.is_file():
        raise QueryError(
            f"there is no query named {name!r}", f"`kb queries` lists them: {_names()}"
        )
    return _read(path)


def find_query(query: str | Path | NamedQuery) -> NamedQuery:
    """The query that is meant: itself, its text, its file, or its name. Raises ``QueryError``."""
    if isinstance(query, NamedQuery):
        return query
    if isinstance(query, str) and (_TEXT.match(query) or "{" in query or "\n" in query):
        return parse_query(query)
    if not str(query).strip():
        raise QueryError("the query is empty", "give its text, a file, or a name of `kb queries`")
    path = Path(query)
    try:
        if path.is_file():
            return _read(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise QueryError(f"{path} cannot be read: {reason}") from error
    if path.suffix or len(path.parts) > 1:
        raise QueryError(f"there is no file {path}", "`kb queries` lists the named queries")
    return named_query(str(query))


def _names() -> str:
    stems: Sequence[str] = sorted(path.stem for path in queries_dir().glob("*.rq"))
    return ", ".join(stems)


def _read(path: Path) -> NamedQuery:
    return parse_query(path.read_text(encoding="utf-8"), path.stem)
