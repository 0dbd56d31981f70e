"""What follows by rule: SPARQL, one file of ``ontology/rules`` for each.

A rule is a CONSTRUCT over the graphs of a knowledge base, whose triples belong to its derived
graph. As articles come and go a rule is applied to what they touch, never to all: its premises are
put into a store of their own, in memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

import pyoxigraph
from pyoxigraph import Quad, QueryTriples

from kb.resources import ontology_dir
from kb.vocabulary import GRAPH

Rule = Literal["met", "acted-for"]
RULES: tuple[Rule, ...] = ("met", "acted-for")


@cache
def rule(name: Rule) -> str:
    """The text of a rule."""
    return (ontology_dir() / "rules" / f"{name}.rq").read_text(encoding="utf-8")


def by_rule(name: Rule, premises: Iterable[Quad]) -> list[Quad]:
    """What a rule makes of some quads, sorted: quads of the derived graph."""
    store = pyoxigraph.Store()
    store.extend(premises)
    found = store.query(rule(name))
    assert isinstance(found, QueryTriples)
    made = {Quad(t.subject, t.predicate, t.object, GRAPH.derived) for t in found}
    return sorted(made, key=str)
