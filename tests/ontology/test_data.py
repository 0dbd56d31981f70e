"""What the ontology says is true of what the program writes: domains, ranges, functional
properties, and the keys that stand as examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from docs.vocabulary.terms import names, read
from kb import KnowledgeBase
from kb.derive import block_key
from kb.identity import spelling
from kb.names import fold
from kb.rdf import BASE
from kb.reports import Report
from kb.vocabulary import EDTF, NAMESPACE, XSD
from kb.vocabulary import RDF as TYPE

GRAPH, _ = read()
LEFT_OPEN = str(RDFS.Literal)


@cache
def data() -> tuple[Quad, ...]:
    """The bundled articles, and a judgement."""
    with KnowledgeBase.demo() as kb:
        kb.judge("Moon Jae-in", "Kim Jong Un", "different", reason="one is of the South")
        return tuple(kb.store.quads())


@cache
def classes() -> dict[str, frozenset[str]]:
    """The classes of each thing, with those above them."""
    found: dict[str, set[str]] = {}
    for quad in data():
        if quad.predicate == TYPE.type and isinstance(quad.object, NamedNode):
            above = GRAPH.transitive_objects(URIRef(quad.object.value), RDFS.subClassOf)
            found.setdefault(str(quad.subject), set()).update(
                str(c).removeprefix(NAMESPACE) for c in above
            )
    for code in GRAPH.subjects(RDF.type, SKOS.Concept):
        kinds = {str(k).removeprefix(NAMESPACE) for k in GRAPH.objects(code, RDF.type)}
        found[f"<{code}>"] = kinds
    return {thing: frozenset(kinds) for thing, kinds in found.items()}


def _kinds(thing: object) -> frozenset[str]:
    """The classes of what a property leads to. The state of an office that only the gazetteer tells
    of is not described anywhere; its IRI says what it is."""
    if isinstance(thing, NamedNode) and thing.value.startswith(f"{BASE}state/"):
        return classes().get(str(thing), frozenset({"Actor", "State"}))
    return classes()[str(thing)]


def told(predicate: str) -> Iterator[Quad]:
    return (q for q in data() if q.predicate.value == NAMESPACE + predicate)


def used() -> list[str]:
    return sorted(
        {q.predicate.value.removeprefix(NAMESPACE) for q in data()}
        & {str(s).removeprefix(NAMESPACE) for s in GRAPH.subjects(RDFS.domain)}
    )


def test_all_properties_are_tried() -> None:
    """All but the one that is never stated itself."""
    declared = {str(s).removeprefix(NAMESPACE) for s in GRAPH.subjects(RDFS.domain)}
    assert declared - set(used()) - {"url"} == {"internalKey"}


@pytest.mark.parametrize("name", used())
def test_subjects_are_in_the_domain_and_objects_in_the_range(name: str) -> None:
    node = URIRef(NAMESPACE + name)
    domain = set(names(GRAPH, GRAPH.value(node, RDFS.domain)))
    wanted = set(names(GRAPH, GRAPH.value(node, RDFS.range)))
    if wanted == {LEFT_OPEN}:
        wanted = {XSD.date.value}
    for quad in told(name):
        assert classes()[str(quad.subject)] & domain, quad
        found = quad.object
        if isinstance(found, Literal):
            assert {found.datatype.value} == wanted, quad
        else:
            assert _kinds(found) & wanted, quad


@pytest.mark.parametrize("name", used())
def test_a_functional_property_has_one_value(name: str) -> None:
    if (URIRef(NAMESPACE + name), RDF.type, OWL.FunctionalProperty) in GRAPH:
        pairs = {(str(q.subject), str(q.object)) for q in told(name)}
        assert max(Counter(subject for subject, _ in pairs).values()) == 1


def test_met_is_told_both_ways_and_of_nobody_with_himself() -> None:
    pairs = {(str(q.subject), str(q.object)) for q in told("met")}
    assert pairs == {(two, one) for one, two in pairs}
    assert not [one for one, two in pairs if one == two]


def test_dates_are_of_the_datatype_of_the_ontology() -> None:
    assert {q.object.datatype for q in told("date") if isinstance(q.object, Literal)} == {EDTF}


# -- examples -------------------------------------------------------------------------------------

REPORT = Report("https://example.org/report/1", "meeting", ("a", "b"), "article", "digest")

EXAMPLES = [
    ("nameKey", fold("Han Duck-soo")),
    ("spellingKey", spelling("Sergey Lavrov")),
    ("spellingKey", spelling("Sergei Lavrov")),
]


@pytest.mark.parametrize(("name", "value"), EXAMPLES)
def test_an_example_is_what_the_program_makes(name: str, value: str) -> None:
    assert str(GRAPH.value(URIRef(NAMESPACE + name), SKOS.example)) == value


@pytest.mark.parametrize("name", ["blockKey", "accountKey", "joinKey", "textDigest", "codedBy"])
def test_an_example_is_like_what_is_stored(name: str) -> None:
    example = str(GRAPH.value(URIRef(NAMESPACE + name), SKOS.example))
    stored = {len(q.object.value) for q in told(name) if isinstance(q.object, Literal)}
    assert len(example) in stored
    assert len(block_key(REPORT)) == 16
