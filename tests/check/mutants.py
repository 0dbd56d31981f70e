"""Valid data, and mutants of them: each thing that a shape speaks of dropped, doubled, or given a
value that it must not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from building import extraction, judge, meeting, put, statement, visit
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kb.check.shapes import Rule, Term, shapes
from kb.store import memory_store
from kb.vocabulary import DIP, EDTF, GRAPH, RDF, XSD

NOBODY = NamedNode("https://w3id.org/diplomatic-kb/id/person/nobody")


@cache
def valid() -> tuple[Quad, ...]:
    """The quads of a small store that has everything."""
    store = put(
        memory_store(),
        extraction(
            "a",
            meeting("Putin", "Macron", on="2024-05-19", place="Sochi", country="RU"),
            visit("Macron", "RU", "Sochi", on="2024-05"),
            statement("Macron", "It was useful.", "Putin"),
            meeting("Doe", "minister", status="planned", medium="phone", on="2024"),
        ),
        extraction(
            "b",
            meeting("Putin", "Macron", on="2024-05-19", words="Both met."),
            visit("Doe", "FR", status="proposed", on="2024-06-01/2024-06-03"),
            published="2024-05-21",
        ),
        extraction("c", visit("Doe", "FR", status="cancelled", on="2024-06-02"),
                   published="2024-05-30"),
    )  # fmt: skip
    judge(store, "Putin", "different", "Macron")
    return tuple(sorted(store.quads(), key=str))


@dataclass(frozen=True)
class Edit:
    """One fault: what is taken out of valid data, and what is put in. ``about`` is the node and the
    property, ``name`` says what was done."""

    name: str
    about: tuple[NamedNode, NamedNode]
    gone: frozenset[Quad]
    come: tuple[Quad, ...]


def mutated(edits: Iterable[Edit]) -> list[Quad]:
    """Valid data with some faults."""
    edits = list(edits)
    gone = {quad for edit in edits for quad in edit.gone}
    kept = [quad for quad in valid() if quad not in gone]
    return list(dict.fromkeys([*kept, *(quad for edit in edits for quad in edit.come)]))


WRONG: dict[str, Term] = {
    "other words": Literal("other words"),
    "tongue": Literal("other words", language="fr"),
    "number": Literal(7),
    "negative": Literal(-7),
    "far day": Literal("2035-01-01", datatype=XSD.date),
    "early day": Literal("1995-01-01", datatype=XSD.date),
    "no day": Literal("2024-02-30", datatype=XSD.date),
    "no number": Literal("seven", datatype=XSD.integer),
    "EDTF": Literal("2021-05", datatype=EDTF),
    "no EDTF": Literal("May 2021", datatype=EDTF),
    "nobody": NOBODY,
    "code": DIP.disputed,
    "blank": BlankNode("nameless"),
}
"""Values that a property gets in place of its own, or beside it."""


def targets(rule: Rule) -> list[NamedNode]:
    """The nodes of the valid data that a rule is about, sorted."""
    return sorted(
        {
            q.subject
            for q in valid()
            if isinstance(q.subject, NamedNode)
            and (
                (q.predicate == RDF.type and q.object in rule.target.classes)
                or q.predicate in rule.target.subjects_of
            )
        },
        key=str,
    )


def stated(node: Term, predicate: NamedNode) -> list[Quad]:
    """What the valid data say of a node by a property."""
    return [q for q in valid() if q.subject == node and q.predicate == predicate]


@cache
def edits() -> tuple[Edit, ...]:
    """Each property that a shape speaks of, of one node of the shape: dropped, doubled, given each
    of the wrong values, and led to a node of another class."""
    done: dict[tuple[NamedNode, NamedNode], None] = {}
    for rule in shapes().rules:
        if rule.path is not None and not rule.path.inverse and (nodes := targets(rule)):
            predicate = rule.path.predicate
            having = [n for n in nodes if stated(n, predicate)]
            done[(having or nodes)[0], predicate] = None
    return tuple(edit for node, predicate in done for edit in changes(node, predicate))


def backwards() -> Iterator[Edit]:
    """Of each property that a shape follows back: all that has it leads to one node."""
    for rule in shapes().rules:
        if rule.path is not None and rule.path.inverse:
            node, predicate = targets(rule)[0], rule.path.predicate
            having = [q for q in valid() if q.predicate == predicate]
            come = tuple(Quad(q.subject, predicate, node, q.graph_name) for q in having)
            yield Edit(f"{predicate.value} of all", (node, predicate), frozenset(), come)


def changes(node: NamedNode, predicate: NamedNode) -> Iterator[Edit]:
    had = stated(node, predicate)
    graph = had[0].graph_name if had else GRAPH.derived
    head, about = f"{predicate.value} of {node.value}", (node, predicate)
    yield Edit(f"{head} dropped", about, frozenset(had), ())
    two = tuple(Quad(node, predicate, v, graph) for v in (NOBODY, WRONG["other words"]))
    yield Edit(f"{head} given two others", about, frozenset(had), two)
    if len(had) > 1:
        yield Edit(f"{head} dropped but for one", about, frozenset(had[1:]), ())
    for name, value in {**WRONG, "of another class": of_another_class(had, node)}.items():
        if name in ("blank", "no day", "no number") and predicate in compared():
            continue  # pySHACL gives up on them
        new = (Quad(node, predicate, value, graph),)
        yield Edit(f"{head} {name}", about, frozenset(had), new)
        if name in ("other words", "nobody", "of another class", "early day"):
            yield Edit(f"{head} doubled with {name}", about, frozenset(), new)


@cache
def compared() -> set[Term]:
    """The properties whose values are compared with those of others."""
    rules = [rule for rule in shapes().rules if rule.component.startswith("lessThan")]
    return {rule.path.predicate for rule in rules if rule.path} | {r.values[0] for r in rules}


def of_another_class(had: list[Quad], node: NamedNode) -> Term:
    """A node that is not of the class of the values that a property has."""
    classes = {q.object for h in had for q in valid() if q.subject == h.object}
    return next(
        (q.subject for q in valid() if q.predicate == RDF.type and q.object not in classes), node
    )


def rounds() -> Iterator[list[Edit]]:
    """All edits, as many at a time as there are properties: of each property one in a round."""
    yield list(backwards())
    queues: dict[tuple[NamedNode, NamedNode], list[Edit]] = {}
    for edit in edits():
        queues.setdefault(edit.about, []).append(edit)
    for number in range(max(map(len, queues.values()))):
        yield [queue[number] for queue in queues.values() if number < len(queue)]


def renamed(names: Mapping[Term, NamedNode | BlankNode]) -> list[Quad]:
    """Valid data in which some nodes have other names."""
    return [
        Quad(
            names.get(q.subject, q.subject),
            q.predicate,
            names.get(q.object, q.object),
            q.graph_name,
        )
        for q in valid()
    ]
