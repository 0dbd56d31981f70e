"""From the text of a parameter to the terms it stands for, by its declared type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kb import edtf
from kb.ask.named import NamedQuery
from kb.ask.names import as_iri, find
from kb.ask.sparql import Term, values_blocks, variables
from kb.errors import QueryError
from kb.rdf import day_literal, integer_literal, iri, string_literal
from kb.store import Store


def parse_assignments(texts: Iterable[str]) -> dict[str, list[str]]:
    """``name=value`` pairs; a name given twice has two values. Raises ``QueryError``."""
    out: dict[str, list[str]] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip("?$ "):
            raise QueryError(f"{text!r} is no parameter", "write it as name=value")
        out.setdefault(name.strip("?$ "), []).append(value)
    return out


def terms(
    store: Store, query: NamedQuery, given: Mapping[str, Sequence[str]]
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
    return {
        name: [term for value in values for term in _terms(store, query, name, value)]
        for name, values in given.items()
    }


def _with_default(query: NamedQuery) -> set[str]:
    """Parameters whose ``VALUES`` block has values of its own."""
    return {block.name for block in values_blocks(query.text) if not block.undefined}


def _terms(store: Store, query: NamedQuery, name: str, value: str) -> Sequence[Term]:
    parameter = query.parameter(name)
    kind = parameter.type if parameter else "iri" if "://" in value else "string"
    if kind in ("actor", "place"):
        return find(store, value, "place" if kind == "place" else "actor")
    if kind == "iri":
        return [as_iri(store, value) or iri(value)]
    if kind == "since":
        return [day_literal(edtf.earliest(value))]
    if kind == "until":
        return [day_literal(edtf.latest(value))]
    if kind == "integer":
        try:
            return [integer_literal(int(value))]
        except ValueError:
            raise QueryError(f"{name} is to be a whole number, not {value!r}") from None
    return [string_literal(value)]
