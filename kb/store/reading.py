"""How a remote store is read: the queries that are sent, and what comes back, made the same for all
products."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from typing import Any, TypeVar

import pyoxigraph
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
)

from kb.errors import QueryError, StoreError
from kb.rdf import received_quad, string_literal, term_text
from kb.store.cache import Cache
from kb.store.embedded import DESCRIBE, query_errors
from kb.store.endpoint import Answer, Endpoint, Form
from kb.store.products import VIRTUOSO, Product, product_of
from kb.vocabulary import GRAPH, PREFIXES, XSD

Answered = QuerySolutions | QueryBoolean | QueryTriples
GraphName = NamedNode | DefaultGraph
Pattern = tuple[NamedNode | None, NamedNode | None, NamedNode | Literal | None, GraphName | None]
T = TypeVar("T")

_FIRST_TRIES = 3
"""Where there may be nobody at all, patience is short."""

_ASKED = "__ASK_RETVAL"
"""The one column of what Virtuoso answers instead of yes (a row) or no."""

_GRAPH = re.compile(
    r"""
      \#[^\n\r]* | <[^<>"{}|^`\\\x00-\x20]*>
    | '''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
    | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*"
    | [?$:]\w+
    | \bGRAPH\b(?:\s|\#[^\n\r]*)*([^?$\s])
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""A graph that is asked by its name, outside of comments, strings and names."""

_DISTINCT = re.compile(
    r"(?:\s|#[^\n]*(?:\n|$)|(?:PREFIX\s+\S*|BASE)\s*<[^>]*>)*SELECT\s+DISTINCT\b", re.IGNORECASE
)

_MOST_OF_A_THING = 1_000
"""Quads about one thing that are read at once, although only some are asked for."""


class Reading:
    """Reads one store."""

    def __init__(self, endpoint: Endpoint, location: str, product: Product, *, keep: bool) -> None:
        self.endpoint, self.location, self.product = endpoint, location, product
        self._cache: Cache[Pattern] | None = Cache() if keep else None

    @classmethod
    def probe(cls, endpoint: Endpoint, location: str, *, keep: bool) -> Reading:
        """Find out who answers. Raises ``StoreError`` where nobody does, or no endpoint."""

        def read(answer: Answer) -> Product:
            found = _json(answer.response.read(), location)
            asked = _ASKED in found.get("head", {}).get("vars", ())
            if not asked and "boolean" not in found:
                raise StoreError(f"{location} does not answer a question as SPARQL 1.1 has it")
            return VIRTUOSO if asked else product_of(answer.server)

        return cls(
            endpoint, location, endpoint.ask("ASK {}", "ASK", read, tries=_FIRST_TRIES), keep=keep
        )

    def forget(self) -> None:
        """Nothing that was read before holds any more."""
        if self._cache is not None:
            self._cache.clear()

    def holds_anything(self) -> bool:
        """Whether there is anything in a named graph."""
        return bool(self.query("ASK { GRAPH ?g { ?s ?p ?o } }"))

    # -- queries ------------------------------------------------------------------------------

    def query(self, text: str) -> Answered:
        """The answer to a query. Raises ``QueryError``, ``StoreError``."""
        union = DESCRIBE.match(text) is not None
        with query_errors():  # what is no query is not sent: some run it as an update
            form = _form(pyoxigraph.Store().query(text, prefixes=PREFIXES))
        product = self.product
        before = product.before_describe if union else product.before_query
        if not union and _names_graphs(text):
            before = ""
        parameters = {product.union_parameter: "true"} if union and product.union_parameter else {}
        return self.endpoint.ask(
            before + _prefixes(text) + text,
            form,
            lambda answer: self._answer(answer, form, text),
            parameters,
        )

    def _answer(self, answer: Answer, form: Form, text: str) -> Answered:
        body = answer.response.read()
        if form == "CONSTRUCT":
            return _triples(body, answer.kind, self.location)
        found = _json(body, self.location)
        if form == "ASK":
            given = found.get("boolean")
            if _ASKED in found.get("head", {}).get("vars", ()):
                given = bool(found["results"]["bindings"])
            if not isinstance(given, bool):
                raise _no_answer(self.location)
            body = json.dumps({"head": {}, "boolean": given}).encode()
            asked = pyoxigraph.parse_query_results(body, QueryResultsFormat.JSON)
            assert isinstance(asked, QueryBoolean)
            return asked
        rows = found.get("results", {}).get("bindings")
        if not isinstance(rows, list):
            raise _no_answer(self.location)
        if answer.most_rows is not None and len(rows) >= answer.most_rows:
            raise QueryError(
                f"the store at {self.location} gives no more than {answer.most_rows:,} rows, "
                "and there may be more",
                "ask for less, or have its limit raised",
            )
        if self.product is VIRTUOSO:
            body = json.dumps(_corrected(found, _DISTINCT.match(text) is not None)).encode()
        try:
            for _ in _solutions(body):
                pass
        except (SyntaxError, ValueError, KeyError, TypeError) as error:
            raise _no_answer(self.location) from error
        return _solutions(body)

    # -- quads --------------------------------------------------------------------------------

    def quads(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object_: NamedNode | Literal | None,
        graph: GraphName | None,
    ) -> Iterator[Quad]:
        """The quads that fit; graphs of the product's own are left out."""
        pattern = (subject, predicate, object_, graph)
        if self._cache is None or (subject is None and object_ is None):
            return self._all(pattern)
        return self._kept(self._cache, pattern)

    def journal(self) -> list[Quad]:
        """What the graph of changes to be made holds."""
        return list(self._select((None, None, None, GRAPH.journal)))

    def _kept(self, cache: Cache[Pattern], pattern: Pattern) -> Iterator[Quad]:
        if (found := cache.get(pattern)) is not None:
            return iter(found)
        subject = pattern[0]
        age = cache.age
        if subject is not None:
            about: Pattern = (subject, None, None, None)
            known = cache.get(about)
            if known is None:
                some = tuple(self._select(about, _MOST_OF_A_THING + 1))
                if len(some) <= _MOST_OF_A_THING:
                    known = cache.put(about, filter(_is_content, some), age)
            if known is not None:
                return iter([quad for quad in known if _fits(quad, pattern)])
        return iter(cache.put(pattern, self._all(pattern), age))

    def _all(self, pattern: Pattern) -> Iterator[Quad]:
        graph = pattern[3]
        if isinstance(graph, DefaultGraph) and not self.product.default_graph:
            return iter(())
        if self.product.page is None or pattern[0] is not None:
            return filter(_is_content, self._select(pattern))
        return self._paged(pattern, self.product.page)

    def _select(self, pattern: Pattern, limit: int | None = None) -> Iterator[Quad]:
        """The quads of one request, read as they come where there may be many."""
        if limit is None and pattern[0] is None and self.product.page is None:
            text = self._pattern_query(pattern, None, None)
            response = self.endpoint.ask(text, "SELECT", lambda answer: answer.response)
            return self._stream(pattern, response)
        found, most = self._page(pattern, limit)
        if most is not None:
            raise StoreError(
                f"the store at {self.location} gives no more than {most:,} rows at once",
                "have its limit raised",
            )
        return iter(found)

    def _page(
        self, pattern: Pattern, limit: int | None, after: str | None = None
    ) -> tuple[list[Quad], int | None]:
        """The quads of one request; and how many the product gives at most, where it has left some
        out. With ``after`` they are those whose subjects come behind it, in their order."""

        def read(answer: Answer) -> tuple[list[Quad], int | None]:
            found = list(self._stream(pattern, io.BytesIO(answer.response.read())))
            most = answer.most_rows
            return found, most if most is not None and len(found) >= most else None

        return self.endpoint.ask(self._pattern_query(pattern, limit, after), "SELECT", read)

    def _pattern_query(self, pattern: Pattern, limit: int | None, after: str | None) -> str:
        names, where = _where(pattern)
        end = ""
        if after is not None:
            where += f" FILTER(STR(?s) > {term_text(string_literal(after))})" if after else ""
            end = " ORDER BY STR(?s)"
        end += f" LIMIT {limit}" if limit is not None else ""
        before = self.product.before_query if pattern[3] is None else ""
        return f"{before}SELECT {names} WHERE {{ {where} }}{end}"

    def _stream(self, pattern: Pattern, body: Any) -> Iterator[Quad]:
        subject, predicate, object_, graph = pattern
        try:
            for row in _solutions(body):
                yield received_quad(
                    row["s"] if subject is None else subject,
                    row["p"] if predicate is None else predicate,
                    row["o"] if object_ is None else object_,
                    (row["g"] or DefaultGraph()) if graph is None else graph,
                )
        except (SyntaxError, ValueError, KeyError, OSError, HTTPException) as error:
            raise _no_answer(self.location) from error
        finally:
            body.close()

    def _paged(self, pattern: Pattern, page: int) -> Iterator[Quad]:
        """All quads in pages that end between things, in the order of the subjects: no more than a
        page is held, and nothing hangs on the order in which the product has them."""
        _, predicate, object_, graph = pattern
        if graph is None:
            for name in self.graphs():
                yield from self._paged((None, predicate, object_, name), page)
            return
        found, most = self._page(pattern, page)
        if len(found) < page and most is None:
            yield from found
            return
        last = ""
        while True:
            page = most or page
            found, most = self._page(pattern, page, last)
            if len(found) < page and most is None:
                yield from found
                return
            final = found[-1].subject
            whole = [quad for quad in found if quad.subject != final]
            yield from whole
            if not whole:
                assert isinstance(final, NamedNode)
                yield from self._select((final, predicate, object_, graph))
                last = final.value
            else:
                last = str(getattr(whole[-1].subject, "value", ""))

    def graphs(self) -> Sequence[NamedNode]:
        """The named graphs that are not the product's own, by their names."""
        found = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(found, QuerySolutions)
        names = [g for row in found if isinstance(g := row["g"], NamedNode)]
        return sorted((name for name in names if name != GRAPH.journal), key=str)


def _where(pattern: Pattern) -> tuple[str, str]:
    """The columns to be selected, and the graph pattern without what follows it."""
    subject, predicate, object_, graph = pattern
    names = [name for name, term in zip("spog", pattern, strict=True) if term is None]
    triple = " ".join(
        f"?{name}" if term is None else term_text(term)
        for name, term in (("s", subject), ("p", predicate), ("o", object_))
    )
    columns = " ".join(f"?{name}" for name in names)
    if isinstance(graph, DefaultGraph):
        return columns, triple
    if graph is None:
        return columns, f"{{ GRAPH ?g {{ {triple} }} }}"
    return columns, f"GRAPH {term_text(graph)} {{ {triple} }}"


def _fits(quad: Quad, pattern: Pattern) -> bool:
    has = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return all(asked is None or asked == term for asked, term in zip(pattern, has, strict=True))


def _is_content(quad: Quad) -> bool:
    return quad.graph_name != GRAPH.journal


def _names_graphs(text: str) -> bool:
    """Whether a query asks a graph by its name: Virtuoso, told which graphs to leave out, takes any
    name for that of a graph that is not there, and counts one row in it."""
    return any(found.group(1) for found in _GRAPH.finditer(text))


def _form(answer: Answered) -> Form:
    if isinstance(answer, QuerySolutions):
        return "SELECT"
    return "ASK" if isinstance(answer, QueryBoolean) else "CONSTRUCT"


def _prefixes(text: str) -> str:
    """The prefixes that everybody may use without declaring them, but for those declared."""
    declared = {name.lower() for name in re.findall(r"PREFIX\s+([\w.-]*):", text, re.IGNORECASE)}
    return "".join(
        f"PREFIX {name}: <{iri}> "
        for name, iri in PREFIXES.items()
        if name not in declared and f"{name}:" in text
    )


def _solutions(body: Any) -> QuerySolutions:
    found = pyoxigraph.parse_query_results(body, QueryResultsFormat.JSON)
    if not isinstance(found, QuerySolutions):
        raise ValueError("a truth value where rows belong")
    return found


def _triples(body: bytes, kind: str, location: str) -> QueryTriples:
    """The triples of an answer, as the embedded store would give them."""
    form = pyoxigraph.RdfFormat.TURTLE if "turtle" in kind else pyoxigraph.RdfFormat.N_TRIPLES
    held = pyoxigraph.Store()
    try:
        held.load(body, form, lenient=True)
    except (SyntaxError, ValueError) as error:
        raise _no_answer(location) from error
    answer = held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, QueryTriples)
    return answer


def _json(body: bytes, location: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError as error:
        raise _no_answer(location) from error
    if not isinstance(found, dict):
        raise _no_answer(location)
    return found


def _corrected(found: dict[str, Any], distinct: bool) -> dict[str, Any]:
    """What Virtuoso answers, as SPARQL has it: it gives truth values as 0 and 1, and what is to be
    distinct is not, where several columns have no value."""
    for row in found["results"]["bindings"]:
        for term in row.values():
            if term.get("datatype") == XSD.boolean.value:
                term["value"] = {"0": "false", "1": "true"}.get(term["value"], term["value"])
    if distinct:
        rows = {json.dumps(row, sort_keys=True): row for row in found["results"]["bindings"]}
        found["results"]["bindings"] = list(rows.values())
    return found


def _no_answer(location: str) -> StoreError:
    return StoreError(
        f"the answer of the store at {location} is not whole or not as SPARQL 1.1 has it",
        "try again; if it stays so, its log may say why",
    )
