"""The questions of the command line, answered: one function each, rows as JSON has them.

Rows of ``who_met``, ``visits`` and ``statements`` carry their actors, their reports, and how many
articles and how many sources (distinct texts) there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from kb.ask.named import named_query
from kb.ask.names import as_iri, find, quoted
from kb.ask.run import Row, select
from kb.ask.sources import article, articles_called, one_article, span
from kb.ask.sparql import Term
from kb.ask.who import actor
from kb.errors import UnknownNameError
from kb.rdf import iri, string_literal
from kb.reports import STANDINGS
from kb.store import Store
from kb.vocabulary import ACTOR_CLASS, DIP, GRAPH, MEDIUM_CODE

_TYPES = {node.value: kind for kind, node in ACTOR_CLASS.items()}
_MEDIA = {node.value: medium for medium, node in MEDIUM_CODE.items()}
_DIGITS = re.compile(r"(?:[a-z]+/)?[0-9a-f]{4,20}")
_CHUNK = 500
"""Events whose details are asked for at once."""


def who_met(
    store: Store,
    actor: str | None = None,
    other: str | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
    statuses: Sequence[str] = ("held", "disputed"),
) -> list[Row]:
    """Meetings, of an actor, or of two with each other; a state includes its officials.

    ``since`` and ``until`` are EDTF dates; meetings without a known date lie in no such span.
    ``statuses`` are standings; empty means all. Raises ``UnknownNameError``, ``EDTFError``.
    """
    values = span(since, until) | _named(store, actor=actor, other=other)
    values["standing"] = _texts(statuses or STANDINGS)
    found = select(store, named_query("who-met"), values)
    actors, reports = _details(store, [row["meeting"] for row in found])
    return [
        {
            "meeting": row["meeting"],
            "participants": [a for _, a in actors.get(row["meeting"], ())],
            "status": row["status"],
            "medium": _MEDIA.get(row.get("medium", ""), "unknown"),
            **_setting(row),
            "reports": reports.get(row["meeting"], []),
        }
        for row in found
    ]


def visits(
    store: Store,
    visitor: str | None = None,
    to: str | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
    statuses: Sequence[str] = (),
) -> list[Row]:
    """Visits by somebody, to a state or town; arguments as those of :func:`who_met`."""
    values = span(since, until) | _named(store, visitor=visitor)
    if to is not None:
        values["to"] = find(store, to, "place")
    if statuses:
        values["standing"] = _texts(statuses)
    found = select(store, named_query("visits"), values)
    actors, reports = _details(store, [row["visit"] for row in found])
    return [
        {
            "visit": row["visit"],
            "visitor": next((a for _, a in actors.get(row["visit"], ())), None),
            **_setting(row),
            "status": row["status"],
            "reports": reports.get(row["visit"], []),
        }
        for row in found
    ]


def statements(
    store: Store,
    speaker: str | None = None,
    to: str | None = None,
    *,
    about: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[Row]:
    """What somebody said, to somebody, with some words in it. A statement without a date of its own
    is put in time by its first report."""
    values = span(since, until) | _named(store, speaker=speaker, to=to)
    if about is not None:
        values["about"] = [string_literal(about)]
    found = select(store, named_query("statements"), values)
    actors, reports = _details(store, [row["statement"] for row in found])
    out = []
    for row in found:
        here = actors.get(row["statement"], ())
        out.append(
            {
                "statement": row["statement"],
                "speaker": next((a for role, a in here if role == DIP.speaker.value), None),
                "addressees": [a for role, a in here if role == DIP.addressee.value],
                "text": row["text"],
                "quote": row["quote"],
                "date": row.get("date"),
                "articles": row["articles"],
                "sources": row["sources"],
                "reports": reports.get(row["statement"], []),
            }
        )
    return out


def show(store: Store, name: str) -> Row:
    """One thing, by what a user calls it; its ``type`` says what it is.

    An event (``meeting``, ``visit``, ``statement``) with its actors, its reports and their
    passages, by its IRI, its end (``meeting/0f3c…``), the first digits of that (``0f3c``), or one
    of its reports; an ``article`` with what it reports, likewise, or by its key or URL; an actor
    with its names and offices, by its IRI or name. Raises ``UnknownNameError``.
    """
    if not name.strip():
        raise UnknownNameError("nothing is named", "`kb who-met` and the others show ids")
    node = by_digits(store, name) or as_iri(store, name)
    if node is not None:
        if found := select(store, named_query("event"), {"event": [node]}):
            return _event(store, found[0])
        if told := actor(store, node):
            return told
    if found := articles_called(store, name):
        return article(store, one_article(found, name))
    return _actor_called(store, name, node)


def _actor_called(store: Store, name: str, node: NamedNode | None) -> Row:
    """The last resort of :func:`show`: the one actor that goes by a name."""
    hint = (
        "an event or article is named by its IRI or the first digits of its end, an actor by name: "
        "`kb who-met`, `kb articles` and `kb actors` show them"
    )
    if node is not None or _DIGITS.fullmatch(name):
        raise UnknownNameError(f"this knowledge base has no event {quoted(name)}", hint)
    found = actor(store, find(store, name)[0])
    assert found is not None
    return found


def _event(store: Store, row: Row) -> Row:
    event = row["current"]
    actors, reports = _details(store, [event])
    kind = row["class"].rpartition("#")[2].lower()
    shown: Row = {"event": event, "type": kind}
    for role, who in actors.get(event, ()):
        shown.setdefault(role.rpartition("#")[2] + "s", []).append(who)
    if kind == "statement":
        shown |= {"text": row["text"], "quote": row["quote"]}
    else:
        shown["status"] = row["status"]
    if kind == "meeting":
        shown["medium"] = _MEDIA.get(row.get("medium", ""), "unknown")
    return shown | _setting(row) | {"reports": reports.get(event, [])}


def by_digits(store: Store, text: str) -> NamedNode | None:
    """The one event whose IRI goes on like this behind its kind."""
    if not _DIGITS.fullmatch(text):
        return None
    # a scan is much faster than a filter of SPARQL over every event
    events = store.quads(None, DIP.status, None, GRAPH.derived)
    names = {str(quad.subject).strip("<>") for quad in events}
    found = sorted(name for name in names if f"/{text}" in name)
    if len(found) > 1:
        several = tuple("/".join(event.split("/")[-2:]) for event in found[:5])
        raise UnknownNameError(f"several events begin with {text!r}", ", ".join(several), several)
    return iri(found[0]) if found else None


def stats(store: Store) -> list[Row]:
    """Counts by kind of thing and, for events, by standing."""
    return select(store, named_query("stats"))


# -- parameters -----------------------------------------------------------------------------------


def _named(store: Store, **names: str | None) -> dict[str, Sequence[Term]]:
    return {k: find(store, name) for k, name in names.items() if name is not None}


def _texts(texts: Iterable[str]) -> list[Term]:
    return [string_literal(text) for text in texts]


# -- rows -----------------------------------------------------------------------------------------


def _setting(row: Row) -> Row:
    """When and where, and on whose word."""
    keys = ("date", "place", "country", "articles", "sources")
    return {key: row.get(key) for key in keys}


def acting(store: Store, events: Sequence[str]) -> Mapping[str, list[tuple[str, Row]]]:
    """Actors with their roles, of each event."""
    actors: dict[str, list[tuple[str, Row]]] = {}
    seen: set[tuple[str, str, str]] = set()
    for nodes in _chunks(events):
        for row in select(store, named_query("actors-of"), {"event": nodes}):
            key = (row["event"], row["role"], row["actor"])
            if key not in seen:
                seen.add(key)
                actors.setdefault(row["event"], []).append((row["role"], _actor(row)))
    return actors


def _details(
    store: Store, events: Sequence[str]
) -> tuple[Mapping[str, list[tuple[str, Row]]], Mapping[str, list[Row]]]:
    """Actors with their roles, and reports, of each event."""
    reports: dict[str, list[Row]] = {}
    for nodes in _chunks(events):
        for row in select(store, named_query("reports-of"), {"event": nodes}):
            _report(reports.setdefault(row["event"], []), row)
    return acting(store, events), reports


def _chunks(events: Sequence[str]) -> Iterator[list[NamedNode]]:
    for at in range(0, len(events), _CHUNK):
        yield [iri(event) for event in events[at : at + _CHUNK]]


def _actor(row: Row) -> Row:
    return {
        "iri": row["actor"],
        "name": row["name"],
        "type": _TYPES.get(row["class"], "actor"),
        "country": row.get("country"),
    }


def _report(reports: list[Row], row: Row) -> None:
    """Add a report, or a further passage to the one that is there."""
    passage = {"text": row["quote"], "start": row["start"], "end": row["end"]}
    known = next((r for r in reports if r["report"] == row["report"]), None)
    if known is not None:
        known["evidence"].append(passage)
        return
    told = ("article", "key", "title", "source", "published", "url", "status", "date")
    reports.append(
        {
            "report": row["report"],
            **{key: row.get(key) for key in told},
            "quote": row["quote"],
            "evidence": [passage],
        }
    )
