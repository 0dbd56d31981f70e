"""A knowledge base as event data: rows of source, target and code, by CAMEO or by PLOVER.

A row is one report's word on one directed pair of actors. Tabs between the cells, UTF-8, a header;
rows in the order of their articles and reports; an unknown value is an empty cell. The first
columns are those of event data, the rest tell what the row was made of. Articles are read one after
the other: memory does not grow with the knowledge base.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import IO, cast

from kb import edtf
from kb.export.events.actors import Parties, Party
from kb.export.events.schemes import SCHEMES, Code, Scheme, codes
from kb.export.events.situations import Situation, of_meeting, of_statement, of_visit
from kb.export.lookup import Lookup, Thing, Within
from kb.gazetteer import gazetteer
from kb.model import Medium, Status
from kb.rdf import iri, value_of
from kb.rdf.mint import REPORT_CLASS
from kb.reports import EventKind
from kb.store import Store
from kb.vocabulary import DIP, GRAPH, MEDIUM_CODE, NAMESPACE, RDF

__all__ = ["CODED", "SCHEMES", "TOLD", "EventRows", "Scheme", "columns", "write_events"]

CODED: tuple[Status, ...] = ("held", "planned", "proposed", "cancelled")
"""The statuses of reports that there are codes for: none is for what did not take place."""

TOLD: tuple[Status, ...] = ("held", "planned", "proposed")
"""Those written unless others are asked for: a report does not tell who cancelled."""

_KINDS: dict[str, EventKind] = {node.value: kind for kind, node in REPORT_CLASS.items()}
_MEDIA: dict[str, Medium] = {node.value: medium for medium, node in MEDIUM_CODE.items()}
_BATCH = 500

_FIRST = ("date", "source", "target", "code")
_OF_SCHEME: dict[Scheme, tuple[str, ...]] = {"cameo": ("label",), "plover": ("mode", "context")}
_REST = (
    "source_name", "source_country", "source_sector", "target_name", "target_country",
    "target_sector", "kind", "status", "directed", "medium", "place", "country", "earliest",
    "latest", "published", "outlet", "article", "event_status", "event_id", "report_id",
    "source_id", "target_id",
)  # fmt: skip


@dataclass(slots=True)
class EventRows:
    """How many rows were written, and how many reports gave none, by reason."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def columns(scheme: Scheme) -> tuple[str, ...]:
    """The header."""
    return (*_FIRST, *_OF_SCHEME[scheme], *_REST)


def write_events(
    store: Store, out: IO[bytes], scheme: Scheme, statuses: Collection[str] = TOLD
) -> EventRows:
    """Write the rows of the reports that tell of events with these statuses."""
    count = EventRows()
    names = columns(scheme)
    out.write(_tsv([names]))
    rows = _Coder(store, scheme, statuses, count).rows()
    while batch := [[row.get(name, "") for name in names] for row in islice(rows, _BATCH)]:
        out.write(_tsv(batch))
        count.rows += len(batch)
    return count


def _tsv(rows: list[tuple[str, ...]] | list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerows([" ".join(cell.split()) for cell in row] for row in rows)
    return text.getvalue().encode()


class _Left(Exception):  # noqa: N818 - a reason, counted by the caller
    """Why a report gives no row."""


class _Coder:
    """Reads the articles of a store, one after the other."""

    def __init__(
        self, store: Store, scheme: Scheme, statuses: Collection[str], count: EventRows
    ) -> None:
        self.store, self.statuses, self.count = store, statuses, count
        self.lookup = Lookup(store)
        self.parties = Parties(self.lookup, scheme)
        self.codes = codes(scheme)

    def rows(self) -> Iterator[dict[str, str]]:
        for article, graph in self.lookup.articles():
            inside = self.lookup.within(graph)
            for report in self.lookup.things(*REPORT_CLASS.values(), graph=graph):
                kind = next(_KINDS[c] for c in report.all(RDF.type) if c in _KINDS)
                try:
                    found = self._coded(report, kind, article, inside)
                except _Left as reason:
                    self.count.left_out[str(reason)] += 1
                else:
                    told = self._told(report, kind, article)
                    yield from (_row(situation, code) | told for situation, code in found)

    def _coded(
        self, report: Thing, kind: EventKind, article: Thing, inside: Within
    ) -> list[tuple[Situation, Code]]:
        """What a report tells of its actors, with the codes for it. Raises ``_Left``."""
        status = cast(Status, report.one(DIP.status).removeprefix(NAMESPACE))
        if status not in self.statuses:
            raise _Left(status)
        if not any(name.startswith(kind) for name in self.codes):
            raise _Left(f"{kind}s, which the scheme does not code")
        day = _day(report, article)

        def those(*nodes: str) -> list[Party]:
            """Parties, each once."""
            found = [self.parties.party(node, inside, day) for node in nodes]
            return list({party.iri: party for party in found}.values())

        if kind == "meeting":
            parties = those(*report.all(DIP.participant))
            if len(parties) < 2:
                raise _Left("of one actor alone")
            medium = _MEDIA.get(report.one(DIP.medium), "unknown")
            where = report.one(DIP.inCountry)
            country = self.parties.state_code(where) if where else ""
            found = of_meeting(parties, status, medium, country)
        elif kind == "visit":
            [visitor] = those(report.one(DIP.visitor))
            where = report.one(DIP.inCountry)
            if not where:
                raise _Left("visits to no country that is told")
            host = self.parties.state(where)
            if report.one(DIP.domestic) == "true" or visitor.state == host.state:
                raise _Left("visits at home")
            found = of_visit(visitor, host, status)
        else:
            [speaker] = those(report.one(DIP.speaker))
            addressees = [a for a in those(*report.all(DIP.addressee)) if a.iri != speaker.iri]
            if not addressees:
                raise _Left("statements to nobody who is told")
            found = of_statement(speaker, addressees)
        return [(one, self.codes[one.name]) for one in found if one.name in self.codes]

    def _told(self, report: Thing, kind: EventKind, article: Thing) -> dict[str, str]:
        """What all rows of a report have in common."""
        events = list(self.store.quads(None, DIP.reportedBy, iri(report.iri), GRAPH.derived))
        event = min((getattr(quad.subject, "value", "") for quad in events), default="")
        standing = self.store.quads(iri(event), DIP.status, None, GRAPH.derived) if event else ()
        place, country = report.one(DIP.place), report.one(DIP.inCountry)
        return {
            "date": report.one(DIP.date),
            "kind": kind,
            "status": report.one(DIP.status).removeprefix(NAMESPACE),
            "medium": _MEDIA.get(report.one(DIP.medium), ""),
            "place": self.lookup.named(place).name if place else "",
            "country": self._alpha3(country),
            "earliest": report.one(DIP.earliest),
            "latest": report.one(DIP.latest),
            "published": article.one(DIP.published),
            "outlet": article.one(DIP.source),
            "article": article.one(DIP.url) or article.one(DIP.key),
            "event_status": next((value_of(q).removeprefix(NAMESPACE) for q in standing), ""),
            "event_id": event,
            "report_id": report.iri,
        }

    def _alpha3(self, state: str) -> str:
        known = gazetteer().state_by_code(self.parties.state_code(state)) if state else None
        return (known.iso3 or "") if known else ""


def _row(situation: Situation, code: Code) -> dict[str, str]:
    row = {
        "code": code.code, "label": code.label, "mode": code.mode, "context": code.context,
        "directed": "1" if situation.directed else "0",
    }  # fmt: skip
    for side, party in (("source", situation.source), ("target", situation.target)):
        row |= {
            side: party.code, f"{side}_name": party.name, f"{side}_country": party.country,
            f"{side}_sector": party.sector, f"{side}_id": party.iri,
        }  # fmt: skip
    return row


def _day(report: Thing, article: Thing) -> date | None:
    """The day by which offices are looked up: that of the event, else of the article."""
    told, published = report.one(DIP.date), article.one(DIP.published)
    day = edtf.latest(told) if told else None
    return day or (date.fromisoformat(published) if published else None)
