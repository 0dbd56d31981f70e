"""Whether the ontology, and data with it, are consistent: HermiT, by way of owlready2."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, Quad

from kb.errors import KBError
from kb.resources import ontology_dir
from kb.vocabulary import EDTF, NAMESPACE, XSD

FILES = ("diplomatic-kb.ttl", "alignment.ttl", "codes.ttl", "event-codes.ttl")
_NOT_REASONED = (EDTF, XSD.date)
"""Datatypes that OWL 2 does not have: their literals say nothing to a reasoner."""


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What a reasoner finds: ``clash`` has statements that cannot hold together, and each of which
    is needed for that, in N-Triples; ``unsatisfiable`` the classes that can have no members."""

    consistent: bool
    unsatisfiable: tuple[str, ...]
    clash: tuple[str, ...]
    statements: int


def reason(quads: Iterable[Quad]) -> Reasoning:
    """Reason over the ontology with its alignment, codes and event codes, and quads of any graphs.

    Raises ``KBError`` where there is no Java, which the reasoner needs.
    """
    if shutil.which("java") is None:
        raise KBError(
            "reasoning needs Java, which is not on the path",
            "install a Java runtime; `kb check` without --reason needs none",
        )
    ours, data = axioms(), statements(quads)
    unsatisfiable = run(ours + data)
    if unsatisfiable is not None:
        return Reasoning(True, unsatisfiable, (), len(data))
    if run(ours) is None:
        return Reasoning(False, (), (), len(data))
    clash = _needed([], False, data, lambda lines: run(ours + lines) is None)
    return Reasoning(False, (), tuple(clash), len(data))


def statements(quads: Iterable[Quad]) -> list[str]:
    """What quads state that a reasoner understands, as sorted N-Triples."""
    return sorted({_line(q) for q in quads if _is_reasoned(q)})


def _is_reasoned(quad: Quad) -> bool:
    return not (isinstance(quad.object, Literal) and quad.object.datatype in _NOT_REASONED)


def _line(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} ."


def axioms() -> list[str]:
    """The ontology as N-Triples, without imports, which are at hand, and without the datatype of
    dates, which the reasoner does not know."""
    from rdflib import OWL, RDFS, Graph

    graph = Graph()
    for name in FILES:
        graph.parse(ontology_dir() / name)
    graph.remove((None, OWL.imports, None))
    for prop, found in list(graph.subject_objects(RDFS.range)):
        if str(found) == EDTF.value:
            graph.remove((prop, RDFS.range, found))
    return graph.serialize(format="nt").splitlines()


def run(lines: Sequence[str]) -> tuple[str, ...] | None:
    """The unsatisfiable classes of N-Triples; ``None`` where they are inconsistent."""
    import owlready2

    world = owlready2.World()
    ontology = world.get_ontology(NAMESPACE)
    ontology.load(fileobj=io.BytesIO("\n".join(lines).encode()))
    if ontology["Meeting"] is None:
        raise KBError("the ontology did not reach the reasoner", "it has been loaded without error")
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    except owlready2.base.OwlReadyJavaError as error:
        raise KBError(f"the reasoner failed: {' '.join(str(error).split())[:300]}") from error
    return tuple(sorted(c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing))


def _needed(
    kept: list[str], grown: bool, lines: list[str], clashes: Callable[[list[str]], bool]
) -> list[str]:
    """A least part of ``lines`` that clashes with ``kept``, by halves (QuickXplain)."""
    if grown and clashes(kept):
        return []
    if len(lines) == 1:
        return lines
    middle = len(lines) // 2
    left, right = lines[:middle], lines[middle:]
    second = _needed(kept + left, bool(left), right, clashes)
    first = _needed(kept + second, bool(second), left, clashes)
    return first + second
