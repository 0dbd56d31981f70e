"""Where somebody goes: the places that words of travel lead to."""

from __future__ import annotations

from dataclasses import dataclass

from kb.extract.events import Place
from kb.extract.mentions import Mentions
from kb.extract.settings import Settings
from kb.extract.sides import PEOPLE
from kb.language.tree import Token, Tree
from kb.lexicon import VisitFrame, words

_WHOSE = frozenset({"by", "of", "from"})
_REACH = 8  # tokens
_OCCASION = 12  # tokens


@dataclass(slots=True)
class Destinations:
    """Reads destinations off one article's tree and words."""

    tree: Tree
    mentions: Mentions
    settings: Settings

    def of(self, tokens: list[int]) -> list[Place]:
        """The places that these tokens stand for, those listed with them included."""
        out: list[Place] = []
        for i in tokens:
            place = self.settings.place_at(self.tree[i])
            mention = self.mentions.at(i)
            listed = self.settings.listed_places(mention) if mention is not None else []
            for one in ([place] if place is not None else []) + listed:
                if one not in out:
                    out.append(one)
        return out

    def after(self, i: int, prepositions: frozenset[str]) -> list[Place]:
        """The places that follow a token behind a preposition, or directly where there is none to
        ask for; dates and adverbs may stand between."""
        limit = self.tree.sentence_of(i).end
        for k in range(i + 1, min(limit, i + _REACH)):
            token = self.tree[k]
            at = self.settings.place_start(k + 1 if token.lower in prepositions else k)
            if token.lower in prepositions or not prepositions:
                return self.of([at]) if at is not None else self._of_occasion(k + 1, limit)
            passable = token.pos in ("ADV", "DET", "ADJ", "NUM", "AUX") or (
                token.lower in words("visits", "span", "words")
                or self.settings.timing.at(k) is not None
            )
            if self.tree[i].pos == "NOUN" and token.lemma == "be" and "to" in prepositions:
                following = self.tree.tokens[k + 1 : k + 2]
                if any(t.lower == "to" for t in following):  # "his first trip was to X"
                    continue
            whose = self.tree[i].pos == "NOUN" and (token.lower in _WHOSE or self._of_people(k))
            if not (passable or whose) and token.lower not in ("on", "in", "early", "late"):
                return []
        return []

    def _of_occasion(self, k: int, limit: int) -> list[Place]:
        """Where a gathering is that one goes to: "flew to a conference of X in Y"."""
        gathering = False
        for token in self.tree.tokens[k : min(limit, k + _OCCASION)]:
            gathering = gathering or token.lower in words("visits", "presence", "occasions")
            if token.is_verb or token.text in (",", ";"):
                return []
            at = self.settings.place_start(token.i + 1) if token.lower in ("in", "at") else None
            if gathering and at is not None:
                return self.of([at])
        return []

    def stages(self, i: int) -> list[Place]:
        """The stages of a tour behind its noun: "starting in X on Monday and ending in Y"."""
        found: list[int] = []
        for token in self.tree.tokens[i + 1 : self.tree.sentence_of(i).end - 2]:
            if token.lower not in words("visits", "place", "stages"):
                continue
            for k in (token.i + 1, token.i + 2):
                at = (
                    self.settings.place_start(k + 1) if self.tree[k].lower in ("in", "at") else None
                )
                if at is not None:
                    found.append(at)
        return self.of(found)

    def unlisted(self, verb: Token, frame: VisitFrame) -> list[Place]:
        """A town that the gazetteer does not have, where the verb leads to nothing but places:
        "flew to Xa"."""
        k = verb.i + 1 + bool(frame.particle)
        if verb.lemma not in words("visits", "open", "to_places") or k + 1 >= len(self.tree):
            return []
        found = self.mentions.at(k + 1)
        if self.tree[k].lower not in frame.to or found is None or found.kind != "unknown":
            return []
        name = found.name or ""
        town = name[:1].isupper() and not name.isupper() and not found.states
        return [Place(name, None)] if town else []

    def _of_people(self, k: int) -> bool:
        mention = self.mentions.at(k)
        return mention is not None and mention.kind in PEOPLE

    def led_to(self, verb: Token, to: frozenset[str]) -> list[Place]:
        """Where a delegation goes, its members listed between: "leads a team including X to Y"."""
        for token in self.tree.tokens[verb.i + 1 : self.tree.sentence_of(verb.i).end]:
            if token.tag in ("VB", "VBD", "MD") or token.lower in (";", "who", "which"):
                break
            start = self.settings.place_start(token.i + 1) if token.lower in to else None
            if start is not None:
                return self.of([start])
        return []

    def to_visit(self, verb: Token) -> bool:
        """ "invited ... to visit", "invited ... for a state visit"."""
        rest = self.tree.tokens[verb.i + 1 : self.tree.sentence_of(verb.i).end]
        return any(
            t.lemma in ("visit", "come", "travel") or t.lower in words("visits", "nouns", "words")
            for t in rest
        )

    def follow(self, verb: Token) -> bool:
        rest = self.tree.tokens[verb.i + 1 : self.tree.sentence_of(verb.i).end]
        for token in rest:
            if token.lemma in ("visit", "come", "travel") or token.lower in ("visit", "trip"):
                return bool(self.after(token.i, frozenset({"to"}))) or bool(
                    self.after(token.i, frozenset())
                )
        return False
