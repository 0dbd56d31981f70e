"""More training sentences from those there are: the same trees with other names.

Diplomatic news is full of names the treebanks do not have, behind titles they rarely have. Names of
persons are replaced by those of office holders of all regions, and get a title in front
("Chinese Foreign Minister Wang Yi"), an apposition behind, or company ("A, B and C"); states are
replaced by others; long names are cut down to one word, as the rules show them to the parser.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.language.training.conllu import MISSING, Sentence
from kb.language.training.phrases import Phrases
from kb.language.training.pieces import Piece, join, word
from kb.language.training.splice import is_subtree, splice, top

NOMINAL = frozenset(
    {"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent"}
    | {"nmod", "conj", "root", "appos", "nmod:poss"}
)
"""Relations of a name that can take a title: not that of a compound's first half."""
BEFORE = frozenset({"case", "punct", "cc", "mark", "advmod"})
"""Relations of words before a name that leave room for a title between them and it."""
HEAVY = frozenset({"appos", "conj", "nmod:desc", "acl:relcl", "flat"})
"""Relations of words under a name that leave no room for an apposition or for company."""


@dataclass(frozen=True, slots=True)
class Span:
    """A name in a sentence; ``kind`` is PERSON, PLACE or ORG."""

    start: int
    end: int
    kind: str


def spans(sentence: Sentence) -> list[Span]:
    """Names by their labels; where there are none, runs of flat proper nouns as persons."""
    if not sentence.entities or MISSING in sentence.entities:
        return list(_flat(sentence))
    out: list[Span] = []
    for i, label in enumerate(sentence.entities):
        if label.startswith("B-"):
            end = i + 1
            while end < len(sentence) and sentence.entities[end].startswith("I-"):
                end += 1
            out.append(Span(i, end, label[2:]))
    return out


def _flat(sentence: Sentence) -> Iterator[Span]:
    i = 0
    while i < len(sentence):
        end = i + 1
        while (
            end < len(sentence)
            and sentence.tags[end] == "NNP"
            and sentence.relations[end] == "flat"
            and sentence.heads[end] == i
        ):
            end += 1
        if sentence.tags[i] == "NNP" and end > i + 1:
            yield Span(i, end, "PERSON")
        i = end


class Augmenter:
    """Makes variants of sentences; ``names`` are full names of persons."""

    def __init__(self, names: Sequence[str], seed: int = 0) -> None:
        self.rng = random.Random(seed)
        self.phrases = Phrases(names, self.rng)

    def vary(self, sentence: Sentence) -> Sentence | None:
        """The sentence with one or more of its names changed; None where it has none to change."""
        out = sentence
        for span in reversed(spans(sentence)):
            if self.rng.random() < 0.8 and is_subtree(out, span.start, span.end):
                out = self._change(out, span)
        return None if out is sentence else out

    def reduce(self, sentence: Sentence) -> Sentence | None:
        """The sentence with its names, titles included, each cut down to one familiar word; None
        where it has none. So the rules show sentences to the parser (``kb.language.reduce``)."""
        out = sentence
        for span in reversed(spans(sentence)):
            start, end = span.start, span.end
            if not is_subtree(out, start, end):
                continue
            if span.kind == "PERSON":
                start = _phrase_start(out, start, top(out, start, end))
                if not is_subtree(out, start, end):
                    start = span.start
            familiar = self.phrases.pick(f"known_{span.kind}")
            out = splice(out, start, end, word(familiar, "NNP", f"B-{span.kind}"))
        return None if out is sentence else out

    def _change(self, sentence: Sentence, span: Span) -> Sentence:
        start, end = span.start, span.end
        if span.kind == "PERSON":
            return self._renamed(sentence, span)
        if span.kind == "PLACE":
            plain = end == start + 1 and sentence.relations[start] != "compound"
            return splice(sentence, start, end, self.phrases.state()) if plain else sentence
        if self.rng.random() < 0.3:
            body = word(self.phrases.pick("bodies"), "NNP", "B-ORG")
            return splice(sentence, start, end, body)
        return sentence

    def _renamed(self, sentence: Sentence, span: Span) -> Sentence:
        """The sentence with another person in it; at times by surname, without the title."""
        head = top(sentence, span.start, span.end)
        if self.rng.random() >= 0.15:
            return splice(sentence, span.start, span.end, self._person(sentence, span, head))
        start = _phrase_start(sentence, span.start, head)
        piece = word(self.phrases.surname(), "NNP", "B-PERSON")
        if is_subtree(sentence, start, span.end):
            return splice(sentence, start, span.end, piece)
        return sentence

    def _person(self, sentence: Sentence, span: Span, head: int) -> Piece:
        """A new name, in plain or with company, as the place in the sentence allows."""
        name = self.phrases.name()
        kids = [
            i for i, h in enumerate(sentence.heads) if h == head and not span.start <= i < span.end
        ]
        bare = sentence.relations[head] in NOMINAL and all(
            i > head or sentence.relations[i] in BEFORE for i in kids
        )
        dice = self.rng.random()
        if not bare:
            return name
        if dice < 0.45:
            return join([*self.phrases.title(), (name, -1, "root")])
        following = sentence.tags[span.end] if span.end < len(sentence) else "POS"
        if following == "POS" or any(sentence.relations[i] in HEAVY for i in kids):
            return name
        if dice < 0.6:
            return self.phrases.apposition(name, closed=following in (",", ".", ":", "''"))
        if dice < 0.7:
            return self.phrases.company(name)
        return name


def _phrase_start(sentence: Sentence, start: int, head: int) -> int:
    """Where the title before a name begins: all of its subtree that directly precedes."""
    first = start
    while first > 0:
        i = first - 1
        chain = i
        while sentence.heads[chain] >= 0 and chain != head and sentence.relations[chain] != "case":
            if sentence.heads[chain] == head and sentence.relations[chain] != "nmod:desc":
                break
            chain = sentence.heads[chain]
        if chain != head or (sentence.tags[i] in (",", "IN") and sentence.heads[i] == head):
            break
        first = i
    return first
