"""From the value of a parameter to the terms it stands for, by its declared type, else its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product

from kb import edtf
from kb.ask.named import NamedQuery
from kb.ask.names import as_iri, find
from kb.ask.sources import span
from kb.ask.sparql import Term, values_blocks, variables
from kb.errors import QueryError
from kb.rdf import boolean_literal, day_literal, integer_literal, iri, string_literal
from kb.store import Store

Value = str | int | bool | date
"""What a variable can be bound to; a date and time stands for its day."""


def terms(
    store: Store, query: NamedQuery, given: Mapping[str, Sequence[Value]]
) -> dict[str, Sequence[Term]]:
    """The terms for a query's parameters. Raises ``QueryError`` for one that is missing, unknown or
    ill-formed, ``UnknownNameError`` for a name that nobody bears."""
    missing = [p.name for p in query.parameters if not p.optional and p.name not in given]
    if missing and not set(missing) <= _with_default(query):
        raise QueryError(
            f"{query.name} needs a value for {', '.join(missing)}",
            " ".join(f"--param {name}=…" for name in missing),
        )
    for name in given:
        if name not in variables(query.text):
            known = ", ".join(p.name for p in query.parameters) or "none"
            raise QueryError(f"{query.name} has no parameter {name!r}", f"it has: {known}")
    _require_order(query, given)
    return {
        name: [term for value in values for term in _terms(store, query, name, value)]
        for name, values in given.items()
    }


def _require_order(query: NamedQuery, given: Mapping[str, Sequence[Value]]) -> None:
    """Refuse a span that ends before it begins."""
    ends = {p.type: given[p.name] for p in query.parameters if p.name in given}
    for since, until in product(ends.get("since", ()), ends.get("until", ())):
        span(_text(since), _text(until))


def _with_default(query: NamedQuery) -> set[str]:
    """Parameters whose ``VALUES`` block has values of its own."""
    return {block.name for block in values_blocks(query.text) if not block.undefined}


def _terms(store: Store, query: NamedQuery, name: str, value: Value) -> Sequence[Term]:
    parameter = query.parameter(name)
    if parameter is None:
        return [_literal(value)]
    kind = parameter.type
    text = _text(value)
    if kind in ("actor", "place"):
        return find(store, text, "place" if kind == "place" else "actor")
    if kind == "iri":
        return [as_iri(store, text) or iri(text)]
    if kind == "since":
        return [day_literal(edtf.earliest(text))]
    if kind == "until":
        return [day_literal(edtf.latest(text))]
    if kind == "integer":
        try:
            return [integer_literal(int(text))]
        except ValueError:
            raise QueryError(f"{name} is to be a whole number, not {text!r}") from None
    return [string_literal(text)]


def _text(value: Value) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def _literal(value: Value) -> Term:
    """The term of a value whose type the query does not declare."""
    if isinstance(value, bool):
        return boolean_literal(value)
    if isinstance(value, int):
        return integer_literal(value)
    if isinstance(value, date):
        return day_literal(date(value.year, value.month, value.day))
    return iri(value) if "://" in value else string_literal(value)
