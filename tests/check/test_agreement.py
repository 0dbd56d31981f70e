"""pySHACL, the compiled SPARQL and the check of an article in memory find the same in valid data
and in mutants of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from check.mutants import Edit, edits, mutated, renamed, rounds, targets, valid
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Quad

from kb.check import Violation, check_quads, compiled_breaches
from kb.check.ingest import validate
from kb.check.shapes import shapes
from kb.store import memory_store
from kb.vocabulary import GRAPH

ROUNDS = list(rounds())
DERIVED = (GRAPH.derived, GRAPH.gazetteer, GRAPH.judgements)
NODE_RULES = [rule for rule in shapes().rules if rule.path is None and rule.component == "pattern"]


def told(found: Iterable[Violation]) -> set[tuple[str, str | None, str]]:
    """What is wrong with what; nameless nodes have a name of their own in each program."""
    return {("_:" if v.node.startswith("_:") else v.node, v.path, v.message) for v in found}


def same(one: Iterable[Violation], other: Iterable[Violation]) -> None:
    here, there = told(one), told(other)
    assert here - there == set()
    assert there - here == set()


def by_article(quads: Iterable[Quad]) -> list[list[Quad]]:
    graphs: dict[object, list[Quad]] = {}
    for quad in quads:
        if quad.graph_name not in DERIVED:
            graphs.setdefault(quad.graph_name, []).append(quad)
    return list(graphs.values())


def agree(quads: list[Quad]) -> None:
    """The reference and SPARQL on all of it; SPARQL and the check in memory on each article."""
    same(check_quads(quads).violations, check_quads(quads, pyshacl=True).violations)
    for article in by_article(quads):
        same(validate(article), check_quads(article).violations)


def test_valid_data_pass_all_three() -> None:
    assert check_quads(valid()).ok
    assert check_quads(valid(), pyshacl=True).ok
    for article in by_article(valid()):
        assert validate(article) == ()


@pytest.mark.parametrize("number", range(len(ROUNDS)))
def test_mutants_of_each_property_of_each_shape(number: int) -> None:
    agree(mutated(ROUNDS[number]))


@pytest.mark.parametrize("make", [lambda n: NamedNode(f"https://e.org/{n}"), BlankNode])
def test_nodes_under_other_names(make: Callable[[str], NamedNode | BlankNode]) -> None:
    names = {targets(rule)[0]: make(f"n{number}") for number, rule in enumerate(NODE_RULES)}
    quads = renamed(names)
    messages = {violation.message for violation in check_quads(quads).violations}
    assert {rule.message for rule in NODE_RULES} <= messages
    agree(quads)


def test_every_rule_has_a_mutant_that_breaks_it() -> None:
    """All of what a shape asks for, down to each component; SPARQL has a table of its own."""
    broken = set()
    for some in ROUNDS:
        with memory_store(mutated(some)) as store:
            broken |= {id(breach.rule) for breach in compiled_breaches(store)}
    safe = [
        f"{rule.message}: {rule.component}"
        for rule in shapes().rules
        if rule.component != "sparql" and rule.path is not None and id(rule) not in broken
    ]
    assert safe == []


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(edits()), min_size=1, max_size=4, unique_by=lambda e: e.about))
def test_mutants_of_several_properties(some: list[Edit]) -> None:
    agree(mutated(some))
