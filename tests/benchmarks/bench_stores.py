"""The engine beside its peers: the same quads loaded, the same questions asked.  ``make bench``

rdflib in memory, oxrdflib (rdflib over Oxigraph), owlready2's quad store, raw pyoxigraph, and the
store of this package; and RDF made of extractions and written, beside writing the finished quads.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import Quad, RdfFormat

from benchmarks.generate import World
from kb.gazetteer import gazetteer
from kb.model import Extraction
from kb.rdf import BASE, Minter, article_graph
from kb.store import create_store
from kb.vocabulary import DIP

ARTICLES = 500
QUESTION = (
    f"SELECT ?r ?a WHERE {{ GRAPH ?g {{ ?r {DIP.participant} ?a ; {DIP.status} {DIP.held} }} }}"
)


@pytest.fixture(scope="session")
def extractions() -> list[Extraction]:
    return list(islice(World().articles(), ARTICLES))


def quads_of(extractions: list[Extraction]) -> Iterator[Quad]:
    minter, names = Minter(BASE), gazetteer()
    for told in extractions:
        yield from article_graph(told, minter, names).quads


@pytest.fixture(scope="session")
def nquads(extractions: list[Extraction]) -> bytes:
    data = pyoxigraph.serialize(quads_of(extractions), format=RdfFormat.N_QUADS)
    assert data is not None
    return data


def fresh(tmp_path: Path) -> Iterator[Path]:
    number = 0
    while True:
        number += 1
        yield tmp_path / str(number)


def timed(benchmark: Any, group: str, call: Callable[[], object]) -> None:
    benchmark.group = group
    benchmark.pedantic(call, rounds=3)


# -- loading ---------------------------------------------------------------------------------------


def test_load_raw(benchmark: Any, nquads: bytes, tmp_path: Path) -> None:
    places = fresh(tmp_path)

    def load() -> None:
        store = pyoxigraph.Store(str(next(places)))
        store.bulk_load(nquads, RdfFormat.N_QUADS)
        store.flush()

    timed(benchmark, "load", load)


def test_build_and_load_kb(benchmark: Any, extractions: list[Extraction], tmp_path: Path) -> None:
    places = fresh(tmp_path)

    def load() -> None:
        with create_store(next(places)) as store:
            store.change(quads_of(extractions))

    timed(benchmark, "load", load)


def test_load_rdflib(benchmark: Any, nquads: bytes) -> None:
    from rdflib import Dataset

    timed(benchmark, "load", lambda: Dataset().parse(io.BytesIO(nquads), format="nquads"))


def test_load_owlready(benchmark: Any, nquads: bytes) -> None:
    import owlready2

    lines = b"".join(
        f"{q.triple} .\n".encode() for q in pyoxigraph.parse(nquads, RdfFormat.N_QUADS)
    )

    def load() -> None:
        world = owlready2.World()
        world.get_ontology("https://w3id.org/diplomatic-kb/id/").load(fileobj=io.BytesIO(lines))

    timed(benchmark, "load", load)


# -- asking ----------------------------------------------------------------------------------------


def test_ask_raw(benchmark: Any, nquads: bytes) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(nquads, RdfFormat.N_QUADS)
    timed(benchmark, "ask", lambda: list(store.query(QUESTION)))


def test_ask_rdflib(benchmark: Any, nquads: bytes) -> None:
    from rdflib import Dataset

    graph = Dataset()
    graph.parse(io.BytesIO(nquads), format="nquads")
    timed(benchmark, "ask", lambda: list(graph.query(QUESTION)))


def test_ask_oxrdflib(benchmark: Any, nquads: bytes) -> None:
    from rdflib import Dataset

    graph = Dataset(store="Oxigraph")
    graph.parse(io.BytesIO(nquads), format="nquads")
    timed(benchmark, "ask", lambda: list(graph.query(QUESTION)))
