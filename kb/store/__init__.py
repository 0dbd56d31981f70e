"""The triplestore behind one small protocol.

Terms, quads and answers are those of pyoxigraph, which other products' answers can be parsed into.
Nobody relies on a union default graph: a query names the graphs it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
)

from kb.store.embedded import EmbeddedStore, query_errors

__all__ = [
    "Answer",
    "EmbeddedStore",
    "Store",
    "create_store",
    "memory_store",
    "open_store",
    "query_errors",
]

Answer = QuerySolutions | QueryBoolean | QueryTriples
"""What a query gives: rows (SELECT), yes or no (ASK), triples (CONSTRUCT, DESCRIBE)."""


class Store(Protocol):
    """Quads that can be asked, and changed all at once or not at all. A context manager."""

    @property
    def location(self) -> str:
        """Where it is, for messages: a path, an address, or "memory"."""

    @property
    def writable(self) -> bool: ...

    def query(self, text: str) -> Answer:
        """Run a SPARQL query that has its parameters bound. Raises ``QueryError``."""

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | Literal | None = None,  # noqa: A002
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit; ``None`` fits everything."""

    def change(self, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """Remove some quads and add others, all or nothing. Raises ``StoreError``."""

    def publish(self) -> None:
        """Let others see what has been changed; closing does so, too. Raises ``StoreError``."""

    def close(self) -> None: ...

    def __enter__(self) -> Store: ...

    def __exit__(self, *_: object) -> None: ...


def open_store(path: str | Path) -> Store:
    """The knowledge base at a path, to be read. It is never made by asking for it.

    Raises ``StoreError`` where there is none, where it is being written, or is damaged.
    """
    return EmbeddedStore.read(Path(path))


def create_store(path: str | Path) -> Store:
    """The knowledge base at a path, to be read and written; made where there is none.

    Raises ``StoreError`` where it cannot be made, is in use, or is damaged.
    """
    return EmbeddedStore.write(Path(path))


def memory_store(quads: Iterable[Quad] = ()) -> Store:
    """A knowledge base that lasts as long as the process."""
    return EmbeddedStore.memory(quads)
