"""The files of the ontology, as tests read them."""

from __future__ import annotations

from pathlib import Path

from rdflib import OWL, RDF, Graph

from kb.resources import ontology_dir

SHAPES = {"shapes.ttl", "style.ttl"}
ALIGNMENT = ontology_dir() / "alignment.ttl"


def load(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


def ontologies() -> list[Path]:
    """Every file that is an ontology: the core, its codes, the alignment; not the shapes."""
    return sorted(p for p in ontology_dir().glob("*.ttl") if p.name not in SHAPES)


def own() -> list[Path]:
    """The ontologies that have terms of ours: all but the alignment."""
    found = [path for path in ontologies() if path != ALIGNMENT]
    assert all((None, RDF.type, OWL.Ontology) in load(path) for path in found)
    return found
