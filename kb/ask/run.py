"""Run a query with its parameters bound; answers as rows of plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from kb.ask.guard import require_reading
from kb.ask.named import NamedQuery
from kb.ask.sparql import Term, bind
from kb.errors import QueryError
from kb.store import Answer, Store
from kb.vocabulary import XSD

Row = dict[str, Any]
"""Variables that are bound, as text, numbers and truth values."""


def run(
    store: Store,
    text: str,
    values: Mapping[str, Sequence[Term]] | None = None,
    *,
    allow_remote: bool = False,
) -> Answer:
    """The answer of the store to a query, which asks other endpoints (SERVICE) with
    ``allow_remote`` only. Raises ``QueryError``."""
    bound = bind(text, values or {})
    require_reading(bound, allow_remote=allow_remote)
    return store.query(bound)


def select(
    store: Store, query: NamedQuery, values: Mapping[str, Sequence[Term]] | None = None
) -> list[Row]:
    """The rows of a SELECT query, in its order."""
    answer = run(store, query.text, values)
    if not isinstance(answer, QuerySolutions):
        raise QueryError(f"{query.name} is no SELECT query", "only SELECT gives rows")
    return list(rows(answer))


def rows(answer: QuerySolutions | QueryBoolean) -> Iterator[Row]:
    """Rows of an answer; one row with ``answer`` for a yes or no."""
    if isinstance(answer, QueryBoolean):
        yield {"answer": bool(answer)}
        return
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        yield {n: plain(t) for n in names if (t := solution[n]) is not None}


def plain(term: NamedNode | BlankNode | Literal | Triple) -> str | int | float | bool:
    """A term as Python has it; dates and IRIs stay text."""
    if isinstance(term, Literal):
        if term.datatype == XSD.integer:
            return int(term.value)
        if term.datatype == XSD.boolean:
            return term.value in ("true", "1")
        if term.datatype in (XSD.decimal, XSD.double, XSD.float):
            return float(term.value)
        return term.value
    return term.value if isinstance(term, NamedNode) else str(term)
