"""What tells of no event: questions, conditions, habits, idle purposes."""

from __future__ import annotations

from kb.extract import flat
from kb.extract.governors import verb_status, with_particle
from kb.language.tree import Token, Tree
from kb.lexicon import meeting_verbs, visit_verbs, words

_MAX_CLIMB = 8
_JOURNEY = 15  # tokens


def hypothetical(tree: Tree, token: Token) -> bool:
    """Whether the trigger stands in a question, a condition or a habit."""
    marks = words("governors", "conditional", "marks")
    habits = words("governors", "habitual", "adverbs")
    sentence = tree.span(tree.sentence_of(token.i))
    if any(t.text == "?" for t in sentence[-2:]):
        return True
    if any(k.lower in habits for k in tree.children(token.i, "advmod", "obl")):
        return True
    if token.rel == "obj" and _named(tree, token):
        return True
    regular = words("governors", "habitual", "adjectives")
    if any(k.lower in regular for k in tree.children(token.i, "amod", "compound")):
        return True
    if any(t.lower in habits for t in flat.before_verb(tree, token.i)):
        return True
    at = token
    for _ in range(_MAX_CLIMB):
        if _conditioned(tree, at):
            return True
        infinitive = any(k.lower == "to" for k in tree.children(at.i, "mark", "aux"))
        for kid in tree.children(at.i, "mark", "advmod"):
            if kid.lower in marks and kid.i < at.i and not (kid.lower == "whether" and infinitive):
                return True
        if at.head == at.i or at.rel in ("advcl", "relcl", "ccomp", "parataxis", "appos"):
            return False
        at = tree[at.head]
    return False


def _conditioned(tree: Tree, verb: Token) -> bool:
    """Whether it comes about only if something else does: "If elected, she will meet him". A
    condition that follows is an afterthought: "he will meet him if the talks allow"."""
    first = tree[tree.sentence_of(verb.i).start]
    if first.lower not in words("governors", "conditional", "leading"):
        return False
    clauses = tree.children(verb.i, "advcl", "obl")
    return any(
        clause.i < verb.i and any(k.i == first.i for k in tree.children(clause.i))
        for clause in clauses
    )


def _named(tree: Tree, token: Token) -> bool:
    """Whether something is only said of it: "called the talks a waste of time"."""
    verb = tree[token.head]
    indefinite = any(k.lower in ("a", "an") for k in tree.children(token.i, "det"))
    naming = with_particle(tree, verb) in words("governors", "naming", "verbs")
    return naming and not indefinite


def idle(tree: Tree, token: Token) -> bool:
    """An infinitive of purpose under a verb that is no travel: "formed a team to meet them" does
    not say that anybody met."""
    if token.rel not in ("advcl", "acl", "xcomp") or not token.tag.startswith("VB"):
        return False
    head = tree[token.head]
    if not any(k.lower == "to" for k in tree.children(token.i, "mark", "aux")):
        return False
    moves = head.lemma in words("governors", "transparent", "verbs") or head.lemma in visit_verbs()
    meets = head.lemma in meeting_verbs() or head.lemma in words("meetings", "light", "verbs")
    there = head.lemma == "be" or bool(tree.children(head.i, "cop"))
    if not head.is_verb or moves or meets or there or verb_status(tree, head):
        return False
    return not _on_a_journey(tree, token)


def _on_a_journey(tree: Tree, token: Token) -> bool:
    """Whether words of travel stand before: "visits Rome for his first trip in office to meet"."""
    first = max(tree.sentence_of(token.i).start, token.i - _JOURNEY)
    nouns = words("visits", "nouns", "words")
    return any(t.lower in nouns or (t.is_verb and t.lemma in visit_verbs())
               for t in tree.tokens[first : token.i])  # fmt: skip
