"""A knowledge base as Python objects: classes and individuals of the ontology, by owlready2."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from typing import Any

from pyoxigraph import Quad

from kb.resources import ontology_dir
from kb.vocabulary import EDTF, NAMESPACE

FILES = ("diplomatic-kb.ttl", "codes.ttl")


class EDTFDate(str):
    """A date as it is told: ``2018-04-27``, ``2018-04``, ``2018-04-26/2018-04-27``. Python's dates
    are days; those that it can mean are ``earliest`` and ``latest`` of the event."""

    __slots__ = ()


def objects(quads: Iterable[Quad]) -> Any:
    """The ontology as owlready2 has it, in a world of its own, with the quads of any graphs as its
    individuals. All is held in memory, and nothing of it leads back to a store."""
    import owlready2

    _declare_dates()
    lines = sorted({f"{q.subject} {q.predicate} {q.object} ." for q in quads})
    ontology = owlready2.World().get_ontology(NAMESPACE)
    return ontology.load(fileobj=io.BytesIO("\n".join([*_axioms(), *lines]).encode()))


@cache
def _declare_dates() -> None:
    """Teach owlready2 the datatype of dates, which it cannot read otherwise; once in a process."""
    import owlready2

    owlready2.declare_datatype(EDTFDate, EDTF.value, EDTFDate, str)


@cache
def _axioms() -> tuple[str, ...]:
    """The ontology and its codes as N-Triples: owlready2 has no parser of Turtle.

    Imports are left out, or it would look for them on the web; so are annotation properties whose
    last segment is that of a term (``dcterms:title``), for that is an attribute's name."""
    from rdflib import OWL, RDF, Graph

    graph = Graph()
    for name in FILES:
        graph.parse(ontology_dir() / name)
    graph.remove((None, OWL.imports, None))
    names = {s.rpartition("#")[2] for s in map(str, graph.subjects()) if s.startswith(NAMESPACE)}
    for other in list(graph.subjects(RDF.type, OWL.AnnotationProperty)):
        if str(other).replace("#", "/").rpartition("/")[2] in names:
            graph.remove((other, None, None))
            graph.remove((None, other, None))
    return tuple(graph.serialize(format="nt").splitlines())
