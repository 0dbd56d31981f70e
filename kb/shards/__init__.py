"""Take in what other knowledge bases have exported: shards of one that many machines have coded.

Only the graphs of articles count, and that of what people have judged. Reports are minted from
content and never change; what follows from them (events, standings, who met whom, names, what the
gazetteer knows) is worked out anew, so that it does not matter which shard comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kb.check.ingest import article_fault
from kb.errors import ArticleError, KBError
from kb.gazetteer import gazetteer
from kb.rdf import ArticleGraph, Minter, iri, read_given, read_judgements
from kb.shards.flat import article_graphs
from kb.shards.parsing import SHARD_FORMATS, ShardFormat, parse, shard_format
from kb.spool import Spool
from kb.store import Store, memory_store
from kb.update import Updater
from kb.vocabulary import DIP, GRAPH, RDF, RDFS

__all__ = ["SHARD_FORMATS", "Given", "ShardFormat", "Shards", "shard_format"]

State = Literal["added", "updated", "unchanged", "failed"]

TOGETHER = 500
"""Articles that are written as one change."""

_NOT_ARTICLES = (GRAPH.derived, GRAPH.gazetteer, GRAPH.judgements)
_WITH_GRAPHS, _WITHOUT = "a", "b"


@dataclass(frozen=True, slots=True)
class Given:
    """An article that a file gives; ``rebuilt`` where the file has no graphs, so that the names
    in it may be those of other articles, too. ``error`` says what is wrong with it, if it was not
    taken."""

    where: str
    graph: ArticleGraph
    rebuilt: bool
    error: KBError | None = None

    @property
    def title(self) -> str:
        titles = (q.object for q in self.graph.quads if q.predicate == DIP.title)
        return next((t.value for t in titles if isinstance(t, pyoxigraph.Literal)), "")

    def is_in(self, known: Iterable[Quad]) -> bool:
        """Whether a graph, of the same article, says the same; names aside where they may not be
        the article's own."""
        if self.rebuilt:
            return _unnamed(known) == _unnamed(self.graph.quads)
        return set(known) == set(self.graph.quads)


class Shards:
    """The articles of some files, read and found good before the first of them is taken.

    Iterating yields them in the order of the files, in each by the name of the graph; an article
    that tells what cannot be has its ``error``, and the others go on. What is read
    lies on disk meanwhile, where it is much; only files without graphs are held in memory. A
    context manager. Raises ``KBError`` for files that are not exports of one knowledge base.
    """

    def __init__(
        self,
        paths: Iterable[str | Path],
        form: ShardFormat | None = None,
        stdin: BinaryIO | None = None,
    ) -> None:
        self.paths = [str(path) for path in paths]
        self.base: str | None = None
        """Under which the things of the files live; None where they have no articles."""
        self._judgements: list[Quad] = []
        self._lines = Spool()
        try:
            for path in self.paths:
                _ = form or shard_format(path)  # told before the first is read
            for number, path in enumerate(self.paths):
                self._read(number, path, form, stdin)
            self._check()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Shards:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._lines.close()

    def __iter__(self) -> Iterator[Given]:
        for head, lines in groupby(self._lines, lambda line: line.partition("\t")[0]):
            place, how, graph = head.split(" ")
            path = self.paths[int(place)]
            text = "\n".join(f"{line.partition(chr(9))[2]} <{graph}> ." for line in lines)
            quads = tuple(pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_QUADS, lenient=True))
            try:
                yield Given(path, read_given(iri(graph), quads), how == _WITHOUT)
            except ArticleError as error:
                told = ArticleGraph(iri(graph), quads, ())
                yield Given(path, told, how == _WITHOUT, article_fault(quads) or error)
            except KBError as error:
                raise KBError(f"{path}: {error.message}", error.hint) from error

    def require_base(self, base: str) -> None:
        """Raise ``KBError`` where the things of the files live under another base."""
        if self.base not in (None, base):
            raise KBError(
                f"the things of this knowledge base live under {base}, those to import under "
                f"{self.base}",
                "import them into another knowledge base: --store names one",
            )

    def take(self, store: Store, minter: Minter) -> Iterator[tuple[Given, State, int]]:
        """Put the articles into a store, many at once: what became of it, and how many reports
        came with it. One that is there already stays; one that is not as the shapes ask is left
        out. Then the judgements, but for those on what is judged there already."""
        updater = Updater(store, minter, gazetteer())
        batch: dict[NamedNode, tuple[Given, State]] = {}

        def written() -> Iterator[tuple[Given, State, int]]:
            updater.put(*(given.graph for given, _ in batch.values()))
            for given, state in batch.values():
                yield given, state, len(given.graph.reports)
            batch.clear()

        for given in self:
            if fault := given.error or article_fault(given.graph.quads):
                yield replace(given, error=fault), "failed", 0
                continue
            if given.graph.name in batch or len(batch) >= TOGETHER:
                yield from written()
            known = list(store.quads(graph=given.graph.name))
            if given.is_in(known):
                yield given, "unchanged", 0
            else:
                batch[given.graph.name] = given, "updated" if known else "added"
        yield from written()
        mine = {judgement.about for judgement in updater.judgements()}
        theirs = read_judgements(self._judgements)
        if new := [judgement for judgement in theirs if judgement.about not in mine]:
            updater.judge(new)

    def _read(
        self, number: int, path: str, form: ShardFormat | None, stdin: BinaryIO | None
    ) -> None:
        """Put the article graphs of a file aside."""
        graphless = False

        def without_graph() -> Iterator[Quad]:
            nonlocal graphless
            for quad in parse(path, form, stdin):
                if isinstance(quad.graph_name, DefaultGraph):
                    graphless = True
                    yield quad
                elif quad.graph_name == GRAPH.judgements:
                    self._judgements.append(quad)
                elif quad.graph_name not in _NOT_ARTICLES:
                    self._put(number, _WITH_GRAPHS, quad)

        with memory_store(without_graph()) as store:
            for quad in store.quads(None, RDF.type, DIP.Judgement):
                assert isinstance(quad.subject, NamedNode)
                self._judgements += store.quads(quad.subject)
            found = False
            for _, quads in article_graphs(store, gazetteer()):
                found = True
                for quad in quads:
                    self._put(number, _WITHOUT, quad)
            if graphless and not found and not self._judgements:
                raise KBError(
                    f"{path} tells of no article",
                    "only what `kb export` has written can be imported",
                )

    def _put(self, number: int, how: str, quad: Quad) -> None:
        assert isinstance(quad.graph_name, NamedNode)
        self._lines.add(f"{number:06d} {how} {quad.graph_name.value}\t{quad.triple}")

    def _check(self) -> None:
        """Read every article once; all of them are to live under one base."""
        for given in self:
            base = given.graph.name.value.rpartition("graph/")[0]
            if self.base is not None and base != self.base:
                raise KBError(
                    f"{given.where} has things under {base}, the others under {self.base}",
                    "import what has one base into one knowledge base",
                )
            self.base = base


def _unnamed(quads: Iterable[Quad]) -> set[Quad]:
    """Quads about the article, its reports and passages: about what has no name."""
    found = set(quads)
    named = {quad.subject for quad in found if quad.predicate == RDFS.label}
    return {quad for quad in found if quad.subject not in named}
