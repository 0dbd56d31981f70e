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

from kb.store.address import is_address, shown
from kb.store.embedded import EmbeddedStore, query_errors

__all__ = [
    "Answer",
    "EmbeddedStore",
    "Store",
    "create_store",
    "is_address",
    "memory_store",
    "named_graphs",
    "open_store",
    "query_errors",
    "shown",
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
    """The knowledge base at a path, or at the address of a SPARQL endpoint, to be read. It is never
    made by asking for it.

    Raises ``StoreError`` where there is none, where it is being written, or is damaged.
    """
    if is_address(path):
        from kb.store.remote import RemoteStore

        return RemoteStore.read(str(path))
    return EmbeddedStore.read(Path(path))


def create_store(path: str | Path) -> Store:
    """The knowledge base at a path, or at the address of a SPARQL endpoint, to be read and written;
    made where there is none.

    Raises ``StoreError`` where it cannot be made, is in use, or is damaged.
    """
    if is_address(path):
        from kb.store.remote import RemoteStore

        return RemoteStore.write(str(path))
    return EmbeddedStore.write(Path(path))


def named_graphs(store: Store) -> list[NamedNode]:
    """The named graphs of a store, by their names."""
    if not isinstance(store, EmbeddedStore):
        from kb.store.remote import RemoteStore

        if isinstance(store, RemoteStore):
            return list(store.graphs())
    found = store.query("SELECT ?g WHERE { GRAPH ?g { } }")
    assert isinstance(found, QuerySolutions)
    return sorted((name for row in found if isinstance(name := row["g"], NamedNode)), key=str)


def memory_store(quads: Iterable[Quad] = ()) -> Store:
    """A knowledge base that lasts as long as the process."""
    return EmbeddedStore.memory(quads)
