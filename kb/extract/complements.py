"""How verbs of saying take the words behind them: a clause, an infinitive, an object, a name."""

from __future__ import annotations

from kb.extract.extent import Extent, Frame
from kb.extract.order import CLOSERS, Order
from kb.extract.saying import Attribution
from kb.lexicon import speech, table, words

_TOWARDS = frozenset({"on", "upon", "to", "with"})
_ADDING = frozenset(
    {"of", "between", "in", "on", "with", "for", "to", "from", "toward", "towards", "over"}
)
Words = tuple[int, int, str]
"""The first token of the words, the one behind the last, and how the verb takes them."""


class Complements:
    """Finds the words behind attributions: "Lee said (that) WORDS", "Lee urged them WORDS"."""

    def __init__(self, order: Order, extent: Extent) -> None:
        self.order, self.tree, self.extent = order, order.tree, extent

    def of(self, a: Attribution) -> Words | None:
        """The words behind an attribution; None where there are none that could be said."""
        _, upper = self.order.sentence(a.verb)
        if a.inverted or a.end >= upper:
            return None
        lemma = self.tree[a.verb].lemma
        particle = self.tree[a.end].lower in table("speech")["particle"].get(lemma, ())
        k = a.end + particle
        prepositions = table("speech")["prepositional"].get(lemma, ())
        at = self._preposition(lemma, k, upper, prepositions)
        if at is not None:
            return self._behind_preposition(a, at, upper)
        return (
            self._infinitival(a, k, upper)
            or self._whole(a, k, upper)
            or self._naming(a, k, upper)
            or self._clausal(a, k, upper, particle)
            or self._objective(a, k, upper, particle)
        )

    def _words(self, a: Attribution, start: int, at: int, frame: Frame, rule: str) -> Words:
        return start, self.extent.end(at, a, frame), rule

    # -- behind a preposition ---------------------------------------------------------------

    def _preposition(self, lemma: str, k: int, upper: int, wanted: list[str]) -> int | None:
        """The preposition that the verb takes, behind a day ("called on Monday for") or whoever is
        told ("warned Lee against")."""
        order = self.order
        while wanted and k + 1 < upper:
            if order.is_preposition(k) and order.is_date(k + 1):
                k += 2
            elif order.is_date(k):
                k += 1
            else:
                break
        if k < upper and self.tree[k].lower in wanted:
            return k
        told = order.phrase_end(k, upper) if lemma in speech("addressee_object") else k
        about = k < told < upper and self.tree[told].lower in wanted
        return told if about and self.tree[told].lower not in _TOWARDS else None

    def _behind_preposition(self, a: Attribution, k: int, upper: int) -> Words | None:
        if self.tree[k].lower in _TOWARDS:
            told = self.order.phrase_end(k + 1, upper)
            at = self._infinitive(k + 1, upper)
            if at is not None and at <= told:
                return self._words(a, at, at, "infinitive", "infinitive")
            if told == k + 1 or (at is None and self.tree[a.verb].lemma in ("appeal", "call")):
                return None
        if k + 1 >= upper or (self.tree[k + 1].text in CLOSERS and not self.order.is_mark(k + 1)):
            return None
        return self._words(a, k + 1, k + 1, "object", "preposition")

    # -- infinitives ------------------------------------------------------------------------

    def _infinitival(self, a: Attribution, k: int, upper: int) -> Words | None:
        lemma = self.tree[a.verb].lemma
        if lemma not in speech("infinitive"):
            return None
        at = self._infinitive(k, upper)
        if at is None or (at == k and lemma not in words("speech", "promising", "verbs")):
            return None
        return self._words(a, at, at, "infinitive", "infinitive")

    def _infinitive(self, k: int, upper: int) -> int | None:
        """The "to" of "urged (the two sides) (not) to act"."""
        order, tree = self.order, self.tree
        for i in range(k, min(upper, k + 14)):
            if order.is_finite(i) or order.quote_of[i] >= 0 or tree[i].lower in (":", ";", "that"):
                return None
            negated = tree[i].lower == "not" and i + 1 < upper and tree[i + 1].lower == "to"
            if tree[i].lower != "to" and not negated:
                continue
            verb = i + 1 + negated
            while verb < upper and (tree[verb].tag == "RB" or order.is_mark(verb)):
                verb += 1
            if verb < upper and tree[verb].tag in ("VB", "VBP"):
                unnamed = verb + 1 < upper and tree[verb + 1].lemma in words(
                    "speech", "unnamed", "verbs"
                )
                return None if unnamed else i
        return None

    # -- the verb belongs to the words ------------------------------------------------------

    def _whole(self, a: Attribution, k: int, upper: int) -> Words | None:
        fits = self.tree[a.verb].lemma in speech("whole") and self._told_something(k, upper)
        if not fits or self._in_person(a, k):
            return None
        return self._words(a, a.verb, k, "object", "whole")

    def _in_person(self, a: Attribution, k: int) -> bool:
        """ "welcomed his guest": a reception, no words."""
        if self.tree[a.verb].lemma != "welcome":
            return False
        mention = self.order.mentions.at(k)
        received = mention is not None and mention.kind in ("person", "role", "pronoun", "group")
        return (
            received
            and mention is not None
            and self.tree[mention.start].tag != "PRP$"
            and not (mention.end < len(self.tree) and self.tree[mention.end].tag == "POS")
        )

    # -- names ------------------------------------------------------------------------------

    def _naming(self, a: Attribution, k: int, upper: int) -> Words | None:
        if self.tree[a.verb].lemma not in speech("naming"):
            return None
        if self._opens_quotation(k, upper):
            quote = self.order.quotes[self.order.quote_of[k + 1]]
            return k, self.order.tokens_in(0, quote.end)[1], "naming"
        at = self._named(k, upper)
        return None if at is None else self._words(a, k, at, "object", "naming")

    def _named(self, k: int, upper: int) -> int | None:
        """The name in "called the move a mistake", "described it as useful"."""
        end = self.order.phrase_end(k, upper)
        while k < end < upper and self.tree[end].lower in _ADDING - {"to", "from"}:
            end = max(self.order.phrase_end(end + 1, upper), end + 1)
        if end == k or end >= upper:
            return None
        if self.tree[end].lower == "to":  # "called the choice to leave “a mistake”"
            for i in range(end, min(end + 10, upper)):
                if self.order.is_mark(i) and self.tree[i].tag != "POS":
                    return i
        token = self.tree[end]
        named = token.lower in ("as", "a", "an") or token.tag in ("JJ", "DT")
        return end if named or (self.order.is_mark(end) and token.tag != "POS") else None

    # -- clauses ----------------------------------------------------------------------------

    def _clausal(self, a: Attribution, k: int, upper: int, particle: bool) -> Words | None:
        lemma = self.tree[a.verb].lemma
        if lemma not in speech("clause") and not particle:
            return None
        at = self._clause(a, k, upper)
        if at is None:
            return None
        end = self.extent.end(at, a, "clause")
        strict = lemma in speech("object") or lemma in words("speech", "strict", "verbs")
        plain = lemma in words("speech", "plain", "verbs") and not self.order.has_finite(at, end)
        verbal = plain and any(self.order.is_verb(i) for i in range(at, end))  # mistagged
        if self.tree[at - 1].lower == "that" or verbal or self._is_clause(at, end, strict):
            return at, end, "clause"
        return None

    def _clause(self, a: Attribution, k: int, upper: int) -> int | None:
        """Where a reported clause begins: behind "that", or behind whom, when and where."""
        order, tree = self.order, self.tree
        lemma = tree[a.verb].lemma
        if lemma in speech("addressee_object"):
            end = k + 1 if tree[k].tag == "PRP" and lemma == "tell" else order.phrase_end(k, upper)
            plain = lemma == "tell" or (
                k < end < upper
                and any(order.mentions.at(i) for i in range(k, end))
                and not order.is_finite(end)
                and tree[end].tag not in ("RB", "CC")
            )
            if plain and tree[k].lower != "that":
                k = end
        start = order.past_circumstances(k, upper, told=lemma == "tell")
        if (
            start < upper
            and tree[start].text == ","
            and start + 1 < upper
            and tree[start + 1].lower == "that"
        ):
            start += 1
        if start >= upper or tree[start].text in (",", *CLOSERS) or tree[start].tag == "CC":
            return None
        if tree[start].lower == "that":
            return start + 1
        opens = tree[start].lower in words("speech", "grammar", "subordinators")
        if order.is_preposition(start) and not opens:
            for i in range(start, min(upper, start + 16)):
                if tree[i].lower == "that" and tree[i].tag == "IN":
                    return i + 1
                if order.is_finite(i):
                    break
        return start

    def _is_clause(self, start: int, end: int, strict: bool) -> bool:
        """Whether a finite verb follows that is not a relative clause's. ``strict``: right behind
        its subject, as behind verbs that take objects just as well ("claims an island")."""
        order, tree = self.order, self.tree
        question = tree[start].tag in ("WRB", "WP")
        if strict and not question:
            k = start + 1 if tree[start].tag in ("EX", "PRP") else order.phrase_end(start, end)
            while start < k < end and tree[k].lower in _ADDING:
                k = max(order.phrase_end(k + 1, end), k + 1)
            while k < end and tree[k].tag == "RB":
                k += 1
            return k < end and order.is_finite(k)
        relative = 0
        for i in range(start, end):
            if tree[i].tag in ("WDT", "WP") and i > start:
                relative += 1
            if order.is_finite(i) and not (order.is_finite(i - 1) and i > start):
                if not relative:
                    return True
                relative -= 1
        return any(self.order.quote_of[i] >= 0 for i in range(start, min(start + 2, end)))

    # -- objects ----------------------------------------------------------------------------

    def _objective(self, a: Attribution, k: int, upper: int, particle: bool) -> Words | None:
        lemma = self.tree[a.verb].lemma
        particle = particle and lemma in words("speech", "particle_objects", "verbs")
        if lemma not in speech("object") and not particle:
            return None
        if lemma in speech("addressee_to"):
            k = self.order.past_circumstances(k, upper)
        pronoun = k < upper and self.tree[k].tag == "PRP"  # "denied it"
        if pronoun or not self._told_something(k, upper) or not self._sayable(lemma, k, upper):
            return None
        return self._words(a, k, k, "object", "object")

    def _sayable(self, lemma: str, k: int, upper: int) -> bool:
        """Whether an object can be what was said: no source that is cited, no visa denied."""
        if lemma == "cite":
            mention = self.order.mentions.at(k)
            return mention is None or mention.kind not in ("person", "role", "group")
        if lemma == "raise":
            return any(
                self.tree[i].lower in words("speech", "raised", "nouns")
                for i in range(k, min(k + 6, upper))
            )
        if lemma == "deny":
            return any(
                self.tree[i].lower in words("speech", "denied", "nouns")
                or self.tree[i].tag == "VBG"
                for i in range(k, min(k + 8, upper))
            )
        return True

    def _opens_quotation(self, k: int, upper: int) -> bool:
        return k + 1 < upper and self.order.is_mark(k) and self.order.quote_of[k + 1] >= 0

    def _told_something(self, k: int, upper: int) -> bool:
        """Whether a noun phrase or a quotation follows that can be what is said."""
        order, tree = self.order, self.tree
        if k >= upper:
            return False
        if self._opens_quotation(k, upper):
            return True
        if tree[k].tag == "RB" and k + 1 < upper and tree[k + 1].tag in ("$", "CD", "DT"):
            return True
        if order.is_date(k) or tree[k].tag in ("CC", "IN", "TO", "RB", "WDT", "WP", "WRB"):
            return tree[k].lower in ("how", "both", "that", "what", "all")
        return order.phrase_end(k, upper) > k
