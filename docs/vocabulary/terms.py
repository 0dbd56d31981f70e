"""The terms of the ontology in the order and the sections of its files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kb.resources import ontology_dir
from kb.vocabulary import NAMESPACE

CORE, ALIGNMENT = "diplomatic-kb.ttl", "alignment.ttl"
SHAPES = ("shapes.ttl", "style.ttl")
ONTOLOGY = URIRef(NAMESPACE.rstrip("#"))

KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "datatype property",
    SKOS.ConceptScheme: "scheme of codes",
    SKOS.Concept: "code",
}
CHARACTERISTICS = {
    OWL.FunctionalProperty: "functional",
    OWL.SymmetricProperty: "symmetric",
    OWL.IrreflexiveProperty: "irreflexive",
    OWL.TransitiveProperty: "transitive",
    OWL.InverseFunctionalProperty: "inverse functional",
}
RELATIONS = {
    RDFS.subClassOf: "is a kind of",
    RDFS.subPropertyOf: "implies",
    SKOS.closeMatch: "close to",
    SKOS.relatedMatch: "related to",
}

_HEADING = re.compile(r"\n\n# ([A-Z][^.\n]*)\n(?=\n|#\n)")
_SUBJECT = re.compile(r"^dip:(\w+) a ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or code; the names in it are those of terms, or IRIs of others."""

    name: str
    kind: str
    section: str
    label: str
    definition: str
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    parents: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    characteristics: tuple[str, ...]
    notation: str | None
    aligned: tuple[tuple[str, str], ...]
    """How it stands to a term of another vocabulary: the relation, and the IRI."""

    @property
    def is_property(self) -> bool:
        return self.kind.endswith("property")

    @property
    def is_internal(self) -> bool:
        return self.name == "internalKey" or "internalKey" in self.parents


def files() -> list[Path]:
    """The files that have terms: the core first, then the codes."""
    rest = {p for p in ontology_dir().glob("*.ttl") if p.name not in (CORE, ALIGNMENT, *SHAPES)}
    return [ontology_dir() / CORE, *sorted(rest - {ontology_dir() / CORE})]


def read() -> tuple[Graph, list[Term]]:
    """The graph of the files with the alignment, and the terms in their order."""
    graph = Graph()
    for path in (*files(), ontology_dir() / ALIGNMENT):
        graph.parse(path)
    return graph, [_term(graph, name, section) for name, section in _order()]


def names(graph: Graph, node: Node | None) -> tuple[str, ...]:
    """The classes or datatypes of a domain or range: one, or the members of a union."""
    if node is None:
        return ()
    if isinstance(node, BNode):
        [members] = graph.objects(node, OWL.unionOf)
        return tuple(short(str(m)) for m in Collection(graph, members))
    return (short(str(node)),)


def short(iri: str) -> str:
    """The name of a term of ours, or the IRI of another."""
    return iri.removeprefix(NAMESPACE)


def _order() -> Iterator[tuple[str, str]]:
    """The names of the terms and the headings above them."""
    for path in files():
        text = path.read_text(encoding="utf-8")
        headings = [(found.start(), found[1]) for found in _HEADING.finditer(text)]
        for found in _SUBJECT.finditer(text):
            above = [title for start, title in headings if start < found.start()]
            yield found[1], above[-1] if above else "Terms"


def _term(graph: Graph, name: str, section: str) -> Term:
    node = URIRef(NAMESPACE + name)
    kinds = set(graph.objects(node, RDF.type))
    parents = [*graph.objects(node, RDFS.subClassOf), *graph.objects(node, RDFS.subPropertyOf)]
    if SKOS.Concept in kinds:
        parents += [kind for kind in kinds if str(kind).startswith(NAMESPACE)]
    notation = graph.value(node, SKOS.notation)
    return Term(
        name,
        next((KINDS[kind] for kind in KINDS if kind in kinds), "individual"),
        section,
        str(graph.value(node, RDFS.label)),
        str(graph.value(node, SKOS.definition)),
        tuple(sorted(map(str, graph.objects(node, SKOS.example)))),
        tuple(sorted(map(str, graph.objects(node, SKOS.scopeNote)))),
        tuple(sorted(short(str(p)) for p in parents if str(p).startswith(NAMESPACE))),
        names(graph, graph.value(node, RDFS.domain)),
        names(graph, graph.value(node, RDFS.range)),
        tuple(told for kind, told in CHARACTERISTICS.items() if kind in kinds),
        None if notation is None else str(notation),
        tuple(
            (told, str(other))
            for relation, told in RELATIONS.items()
            for other in sorted(graph.objects(node, relation), key=str)
            if not str(other).startswith(NAMESPACE)
        ),
    )
