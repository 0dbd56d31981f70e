"""What a judgement is about: from what a user types to actors, or to reports of events."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask.answers import by_digits
from kb.ask.named import named_query
from kb.ask.names import as_iri, find, goes_under, quoted
from kb.ask.run import select
from kb.errors import KBError, UnknownNameError
from kb.rdf import iri
from kb.reports import kind_of
from kb.store import Store
from kb.vocabulary import ACTOR_CLASS, DIP, RDFS

_ONE = frozenset({"person", "role"})
"""A role can turn out to be a person; else only things of one kind can be one."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An actor, or an event by one of its reports; ``kind`` is that of the actor (``person``,
    ``state`` …) or of the event, ``now`` the IRI that it counts as."""

    iri: str
    kind: str
    now: str


def thing(store: Store, name: str) -> Thing:
    """What a name or id means: an actor by name or IRI, an event by its id or IRI (which stands for
    the first of its reports), or a report. Raises ``UnknownNameError``."""
    node = by_digits(store, name) or as_iri(store, name)
    if node is None:
        found = find(store, name)
        if len(found) > 1:
            several = tuple("/".join(n.value.split("/")[-2:]) for n in found)
            raise UnknownNameError(
                f"{quoted(name)} is the name of several", f"name one: {', '.join(several)}", several
            )
        return Thing(found[0].value, kind_of(found[0].value), found[0].value)
    if told := select(store, named_query("event"), {"event": [node]}):
        kind = str(told[0]["class"]).rpartition("#")[2].lower()
        base, _, last = node.value.rpartition("/")
        report = f"{base.rpartition('/')[0]}/report/{last}"
        if not any(store.quads(iri(report), DIP.inArticle)):
            raise UnknownNameError(f"this knowledge base has no report {quoted(name)}")
        return Thing(report, kind, told[0]["current"])
    if kind_of(node.value) not in ACTOR_CLASS or not any(store.quads(node, RDFS.label)):
        raise UnknownNameError(
            f"this knowledge base has no actor, event or report called {quoted(name)}",
            "actors go by name or IRI, events and reports by the id that `kb show` prints",
        )
    return Thing(node.value, kind_of(node.value), goes_under(store, node).value)


def require_like(one: Thing, other: Thing) -> None:
    """Raise ``KBError`` unless two things can be one."""
    if one.iri == other.iri:
        raise KBError("both names mean the same report or actor", "name two")
    if one.kind != other.kind and not {one.kind, other.kind} <= _ONE:
        raise KBError(
            f"one is {_called(one.kind)}, the other {_called(other.kind)}",
            "only things of one kind can be the same or different",
        )


def _called(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
