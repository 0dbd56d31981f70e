"""What articles' coming or going changes in a store: their graphs, and all that follows from them.

Everything is worked out beforehand and written as one change, so that the store holds whole
articles only, and its derived graph is always that of the articles it holds and of what people have
judged. Who is whom comes first (``actors``), then the events of whoever has another identity now,
and of the reports that come and go (``events``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Quad

from kb.gazetteer import Gazetteer
from kb.judgements import Judgement
from kb.rdf import (
    ArticleGraph,
    Minter,
    iri,
    judged_report_quads,
    judgement_quads,
    read_judgements,
)
from kb.reports import Report
from kb.store import Store
from kb.update.actors import ActorUpkeep
from kb.update.events import EventUpkeep
from kb.update.judged import Judgements
from kb.update.reader import OWN_GRAPHS, Reader
from kb.vocabulary import DIP, GRAPH

__all__ = ["Updater"]

_ACTS = (DIP.participant, DIP.visitor, DIP.speaker, DIP.addressee)


class Updater:
    """Adds articles to a store and removes them, and records judgements. ``minter`` makes the
    IRIs."""

    def __init__(self, store: Store, minter: Minter, names: Gazetteer) -> None:
        self.store, self.minter, self.gazetteer = store, minter, names

    def put(self, *new: ArticleGraph) -> None:
        """Add articles, in place of what the store had of them; of one that comes twice the last
        stays. Many at once are quicker than one by one, and come to the same."""
        self._replace({graph.name: graph for graph in new})

    def drop(self, *graphs: NamedNode) -> None:
        """Remove articles by the names of their graphs."""
        self._replace(dict.fromkeys(graphs))

    def judgements(self) -> list[Judgement]:
        """What people have judged."""
        return read_judgements(self.store.quads(graph=GRAPH.judgements))

    def judge(self, come: Iterable[Judgement] = (), gone: Iterable[Judgement] = ()) -> None:
        """Record judgements and take others back. One on the same two things replaces another."""
        come = list(come)
        about = {judgement.about for judgement in (*come, *gone)}
        kept = [j for j in self.judgements() if j.about not in about]
        reader = Reader(self.store, self.minter, self.gazetteer)
        old = list(self.store.quads(graph=GRAPH.judgements))
        new = self._recorded([*kept, *come], old, reader)
        things = {thing for pair in about for thing in pair}
        reports = {thing for thing in things if "/report/" in thing}
        tied = {Judgements([*old, *new], reader).holds_for(report) for report in reports}
        actors = ActorUpkeep(
            self.store,
            self.minter,
            self.gazetteer,
            Judgements(new, reader).judged(),
            tied=things - reports,
        )
        self._write(new, old, actors, reader, [], [], tied)

    def _recorded(
        self, judgements: Iterable[Judgement], old: list[Quad], reader: Reader
    ) -> list[Quad]:
        """Judgements as quads, with what their reports are known by: as the store has them now, or
        as they were when they were judged."""
        judgements = list(judgements)
        quads = [quad for j in judgements for quad in judgement_quads(j, self.minter)]
        for thing in sorted({thing for j in judgements for thing in j.about}):
            report = reader.raw(thing) if "/report/" in thing else None
            if report is not None:
                quads += judged_report_quads(report)
            else:
                quads += (quad for quad in old if quad.subject == iri(thing))
        return quads

    def _replace(self, articles: Mapping[NamedNode, ArticleGraph | None]) -> None:
        """Let the graphs of these names hold what is given, or nothing."""
        if not articles:
            return
        old = [quad for name in articles for quad in self.store.quads(graph=name)]
        come = [graph for graph in articles.values() if graph is not None]
        new = [quad for graph in come for quad in graph.quads]
        reader = Reader(self.store, self.minter, self.gazetteer, new)
        gone = [told for node in _reports(old) if (told := reader.raw(node)) is not None]
        fresh = [reader.fresh(report, graph.name) for graph in come for report in graph.reports]
        quads = self.store.quads(graph=GRAPH.judgements)
        judged = Judgements(quads, reader, gone, fresh).judged()
        actors = ActorUpkeep(self.store, self.minter, self.gazetteer, judged, articles, old, new)
        self._write(new, old, actors, reader, gone, fresh)

    def _write(
        self,
        add: list[Quad],
        remove: list[Quad],
        actors: ActorUpkeep,
        reader: Reader,
        gone: list[Report],
        come: list[Report],
        tied: Iterable[str] = (),
    ) -> None:
        reader.name(actors.after)
        here = {report.iri for report in (*gone, *come)}
        moved = [r for r in self._involving(actors.renamed, reader) if r.iri not in here]
        events = EventUpkeep(self.store, self.minter, reader, actors.judged, actors.before)
        for part in (actors.change(), events.change([*gone, *moved], [*come, *moved], tied)):
            add = [*add, *part[0]]
            remove = [*remove, *part[1]]
        self.store.change(add, remove)

    def _involving(self, actors: Iterable[str], reader: Reader) -> list[Report]:
        """The reports of the store in which some actors act."""
        found: dict[str, Report] = {}
        for actor in actors:
            for predicate in _ACTS:
                for quad in self.store.quads(None, predicate, iri(actor)):
                    if quad.graph_name in OWN_GRAPHS or not isinstance(quad.subject, NamedNode):
                        continue
                    if (report := reader.raw(quad.subject.value)) is not None:
                        found[report.iri] = report
        return list(found.values())


def _reports(quads: Iterable[Quad]) -> list[str]:
    found = (q.subject for q in quads if q.predicate == DIP.inArticle)
    return [node.value for node in dict.fromkeys(found) if isinstance(node, NamedNode)]
