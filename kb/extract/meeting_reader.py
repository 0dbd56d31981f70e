"""One telling of a meeting, of a verb or a noun with its participants."""

from __future__ import annotations

from dataclasses import replace

from kb.extract import flat
from kb.extract.events import Told
from kb.extract.mentions import Mention, Mentions
from kb.extract.settings import Settings
from kb.extract.sides import Sides
from kb.extract.status import status_of
from kb.extract.tense import announced
from kb.language.tree import Token, Tree
from kb.lexicon import words
from kb.model import Medium

_BACK = 3  # tokens
_AFTER = 8
_TOLD_SO = ("held", "planned")


class MeetingReader:
    """What the rules of verbs and of nouns share: an article, and how to tell of a meeting."""

    def __init__(self, tree: Tree, mentions: Mentions, settings: Settings, sides: Sides) -> None:
        self.tree, self.mentions, self.settings, self.sides = tree, mentions, settings, sides

    def tell(
        self,
        trigger: Token,
        sides: list[Mention],
        medium: Medium,
        anchors: tuple[int, ...],
        rule: str,
        apart: bool = False,
    ) -> list[Told]:
        """The telling with its circumstances; none where the words tell of no event. ``apart`` from
        others of the same words, it is set where the last of the sides is."""
        finding = status_of(self.tree, self.mentions, trigger.i)
        if finding is None:
            return []
        if trigger.i in self.sides.talk and (finding.present or finding.status not in _TOLD_SO):
            return []  # wishes and courtesies of a conversation
        if finding.status == "held" and self.settings.timing.ahead(trigger.i, anchors):
            finding = replace(finding, status="planned")  # "when she meets him next week"
        date = self.settings.timing.date(trigger.i, finding.status, anchors, finding.present)
        finding = announced(finding, date)
        if apart:
            date = self.settings.timing.behind(sides[-1].end, finding.status) or date
        since = self.settings.timing.since(trigger.sentence)
        if finding.status == "denied" and since is not None:
            finding, date = replace(finding, status="held"), since  # "had not met since 2019"
        how = self.settings.medium(trigger.i, medium, *anchors)
        where = None
        if how not in ("phone", "video"):
            where = self.settings.behind(sides[-1]) if apart else None
            where = where or self.settings.place(trigger.i, *anchors, *self._happening(trigger))
        return [
            Told(
                trigger=trigger.i,
                sentence=trigger.sentence,
                status=finding.status,
                source=finding.source,
                borrowed=finding.borrowed,
                present=finding.present,
                sides=sides,
                medium=how,
                date=date,
                place=where,
                rule=rule,
                another=self._another(trigger),
                earlier=self._earlier(trigger),
                there=self._there(trigger),
            )
        ]

    def _happening(self, trigger: Token) -> tuple[int, ...]:
        """The verb that a meeting is the subject of: "the talks broke down in Rome"."""
        head = self.tree[trigger.head]
        return (head.i,) if trigger.rel in ("subj", "subj_pass") and head.is_verb else ()

    def _another(self, trigger: Token) -> bool:
        """ "a meeting": one not told before."""
        first = self.tree[flat.phrase_start(self.tree, self.mentions, trigger.i)]
        return trigger.pos == "NOUN" and first.lower in ("a", "an", "another")

    def _earlier(self, trigger: Token) -> bool:
        """ "Last time we met", "have met six times": not the meeting that the article is about."""
        first = max(self.tree.sentence_of(trigger.i).start, trigger.i - _BACK)
        before = [t.lower for t in self.tree.tokens[first : trigger.i]]
        after = [t.lower for t in self.tree.tokens[trigger.i + 1 : trigger.i + 1 + _AFTER]]
        several = set(after) & words("meetings", "earlier", "times")
        verb = trigger.tag.startswith("VB")
        return verb and bool(several or set(before) & words("meetings", "earlier", "words"))

    def _there(self, trigger: Token) -> bool:
        """ "While there, she met ...", "met him there"."""
        first = self.tree.sentence_of(trigger.i).start
        opening = self.tree.tokens[first : first + _BACK]
        behind = self.tree.tokens[trigger.i + 1 : trigger.i + 1 + _BACK]
        return any(t.lower == "there" and t.tag == "RB" for t in (*opening, *behind))
