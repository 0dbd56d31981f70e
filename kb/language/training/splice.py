"""Replacing words of a tree by others: the rest of the tree stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kb.language.training.conllu import MISSING, Sentence
from kb.language.training.pieces import Piece

T = TypeVar("T")


def is_subtree(sentence: Sentence, start: int, end: int) -> bool:
    """Whether exactly one word of the span is governed from outside of it."""
    return sum(not start <= h < end for h in sentence.heads[start:end]) == 1


def top(sentence: Sentence, start: int, end: int) -> int:
    """The (first) word of the span that is governed from outside of it."""
    return next(i for i in range(start, end) if not start <= sentence.heads[i] < end)


def splice(sentence: Sentence, start: int, end: int, piece: Piece) -> Sentence:
    """The sentence with words ``start`` to ``end`` replaced by the piece.

    The piece's head takes the place of the span's (first) top in the tree and governs what any of
    its words governed. The words of the span must be governed by one word outside of it.
    """
    outermost = top(sentence, start, end)
    size, grown = len(piece.words), len(piece.words) - (end - start)
    at = start + piece.head

    def moved(head: int) -> int:
        if head < start:
            return head
        return at if head < end else head + grown

    outer = sentence.heads[outermost]
    heads = [start + h if h >= 0 else moved(outer) for h in piece.heads]
    relations = [
        r if h >= 0 else sentence.relations[outermost]
        for h, r in zip(piece.heads, piece.relations, strict=True)
    ]
    spaces = [i not in piece.glued for i in range(size)]
    spaces[-1] = sentence.spaces[end - 1]
    return replace(
        sentence,
        words=_put(sentence.words, start, end, piece.words),
        tags=_put(sentence.tags, start, end, piece.tags),
        heads=_put([moved(h) for h in sentence.heads], start, end, heads),
        relations=_put(sentence.relations, start, end, relations),
        spaces=_put(sentence.spaces, start, end, spaces),
        entities=_put(sentence.entities, start, end, _labels(sentence, piece)),
        coarse=(),
        text="",
    )


def _labels(sentence: Sentence, piece: Piece) -> tuple[str, ...]:
    missing = bool(sentence.entities) and MISSING in sentence.entities
    return (MISSING,) * len(piece.words) if missing else piece.entities


def _put(row: Sequence[T], start: int, end: int, new: Sequence[T]) -> tuple[T, ...]:
    return (*row[:start], *new, *row[end:])
