"""Where articles are coded: in this process, in several beside it, or wherever an engine reaches.

An engine takes articles and gives what came of the work on each, in the order they came. It reads
ahead a little, never more than its processes need, so that memory does not grow with the input.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from kb.errors import ExtractionError, KBError
from kb.model import Article, Extraction

if TYPE_CHECKING:
    from kb.coder import Extractor

T = TypeVar("T")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
Told = Extraction | KBError
"""What an article tells, or why it could not be coded."""

CHUNK = 4
"""Articles that a process is given at once."""

AHEAD = 3
"""Chunks in hand for each process: one that is coded, the others to go on with."""

ALONE = 24
"""Articles that are coded here before others are called in: to start them takes as long."""


class Work(Protocol[R_co]):
    """What is done with an article, here or elsewhere. What cannot be done is a result, too:
    ``KBError``. ``version`` is that of the extractor."""

    @property
    def version(self) -> str: ...

    def __call__(self, article: Article, /) -> R_co | KBError: ...


class Engine(Protocol):
    """Where work on articles is done."""

    def run(
        self, items: Iterable[Article | T], work: Work[R]
    ) -> Iterator[tuple[Article | T, R | KBError | None]]:
        """Do the work on each article; what is no article is handed through in its place, with
        None.

        An article that ends the process that works on it is told as one that cannot be coded; the
        others go on. Raises ``KBError`` for work that cannot be handed to other processes.
        """
        ...


@dataclass(frozen=True, slots=True)
class Coding:
    """The work of an extractor: what each article tells."""

    extractor: Extractor

    @property
    def version(self) -> str:
        return self.extractor.version

    def __call__(self, article: Article, /) -> Told:
        try:
            return self.extractor.code(article)
        except KBError as error:
            return error


def code(
    items: Iterable[Article | T], extractor: Extractor, jobs: int = 1
) -> Iterator[tuple[Article | T, Told | None]]:
    """Code articles in ``jobs`` processes, as :meth:`Engine.run` describes."""
    return Processes(jobs).run(items, Coding(extractor))


@contextmanager
def engine(jobs: int = 1, scheduler: str | None = None) -> Iterator[Engine]:
    """The workers of the Dask cluster whose scheduler has this address, else ``jobs`` processes.

    Raises ``KBError`` where nothing answers at the address.
    """
    if scheduler is None:
        yield Processes(jobs)
        return
    from kb.cluster import Cluster

    with Cluster(scheduler) as cluster:
        yield cluster


@dataclass(frozen=True, slots=True)
class Processes:
    """Does the work in ``jobs`` processes of this machine; one is this process."""

    jobs: int = 1

    def run(
        self, items: Iterable[Article | T], work: Work[R]
    ) -> Iterator[tuple[Article | T, R | KBError | None]]:
        return _Beside[T, R](work, self.jobs).run(items)


HERE: Engine = Processes(1)
"""This process."""


def packed(work: Work[object]) -> bytes:
    """Work as other processes load it. Raises ``KBError`` for what they cannot."""
    try:
        return pickle.dumps(work)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise KBError(
            f"this extractor cannot be handed to other processes: {error}",
            "make it one that can be pickled, or let one job do all",
        ) from error


# -- reading ahead ---------------------------------------------------------------------------------


@dataclass(slots=True)
class Chunk(Generic[T]):
    """Items in their order; the articles among them are with a process once it has them."""

    items: list[Article | T]
    future: Any = None

    @property
    def articles(self) -> list[Article]:
        return [item for item in self.items if isinstance(item, Article)]


class Ahead(ABC, Generic[T, R]):
    """Hands chunks of articles out and takes the results in their order, a few chunks ahead."""

    def __init__(self, work: Work[R]) -> None:
        self.work = work
        self.queue: deque[Chunk[T]] = deque()

    @abstractmethod
    def give(self, chunk: Chunk[T]) -> None:
        """Hand the articles of a chunk out."""

    @abstractmethod
    def results(self, chunk: Chunk[T]) -> Sequence[R | KBError]:
        """What came of the articles of a chunk; waits for it."""

    @abstractmethod
    def stop(self) -> None:
        """Let go of what is still in hand."""

    @abstractmethod
    def most(self) -> int:
        """Chunks to have in hand at a time."""

    @abstractmethod
    def is_for_here(self, done: int) -> bool:
        """Whether an article is one to work on in this process, where so many have been."""

    @abstractmethod
    def size(self) -> int:
        """Articles of a chunk."""

    def run(self, items: Iterable[Article | T]) -> Iterator[tuple[Article | T, R | KBError | None]]:
        here = 0
        chunk = Chunk[T]([])
        try:
            for item in items:
                if not isinstance(item, Article) and not self.queue and not chunk.items:
                    yield item, None
                elif isinstance(item, Article) and self.is_for_here(here):
                    here += 1
                    yield item, self.work(item)
                else:
                    chunk.items.append(item)
                    if len(chunk.articles) == self.size():
                        self._add(chunk)
                        chunk = Chunk([])
                while self._ready():
                    yield from self._told(self.queue.popleft())
            if chunk.items:
                self._add(chunk)
            while self.queue:
                yield from self._told(self.queue.popleft())
        finally:
            self.stop()

    def _add(self, chunk: Chunk[T]) -> None:
        self.queue.append(chunk)
        self.give(chunk)

    def _ready(self) -> bool:
        """Whether to wait for the first chunk, or it is there."""
        if not self.queue:
            return False
        future = self.queue[0].future
        return len(self.queue) >= self.most() or future is None or future.done()

    def _told(self, chunk: Chunk[T]) -> Iterator[tuple[Article | T, R | KBError | None]]:
        told = iter(self.results(chunk))
        for item in chunk.items:
            yield item, next(told) if isinstance(item, Article) else None


class _Beside(Ahead[T, R]):
    """In processes beside this one."""

    def __init__(self, work: Work[R], jobs: int) -> None:
        super().__init__(work)
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        if jobs > 1:
            packed(work)  # told before the first article is read

    def most(self) -> int:
        return AHEAD * self.jobs

    def size(self) -> int:
        return CHUNK

    def is_for_here(self, done: int) -> bool:
        return self.jobs == 1 or done < ALONE

    def give(self, chunk: Chunk[T]) -> None:
        try:
            chunk.future = self._processes().submit(_work_on, chunk.articles)
        except BrokenProcessPool:  # told, too, of what has been given before
            chunk.future = None

    def results(self, chunk: Chunk[T]) -> Sequence[R | KBError]:
        if chunk.future is not None:
            try:
                found: list[R | KBError] = chunk.future.result()
                return found
            except BrokenProcessPool:
                self.stop()
                for other in self.queue:  # it fails whatever else it has in hand
                    if other.future and not (other.future.done() and not other.future.exception()):
                        other.future = None
        return [self._one(article) for article in chunk.articles]

    def _one(self, article: Article) -> R | KBError:
        """Work on one article with nothing beside it, after a process has died of one of
        several."""
        try:
            [told] = self._processes().submit(_work_on, [article]).result()
        except BrokenProcessPool:
            self.stop()
            return ExtractionError(
                f"{article.origin or article.id}: cannot be coded: its process was ended",
                "is there enough memory? fewer processes (--jobs) need less",
            )
        found: R | KBError = told
        return found

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            methods = multiprocessing.get_all_start_methods()
            # not fork: the engine of the store has threads, which do not outlive one
            context = multiprocessing.get_context(
                "forkserver" if "forkserver" in methods else "spawn"
            )
            if "forkserver" in methods:
                context.set_forkserver_preload(["kb.coder"])
            self._pool = ProcessPoolExecutor(self.jobs, context, _start, (self.work,))
        return self._pool

    def stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


# -- in the processes ------------------------------------------------------------------------------

_work: Work[Any] | None = None


def _start(work: Work[Any]) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started this one stops it
    _work = work


def _work_on(articles: Sequence[Article]) -> list[Any]:
    assert _work is not None
    return [_work(article) for article in articles]
