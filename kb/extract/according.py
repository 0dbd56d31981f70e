"""According to: "According to Lee, WORDS"; "WORDS, according to Lee"."""

from __future__ import annotations

from bisect import bisect_left

from kb.extract.events import Said
from kb.extract.mentions import Mention
from kb.extract.order import Order
from kb.extract.saying import Attribution
from kb.lexicon import words


class AccordingRules:
    """Finds what is told on somebody's authority, given the attributions of the article."""

    def __init__(self, order: Order, attributions: list[Attribution]) -> None:
        self.order, self.tree = order, order.tree
        self.attributions = attributions
        self.verbs = [a.verb for a in attributions]

    def find(self, taken: frozenset[int]) -> list[Said]:
        """Reports outside the sentences ``taken``."""
        order, tree = self.order, self.tree
        out: list[Said] = []
        for token in tree.tokens:
            i = token.i
            if token.lower != "according" or token.sentence in taken or order.quote_of[i] >= 0:
                continue
            lower, upper = order.sentence(i)
            if i + 2 >= upper or tree[i + 1].lower != "to":
                continue
            speaker, end = self._source(i + 2, upper)
            if speaker is None:
                continue
            if i - lower <= 1:
                comma = next(
                    (k for k in range(end, upper) if tree[k].text == "," and order.quote_of[k] < 0),
                    None,
                )
                if comma is None:
                    continue
                start, stop = comma + 1, upper
            else:
                start, stop = self._clause_before(i, lower), i
            if self._attributed(start, stop):
                continue  # somebody else's words are only passed on
            said = self._passage(start, stop, speaker, i)
            if said is not None:
                out.append(said)
        return out

    def _attributed(self, start: int, stop: int) -> bool:
        """Whether the words hold an attribution of their own."""
        found = self.attributions[bisect_left(self.verbs, start) : bisect_left(self.verbs, stop)]
        return any(a.speaker is not None and self.tree[a.verb].tag != "VBG" for a in found)

    def _source(self, i: int, upper: int) -> tuple[Mention | None, int]:
        """Whose word it is ("the ministry", "a statement from the ministry"), and where it ends."""
        order = self.order
        end = order.phrase_end(i, upper)
        k = i
        ends = (",", ".", ";", "that", "which", "who")
        while k < min(i + 10, upper) and self.tree[k].lower not in ends:
            mention = order.speaker(k)
            if mention is not None and not order.is_date(k):
                if mention.end < upper and self.tree[mention.end].tag == "POS":
                    k = mention.end + 1  # a possessor is not the source
                    if order.noun_in(k, min(k + 2, upper), "nouns"):
                        return mention, order.phrase_end(k, upper)
                    continue
                cited = self._cited(mention.end, upper)
                return (cited or mention), max(end, (cited or mention).end)
            k += 1
        return None, end

    def _cited(self, i: int, upper: int) -> Mention | None:
        for k in range(i, min(i + 3, upper - 1)):
            if self.tree[k].lower in words("speech", "ends", "relaying"):
                for j in range(k + 1, min(k + 9, upper)):
                    mention = self.order.speaker(j)
                    possessor = j + 1 < upper and self.tree[j + 1].tag == "POS"
                    if mention is not None and not possessor:
                        return mention
        return None

    def _clause_before(self, i: int, lower: int) -> int:
        """The start of the clause that ends before an attribution: behind "but" or a semicolon."""
        for k in range(i - 2, lower, -1):
            if self.tree[k].text == ";":
                return k + 1
        while lower < i and self.tree[lower].lower in (*words("speech", "openers", "words"), ","):
            lower += 1
        return lower

    def _passage(self, start: int, stop: int, speaker: Mention, i: int) -> Said | None:
        tree = self.tree
        while start < stop and tree[start].text in (",", "–", "—", "--", "-"):
            start += 1
        while stop > start and tree[stop - 1].text in (",", ".", ";", ":"):
            stop -= 1
        if stop - start < 3:
            return None
        return Said(
            tree[start].start,
            tree[stop - 1].end,
            speaker,
            False,
            tree[i].sentence,
            i,
            "reported:according",
        )
