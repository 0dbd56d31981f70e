"""From the quads of an article's graph back to its reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kb.model import Medium, Status
from kb.rdf.mint import ACTORS, BASE, REPORT_CLASS
from kb.reports import EventKind, Report
from kb.vocabulary import DIP, MEDIUM_CODE, RDF, STATUS_CODE

_KIND: dict[NamedNode, EventKind] = {node: kind for kind, node in REPORT_CLASS.items()}
_STATUS: dict[NamedNode, Status] = {node: status for status, node in STATUS_CODE.items()}
_MEDIUM: dict[NamedNode, Medium] = {node: medium for medium, node in MEDIUM_CODE.items()}

Term = NamedNode | Literal | BlankNode | Triple


def read_report(about: Iterable[Quad], article: Iterable[Quad]) -> Report | None:
    """The report that some quads tell of: those with the report as subject, and those with its
    article. None where they tell of none."""
    values: dict[NamedNode, list[Term]] = defaultdict(list)
    subject = ""
    for quad in about:
        assert isinstance(quad.subject, NamedNode)
        subject = quad.subject.value
        values[quad.predicate].append(quad.object)
    of_article = {quad.predicate: _value(quad.object) for quad in article}

    def one(predicate: NamedNode) -> str | None:
        return next((_value(o) for o in values[predicate]), None)

    kind = next(
        (_KIND[o] for o in values[RDF.type] if isinstance(o, NamedNode) and o in _KIND), None
    )
    if kind is None:
        return None
    published = of_article.get(DIP.published)
    return Report(
        iri=subject,
        kind=kind,
        actors=tuple(sorted(map(_value, values[ACTORS[kind]]))),
        article=one(DIP.inArticle) or "",
        digest=of_article.get(DIP.textDigest, ""),
        published=date.fromisoformat(published) if published else None,
        source=of_article.get(DIP.source),
        status=next((_STATUS[o] for o in values[DIP.status] if isinstance(o, NamedNode)), "held"),
        medium=next(
            (_MEDIUM[o] for o in values[DIP.medium] if isinstance(o, NamedNode)), "unknown"
        ),
        date=one(DIP.date),
        place=one(DIP.place),
        country=one(DIP.inCountry),
        text=one(DIP.text),
        quoted=one(DIP.quoted) == "true",
        addressees=tuple(sorted(map(_value, values[DIP.addressee]))),
        domestic=one(DIP.domestic) == "true",
    )


def base_of(quads: Callable[..., Iterable[Quad]], default: str = BASE) -> str:
    """The base of the things in a store, told from one of its articles; ``quads`` is its method."""
    for quad in quads(predicate=RDF.type, object=DIP.Article):
        assert isinstance(quad.subject, NamedNode)
        return quad.subject.value.rpartition("article/")[0]
    return default


def _value(term: Term) -> str:
    assert isinstance(term, (NamedNode, Literal))
    return term.value
