"""Judgements as they hold for a store: on the reports that its articles have now.

A report's IRI is made of what it says. Where an article was coded anew and says it a little
differently, a judgement on the report that is gone holds for the one of that article that is of the
same kind of event and the same actors, if there is exactly one.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from kb.judgements import Judged, Judgement
from kb.rdf import iri, read_judged_reports, read_judgements
from kb.reports import Report
from kb.update.reader import OWN_GRAPHS, Reader
from kb.vocabulary import DIP


class Judgements:
    """The judgements of some quads, as they hold for a store once some reports are gone and others
    have come."""

    def __init__(
        self,
        quads: Iterable[Quad],
        reader: Reader,
        gone: Iterable[Report] = (),
        come: Iterable[Report] = (),
    ) -> None:
        told = list(quads)
        self._judgements = read_judgements(told)
        self._known = read_judged_reports(told) if told else {}
        self._reader = reader
        self._gone = {r.iri for r in gone} if told else set()
        self._come = {r.iri: r for r in come} if told else {}

    def judged(self) -> Judged:
        """On what there is now."""
        return Judged(
            Judgement.of(self.holds_for(j.one), self.holds_for(j.other), j.verdict, j.reason)
            for j in self._judgements
        )

    def holds_for(self, thing: str) -> str:
        """The thing itself; for a report that is gone the one that has taken its place."""
        if thing not in self._known or self._there(thing):
            return thing
        article, kind, actors = self._known[thing]
        like = [
            report.iri
            for report in self._of(article)
            if report.kind == kind and frozenset(report.actors) == actors
        ]
        return like[0] if len(like) == 1 else thing

    def _there(self, report: str) -> bool:
        if report in self._come:
            return True
        return report not in self._gone and self._reader.raw(report) is not None

    def _of(self, article: str) -> list[Report]:
        """The reports of an article."""
        won = [report for report in self._come.values() if report.article == article]
        for quad in self._reader.store.quads(None, DIP.inArticle, iri(article)):
            if quad.graph_name in OWN_GRAPHS or not isinstance(quad.subject, NamedNode):
                continue
            name = quad.subject.value
            if name not in self._gone and name not in self._come:
                won += filter(None, [self._reader.raw(name)])
        return won
