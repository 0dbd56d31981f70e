"""What the resolvers of one article share: its tree, its mentions, and what has been linked."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from kb.extract.events import Told
from kb.extract.mentions import Mention, Mentions
from kb.gazetteer import Gazetteer
from kb.language.quotes import Quote
from kb.language.tree import Token, Tree
from kb.lexicon import speech
from kb.resolve.entities import Entity
from kb.resolve.registry import Registry

_MOST_BEFORE = 200
"""Mentions looked back at; three sentences of news have a tenth of that."""


@dataclass(slots=True)
class Context:
    """One article in the course of resolution; ``links`` maps mentions (by id) to entities."""

    tree: Tree
    mentions: Mentions
    registry: Registry
    quotes: list[Quote]
    told: list[Told]
    links: dict[int, list[Entity]] = field(default_factory=dict)
    _starts: list[int] = field(init=False)
    _told_in: dict[int, list[Told]] = field(init=False)

    def __post_init__(self) -> None:
        self._starts = [m.start for m in self.mentions]
        self._told_in = {}
        for told in self.told:
            self._told_in.setdefault(told.sentence, []).append(told)

    @property
    def gazetteer(self) -> Gazetteer:
        return self.registry.gazetteer

    def of(self, mention: Mention) -> list[Entity]:
        return self.links.get(id(mention), [])

    def told_in(self, sentence: int) -> list[Told]:
        """What a sentence tells of meetings, in its order."""
        return self._told_in.get(sentence, [])

    def before(self, i: int, sentences: int) -> list[Mention]:
        """Mentions before a token, the nearest first, at most so many sentences back, and no more
        of them than somebody keeps in mind."""
        here = self.tree[i].sentence
        out: list[Mention] = []
        last = bisect_left(self._starts, i) - 1
        for k in range(last, max(-1, last - _MOST_BEFORE), -1):
            mention = self.mentions.items[k]
            if here - self.tree[mention.start].sentence > sentences:
                break
            out.append(mention)
        return out

    def head(self, mention: Mention) -> Token:
        """The token of a mention that the sentence governs."""
        for i in range(mention.start, mention.end):
            token = self.tree[i]
            if not mention.start <= token.head < mention.end or token.head == i:
                return token
        return self.tree[mention.end - 1]

    def quoted(self, i: int) -> bool:
        """Whether a token stands in a quotation."""
        token = self.tree[i]
        return any(q.covers(token.start, token.end) for q in self.quotes)

    def is_subject(self, mention: Mention) -> bool:
        """Whether a mention is the subject of a clause, alone or coordinated."""
        token = self.tree[self.tree.first_conjunct(self.head(mention).i)]
        if token.rel == "appos":  # "the deputy, Lee, left"
            token = self.tree[token.head]
        return token.rel in ("subj", "subj_pass")

    def speaks(self, mention: Mention) -> bool:
        """Whether a mention is the subject of a verb of communication."""
        token = self.tree[self.tree.first_conjunct(self.head(mention).i)]
        verb = self.tree[token.head]
        return token.rel == "subj" and verb.lemma in speech("clause")

    def leads(self, mention: Mention) -> bool:
        """Whether a mention stands in the main clause of its sentence."""
        clause = self.tree.clause_of(self.head(mention).i)
        return clause.rel in ("root", "parataxis") or clause.head == clause.i
