"""Reported speech: which words of a sentence an attribution makes somebody's.

"Lee said (that) WORDS", "WORDS, Lee said", "WORDS, Lee said, WORDS", "Lee urged them WORDS". Where
the words begin and end is read from the flat order: behind what tells when, where and to whom they
were said, up to the next attribution or what the reporter adds.
"""

from __future__ import annotations

from kb.extract.complements import Complements
from kb.extract.events import Said
from kb.extract.extent import Extent
from kb.extract.front import Fronts
from kb.extract.mentions import Mention
from kb.extract.order import DASHES, Order
from kb.extract.saying import Attribution, is_medium
from kb.lexicon import speech, words

Span = tuple[int, int]


class ReportRules:
    """Finds reported speech, given the attributions of the article."""

    def __init__(self, order: Order, attributions: list[Attribution]) -> None:
        self.order, self.tree = order, order.tree
        self.attributions = attributions
        self.fronts = Fronts(order)
        self.extent = Extent(order, attributions, self.fronts)
        self.complements = Complements(order, self.extent)

    def find(self) -> list[Said]:
        """Every report, nested ones included; a speaker that only the context tells is None."""
        out: list[Said] = []
        for a in self.attributions:
            if a.speaker is None and not a.nominal:
                continue
            front = self.fronts.of(a)
            if front is None:
                behind = self.complements.of(a)
                if behind is not None:
                    out.append(self._said(a, *behind))
                continue
            if front.span is not None:
                out.append(self._said(a, *front.span, "front"))
            if front.goes_on is not None:
                end = self.extent.end(front.goes_on, a, "clause")
                out.append(self._said(a, front.goes_on, end, "front"))
        return [s for s in out if s.end > s.start]

    def _said(self, a: Attribution, start: int, end: int, rule: str) -> Said:
        speaker = a.speaker
        addressees = [] if rule == "naming" else self.addressees(a)
        source = self._cited(a.verb)
        if source is not None and is_medium(speaker):
            speaker = source
        first, last = self._trim(start, end)
        whole = self._as_quote(first, last)
        return Said(
            first,
            last,
            speaker,
            whole,
            self.tree[a.verb].sentence,
            a.verb,
            f"{'quote' if whole else 'reported'}:{rule}",
            addressees,
        )

    def addressees(self, a: Attribution) -> list[Mention]:
        """Who is told: the object of "told", who follows "to"."""
        order, tree = self.order, self.tree
        _, upper = order.sentence(a.verb)
        lemma = tree[a.verb].lemma
        heads: list[int] = []
        if a.end < upper and lemma in speech("addressee_object") and not a.inverted:
            heads.append(a.end)
            if tree[a.end].lower in ("on", "upon") and a.end + 1 < upper:
                heads.append(a.end + 1)
        if lemma in speech("addressee_to"):
            for k in range(a.end, min(a.end + 8, upper - 1)):
                if tree[k].lower == "to":
                    heads.append(k + 1)
                    break
                if order.is_finite(k) or tree[k].lower == "that":
                    break
        out = []
        for k in heads:
            mention = order.speaker(k)
            if mention is None or mention is a.speaker or mention.kind == "unknown":
                continue
            last = mention.text.lower().split()[-1]
            if last in words("speech", "audience", "words") or is_medium(mention):
                continue
            out.append(mention)
        return out

    def _cited(self, verb: int) -> Mention | None:
        """ "Yonhap said …, citing a senior official": whose words they are."""
        lower, upper = self.order.sentence(verb)
        for k in range(lower, upper - 1):
            if self.tree[k].lower in words("speech", "ends", "relaying"):
                end = min(self.order.phrase_end(k + 1, upper), upper)
                for i in range(k + 1, max(end, k + 2)):
                    if (mention := self.order.speaker(i)) is not None:
                        return mention
        return None

    def _trim(self, start: int, end: int) -> Span:
        """Characters of tokens ``start`` to ``end``, without the punctuation around them."""
        tree = self.tree
        edge = (",", ".", ";", ":", *DASHES)
        while start < end and tree[start].text in edge:
            start += 1
        while end > start and tree[end - 1].text in edge:
            end -= 1
        if start >= end:
            return 0, 0
        first, last = tree[start].start, tree[end - 1].end
        last -= tree[end - 1].text.endswith(",")
        opening = (
            self.order.is_mark(start) and self.order.quote_of[min(start + 1, len(tree) - 1)] >= 0
        )
        closing = self.order.is_mark(end - 1) and self.order.quote_of[end - 2] >= 0
        if opening and closing and self.order.quote_of[start + 1] == self.order.quote_of[end - 2]:
            quote = self.order.quotes[self.order.quote_of[start + 1]]
            return quote.start, quote.end
        return first, last

    def _as_quote(self, first: int, last: int) -> bool:
        i = self.order.token_at(first)
        quote = self.order.quote_of[i]
        return quote >= 0 and self.order.quotes[quote].covers(first, last)
