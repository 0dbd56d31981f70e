"""Attribution: verbs of saying and who says it.

The speaker is read from the flat order first: the mention right before the verb ("Lee said"), right
after it (", said Lee"), or across what may stand between ("Lee, who was in Oslo, said"). The tree is
asked where the order leaves it open.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.extract import arguments as arg
from kb.extract.mentions import Mention
from kb.extract.order import DASHES, FINITE, Order
from kb.lexicon import speech, table, words

_REACH = 40
_CONJUNCTIONS = frozenset({"and", "but", "or", "then", "yet", "nor"})
_AUXILIARIES = frozenset({"have", "be", "do"})
_SUBORDINATORS = frozenset({"after", "before", "since", "as", "because", "until", "though", "although", "while", "if", "whether", "unless", "than"})  # fmt: skip
_PARTICIPIAL = frozenset({"by", "in", "while", "after", "before", "when", "with", "also", "then", "and", "but", "or"})  # fmt: skip
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly", "cannot"})


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


@dataclass(frozen=True, slots=True)
class _Subject:
    speaker: Mention | None
    start: int
    own: bool = True
    nominal: bool = False
    inverted_end: int | None = None


def all_verbs() -> frozenset[str]:
    """Every verb that can attribute words."""
    sets = ("clause", "quote", "object", "whole", "infinitive", "naming")
    listed = frozenset().union(*(speech(s) for s in sets))
    return (
        listed
        | frozenset(table("speech")["prepositional"])
        | frozenset(table("speech")["particle"])
    )


class AttributionRules:
    """Finds the attributions of one article, in text order."""

    def __init__(self, order: Order) -> None:
        self.order, self.tree = order, order.tree
        self.found: list[Attribution] = []
        self._subjects: dict[int, _Subject | None] = {}

    def find(self, skip: frozenset[int]) -> list[Attribution]:
        """All attributions outside quotations and outside the sentences to ``skip``."""
        verbs = all_verbs()
        for token in self.tree.tokens:
            if token.lemma not in verbs or token.sentence in skip:
                continue
            if not token.tag.startswith("VB") or self.order.quote_of[token.i] >= 0:
                continue
            if not self._particle_fits(token.i) or not self._asserted(token.i):
                continue
            subject = self.subject(token.i)
            if subject is None:
                continue
            inverted = subject.inverted_end is not None
            start = self._start(token.i, subject)
            self.found.append(
                Attribution(token.i, subject.speaker, start, subject.inverted_end or token.i + 1,
                            inverted, subject.own, subject.nominal)
            )  # fmt: skip
        return self.found

    def _start(self, verb: int, subject: _Subject) -> int:
        """Where the attribution begins: with what stands before the name ("Friday's Daily News")."""
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

    # -- the verb ---------------------------------------------------------------------------

    def _particle_fits(self, i: int) -> bool:
        """Verbs that attribute with a particle or preposition only ("made clear", "spoke of")."""
        lemma = self.tree[i].lemma
        sets = ("clause", "quote", "object", "whole", "infinitive", "naming")
        if any(lemma in speech(s) for s in sets):
            return True
        wanted = set(table("speech")["particle"].get(lemma, ()))
        wanted |= set(table("speech")["prepositional"].get(lemma, ()))
        return i + 1 < len(self.tree) and self.tree[i + 1].lower in wanted

    def _asserted(self, i: int) -> bool:
        """Whether the words were said: no "did not say", no "will say", no "to say"."""
        token = self.tree[i]
        left, seen = self._before_verb(i)
        if seen & _NEGATIONS:
            return False
        lower, _ = self.order.sentence(i)
        before = self.tree[left] if left >= lower else None
        if token.tag == "VB":
            if before is not None and before.lower == "to":
                return self._infinitive_told(i, left, lower)
            present = before is not None and self.order.speaker(before.i) is not None  # mistagged
            return bool(seen & {"do", "does", "did"}) or (present and not self._modal(left + 1, i))
        if token.tag == "VBN":
            if "be" in self._auxiliaries(i):
                return token.lemma == "quote"
            if not self._auxiliaries(i):
                follows = self.tree[i + 1].lower if i + 1 < len(self.tree) else ""
                subject = before is not None and self.order.speaker(before.i) is not None
                inverted = self._inverted(i) is not None
                behind = range(i + 1, min(i + 5, len(self.tree)))
                joined = before is not None and (
                    (before.text == "," and any(self.tree[k].lower == "that" for k in behind))
                    or before.lower in ("who", "which")
                    or self._joins_participle(left, lower)
                )
                return follows != "by" and (subject or inverted or joined)
            return not seen & {"would", "could", "might", "may", "will"}
        return not (token.tag == "VBG" and seen & {"will", "would", "may", "might"})

    def _modal(self, start: int, stop: int) -> bool:
        return any(self.tree[k].tag == "MD" for k in range(start, stop))

    def _joins_participle(self, left: int, lower: int) -> bool:
        """ "has called it a farce, threatened to leave": coordinated with an earlier perfect."""
        before = self.tree[left]
        joins = before.lower in _CONJUNCTIONS or before.text == "," or self.order.is_mark(left)
        if joins and any(
            a.verb >= lower and self.tree[a.verb].tag in ("VBN", "VBD") for a in self.found[-3:]
        ):
            return True
        if before.lower not in _CONJUNCTIONS:
            return False
        verb = next((k for k in range(left - 1, lower - 1, -1) if self.order.is_verb(k)), None)
        return verb is not None and self.tree[verb].tag == "VBD" and self.tree[verb].lemma != "be"

    def _auxiliaries(self, i: int) -> set[str]:
        out = set()
        k = i - 1
        while k >= 0 and self._light(k):
            if self.tree[k].lemma in _AUXILIARIES or self.tree[k].lower in ("been", "being", "'s"):
                lower = self.tree[k].lower
                out.add("be" if lower in ("been", "being") else self.tree[k].lemma)
            k -= 1
        return out

    def _light(self, k: int) -> bool:
        """Auxiliaries and adverbs, that stand between a subject and its verb."""
        token = self.tree[k]
        if token.tag == "MD" or (token.tag in ("RB", "RBR") and not self.order.is_date(k)):
            return True
        if token.lower in ("also", "later", "earlier", "meanwhile", "both", "n't", "n’t", "all"):
            return True
        return token.lemma in _AUXILIARIES and token.tag.startswith("VB")

    def _before_verb(self, i: int) -> tuple[int, set[str]]:
        """The token before a verb and its auxiliaries and adverbs, and these words."""
        k, seen = i - 1, set()
        lower, _ = self.order.sentence(i)
        while k >= lower and self._light(k):
            seen.add(self.tree[k].lower)
            k -= 1
        return k, seen

    def _infinitive_told(self, i: int, left: int, lower: int) -> bool:
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

    # -- the speaker ------------------------------------------------------------------------

    def subject(self, i: int) -> _Subject | None:
        """Who the subject of a verb is; None where the verb has none that could speak."""
        if i not in self._subjects:
            self._subjects[i] = None  # a loop finds nobody
            self._subjects[i] = self._find_subject(i)
        return self._subjects[i]

    def _find_subject(self, i: int) -> _Subject | None:
        token = self.tree[i]
        lower, _ = self.order.sentence(i)
        inverted = self._inverted(i)
        if inverted is not None:
            return inverted
        left, _ = self._before_verb(i)
        if token.tag == "VBG" and "be" not in self._auxiliaries(i):
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
        if before.lower in _CONJUNCTIONS or listed:
            return self._shared(i, lower)
        found = self._walk(left, lower)
        if found is None and before.lower in (*_CONJUNCTIONS, ","):
            return self._shared(i, lower)
        if found is None:
            return self._of_tree(i, lower)
        return found

    def _light_list(self, comma: int, lower: int) -> bool:
        """ "praised the deal, urged restraint and said": a comma between verbs of one subject."""
        return any(
            a.verb >= lower and self.tree[a.verb].tag in (*FINITE, "VBN") and a.speaker is not None
            for a in self.found[-3:]
        ) and not any(self.order.speaker(k) for k in range(max(lower, comma - 1), comma))  # fmt: skip

    def _inverted(self, i: int) -> _Subject | None:
        """ ", said the minister": after a mark or comma, with the subject behind the verb."""
        token = self.tree[i]
        if token.lemma not in speech("quote") or token.tag not in (*FINITE, "VBN") or i == 0:
            return None
        before = self.tree[i - 1]
        after_quote = self.order.is_mark(i - 1)
        if not (after_quote or before.text in (",", "?", "!", "…", "...") or before.text in DASHES):
            return None
        _, stop = self.order.sentence(i)
        k = i + 1
        while k < min(stop, i + 4) and self.order.speaker(k) is None and self.tree[k].tag in ("NN", "JJ", "DT", "CD"):  # fmt: skip
            k += 1
        if k >= stop:
            return None
        mention = self.order.speaker(k)
        if mention is None:
            named = after_quote and k > i + 1
            return _Subject(None, i, inverted_end=k) if named else None
        if mention.kind == "pronoun" and self.tree[k].tag == "PRP$":
            return self._possessed(i, k + 1, stop)
        end = mention.end
        if end < stop and self.tree[end].tag == "POS":
            return self._possessed(i, end + 1, stop)
        if not after_quote and end < stop and not self._ends_attribution(end):
            return None
        return _Subject(mention, i, inverted_end=end)

    def _possessed(self, i: int, k: int, stop: int) -> _Subject:
        """ ", said Lee's chief of staff, Anna Day": somebody of somebody's, named in apposition."""
        end = self.order.phrase_end(k, stop)
        while end + 1 < stop and self.tree[end].lower == "of":
            end = max(self.order.phrase_end(end + 1, stop), end + 1)
        if end + 1 < stop and self.tree[end].text == ",":
            named = self.order.speaker(end + 1)
            if named is not None and named.kind == "person":
                return _Subject(named, i, inverted_end=named.end)
        mention = self.order.speaker(end - 1) if end > k else None
        return _Subject(mention, i, inverted_end=end)

    def _ends_attribution(self, k: int) -> bool:
        """Whether what follows a subject behind its verb can do so: ", said Lee on Monday."."""
        token = self.tree[k]
        if self.order.is_date(k) or self.order.is_preposition(k) or self.order.is_mark(k):
            return True
        return token.text in (",", ".", ";", ":", "(") or token.tag in ("WP", "WDT", "CC")

    def _of_participle(self, i: int, left: int, lower: int) -> _Subject | None:
        """ "…, saying": the one who spoke before, or the subject of the clause; "with X saying"."""
        if left >= lower:
            mention = self.order.speaker(left)
            if mention is not None:
                return _Subject(mention, mention.start)
            if self.tree[left].lower == "as" and self.tree[i].lemma == "say":
                return self._quoted_as_saying(left, lower)
            if not self._leads_to_participle(left):
                return None
        before = [a for a in self.found[-6:] if a.verb >= lower]
        for earlier in reversed(before):
            if earlier.speaker is not None or earlier.nominal:
                return _Subject(earlier.speaker, i, own=False, nominal=earlier.nominal)
        if left < lower or all(self._opening(k) for k in range(lower, left + 1)):
            return self._coming(i)
        return self._main_subject(i, lower)

    def _leads_to_participle(self, left: int) -> bool:
        """Whether a participle behind a token can tell what the subject says besides."""
        token = self.tree[left]
        if token.lower in _PARTICIPIAL or token.text in (",", ";", *DASHES):
            return True
        if self.order.is_mark(left) or self.order.is_date(left) or token.tag in ("RB", "CC"):
            return True
        return self.order.noun_in(left, left + 1, "nouns")  # "a statement saying"

    def _quoted_as_saying(self, as_: int, lower: int) -> _Subject | None:
        """ "the agency quoted Lee as saying", "Lee was quoted by the agency as saying"."""
        for k in range(as_ - 1, max(lower - 1, as_ - 16), -1):
            if self.tree[k].lemma not in words("speech", "quoting", "verbs"):
                continue
            left, _ = self._before_verb(k)
            subject = self._walk(left, lower) if left >= lower else None
            start = subject.start if subject is not None else k
            if "be" in self._auxiliaries(k):
                return subject
            quoted = next((m for j in range(k + 1, as_) if (m := self.order.speaker(j))), None)
            return _Subject(quoted, start)
        return None

    def _opening(self, k: int) -> bool:
        return self.order.is_date(k) or self.order.is_preposition(k) or self._light(k) or self.tree[k].text == ","  # fmt: skip

    def _coming(self, i: int) -> _Subject | None:
        """ "Calling the vote a farce, Lee said": the first to follow a comma."""
        _, stop = self.order.sentence(i)
        for k in range(i + 1, stop - 1):
            if self.tree[k].text == "," or (self.order.is_mark(k) and self.tree[k - 1].text == ","):
                mention = self.order.speaker(k + 1)
                if mention is not None and mention.end < stop and (
                    self.order.is_verb(mention.end) or self._light(mention.end)
                ):  # fmt: skip
                    return _Subject(mention, i, own=False)
        return None

    def _shared(self, i: int, lower: int) -> _Subject | None:
        """The subject of a coordinated verb: that of the verb it is coordinated with."""
        tag = self.tree[i].tag
        finite = tag in FINITE
        for earlier in reversed([a for a in self.found[-6:] if a.verb >= lower]):
            if not finite or tag == "VBN" or self.tree[earlier.verb].tag == tag:
                if earlier.speaker is None and not earlier.nominal:
                    return None
                return _Subject(earlier.speaker, i, own=False, nominal=earlier.nominal)
        return self._main_subject(i, lower)

    def _main_subject(self, i: int, lower: int) -> _Subject | None:
        """The subject of the sentence's first finite verb outside relative clauses; else what the
        tree says; else who opens the sentence."""
        for k in range(lower, i):
            if not self.order.is_finite(k) or self.order.quote_of[k] >= 0:
                continue
            start, _ = self._before_verb(k)
            if start < lower or self.tree[start].tag in ("WP", "WDT", "IN"):
                continue
            if self._modal(start + 1, k + 1):
                return None  # "will meet him, urging": nothing is said yet
            walked = self._walk(start, lower)
            if walked is not None and walked.speaker is not None:
                return _Subject(walked.speaker, i, own=False)
        found = self._of_tree(i, lower)
        if found is not None:
            return _Subject(found.speaker, i, own=False)
        opening = self.order.speaker(lower)
        if opening is None or self.tree[opening.end].tag == "POS":
            return None
        return _Subject(opening, i, own=False)

    def _of_tree(self, i: int, lower: int) -> _Subject | None:
        for k in arg.agents(self.tree, self.tree[i]):
            mention = self.order.speaker(k)
            if mention is not None and self.order.quote_of[k] < 0 and lower <= k < i:
                return _Subject(mention, mention.start)
        return None

    def _walk(self, k: int, lower: int) -> _Subject | None:
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
                before = mention.start - 1
                subject = mention.end > i and tree[before].lower in _SUBORDINATORS
                if before >= floor and order.is_preposition(before) and not subject:
                    if speaker is not None:
                        passed.append(speaker)
                    k = before - 1
                    continue
                if speaker is not None:
                    first = self._first_of_pair(speaker, floor)
                    return _Subject(first, first.start)
                if not across:
                    return None
                k = before
                continue
            token = tree[k]
            if token.text == ",":
                named = self._named_between(k, floor)
                if named is not None:
                    return _Subject(named, named.start)
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
                    return _Subject(near, near.start)
                continue
            if token.tag == "VBG" and k > floor and order.mentions.at(k - 1) is not None:
                k -= 1  # "an official speaking before midnight"
                continue
            if token.tag in ("NN", "NNS", "NNP", "NNPS", "VBG", "JJ"):
                start = order.phrase_start(k, floor)
                if order.noun_in(k, k + 1, "nouns"):
                    return self._document(start, k, passed, floor)
                before = start - 1
                of_state = passed and passed[-1].kind == "state" and tree[k + 1].lower == "of"
                if of_state and token.lower in words("people", "state", "nouns"):
                    return _Subject(passed[-1], start)  # "the government of Malta"
                if before >= floor and order.is_preposition(before):
                    k = before - 1
                    continue
                if before >= floor and across and tree[before].text == ",":
                    k = before - 1
                    continue
                return _Subject(None, start) if token.tag.startswith("NN") else None
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
            or self.tree[before].lower in _CONJUNCTIONS
        )
        return first if opens or before < 0 else mention

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

    def _document(self, start: int, noun: int, passed: list[Mention], floor: int) -> _Subject:
        """ "a statement from the ministry", "the ministry's statement", "the statement"."""
        if passed:
            return _Subject(passed[-1], start, nominal=True)
        for k in range(noun - 1, max(start - 2, floor) - 1, -1):
            mention = self.order.speaker(k)
            if mention is not None:
                return _Subject(mention, mention.start, nominal=True)
        return _Subject(None, start, nominal=True)
