"""Where reported words end: at the next attribution, or at what the reporter adds."""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal

from kb.extract.front import Fronts
from kb.extract.order import DASHES, FINITE, Order
from kb.extract.saying import Attribution
from kb.language.tree import Token
from kb.lexicon import words

Frame = Literal["clause", "infinitive", "object"]
"""How the verb takes the words: after a clause more can belong to them than after an object."""


_LONGEST = 250  # tokens of a report: what has no full stop is no prose


class Extent:
    """Finds the ends of reported words, given the attributions of the article."""

    def __init__(self, order: Order, attributions: list[Attribution], fronts: Fronts) -> None:
        self.order, self.tree, self.fronts = order, order.tree, fronts
        self.attributions = attributions
        self.verbs = [a.verb for a in attributions]

    def end(self, start: int, a: Attribution, frame: Frame) -> int:
        """The token after the last of an attribution's words, which begin at token ``start``."""
        order, tree = self.order, self.tree
        upper = min(order.sentence(a.verb)[1], start + _LONGEST)
        near = slice(bisect_left(self.verbs, start), bisect_left(self.verbs, upper))
        others = {b.start: b for b in self.attributions[near] if b.start > start}
        relative = self._in_relative(a)
        k = start
        while k < upper:
            quote = order.quote_of[k]
            if quote >= 0:
                if self._quotation_follows(k, start):
                    return self._back_over_marks(k, start)
                k = max(k + 1, order.tokens_in(0, order.quotes[quote].end)[1])
                upper = max(upper, min(k, len(tree)))
                continue
            if k > start and k in others:
                cut = self._at_attribution(k, others[k], a, start)
                if cut is not None:
                    return cut
            if frame != "clause" and self._next_predicate(k, a):
                return k
            ended = self._ends(k, upper, frame, relative)
            if ended or (k > start and self._ends_inside(k, start, upper, frame, others)):
                return self._before_span(k, start)
            k += 1
        return k if frame == "clause" else self._before_date(start, k)

    def _before_span(self, k: int, start: int) -> int:
        """Back over how long before or after: "a day", "more than two weeks"."""
        if self.tree[k].lower not in ("after", "before"):
            return k
        i = k
        if i - 1 > start and self.tree[i - 1].lower in words("speech", "ends", "spans"):
            i -= 1
            while i - 1 > start and self.tree[i - 1].lower in words("speech", "ends", "measures"):
                i -= 1
            while i - 1 > start and self.tree[i - 1].tag == "CD":
                i -= 1
            while i - 1 > start and self.tree[i - 1].lower in words("speech", "ends", "measures"):
                i -= 1
        return i

    def _next_predicate(self, k: int, a: Attribution) -> bool:
        """ "voiced concern and left": a conjunction before a verb in the tense of the first."""
        if self.tree[k].tag != "CC":
            return False
        i = k + 1
        while i < len(self.tree) and self.tree[i].tag == "RB":
            i += 1
        tag = self.tree[a.verb].tag
        return tag in FINITE and i < len(self.tree) and self.tree[i].tag == tag

    def _in_relative(self, a: Attribution) -> bool:
        """Whether the attribution stands in a relative clause, which its words may not outlast."""
        subject = a.start > 0 and self.tree[a.start - 1].tag in ("WP", "WDT")
        return subject or self._before_auxiliaries(a.verb).tag in ("WP", "WDT")

    def _before_auxiliaries(self, verb: int) -> Token:
        k = verb - 1
        while k > 0 and (
            self.tree[k].tag in ("MD", "RB") or self.tree[k].lemma in ("have", "be", "do")
        ):
            k -= 1
        return self.tree[k]

    def _ends(self, k: int, upper: int, frame: Frame, relative: bool) -> bool:
        """Whether a comma, "according to" or the end of a relative clause ends the words."""
        token = self.tree[k]
        if k + 1 >= upper:
            return False
        following = self.tree[k + 1]
        if token.text in (".", "?", "!"):
            return True  # the next sentence begins small, or with a quotation of its own
        if relative and token.text == "," and self.order.is_finite(k + 1):
            return True
        if relative and token.tag == "CC" and following.tag in ("WP", "WDT"):
            return True
        if token.lower == "according" and following.lower == "to":
            return True
        return token.text == "," and self._comma_ends(k, upper, frame)

    def _ends_inside(
        self, k: int, start: int, upper: int, frame: Frame, others: dict[int, Attribution]
    ) -> bool:
        """Whether a dash, an adjunct or a further clause ends the words without a comma."""
        token = self.tree[k]
        if token.text in DASHES and self._dash_ends(k, start, upper):
            return True
        if token.lower == "while" and k + 1 in others and self.tree[k + 1].tag == "VBG":
            return True
        if frame == "clause":
            return False
        return token.lower in words("speech", "ends", "adjuncts") or self._clause_follows(k, upper)

    def _clause_follows(self, k: int, upper: int) -> bool:
        """ "asked them to wait after Lee had left": when it was, told by a clause."""
        if self.tree[k].lower not in ("after", "while", "when", "before"):
            return False
        return any(self.order.is_finite(i) for i in range(k + 1, min(upper, k + 7)))

    def _quotation_follows(self, k: int, start: int) -> bool:
        """A full quotation behind a comma or colon is told for itself."""
        mark = k - 1
        if mark - 1 <= start or not self.order.is_mark(mark):
            return False
        return (
            self.tree[mark - 1].text in (",", ":")
            and self.tree[k].text[:1].isupper()
            and (len(self._quoted_words(k)) > 3)
        )

    def _quoted_words(self, k: int) -> list[str]:
        quote = self.order.quotes[self.order.quote_of[k]]
        return self.tree.text[quote.start : quote.end].split()

    def _back_over_marks(self, k: int, start: int) -> int:
        while k - 1 > start and (self.order.is_mark(k - 1) or self.tree[k - 1].text in (",", ":")):
            k -= 1
        return k

    def _at_attribution(self, k: int, b: Attribution, a: Attribution, start: int) -> int | None:
        """Whether a further attribution ends the words, and where; a nested one does not."""
        tree = self.tree
        left = k - 1
        while left > start and (tree[left].tag in ("RB", "RBR") or self.order.is_mark(left)):
            left -= 1
        before = tree[left]
        join = before.lower in words("speech", "ends", "joins") or before.text == ";"
        if b.own and not b.inverted and tree[b.verb].tag != "VBG":
            if self.order.is_comma(left):
                after = b.speaker is a.speaker and not a.own  # "Calling it a farce, Lee said"
                cut = left + (before.text != ",")
                return cut if after or self.fronts.of(b) is not None else None
            if (
                join
                and left - 1 >= start
                and (tree[left - 1].text == "," or before.text == ";" or before.lower == "but")
            ):
                return left - (tree[left - 1].text == ",")
            return None
        if b.inverted:
            return left if before.text == "," else None
        same = b.speaker is a.speaker
        if tree[b.verb].tag == "VBG":
            if before.text in (",", *DASHES):
                return left
            return left if before.lower in ("with", "but", "while") and left > start else None
        if join and same and tree[b.verb].tag in (*FINITE, "VBN"):
            return left - (tree[left - 1].text == ",")
        alike = tree[a.verb].tag == tree[b.verb].tag or tree[a.verb].tag == "VBN"
        return left if before.text == "," and same and alike else None

    def _comma_ends(self, k: int, upper: int, frame: Frame) -> bool:
        """Whether a comma parts the words from what the reporter adds."""
        order, tree = self.order, self.tree
        following = tree[k + 1]
        lower = following.lower
        if lower == "according" or lower in words("speech", "ends", "relaying"):
            return True
        for i in range(k + 1, min(k + 4, upper - 1)):
            span = tree[i].lower in words("speech", "ends", "spans")
            if span and tree[i + 1].lower in ("after", "before", "ahead"):
                return True
        if lower == "with":
            end = order.phrase_end(k + 2, upper)
            return end < upper and tree[end].tag == "VBG"
        if (
            following.tag == "VBG"
            and following.pos == "VERB"
            and lower not in words("speech", "ends", "listing")
        ):
            return True
        if lower in words("speech", "ends", "subordinators"):
            if lower in ("as", "even") and k + 2 < upper and tree[k + 2].lower in ("well", "as"):
                return False
            loose = lower in ("as", "while", "although", "though", "whereas", "after", "even")
            return frame != "clause" or not loose
        if lower == "but":
            after = tree[k + 2] if k + 2 < upper else following
            contrast = after.lower in ("also", "not", "only", "rather")
            return not contrast and after.tag not in ("IN", "WRB", "TO", "MD")
        if following.tag in ("WP", "WDT", "WP$") and frame == "infinitive":
            return True
        if lower == "and" and frame != "clause":
            subject = order.phrase_end(k + 2, upper)
            return subject < upper and order.is_finite(subject)
        if lower in ("a", "an", "one") or (
            following.tag in ("NNS", "NN") and order.mentions.at(k + 1) is None
        ):
            return any(
                tree[i].lower in words("speech", "ends", "comments")
                for i in range(k + 1, min(k + 5, upper))
                if tree[i].tag in ("NN", "NNS") and not order.has_finite(k + 1, i)
            )
        return False

    def _dash_ends(self, k: int, start: int, upper: int) -> bool:
        """A dash alone opens a comment; two of them hold a parenthesis."""
        token = self.tree[k]
        spaced = self.tree.text[token.start - 1 : token.start].isspace()
        if not spaced:
            return False
        if k + 1 < upper and self.tree[k + 1].tag == "CC":
            return False
        text = self.tree.text
        return not any(
            i != k and self.tree[i].text in DASHES and text[self.tree[i].start - 1].isspace()
            for i in range(start, upper)
        )

    def _before_date(self, start: int, end: int) -> int:
        """Without the day at the end that tells when it was said ("voiced concern on Monday")."""
        k = end
        while k - 1 > start and self.tree[k - 1].text in (".", "?", "!"):
            k -= 1
        if k - 3 <= start or not self.order.is_date(k - 1):
            return end
        day = k - 1
        k = day - 1 if self.tree[day - 1].lower in ("on", "late", "early", "last") else day
        before = self.tree[k - 1]
        noun = before.tag.startswith("NN") and not self.order.is_date(k - 1)
        return k if noun or before.tag == "CD" or self.order.is_mark(k - 1) else end
