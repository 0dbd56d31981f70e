"""Articles into a store: which of them are new, what they tell, and all of it written."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kb.check.ingest import sound_graph
from kb.engine import HERE, Coding, Engine, Told
from kb.errors import KBError
from kb.gazetteer import gazetteer
from kb.intake import Outcome, State
from kb.model import Article, Extraction
from kb.rdf import ArticleGraph, Minter, article_quads
from kb.store import Store
from kb.update import Updater

if TYPE_CHECKING:
    from kb.coder import Extractor

TOGETHER = 100
"""Articles that are written as one change."""

PATIENCE = 5.0
"""Seconds after which those that are there are written, be they ever so few."""

PUBLISHED_EVERY = 15.0
"""Seconds after which others are shown what has been written."""


@dataclass(slots=True)
class _Batch:
    """What is to be told, in the order of the articles; those with a graph are to be written
    before."""

    told: list[tuple[Outcome, ArticleGraph | None]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    since: float = field(default_factory=time.monotonic)

    @property
    def graphs(self) -> list[ArticleGraph]:
        return [graph for _, graph in self.told if graph is not None]

    def is_due(self) -> bool:
        return len(self.told) >= TOGETHER or time.monotonic() - self.since >= PATIENCE


class Filling:
    """Puts articles into a store; ``turn`` is held while it is read or written, so that several
    threads can share it."""

    def __init__(
        self,
        store: Store,
        minter: Minter,
        extractor: Extractor,
        turn: AbstractContextManager[object],
        force: bool = False,
    ) -> None:
        self.store, self.minter, self.extractor, self.turn = store, minter, extractor, turn
        self.force = force
        self._in_hand: dict[str, set[Quad]] = {}
        """Of articles that are being coded or wait to be written, by key: what the last one says of
        itself."""
        self._will_be: dict[int, State] = {}
        """What will have become of the articles that are being coded, by the objects they are:
        two can have one key."""
        self._published = time.monotonic()

    def fill(self, items: Iterable[Article | Outcome], engine: Engine = HERE) -> Iterator[Outcome]:
        """Code articles where ``engine`` does, and store them; yields what became of each, in their
        order, once it is stored. Outcomes among the items are handed through.

        Raises ``StoreError`` where the store takes nothing more.
        """
        batch = _Batch()
        for item, told in engine.run(self._fresh(items), Coding(self.extractor)):
            if isinstance(item, Outcome):
                batch.told.append((item, None))
            else:
                batch.keys.add(item.key)
                batch.told.append(self._coded(item, told))
            if batch.is_due():
                yield from self._write(batch)
                batch = _Batch()
        yield from self._write(batch)

    def _fresh(self, items: Iterable[Article | Outcome]) -> Iterator[Article | Outcome]:
        """The articles that are to be coded; what becomes of the others."""
        for item in items:
            if isinstance(item, Article) and self._is_unchanged(item):
                yield outcome("unchanged", item)
            else:
                yield item

    def _is_unchanged(self, article: Article) -> bool:
        about = set(article_quads(article, self.extractor.version, self.minter))
        state: State = "updated"
        if article.key in self._in_hand:
            if self._in_hand[article.key] == about:
                return True
        else:
            node, graph = self.minter.article(article.key), self.minter.graph(article.key)
            with self.turn:
                known = set(self.store.quads(node, graph=graph))
            if known == about and not self.force:
                return True
            state = "updated" if known else "added"
        self._in_hand[article.key] = about
        self._will_be[id(article)] = state
        return False

    def _coded(self, article: Article, told: Told | None) -> tuple[Outcome, ArticleGraph | None]:
        """What will have become of an article that has been coded, and what is to be written."""
        state = self._will_be.pop(id(article))
        if isinstance(told, KBError):
            self._in_hand.pop(article.key, None)
            return outcome("failed", article, error=told), None
        assert isinstance(told, Extraction)
        try:
            graph = sound_graph(told, self.minter, gazetteer())
        except KBError as error:
            self._in_hand.pop(article.key, None)
            return outcome("failed", article, error=error), None
        return outcome(state, article, events=len(graph.reports)), graph

    def _write(self, batch: _Batch) -> Iterator[Outcome]:
        graphs = batch.graphs
        if graphs:
            with self.turn:
                Updater(self.store, self.minter, gazetteer()).put(*graphs)
                self._show()
        self._in_hand = {k: v for k, v in self._in_hand.items() if k not in batch.keys}
        for outcome_, _ in batch.told:
            yield outcome_

    def _show(self) -> None:
        """Let others see what has been written, from time to time."""
        if time.monotonic() - self._published >= PUBLISHED_EVERY:
            self.store.publish()
            self._published = time.monotonic()


def outcome(
    state: State, article: Article, *, events: int = 0, error: KBError | None = None
) -> Outcome:
    """What became of an article."""
    where, dated = article.origin or article.id, article.published is not None
    return Outcome(state, where, article.title, events, dated, error, article.language)
