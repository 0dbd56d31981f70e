"""Who is in a knowledge base: actors with their names, offices, and what they take part in."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from kb.ask.named import named_query
from kb.ask.names import Candidate, as_iri, closest, goes_under, matching, quoted
from kb.ask.run import Row, select
from kb.ask.sparql import Term
from kb.errors import KBError, UnknownNameError
from kb.model import ActorType
from kb.rdf import iri, string_literal
from kb.store import Store
from kb.vocabulary import ACTOR_CLASS

TYPES = {node.value: kind for kind, node in ACTOR_CLASS.items()}
_WIKIDATA = "http://www.wikidata.org/entity/"
_CHUNK = 500


def actors(
    store: Store,
    name: str | None = None,
    *,
    kind: ActorType | None = None,
    country: str | None = None,
) -> list[Row]:
    """Actors: all, or those whom a name may mean, the best first.

    ``kind`` and ``country`` (an ISO 3166-1 code; those who act for the state are meant, too) leave
    the others out. Rows have ``names``, ``offices`` (of the gazetteer) and ``told`` (offices as
    articles tell them, with the first and last day of publication), and as many ``meetings``,
    ``visits`` and ``statements`` as the questions of these names answer with. Raises
    ``UnknownNameError`` where no name is like this one, ``KBError`` for a code that is none.
    """
    values: dict[str, Sequence[Term]] = {}
    if name is not None:
        values["actor"] = _meant(store, name)
    if kind is not None:
        values["kind"] = [string_literal(kind)]
    if country is not None:
        values["code"] = [string_literal(_code(country))]
    found = {row["actor"]: row for row in select(store, named_query("actors"), values)}
    order = [node.value for node in values.get("actor", ())] or list(found)
    return _rows(store, [found[node] for node in order if node in found])


def actor(store: Store, node: NamedNode) -> Row | None:
    """The row of one actor; None where the IRI is that of none."""
    found = select(store, named_query("actors"), {"actor": [goes_under(store, node)]})
    return next(iter(_rows(store, found)), None)


def _meant(store: Store, name: str) -> list[NamedNode]:
    """The actors whom a name may mean."""
    if (node := as_iri(store, name)) is not None:
        if not any(store.quads(node)):
            raise UnknownNameError(
                f"this knowledge base has no actor {quoted(name)}", "`kb actors` lists them"
            )
        return [goes_under(store, node)]
    found: list[Candidate] = [c for c in matching(store, name) if c.kind != "Place"]
    if not found:
        close = closest(store, name)
        raise UnknownNameError(
            f"this knowledge base has no actor named {quoted(name)}",
            f"the closest: {', '.join(close)}" if close else "`kb actors` lists them",
            tuple(close),
        )
    return [candidate.node for candidate in found]


def _code(country: str) -> str:
    code = country.strip().upper()
    if len(code) != 2 or not code.isalpha():
        raise KBError(
            f"{quoted(country)} is no code of a state",
            "two letters of ISO 3166-1: FR, CN, KR; `kb actors --type state` shows them",
        )
    return code


def _rows(store: Store, found: Sequence[Row]) -> list[Row]:
    nodes = [iri(row["actor"]) for row in found]
    names: dict[str, list[str]] = {}
    entries: dict[str, str] = {}
    held: dict[str, list[Row]] = {}
    told: dict[str, list[Row]] = {}
    for at in range(0, len(nodes), _CHUNK):
        some = nodes[at : at + _CHUNK]
        for row in select(store, named_query("names-of"), {"actor": some}):
            if "name" in row:
                names.setdefault(row["actor"], []).append(row["name"])
            elif row["match"].startswith(_WIKIDATA):
                entries[row["actor"]] = row["match"].removeprefix(_WIKIDATA)
        for row in select(store, named_query("offices"), {"person": some}):
            held.setdefault(row["person"], []).append(
                {key: row.get(key) for key in ("office", "state", "since", "until", "asOf")}
            )
        for row in select(store, named_query("offices-told"), {"actor": some}):
            told.setdefault(row["actor"], []).append(
                {key: row.get(key) for key in ("office", "first", "last", "articles")}
            )
    counts = ("meetings", "visits", "statements", "articles")
    return [
        {
            "actor": row["actor"],
            "name": row["name"],
            "type": TYPES[row["class"]],
            "country": row.get("country"),
            "wikidata": entries.get(row["actor"]),
            "names": list(dict.fromkeys([row["name"], *names.get(row["actor"], ())])),
            "offices": held.get(row["actor"], []),
            "told": told.get(row["actor"], []),
            **{key: row[key] for key in counts},
        }
        for row in found
    ]
