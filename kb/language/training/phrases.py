"""Noun phrases of diplomatic news, as trees: offices, states, names in company, datelines.

What the treebanks have too little of: "Chinese Foreign Minister Wang Yi", "Wang Yi, the Chinese
foreign minister,", "A, B and C", "SEOUL, Feb. 17 (Yonhap) --".
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from kb.language.training import pieces
from kb.language.training.conllu import Sentence
from kb.language.training.lexicon import tables, words
from kb.language.training.pieces import Piece, glue, join, word

Row = tuple[Piece, int, str]
"""A piece, the index of the piece that governs it and its relation to it (``pieces.join``)."""


class Phrases:
    """Draws phrases at random; ``names`` are full names of persons."""

    def __init__(self, names: Sequence[str], rng: random.Random) -> None:
        self.names = [
            n for n in names if n.isprintable() and 1 < len(n.split()) < 5 and n[0].isupper()
        ]
        self.rng = rng

    def pick(self, name: str) -> str:
        """One item of a word list."""
        return self.rng.choice(tables()[name])

    def name(self) -> Piece:
        """A person's full name."""
        return pieces.name(self.rng.choice(self.names))

    def surname(self) -> str:
        """A person's last name, of letters only."""
        while True:
            last = self.rng.choice(self.names).split()[-1]
            if last.isalpha() and last[0].isupper():
                return last

    def state(self) -> Piece:
        """A state's name, of one word or of more."""
        state = self.pick("states") if self.rng.random() < 0.6 else self.pick("long_states")
        parts = state.split()
        last = len(parts) - 1
        return join(
            [
                (
                    word(p, "NNP", "B-PLACE" if i == 0 else "I-PLACE"),
                    -1 if i == last else last,
                    "root" if i == last else "compound",
                )
                for i, p in enumerate(parts)
            ]
        )

    def title(self) -> list[Row]:
        """What stands before a name: the office, with the state it belongs to. The name follows."""
        office = self.office(
            self.pick("posts") if self.rng.random() < 0.25 else self.pick("offices")
        )
        dice = self.rng.random()
        if dice < 0.25:
            return [(office, 1, "nmod:desc")]
        if dice < 0.75:
            return [(word(self.pick("adjectives"), "JJ"), 1, "amod"), (office, 2, "nmod:desc")]
        if dice < 0.9:
            return [
                (word(self.pick("states"), "NNP", "B-PLACE"), 1, "compound"),
                (office, 2, "nmod:desc"),
            ]
        owner = join(
            [
                (word(self.pick("states"), "NNP", "B-PLACE", glued=True), -1, ""),
                (word("'s", "POS"), 0, "case"),
            ]
        )
        return [(owner, 1, "nmod:poss"), (office, 2, "nmod:desc")]

    def office(self, office: str) -> Piece:
        """An office as a tree: "Deputy Foreign Minister", "Secretary of State"."""
        parts = office.split()
        head = parts.index("of") - 1 if "of" in parts else len(parts) - 1
        rows: list[Row] = []
        for i, part in enumerate(parts):
            tag = "IN" if part == "of" else "NNP" if part[0].isupper() else "NN"
            if i == head:
                rows.append((word(part, tag), -1, "root"))
            elif i < head:
                adjective = part.lower() in words("office_adjectives")
                if adjective and tag == "NN":
                    tag = "JJ"
                rows.append((word(part, tag), head, "amod" if adjective else "compound"))
            elif part == "of":
                rows.append((word(part, tag), len(parts) - 1, "case"))
            else:
                rows.append((word(part, tag), head, "nmod"))
        return join(rows)

    def apposition(self, name: Piece, closed: bool) -> Piece:
        """ "Wang Yi, the Chinese foreign minister," or "the foreign minister, Wang Yi,"; the last
        comma is left away where a mark follows anyway (``closed``)."""
        post = join(
            [
                (word("the", "DT"), 2, "det"),
                (word(self.pick("adjectives"), "JJ"), 2, "amod"),
                (self.office(self.pick("posts")), -1, "root"),
            ]
        )
        first, second = (name, post) if self.rng.random() < 0.6 else (post, name)
        rows = [(first, -1, "root"), (word(",", ","), 2, "punct"), (second, 0, "appos")]
        if not closed:
            rows.append((word(",", ","), 2, "punct"))
        return _commas_glued(join(rows))

    def company(self, name: Piece) -> Piece:
        """ "A and B", "A, B and C"; ``name`` is the first."""
        rows: list[Row] = [(name, -1, "root")]
        if self.rng.random() < 0.6:
            rows += [(word(",", ","), 2, "punct"), (self.name(), 0, "conj")]
        rows += [(word("and", "CC"), len(rows) + 1, "cc"), (self.name(), 0, "conj")]
        return _commas_glued(join(rows))

    def dateline(self) -> Sentence:
        """ "SEOUL, Feb. 17 (Yonhap) --": a sentence of its own, as EWT has it."""
        rows: list[Row] = [(pieces.name(self.pick("towns"), "PLACE"), -1, "root")]
        if self.rng.random() < 0.5:
            date = join(
                [
                    (word(self.pick("months"), "NNP"), -1, ""),
                    (word(str(self.rng.randint(1, 31)), "CD"), 0, "nummod"),
                ]
            )
            rows += [(word(",", ","), 2, "punct"), (date, 0, "nmod:unmarked")]
        if self.rng.random() < 0.7:
            agency = len(rows) + 1
            rows += [
                (word("(", "-LRB-", glued=True), agency, "punct"),
                (word(self.pick("agencies"), "NNP", "B-ORG", glued=True), 0, "appos"),
                (word(")", "-RRB-"), agency, "punct"),
            ]
        rows.append((word(self.rng.choice(["-", "--", "—", "–"]), ":"), 0, "punct"))
        piece = _commas_glued(join(rows))
        spaces = tuple(i not in piece.glued for i in range(len(piece.words)))
        return Sentence(
            piece.words, piece.tags, piece.heads, piece.relations, spaces, (), piece.entities
        )


def _commas_glued(piece: Piece) -> Piece:
    """The piece with no blank before its commas."""
    return glue(piece, {i - 1 for i, w in enumerate(piece.words) if w == "," and i})
