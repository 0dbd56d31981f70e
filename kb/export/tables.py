"""A knowledge base as tables, CSV for pandas, R and spreadsheets: one for each kind of thing.

UTF-8, commas, a header; rows in the order of their first column (mentions, reports and passages: of
their articles); an unknown value is an empty cell, several values stand in one with "; " between
them. Columns that end in ``_id`` or ``_ids`` hold IRIs, which are the same in every table and in
every other format; ``earliest`` and ``latest`` are days. All that the articles tell is there; what
the gazetteer knows of persons and offices is not.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO, Literal, get_args

from kb.cells import inert
from kb.export.lookup import Lookup, Thing
from kb.rdf import iri
from kb.store import Store
from kb.vocabulary import (
    ACTOR_CLASS,
    DIP,
    GRAPH,
    MEDIUM_CODE,
    NAMESPACE,
    RDF,
    RDFS,
    SKOS,
)

TableName = Literal[
    "articles",
    "actors",
    "places",
    "meetings",
    "visits",
    "statements",
    "reports",
    "passages",
    "mentions",
]
TABLES: tuple[TableName, ...] = get_args(TableName)

Row = Mapping[str, str | int]
_BATCH = 500
_MEDIA = {node.value: medium for medium, node in MEDIUM_CODE.items()}
_KINDS = {
    DIP.MeetingReport.value: "meeting",
    DIP.VisitReport.value: "visit",
    DIP.StatementReport.value: "statement",
}
_WHEN = ("date", "earliest", "latest")
_WHERE = ("place", "place_id", "country")
_COUNTS = ("first_reported", "articles", "sources")
_ROLES = (DIP.participant, DIP.visitor, DIP.speaker)


def write_table(store: Store, out: IO[bytes], name: TableName) -> int:
    """Write one table; returns the number of its rows."""
    table = _TABLES[name]
    rows = table.rows(Lookup(store))
    out.write(_csv([table.columns]))
    count = 0
    while batch := [[str(row.get(c, "")) for c in table.columns] for row in islice(rows, _BATCH)]:
        out.write(_csv(batch))
        count += len(batch)
    return count


def columns(name: TableName) -> tuple[str, ...]:
    """The header of a table."""
    return _TABLES[name].columns


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    plain = csv.writer(text, lineterminator="\n")
    quoted = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        cells = list(map(inert, row))
        # the plain writer does not see that a carriage return ends a line, too
        (quoted if any("\r" in cell for cell in cells) else plain).writerow(cells)
    return text.getvalue().encode()


# -- rows -----------------------------------------------------------------------------------------


def _articles(lookup: Lookup) -> Iterator[Row]:
    for article, graph in lookup.articles():
        told = lookup.store.quads(None, DIP.inArticle, iri(article.iri), graph)
        reports = {q.subject for q in told} - {
            q.subject for q in lookup.store.quads(None, RDF.type, DIP.Evidence, graph)
        }
        yield {
            "article_id": article.iri,
            "key": article.one(DIP.key),
            "title": article.one(DIP.title),
            "source": article.one(DIP.source),
            "url": article.one(DIP.url),
            "published": article.one(DIP.published),
            "reports": len(reports),
            "text_digest": article.one(DIP.textDigest),
            "coded_by": article.one(DIP.codedBy),
        }


def _actors(lookup: Lookup) -> Iterator[Row]:
    for actor in lookup.things(*ACTOR_CLASS.values()):
        named = lookup.named(actor.iri)
        told = {
            key: {
                getattr(q.object, "value", "")
                for q in lookup.store.quads(iri(actor.iri), predicate)
                if q.graph_name != GRAPH.derived
            }
            for key, predicate in (
                ("other_names", SKOS.altLabel),
                ("labels", RDFS.label),
                ("offices", DIP.officeTold),
            )
        }
        yield {
            "actor_id": actor.iri,
            "type": named.kind,
            "name": named.name,
            "other_names": _joined(sorted((told["other_names"] | told["labels"]) - {named.name})),
            "country": named.country,
            "acts_for_ids": _joined(actor.all(DIP.actsFor)),
            "wikidata": named.wikidata,
            "offices": _joined(sorted(told["offices"])),
            "met": sum(1 for _ in lookup.store.quads(iri(actor.iri), DIP.met, None, GRAPH.derived)),
        }


def _places(lookup: Lookup) -> Iterator[Row]:
    for place in lookup.things(DIP.Place):
        named = lookup.named(place.iri)
        yield {"place_id": place.iri, "name": named.name, "country": named.country}


def _events(lookup: Lookup, kind: str) -> Iterator[Row]:
    for event in lookup.things(*_EVENTS[kind]):
        yield {
            f"{kind}_id": event.iri,
            "status": _code(event.one(DIP.status)),
            "medium": _MEDIA.get(event.one(DIP.medium), ""),
            **_setting(lookup, event),
            **_people(lookup, event),
            "text": event.one(DIP.text),
            "quote": event.one(DIP.quoted),
            "first_reported": event.one(DIP.firstReported),
            "articles": event.one(DIP.articleCount),
            "sources": event.one(DIP.sourceCount),
            "report_ids": _joined(event.all(DIP.reportedBy)),
        }


def _reports(lookup: Lookup) -> Iterator[Row]:
    for article, graph in lookup.articles():
        inside = lookup.inside(graph)
        quotes = {thing.iri: thing for thing in inside if thing.one(DIP.exact)}
        for report in inside:
            kind = next((_KINDS[c] for c in report.all(RDF.type) if c in _KINDS), None)
            if kind is None:
                continue
            events = lookup.store.quads(None, DIP.reportedBy, iri(report.iri), GRAPH.derived)
            passages = sorted(
                (quotes[e] for e in report.all(DIP.evidence) if e in quotes), key=_start
            )
            people = _people(lookup, report)
            yield {
                "report_id": report.iri,
                "kind": kind,
                "event_id": _joined(sorted(getattr(q.subject, "value", "") for q in events)),
                "article_id": article.iri,
                "published": article.one(DIP.published),
                "source": article.one(DIP.source),
                "status": _code(report.one(DIP.status)),
                "medium": _MEDIA.get(report.one(DIP.medium), ""),
                **_setting(lookup, report),
                "actors": next((people[k] for k in _NAMED if people[k]), ""),
                "actor_ids": next((people[k] for k in _NAMED_IDS if people[k]), ""),
                "addressees": people["addressees"],
                "addressee_ids": people["addressee_ids"],
                "text": report.one(DIP.text),
                "quote": report.one(DIP.quoted),
                "evidence": _joined(p.one(DIP.exact) for p in passages),
            }


def _passages(lookup: Lookup) -> Iterator[Row]:
    for article, graph in lookup.articles():
        inside = lookup.inside(graph)
        quotes = {thing.iri: thing for thing in inside if DIP.Evidence.value in thing.all(RDF.type)}
        for report in inside:
            for role, predicate in (("evidence", DIP.evidence), ("wording", DIP.wording)):
                for passage in sorted((quotes[e] for e in report.all(predicate)), key=_start):
                    yield {
                        "report_id": report.iri,
                        "role": role,
                        "passage_id": passage.iri,
                        "article_id": article.iri,
                        "start": passage.one(DIP.startOffset),
                        "end": passage.one(DIP.endOffset),
                        "text": passage.one(DIP.exact),
                    }


def _mentions(lookup: Lookup) -> Iterator[Row]:
    for article, graph in lookup.articles():
        for thing in lookup.inside(graph):
            if labels := thing.all(RDFS.label):
                yield {
                    "article_id": article.iri,
                    "node_id": thing.iri,
                    "type": lookup.named(thing.iri).kind,
                    "names": _joined(labels),
                    "other_names": _joined(thing.all(SKOS.altLabel)),
                    "office": _joined(thing.all(DIP.officeTold)),
                    "state_ids": _joined(thing.all(DIP.actsFor) or thing.all(DIP.inCountry)),
                    "wikidata_ids": _joined(thing.all(SKOS.exactMatch)),
                }


def _setting(lookup: Lookup, told: Thing) -> Row:
    """When and where."""
    place, states = told.one(DIP.place), told.all(DIP.inCountry)
    return {
        "date": told.one(DIP.date),
        "earliest": told.one(DIP.earliest),
        "latest": told.one(DIP.latest),
        "place": lookup.named(place).name if place else "",
        "place_id": place,
        "country": _joined(lookup.named(state).country for state in states),
        "domestic": told.one(DIP.domestic),
    }


_NAMED = ("participants", "visitor", "speaker")
_NAMED_IDS = ("participant_ids", "visitor_id", "speaker_id")


def _people(lookup: Lookup, told: Thing) -> dict[str, str]:
    """Who acts and who is spoken to: names, and in the same order IRIs."""
    out: dict[str, str] = {}
    roles = (*zip(_NAMED, _NAMED_IDS, _ROLES, strict=True),
             ("addressees", "addressee_ids", DIP.addressee))  # fmt: skip
    for name, ids, predicate in roles:
        found = told.all(predicate)
        out[name] = _joined(lookup.named(actor).name for actor in found)
        out[ids] = _joined(found)
    return out


def _start(passage: Thing) -> tuple[int, str]:
    return int(passage.one(DIP.startOffset) or 0), passage.iri


def _code(status: str) -> str:
    return status.removeprefix(NAMESPACE)


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


# -- tables ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table in their order, and what yields its rows."""

    columns: tuple[str, ...]
    rows: Callable[[Lookup], Iterator[Row]]


_EVENTS = {"meeting": [DIP.Meeting], "visit": [DIP.Visit], "statement": [DIP.Statement]}
_TABLES: dict[TableName, Table] = {
    "articles": Table(
        ("article_id", "key", "title", "source", "url", "published", "reports", "text_digest",
         "coded_by"),
        _articles,
    ),
    "actors": Table(
        ("actor_id", "type", "name", "other_names", "country", "acts_for_ids", "wikidata",
         "offices", "met"),
        _actors,
    ),
    "places": Table(("place_id", "name", "country"), _places),
    "meetings": Table(
        ("meeting_id", "status", "medium", *_WHEN, *_WHERE, "domestic", "participants",
         "participant_ids", *_COUNTS, "report_ids"),
        lambda lookup: _events(lookup, "meeting"),
    ),
    "visits": Table(
        ("visit_id", "status", *_WHEN, *_WHERE, "domestic", "visitor", "visitor_id", *_COUNTS,
         "report_ids"),
        lambda lookup: _events(lookup, "visit"),
    ),
    "statements": Table(
        ("statement_id", "speaker", "speaker_id", "addressees", "addressee_ids", *_WHEN, "text",
         "quote", *_COUNTS, "report_ids"),
        lambda lookup: _events(lookup, "statement"),
    ),
    "reports": Table(
        ("report_id", "kind", "event_id", "article_id", "published", "source", "status", "medium",
         *_WHEN, *_WHERE, "domestic", "actors", "actor_ids", "addressees", "addressee_ids", "text",
         "quote", "evidence"),
        _reports,
    ),
    "passages": Table(
        ("report_id", "role", "passage_id", "article_id", "start", "end", "text"), _passages
    ),
    "mentions": Table(
        ("article_id", "node_id", "type", "names", "other_names", "office", "state_ids",
         "wikidata_ids"),
        _mentions,
    ),
}  # fmt: skip
