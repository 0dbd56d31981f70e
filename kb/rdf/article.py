"""The graph of one article: itself, its reports and their evidence, its actors as it names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kb.lexicon import words
from kb.model import Actor, Article, Evidence, Extraction, Meeting, Statement, Visit
from kb.rdf.mint import ACTORS, REPORT_CLASS, Minter, dates, day_literal, digest, state_quads
from kb.reports import EventKind, Report
from kb.vocabulary import ACTOR_CLASS, DIP, MEDIUM_CODE, RDF, RDFS, SKOS, STATUS_CODE, WIKIDATA, XSD

if TYPE_CHECKING:
    from kb.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """What one article tells as quads of its own graph, and the same as reports."""

    name: NamedNode
    quads: tuple[Quad, ...]
    reports: tuple[Report, ...]


def text_digest(article: Article) -> str:
    """The same text from two outlets has the same digest: white space is folded."""
    return digest(" ".join(article.text.split()), length=32)


def article_quads(article: Article, coder: str, minter: Minter) -> list[Quad]:
    """The article itself, coded by ``coder``; while these are the same, nothing has changed."""
    node, graph = minter.article(article.key), minter.graph(article.key)
    told: list[tuple[NamedNode, NamedNode | Literal | None]] = [
        (RDF.type, DIP.Article),
        (DIP.key, Literal(article.key)),
        (DIP.title, Literal(article.title)),
        (DIP.textDigest, Literal(text_digest(article))),
        (DIP.codedBy, Literal(coder)),
        (DIP.source, Literal(article.source) if article.source else None),
        (DIP.url, Literal(article.url, datatype=XSD.anyURI) if article.url else None),
        (DIP.published, day_literal(article.published) if article.published else None),
        (DIP.language, Literal(article.language) if article.language else None),
    ]
    return [Quad(node, p, o, graph) for p, o in told if o is not None]


def article_graph(extraction: Extraction, minter: Minter, names: Gazetteer) -> ArticleGraph:
    """The quads of one article: the article, its reports with their evidence, its actors."""
    return _Builder(extraction, minter, names).build()


def held_now(office: str) -> bool:
    """Whether an office as it is told is held, not had before or looked forward to."""
    told = office.lower().replace("-", " ").split()
    return not set(told) & words("people", "not_now", "words")


class _Builder:
    """Collects the triples of one article."""

    def __init__(self, extraction: Extraction, minter: Minter, names: Gazetteer) -> None:
        self.extraction, self.minter, self.gazetteer = extraction, minter, names
        self.article = extraction.article
        self.node = minter.article(self.article.key)
        self.graph = minter.graph(self.article.key)
        self.actors = {a.id: minter.actor(a) for a in extraction.actors}
        self.digest = text_digest(self.article)
        self.quads: dict[Quad, None] = {}
        self.reports: list[Report] = []

    def build(self) -> ArticleGraph:
        self.quads |= dict.fromkeys(article_quads(self.article, self.extraction.coder, self.minter))
        for actor in self.extraction.actors:
            self._actor(actor)
        for meeting in self.extraction.meetings:
            self._event("meeting", meeting, tuple(meeting.participants))
        for visit in self.extraction.visits:
            self._event("visit", visit, (visit.visitor,))
        for statement in self.extraction.statements:
            self._statement(statement)
        return ArticleGraph(self.graph, tuple(self.quads), tuple(self.reports))

    def _add(self, s: NamedNode, p: NamedNode, o: NamedNode | Literal | None) -> None:
        if o is not None:
            self.quads[Quad(s, p, o, self.graph)] = None

    def _actor(self, actor: Actor) -> None:
        node = self.actors[actor.id]
        self._add(node, RDF.type, ACTOR_CLASS[actor.type])
        self._add(node, RDFS.label, Literal(actor.name))
        for name in actor.names:
            self._add(node, SKOS.altLabel, Literal(name))
        if actor.office:
            self._add(node, DIP.officeTold, Literal(actor.office))
            if actor.type == "person" and held_now(actor.office):
                self._tenure(node, actor.office, actor.country)
        if actor.wikidata:
            self._add(node, SKOS.exactMatch, NamedNode(WIKIDATA + actor.wikidata))
        if actor.country:
            state = self._state(actor.country)
            if actor.type != "state":
                self._add(node, DIP.actsFor, state)

    def _tenure(self, person: NamedNode, office: str, country: str | None) -> None:
        """That somebody holds an office, as of the day of publication."""
        post = self.minter.office(office, country)
        term = self.minter.told_tenure(self.article.key, person, post)
        self._add(post, RDF.type, DIP.Office)
        self._add(post, RDFS.label, Literal(office))
        if country:
            self._add(post, DIP.officeOf, self._state(country))
        self._add(term, RDF.type, DIP.Tenure)
        self._add(term, DIP.holder, person)
        self._add(term, DIP.office, post)
        if self.article.published:
            self._add(term, DIP.asOf, day_literal(self.article.published))

    def _state(self, code: str) -> NamedNode:
        node = self.minter.state(code)
        for quad in state_quads(node, code, self.gazetteer, self.graph):
            self.quads[quad] = None
        return node

    def _place(self, name: str, country: str | None) -> NamedNode:
        node = self.minter.place(name, country)
        self._add(node, RDF.type, DIP.Place)
        self._add(node, RDFS.label, Literal(name))
        if country:
            self._add(node, DIP.inCountry, self._state(country))
        return node

    def _event(self, kind: EventKind, told: Meeting | Visit, ids: Sequence[str]) -> None:
        actors = tuple(sorted({self.actors[i].value for i in ids}))
        place = self._place(told.place, told.country) if told.place else None
        country = self._state(told.country) if told.country else None
        medium = told.medium if isinstance(told, Meeting) else "unknown"
        content = (
            kind, actors, told.status, medium, told.date, told.place, told.country,
            [(e.start, e.end) for e in told.evidence],
        )  # fmt: skip
        report = Report(
            iri=self.minter.thing("report", digest(self.article.key, *content)).value,
            kind=kind,
            actors=actors,
            article=self.node.value,
            digest=self.digest,
            published=self.article.published,
            source=self.article.source,
            status=told.status,
            medium=medium,
            date=told.date,
            place=place.value if place else None,
            country=country.value if country else None,
            domestic=told.domestic,
        )
        node = self._report(report)
        if kind == "meeting":
            self._add(node, DIP.medium, MEDIUM_CODE[medium])
        self._add(node, DIP.place, place)
        self._add(node, DIP.inCountry, country)
        if told.domestic:
            self._add(node, DIP.domestic, Literal(True))
        for passage in told.evidence:
            self._add(node, DIP.evidence, self._evidence(passage))

    def _statement(self, told: Statement) -> None:
        words = told.text
        actors = (self.actors[told.speaker].value,)
        addressees = tuple(sorted({self.actors[i].value for i in told.addressees}))
        content = ("statement", actors, addressees, told.date, told.quote, words.start, words.end)
        report = Report(
            iri=self.minter.thing("report", digest(self.article.key, *content)).value,
            kind="statement",
            actors=actors,
            article=self.node.value,
            digest=self.digest,
            published=self.article.published,
            source=self.article.source,
            date=told.date,
            text=words.text,
            quoted=told.quote,
            addressees=addressees,
        )
        node = self._report(report)
        for addressee in addressees:
            self._add(node, DIP.addressee, NamedNode(addressee))
        self._add(node, DIP.text, Literal(words.text))
        self._add(node, DIP.quoted, Literal(told.quote))
        self._add(node, DIP.wording, self._evidence(words))
        self._add(node, DIP.evidence, self._evidence(told.evidence or words))

    def _report(self, report: Report) -> NamedNode:
        """What reports of every kind have; the node to add the rest to."""
        node = NamedNode(report.iri)
        self.reports.append(report)
        self._add(node, RDF.type, REPORT_CLASS[report.kind])
        self._add(node, DIP.inArticle, self.node)
        self._add(node, DIP.status, STATUS_CODE[report.status])
        for actor in report.actors:
            self._add(node, ACTORS[report.kind], NamedNode(actor))
        for predicate, value in dates(report.date):
            self._add(node, predicate, value)
        return node

    def _evidence(self, passage: Evidence) -> NamedNode:
        node = self.minter.evidence(self.article.key, passage)
        self._add(node, RDF.type, DIP.Evidence)
        self._add(node, DIP.inArticle, self.node)
        self._add(node, DIP.exact, Literal(passage.text))
        self._add(node, DIP.startOffset, Literal(passage.start))
        self._add(node, DIP.endOffset, Literal(passage.end))
        return node
