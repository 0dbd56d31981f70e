"""Where articles are coded: in this process, or in several beside it.

An engine takes articles and gives what they tell, in the order they came. It reads ahead a little,
never more than its processes need, so that memory does not grow with the input.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from kb.errors import ExtractionError, KBError
from kb.model import Article, Extraction

if TYPE_CHECKING:
    from kb.coder import Extractor

T = TypeVar("T")
Told = Extraction | KBError
"""What an article tells, or why it could not be coded."""

CHUNK = 4
"""Articles that a process is given at once."""

AHEAD = 3
"""Chunks in hand for each process: one that is coded, the others to go on with."""

ALONE = 24
"""Articles that are coded here before others are called in: to start them takes as long."""


def code(
    items: Iterable[Article | T], extractor: Extractor, jobs: int = 1
) -> Iterator[tuple[Article | T, Told | None]]:
    """Code articles in ``jobs`` processes; what is no article is handed through in its place.

    An article that ends its process is told as one that cannot be coded; the others go on. Raises
    ``KBError`` for an extractor that cannot be handed to other processes.
    """
    return _Engine[T](extractor, jobs).run(items)


@dataclass(slots=True)
class _Chunk(Generic[T]):
    """Items in their order; the articles among them are with a process once it has them."""

    items: list[Article | T]
    future: Future[list[Told]] | None = None

    @property
    def articles(self) -> list[Article]:
        return [item for item in self.items if isinstance(item, Article)]


class _Engine(Generic[T]):
    def __init__(self, extractor: Extractor, jobs: int) -> None:
        self.extractor, self.jobs = extractor, jobs
        self._pool: ProcessPoolExecutor | None = None
        self._queue: deque[_Chunk[T]] = deque()

    def run(self, items: Iterable[Article | T]) -> Iterator[tuple[Article | T, Told | None]]:
        if self.jobs > 1:
            _require_portable(self.extractor)
        alone = 0
        chunk = _Chunk[T]([])
        try:
            for item in items:
                if not isinstance(item, Article) and not self._queue and not chunk.items:
                    yield item, None
                elif isinstance(item, Article) and (self.jobs == 1 or alone < ALONE):
                    alone += 1
                    yield item, _code_one(self.extractor, item)
                else:
                    chunk.items.append(item)
                    if len(chunk.articles) == CHUNK:
                        self._give(chunk)
                        chunk = _Chunk([])
                while self._ready():
                    yield from self._results(self._queue.popleft())
            if chunk.items:
                self._give(chunk)
            while self._queue:
                yield from self._results(self._queue.popleft())
        finally:
            self._stop()

    def _ready(self) -> bool:
        """Whether to wait for the first chunk, or it is there."""
        if not self._queue:
            return False
        future = self._queue[0].future
        return len(self._queue) >= AHEAD * self.jobs or future is None or future.done()

    def _give(self, chunk: _Chunk[T]) -> None:
        self._queue.append(chunk)
        try:
            chunk.future = self._processes().submit(_code, chunk.articles)
        except BrokenProcessPool:  # told, too, of what has been given before
            chunk.future = None

    def _results(self, chunk: _Chunk[T]) -> Iterator[tuple[Article | T, Told | None]]:
        told = iter(self._told(chunk))
        for item in chunk.items:
            yield item, next(told) if isinstance(item, Article) else None

    def _told(self, chunk: _Chunk[T]) -> list[Told]:
        if chunk.future is not None:
            try:
                return chunk.future.result()
            except BrokenProcessPool:
                self._stop()
                for other in self._queue:  # it fails whatever else it has in hand
                    if other.future and not (other.future.done() and not other.future.exception()):
                        other.future = None
        return [self._one(article) for article in chunk.articles]

    def _one(self, article: Article) -> Told:
        """Code one article with nothing beside it, after a process has died of one of several."""
        try:
            [told] = self._processes().submit(_code, [article]).result()
        except BrokenProcessPool:
            self._stop()
            return ExtractionError(
                f"{article.origin or article.id}: cannot be coded: its process was ended",
                "is there enough memory? fewer processes (--jobs) need less",
            )
        return told

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            methods = multiprocessing.get_all_start_methods()
            # not fork: the engine of the store has threads, which do not outlive one
            context = multiprocessing.get_context(
                "forkserver" if "forkserver" in methods else "spawn"
            )
            if "forkserver" in methods:
                context.set_forkserver_preload(["kb.coder"])
            self._pool = ProcessPoolExecutor(self.jobs, context, _start, (self.extractor,))
        return self._pool

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _require_portable(extractor: Extractor) -> None:
    try:
        pickle.dumps(extractor)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise KBError(
            f"this extractor cannot be handed to other processes: {error}",
            "make it one that can be pickled, or let one job do all",
        ) from error


# -- in the processes ------------------------------------------------------------------------------

_extractor: Extractor | None = None


def _start(extractor: Extractor) -> None:
    global _extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started this one stops it
    _extractor = extractor


def _code(articles: Sequence[Article]) -> list[Told]:
    assert _extractor is not None
    return [_code_one(_extractor, article) for article in articles]


def _code_one(extractor: Extractor, article: Article) -> Told:
    try:
        return extractor.code(article)
    except KBError as error:
        return error
