"""Direct quotation: who said the words between the marks.

The attribution stands behind the quotation ("…," Lee said), before it (Lee said: "…"), or goes on
from an earlier one: in the same paragraph, or in the next one that opens with a quotation.
"""

from __future__ import annotations

from bisect import bisect_left

from kb.extract.events import Said
from kb.extract.mentions import Mention
from kb.extract.order import DASHES, Order
from kb.extract.saying import Attribution
from kb.lexicon import speech

_FRAGMENT = 4  # words; shorter quotations within a sentence are nobody's statement
_PARAGRAPHS = 20  # of one quotation that are searched for its attribution
_FINAL = (".", "?", "!", "…")


class QuotationRules:
    """Attributes the quotations of an article, given its attributions and what is reported."""

    def __init__(self, order: Order, attributions: list[Attribution]) -> None:
        self.order, self.tree = order, order.tree
        self.attributions = attributions
        self.verbs = [a.verb for a in attributions]

    def attribute(self, index: int, last: Said | None) -> Said | None:
        """The statement that a quotation makes; ``last`` is the statement before it in the text."""
        quote = self.order.quotes[index]
        first, past = self.order.tokens_in(quote.start, quote.end)
        if first >= past:
            return None
        if self._names_a_work(index, first, past):
            return None
        found = self._after(index, past) or self._before(first) or self._further_on(index)
        if found is not None:
            speaker, trigger = found
            if speaker is None and last is not None and self._near(last, first):
                speaker = last.speaker
            return self._said(index, speaker, trigger, "attributed") if speaker else None
        if not self._stands_alone(index, first):
            return None
        if last is not None and self._near(last, first):
            lead = self._lead_in(first, last)
            speaker = lead if lead is not None else last.speaker
            return self._said(index, speaker, first, "continued") if speaker else None
        lead = self._lead_in(first, None)
        return self._said(index, lead, first, "led-in") if lead is not None else None

    def _said(self, index: int, speaker: Mention, trigger: int, rule: str) -> Said:
        quote = self.order.quotes[index]
        first = self.order.token_at(quote.start)
        return Said(
            quote.start,
            quote.end,
            speaker,
            True,
            self.tree[first].sentence,
            trigger,
            f"quote:{rule}",
        )

    # -- beside the quotation ---------------------------------------------------------------

    def _after(self, index: int, past: int) -> tuple[Mention | None, int] | None:
        """ "…," Lee said; "…," said Lee; "…," Lee, the minister, told them on Monday."""
        order, tree = self.order, self.tree
        quote = order.quotes[index]
        k = past
        while (
            k < len(tree)
            and (order.is_mark(k) or tree[k].text == ",")
            and tree[k].start < quote.end + 4
        ):
            k += 1
        if k >= len(tree) or order.paragraph(k) != order.paragraph(past - 1) or not quote.closed:
            return None
        text = tree.text[quote.start : quote.end]
        comma = (
            text.endswith((",", "–", "—", "-", "--")) or "," in tree.text[quote.end : tree[k].start]
        )
        if not comma and text.endswith(".") and not text.endswith("..."):
            return None
        stop = self._clause_end(k)
        for a in self._between(k, stop):
            adjacent = a.start <= k + 1
            if adjacent or (comma and a.own and order.speaker(k) is a.speaker):
                return a.speaker, a.verb
            if a.inverted and a.verb <= k + 1:
                return a.speaker, a.verb
            if comma and a.own and not order.has_finite(k, a.start) and a.start <= k + 12:
                return a.speaker, a.verb
            break
        mention = order.speaker(k)
        if comma and mention is not None and mention.kind in ("person", "role"):
            end = mention.end  # "…," Lee, a spokesman for the ministry. The verb is left out.
            if end >= stop or tree[end].text in (",", ".") or order.is_preposition(end):
                return mention, k
        return None

    def _clause_end(self, k: int) -> int:
        """The end of the sentence or the start of the next quotation."""
        _, stop = self.order.sentence(k)
        for i in range(k, stop):
            if self.order.quote_of[i] >= 0:
                return i
        return stop

    def _before(self, first: int) -> tuple[Mention | None, int] | None:
        """Lee said: "…"; Lee said, "…"; Lee said that "…"; Lee told them, in short, "…"."""
        order, tree = self.order, self.tree
        mark = first - 1
        lower, _ = order.sentence(max(mark, 0))
        k = mark - 1
        if k < lower:
            return None
        candidates = self._between(lower, mark)
        if not candidates:
            if tree[k].text == ":":
                mention = order.speaker(k - 1) if k > lower else None
                if mention is not None and mention.start == lower and mention.kind == "person":
                    return mention, k - 1
            return None
        a = candidates[-1]
        if any(order.quote_of[i] >= 0 for i in range(a.end, mark)) and tree[k].text not in (
            ",",
            ":",
        ):
            return None
        lemma = tree[a.verb].lemma
        joined = (
            tree[k].tag == "CC"
            or tree[k].text in (",", ":", *DASHES)
            or tree[k].lower in ("that", "as")
            or k < a.end
        )
        if not joined:
            joined = order.past_circumstances(a.end, mark, told=lemma == "tell") >= mark
        if not joined and lemma == "tell":
            joined = (
                order.past_circumstances(order.phrase_end(a.end, mark), mark, told=True) >= mark
            )
        verbal = (
            lemma in speech("quote")
            or lemma in speech("naming")
            or lemma in speech("clause")
            or lemma == "quote"
        )
        return (a.speaker, a.verb) if joined and verbal else None

    def _between(self, start: int, stop: int) -> list[Attribution]:
        """Attributions whose verb lies in a range of tokens."""
        return self.attributions[bisect_left(self.verbs, start) : bisect_left(self.verbs, stop)]

    def _further_on(self, index: int) -> tuple[Mention | None, int] | None:
        """Of a quotation that runs on through paragraphs, the attribution of a later one."""
        quotes = self.order.quotes
        last = min(index + _PARAGRAPHS, len(quotes) - 1)
        while not quotes[index].closed and index < last:
            index += 1
            found = self._after(index, self.order.tokens_in(0, quotes[index].end)[1])
            if found is not None:
                return found
        return None

    def _names_a_work(self, index: int, first: int, past: int) -> bool:
        """'on the programme "Tonight": "…"': a title before the words themselves."""
        if not self.order.is_title(self.order.quotes[index]) or first < 2:
            return False
        shown = self.order.noun_in(first - 2, first - 1, "nouns", "venues")
        behind = past + 1 < len(self.tree) and self.tree[past + 1].text in (":", ",")
        return shown and behind

    # -- without attribution ----------------------------------------------------------------

    def _stands_alone(self, index: int, first: int) -> bool:
        """Whether a quotation is a sentence of its own, no words within the reporter's."""
        order, tree = self.order, self.tree
        quote = order.quotes[index]
        text = tree.text[quote.start : quote.end]
        if len(text.split()) < _FRAGMENT and not text.endswith(_FINAL):
            return False
        mark = first - 1
        k = mark - 1
        opens = mark < 0 or k < 0 or order.paragraph(k) != order.paragraph(first)
        if not opens:
            before = tree[k]
            opens = (
                before.text in (*_FINAL, ":", ")", "…") or order.is_mark(k) or before.text in DASHES
            )
            opens = opens or (before.text == "," and text[:1].isupper())
        return opens and (text.endswith(_FINAL) or not quote.closed or not text[:1].islower())

    def _near(self, last: Said, first: int) -> bool:
        """Whether the last statement is close enough to go on: in the paragraph, or at the end of
        the one before where this one opens with the quotation."""
        order = self.order
        here = order.paragraph(first)
        there = order.paragraph(order.token_at(max(last.end - 1, 0)))
        if here == there:
            return True
        opens = first < 2 or order.paragraph(first - 2) != here
        return opens and here - there == 1

    def _lead_in(self, first: int, last: Said | None) -> Mention | None:
        """Whoever the sentence before the quotation is about, if it says nothing itself: "Lee was
        blunt." A sentence that does attribute words is the last statement's."""
        order, tree = self.order, self.tree
        k = first - 2
        if k < 0:
            return None
        if order.paragraph(k) != order.paragraph(first) and last is not None:
            return None
        lower, upper = order.sentence(k)
        if last is not None and last.end > tree[lower].start:
            return None
        for i in range(lower, min(upper, lower + 12)):
            mention = order.speaker(i)
            if mention is None or mention.kind not in ("person", "role", "pronoun"):
                continue
            if i > lower and order.is_preposition(i - 1):
                continue
            if (
                mention.end < upper
                and order.is_finite(mention.end)
                and tree[mention.start].tag != "PRP$"
            ):
                return mention
        return None
