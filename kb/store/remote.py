"""A store that is another program: any product that speaks SPARQL 1.1, by the address of its
endpoint."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
)

from kb.errors import KBError, StoreError
from kb.store.address import is_address, shown
from kb.store.endpoint import Endpoint
from kb.store.products import MOST_BYTES
from kb.store.reading import Reading
from kb.store.updates import END_OF_JOURNAL, Limits, journal, journalled, requests

UPDATE = "KB_STORE_UPDATE"
TIMEOUT = "KB_STORE_TIMEOUT"
BATCH = "KB_STORE_BATCH"

PATIENCE = 60.0
"""Seconds to wait for an answer, unless the environment says otherwise."""


class RemoteStore:
    """A store behind an endpoint; made by :meth:`read` or :meth:`write`.

    A query sees the named graphs and an empty default graph, whatever the product makes of it. One
    process at a time may write.
    """

    def __init__(
        self, url: str, *, writable: bool, environ: Mapping[str, str] | None = None
    ) -> None:
        """Make sure that there is an endpoint. Raises ``StoreError``."""
        given = os.environ if environ is None else environ
        _require_address(url)
        update = given.get(UPDATE) or update_address(url)
        _require_address(update, f"{UPDATE}: ")
        self.location = shown(url)
        self.writable = writable
        self.endpoint = Endpoint(url, update, _number(given, TIMEOUT, PATIENCE), environ)
        self.closed = False
        try:
            self._reading = Reading.probe(self.endpoint, self.location, keep=writable)
        except BaseException:
            self.endpoint.close()
            raise
        product = self._reading.product
        self._limits = Limits(int(_number(given, BATCH, MOST_BYTES)), product.most_quads)

    @classmethod
    def read(cls, url: str) -> RemoteStore:
        """The knowledge base behind an address. Raises ``StoreError`` where there is none."""
        store = cls(url, writable=False)
        try:
            if not store._reading.holds_anything():
                raise StoreError(
                    f"no knowledge base at {store.location}: there is nothing in its named graphs",
                    "`kb add FILE…` makes one; --store names another",
                )
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def write(cls, url: str) -> RemoteStore:
        """The knowledge base behind an address, to be written as well; a change that was cut short
        is made whole first. Raises ``StoreError``."""
        store = cls(url, writable=True)
        try:
            store._recover()
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> RemoteStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def publish(self) -> None:
        """Nothing: others see each change once it is made."""

    def close(self) -> None:
        """Let go of the connections; a second time does nothing."""
        self.closed = True
        self.endpoint.close()

    @property
    def product(self) -> str:
        """What the server is, as people call it."""
        return self._reading.product.name

    def query(self, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        self._require_open()
        return self._reading.query(text)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | Literal | None = None,  # noqa: A002
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        self._require_open()
        return self._reading.quads(subject, predicate, object, graph)

    def graphs(self) -> Sequence[NamedNode]:
        """The named graphs, by their names; without those of the product itself."""
        self._require_open()
        return self._reading.graphs()

    def change(self, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """One request where it fits into one, else as :mod:`kb.store.updates` orders them, with a
        journal, so that a change that is cut short is made whole by the next who writes."""
        self._require_open()
        if not self.writable:
            raise StoreError(f"the knowledge base at {self.location} was opened for reading only")
        add, remove = list(add), list(remove)
        if not self._reading.product.default_graph and any(
            isinstance(quad.graph_name, DefaultGraph) for quad in (*add, *remove)
        ):
            raise StoreError(
                f"{self._reading.product.name} stores nothing outside of a named graph",
                "import a file with graphs: .nq, .trig or .jsonld",
            )
        try:
            texts = requests(add, remove, self._limits)
        except KBError as error:
            told = f"the knowledge base at {self.location} was not changed: {error.message}"
            raise StoreError(told, error.hint) from error
        try:
            if len(texts) > 1:
                for text in journal(add, remove, self._limits):
                    self._update(text)
            for text in texts:
                self._update(text)
            if len(texts) > 1:
                self._end_journal()
        except KBError as error:
            hint = "the same command, run again, completes it" if len(texts) > 1 else None
            raise type(error)(error.message, error.hint or hint) from error
        finally:
            self._reading.forget()

    def _recover(self) -> None:
        """Make a change whole that its writer did not live to complete."""
        found = self._reading.journal()
        if not found:
            return
        change = journalled(found)
        if change is not None:
            for text in requests(*change, self._limits):
                self._update(text)
        self._end_journal()
        self._reading.forget()

    def _end_journal(self) -> None:
        for text in END_OF_JOURNAL:
            self._update(text)

    def _update(self, text: str) -> None:
        self.endpoint.update(self._reading.product.before_update + text)

    def _require_open(self) -> None:
        if self.closed:
            raise StoreError(
                f"the knowledge base at {self.location} has been closed", "open it again"
            )


def update_address(url: str) -> str:
    """The address for updates where none is named: beside one for queries, else the same."""
    parts = urlsplit(url)
    stem, slash, last = parts.path.rpartition("/")
    return urlunsplit(parts._replace(path=f"{stem}/update")) if slash and last == "query" else url


def _require_address(url: str, what: str = "") -> None:
    try:
        parts = urlsplit(url)
        good = is_address(url) and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or any(sign.isspace() or not sign.isprintable() for sign in url):
        named = url.rpartition("@")[2].partition("?")[0][:80]
        raise StoreError(
            f"{what}{named!r} is no address of a store", "write it as https://host/sparql"
        )


def _number(given: Mapping[str, str], name: str, default: float) -> float:
    text = given.get(name, "").strip()
    try:
        number = float(text) if text else float(default)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e9:
        raise StoreError(f"{name} is no number above 0: {text[:40]!r}", "leave it out, or set one")
    return number
