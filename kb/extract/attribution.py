"""Attribution: where an article says that somebody said something."""

from __future__ import annotations

from kb.extract.backwards import Subject
from kb.extract.order import Order
from kb.extract.saying import Attribution, VerbGroups, all_verbs
from kb.extract.subjects import Subjects
from kb.lexicon import words

_FUTURE = frozenset({"will", "would", "may", "might", "could"})


class AttributionRules:
    """Finds the attributions of one article, in text order."""

    def __init__(self, order: Order) -> None:
        self.order, self.tree = order, order.tree
        self.verbs = VerbGroups(order)
        self.found: list[Attribution] = []
        self.subjects = Subjects(order, self.verbs, self.found)

    def find(self, skip: frozenset[int]) -> list[Attribution]:
        """All attributions outside quotations and outside the sentences to ``skip``."""
        verbs = all_verbs()
        for token in self.tree.tokens:
            if token.lemma not in verbs or token.sentence in skip:
                continue
            if not token.tag.startswith("VB") or self.order.quote_of[token.i] >= 0:
                continue
            if not self.verbs.fits(token.i) or not self._asserted(token.i):
                continue
            subject = self.subjects.of(token.i)
            if subject is None:
                continue
            inverted = subject.inverted_end is not None
            start = self._start(token.i, subject)
            self.found.append(
                Attribution(
                    token.i,
                    subject.speaker,
                    start,
                    subject.inverted_end or token.i + 1,
                    inverted,
                    subject.own,
                    subject.nominal,
                )
            )
        return self.found

    def _start(self, verb: int, subject: Subject) -> int:
        """Where it begins: with what stands before the name ("Friday's Daily News")."""
        if subject.inverted_end is not None or not subject.own:
            return verb
        lower, _ = self.order.sentence(verb)
        k = min(subject.start, verb)
        while k > lower and self.order.quote_of[k - 1] < 0:
            token = self.tree[k - 1]
            within = self.tree[k].tag == "POS" or self.order.speaker(k - 1) is not None
            if not within and (
                token.tag not in ("NN", "NNS", "NNP", "JJ", "JJR", "DT", "POS", "CD")
                or self.order.is_date(k - 1)
                or self.order.is_comma(k - 1)
                or token.lower == "that"
            ):
                break
            k -= 1
        return k

    def _asserted(self, i: int) -> bool:
        """Whether the words were said: no "did not say", no "will say", no "to say"."""
        token = self.tree[i]
        left, seen = self.verbs.before(i)
        if seen & words("governors", "negation", "words"):
            return False
        lower, _ = self.order.sentence(i)
        before = self.tree[left] if left >= lower else None
        if token.tag == "VB":
            if before is not None and before.lower == "to":
                return self.verbs.infinitive_told(i, left, lower)
            present = before is not None and self.order.speaker(before.i) is not None  # mistagged
            return bool(seen & {"do", "does", "did"}) or (
                present and not self.verbs.modal(left + 1, i)
            )
        if token.tag == "VBN":
            if "be" in self.verbs.auxiliaries(i):
                return token.lemma == "quote"
            if not self.verbs.auxiliaries(i):
                follows = self.tree[i + 1].lower if i + 1 < len(self.tree) else ""
                subject = before is not None and self.order.speaker(before.i) is not None
                inverted = self.subjects.inverted(i) is not None
                behind = range(i + 1, min(i + 5, len(self.tree)))
                joined = before is not None and (
                    (before.text == "," and any(self.tree[k].lower == "that" for k in behind))
                    or before.lower in ("who", "which")
                    or self._joins_participle(left, lower)
                )
                return follows != "by" and (subject or inverted or joined)
            return not seen & _FUTURE
        return not (token.tag == "VBG" and seen & _FUTURE)

    def _joins_participle(self, left: int, lower: int) -> bool:
        """ "has called it a farce, threatened to leave": coordinated with an earlier perfect."""
        before = self.tree[left]
        joins = (
            before.lower in words("speech", "grammar", "conjunctions")
            or before.text == ","
            or self.order.is_mark(left)
        )
        if joins and any(
            a.verb >= lower and self.tree[a.verb].tag in ("VBN", "VBD") for a in self.found[-3:]
        ):
            return True
        if before.lower not in words("speech", "grammar", "conjunctions"):
            return False
        verb = next((k for k in range(left - 1, lower - 1, -1) if self.order.is_verb(k)), None)
        return verb is not None and self.tree[verb].tag == "VBD" and self.tree[verb].lemma != "be"
