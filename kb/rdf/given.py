"""An article's graph as another knowledge base has written it: looked at before it is taken."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kb import edtf
from kb.errors import ArticleError, KBError
from kb.rdf.article import ArticleGraph
from kb.rdf.mint import ACTORS, Minter
from kb.rdf.reading import read_report
from kb.reports import Report
from kb.vocabulary import DIP, RDF, RDFS, SKOS

_LINKS = (
    *ACTORS.values(), DIP.addressee, DIP.place, DIP.inCountry, DIP.evidence, DIP.wording,
    DIP.actsFor,
)  # fmt: skip
_TEXTS = (RDFS.label, SKOS.altLabel, DIP.title, DIP.exact, DIP.text)

_HINT = "only what `kb export` has written can be imported"

About = dict[NamedNode, list[Quad]]


def read_given(graph: NamedNode, quads: Iterable[Quad]) -> ArticleGraph:
    """The article that a graph tells of. What follows from an article is worked out from its graph,
    so nothing odd may get in: raises ``KBError`` where a graph is no article's, ``ArticleError``
    where it is one and tells what no knowledge base writes."""
    about: About = {}
    for quad in quads:
        assert isinstance(quad.subject, NamedNode)
        about.setdefault(quad.subject, []).append(quad)
    try:
        article = _article(graph, about)
    except _Odd as error:
        raise KBError(f"the graph {graph.value} {error}", _HINT) from error
    try:
        reports = [r for node in about if (r := _report(node, article, about)) is not None]
        _check_terms(about)
    except (_Odd, KBError, ValueError, KeyError, AssertionError) as error:
        reason = str(error) if isinstance(error, (_Odd, KBError)) else "has a value that cannot be"
        raise ArticleError(f"the graph {graph.value} {reason}", _HINT) from error
    return ArticleGraph(graph, tuple(q for told in about.values() for q in told), tuple(reports))


def as_alias(label: Quad) -> Quad:
    """The name by which a label calls something, as another name of it."""
    return Quad(label.subject, SKOS.altLabel, label.object, label.graph_name)


class _Odd(Exception):  # noqa: N818 - a reason, told by the caller
    """Why a graph is not an article's."""


def _article(graph: NamedNode, about: About) -> NamedNode:
    """The node of the article, which is named after its key, as is the graph."""
    found = [node for node, told in about.items() if DIP.Article in _objects(told, RDF.type)]
    if len(found) != 1:
        raise _Odd("tells of several articles" if found else "tells of no article")
    keys = _objects(about[found[0]], DIP.key)
    base = found[0].value.rpartition("article/")[0]
    if not base or len(keys) != 1 or not isinstance(keys[0], Literal):
        raise _Odd("has an article without a key")
    minter, key = Minter(base), keys[0].value
    if (minter.article(key), minter.graph(key)) != (found[0], graph):
        raise _Odd("is not named after the key of its article")
    return found[0]


def _report(node: NamedNode, article: NamedNode, about: About) -> Report | None:
    """The report that a node is, None for a passage or anything else."""
    told = about[node]
    inside = _objects(told, DIP.inArticle)
    if not inside:
        return None
    if inside != [article]:
        raise _Odd("tells of another article, too")
    report = read_report(told, about[article])
    if report is None:
        return None
    if len(_objects(told, DIP.status)) != 1:
        raise _Odd("has a report without a status")
    if report.date is not None:
        edtf.earliest(report.date)
    if not report.actors or any(
        not _objects(about.get(actor, []), RDFS.label)
        for predicate in (*ACTORS.values(), DIP.addressee)
        for actor in _objects(told, predicate)
        if isinstance(actor, NamedNode)
    ):
        raise _Odd("has a report of somebody without a name")
    return report


def _check_terms(about: About) -> None:
    """Links lead to things, texts are texts, and what has a name has a class."""
    for told in about.values():
        for quad in told:
            kind = NamedNode if quad.predicate in _LINKS else Literal
            if quad.predicate in (*_LINKS, *_TEXTS) and not isinstance(quad.object, kind):
                raise _Odd(f"has a wrong value of {quad.predicate.value}")
        if _objects(told, RDFS.label) and not _objects(told, RDF.type):
            raise _Odd("names what it does not class")


def _objects(told: Iterable[Quad], predicate: NamedNode) -> list[object]:
    return [quad.object for quad in told if quad.predicate == predicate]
