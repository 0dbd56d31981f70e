"""Words in front of their attribution: "WORDS, Lee said", "WORDS, Lee said, WORDS"."""

from __future__ import annotations

from dataclasses import dataclass

from kb.extract.order import CLOSERS, DASHES, Order
from kb.extract.saying import Attribution
from kb.lexicon import speech, words


@dataclass(frozen=True, slots=True)
class Front:
    """The tokens in front that are said, None where they are a quotation of their own or lead in to
    what follows; and the token where the words go on behind the attribution, if they do."""

    span: tuple[int, int] | None = None
    goes_on: int | None = None


class Fronts:
    """Tells which attributions of an article stand behind their words."""

    def __init__(self, order: Order) -> None:
        self.order, self.tree = order, order.tree

    def of(self, a: Attribution) -> Front | None:
        """What stands in front of an attribution; None where its words do not."""
        order, tree = self.order, self.tree
        lower, upper = order.sentence(a.verb)
        if tree[a.verb].lemma not in speech("quote"):
            return None
        if tree[a.verb].tag == "VBG" and tree[a.verb - 1].lower != "as":
            return None
        before = a.start - 1
        if before < lower or not (a.own or a.inverted):
            return None
        quoted = order.is_mark(before) and tree[before].tag != "POS"
        if not quoted and not order.is_comma(before):
            return None
        if tree[before].text == "," and before - 1 >= lower and order.is_mark(before - 1):
            quoted = True
        start = self._opening(lower, before)
        if quoted:
            inside = [k for k in range(start, before) if order.quote_of[k] >= 0]
            if not inside:
                return None
            if inside[0] <= start + 1 and not any(
                order.quote_of[k] < 0 and order.is_verb(k) for k in range(start, before)
            ):
                return Front()
            behind = a.inverted or self._closes(a, upper) or order.has_finite(start, before)
            return Front((start, before)) if behind else None
        if not a.inverted and not self._closes(a, upper):
            return None
        if start >= before:
            return None
        stop = before + (tree[before].text != ",")
        if order.has_finite(start, stop):
            return Front((start, stop))
        after = self._behind(a, upper)
        if after is None or tree[after].text != "," or after + 1 >= upper:
            return None
        if order.is_preposition(start) and not order.has_finite(after + 1, upper):
            return None
        leads_in = order.is_preposition(start)  # "In Oslo, Lee said, the talks ..."
        return Front(None if leads_in else (start, stop), after + 1)

    def _opening(self, lower: int, stop: int) -> int:
        """Past "However," and "But" at the start of a sentence, and dashes behind a dateline."""
        k = lower
        while lower == 0 and k < stop and _capitals(self.tree[k].text):
            k += 1
        while k < stop and (
            self.tree[k].lower in words("speech", "openers", "words")
            or self.tree[k].text in (",", *DASHES)
        ):
            k += 1
        for i in range(k, stop):
            if self.tree[i].text == ";" and self.order.quote_of[i] < 0:
                k = i + 1
        return k

    def _behind(self, a: Attribution, upper: int) -> int | None:
        """The first token behind an attribution and its circumstances."""
        k = a.end
        if self.tree[a.verb].lemma in speech("addressee_object") and not a.inverted:
            k = max(k, self.order.phrase_end(k, upper))
        k = self.order.past_circumstances(k, upper, told=self.tree[a.verb].lemma == "tell")
        return k if k < upper else None

    def _closes(self, a: Attribution, upper: int) -> bool:
        """Whether no words follow the attribution but circumstances."""
        k = self._behind(a, upper)
        if k is None:
            return True
        token = self.tree[k]
        if self.order.quote_of[k] >= 0 or token.lower == "that":
            return False
        if token.text == ":":
            return False
        if token.text in (",", *CLOSERS, *DASHES) and not (
            self.order.is_mark(k) and k + 1 < upper and self.order.quote_of[k + 1] >= 0
        ):
            return True
        if token.tag in ("VBG", "CC"):
            return True
        return token.lower in words("speech", "ends", "subordinators") or token.lower == "when"


def _capitals(text: str) -> bool:
    """A place in capitals or what joins several, at the head of an article ("PARIS/BONN")."""
    return text in ("/", ",", "-", "–", "—") or (text.isupper() and len(text) > 3)
