"""The alignment: of terms that exist, declared, apart from the core, and true with what the other
vocabularies state of their own terms."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from building import extraction, meeting, put, statement, visit
from ontologies import ALIGNMENT, load, own
from rdflib import OWL, RDF, RDFS, SKOS, Namespace, URIRef

from kb import KnowledgeBase
from kb.check.reasoning import axioms, run, statements
from kb.store import memory_store
from kb.vocabulary import NAMESPACE

NEIGHBOURS = Path(__file__).parent / "neighbours.ttl"
GRAPH = load(ALIGNMENT)
AXIOMS = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty)
MATCHES = (SKOS.closeMatch, SKOS.relatedMatch)
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
VOCABULARIES = {
    "PROV-O": "http://www.w3.org/ns/prov#",
    "SEM": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "schema.org": "https://schema.org/",
    "FOAF": "http://xmlns.com/foaf/0.1/",
    "ORG": "http://www.w3.org/ns/org#",
    "OWL-Time": "http://www.w3.org/2006/time#",
    "SKOS": str(SKOS),
    "Web Annotation": "http://www.w3.org/ns/oa#",
    "Wikidata": "http://www.wikidata.org/entity/",
}


def test_it_speaks_of_terms_that_exist() -> None:
    terms = set(load(*own()).subjects())
    assert {s for s in GRAPH.subjects() if str(s).startswith(NAMESPACE)} <= terms


def test_the_core_never_imports_it() -> None:
    aligned = set(GRAPH.subjects(RDF.type, OWL.Ontology))
    assert len(aligned) == 1
    for path in own():
        assert not aligned & set(load(path).objects(None, OWL.imports)), path.name
        assert "alignment" not in {str(o).rpartition("/")[2] for o in load(path).objects()}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_vocabulary_is_aligned(name: str) -> None:
    met = [o for p in (*AXIOMS, *MATCHES) for o in GRAPH.objects(None, p)]
    assert [o for o in met if str(o).startswith(VOCABULARIES[name])]


def test_what_an_axiom_names_is_declared_and_of_the_same_kind() -> None:
    both = load(ALIGNMENT, *own())
    for predicate in AXIOMS:
        for one, other in GRAPH.subject_objects(predicate):
            kinds = [set(both.objects(term, RDF.type)) & KINDS for term in (one, other)]
            assert kinds[0] == kinds[1] != set(), (one, other)


def test_what_is_declared_is_used() -> None:
    declared = {s for kind in KINDS for s in GRAPH.subjects(RDF.type, kind)}
    assert declared == {o for predicate in AXIOMS for o in GRAPH.objects(None, predicate)}


def test_no_term_is_both_in_an_axiom_and_matched_to_the_same() -> None:
    axioms_ = {(s, o) for p in AXIOMS for s, o in GRAPH.subject_objects(p)}
    assert not axioms_ & {(s, o) for p in MATCHES for s, o in GRAPH.subject_objects(p)}


# -- soundness ------------------------------------------------------------------------------------

java = pytest.mark.skipif(shutil.which("java") is None, reason="no Java")

DIP, FOAF, PROV = (
    Namespace(NAMESPACE),
    Namespace(VOCABULARIES["FOAF"]),
    Namespace(VOCABULARIES["PROV-O"]),
)


@cache
def everything() -> tuple[str, ...]:
    """The ontologies, what their neighbours state, and data with actors of every kind."""
    told = extraction(
        "a",
        meeting("France", "Russia", "UN", "officials", "minister", on="2024-05-19"),
        meeting("Doe", "Lavrov", place="Sochi", country="RU"),
        visit("Macron", "RU", "Sochi"),
        statement("Macron", "It was useful.", "France"),
    )
    neighbours = load(NEIGHBOURS).serialize(format="nt").splitlines()
    data = statements(put(memory_store(), told).quads())
    return (*axioms(), *neighbours, *data)


@java
def test_it_is_true_with_what_the_neighbours_state() -> None:
    with KnowledgeBase.demo() as kb:
        bundled = statements(kb.store.quads())
    assert run([*everything(), *bundled]) == ()


WRONG = [
    ("states meet, and are no persons", DIP.met, RDFS.subPropertyOf, FOAF.knows),
    ("a report is no activity", DIP.Report, RDFS.subClassOf, PROV.Activity),
    ("an article is no organization", DIP.Article, RDFS.subClassOf, FOAF.Organization),
]


@java
@pytest.mark.parametrize(("axiom"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_an_unsound_axiom_is_found(axiom: tuple[URIRef, URIRef, URIRef]) -> None:
    line = " ".join(term.n3() for term in axiom) + " ."
    assert run((*everything(), line)) != ()
