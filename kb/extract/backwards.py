"""Leftwards from a verb to its subject, over what may stand between them."""

from __future__ import annotations

from dataclasses import dataclass

from kb.extract.mentions import Mention
from kb.extract.order import Order
from kb.lexicon import words

_REACH = 40  # tokens


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks (None: nobody we know) and the token where it is told; ``own`` and ``nominal`` as
    in :class:`~kb.extract.saying.Attribution`. ``inverted_end`` is the token behind a subject that
    follows its verb."""

    speaker: Mention | None
    start: int
    own: bool = True
    nominal: bool = False
    inverted_end: int | None = None


class Backwards:
    """Walks over the modifiers, parentheses and relative clauses of one article's sentences."""

    def __init__(self, order: Order) -> None:
        self.order, self.tree = order, order.tree

    def walk(self, k: int, lower: int) -> Subject | None:
        """Leftwards from a verb over modifiers and parentheses to the noun phrase it belongs to."""
        tree, order = self.tree, self.order
        passed: list[Mention] = []
        across = False
        i = k
        floor = max(lower, k - _REACH)
        while k >= floor:
            if order.quote_of[k] >= 0 or order.is_mark(k):
                return None
            mention = order.mentions.at(k)
            speaker = order.speaker(k)
            if order.is_date(k):
                k -= 1
                if k >= floor and order.is_preposition(k):
                    k -= 1
                continue
            if mention is not None:
                before = order.phrase_start(mention.start, floor) - 1
                subject = mention.end > i and tree[before].lower in words(
                    "speech", "grammar", "subordinators"
                )
                if before >= floor and order.is_preposition(before) and not subject:
                    if speaker is not None:
                        passed.append(speaker)
                    k = before - 1
                    continue
                if speaker is not None:
                    first = self._first_of_pair(speaker, floor)
                    return Subject(first, first.start)
                if not across:
                    return None
                k = before
                continue
            token = tree[k]
            if token.text == ",":
                named = self._named_between(k, floor)
                if named is not None:
                    return Subject(named, named.start)
                k = self._opening_comma(k, floor) - 1
                across = True
                continue
            if token.tag in ("WP", "WDT") or token.lower == "who":
                k -= 1
                while k >= floor and tree[k].text == ",":
                    k -= 1
                across = True
                near = order.speaker(k) if k >= floor else None
                kinds = (
                    ("person", "role", "group")
                    if token.lower == "who"
                    else ("state", "organization")
                )
                if near is not None and near.kind in kinds:
                    return Subject(near, near.start)
                continue
            if token.tag == "VBG" and k > floor and order.mentions.at(k - 1) is not None:
                k -= 1  # "an official speaking before midnight"
                continue
            if token.tag in ("NN", "NNS", "NNP", "NNPS", "VBG", "JJ"):
                start = order.phrase_start(k, floor)
                before = start - 1
                inner = before >= floor and order.is_preposition(before)
                if order.noun_in(k, k + 1, "nouns") and not inner:
                    return self._document(start, k, passed, floor)
                of_state = passed and passed[-1].kind == "state" and tree[k + 1].lower == "of"
                if of_state and token.lower in words("people", "state", "nouns"):
                    return Subject(passed[-1], start)  # "the government of Malta"
                if before >= floor and order.is_preposition(before):
                    k = before - 1
                    continue
                if before >= floor and across and tree[before].text == ",":
                    k = before - 1
                    continue
                return Subject(None, start) if token.tag.startswith("NN") else None
            if token.tag in ("RB", "RBR", "CD", ")", "-RRB-"):
                k -= 1
                continue
            return None
        return None

    def _first_of_pair(self, mention: Mention, floor: int) -> Mention:
        """ "Lee and Day said": the first of coordinated subjects, if no verb could govern it."""
        joined = mention.start - 1
        if joined - 1 < floor or self.tree[joined].lower not in ("and", "&"):
            return mention
        first = self.order.speaker(joined - 1)
        if first is None:
            return mention
        before = first.start - 1
        opens = (
            before < floor
            or self.tree[before].text in (",", ";")
            or self.tree[before].lower in words("speech", "grammar", "conjunctions")
        )
        if not opens:
            return mention
        while before - 1 >= floor and self.tree[before].text == ",":  # "Chad, Mali and Niger said"
            listed = self.order.speaker(before - 1)
            if listed is None or listed.kind != first.kind:
                break
            first, before = listed, listed.start - 1
        return first

    def _named_between(self, comma: int, floor: int) -> Mention | None:
        """ "the party's front-runner, Anna Day, said": a name in apposition to a description."""
        inner = self.order.speaker(comma - 1) if comma > floor else None
        if inner is None or inner.kind != "person" or inner.start - 2 < floor:
            return None
        described = self.order.speaker(inner.start - 2)
        noun = self.tree[inner.start - 2].tag in ("NN", "NNP")
        if self.tree[inner.start - 1].text == "," and noun and described is None:
            return inner
        return None

    def _opening_comma(self, comma: int, floor: int) -> int:
        """The comma that opens a parenthesis; the closing one where a mention holds the other."""
        for k in range(comma - 1, floor, -1):
            if self.tree[k].text == ",":
                return k
        return comma if self.order.speaker(comma - 1) is not None else floor

    def _document(self, start: int, noun: int, passed: list[Mention], floor: int) -> Subject:
        """ "a statement from the ministry", "the ministry's statement", "the statement"."""
        if passed:
            return Subject(passed[-1], start, nominal=True)
        body = self.tree[noun - 1].lower if noun > start else ""
        if body in words("people", "organization", "keywords"):  # "the ministry statement"
            for earlier in reversed(self.order.before(noun)):
                if earlier.kind == "organization" and body in earlier.text.lower().split():
                    return Subject(earlier, start, nominal=True)
        for k in range(noun - 1, max(start - 2, floor) - 1, -1):
            mention = self.order.speaker(k)
            if mention is not None:
                return Subject(mention, mention.start, nominal=True)
        return Subject(self._sender(noun), start, nominal=True)

    def _sender(self, noun: int) -> Mention | None:
        """Whose "the message" is: who sent or issued one, or congratulated, in the sentence
        before."""
        lower, _ = self.order.sentence(noun)
        if lower == 0 or self.tree[noun - 1].lower != "the":
            return None
        first, stop = self.order.sentence(lower - 1)
        for k in range(first + 1, stop):
            sends = self.tree[k].lemma in words("speech", "sending", "verbs")
            if sends and self.tree[k].tag in ("VBD", "VBZ", "VBN") and self.order.quote_of[k] < 0:
                subject = self.walk(k - 1, first)
                return subject.speaker if subject is not None and not subject.nominal else None
        return None
