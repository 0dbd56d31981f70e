"""Reports out of a store or out of a new article, with those who act in them by who they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from pyoxigraph import NamedNode, Quad

from kb import edtf
from kb.gazetteer import Gazetteer
from kb.names import fold
from kb.rdf import Minter, iri, read_report, value_of
from kb.reports import Report, Side, kind_of
from kb.store import Store
from kb.vocabulary import DCTERMS, DIP, GRAPH

OWN_GRAPHS = (GRAPH.derived, GRAPH.gazetteer, GRAPH.judgements)
"""The graphs that are no article's."""


class Reader:
    """Reads reports as their articles tell them (:meth:`raw`) and with those who act in them under
    the IRIs that they go by (:meth:`told`). ``new`` are the quads of articles that are not in the
    store yet."""

    def __init__(
        self, store: Store, minter: Minter, names: Gazetteer, new: Iterable[Quad] = ()
    ) -> None:
        self.store, self.minter, self.gazetteer = store, minter, names
        self._new: dict[tuple[object, object], list[Quad]] = {}
        for quad in new:
            self._new.setdefault((quad.graph_name, quad.subject), []).append(quad)
        self._under: dict[str, str] = {}
        self._raw: dict[str, Report | None] = {}

    def name(self, goes_under: Mapping[str, str]) -> None:
        """Let actors go under other IRIs than the store has for them."""
        self._under.update(goes_under)

    def goes_under(self, actor: str) -> str:
        """The IRI that an actor goes under."""
        if actor not in self._under:
            found = self.store.quads(iri(actor), DCTERMS.isReplacedBy, None, GRAPH.derived)
            self._under[actor] = next((value_of(q) for q in found), actor)
        return self._under[actor]

    def raw(self, report: str) -> Report | None:
        """A report of the store as its article tells it; None where there is none."""
        if report not in self._raw:
            about = [q for q in self.store.quads(iri(report)) if q.graph_name not in OWN_GRAPHS]
            found = next((q.object for q in about if q.predicate == DIP.inArticle), None)
            told = None
            if isinstance(found, NamedNode):
                told = read_report(about, self.store.quads(found))
                graph = about[0].graph_name
                if told is not None and isinstance(graph, NamedNode):
                    sides = (
                        self._side(a, self.store.quads(iri(a), None, None, graph))
                        for a in told.actors
                    )
                    told = replace(told, sides=tuple(sides))
            self._raw[report] = told
        return self._raw[report]

    def fresh(self, report: Report, graph: NamedNode) -> Report:
        """A report of a new article, of that graph, with what the article tells of its actors."""
        sides = (
            self._side(actor, self._new.get((graph, iri(actor)), ())) for actor in report.actors
        )
        return replace(report, sides=tuple(sides))

    def told(self, report: Report, goes_under: Mapping[str, str] | None = None) -> Report:
        """A report with its actors under the IRIs that they go by, or went by until now."""

        def named(actor: str) -> str:
            if goes_under is not None and actor in goes_under:
                return goes_under[actor]
            return self.goes_under(actor)

        sides = tuple(
            replace(side, actor=named(side.actor)) if named(side.actor) != side.actor else side
            for side in report.sides
        )
        return replace(
            report,
            actors=tuple(sorted({named(actor) for actor in report.actors})),
            addressees=tuple(sorted({named(actor) for actor in report.addressees})),
            sides=tuple(self._known(side, report) for side in sides),
        )

    # -- who acts -----------------------------------------------------------------------------

    def _side(self, actor: str, about: Iterable[Quad]) -> Side:
        """What an article tells of somebody: for which states, in which office."""
        states: list[str] = [actor] if kind_of(actor) == "state" else []
        offices: list[tuple[str, str]] = []
        for quad in about:
            if quad.predicate == DIP.actsFor:
                states.append(value_of(quad))
            elif quad.predicate == DIP.officeTold:
                offices.append(self._office(value_of(quad)))
        return Side(actor, tuple(sorted(states)), tuple(sorted(offices)))

    def _office(self, told: str) -> tuple[str, str]:
        return self.gazetteer.title_kind(told) or "", fold(told)

    def _known(self, side: Side, report: Report) -> Side:
        """With the offices that the gazetteer knows to have been held at the time, and for which
        states; where it knows of none, the article tells."""
        person = self.gazetteer.holders.all.get(side.actor.rpartition("/")[2])
        day = edtf.latest(report.date) if report.date else report.published
        if person is None or kind_of(side.actor) != "person" or not isinstance(day, date):
            return side
        terms = [
            t for t in person.tenures if t.covers(day) and self.gazetteer.state_by_code(t.iso2)
        ]
        held = {(t.kind, fold(t.office)) for t in terms}
        states = {self.minter.state(t.iso2).value for t in terms}
        return replace(
            side,
            states=tuple(sorted(states)) or side.states,
            offices=tuple(sorted({*side.offices, *held})),
        )
