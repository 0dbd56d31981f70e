"""Dates that a text carries from one sentence to the next: the day of the news, a day that opens a
paragraph ("On Monday, ..."), and the date that "the next day" is counted from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from kb import edtf
from kb.extract import flat
from kb.language.date_arithmetic import Direction
from kb.language.dates import DateExpression, resolve
from kb.language.tree import Token, Tree
from kb.lexicon import words

Dates = dict[int, list[tuple[DateExpression, int]]]
"""The dates of each sentence, each with the token that stands for it."""

_NEWS = timedelta(days=1)
_DAY = len("2000-01-01")
_BACK = 2  # sentences that an opening date or "the next day" looks back
_BACKGROUND = 6  # tokens of "in the run-up to"
_OPENING = 12  # tokens before the comma that closes an opening
_APART = frozenset({"ccomp", "relcl", "acl", "parataxis"})
_ELSEWHEN = frozenset({"since", "after", "following", "until", "before", "ahead"})
_WITHOUT_YEAR = frozenset({"day", "span", "span2", "months"})
_COUNTED = frozenset({"contextual", "ago", "week", "weekday"})


@dataclass(slots=True)
class Narrative:
    """The dates of an article in the order they are told."""

    tree: Tree
    published: date | None
    dates: Dates
    _year: str | None = field(init=False)

    def __post_init__(self) -> None:
        told = (resolve(e, None) for found in self.dates.values() for e, _ in found if e.get("y"))
        self._year = max((d for d in told if d and len(d) == _DAY), default=None)

    def value(
        self, expression: DateExpression, token: int, direction: Direction | None
    ) -> str | None:
        """The EDTF date of an expression. "The next day" is counted from the date told before it;
        in an article without a date of its own, "June 3" is near the last full date of the text.
        Without a direction a weekday is the nearest one."""
        context = None
        if self.published is None and expression.kind in _WITHOUT_YEAR:
            context = self._year
        elif expression.kind in _COUNTED:
            context = self._before(token, direction)
        today = self.published
        near = direction is None or self._later(token)
        if near and expression.kind == "weekday" and today is not None:
            either = (resolve(expression, today, "past"), resolve(expression, today, "future"))
            days = [date.fromisoformat(d) for d in either if d is not None]
            return str(min(days, key=lambda d: abs(d - today))) if days else None
        return resolve(expression, self.published, direction, context)

    def _later(self, token: int) -> bool:
        """ "later on Tuesday": said on that day, whatever lies ahead."""
        behind = [t.lower for t in self.tree.tokens[max(0, token - 2) : token]]
        return behind[-1:] == ["later"] or behind == ["later", "on"]

    def _before(self, token: int, direction: Direction | None) -> str | None:
        """The date told last before a token, in its sentence or shortly before it."""
        at = self.tree[token].sentence
        for sentence in range(at, max(-1, at - _BACK - 1), -1):
            for expression, place in reversed(self.dates.get(sentence, [])):
                if place < token and expression.kind not in _COUNTED - {"weekday"}:
                    return resolve(expression, self.published, direction)
        return None

    def side(self, expression: DateExpression) -> Direction:
        """Where a weekday for which something was planned lies: "was due to meet on Monday" is past
        where that was yesterday, else it is to come."""
        value = resolve(expression, self.published, "past")
        if expression.kind != "weekday" or value is None or self.published is None:
            return "future"
        past = self.published - date.fromisoformat(value) <= _NEWS
        return "past" if past else "future"

    @property
    def news_day(self) -> str | None:
        """The day that the first sentence of a report names, if it is one of the last two."""
        for expression, _ in self.dates.get(0, []):
            value = resolve(expression, self.published, "past")
            if value is None or len(value) != _DAY or self.published is None:
                continue
            if timedelta(0) <= self.published - date.fromisoformat(value) <= _NEWS:
                return value
        return None

    def today(self, sentences: Iterable[int]) -> str | None:
        """The day of publication, where sentences speak of it: "today", "this morning"."""
        for index in sentences:
            for expression, _ in self.dates.get(index, []):
                if expression.kind == "relative":
                    value = resolve(expression, self.published)
                    if value == str(self.published):
                        return value
        return None

    def opened(self, trigger: int) -> str | None:
        """The day that a sentence shortly before in the same paragraph opens with, for what the
        trigger's sentence goes on to tell: no date of its own, and nothing of former times."""
        here = self.tree.sentence_of(trigger)
        if self.dates.get(here.index) or self._former(trigger):
            return None
        for index in range(here.index - 1, max(-1, here.index - _BACK - 1), -1):
            if self.tree.sentences[index].paragraph != here.paragraph:
                return None
            found = self.dates.get(index, [])
            if not found:
                continue
            expression, token = found[0]
            value = resolve(expression, self.published, "past")
            if value is None or len(value) != _DAY or len(found) > 1 or not self._opens(token):
                return None
            ahead = self.published is not None and edtf.latest(value) > self.published
            return None if ahead else value
        return None

    def _former(self, trigger: int) -> bool:
        """Whether the trigger is no part of what the sentence tells as news: set apart in a clause,
        told in the perfect ("had met"), named as what came before or as one of several."""
        above = [self.tree[trigger], *self.tree.ancestors(trigger)]
        if any(self._apart(t) or set(t.case) & _ELSEWHEN for t in above):
            return True
        verbs = [t for t in above if t.is_verb]
        if any(b.lemma == "have" for v in verbs for b in flat.before_verb(self.tree, v.i)):
            return True
        sentence = self.tree.span(self.tree.sentence_of(trigger))
        opening = " ".join(t.lower for t in sentence[:_BACKGROUND])
        if opening.startswith(tuple(words("governors", "planned", "prepositions"))):
            return True
        beside = {k.lower for t in above for k in self.tree.children(t.i, "amod", "advmod")}
        other = words("governors", "over", "adjectives") | words("governors", "ordinal", "words")
        return bool(beside & other)

    def _apart(self, token: Token) -> bool:
        """Whether a clause is set apart from the news; an infinitive beside it is not."""
        return token.rel in _APART and not (token.rel == "acl" and token.tag == "VB")

    def _opens(self, token: int) -> bool:
        """Whether a date opens its sentence: "On Monday, ...", "As they met on Monday, ..."."""
        sentence = self.tree.sentence_of(token)
        ahead = self.tree.tokens[sentence.start : sentence.start + _OPENING]
        if token <= sentence.start + 1 and (token == sentence.start or ahead[0].tag == "IN"):
            return True
        comma = next((t.i for t in ahead if t.text == ","), None)
        return comma is not None and token < comma and ahead[0].tag in ("IN", "WRB")
