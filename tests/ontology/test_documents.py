"""What the documents say of the ontology in figures is so."""

from __future__ import annotations

import re
from pathlib import Path

from ontologies import ALIGNMENT, load
from ontology.test_alignment import VOCABULARIES
from rdflib import RDFS, SKOS

from docs.vocabulary.terms import read
from kb.resources import ontology_dir

TEXT = (Path(__file__).parent.parent.parent / "docs" / "linked-data.md").read_text("utf-8")


def test_the_terms_are_counted() -> None:
    _, terms = read()
    kinds = [t.kind for t in terms]
    internal = sum(t.is_internal for t in terms)
    codes = kinds.count("code") + kinds.count("scheme of codes")
    told = (
        f"There are {len(terms)} terms: {kinds.count('class')} classes, "
        f"{sum(t.is_property for t in terms) - internal} properties, {codes} codes and their "
        f"schemes, and {internal} internal keys"
    )
    assert told in " ".join(TEXT.split())


def test_the_table_of_the_alignment() -> None:
    graph = load(ALIGNMENT)

    def count(namespace: str, *predicates: object) -> int:
        return sum(
            str(o).startswith(namespace)
            for p in predicates
            for o in graph.objects(None, p)  # type: ignore[arg-type]
        )

    for name, namespace in VOCABULARIES.items():
        axioms = count(namespace, RDFS.subClassOf, RDFS.subPropertyOf)
        hints = count(namespace, SKOS.closeMatch, SKOS.relatedMatch)
        assert f"| {name} | {axioms} | {hints} |" in TEXT


def test_every_file_of_the_ontology_is_listed() -> None:
    listed = set(re.findall(r"^\| \[([\w-]+\.ttl)\]", TEXT, re.MULTILINE))
    assert listed == {path.name for path in ontology_dir().glob("*.ttl")}
