"""The rules: each has its header, and what OWL can say of it a reasoner derives, too."""

from __future__ import annotations

import io
import shutil

import pytest
from building import extraction, meeting, put
from pyoxigraph import Quad

from kb.check.reasoning import axioms
from kb.rdf import RULES, by_rule
from kb.rdf.rules import rule
from kb.resources import ontology_dir
from kb.store import memory_store
from kb.vocabulary import DIP, GRAPH, NAMESPACE

SAMPLE = extraction(
    "a",
    meeting("Putin", "Macron", on="2022-02-07"),
    meeting("Mogherini", "Lavrov", "France", on="2019-05-01"),
    meeting("Doe", "Roe", status="planned", on="2024-05-01"),
)

RDF_ = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OWL_ = "http://www.w3.org/2002/07/owl#"
CHAIN = f"""
<{NAMESPACE}actedFor> <{OWL_}propertyChainAxiom> _:a .
_:a <{RDF_}first> _:holder .
_:holder <{OWL_}inverseOf> <{NAMESPACE}holder> .
_:a <{RDF_}rest> _:b .
_:b <{RDF_}first> <{NAMESPACE}office> .
_:b <{RDF_}rest> _:c .
_:c <{RDF_}first> <{NAMESPACE}officeOf> .
_:c <{RDF_}rest> <{RDF_}nil> .
"""
"""The rule ``acted-for`` in OWL, where the only offices are those of the gazetteer."""


def test_each_file_is_a_rule_with_its_header() -> None:
    assert {p.stem for p in (ontology_dir() / "rules").iterdir()} == set(RULES)
    for name in RULES:
        title, says, *_ = rule(name).splitlines()
        assert title.startswith("# title: ")
        assert says.startswith("# rule: ")


def test_who_met() -> None:
    store = put(memory_store(), SAMPLE)
    met = by_rule("met", store.quads())
    assert len(met) == 2 * (1 + 3), "both ways, and not of the planned one"
    assert set(met) == set(store.quads(predicate=DIP.met))


def inferred(lines: list[str], name: str) -> set[tuple[str, str]]:
    """The pairs of a property that HermiT derives from N-Triples."""
    import owlready2

    world = owlready2.World()
    ontology = world.get_ontology(NAMESPACE)
    ontology.load(fileobj=io.BytesIO("\n".join(lines).encode()))
    owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
    found = getattr(ontology, name).get_relations()
    return {(one.iri, other.iri) for one, other in found}


def pairs(quads: list[Quad]) -> set[tuple[str, str]]:
    return {(q.subject.value, q.object.value) for q in quads}  # type: ignore[union-attr]


@pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java")
def test_a_reasoner_derives_the_same() -> None:
    store = put(memory_store(), SAMPLE)
    met = by_rule("met", store.quads())
    half = [q for q in met if str(q.subject) < str(q.object)]
    told = [
        q
        for q in store.quads(graph=GRAPH.gazetteer)
        if q.predicate in (DIP.holder, DIP.office, DIP.officeOf)
    ]
    lines = [f"{q.subject} {q.predicate} {q.object} ." for q in (*half, *told)]
    all_ = [*axioms(), *CHAIN.split("\n"), *lines]
    assert inferred(all_, "met") == pairs(met)
    acted = by_rule("acted-for", store.quads())
    assert acted
    assert inferred(all_, "actedFor") == pairs(acted)
