"""HermiT finds the ontology and valid data consistent, and names what clashes. Needs Java."""

from __future__ import annotations

import shutil

import pytest
from building import extraction, meeting, put
from pyoxigraph import NamedNode, Quad

from kb.check import reasoning
from kb.check.reasoning import reason
from kb.errors import KBError
from kb.rdf import iri
from kb.resources import ontology_dir
from kb.store import memory_store
from kb.vocabulary import DIP, RDF

java = pytest.mark.skipif(shutil.which("java") is None, reason="no Java")
A, B = iri("https://example.org/a"), iri("https://example.org/b")


def quads() -> list[Quad]:
    told = extraction("a", meeting("Putin", "Macron", on="2024-05-19", place="Sochi"))
    return list(put(memory_store(), told).quads())


def said(*triples: tuple[NamedNode, NamedNode, NamedNode]) -> list[Quad]:
    return [Quad(*triple) for triple in triples]


@java
def test_valid_data_are_consistent() -> None:
    found = reason(quads())
    assert found.consistent
    assert found.unsatisfiable == ()
    assert found.statements > 10


CLASHES = [
    ("a person is no state", said((A, RDF.type, DIP.Person), (A, RDF.type, DIP.State)), 2),
    ("nobody meets himself", said((A, DIP.met, A)), 1),
    ("one report, one status", said((A, DIP.status, DIP.held), (A, DIP.status, DIP.denied)), 2),
    ("a place takes no part", said((A, DIP.participant, B), (B, RDF.type, DIP.Place)), 2),
]


@java
@pytest.mark.parametrize(
    ("wrong", "size"), [row[1:] for row in CLASHES], ids=[r[0] for r in CLASHES]
)
def test_a_clash_is_explained_by_its_statements(wrong: list[Quad], size: int) -> None:
    found = reason([*quads()[:20], *wrong])
    assert not found.consistent
    assert len(found.clash) == size
    assert set(found.clash) == {f"{q.subject} {q.predicate} {q.object} ." for q in wrong}


def test_all_of_the_ontology_is_reasoned_over() -> None:
    files = {path.name for path in ontology_dir().glob("*.ttl")}
    assert set(reasoning.FILES) == files - {"shapes.ttl", "style.ttl"}


def test_without_java_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasoning.shutil, "which", lambda _: None)
    with pytest.raises(KBError, match="needs Java"):
        reason([])
