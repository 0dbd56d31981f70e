"""Replacing words of a tree by others: the rest of the tree stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kb.language.training.conllu import MISSING, Sentence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """A small tree to put into another: ``heads`` count from 0 in the piece, -1 for its own head.
    ``glued`` are the words that no blank follows."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    entities: tuple[str, ...]
    glued: frozenset[int] = frozenset()

    @property
    def head(self) -> int:
        return self.heads.index(-1)


def is_subtree(sentence: Sentence, start: int, end: int) -> bool:
    """Whether exactly one word of the span is governed from outside of it."""
    return sum(not start <= h < end for h in sentence.heads[start:end]) == 1


def splice(sentence: Sentence, start: int, end: int, piece: Piece) -> Sentence:
    """The sentence with words ``start`` to ``end`` replaced by the piece.

    The piece's head takes the place of the span's in the tree and governs what any of its words
    governed. The span must be a subtree's top (``is_subtree``).
    """
    top = next(i for i in range(start, end) if not start <= sentence.heads[i] < end)
    size, grown = len(piece.words), len(piece.words) - (end - start)
    at = start + piece.head

    def moved(head: int) -> int:
        if head < start:
            return head
        return at if head < end else head + grown

    outer = sentence.heads[top]
    heads = [start + h if h >= 0 else moved(outer) if outer >= 0 else -1 for h in piece.heads]
    relations = [
        r if h >= 0 else sentence.relations[top]
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
