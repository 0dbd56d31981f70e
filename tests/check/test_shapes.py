"""The shapes as rules and as SPARQL: what is not known is refused by name, and data may lie in any
graphs."""

from __future__ import annotations

import pytest
from check import mutants
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Graph
from rdflib.namespace import RDF, SH

from kb.check import check_quads, compiled_breaches
from kb.check.shapes import read_shapes, shapes
from kb.check.sparql import query
from kb.errors import KBError
from kb.store import memory_store
from kb.vocabulary import DIP

HEAD = """
@prefix dip: <https://w3id.org/diplomatic-kb/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
dip:S a sh:NodeShape ; sh:targetClass dip:Article ; """

UNKNOWN = [
    ('sh:property [ sh:path dip:key ; sh:message "m" ; sh:uniqueLang true ] .', "sh:uniqueLang"),
    ('sh:property [ sh:path dip:key ; sh:message "m" ; sh:minCount 1, 2 ] .', "sh:minCount"),
    ('sh:property [ sh:path ( dip:key dip:key ) ; sh:message "m" ; sh:minCount 1 ] .', "a path of"),
    ('sh:property [ sh:path [ sh:zeroOrMorePath dip:key ] ; sh:minCount 1 ] .', "a path of"),
    ("sh:closed true .", "sh:closed"),
    ('sh:message "m" ; sh:minCount 1 .', "sh:minCount of a node"),
    ("sh:xone ( dip:T ) .", "sh:xone"),
    ("sh:targetNode dip:a .", "sh:targetNode"),
    ("sh:deactivated true .", "sh:deactivated"),
    ('sh:sparql [ sh:message "m" ; sh:ask "ASK {}" ] .', "sh:ask"),
    ("sh:property [ sh:path dip:key ; sh:minCount 1 ] .", "no sh:message"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "named"), UNKNOWN)
def test_what_is_not_known_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(KBError, match=named):
        read_shapes(HEAD + text)


NOT_BY_LINES = [
    "SELECT $this WHERE { $this dip:key ?key }",
    "SELECT $this WHERE {\n  FILTER NOT EXISTS { $this dip:key ?key . }\n}",
    "SELECT $this WHERE {\n  $this dip:key ?key ;\n dip:title ?title .\n}",
    "SELECT $this ?key WHERE {\n  $this dip:key ?key .\n}",
]


@pytest.mark.parametrize("text", NOT_BY_LINES)
def test_sparql_whose_patterns_cannot_be_told_apart_is_refused(text: str) -> None:
    given = f'sh:sparql [ sh:message "m" ; sh:select """{text}""" ] .'
    [rule] = read_shapes(HEAD + given).rules
    with pytest.raises(KBError, match="named graphs"):
        query(rule)


@pytest.mark.parametrize("rule", shapes().rules, ids=lambda r: f"{r.message} ({r.component})")
def test_every_rule_is_sparql_that_runs(rule: object) -> None:
    with memory_store(mutants.valid()) as store:
        assert list(store.query(query(rule))) == []


def test_a_class_stands_for_its_subclasses() -> None:
    rule = next(r for r in shapes().rules if r.component == "class" and DIP.Actor in r.values)
    assert {DIP.Person, DIP.State, DIP.Group} < set(rule.values)


def test_no_query_looks_into_the_default_graph() -> None:
    """Products differ in what is seen there."""
    faulty = mutants.mutated(next(mutants.rounds()))
    with memory_store(Quad(q.subject, q.predicate, q.object) for q in faulty) as store:
        assert list(compiled_breaches(store)) == []


def scattered() -> list[Quad]:
    """The valid data, each statement in a graph of its own, and in another one once more."""
    graphs = [NamedNode(f"https://example.org/{n}") for n in range(7)]
    return [
        Quad(q.subject, q.predicate, q.object, graphs[(n + k) % 7])
        for k in (0, 3)
        for n, q in enumerate(mutants.valid())
    ]


def test_what_several_graphs_say_is_counted_once() -> None:
    assert check_quads(scattered()).violations == ()


def test_a_fault_that_lies_in_several_graphs_is_found_once() -> None:
    article = next(q.subject for q in mutants.valid() if q.object == DIP.Article)
    other = [
        Quad(article, DIP.title, Literal("Another"), NamedNode(f"https://example.org/{n}"))
        for n in range(3)
    ]
    [violation] = check_quads([*scattered(), *other]).violations
    assert violation.message == "an article has one title"


def results(turtle: str) -> set[tuple[object, ...]]:
    """What a validation report says, but for shapes, which have no names."""
    graph = Graph().parse(data=turtle, format="turtle")
    about = (SH.focusNode, SH.resultMessage, SH.resultSeverity, SH.sourceConstraintComponent)
    sparql = SH.SPARQLConstraintComponent
    return {
        (
            *(graph.value(result, term) for term in about),
            # pySHACL has other values for SPARQL constraints
            None if (result, about[-1], sparql) in graph else graph.value(result, SH.value),
        )
        for result in graph.objects(None, SH.result)
        # pySHACL takes things and texts for comparable, which SHACL does not
        if "LessThan" not in str(graph.value(result, about[-1]))
    }


@pytest.mark.parametrize("number", range(3))
def test_the_report_is_that_of_the_reference(number: int) -> None:
    some = list(mutants.rounds())[number]
    here = check_quads(mutants.mutated(some))
    there = check_quads(mutants.mutated(some), pyshacl=True)
    assert results(here.turtle) == results(there.turtle) != set()


def test_the_report_of_valid_data_conforms() -> None:
    graph = Graph().parse(data=check_quads(mutants.valid()).turtle, format="turtle")
    [report] = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms).toPython() is True


def test_a_shape_without_a_name_is_described() -> None:
    some = list(mutants.rounds())[1]
    graph = Graph().parse(data=check_quads(mutants.mutated(some)).turtle, format="turtle")
    for result in graph.objects(None, SH.result):
        shape = graph.value(result, SH.sourceShape)
        path = graph.value(result, SH.resultPath)
        assert path is None or graph.value(shape, SH.path) is not None
