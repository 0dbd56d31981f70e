"""The ontology: it parses, is OWL 2 DL, describes every term, and the code knows just its terms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kb import vocabulary
from kb.resources import ontology_dir
from kb.vocabulary import DIP, NAMESPACE

CORE = ontology_dir() / "diplomatic-kb.ttl"
CODES = ontology_dir() / "codes.ttl"
ALIGNMENT = ontology_dir() / "alignment.ttl"

PROPERTY_TYPES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
DATATYPES = {"string", "boolean", "integer", "anyURI"}
"""Of XML Schema, those that OWL 2 has and the ontology uses."""


def load(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


GRAPH = load(CORE, CODES)
TERMS = sorted(
    {s for s in GRAPH.subjects() if isinstance(s, URIRef) and s.startswith(NAMESPACE)}, key=str
)


def in_code() -> set[str]:
    return {term.value for name, term in vars(DIP).items() if not name.startswith("_")}


def test_the_code_has_every_term_and_no_other() -> None:
    schemes = {str(s) for s in GRAPH.subjects(RDF.type, SKOS.ConceptScheme)}
    assert in_code() == {str(term) for term in TERMS} - schemes


def test_a_term_is_named_as_it_is_called() -> None:
    for name, term in vars(DIP).items():
        if not name.startswith("_"):
            assert term.value == NAMESPACE + name


def test_a_typo_raises() -> None:
    with pytest.raises(AttributeError):
        _ = DIP.particpant  # type: ignore[attr-defined]


@pytest.mark.parametrize("term", TERMS, ids=lambda t: str(t).rpartition("#")[2])
def test_every_term_is_described(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition, SKOS.example):
        values = list(GRAPH.objects(term, predicate))
        assert len(values) == 1, predicate
        assert isinstance(values[0], Literal)
        assert values[0].language == "en"
    [definition] = GRAPH.objects(term, SKOS.definition)
    assert str(definition).endswith(".")
    assert set(GRAPH.objects(term, RDFS.isDefinedBy)) == {URIRef(NAMESPACE.rstrip("#"))}


def test_the_header() -> None:
    ontology = URIRef(NAMESPACE.rstrip("#"))
    told = {str(p).rpartition("#")[2].rpartition("/")[2] for p in GRAPH.predicates(ontology)}
    wanted = {"title", "description", "creator", "license", "versionIRI", "versionInfo"}
    assert told >= wanted | {"preferredNamespacePrefix", "preferredNamespaceUri"}


def test_the_core_imports_nothing() -> None:
    assert not list(load(CORE).objects(None, OWL.imports))


def test_it_is_small() -> None:
    classes = {s for s in load(CORE).subjects(RDF.type, OWL.Class) if isinstance(s, URIRef)}
    assert 15 <= len(classes) <= 25


# -- OWL 2 DL ---------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [(), ("event-codes.ttl",)], ids=["core", "event codes"])
def test_every_property_used_is_declared_and_of_one_type(more: tuple[str, ...]) -> None:
    builtin = (str(OWL), str(RDF), str(RDFS))
    graph = load(CORE, CODES, *(ontology_dir() / name for name in more))
    for predicate in set(graph.predicates()):
        if str(predicate).startswith(builtin):
            continue
        assert len(set(graph.objects(predicate, RDF.type)) & PROPERTY_TYPES) == 1, predicate


def test_no_name_is_a_class_and_something_else() -> None:
    kinds: dict[Node, set[Node]] = {}
    for subject, kind in GRAPH.subject_objects(RDF.type):
        kinds.setdefault(subject, set()).add(kind)
    for subject, found in kinds.items():
        sorts = [OWL.Class in found, bool(found & PROPERTY_TYPES), OWL.NamedIndividual in found]
        assert sum(sorts) <= 1, subject


def named_classes(node: Node) -> Iterator[Node]:
    """The classes of a domain or range: a class, or the members of a union."""
    if isinstance(node, BNode):
        [members] = GRAPH.objects(node, OWL.unionOf)
        yield from Collection(GRAPH, members)
    else:
        yield node


@pytest.mark.parametrize("side", [RDFS.domain, RDFS.range])
def test_domains_and_ranges_are_declared(side: URIRef) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    for subject, node in GRAPH.subject_objects(side):
        for found in named_classes(node):
            if str(found).startswith(xsd):
                assert str(found).removeprefix(xsd) in DATATYPES, subject
            else:
                kinds = set(GRAPH.objects(found, RDF.type))
                assert found == RDFS.Literal or kinds & {OWL.Class, RDFS.Datatype}, subject


def test_an_irreflexive_property_has_no_chain() -> None:
    """OWL 2 DL forbids it: an irreflexive property must be simple."""
    for prop in GRAPH.subjects(RDF.type, OWL.IrreflexiveProperty):
        assert not list(GRAPH.objects(prop, OWL.propertyChainAxiom))
        assert (prop, RDF.type, OWL.TransitiveProperty) not in GRAPH


def test_owlready2_finds_the_classes() -> None:
    """A reasoner's library reads the same: it can load nothing without an error."""
    import io

    import owlready2

    world = owlready2.World()
    ntriples = GRAPH.serialize(format="nt", encoding="utf-8")
    ontology = world.get_ontology(NAMESPACE).load(fileobj=io.BytesIO(ntriples))
    names = {c.name for c in ontology.classes()}
    assert {"Actor", "Meeting", "Report", "Evidence"} <= names
    assert issubclass(ontology.Meeting, ontology.Event)


# -- alignment --------------------------------------------------------------------------------


def test_the_alignment_speaks_of_terms_that_exist() -> None:
    for subject in set(load(ALIGNMENT).subjects()):
        if str(subject).startswith(NAMESPACE):
            assert subject in set(TERMS)


# -- event codes ------------------------------------------------------------------------------

EVENT_CODES = load(CORE, CODES, ontology_dir() / "event-codes.ttl")
CODE = Namespace(vocabulary.EVENT_CODES)
CONCEPTS = sorted(
    {s for s in EVENT_CODES.subjects(RDF.type, SKOS.Concept) if s.startswith(CODE)}, key=str
)
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
SITUATIONS = set(EVENT_CODES.subjects(SKOS.inScheme, CODE.situations))


def test_nothing_imports_the_event_codes_or_the_alignment() -> None:
    imported = {str(o) for o in load(CORE, CODES, ALIGNMENT).objects(None, OWL.imports)}
    assert not [name for name in imported if name.endswith(("event-codes", "alignment"))]


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda c: str(c).rpartition("#")[2])
def test_an_event_code_is_a_concept_of_one_scheme(concept: URIRef) -> None:
    [scheme] = EVENT_CODES.objects(concept, SKOS.inScheme)
    assert (scheme, RDF.type, SKOS.ConceptScheme) in EVENT_CODES
    for predicate in (SKOS.notation, SKOS.prefLabel):
        assert len(list(EVENT_CODES.objects(concept, predicate))) == 1, predicate
    above = list(EVENT_CODES.objects(concept, SKOS.broader))
    assert len(above) + ((concept, SKOS.topConceptOf, scheme) in EVENT_CODES) == 1
    for broader in above:
        assert (broader, SKOS.inScheme, scheme) in EVENT_CODES
    for match in (*MATCHES, SKOS.relatedMatch):
        for other in EVENT_CODES.objects(concept, match):
            assert other in CONCEPTS
            assert (other, SKOS.inScheme, scheme) not in EVENT_CODES
    found = [other for match in MATCHES for other in EVENT_CODES.objects(concept, match)]
    assert len(found) == len(set(found))  # exact and broad are disjoint


@pytest.mark.parametrize("situation", sorted(SITUATIONS), ids=lambda c: str(c).rpartition("#")[2])
def test_a_situation_has_one_code_of_a_scheme_at_most(situation: URIRef) -> None:
    for predicate in (SKOS.definition, SKOS.example):
        assert len(list(EVENT_CODES.objects(situation, predicate))) == 1, predicate
    found = [other for match in MATCHES for other in EVENT_CODES.objects(situation, match)]
    schemes = [scheme for other in found for scheme in EVENT_CODES.objects(other, SKOS.inScheme)]
    assert len(schemes) == len(set(schemes))
    if CODE.cameo not in schemes:
        assert "denied" in situation
    if schemes != [CODE.cameo, CODE.plover]:
        assert list(EVENT_CODES.objects(situation, SKOS.scopeNote))  # it is said why


def test_a_notation_is_of_one_concept() -> None:
    found = [
        (scheme, notation, next(EVENT_CODES.objects(concept, SKOS.broader), None))
        for concept in CONCEPTS
        for scheme in EVENT_CODES.objects(concept, SKOS.inScheme)
        for notation in EVENT_CODES.objects(concept, SKOS.notation)
    ]
    assert len(found) == len(set(found))


def test_codes_of_cameo_lie_below_their_categories() -> None:
    for concept in EVENT_CODES.subjects(SKOS.inScheme, CODE.cameo):
        [notation] = EVENT_CODES.objects(concept, SKOS.notation)
        above = EVENT_CODES.value(concept, SKOS.broader)
        assert concept == CODE[f"cameo-{notation}"]
        assert above == (CODE[f"cameo-{notation[:2]}"] if len(str(notation)) > 2 else None)
