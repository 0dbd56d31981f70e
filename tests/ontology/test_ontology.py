"""The ontology: it parses, is OWL 2 DL, describes every term, and the code knows just its terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from ontologies import ALIGNMENT, load, own
from rdflib import OWL, RDF, RDFS, SKOS, BNode, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kb.resources import PACKAGE, ontology_dir, queries_dir
from kb.vocabulary import DIP, NAMESPACE

CORE = ontology_dir() / "diplomatic-kb.ttl"

PROPERTY_TYPES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
DATATYPES = {"string", "boolean", "integer", "anyURI"}
"""Of XML Schema, those that OWL 2 has and the ontology uses."""


GRAPH = load(*own())
ALL = load(*own(), ALIGNMENT)
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


def test_every_term_is_used() -> None:
    """By the program, or as what a term that is used is a kind of, relates to, or is one of."""
    modules = [p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "vocabulary.py"]
    texts = [p.read_text(encoding="utf-8") for p in modules]
    texts += [p.read_text(encoding="utf-8") for p in queries_dir().glob("*.rq")]
    tables = (PACKAGE / "vocabulary.py").read_text(encoding="utf-8").partition("class GRAPH")[2]
    used = set(re.findall(r"\b(?:DIP\.|dip:)(\w+)", "\n".join([*texts, tables])))
    open_ = [URIRef(NAMESPACE + name) for name in used]
    found: set[Node] = set()
    while open_:
        term = open_.pop()
        if term not in found:
            found.add(term)
            for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDF.type, SKOS.inScheme):
                open_ += [o for o in GRAPH.objects(term, predicate) if isinstance(o, URIRef)]
    assert set(TERMS) - found == set()


def test_the_internal_keys_are_told_apart() -> None:
    """By their name, their superproperty and their scope notes."""
    keys = set(GRAPH.subjects(RDFS.subPropertyOf, URIRef(DIP.internalKey.value)))
    named = {t for t in TERMS if str(t).endswith("Key")}
    assert named == keys | {URIRef(DIP.internalKey.value)}
    for key in named:
        [note] = GRAPH.objects(key, SKOS.scopeNote)
        assert str(note).startswith("Internal")


def test_the_header() -> None:
    ontology = URIRef(NAMESPACE.rstrip("#"))
    told = {str(p).rpartition("#")[2].rpartition("/")[2] for p in GRAPH.predicates(ontology)}
    wanted = {"title", "description", "creator", "license", "versionIRI", "versionInfo"}
    assert told >= wanted | {"preferredNamespacePrefix", "preferredNamespaceUri", "priorVersion"}
    version = GRAPH.value(ontology, OWL.versionInfo)
    assert str(GRAPH.value(ontology, OWL.versionIRI)) == f"{ontology}/{version}"
    assert str(GRAPH.value(ontology, OWL.priorVersion)) != f"{ontology}/{version}"


def test_the_example_of_evidence_counts_right() -> None:
    [example] = GRAPH.objects(URIRef(DIP.Evidence.value), SKOS.example)
    found = re.search(r'"(.+)", .* (\d+) characters long, from offset (\d+) .* (\d+)', str(example))
    assert found
    length, start, end = map(int, found.groups()[1:])
    assert len(found[1]) == length == end - start


def test_the_core_imports_nothing() -> None:
    assert not list(load(CORE).objects(None, OWL.imports))


def test_it_is_small() -> None:
    classes = {s for s in load(CORE).subjects(RDF.type, OWL.Class) if isinstance(s, URIRef)}
    assert 15 <= len(classes) <= 25


# -- OWL 2 DL ---------------------------------------------------------------------------------


def test_every_property_used_is_declared_and_of_one_type() -> None:
    builtin = (str(OWL), str(RDF), str(RDFS))
    for predicate in set(ALL.predicates()):
        if str(predicate).startswith(builtin):
            continue
        assert len(set(ALL.objects(predicate, RDF.type)) & PROPERTY_TYPES) == 1, predicate


def test_no_name_is_a_class_and_something_else() -> None:
    kinds: dict[Node, set[Node]] = {}
    for subject, kind in ALL.subject_objects(RDF.type):
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


def test_top_level_classes_are_disjoint() -> None:
    """Whatever is no subclass of ours is in the first list of classes that exclude each other."""
    classes = {s for s in GRAPH.subjects(RDF.type, OWL.Class) if s in set(TERMS)}
    below = {s for s in classes if any(o in classes for o in GRAPH.objects(s, RDFS.subClassOf))}
    listed = [
        set(Collection(GRAPH, node))
        for node in GRAPH.objects(None, OWL.members)
        if isinstance(node, BNode)
    ]
    assert classes - below in listed
    for parent in {o for s in below for o in GRAPH.objects(s, RDFS.subClassOf)}:
        assert set(GRAPH.subjects(RDFS.subClassOf, parent)) in listed


def test_met_is_symmetric_and_irreflexive() -> None:
    kinds = set(GRAPH.objects(URIRef(DIP.met.value), RDF.type))
    assert kinds == {OWL.ObjectProperty, OWL.SymmetricProperty, OWL.IrreflexiveProperty}


def test_the_range_of_days_is_told_in_a_scope_note() -> None:
    """OWL 2 has no xsd:date."""
    for prop in GRAPH.subjects(RDFS.range, RDFS.Literal):
        [note] = GRAPH.objects(prop, SKOS.scopeNote)
        assert str(note).startswith("An xsd:date.")


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
