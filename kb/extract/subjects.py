"""Subjects of verbs of saying.

The speaker is read from the flat order: the mention right before the verb ("Lee said"), right
after it (", said Lee"), or across what may stand between ("Lee, who was in Oslo, said").
"""

from __future__ import annotations

from kb.extract.backwards import Backwards, Subject
from kb.extract.order import DASHES, FINITE, Order
from kb.extract.saying import Attribution, VerbGroups
from kb.lexicon import speech, words


class Subjects:
    """Finds the subjects of one article's verbs of saying, in text order; ``found`` are the
    attributions before the one in question, which coordinated verbs share a speaker with."""

    def __init__(self, order: Order, verbs: VerbGroups, found: list[Attribution]) -> None:
        self.order, self.tree, self.verbs, self.found = order, order.tree, verbs, found
        self.backwards = Backwards(order)

    def of(self, i: int) -> Subject | None:
        """Who the subject of a verb is; None where the verb has none that could speak."""
        token = self.tree[i]
        lower, _ = self.order.sentence(i)
        inverted = self.inverted(i)
        if inverted is not None:
            return inverted
        left, _ = self.verbs.before(i)
        if token.tag == "VBG" and "be" not in self.verbs.auxiliaries(i):
            return self._of_participle(i, left, lower)
        while left > lower and self.order.is_date(left):  # "Lee on Tuesday said"
            left -= 2 if self.order.is_preposition(left - 1) else 1
        if left < lower:
            return None
        if token.tag == "VB" and self.tree[left].lower == "to":
            return self._shared(i, lower)
        before = self.tree[left]
        quoted = self.order.is_mark(left) and self.tree[left - 1].text == ","
        listed = (before.text == "," or quoted) and self._light_list(left, lower)
        if before.lower in words("speech", "grammar", "conjunctions") or listed:
            return self._shared(i, lower)
        found = self.backwards.walk(left, lower)
        if found is None and before.lower in (*words("speech", "grammar", "conjunctions"), ","):
            return self._shared(i, lower)
        return found

    def _light_list(self, comma: int, lower: int) -> bool:
        """ "praised the deal, urged restraint and said": a comma between verbs of one subject."""
        return any(
            a.verb >= lower and self.tree[a.verb].tag in (*FINITE, "VBN") and a.speaker is not None
            for a in self.found[-3:]
        ) and not any(self.order.speaker(k) for k in range(max(lower, comma - 1), comma))

    def inverted(self, i: int) -> Subject | None:
        """ ", said the minister": after a mark or comma, with the subject behind the verb."""
        token = self.tree[i]
        if token.lemma not in speech("quote") or token.tag not in (*FINITE, "VBN") or i == 0:
            return None
        if token.lemma == "tell":
            return None  # ", told reporters": whoever follows is told
        before = self.tree[i - 1]
        after_quote = self.order.is_mark(i - 1)
        if not (after_quote or before.text in (",", "?", "!", "…", "...") or before.text in DASHES):
            return None
        _, stop = self.order.sentence(i)
        k = i + 1
        while (
            k < min(stop, i + 4)
            and self.order.speaker(k) is None
            and self.tree[k].tag in ("NN", "JJ", "DT", "CD")
        ):
            k += 1
        if k >= stop:
            return None
        mention = self.order.speaker(k)
        if mention is None:
            named = after_quote and k > i + 1
            return Subject(None, i, inverted_end=k) if named else None
        if mention.kind == "pronoun" and self.tree[k].tag == "PRP$":
            return self._possessed(i, k + 1, stop)
        end = mention.end
        if end < stop and self.tree[end].tag == "POS":
            return self._possessed(i, end + 1, stop)
        if not after_quote and end < stop and not self._ends_attribution(end):
            return None
        return Subject(mention, i, inverted_end=end)

    def _possessed(self, i: int, k: int, stop: int) -> Subject:
        """ ", said Lee's chief of staff, Anna Day": somebody of somebody's, named in apposition."""
        end = self.order.phrase_end(k, stop)
        while end + 1 < stop and self.tree[end].lower == "of":
            end = max(self.order.phrase_end(end + 1, stop), end + 1)
        if end + 1 < stop and self.tree[end].text == ",":
            named = self.order.speaker(end + 1)
            if named is not None and named.kind == "person":
                return Subject(named, i, inverted_end=named.end)
        mention = self.order.speaker(end - 1) if end > k else None
        return Subject(mention, i, inverted_end=end)

    def _ends_attribution(self, k: int) -> bool:
        """Whether what follows a subject behind its verb can do so: ", said Lee on Monday."."""
        token = self.tree[k]
        if self.order.is_date(k) or self.order.is_preposition(k) or self.order.is_mark(k):
            return True
        return token.text in (",", ".", ";", ":", "(") or token.tag in ("WP", "WDT", "CC")

    def _of_participle(self, i: int, left: int, lower: int) -> Subject | None:
        """ "…, saying": the one who spoke before, or the subject of the clause; "with X saying"."""
        if left >= lower:
            mention = self.order.speaker(left)
            if mention is not None:
                return Subject(mention, mention.start)
            if self.tree[left].lower == "as" and self.tree[i].lemma == "say":
                return self._quoted_as_saying(left, lower)
            if not self._leads_to_participle(left):
                return None
        before = [a for a in self.found[-6:] if a.verb >= lower]
        for earlier in reversed(before):
            if earlier.speaker is not None or earlier.nominal:
                return Subject(earlier.speaker, i, own=False, nominal=earlier.nominal)
        if left < lower or all(self._opening(k) for k in range(lower, left + 1)):
            return self._coming(i)
        return self._main_subject(i, lower)

    def _leads_to_participle(self, left: int) -> bool:
        """Whether a participle behind a token can tell what the subject says besides."""
        token = self.tree[left]
        if token.lower in words("speech", "grammar", "participial") or token.text in (
            ",",
            ";",
            *DASHES,
        ):
            return True
        if self.order.is_mark(left) or self.order.is_date(left) or token.tag in ("RB", "CC"):
            return True
        return self.order.noun_in(left, left + 1, "nouns")  # "a statement saying"

    def _quoted_as_saying(self, as_: int, lower: int) -> Subject | None:
        """ "the agency quoted Lee as saying", "Lee was quoted by the agency as saying"."""
        for k in range(as_ - 1, max(lower - 1, as_ - 16), -1):
            if self.tree[k].lemma not in words("speech", "quoting", "verbs"):
                continue
            left, _ = self.verbs.before(k)
            subject = self.backwards.walk(left, lower) if left >= lower else None
            start = subject.start if subject is not None else k
            if "be" in self.verbs.auxiliaries(k):
                return subject
            quoted = next((m for j in range(k + 1, as_) if (m := self.order.speaker(j))), None)
            return Subject(quoted, start)
        return None

    def _opening(self, k: int) -> bool:
        return (
            self.order.is_date(k)
            or self.order.is_preposition(k)
            or self.verbs.light(k)
            or self.tree[k].text == ","
        )

    def _coming(self, i: int) -> Subject | None:
        """ "Calling the vote a farce, Lee said": the first to follow a comma."""
        _, stop = self.order.sentence(i)
        for k in range(i + 1, stop - 1):
            if self.tree[k].text == "," or (self.order.is_mark(k) and self.tree[k - 1].text == ","):
                mention = self.order.speaker(k + 1)
                if (
                    mention is not None
                    and mention.end < stop
                    and (self.order.is_verb(mention.end) or self.verbs.light(mention.end))
                ):
                    return Subject(mention, i, own=False)
        return None

    def _shared(self, i: int, lower: int) -> Subject | None:
        """The subject of a coordinated verb: that of the verb it is coordinated with."""
        tag = self.tree[i].tag
        finite = tag in FINITE
        for earlier in reversed([a for a in self.found[-6:] if a.verb >= lower]):
            if not finite or tag == "VBN" or self.tree[earlier.verb].tag == tag:
                if earlier.speaker is None and not earlier.nominal:
                    return None
                return Subject(earlier.speaker, i, own=False, nominal=earlier.nominal)
        return self._main_subject(i, lower)

    def _main_subject(self, i: int, lower: int) -> Subject | None:
        """The subject of the sentence's first finite verb outside relative clauses; else who opens
        the sentence."""
        for k in range(lower, i):
            if not self.order.is_finite(k) or self.order.quote_of[k] >= 0:
                continue
            start, _ = self.verbs.before(k)
            if start < lower or self.tree[start].tag in ("WP", "WDT", "IN"):
                continue
            if self.verbs.modal(start + 1, k + 1):
                return None  # "will meet him, urging": nothing is said yet
            walked = self.backwards.walk(start, lower)
            if walked is not None and walked.speaker is not None:
                return Subject(walked.speaker, i, own=False)
        opening = self.order.speaker(lower)
        if opening is None or self.tree[opening.end].tag == "POS":
            return None
        return Subject(opening, i, own=False)
