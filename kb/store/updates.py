"""A change of a remote store as requests, in an order that shows nobody half an article.

What fits into one request is one request, which every product that is known runs as a transaction.
A larger change goes in three steps. First comes what an article's graph says of its reports,
passages and actors, which no question finds as yet. Then what all questions begin with, in one
request: the article itself, which reports are in it, names, and the derived graph. Last goes what
has been replaced. Only where the second step alone is too large for a request is it cut, between
things. Each request can be sent twice: statements that are there are added, and those that are not
removed, without effect.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote_plus

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kb.errors import StoreError
from kb.rdf import journal_quads, quad_text, read_journal, term_text, triple_text
from kb.vocabulary import DIP, GRAPH, RDF, RDFS, SKOS

OWN_GRAPHS = frozenset({GRAPH.derived, GRAPH.gazetteer, GRAPH.judgements, GRAPH.journal})
POINTERS = frozenset({DIP.inArticle, RDFS.label, SKOS.altLabel, SKOS.exactMatch})
"""What questions find things by in the graph of an article."""

PIECE = 20_000
"""Characters of a piece of the journal."""

_FRAME = 200
"""Bytes for the words around the statements of one graph."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a request may be: bytes as they are sent, and statements."""

    bytes: int
    quads: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A quad as it is sent, and whether it comes or goes."""

    quad: Quad
    text: str
    size: int
    comes: bool


def requests(add: Iterable[Quad], remove: Iterable[Quad], limits: Limits) -> list[str]:
    """The updates that make a change, in their order. What is removed and added stays.

    Raises ``KBError`` for a term that cannot be sent.
    """
    come = dict.fromkeys(add)
    go = dict.fromkeys(remove)
    articles = {
        quad.subject
        for quad in (*come, *go)
        if quad.predicate == RDF.type and quad.object == DIP.Article
    }
    steps: tuple[list[Statement], list[Statement], list[Statement]] = ([], [], [])
    for quad in go:
        if quad not in come:
            steps[1 if _is_pointer(quad, articles) else 2].append(_statement(quad, comes=False))
    for quad in come:
        steps[1 if _is_pointer(quad, articles) else 0].append(_statement(quad, comes=True))
    if _fits([s for step in steps for s in step], limits):
        texts = [_text(step) for step in steps if step]
        return [" ;\n".join(texts)] if texts else []
    return [_text(part) for step in steps for part in _parts(step, limits)]


def journal(add: Iterable[Quad], remove: Iterable[Quad], limits: Limits) -> list[str]:
    """The updates that note a change before it is made; the last of them says that it is whole."""
    lines = {
        "add": "".join(map(quad_text, dict.fromkeys(add))),
        "remove": "".join(map(quad_text, dict.fromkeys(remove))),
    }
    text = json.dumps(lines)
    pieces = [text[i : i + PIECE] for i in range(0, len(text), PIECE)]
    quads = list(journal_quads(pieces, _mark(text)))
    noted = [_statement(quad, comes=True) for quad in quads]
    return [_text(part) for part in _parts(noted[:-1], limits)] + [_text(noted[-1:])]


def journalled(quads: Iterable[Quad]) -> tuple[list[Quad], list[Quad]] | None:
    """The change that a journal notes, to be made again; None where it is not whole, so that
    nothing of it has been made. Raises ``StoreError`` for a journal that is none."""
    text, marks = read_journal(quads)
    if marks != [_mark(text)]:
        return None
    try:
        lines = json.loads(text)
        add, remove = (
            list(pyoxigraph.parse(lines[key], pyoxigraph.RdfFormat.N_QUADS, lenient=True))
            for key in ("add", "remove")
        )
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        raise StoreError(
            f"the graph {GRAPH.journal.value} of the store is no journal",
            "if nobody is writing, remove the graph",
        ) from error
    return add, remove


END_OF_JOURNAL = (
    f"DELETE WHERE {{ GRAPH {term_text(GRAPH.journal)} "
    f"{{ {term_text(GRAPH.journal)} {term_text(RDF.value)} ?mark }} }}",
    f"DELETE WHERE {{ GRAPH {term_text(GRAPH.journal)} {{ ?piece ?has ?text }} }}",
)
"""The updates that take a journal away: first its mark, so that it is never whole but older."""


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_pointer(quad: Quad, articles: Collection[object]) -> bool:
    if not isinstance(quad.graph_name, NamedNode) or quad.graph_name in OWN_GRAPHS:
        return True
    return quad.subject in articles or quad.predicate in POINTERS


def _statement(quad: Quad, *, comes: bool) -> Statement:
    text = triple_text(quad)
    return Statement(quad, text, len(quote_plus(text)), comes)


def _fits(statements: Sequence[Statement], limits: Limits) -> bool:
    if len(statements) > limits.quads:
        return False
    graphs = {(s.quad.graph_name, s.comes) for s in statements}
    return sum(s.size for s in statements) + _FRAME * len(graphs) <= limits.bytes


def _parts(statements: Sequence[Statement], limits: Limits) -> Iterator[list[Statement]]:
    """All at once where that fits, else cut between things as late as it goes."""
    if _fits(statements, limits):
        if statements:
            yield list(statements)
        return
    part: list[Statement] = []
    size = 0
    ordered = sorted(statements, key=lambda s: (str(s.quad.graph_name), str(s.quad.subject)))
    for _, group in groupby(ordered, key=lambda s: (s.quad.graph_name, s.quad.subject)):
        thing = list(group)
        # a thing that is larger than a request is cut, too
        pieces = [thing] if _fits(thing, limits) else [[statement] for statement in thing]
        for piece in pieces:
            more = sum(s.size for s in piece) + _FRAME
            if part and (size + more > limits.bytes or len(part) + len(piece) > limits.quads):
                yield part
                part, size = [], 0
            part += piece
            size += more
    if part:
        yield part


def _text(statements: Iterable[Statement]) -> str:
    """One update: what goes before what comes. Each graph has an operation of its own: of an
    operation on several, Virtuoso removes no literal with a datatype that it does not know."""
    operations = []
    ordered = sorted(statements, key=lambda s: (s.comes, str(s.quad.graph_name)))
    for (comes, graph), inside in groupby(ordered, key=lambda s: (s.comes, s.quad.graph_name)):
        data = "".join(statement.text for statement in inside)
        if isinstance(graph, NamedNode):
            data = f"GRAPH {term_text(graph)} {{\n{data}}}\n"
        operations.append(f"{'INSERT' if comes else 'DELETE'} DATA {{\n{data}}}")
    return " ;\n".join(operations)
