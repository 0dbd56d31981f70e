"""Bind the parameters of a SPARQL query without pasting text into it.

A parameter is a variable. Binding it writes a ``VALUES`` block of terms in their RDF syntax: into
the block that the query has for it (``VALUES ?name { UNDEF }``), else at the head of its outermost
group. So a query with parameters is a plain SPARQL query, which any product runs as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kb.errors import QueryError
from kb.rdf import term_text

Term = NamedNode | Literal

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
                | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
    | (?P<variable>[?$]\w+)
    | (?P<name>[\w.-]*:[\w.:%-]*)
    | (?P<word>\w+)
    | (?P<sign>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    start: int
    end: int

    def is_word(self, word: str) -> bool:
        return self.kind == "word" and self.text.upper() == word


def tokenize(query: str) -> list[Token]:
    """The tokens of a query, as far as telling braces and variables from text needs it."""
    return [
        Token(found.lastgroup or "sign", found.group(), *found.span())
        for found in _TOKEN.finditer(query)
        if found.lastgroup != "comment"
    ]


@dataclass(frozen=True, slots=True)
class Block:
    """A ``VALUES ?name { … }`` block: where it begins, the span between its braces, and whether it
    says UNDEF."""

    name: str
    first: int
    start: int
    end: int
    undefined: bool


def values_blocks(query: str) -> list[Block]:
    """The blocks of one variable each, in their order."""
    tokens = tokenize(query)
    found = []
    for i, token in enumerate(tokens[:-3]):
        variable, brace = tokens[i + 1], tokens[i + 2]
        if not token.is_word("VALUES") or variable.kind != "variable" or brace.text != "{":
            continue
        inside: list[Token] = []
        for last in tokens[i + 3 :]:
            if last.text == "}" and last.kind == "sign":
                undefined = bool(inside) and all(t.is_word("UNDEF") for t in inside)
                name = variable.text[1:]
                found.append(Block(name, token.start, brace.end, last.start, undefined))
                break
            inside.append(last)
    return found


def outermost_group(query: str) -> int:
    """Where the outermost group pattern begins, behind its brace. Raises ``QueryError``."""
    tokens = tokenize(query)
    depth = 0
    last_open = None
    for i, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text == "{":
            before = tokens[i - 1] if i else None
            if depth == 0:
                template = before is not None and before.is_word("CONSTRUCT")
                if not template:
                    return token.end
                last_open = token.end
            depth += 1
        elif token.text == "}":
            depth -= 1
    raise QueryError(
        "the query has no group to bind a parameter in",
        "write its pattern between braces" if last_open is None else "write WHERE { … }",
    )


def variables(query: str) -> set[str]:
    """The names of all variables of a query."""
    return {token.text[1:] for token in tokenize(query) if token.kind == "variable"}


UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)
"""Words that an update begins with; no query begins with one of them."""


def selected(query: str) -> tuple[str, ...]:
    """The names of the columns of a SELECT query, in their order; none where it says ``*``."""
    tokens = tokenize(query)
    first = next((i for i, token in enumerate(tokens) if token.is_word("SELECT")), len(tokens))
    names: list[str] = []
    depth = 0
    for before, token in zip(tokens[first:], tokens[first + 1 :], strict=False):
        if token.text == "{" or token.is_word("WHERE") or token.is_word("FROM"):
            break
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (depth == 0 or before.is_word("AS")):
            names.append(token.text[1:])
    return tuple(names)


def bind(query: str, values: Mapping[str, Sequence[Term]]) -> str:
    """The query with its parameters bound to one or several terms each. A block that says UNDEF
    and is not bound is left out: it says nothing, and not every product bears with it.

    Raises ``QueryError`` for a parameter that is no variable of the query.
    """
    known = variables(query)
    for name in values:
        if name not in known:
            raise QueryError(
                f"the query has no variable ?{name}",
                f"it has {', '.join('?' + v for v in sorted(known)) or 'none'}",
            )
    edits: list[tuple[int, int, str]] = []
    placed = set()
    for block in values_blocks(query):
        if block.name in values:
            edits.append((block.start, block.end, _terms(values[block.name])))
            placed.add(block.name)
        elif block.undefined:
            edits.append((block.first, block.end + 1, ""))
    if rest := [name for name in values if name not in placed]:
        head = outermost_group(query)
        text = "".join(f" VALUES ?{name} {{{_terms(values[name])}}}" for name in rest)
        edits.append((head, head, text + " "))
    for start, end, text in sorted(edits, reverse=True):
        query = query[:start] + text + query[end:]
    return query


def _terms(terms: Sequence[Term]) -> str:
    return " " + " ".join(map(term_text, terms)) + " "
