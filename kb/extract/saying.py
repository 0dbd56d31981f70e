"""Verbs of saying: which words attribute, and the group of auxiliaries and adverbs around them."""

from __future__ import annotations

from dataclasses import dataclass

from kb.extract.mentions import Mention
from kb.extract.order import Order
from kb.lexicon import speech, table, words

_SETS = ("clause", "quote", "object", "whole", "infinitive", "naming")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says something: the verb, the speaker (None: nobody we know), the tokens ``start``
    to ``end`` of the bare attribution ("the minister has said"), and whether the verb comes first.

    ``own`` tells a speaker named with this verb from one shared with an earlier verb.
    """

    verb: int
    speaker: Mention | None
    start: int
    end: int
    inverted: bool = False
    own: bool = True
    nominal: bool = False
    """A document speaks ("the statement said"); ``speaker`` is whose it is, None if not told."""


def all_verbs() -> frozenset[str]:
    """Every verb that can attribute words."""
    listed = frozenset().union(*(speech(s) for s in _SETS))
    governed = [*table("speech")["prepositional"], *table("speech")["particle"]]
    return listed | frozenset(governed) | words("speech", "quoting", "verbs")


def is_medium(mention: Mention | None) -> bool:
    """Whether a mention is a medium, which passes on what others said."""
    if mention is None or mention.kind not in ("organization", "group", "unknown"):
        return False
    told = f"{mention.name or ''} {mention.text}".lower().replace("-", " ").split()
    media = words("speech", "media", "words")
    return any(w in media or w.strip("’'s.,") in media for w in told)


class VerbGroups:
    """Reads the verb groups of an article: "has also repeatedly said"."""

    def __init__(self, order: Order) -> None:
        self.order, self.tree = order, order.tree

    def fits(self, i: int) -> bool:
        """Verbs that attribute with a particle or preposition only ("made clear", "spoke of")."""
        lemma = self.tree[i].lemma
        if any(lemma in speech(s) for s in _SETS):
            return True
        wanted = set(table("speech")["particle"].get(lemma, ()))
        wanted |= set(table("speech")["prepositional"].get(lemma, ()))
        return i + 1 < len(self.tree) and self.tree[i + 1].lower in wanted

    def before(self, i: int) -> tuple[int, set[str]]:
        """The token before a verb and its auxiliaries and adverbs, and these words."""
        k, seen = i - 1, set()
        lower, _ = self.order.sentence(i)
        while k >= lower and self.light(k):
            seen.add(self.tree[k].lower)
            k -= 1
        return k, seen

    def light(self, k: int) -> bool:
        """Auxiliaries and adverbs, that stand between a subject and its verb."""
        token = self.tree[k]
        if token.tag == "MD" or (token.tag in ("RB", "RBR") and not self.order.is_date(k)):
            return True
        if token.lower in ("also", "later", "earlier", "meanwhile", "both", "n't", "n’t", "all"):
            return True
        return token.lemma in words("speech", "grammar", "auxiliaries") and token.tag.startswith(
            "VB"
        )

    def auxiliaries(self, i: int) -> set[str]:
        """The lemmas of "have", "be" and "do" in the verb's group."""
        out = set()
        k = i - 1
        while k >= 0 and self.light(k):
            if self.tree[k].lemma in words("speech", "grammar", "auxiliaries") or self.tree[
                k
            ].lower in ("been", "being", "'s"):
                lower = self.tree[k].lower
                out.add("be" if lower in ("been", "being") else self.tree[k].lemma)
            k -= 1
        return out

    def modal(self, start: int, stop: int) -> bool:
        """Whether a modal stands in a range of tokens."""
        return any(self.tree[k].tag == "MD" for k in range(start, stop))

    def infinitive_told(self, i: int, left: int, lower: int) -> bool:
        """ "went on to say", "spoke with X to thank him"."""
        for k in range(left - 1, max(lower - 1, left - 20), -1):
            lemma = self.tree[k].lemma
            if not self.order.is_verb(k):
                continue
            if lemma in words("speech", "continuing", "verbs"):
                return left - k <= 2
            contact = lemma in words("speech", "purpose", "contacts")
            return contact and self.tree[i].lemma in words("speech", "purpose", "verbs")
        return False
