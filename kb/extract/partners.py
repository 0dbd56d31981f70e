"""Who can meet whom: what kind of mention counts as a participant."""

from __future__ import annotations

from kb.extract.mentions import Mention
from kb.extract.sides import PEOPLE
from kb.language.tree import Tree
from kb.lexicon import words

LEADING = frozenset({"leader", "head_of_state", "head_of_government", "foreign_minister"})
"""Offices whose holders come for themselves, and meet as such though no state is told."""
_ALONGSIDE = 5  # tokens between a participant and those who come along


def named(mention: Mention) -> bool:
    return mention.kind in ("person", "role") and not mention.plural


def somebody(mention: Mention) -> bool:
    return mention.kind in PEOPLE


def personal(mention: Mention) -> bool:
    return mention.kind != "unknown" or len((mention.name or "").split()) >= 2


def official(mention: Mention) -> bool:
    """Whether unnamed people act for a state or body: no refugees, no tourists."""
    if mention.kind != "group":
        return True
    return bool(set(mention.text.lower().split()) & words("people", "group", "official"))


def plural(sides: list[Mention]) -> bool:
    return len(sides) > 1 or any(
        m.kind == "pair" or (m.plural and m.kind in ("role", "group", "pronoun")) for m in sides
    )


def audience(mention: Mention) -> bool:
    last = mention.text.lower().split()[-1] if mention.text else ""
    return last in words("meetings", "not_somebody", "audience")


def without_companions(tree: Tree, sides: list[Mention]) -> list[Mention]:
    """The participants without those who only come along: "the minister and senior aides"."""
    return [m for k, m in enumerate(sides) if not (k and _comes_along(tree, sides[k - 1], m))]


def _comes_along(tree: Tree, leader: Mention, mention: Mention) -> bool:
    """Whether unnamed people stand right behind somebody in one phrase, as his company."""
    if not mention.plural or mention.kind not in ("group", "role") or mention.states:
        return False
    if mention.organization:
        return False  # of a body of its own
    if mention.office_kind in LEADING or leader.kind not in ("person", "role") or leader.plural:
        return False
    between = tree.tokens[leader.end : mention.start]
    return 0 < len(between) < _ALONGSIDE and not any(t.is_verb for t in between)
