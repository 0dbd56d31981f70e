"""Where articles are coded: on the workers of a Dask cluster.

The workers need this package, of the same version and with the same model and gazetteer: what they
make is to be what this process would make. Each loads the extractor once, and codes one article at
a time: a worker process for each core, with one thread, is what a cluster should have.
"""

from __future__ import annotations

import pickle
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType, TracebackType
from typing import Any, Self, TypeVar

import kb
from kb.engine import Ahead, Chunk, Work, packed
from kb.errors import ExtractionError, KBError
from kb.model import Article

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 20
"""Articles of a task: two seconds of work, so that a scheduler keeps up with hundreds of cores."""

AHEAD = 4
"""Tasks in hand for each worker: one that is done, the others to go on with."""

ANSWERS = 10.0
"""Seconds in which a scheduler is to answer."""

PATIENCE = 60.0
"""Seconds for which a cluster may be without workers."""

COUNTED_EVERY = 5.0
"""Seconds after which the workers are counted anew: they come and go."""


class Cluster:
    """The workers of the scheduler at an address; a context manager.

    Raises ``KBError`` where no scheduler answers, where it has no workers for a minute, where it is
    lost, and where a worker has not what this process has.
    """

    def __init__(self, scheduler: str) -> None:
        self.address = scheduler
        self._library = _distributed()
        try:
            self._client = self._library.Client(
                scheduler, timeout=ANSWERS, set_as_default=False, name="kb"
            )
        except (OSError, ValueError, ImportError) as error:
            raise KBError(
                f"no Dask scheduler answers at {scheduler}",
                "`dask scheduler` starts one and prints its address, like tcp://host:8786",
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            self.close()
            raise self._deserted() from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the cluster; a second time does nothing."""
        self._client.close(timeout=ANSWERS)

    def run(
        self, items: Iterable[Article | T], work: Work[R]
    ) -> Iterator[tuple[Article | T, R | KBError | None]]:
        """Do the work on the workers: :meth:`kb.engine.Engine.run`."""
        return _Spread[T, R](work, self).run(items)

    def workers(self) -> int:
        """How many worker processes there are now."""
        self._require_connected()
        try:
            return len(self._client.nthreads())
        except OSError as error:
            raise self._lost() from error

    def submit(self, work: bytes, signature: Signature, articles: list[Article]) -> Any:
        """Hand work on some articles to the next worker that is free."""
        self._require_connected()
        return self._client.submit(_work_on, work, signature, articles, pure=False)

    def result(self, future: Any) -> Any:
        """What came of a task; None where it has ended every worker that took it up."""
        deserted = None
        while not future.done():
            try:
                future.exception(timeout=COUNTED_EVERY)
            except TimeoutError:
                now = time.monotonic()
                deserted = None if self.workers() else deserted or now
                if deserted is not None and now - deserted > PATIENCE:
                    raise self._deserted() from None
            except OSError as error:
                raise self._lost() from error
        if future.status == "finished":
            told = future.result()
            if isinstance(told, Refusal):
                raise KBError(
                    f"a worker of {self.address} is not as this process is: {told.reason}",
                    "every worker needs the same release of this package, the same model and the "
                    "same gazetteer",
                )
            return told
        if future.status != "error":
            raise self._lost()
        failure = future.exception()
        if isinstance(failure, self._library.KilledWorker):
            return None
        if isinstance(failure, ImportError):
            raise KBError(
                f"a worker of {self.address} cannot load this package: {failure}",
                "install the same release of it, with the extra dask, for every worker",
            ) from failure
        raise failure

    def cancel(self, futures: list[Any]) -> None:
        """Take tasks back that nobody waits for any more."""
        if futures and self._client.status == "running":
            self._client.cancel(futures)

    def _require_connected(self) -> None:
        """The client gives up a scheduler that does not come back for a while."""
        if self._client.status in ("closing", "closed"):
            raise self._lost()

    def _deserted(self) -> KBError:
        return KBError(
            f"the scheduler at {self.address} has no workers",
            f"`dask worker {self.address} --nthreads 1 --nworkers=-1` starts some on a machine",
        )

    def _lost(self) -> KBError:
        return KBError(
            f"the scheduler at {self.address} is gone",
            "the same command goes on where this one stopped, once there is one again",
        )


def _distributed() -> ModuleType:
    try:
        import dask

        if dask.config.get("logging", None) is None:  # what matters is told here
            quiet = dict.fromkeys(("distributed", "distributed.client"), "critical")
            dask.config.set({"logging": quiet})
        import distributed
    except ImportError:
        raise KBError(
            "a cluster needs Dask, which is not installed", "pip install 'diplomatic-kb[dask]'"
        ) from None
    return distributed


class _Spread(Ahead[T, R]):
    """Over the workers of a cluster."""

    def __init__(self, work: Work[R], cluster: Cluster) -> None:
        super().__init__(work)
        self.cluster = cluster
        self._packed = packed(work)
        self._signature = Signature.of(work)
        self._workers, self._counted = 1, 0.0

    def most(self) -> int:
        if time.monotonic() - self._counted > COUNTED_EVERY:
            self._workers, self._counted = self.cluster.workers(), time.monotonic()
        return AHEAD * max(self._workers, 1)

    def size(self) -> int:
        return CHUNK

    def is_for_here(self, done: int) -> bool:  # noqa: ARG002
        return False

    def give(self, chunk: Chunk[T]) -> None:
        chunk.future = self._submit(chunk.articles)

    def results(self, chunk: Chunk[T]) -> Sequence[R | KBError]:
        told: list[R | KBError] | None = self.cluster.result(chunk.future)
        if told is not None:
            return told
        return [self._one(article) for article in chunk.articles]

    def _one(self, article: Article) -> R | KBError:
        """One article in a task of its own, after one of several has ended its workers."""
        told = self.cluster.result(self._submit([article]))
        if told is None:
            return ExtractionError(
                f"{article.origin or article.id}: cannot be coded: every worker that took it up "
                "was ended",
                "have the workers enough memory?",
            )
        [found] = told
        one: R | KBError = found
        return one

    def _submit(self, articles: list[Article]) -> Any:
        return self.cluster.submit(self._packed, self._signature, articles)

    def stop(self) -> None:
        self.cluster.cancel([chunk.future for chunk in self.queue])


# -- on the workers --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signature:
    """What has to be the same here and there."""

    release: str
    extractor: str

    @classmethod
    def of(cls, work: Work[Any]) -> Signature:
        return cls(kb.__version__, work.version)

    def differs(self, other: Signature) -> str:
        """In what another one differs, as a sentence has it; "" for nothing."""
        if self.release != other.release:
            return f"it has kb {other.release}, this one kb {self.release}"
        if self.extractor != other.extractor:
            return f"it codes by “{other.extractor}”, this one by “{self.extractor}”"
        return ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a worker does nothing."""

    reason: str


_turn = threading.Lock()
"""A worker may have several threads; the language pipeline is for one at a time."""


def _work_on(work: bytes, signature: Signature, articles: list[Article]) -> list[Any] | Refusal:
    with _turn:
        try:
            loaded, mine = _loaded(work)
        except KBError as error:
            return Refusal(error.message)
        except (ImportError, AttributeError) as error:
            return Refusal(f"it cannot load the extractor ({error})")
        if differs := signature.differs(mine):
            return Refusal(differs)
        return [loaded(article) for article in articles]


@lru_cache(maxsize=2)
def _loaded(work: bytes) -> tuple[Work[Any], Signature]:
    """Work as it was packed, kept as long as the worker lives."""
    loaded: Work[Any] = pickle.loads(work)
    return loaded, Signature.of(loaded)
