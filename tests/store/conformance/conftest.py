"""The same tests for every kind of store: in memory, on disk, and behind two real servers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sparql_servers

from kb.store import Store, create_store, memory_store, open_store

BACKENDS = ("memory", "disk", "oxigraph", "virtuoso")


@pytest.fixture(scope="session")
def oxigraph_url() -> Iterator[str]:
    with sparql_servers.oxigraph() as url:
        yield url


@pytest.fixture(scope="session")
def virtuoso_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not (sparql_servers.VIRTUOSO and sparql_servers.ISQL):
        pytest.skip("Virtuoso is not installed here (Debian: virtuoso-opensource)")
    with sparql_servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


def emptied(url: str) -> str:
    """The address of a server, when all that a knowledge base could hold is gone from it."""
    with create_store(url) as store:
        store.change(remove=list(store.quads()))
        assert not list(store.quads())
    return url


@pytest.fixture(params=BACKENDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store that holds nothing can be made; ``memory`` for none that lasts."""
    if request.param == "memory":
        return "memory"
    if request.param == "disk":
        return str(tmp_path / "kb")
    return emptied(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """A store that holds nothing, to be written."""
    with memory_store() if place == "memory" else create_store(place) as store:
        yield store


@pytest.fixture
def again(place: str, store: Store) -> Callable[[], Store]:
    """Opens what was written to be read, as another process would."""

    def opened() -> Store:
        if place == "memory":
            return store
        store.close()
        return open_store(place)

    return opened
