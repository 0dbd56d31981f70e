"""The store inside the process: Oxigraph, on disk or in memory."""

from __future__ import annotations

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
from kb.store.lock import NAME as LOCK_NAME
from kb.store.lock import Busy, Lock
from kb.vocabulary import PREFIXES

MARK = "CURRENT"
"""The file that every store of this engine has."""

ENGINE_ERRORS = (OSError, RuntimeError, ValueError)
"""What the engine raises for damage, a full disk, a lock."""

READER_PATIENCE = 2.0
WRITER_PATIENCE = 5.0
"""Seconds to wait for somebody else to finish."""


DESCRIBE = re.compile(
    r"(?:\s|#[^\n]*(?:\n|$)|(?:PREFIX\s+\S*|BASE)\s*<[^>]*>)*DESCRIBE\b", re.IGNORECASE
)
"""A query for all that is said of a thing: it cannot name graphs, so that it is asked of all."""


class EmbeddedStore:
    """An Oxigraph store; made by :meth:`read`, :meth:`write` or :meth:`memory`."""

    def __init__(
        self, engine: pyoxigraph.Store, location: str, *, writable: bool, lock: Lock | None = None
    ) -> None:
        self._engine: pyoxigraph.Store | None = engine
        self._lock = lock
        self._changed = False
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
        try:
            lock = Lock(path, exclusive=False, patience=READER_PATIENCE)
        except Busy:
            raise StoreError(
                f"the knowledge base at {path} is being written by another process",
                "ask again when it is done",
            ) from None
        except OSError as error:
            raise _unusable(path, error) from error
        try:
            engine = pyoxigraph.Store.read_only(str(path))
        except ENGINE_ERRORS as error:
            lock.release()
            raise _unusable(path, error) from error
        return cls(engine, str(path), writable=False, lock=lock)

    @classmethod
    def write(cls, path: Path) -> EmbeddedStore:
        try:
            _require_room(path)
            path.mkdir(parents=True, exist_ok=True)
            lock = Lock(path, exclusive=True, patience=WRITER_PATIENCE)
        except Busy:
            raise StoreError(
                f"the knowledge base at {path} is in use by another process",
                "wait for it to finish, or name another one with --store",
            ) from None
        except OSError as error:
            raise _not_writable(path, error) from error
        try:
            engine = pyoxigraph.Store(str(path))
        except ENGINE_ERRORS as error:
            lock.release()
            raise _unusable(path, error) from error
        return cls(engine, str(path), writable=True, lock=lock)

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
        """One SPARQL update of two operations: Oxigraph runs an update as one transaction.

        What is both removed and added stays.
        """
        if not self.writable:
            raise StoreError(f"the knowledge base at {self.location} was opened for reading only")
        parts = [
            f"{verb} DATA {{\n{data}}}"
            for verb, quads in (("DELETE", remove), ("INSERT", add))
            if (data := "".join(map(_quad_data, quads)))
        ]
        if not parts:
            return
        try:
            self.engine.update(" ;\n".join(parts))
        except ENGINE_ERRORS as error:
            raise StoreError(
                f"the knowledge base at {self.location} could not be changed: {one_line(error)}",
                "nothing of this change was written; is the disk full?",
            ) from error
        self._changed = True

    def close(self) -> None:
        """Write out what is pending, so that the next one opens at once; let go of the lock."""
        if self._engine is not None and self._changed and self.location != "memory":
            try:
                self._engine.flush()
            except OSError as error:
                raise _not_writable(Path(self.location), error) from error
            finally:
                self._engine = None  # its last reference: the files are closed
                self._release()
        self._engine = None
        self._release()

    def _release(self) -> None:
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
            if (path / MARK).exists():
                return
            inside = [p for p in islice(path.iterdir(), 2) if p.name != LOCK_NAME]
            if inside:
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
    if path.is_dir() and not (path / MARK).exists():
        inside = {p.name for p in islice(path.iterdir(), 2)}
        if inside - {LOCK_NAME}:
            raise _foreign(path)


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
    if "lock" in str(error).lower():
        return StoreError(
            f"the knowledge base at {path} is in use by another process", "wait for it to finish"
        )
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
