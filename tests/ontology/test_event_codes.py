"""The event codes: concepts of three schemes, and how situations are matched with codes."""

from __future__ import annotations

import pytest
from ontologies import ALIGNMENT, load
from rdflib import OWL, RDF, SKOS, Namespace, URIRef

from kb import vocabulary
from kb.resources import ontology_dir

CORE = ontology_dir() / "diplomatic-kb.ttl"
CODES = ontology_dir() / "codes.ttl"
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
