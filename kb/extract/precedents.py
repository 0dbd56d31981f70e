"""Who went first and who went before: "the first pope to visit X since Y in 1982", "the last
president to visit X was Y"."""

from __future__ import annotations

from dataclasses import dataclass

from kb.extract.mentions import Mention, Mentions
from kb.language.tree import Token, Tree
from kb.lexicon import words

_BEFORE = 10  # tokens that the description of who went may have
_BEHIND = 14  # tokens up to the one named


@dataclass(slots=True)
class Precedents:
    """Reads such comparisons off one article's words."""

    tree: Tree
    mentions: Mentions

    def described(self, verb: Token) -> bool:
        """Whether an infinitive only describes by rank who went: "the last premier to visit X"."""
        k = verb.i - 1
        if k <= self.tree.sentence_of(verb.i).start or self.tree[k].lower != "to":
            return False
        return self._ranked(k)

    def _ranked(self, end: int) -> bool:
        """Whether the words right before a token rank somebody: "the first sitting president"."""
        first = max(self.tree.sentence_of(end).start, end - _BEFORE)
        ranks = words("visits", "precedent", "ranks")
        for k in range(end - 1, first - 1, -1):
            token = self.tree[k]
            if ranks.intersection(token.lower.split()):  # a mention's words are one token
                return True
            if token.is_verb and token.tag != "VBG":
                return False
            if token.lower in (",", "who", "which", "to"):
                return False
        return False

    def who(self, verb: Token) -> list[Mention]:
        """Who "the last president to visit X" was: the name behind "was"."""
        for k in self._behind(verb.i):
            if self.tree[k].lemma in ("be", "remain"):
                return self._named(k + 1, verb)
        return []

    def since(self, trigger: Token) -> Mention | None:
        """Whose journey a journey is the first after."""
        start = trigger.i - 1 if trigger.is_verb else trigger.i
        if not self._ranked(start):
            return None
        for k in self._behind(trigger.i):
            if self.tree[k].lower == "since":
                named = self._named(k + 1, trigger)
                return named[0] if named else None
        return None

    def _named(self, k: int, trigger: Token) -> list[Mention]:
        """The person named by a token, who held then the office of those compared."""
        named = self.mentions.at(k)
        if named is None or named.kind != "person":
            return []
        compared = next(
            (m for i in range(trigger.i - 1, max(-1, trigger.i - _BEFORE), -1)
             if (m := self.mentions.at(i)) is not None and m.kind == "role"), None
        )  # fmt: skip
        if compared is not None and not named.states and not named.office:
            named.states, named.modifiers = compared.states, named.modifiers | {"former"}
            named.office, named.office_kind = compared.office, compared.office_kind
        return [named]

    def _behind(self, i: int) -> range:
        return range(i + 1, min(self.tree.sentence_of(i).end - 1, i + _BEHIND))
