"""The store inside the process: Oxigraph, on disk or in memory.

On disk a writer works on a copy that nobody sees until it is published (``generations``), so that
he may write in bulk, which the engine does not do as one transaction: what was not published does
not count.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
)

from kb.errors import QueryError, StoreError
from kb.store.generations import OURS, POINTER, WRITER_LOCK, Generations
from kb.store.lock import Busy, Lock
from kb.vocabulary import PREFIXES

ENGINE_ERRORS = (OSError, RuntimeError, ValueError)
"""What the engine raises for damage, a full disk, a lock."""

WRITER_PATIENCE = 5.0
"""Seconds to wait for another writer to finish."""

BULK = 4000
"""Quads from which on writing in bulk, with files of its own, is the quicker way."""


DESCRIBE = re.compile(
    r"(?:\s|#[^\n]*(?:\n|$)|(?:PREFIX\s+\S*|BASE)\s*<[^>]*>)*DESCRIBE\b", re.IGNORECASE
)
"""A query for all that is said of a thing: it cannot name graphs, so that it is asked of all."""


class EmbeddedStore:
    """An Oxigraph store; made by :meth:`read`, :meth:`write` or :meth:`memory`."""

    def __init__(
        self,
        engine: pyoxigraph.Store,
        location: str,
        *,
        writable: bool,
        lock: Lock | None = None,
        generations: Generations | None = None,
    ) -> None:
        self._engine: pyoxigraph.Store | None = engine
        self._lock = lock
        self._generations = generations
        self._pending: tuple[list[Quad], list[Quad]] | None = None
        """A change that has begun and not ended."""
        self._changed = generations is not None and generations.published() is None
        self.location = location
        self.writable = writable

    @classmethod
    def memory(cls, quads: Iterable[Quad] = ()) -> EmbeddedStore:
        engine = pyoxigraph.Store()
        engine.extend(quads)
        return cls(engine, "memory", writable=True)

    @classmethod
    def read(cls, path: Path) -> EmbeddedStore:
        _require_store(path)
        lock = None
        try:
            generation, lock = Generations(path).hold()
            engine = pyoxigraph.Store.read_only(str(generation))
        except ENGINE_ERRORS as error:
            if lock:
                lock.release()
            raise _unusable(path, error) from error
        return cls(engine, str(path), writable=False, lock=lock)

    @classmethod
    def write(cls, path: Path) -> EmbeddedStore:
        try:
            _require_room(path)
            path.mkdir(parents=True, exist_ok=True)
            lock = Lock(path / WRITER_LOCK, exclusive=True, patience=WRITER_PATIENCE)
        except Busy:
            raise StoreError(
                f"the knowledge base at {path} is being written by another process",
                "wait for it to finish, or name another one with --store",
            ) from None
        except OSError as error:
            raise _not_writable(path, error) from error
        generations = Generations(path)
        try:
            engine = pyoxigraph.Store(str(generations.start()))
        except ENGINE_ERRORS as error:
            generations.discard()
            lock.release()
            raise _unusable(path, error) from error
        return cls(engine, str(path), writable=True, lock=lock, generations=generations)

    def __enter__(self) -> EmbeddedStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def engine(self) -> pyoxigraph.Store:
        """Oxigraph itself. Raises ``StoreError`` once the store is closed."""
        if self._engine is None:
            where = "in memory" if self.location == "memory" else f"at {self.location}"
            raise StoreError(f"the knowledge base {where} has been closed", "open it again")
        return self._engine

    def query(self, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        with query_errors():
            try:
                return self.engine.query(
                    text,
                    prefixes=PREFIXES,
                    use_default_graph_as_union=DESCRIBE.match(text) is not None,
                )
            except OSError as error:
                raise _unusable(Path(self.location), error) from error

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | Literal | None = None,  # noqa: A002
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        return self.engine.quads_for_pattern(subject, predicate, object, graph)

    def change(self, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """What is both removed and added stays. On disk the change is seen by others once it is
        published; one that fails takes with it what has been changed since the last time."""
        if not self.writable:
            raise StoreError(f"the knowledge base at {self.location} was opened for reading only")
        won = dict.fromkeys(add)
        lost = [quad for quad in dict.fromkeys(remove) if quad not in won]
        if not won and not lost:
            return
        self._pending = list(won), lost
        try:
            self._apply()
        except ENGINE_ERRORS as error:
            self._abandon()
            raise self._unchanged(error) from error

    def _apply(self) -> None:
        """Make the pending change; to do so twice is as good as once."""
        if self._pending is None:
            return
        won, lost = self._pending
        if len(won) >= BULK:
            self.engine.bulk_extend(won)
            won = []
        parts = [
            f"{verb} DATA {{\n{''.join(map(_quad_data, quads))}}}"
            for verb, quads in (("DELETE", lost), ("INSERT", won))
            if quads
        ]
        if parts:
            self.engine.update(" ;\n".join(parts))  # of two operations, and one transaction
        self._changed = True
        self._pending = None

    def publish(self) -> None:
        """Let readers see what has been changed. Raises ``StoreError`` where that fails; then they
        see what they saw before."""
        if self._generations is None or not (self._changed or self._pending):
            return
        try:
            self._apply()  # where an interruption came between
            self.engine.flush()
            generation = self._generations.next()
            self.engine.backup(str(generation))
            self._generations.publish(generation)
        except ENGINE_ERRORS as error:
            raise self._unchanged(error) from error
        self._changed = False
        self._generations.clear()

    def close(self) -> None:
        """Publish what has been changed; let go of the store. A second time does nothing."""
        try:
            if self._engine is not None:
                self.publish()
        finally:
            self._abandon()

    def _unchanged(self, error: Exception) -> StoreError:
        return StoreError(
            f"the knowledge base at {self.location} could not be changed: {one_line(error)}",
            "it is as it was when it was last published; is the disk full?",
        )

    def _abandon(self) -> None:
        """Let go of the store and of what has not been published."""
        self._engine = None  # its last reference: the files are closed
        if self._generations is not None:
            self._generations.discard()
            self._generations = None
        if self._lock:
            self._lock.release()


@contextmanager
def query_errors() -> Iterator[None]:
    """What is wrong with a query, as the engine says it, becomes a ``QueryError``."""
    try:
        yield
    except SyntaxError as error:
        if "Prefix not found" in str(error):
            raise QueryError(
                f"the query is not valid SPARQL: {_where(error)}: its prefix is not declared",
                "PREFIX name: <https://…> at the head of the query declares one",
            ) from error
        raise QueryError(
            f"the query is not valid SPARQL: {_where(error)}",
            "line and column are those of the query",
        ) from error
    except (ValueError, RuntimeError) as error:
        raise QueryError(f"the query cannot be run: {one_line(error)}") from error


def _quad_data(quad: Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object}"
    if isinstance(quad.graph_name, DefaultGraph):
        return f"{triple} .\n"
    return f"GRAPH {quad.graph_name} {{ {triple} }}\n"


def _require_store(path: Path) -> None:
    """Refuse to read what is no store."""
    try:
        if path.is_dir():
            if (path / POINTER).exists():
                return
            if _others(path):
                raise _foreign(path)
        elif path.exists():
            raise _is_file(path)
    except OSError as error:
        raise _unusable(path, error) from error
    raise StoreError(
        f"no knowledge base at {path}", "`kb add FILE…` makes one; --store names another"
    )


def _require_room(path: Path) -> None:
    """Refuse to write into what is something else."""
    if path.exists() and not path.is_dir():
        raise _is_file(path)
    if path.is_dir() and not (path / POINTER).exists() and _others(path):
        raise _foreign(path)


def _others(path: Path) -> bool:
    """Whether a folder holds what no store has."""
    return any(p.name not in OURS for p in islice(path.iterdir(), len(OURS) + 1))


def _is_file(path: Path) -> StoreError:
    return StoreError(f"the file {path} is no knowledge base", "a store is a folder of its own")


def _foreign(path: Path) -> StoreError:
    return StoreError(
        f"the folder {path} has other files in it and is no knowledge base",
        "name a folder that is new or empty",
    )


def _unusable(path: Path, error: Exception) -> StoreError:
    if isinstance(error, PermissionError):
        return StoreError(f"the knowledge base at {path} may not be read", "check its permissions")
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return StoreError(f"there is no room beside the knowledge base at {path}", "make some")
    return StoreError(
        f"the knowledge base at {path} is damaged: {one_line(error)}",
        "restore a copy, or add the articles again to a new one",
    )


def _not_writable(path: Path, error: OSError) -> StoreError:
    reason = error.strerror or one_line(error)
    return StoreError(
        f"no knowledge base can be written at {path}: {reason}", "name another place with --store"
    )


def _where(error: SyntaxError) -> str:
    """The message without the list of everything that could have stood there."""
    return one_line(error).partition(": expected one of")[0]


def one_line(error: Exception) -> str:
    """The message of another library in one line."""
    return " ".join(str(error).split())[:300]
