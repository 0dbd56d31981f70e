"""When: which date of a sentence is an event's, read off the tree around its trigger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from kb.extract import flat
from kb.extract.mentions import Mentions
from kb.extract.narrative import Dates, Narrative
from kb.extract.simplify import DateAt
from kb.language.date_arithmetic import Direction
from kb.language.date_words import table
from kb.language.dates import DateExpression, lies_ahead, resolve
from kb.language.tree import Token, Tree
from kb.lexicon import meeting_nouns, speech, visit_verbs, words
from kb.model import Status

_ELSEWHEN = frozenset({"since", "after", "following", "until", "before"})
_ELSEWHEN_RANK = 3
_DAY_PARTS = ("morning", "afternoon", "evening")
_WHEN = frozenset({"before", "as", "when", "while"})
_BESIDE = frozenset({"after", "following", "during", "at"})
_OPEN = ("since", "until", "till")
_SINCE_REACH = 6  # tokens
_BESIDE_REACH = 3  # tokens at least before "..., after talks"
_PHRASE = 7  # tokens of an event noun's phrase, its place and participants included
_OWN = 4  # steps up the tree within which a date is the trigger's own


@cache
def event_nouns() -> frozenset[str]:
    """Nouns of meeting and travel: a date that hangs on one is that one's."""
    return frozenset(meeting_nouns()) | words("visits", "nouns", "words")


@cache
def _deciding() -> frozenset[str]:
    """Verbs that decide about an event: a date before it is that of the decision."""
    listed = [
        verb
        for kind in ("planned", "proposed", "cancelled")
        for verb in words("governors", kind, "verbs")
    ]
    return frozenset(verb.split("-")[0] for verb in listed)


@cache
def _placing() -> frozenset[str]:
    """Verbs that say of an event that it takes place."""
    return words("meetings", "light", "holding") | words("meetings", "light", "happen")


@dataclass(slots=True)
class Timing:
    """The dates of an article by sentence, each with the token that stands for it."""

    tree: Tree
    mentions: Mentions
    published: date | None
    dates: Dates
    narrative: Narrative

    @classmethod
    def of(
        cls,
        tree: Tree,
        mentions: Mentions,
        dates: list[DateAt],
        published: date | None,
    ) -> Timing:
        """The dates found in a text, in the order of its sentences."""
        by_sentence: Dates = {}
        for found in dates:
            by_sentence.setdefault(found.sentence, []).append((found.expression, found.token))
        narrative = Narrative(tree, published, by_sentence)
        return cls(tree, mentions, published, by_sentence, narrative)

    @property
    def tokens(self) -> frozenset[int]:
        """The tokens that stand for dates."""
        return frozenset(token for found in self.dates.values() for _, token in found)

    def at(self, i: int) -> DateExpression | None:
        """The date that begins with a token."""
        for expression, token in self.dates.get(self.tree[i].sentence, []):
            if token == i:
                return expression
        return None

    def since(self, sentence: int) -> str | None:
        """The date behind "since" in a sentence."""
        for expression, _ in self.dates.get(sentence, []):
            if expression.has_prep == "since":
                return resolve(expression, self.published, "past")
        return None

    def date(
        self, trigger: int, status: Status, anchors: tuple[int, ...] = (), present: bool = False
    ) -> str | None:
        """The EDTF date that the trigger's clause gives the event, None where it gives none.

        ``anchors`` are further tokens whose dates count (a light verb above a noun). What is told
        in the present tense for a weekday lies ahead ("arrives on Friday"). Of what was called off
        only a date of its own counts: the others tell when it was called off.
        """
        off = status in ("cancelled", "denied")
        ranked = self._ranked(trigger, anchors, off)
        ahead = present or status in ("planned", "proposed")
        direction: Direction | None = "future" if ahead else "past"
        if status == "cancelled":
            direction = None
        if ahead and ranked and self._was_planned(trigger):
            direction = self.narrative.side(ranked[0][0])
        for expression, token in ranked:
            value = self.narrative.value(expression, token, direction)
            if value is not None:
                return value
        if off:
            return None
        if self._part_of_day(trigger):
            return self.narrative.news_day
        if ranked:
            return None
        return self._carried(trigger) if status == "held" else self._gathering(trigger)

    def _carried(self, trigger: int) -> str | None:
        """The date that the tree does not give what has happened: beside its words, or its news."""
        told = self._right_behind(trigger) or self._set_off(trigger)
        if told is None and self._beside_speech(trigger):
            told = self.narrative.news_day
        return told or self.narrative.opened(trigger)

    def _gathering(self, trigger: int) -> str | None:
        """The date of what a journey ahead is made for: "will fly to Rome for the June 3 summit",
        "to attend a summit on June 3"."""
        if self.tree[trigger].lemma not in visit_verbs():
            return None
        attending = words("meetings", "light", "attending")
        for expression, token in self.dates.get(self.tree[trigger].sentence, []):
            above = self.tree[self.tree[token].head]
            noun = above.lower in event_nouns()
            made_for = noun and above.case == ("for",) and above.head == trigger
            verb = self.tree[above.head] if noun else above
            if made_for or (verb.lemma in attending and verb.head == trigger):
                return self.narrative.value(expression, token, "future")
        return None

    def behind(self, end: int, status: Status) -> str | None:
        """The date right behind somebody: "A in Rome on Monday and B on Tuesday"."""
        direction: Direction = "future" if status in ("planned", "proposed") else "past"
        for token in self.tree.tokens[end : end + _OWN + 1]:
            if token.lower in ("and", ",") or token.is_verb:
                return None
            if (found := self.at(token.i)) is not None:
                return resolve(found, self.published, direction)
        return None

    def ahead(self, trigger: int, anchors: tuple[int, ...] = ()) -> bool:
        """Whether the trigger's clause sets the event in time to come: "meets her next week"."""
        return any(lies_ahead(e) for e, _ in self._ranked(trigger, anchors, off=False)[:1])

    def _ranked(
        self, trigger: int, anchors: tuple[int, ...], off: bool
    ) -> list[tuple[DateExpression, int]]:
        """The dates that can be the trigger's with their tokens, the nearest first; ``off`` asks
        for its own."""
        ranked = []
        for expression, token in self.dates.get(self.tree[trigger].sentence, []):
            rank = self._distance(expression, token, trigger, anchors)
            if rank is None or (off and (token < trigger or rank > _OWN)):
                continue
            between = self.tree.tokens[trigger + 1 : token]
            if any(t.lower in _ELSEWHEN for t in between):
                rank += _ELSEWHEN_RANK  # "met on Monday, a day after the vote on Sunday"
            ranked.append((rank, abs(token - trigger), expression, token))
        return [(e, token) for _, _, e, token in sorted(ranked, key=lambda r: r[:2])]

    def _right_behind(self, trigger: int) -> str | None:
        """The date right behind the phrase of an event noun, whatever the tree hangs it on: "asked
        about the summit in Rome last year"."""
        if self.tree[trigger].lower not in event_nouns():
            return None
        for token in self.tree.tokens[trigger + 1 : trigger + _PHRASE]:
            found = self.at(token.i)
            if found is not None and found.has_prep in _OPEN:
                return None
            if found is not None:
                return self.narrative.value(found, token.i, "past")
            if token.tag != "IN" and not token.is_nominal and token.pos not in ("DET", "ADJ"):
                return None
        return None

    def _set_off(self, trigger: int) -> str | None:
        """The date of what was said or agreed at an event that stands behind a comma: "said on
        Monday that trade was growing, after talks with"."""
        start = flat.phrase_start(self.tree, self.mentions, trigger)
        sentence = self.tree.sentence_of(trigger)
        if start - sentence.start < _BESIDE_REACH or self.tree[start - 1].lower not in _BESIDE:
            return None
        dates = self.dates.get(sentence.index, [])
        if self.tree[start - 2].text != "," or len(dates) != 1 or dates[0][1] > start:
            return None
        expression, token = dates[0]
        verb = self.tree[self.tree[token].head]
        told = verb.rel == "root" and verb.lemma in speech("quote") | _deciding()
        return self.narrative.value(expression, token, "past") if told else None

    def _was_planned(self, trigger: int) -> bool:
        """Whether a plan is told in the past: "was due to meet"."""
        left = self.tree.tokens[max(0, trigger - _OWN) : trigger]
        past = any(t.lemma == "be" and t.tag == "VBD" for t in left)
        return past and left[-1].lower == "to"

    def _beside_speech(self, trigger: int) -> bool:
        """Whether the event accompanies what somebody said for the report: "said after talks",
        "told a news conference with", "told the visiting minister"."""
        below = self.tree[trigger]
        if below.lemma in speech("quote"):
            return True
        if any(t.lemma == "have" for t in flat.before_verb(self.tree, trigger)):
            return False  # what has happened before
        for above in list(self.tree.ancestors(trigger))[:_OWN]:
            if below.rel in ("relcl", "acl"):
                return False
            if above.is_verb and below.rel in ("ccomp", "parataxis", "conj"):
                return False
            if above.lemma in speech("quote"):
                return True
            below = above
        return False

    def _part_of_day(self, trigger: int) -> bool:
        """ "In the afternoon, he will meet ...": on the day that the report is about."""
        sentence = self.tree.sentence_of(trigger)
        opening = [t.lower for t in self.tree.tokens[sentence.start : sentence.start + 3]]
        return opening[:2] == ["in", "the"] and opening[2] in _DAY_PARTS

    def _distance(
        self, expression: DateExpression, token: int, trigger: int, anchors: tuple[int, ...]
    ) -> int | None:
        """How near a date stands to the trigger in the tree; None where it belongs elsewhere."""
        if expression.has_prep in _OPEN or self._behind_since(token, trigger):
            return None
        if self._attributive(token, trigger):
            return None
        if self._right_before(token, trigger):
            return _OWN
        near = {trigger, *anchors}
        if self._neighbours(token, near):
            return None
        path = [self.tree[token], *self.tree.ancestors(token)]
        for steps, above in enumerate(path):
            if above.i in near:
                return steps
            if not steps:
                continue
            if above.is_verb or (above.tag == "NNS" and above.lemma in visit_verbs()):
                return self._in_clause(above, steps, token, trigger, near)
            if set(above.case) & _ELSEWHEN or above.lower in event_nouns():
                return None
        return len(path) + 20

    def _right_before(self, token: int, trigger: int) -> bool:
        """ "On Monday after brief talks with ...": told in one breath, whatever the tree says."""
        between = self.tree.tokens[token + 1 : trigger]
        opened = bool(between) and between[0].lower in _BESIDE
        return opened and all(t.pos in ("ADJ", "DET") for t in between[1:])

    def _neighbours(self, token: int, near: set[int]) -> bool:
        """Whether a date stands right behind another event that was before or after: "met X ahead
        of a summit on Friday"."""
        noun = self.tree[token - len(self.tree[token].case) - 1] if token else self.tree[0]
        other = noun.lower in event_nouns() and noun.i not in near and noun.i < token
        return other and bool(set(noun.case) & (_ELSEWHEN | {"ahead", "prior"}))

    def _in_clause(
        self, verb: Token, steps: int, token: int, trigger: int, near: set[int]
    ) -> int | None:
        """A date that hangs on another verb: one below the trigger counts unless it opens a clause
        of its own; one above counts for what happens beside it, not for what is said or agreed."""
        if near & {t.i for t in self.tree.ancestors(verb.i)}:
            if self._at_once(verb, near):
                return steps + 15
            if self._placed_by(verb, near):
                return steps
            if self._behind_aside(verb, token):
                return steps + 10
            return None if self._clause_between(verb, near) else steps + 10
        for start in near:
            below = self.tree[start]
            for above in self.tree.ancestors(start):
                if above.i == verb.i:
                    if start == trigger and self.former(trigger):
                        return None
                    content = below.rel in ("ccomp", "parataxis", "conj", "xcomp")
                    if token < trigger and self._ahead_of(trigger):
                        return None  # "met on Monday ahead of talks with"
                    if self._days_from(trigger):
                        return None
                    said = verb.lemma in speech("quote") and content
                    settled = token < trigger and below.rel != "obl" and verb.lemma in _deciding()
                    return None if said or settled else steps + 5
                below = above
        if verb.lemma in speech("quote"):
            return None
        return steps + 20 if len(self.dates[self.tree[trigger].sentence]) == 1 else None

    def former(self, trigger: int) -> bool:
        """Whether an event noun names what is only talked about: "recent talks", "discussed her
        trip"; it is not of the day of what is told of it."""
        if self.tree[trigger].lower not in event_nouns():
            return False
        over = words("governors", "over", "adjectives")
        if any(k.lower in over for k in self.tree.children(trigger, "amod")):
            return True
        above = self.tree[self.tree[trigger].head]
        topic = above.lemma in words("governors", "over", "topics")
        return topic and self.tree[trigger].rel == "obj"

    def _placed_by(self, clause: Token, near: set[int]) -> bool:
        """Whether a clause says when the trigger, or the phrase it heads, takes place: "talks with
        X scheduled for Monday", "held on Monday", "a visit that began on Monday"."""
        head = self.tree[clause.head]
        if clause.rel == "relcl":
            return head.i in near and head.lower in event_nouns() and clause.lemma in _placing()
        inside = head.i in near or (head.rel in ("nmod", "conj") and head.head in near)
        told = clause.lemma in _deciding() | _placing() and clause.tag == "VBN"
        return clause.rel == "acl" and inside and told

    def _behind_aside(self, clause: Token, token: int) -> bool:
        """Whether a date stands behind the comma that closes a relative clause with a date of its
        own: "met X, who left in April, on Monday"."""
        if clause.rel != "relcl":
            return False
        first = token - len(self.tree[token].case)
        dated = any(clause.i < t < first for t in self.tokens)
        return dated and self.tree[first - 1].text == ","

    def _ahead_of(self, trigger: int) -> bool:
        """Whether the trigger is what something else came before."""
        before = f" {flat.introduced_by(self.tree, self.mentions, trigger)}"
        return any(before.endswith(f" {p}") for p in words("governors", "planned", "prepositions"))

    def _days_from(self, trigger: int) -> bool:
        """Whether the trigger is what something else was counted from: "a day after meeting X"."""
        before = flat.introduced_by(self.tree, self.mentions, trigger).split()
        counted = len(before) > 1 and before[-2].removesuffix("s") in table()["units"]
        return counted and before[-1] in _ELSEWHEN

    def _at_once(self, verb: Token, near: set[int]) -> bool:
        """Whether a clause only says when: "Before he leaves on Monday"."""
        marks = {k.lower for k in self.tree.children(verb.i, "mark", "case", "advmod")}
        return verb.head in near and bool(marks & _WHEN)

    def _clause_between(self, verb: Token, near: set[int]) -> bool:
        """Whether a clause of its own lies between a verb and what it depends on."""
        for above in (verb, *self.tree.ancestors(verb.i)):
            if above.i in near:
                return False
            if above.rel in ("advcl", "relcl", "ccomp", "acl", "parataxis"):
                return True
        return False

    def _behind_since(self, token: int, trigger: int) -> bool:
        """Whether "since" stands shortly before, and not before the trigger as well: "the first
        meeting since 2012", but "since his visit in 2012"."""
        first = max(self.tree.sentence_of(token).start, token - _SINCE_REACH)
        since = [t.i for t in self.tree.tokens[first:token] if t.lower == "since"]
        if not since or since[-1] < trigger < token:
            return False
        taken = any(t in self.tokens for t in range(since[-1] + 1, token))
        return not (taken and self.tree[token].case)  # "the first since 2019 on July 8"

    def _attributive(self, token: int, trigger: int) -> bool:
        """Whether a date only tells a thing from others: "the 2014 accord"."""
        date = self.tree[token]
        head = self.tree[date.head]
        thing = head.pos in ("NOUN", "PROPN") and self.mentions.at(head.i) is None
        clock = head.lower == "time"  # "Sunday local time"
        return date.i < head.i and not date.case and head.i != trigger and thing and not clock
