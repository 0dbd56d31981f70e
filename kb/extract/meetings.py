"""Meetings: who came together with whom, told by a verb or by a noun."""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract import flat, partners
from kb.extract.attendance import Attendance
from kb.extract.conversation import joint_appearance
from kb.extract.events import Said, Told
from kb.extract.meeting_nouns import NounRules
from kb.extract.meeting_verbs import VerbRules
from kb.extract.mentions import Mentions
from kb.extract.settings import Settings
from kb.extract.sides import PEOPLE, Sides
from kb.language.quotes import Quote
from kb.language.tree import Token, Tree
from kb.lexicon import meeting_nouns, meeting_verbs, words


class MeetingRules:
    """Applies ``meetings.toml`` to one article."""

    def __init__(
        self,
        tree: Tree,
        mentions: Mentions,
        settings: Settings,
        quotes: list[Quote],
        said: Sequence[Said] = (),
    ) -> None:
        self.tree, self.mentions, self.quotes = tree, mentions, quotes
        self.narrative = settings.timing.narrative
        sides = Sides(tree, mentions, settings.timing.tokens, said)
        self.turns = sides.turns
        self.attendance = Attendance(tree, mentions, sides)
        self.verbs = VerbRules(tree, mentions, settings, sides)
        self.nouns = NounRules(tree, mentions, settings, sides)

    def find(self) -> list[Told]:
        """All tellings, in the order of the text."""
        out: list[Told] = []
        for token in self.tree.tokens:
            verbal = token.tag.startswith("VB") and not flat.nominal(
                self.tree, self.mentions, token.i
            )
            frame = meeting_verbs().get(token.lemma) if verbal else None
            told: list[Told] = []
            if frame is not None:
                told = self.verbs.read(token, frame) or (
                    self.verbs.on_the_phone(token) if frame.sense == "tell" else []
                )
            elif verbal and token.lemma in words("meetings", "by_phone", "verbs"):
                told = self.verbs.on_the_phone(token)
            elif token.lower in words("meetings", "beside", "prepositions"):
                told = self.verbs.beside(token)
            elif not verbal and token.lower in words("meetings", "visit", "nouns"):
                told = self.verbs.visited(token)
            elif token.lower in words("meetings", "hand", "nouns"):
                told = self.verbs.hand_in_hand(token)
            elif self._gerund(token):
                told = self.verbs.read(token, meeting_verbs()["meet"])
            if not verbal and not told and token.lower in meeting_nouns() and token.pos != "ADJ":
                told = self.nouns.read(token)
            if told and self._quoted(token):
                told = [t for t in told if all(partners.named(m) for m in t.sides)]
            out += told
        out += self.attendance.find()
        out += joint_appearance(self.tree, self.turns, self.narrative)
        return sorted(out, key=lambda t: t.trigger)

    def _gerund(self, token: Token) -> bool:
        """ "meeting X", whatever the tag: a noun does not take its object without a preposition."""
        following = self.mentions.at(token.i + 1)
        return (
            token.lower == "meeting"
            and following is not None
            and following.start == token.i + 1
            and following.kind in PEOPLE
            and self.mentions.at(token.i) is None
        )

    def _quoted(self, token: Token) -> bool:
        return any(q.covers(token.start, token.end) for q in self.quotes)
