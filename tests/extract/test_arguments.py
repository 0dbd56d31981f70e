"""Who does what in a clause: agents and patients of a verb."""

from __future__ import annotations

import pytest

from kb.extract import arguments as arg
from tests.extract.coding import read

CLAUSES = [
    # sentence, verb, who does it, to whom it is done
    ("Merkel received Macron.", "received", ["Merkel"], ["Macron"]),
    ("Merkel and Draghi received Macron.", "received", ["Merkel", "Draghi"], ["Macron"]),
    ("Macron was received by Merkel.", "received", ["Merkel"], ["Macron"]),
    ("Merkel wants to receive Macron.", "receive", ["Merkel"], ["Macron"]),
    ("Merkel, who received Macron, was content.", "received", ["Merkel"], ["Macron"]),
    ("Merkel went home after receiving Macron.", "receiving", ["Merkel"], ["Macron"]),
    ("Merkel urged Draghi to receive Macron.", "receive", ["Draghi"], ["Macron"]),
]


@pytest.mark.parametrize(("text", "verb", "agents", "patients"), CLAUSES)
def test_agents_and_patients(text: str, verb: str, agents: list[str], patients: list[str]) -> None:
    tree = read(text).tree
    token = next(t for t in tree.tokens if t.text == verb)
    assert [tree[i].text for i in arg.agents(tree, token)] == agents
    assert [tree[i].text for i in arg.patients(tree, token)] == patients


def test_obliques_by_preposition() -> None:
    tree = read("Merkel spoke with Macron about trade.").tree
    verb = next(t for t in tree.tokens if t.text == "spoke")
    assert [tree[i].text for i in arg.obliques(tree, verb.i, frozenset({"with"}))] == ["Macron"]


def test_the_subject_of_the_clause_around_a_noun() -> None:
    tree = read("Merkel praised the plan during talks with Macron.").tree
    noun = next(t for t in tree.tokens if t.text == "talks")
    assert [tree[i].text for i in arg.clause_subject(tree, noun.i)] == ["Merkel"]
