"""What is written reads back as the same graph, and equal knowledge bases give equal files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import groupby

import pyoxigraph
import pytest
from building import extraction, meeting, put, statement, visit
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, parse
from rdflib import Dataset, Graph

from kb import KnowledgeBase
from kb.export import EXPORT_FORMATS, TABLES, ExportFormat, export, write
from kb.export.formats import RDF_FORMATS, WITHOUT_GRAPHS, RdfFormat
from kb.model import Extraction
from kb.spool import Spool
from kb.store import Store, memory_store
from tests.export.random_graphs import extractions, quads

ENGINE = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
WITH_GRAPHS = [form for form in RDF_FORMATS if form not in WITHOUT_GRAPHS]


def written(store: Store, form: ExportFormat, **options: object) -> bytes:
    out = io.BytesIO()
    export(store, out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def everything(store: Store) -> list[bytes]:
    tables = [written(store, "csv", table=table) for table in TABLES]
    others = [written(store, form) for form in EXPORT_FORMATS if form != "csv"]
    return tables + others


@pytest.mark.parametrize("form", RDF_FORMATS)
@settings(max_examples=150, deadline=None)
@given(told=st.lists(quads, max_size=8))
def test_any_graph_reads_back(form: RdfFormat, told: list[Quad]) -> None:
    store = memory_store(told)
    held = set(store.quads())  # numbers and truth values as the store writes them
    found = list(parse(written(store, form), ENGINE[form]))
    assert len(found) == len(set(found))
    if form in WITHOUT_GRAPHS:
        assert {quad.triple for quad in found} == {quad.triple for quad in held}
    else:
        assert set(found) == held


@pytest.mark.parametrize("form", RDF_FORMATS)
@settings(max_examples=30, deadline=None)
@given(told=st.lists(quads, max_size=8))
def test_triples_read_back(form: RdfFormat, told: list[Quad]) -> None:
    """What CONSTRUCT gives."""
    triples = sorted({quad.triple for quad in told}, key=str)
    out = io.BytesIO()
    write(triples, out, form)
    assert {quad.triple for quad in parse(out.getvalue(), ENGINE[form])} == set(triples)


@settings(max_examples=25, deadline=None)
@given(told=extractions())
def test_another_library_reads_the_same(told: list[Extraction]) -> None:
    store = put(memory_store(), *told)
    count = len(list(store.quads()))
    for form, name in (("trig", "trig"), ("jsonld", "json-ld"), ("nquads", "nquads")):
        dataset = Dataset()
        dataset.parse(data=written(store, form), format=name)
        assert len(list(dataset.quads())) == count
    turtle = Graph().parse(data=written(store, "turtle"), format="turtle")
    assert len(turtle) == len({quad.triple for quad in store.quads()})


@settings(max_examples=25, deadline=None)
@given(told=extractions(), data=st.data())
def test_the_order_of_adding_never_shows(told: list[Extraction], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(told))
    assert everything(put(memory_store(), *told)) == everything(put(memory_store(), *shuffled))


@pytest.mark.parametrize("suffix", [".nq", ".trig", ".jsonld", ".ttl", ".nt", ".nq.gz", ".ttl.gz"])
@settings(max_examples=25, deadline=None)
@given(told=extractions())
def test_an_export_imports_to_the_same(
    suffix: str, told: list[Extraction], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("export") / f"kb{suffix}"
    first = KnowledgeBase(put(memory_store(), *told))
    first.export(path)
    second = KnowledgeBase(memory_store())
    assert {outcome.state for outcome in second.import_(path)} == {"added"}
    assert everything(second.store) == everything(first.store)
    assert {outcome.state for outcome in second.import_(path)} == {"unchanged"}
    assert everything(second.store) == everything(first.store)


@settings(max_examples=25, deadline=None)
@given(told=extractions(), data=st.data())
def test_shards_in_any_order_are_all_articles(
    told: list[Extraction], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("shards")
    cut = data.draw(st.integers(0, len(told)))
    shards = []
    for name, part in (("a.nq", told[:cut]), ("b.trig", told[cut:])):
        KnowledgeBase(put(memory_store(), *part)).export(folder / name)
        shards.append(folder / name)
    merged = KnowledgeBase(memory_store())
    merged.import_(data.draw(st.permutations(shards)))
    assert everything(merged.store) == everything(put(memory_store(), *told))


# -- order ----------------------------------------------------------------------------------------


@given(
    lines=st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))),
    most=st.integers(1, 5),
)
def test_sorting_on_disk_is_sorting(lines: Sequence[str], most: int) -> None:
    with Spool(lines, most=most) as spool:
        for _ in range(2):
            assert list(spool) == sorted(set(lines))


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_what_memory_does_not_hold_is_sorted_all_the_same(
    form: RdfFormat, large: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written(large, form)
    monkeypatch.setattr("kb.export.rdf.Spool", lambda lines: Spool(lines, most=7))
    assert written(large, form) == before


@pytest.mark.parametrize("form", WITH_GRAPHS)
def test_graphs_follow_their_names_each_in_one_piece(form: RdfFormat, large: Store) -> None:
    found = [quad.graph_name for quad in parse(written(large, form), ENGINE[form])]
    order = [str(graph) for graph, _ in groupby(found)]
    assert order == sorted(set(order))


def test_json_ld_has_a_line_for_each_thing(large: Store) -> None:
    lines = written(large, "jsonld").decode().split("\n")
    things = [line for line in lines if '"@id"' in line and '"@graph"' not in line]
    pairs = {(str(quad.graph_name), str(quad.subject)) for quad in large.quads()}
    assert len(things) - 1 == len(pairs)  # the first line is the context


def test_json_ld_speaks_plainly(large: Store) -> None:
    text = written(large, "jsonld").decode()
    assert '"@type": "MeetingReport"' in text
    assert '"published": "2024-05-20"' in text
    assert '"startOffset": 0' in text


@pytest.fixture
def large() -> Store:
    return put(
        memory_store(),
        *(
            extraction(
                f"a{number}",
                meeting("Putin", "Macron", on=f"2024-05-{number:02}", place="Paris", country="FR"),
                visit("Doe", "FR", on=f"2024-05-{number:02}"),
                statement("Roe", f"Number {number}", "UN"),
            )
            for number in range(1, 13)
        ),
    )


def test_csv_cells_hold_any_text() -> None:
    odd = 'a "b", c\r\n\x01\u202e;\r d\n'
    store = put(memory_store(), extraction("a", statement("Roe", odd)))
    table = written(store, "csv", table="statements").decode()
    [row] = csv.DictReader(io.StringIO(table, newline=""))
    assert row["text"] == odd
