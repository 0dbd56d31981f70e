"""The shapes of ``ontology/shapes.ttl`` as rules: one for each thing that a shape asks for.

What is read is the part of SHACL that the file uses; whatever else stands in it raises an error
that names it, so that no shape is silently left unchecked. Classes stand for their subclasses, too,
as the ontology has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode

from kb.errors import KBError
from kb.resources import ontology_dir
from kb.vocabulary import RDF, RDFS, SH

Term = NamedNode | BlankNode | Literal | pyoxigraph.Triple

_ONE_VALUE: Final = (
    "minCount", "maxCount", "datatype", "class", "nodeKind", "pattern", "minInclusive",
    "lessThan", "lessThanOrEquals",
)  # fmt: skip
_OF_NODE: Final = ("nodeKind", "pattern")
"""What a node shape may ask of the node itself."""

_OTHERWISE: Final = ("message", "property", "sparql", "targetClass", "targetSubjectsOf")
"""What else a node shape may have; a property shape, a message and a path."""


@dataclass(frozen=True, slots=True)
class Target:
    """The nodes that a shape is about: members of classes, subjects of properties."""

    classes: tuple[NamedNode, ...] = ()
    subjects_of: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A path of one property, forwards or (``inverse``) backwards."""

    predicate: NamedNode
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint of a shape. ``component`` is the local name of its SHACL property
    (``minCount`` …), ``values`` what is asked: one term, or several for ``in`` and ``class``. A
    rule without a path is about the node itself. ``shape`` is the shape in the shapes' graph;
    ``query`` and ``prefixes`` are the text of a SPARQL constraint."""

    shape: Term
    target: Target
    path: Step | None
    component: str
    values: tuple[Term, ...]
    message: str
    query: str = ""
    prefixes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shapes:
    """The rules of a file of shapes, and the file as it was read."""

    rules: tuple[Rule, ...]
    graph: ShapesGraph


class ShapesGraph:
    """A file of shapes; ``name`` is for messages."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.about: dict[Term, dict[NamedNode, list[Term]]] = {}
        for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE):
            self.about.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(
                quad.object
            )

    def values(self, node: Term, predicate: NamedNode) -> list[Term]:
        return self.about.get(node, {}).get(predicate, [])

    def texts(self, node: Term, predicate: NamedNode) -> list[str]:
        return [v.value for v in self.values(node, predicate) if isinstance(v, Literal)]

    def names(self, node: Term, local: str) -> tuple[NamedNode, ...]:
        """The values of a SHACL property that are IRIs."""
        found = self.values(node, SH.term(local))
        return tuple(v for v in found if isinstance(v, NamedNode))

    def members(self, node: Term) -> list[Term]:
        """The members of an RDF list."""
        found = []
        while node in self.about and (first := self.values(node, RDF.first)):
            found += first
            [node] = self.values(node, RDF.rest)
        return found

    def asked(self, node: Term) -> dict[str, list[Term]]:
        """What stands about a shape in the vocabulary of SHACL, by local names."""
        return {
            p.value.removeprefix(SH.NAMESPACE): values
            for p, values in self.about.get(node, {}).items()
            if p.value.startswith(SH.NAMESPACE)
        }

    def unknown(self, what: str, node: Term) -> KBError:
        return KBError(
            f"{self.name} asks for {what} in {node}, which cannot be compiled to SPARQL",
            "say it in terms that kb/check/shapes.py knows, or with sh:sparql",
        )


@cache
def shapes() -> Shapes:
    """The shapes of the package."""
    file = ontology_dir() / "shapes.ttl"
    return read_shapes(file.read_text(encoding="utf-8"), str(file.name))


def read_shapes(text: str, name: str = "the shapes") -> Shapes:
    """The rules of shapes in Turtle. Raises ``KBError`` for what is not known, naming it."""
    graph = ShapesGraph(text, name)
    found: list[Rule] = []
    for node in graph.about:
        if SH.NodeShape in graph.values(node, RDF.type):
            found += _node_shape(graph, node)
        elif SH.PropertyShape in graph.values(node, RDF.type):
            raise graph.unknown("a sh:PropertyShape of its own", node)
    return Shapes(tuple(found), graph)


def subclasses(classes: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    """Classes with all their subclasses in the ontology, sorted."""
    parents = _parents(ontology_dir() / "diplomatic-kb.ttl")
    found = set(classes)
    while more := {child for child, parent in parents if parent in found} - found:
        found |= more
    return tuple(sorted(found, key=str))


@cache
def _parents(ontology: Path) -> tuple[tuple[NamedNode, NamedNode], ...]:
    return tuple(
        (quad.subject, quad.object)
        for quad in pyoxigraph.parse(path=str(ontology))
        if quad.predicate == RDFS.subClassOf
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    )


def _node_shape(graph: ShapesGraph, node: Term) -> list[Rule]:
    target = Target(
        subclasses(graph.names(node, "targetClass")),
        graph.names(node, "targetSubjectsOf"),
    )
    rules = _constraints(graph, node, target, None)
    for prop in graph.values(node, SH.term("property")):
        rules += _constraints(graph, prop, target, _path(graph, prop))
    for query in graph.values(node, SH.term("sparql")):
        rules.append(_sparql(graph, node, query, target))
    return rules


def _constraints(graph: ShapesGraph, node: Term, target: Target, path: Step | None) -> list[Rule]:
    rules = []
    message = " ".join(graph.texts(node, SH.term("message")))
    for name, values in graph.asked(node).items():
        if name in (_OTHERWISE if path is None else ("message", "path")):
            continue
        if name == "in":
            asked = tuple(graph.members(values[0]))
        elif name == "class" and len(values) == 1 and isinstance(values[0], NamedNode):
            asked = subclasses([values[0]])
        elif name in _ONE_VALUE and len(values) == 1:
            asked = (values[0],)
        else:
            raise graph.unknown(f"sh:{name}", node)
        if path is None and name not in _OF_NODE:
            raise graph.unknown(f"sh:{name} of a node", node)
        if not message:
            raise KBError(f"{graph.name} has no sh:message for {node}", "write one sentence")
        rules.append(Rule(node, target, path, name, asked, message))
    return rules


def _path(graph: ShapesGraph, node: Term) -> Step:
    for path in graph.values(node, SH.term("path")):
        if isinstance(path, NamedNode):
            return Step(path)
        if set(graph.asked(path)) == {"inversePath"} and (back := graph.names(path, "inversePath")):
            return Step(back[0], inverse=True)
    raise graph.unknown("a path of several steps", node)


def _sparql(graph: ShapesGraph, shape: Term, node: Term, target: Target) -> Rule:
    if odd := set(graph.asked(node)) - {"select", "message", "prefixes"}:
        raise graph.unknown(f"sh:{min(odd)}", shape)
    [text] = graph.texts(node, SH.term("select"))
    declared = tuple(
        (prefix, namespace)
        for source in graph.values(node, SH.term("prefixes"))
        for one in graph.values(source, SH.term("declare"))
        for prefix in graph.texts(one, SH.term("prefix"))
        for namespace in graph.texts(one, SH.term("namespace"))
    )
    message = " ".join(graph.texts(node, SH.term("message")))
    if not message:
        raise KBError(f"{graph.name} has no sh:message for {shape}", "write one sentence")
    return Rule(shape, target, None, "sparql", (node,), message, text, tuple(sorted(declared)))
