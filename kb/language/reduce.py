"""Parsing a simplified sentence: names of any length stand as one familiar word.

A small parser trained on little text stumbles over "President of the Federative Republic of Brazil
Jair Bolsonaro"; it does not over "Obama". So what has been recognised on the words alone - actors,
places, dates, hyphenated modifiers - is handed to the parser as one stand-in word of its kind, and
the tree that comes back is read as a tree over the original spans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.language.tree import Token, Tree, link, neutral
from kb.language.words import Sentence, Words

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Merge:
    """Tokens ``start`` to ``end`` stand as one, shown to the parser as ``stand_in`` tagged ``tag``."""

    start: int
    end: int
    stand_in: str
    tag: str


def parse_reduced(nlp: Language, words: Words, merges: Sequence[Merge]) -> tuple[Tree, list[int]]:
    """Parse an article with the given spans merged.

    Returns the tree and, for each original token, the index of the tree's token that covers it.
    """
    from spacy.tokens import Doc

    starts = {m.start: m for m in merges}
    index = [0] * len(words)
    tokens: list[Token] = []
    docs: list[Doc] = []
    bounds: list[tuple[int, int]] = []
    for sentence in words.sentences:
        first, shown, spaces = len(tokens), [], []
        i = sentence.start
        while i < sentence.end:
            merge = starts.get(i)
            end = merge.end if merge is not None and merge.end <= sentence.end else i + 1
            for k in range(i, end):
                index[k] = len(tokens)
            word, last = words[i], words[end - 1]
            tokens.append(
                Token(
                    i=len(tokens), text=words.slice(i, end), start=word.start, end=last.end,
                    tag=merge.tag if merge else word.tag, pos=word.pos, lemma=last.lemma if merge else word.lemma,
                    head=len(tokens), rel="root", sentence=sentence.index,
                )
            )  # fmt: skip
            shown.append(merge.stand_in if merge else word.text)
            spaces.append(last.space)
            i = end
        docs.append(Doc(nlp.vocab, shown, spaces, sent_starts=[True] + [False] * (len(shown) - 1)))
        bounds.append((first, len(tokens)))
    for doc, (first, end) in zip(nlp.pipe(docs, batch_size=64), bounds, strict=True):
        for row, token in zip(neutral(doc), tokens[first:end], strict=True):
            token.tag, token.pos, token.rel = row.tag, row.pos, row.rel
            token.head = first + row.head
            if token.end - token.start == len(doc[token.i - first].text):
                token.lemma = row.lemma
    tree = Tree(words.text, tokens, [_moved(s, bounds) for s in words.sentences])
    link(tree)
    return tree, index


def _moved(sentence: Sentence, bounds: list[tuple[int, int]]) -> Sentence:
    start, end = bounds[sentence.index]
    return Sentence(sentence.index, start, end, sentence.paragraph)
