"""The ontology is written as ontology/style.ttl asks, and each thing that asks has a mutant that
breaks it."""

from __future__ import annotations

import pytest
from ontologies import load, ontologies
from pyshacl import validate
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kb.resources import ontology_dir
from kb.vocabulary import NAMESPACE

DIP = Namespace(NAMESPACE)
CORE = URIRef(NAMESPACE.rstrip("#"))
STYLE = load(ontology_dir() / "style.ttl")


def messages(graph: Graph) -> set[str]:
    """What is wrong with the style of an ontology."""
    _, report, _ = validate(graph, shacl_graph=STYLE, advanced=True)
    assert isinstance(report, Graph)
    return {str(message) for message in report.objects(None, SH.resultMessage)}


def test_all_files_are_in_style() -> None:
    assert messages(load(*ontologies())) == set()


Change = tuple[Node, URIRef, Node | None]
"""A subject and predicate, and what they lead to in the mutant; None for nothing."""

MUTANTS: list[tuple[str, Change]] = [
    ("a term is declared: a class, a property or an individual", (DIP.Visit, RDF.type, None)),
    ("a term has one label, in English", (DIP.Visit, RDFS.label, None)),
    ("a term has one label, in English", (DIP.Visit, RDFS.label, Literal("Besuch", "de"))),
    ("a label begins in lower case", (DIP.Visit, RDFS.label, Literal("Visit", "en"))),
    ("a label has no full stop", (DIP.Visit, RDFS.label, Literal("visit.", "en"))),
    ("a term has one definition, in English", (DIP.held, SKOS.definition, None)),
    ("a term has one definition, in English", (DIP.held, SKOS.definition, Literal("It was."))),
    ("a definition is one sentence", (DIP.held, SKOS.definition, Literal("It was. Or is.", "en"))),
    ("a definition is one sentence", (DIP.held, SKOS.definition, Literal("took place", "en"))),
    (
        "a definition has at most 200 characters",
        (DIP.held, SKOS.definition, Literal("A" + " very" * 40 + " long one.", "en")),
    ),
    ("a term has an example, in English", (DIP.met, SKOS.example, None)),
    (
        "a scope note is a sentence or more, in English",
        (DIP.met, SKOS.scopeNote, Literal("derived", "en")),
    ),
    ("a term is defined by one ontology", (DIP.met, RDFS.isDefinedBy, None)),
    ("a class is named in UpperCamelCase", (DIP.visitOfState, RDF.type, OWL.Class)),
    ("a property is named in lowerCamelCase", (DIP.HasMet, RDF.type, OWL.ObjectProperty)),
    ("a property has one domain", (DIP.met, RDFS.domain, None)),
    ("a property has one range", (DIP.date, RDFS.range, None)),
    ("a code is in a scheme", (DIP.held, SKOS.inScheme, None)),
    ("a code is in a scheme", (DIP.held, SKOS.inScheme, DIP.Status)),
    ("a code has one notation", (DIP.held, SKOS.notation, None)),
    ("an ontology has a title, in English", (CORE, DCTERMS.title, None)),
    ("an ontology has a description, in English", (CORE, DCTERMS.description, Literal("D"))),
    ("an ontology has a creator", (CORE, DCTERMS.creator, None)),
    ("an ontology has one licence, an IRI", (CORE, DCTERMS.license, Literal("Apache-2.0"))),
    ("an ontology has a version IRI", (CORE, OWL.versionIRI, None)),
    ("an ontology has a version", (CORE, OWL.versionInfo, None)),
]  # fmt: skip


@pytest.mark.parametrize(("message", "change"), MUTANTS)
def test_a_mutant_is_told(message: str, change: Change) -> None:
    graph = load(*ontologies())
    subject, predicate, value = change
    graph.remove((subject, predicate, None))
    if predicate == RDF.type and value is None:
        assert (subject, RDFS.label, None) in graph
    if value is not None:
        graph.add((subject, predicate, value))
    assert message in messages(graph)


def test_every_message_has_a_mutant() -> None:
    assert {str(m) for m in STYLE.objects(None, SH.message)} == {message for message, _ in MUTANTS}


def test_terms_of_other_vocabularies_are_left_alone() -> None:
    graph = load(*ontologies())
    graph.add((URIRef("https://example.org/thing"), RDF.type, OWL.Class))
    assert messages(graph) == set()
