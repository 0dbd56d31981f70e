"""Parsing a simplified sentence: names of any length stand as one familiar word.

A small parser trained on little text stumbles over "President of the Federative Republic of Brazil
Jair Bolsonaro"; it does not over "Obama". So what has been recognised on the words alone - actors,
places, dates, hyphenated modifiers - is handed to the parser as one stand-in word of its kind, and
the tree that comes back is read as a tree over the original spans.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.language.guess import guessed
from kb.language.labels import Row, coarse, neutral
from kb.language.tree import Token, Tree, link
from kb.language.words import Sentence, Words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Merge:
    """Tokens ``start`` to ``end`` of one sentence stand as one: shown to the parser as
    ``stand_in``, and tagged ``tag`` in the tree."""

    start: int
    end: int
    stand_in: str
    tag: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """One word as the parser sees it: a merge, or the token at ``start`` as it is."""

    start: int
    end: int
    merge: Merge | None


def parse_reduced(
    nlp: Language, words: Words, merges: Sequence[Merge], wanted: Collection[int] | None = None
) -> tuple[Tree, list[int]]:
    """Parse an article with the given spans merged.

    ``wanted`` are the indices of the sentences to parse (None: all); the others are guessed at.
    Returns the tree and, for each original token, the index of the tree's token that covers it.
    """
    merged = {m.start: m for m in merges}
    sentences = [list(_units(sentence, merged)) for sentence in words.sentences]
    parsing = [
        _shown(nlp, words, units)
        for sentence, units in zip(words.sentences, sentences, strict=True)
        if wanted is None or sentence.index in wanted
    ]
    tree = Tree(words.text, [], [])
    index: list[int] = []
    parsed = nlp.pipe(parsing, batch_size=64, disable=["ner"])
    for sentence, units in zip(words.sentences, sentences, strict=True):
        first = len(tree.tokens)
        if wanted is None or sentence.index in wanted:
            rows = neutral(next(parsed))
        else:
            rows = _guessed(words, units)
        for unit, row in zip(units, rows, strict=True):
            index += [len(tree.tokens)] * (unit.end - unit.start)
            tree.tokens.append(_token(words, unit, row, len(tree.tokens), first, sentence.index))
        tree.sentences.append(Sentence(sentence.index, first, len(tree.tokens), sentence.paragraph))
    link(tree)
    return tree, index


def _units(sentence: Sentence, merged: dict[int, Merge]) -> Iterator[_Unit]:
    i = sentence.start
    while i < sentence.end:
        merge = merged.get(i)
        if merge is not None and merge.end > sentence.end:
            merge = None
        end = merge.end if merge else i + 1
        yield _Unit(i, end, merge)
        i = end


def _shown(nlp: Language, words: Words, units: Sequence[_Unit]) -> Doc:
    from spacy.tokens import Doc

    texts = [u.merge.stand_in if u.merge else words[u.start].text for u in units]
    spaces = [words[u.end - 1].space for u in units]
    starts: list[bool | int | None] = [i == 0 for i in range(len(units))]
    return Doc(nlp.vocab, texts, spaces, sent_starts=starts)


def _guessed(words: Words, units: Sequence[_Unit]) -> list[Row]:
    texts = [words[u.end - 1].text for u in units]
    return guessed(texts, [u.merge.tag if u.merge else words[u.start].tag for u in units])


def _token(words: Words, unit: _Unit, row: Row, i: int, first: int, sentence: int) -> Token:
    """The tree's token for a unit: its text, offsets and lemma are those of the original words."""
    last = words[unit.end - 1]
    return Token(
        i=i,
        text=words.slice(unit.start, unit.end),
        start=words[unit.start].start,
        end=last.end,
        tag=unit.merge.tag if unit.merge else row.tag,
        pos=coarse(unit.merge.tag, "") if unit.merge else row.pos,
        lemma=last.lemma if unit.merge else row.lemma,
        head=first + row.head,
        rel=row.rel,
        sentence=sentence,
    )
