"""Words that govern an event: "plan", "refuse", "possible", "no"."""

from __future__ import annotations

from functools import cache

from kb.language.tree import Token, Tree
from kb.lexicon import table, words
from kb.model import Status

_PARTICLE_REACH = 8  # tokens: "called the meeting with X off"


@cache
def listed_words(key: str) -> dict[str, Status]:
    """Word → the status it gives, for ``key`` verbs, adjectives or nouns. Later lists win: what is
    a plan and a cancellation is a cancellation."""
    out: dict[str, Status] = {}
    order: tuple[Status, ...] = ("planned", "proposed", "cancelled", "denied")
    for status in order:
        out.update(dict.fromkeys(table("governors")[status].get(key, ()), status))
    return out


def negated(tree: Tree, token: Token) -> str | None:
    """The negation of a verb or of its subject or object, where it has one."""
    for kid in tree.children(token.i):
        if kid.lower in words("governors", "negation", "words") and kid.rel in (
            "advmod",
            "other",
            "cc",
            "det",
        ):
            return kid.text
        if kid.rel in ("subj", "obj", "subj_pass") and any(
            d.lower in ("no", "neither") for d in tree.children(kid.i, "det", "cc")
        ):
            return "no"
    return None


def with_particle(tree: Tree, token: Token) -> str:
    """The lemma with its particle where it has one: ``call-off``."""
    for behind in tree.tokens[token.i + 1 : token.i + _PARTICLE_REACH]:
        if behind.sentence != token.sentence or behind.is_verb:
            break
        joined = f"{token.lemma}-{behind.lower}"
        if joined in listed_words("verbs"):
            return joined
    particle = tree.child(token.i, "prt")
    if any(k.lower == "forward" for k in tree.children(token.i, "advmod")):
        return f"{token.lemma}-forward"
    return f"{token.lemma}-{particle.lower}" if particle else token.lemma


def verb_status(tree: Tree, token: Token) -> Status | None:
    """The status that a governing verb gives what it governs, None where it gives none."""
    verbs = listed_words("verbs")
    joined = with_particle(tree, token)
    if joined in verbs:
        return verbs[joined]
    if joined != token.lemma:
        return None  # "set up", "called on" are not "set", "call"
    return verbs.get(token.lemma)
