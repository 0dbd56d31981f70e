"""Small trees to put into sentences, built of words and of one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_PART = re.compile(r"[-–]|[^\s–-]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A tree of a few words; all sequences have one item a word.

    ``heads`` count from 0 in the piece, -1 for its own head, whose relation is that to whatever
    it will be put under. ``glued`` are the words that no blank follows.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    entities: tuple[str, ...]
    glued: frozenset[int] = frozenset()

    @property
    def head(self) -> int:
        """Index of the word that governs the others."""
        return self.heads.index(-1)


def word(text: str, tag: str, label: str = "O", glued: bool = False) -> Piece:
    """A piece of one word."""
    return Piece((text,), (tag,), (-1,), ("root",), (label,), frozenset({0} if glued else ()))


def name(text: str, kind: str = "PERSON") -> Piece:
    """A name as a flat tree: "Han Duck-soo" is Han, Duck, "-", soo, as the treebanks cut it."""
    parts: list[str] = []
    glued: set[int] = set()
    for chunk in text.split():
        found = _PART.findall(chunk)
        glued.update(range(len(parts), len(parts) + len(found) - 1))
        parts += found
    hyphen = [p in "-–" for p in parts]
    return Piece(
        words=tuple(parts),
        tags=tuple("HYPH" if h else "NNP" for h in hyphen),
        heads=tuple(-1 if i == 0 else i + 1 if h else 0 for i, h in enumerate(hyphen)),
        relations=tuple(
            "root" if i == 0 else "punct" if h else "flat" for i, h in enumerate(hyphen)
        ),
        entities=(f"B-{kind}", *[f"I-{kind}"] * (len(parts) - 1)),
        glued=frozenset(glued),
    )


def join(pieces: Sequence[tuple[Piece, int, str]]) -> Piece:
    """Pieces in a row as one tree: each with the index of the piece that governs it (-1 for the
    head) and its relation to it."""
    firsts = [sum(len(p.words) for p, _, _ in pieces[:k]) for k in range(len(pieces))]
    rows: list[tuple[str, str, int, str, str]] = []
    glued: set[int] = set()
    for (piece, governor, relation), first in zip(pieces, firsts, strict=True):
        glued |= {first + i for i in piece.glued}
        top = -1 if governor < 0 else firsts[governor] + pieces[governor][0].head
        for i, text in enumerate(piece.words):
            own = piece.heads[i] < 0
            head = top if own else first + piece.heads[i]
            label = relation if own else piece.relations[i]
            rows.append((text, piece.tags[i], head, label, piece.entities[i]))
    w, t, h, r, e = zip(*rows, strict=True)
    return Piece(w, t, h, r, e, frozenset(glued))


def glue(piece: Piece, more: Iterable[int]) -> Piece:
    """The piece with more words that no blank follows."""
    return replace(piece, glued=piece.glued | frozenset(more))
