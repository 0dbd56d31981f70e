"""The rdflib view: everything can be read, nothing can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import extraction, meeting, put
from rdflib import RDFS, Dataset, Graph, Literal, URIRef

from kb import KBError, KnowledgeBase
from kb.store import create_store, memory_store

DERIVED = URIRef("https://w3id.org/diplomatic-kb/graph/derived")
MEETING = URIRef("https://w3id.org/diplomatic-kb/ontology#Meeting")
NEW = URIRef("https://example.org/new")
NAMES = "SELECT ?name WHERE { GRAPH ?g { ?meeting dip:participant ?one . ?one rdfs:label ?name } }"


@pytest.fixture
def kb() -> Iterator[KnowledgeBase]:
    told = extraction("wire", meeting("Putin", "Macron", on="2022-02-07"))
    with KnowledgeBase(put(memory_store(), told)) as made:
        yield made


@pytest.fixture
def view(kb: KnowledgeBase) -> Dataset:
    return kb.dataset()


def test_it_has_the_graphs_and_quads_of_the_store(kb: KnowledgeBase, view: Dataset) -> None:
    assert sum(1 for _ in view.quads()) == sum(1 for _ in kb.store.quads())
    assert DERIVED in {graph.identifier for graph in view.graphs()}
    assert [*view.graph(DERIVED).subjects(None, MEETING)] == [URIRef(kb.who_met()[0]["meeting"])]


def test_sparql_with_the_prefixes_of_the_project(view: Dataset) -> None:
    assert {str(name) for (name,) in view.query(NAMES)} == {
        "Vladimir Putin",
        "Emmanuel Macron",
    }


def test_sparql_with_a_value_bound(view: Dataset) -> None:
    asked = "ASK { GRAPH ?g { ?actor rdfs:label ?name } }"
    assert view.query(asked, initBindings={"name": Literal("Vladimir Putin")}).askAnswer
    assert not view.query(asked, initBindings={"name": Literal("Nobody")}).askAnswer


def test_sparql_that_is_none_is_told(view: Dataset) -> None:
    with pytest.raises(KBError, match="not valid SPARQL"):
        view.query("SELECT WHERE")


def test_the_default_graph_is_empty_or_the_union(kb: KnowledgeBase, view: Dataset) -> None:
    everything = "SELECT * WHERE { ?s ?p ?o }"
    assert len(view.query(everything)) == 0
    assert len(kb.dataset(default_union=True).query(everything)) > 0


@pytest.mark.parametrize("form", ["nquads", "trig", "json-ld"])
def test_rdflib_writes_it(view: Dataset, form: str) -> None:
    again = Dataset()
    again.parse(data=view.serialize(format=form), format=form)
    assert {*again.quads()} == {*view.quads()}


def test_what_is_added_later_shows(kb: KnowledgeBase, view: Dataset) -> None:
    before = len(view)
    put(kb.store, extraction("paper", meeting("Lavrov", "Doe")))
    assert len(view) > before


WRITES: dict[str, Callable[[Dataset], object]] = {
    "add a triple": lambda view: view.add((NEW, NEW, NEW)),
    "add a quad": lambda view: view.add((NEW, NEW, NEW, view.default_graph)),
    "add many": lambda view: view.addN([(NEW, NEW, NEW, view.default_graph)]),
    "add to a graph": lambda view: view.graph(DERIVED).add((NEW, NEW, NEW)),
    "set": lambda view: view.graph(DERIVED).set((NEW, RDFS.label, NEW)),
    "+=": lambda view: view.__iadd__([(NEW, NEW, NEW, view.default_graph)]),
    "remove": lambda view: view.remove((None, None, None)),
    "remove from a graph": lambda view: view.graph(DERIVED).remove((None, None, None)),
    "make a graph": lambda view: view.graph(NEW),
    "make a graph without a name": lambda view: view.graph(),
    "take in a graph": lambda view: view.add_graph(Graph()),
    "remove a graph": lambda view: view.remove_graph(DERIVED),
    "update": lambda view: view.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"),
    "parse": lambda view: view.parse(data="<a:a> <a:a> <a:a> .", format="nt"),
    "parse quads": lambda view: view.parse(data="<a:a> <a:a> <a:a> <a:a> .", format="nquads"),
    "open": lambda view: view.open("somewhere"),
    "destroy": lambda view: view.destroy("somewhere"),
}


@pytest.mark.parametrize("write", WRITES)
def test_what_would_write_is_refused(kb: KnowledgeBase, view: Dataset, write: str) -> None:
    before = sorted(map(str, kb.store.quads()))
    with pytest.raises(KBError, match=r"to read only|has no graph"):
        WRITES[write](view)
    assert sorted(map(str, kb.store.quads())) == before


def test_closing_the_view_leaves_the_knowledge_base_open(kb: KnowledgeBase, view: Dataset) -> None:
    view.close()
    assert len(kb.who_met()) == 1


def test_a_view_ends_with_its_knowledge_base(tmp_path: Path) -> None:
    """It does not hold the files: whoever comes next can write."""
    with create_store(tmp_path / "kb") as store:
        put(store, extraction("wire", meeting("Putin", "Macron")))
    with KnowledgeBase.open(tmp_path / "kb") as kb:
        view = kb.dataset()
        assert len(view) > 0
    with pytest.raises(KBError, match="has been closed"):
        len(view)
    with KnowledgeBase.create(tmp_path / "kb") as again:
        assert len(again.who_met()) == 1
