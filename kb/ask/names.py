"""From what a user types to the actors and places of a knowledge base.

A name is an IRI (``https://…/person/Q7747``), its end (``person/Q7747``), a Wikidata id, or a name:
in full, an alias, a surname, a code. Nothing is guessed: an unknown name, and one that several
bear, is answered with the closest.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode

from kb.ask.named import named_query
from kb.ask.run import Row, select
from kb.ask.sparql import Term
from kb.errors import UnknownNameError
from kb.names import fold
from kb.rdf import base_of, iri, string_literal
from kb.store import Store
from kb.vocabulary import DCTERMS, GRAPH

Wanted = Literal["actor", "place", "event"]

_ORDER = ("State", "Person", "Organization", "Role", "Group", "Place")
_CLOSEST = 5
_LONGEST_TOLD = 80
_SHORT_IRI = re.compile(r"[a-z]+/[^\s/]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor or place that a name may mean."""

    node: NamedNode
    name: str
    kind: str
    country: str | None
    full: bool

    @property
    def shown(self) -> str:
        told = [part for part in (self.kind.lower(), self.country) if part]
        return f"{self.name} ({', '.join(told)})"


def find(store: Store, text: str, wanted: Wanted = "actor") -> list[NamedNode]:
    """Whom or what a name means; several nodes where one is known by several.

    Places include states. Raises ``UnknownNameError``.
    """
    if not text.strip():
        raise UnknownNameError("the name is empty", "`kb actors` lists the names that there are")
    if (node := as_iri(store, text)) is not None:
        if not _known(store, node):
            raise UnknownNameError(
                f"this knowledge base has nothing called {quoted(text)}",
                "`kb actors` lists whom it has",
            )
        return [goes_under(store, node)]
    candidates = _candidates(store, text, wanted)
    if not candidates:
        close = closest(store, text)
        hint = f"the closest: {', '.join(close)}" if close else "`kb actors` lists whom it has"
        noun = "place" if wanted == "place" else "actor"
        raise UnknownNameError(
            f"this knowledge base has no {noun} named {quoted(text)}", hint, tuple(close)
        )
    chosen = _choose(candidates, wanted)
    if not chosen:
        shown = tuple(c.shown for c in candidates[: 2 * _CLOSEST])
        raise UnknownNameError(
            f"{quoted(text)} may be {_listed(shown)}",
            "give the full name, or the IRI that `kb actors NAME` shows",
            shown,
        )
    return [c.node for c in chosen]


def quoted(text: str) -> str:
    """What a user has typed, for a message: in quotes, and cut where it is long."""
    return repr(text if len(text) <= _LONGEST_TOLD else text[:_LONGEST_TOLD] + "…")


def as_iri(store: Store, text: str) -> NamedNode | None:
    """The IRI that a user has written, in full, by its end, or as a Wikidata id; else None."""
    if "://" in text:
        return iri(text)
    base = base_of(store.quads)
    if _SHORT_IRI.fullmatch(text):
        return iri(base + text)
    if re.fullmatch(r"Q\d+", text):
        return iri(f"{base}person/{text}")
    return None


def goes_under(store: Store, node: NamedNode) -> NamedNode:
    """The IRI that an actor goes under, which may be another than an article has for him."""
    found = store.quads(node, DCTERMS.isReplacedBy, None, GRAPH.derived)
    return next((q.object for q in found if isinstance(q.object, NamedNode)), node)


def _known(store: Store, node: NamedNode) -> bool:
    return any(store.quads(node)) or any(store.quads(None, None, node))


def _candidates(store: Store, text: str, wanted: Wanted) -> list[Candidate]:
    rows = select(store, named_query("names"), {"key": [string_literal(fold(text))]})
    return [
        candidate
        for candidate in _distinct(rows)
        if (
            candidate.kind in ("Place", "State") if wanted == "place" else candidate.kind != "Place"
        )
    ]


def _distinct(rows: Iterable[Row]) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for row in rows:
        node = iri(str(row["node"]))
        one = Candidate(node, str(row["name"]), _kind(row), row.get("country"), bool(row["full"]))
        found.setdefault(node.value, one)
    return list(found.values())


def _kind(row: Row) -> str:
    return str(row["class"]).rpartition("#")[2]


def _choose(candidates: Sequence[Candidate], wanted: Wanted) -> list[Candidate]:
    """The candidates meant, none where that is open: full names before short ones, states before
    persons; one name told with a state and without is taken for one."""
    pool = [c for c in candidates if c.full] or list(candidates)
    if wanted == "place":
        # a city state is asked for by either of its natures
        return pool if len({fold(c.name) for c in pool}) == 1 else []
    best = min(_ORDER.index(c.kind) for c in pool)
    pool = [c for c in pool if _ORDER.index(c.kind) == best]
    countries = {c.country for c in pool} - {None}
    if len(pool) == 1 or (len({fold(c.name) for c in pool}) == 1 and len(countries) < 2):
        return pool
    return []


def matching(store: Store, text: str) -> list[Candidate]:
    """Whom or what a name may mean: who bears it; else whose names have all its words, or words
    that begin so."""
    key = fold(text)
    if not key:
        return []
    rows = select(store, named_query("names"), {"key": [string_literal(key)]})
    if not rows:
        words = key.split()
        keys = dict.fromkeys(
            str(row["key"])
            for row in select(store, named_query("all-names"))
            if _has_words(str(row["key"]), words)
        )
        near: list[Term] = [string_literal(k) for k in sorted(keys, key=lambda k: (len(k), k))]
        rows = select(store, named_query("names"), {"key": near}) if near else []
    return _distinct(rows)


def _has_words(key: str, words: Sequence[str]) -> bool:
    own = key.split()
    return all(any(o.startswith(w) for o in own) for w in words)


def closest(store: Store, text: str, most: int = _CLOSEST) -> list[str]:
    """Names of the knowledge base that look like what was asked for, the best first."""
    key = fold(text)[:_LONGEST_TOLD]
    names: dict[str, str] = {}
    for row in select(store, named_query("all-names")):
        names.setdefault(str(row["key"]), str(row["name"]))
    words = set(key.split())
    shared = sorted((k for k in names if words & set(k.split())), key=len)
    alike = difflib.get_close_matches(key, names, n=most, cutoff=0.6)
    return list(dict.fromkeys(names[k] for k in (*alike, *shared)))[:most]


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} or {names[-1]}"
