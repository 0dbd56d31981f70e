"""What an article tells, held to the shapes before it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from kb.check.direct import Plan, Told
from kb.check.found import Breach, Violation, ordered, violations
from kb.check.shapes import Rule, shapes
from kb.check.sparql import query
from kb.errors import ArticleError, ExtractionError, KBError
from kb.gazetteer import Gazetteer
from kb.model import Extraction
from kb.rdf import ArticleGraph, Minter, article_graph
from kb.vocabulary import DIP, RDF

MISPLACED = "a passage stands in the text where its offsets say"


def sound_graph(extraction: Extraction, minter: Minter, names: Gazetteer) -> ArticleGraph:
    """The graph of an article (:func:`kb.rdf.article_graph`), found good. Raises
    ``ExtractionError`` where an extractor has told what cannot be, with what and where."""
    article = extraction.article
    try:
        graph = article_graph(extraction, minter, names)
    except KBError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unsound(f"{type(error).__name__}: {str(error)[:200]}") from error
    if found := validate(graph.quads, article.text):
        raise _unsound(sentence(found))
    return graph


def article_fault(quads: Iterable[Quad]) -> ArticleError | None:
    """What is wrong with an article that another knowledge base gives, and with which; None where
    it is as the shapes ask."""
    given = list(quads)
    if not (found := validate(given)):
        return None
    keys = (q.object for q in given if q.predicate == DIP.key)
    key = next((k.value for k in keys if isinstance(k, Literal)), "without a key")
    return ArticleError(
        f"the article {key} is not as the shapes ask: {sentence(found)}",
        "it was left out; `kb check FILE` tells of everything that is wrong",
    )


def sentence(found: tuple[Violation, ...]) -> str:
    """What is wrong first, and where; how much else there is."""
    first, more = found[0], len(found) - 1
    value = f", found {first.value[:80]!r}" if first.value and first.value != first.node else ""
    rest = f", and {more} more" if more else ""
    return f"{first.message} ({first.node}{value}{rest})"


def _unsound(reason: str) -> ExtractionError:
    return ExtractionError(
        f"what was extracted does not fit the model: {reason}",
        "nothing of this article was stored; the extractor is at fault",
    )


def validate(quads: Iterable[Quad], text: str | None = None) -> tuple[Violation, ...]:
    """What is wrong with the graph of one article, sorted; nothing, if it is as the shapes ask.

    With ``text``, that of the article, passages must stand in it where they say. The article is
    validated alone: what other graphs tell makes good for nothing here.
    """
    given = list(quads)
    told = Told(given)
    found = [*_plan().breaches(told), *_by_sparql(told, given)]
    wrong = violations(found, _engine(given).quads_for_pattern) if found else ()
    return wrong if wrong or text is None else _misplaced(told, text)


def _by_sparql(told: Told, given: list[Quad]) -> Iterator[Breach]:
    """What breaks the rules that are written in SPARQL."""
    due = [(rule, text) for rule, text in _queries() if told.concerns(rule)]
    if not due:
        return
    store = _engine(given)
    for rule, text in due:
        rows = cast(QuerySolutions, store.query(text, use_default_graph_as_union=True))
        for row in rows:
            yield Breach(rule, row[0], row[1] if len(row) > 1 else None)


def _engine(quads: list[Quad]) -> pyoxigraph.Store:
    engine = pyoxigraph.Store()
    engine.extend(quads)
    return engine


@cache
def _plan() -> Plan:
    return Plan(shapes().rules)


@cache
def _queries() -> list[tuple[Rule, str]]:
    return [(r, query(r, named=False)) for r in shapes().rules if r.component == "sparql"]


def _misplaced(told: Told, text: str) -> tuple[Violation, ...]:
    """Passages that the text does not have at their offsets. What they say has been validated."""
    found = []
    for node, said in told.about.items():
        if DIP.Evidence in said.get(RDF.type, ()) and isinstance(node, NamedNode):
            start, end, exact = (
                next(v.value for v in said[p] if isinstance(v, Literal))
                for p in (DIP.startOffset, DIP.endOffset, DIP.exact)
            )
            if text[int(start) : int(end)] != exact:
                [article] = (a.value for a in said[DIP.inArticle] if isinstance(a, NamedNode))
                found.append(Violation(MISPLACED, node.value, None, article, "exact", exact))
    return ordered(found)
