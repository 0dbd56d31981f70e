"""More training sentences from those there are: the same trees with other names.

Diplomatic news is full of names the treebanks do not have, behind titles they rarely have. Names of
persons are replaced by those of office holders of all regions, and get a title in front
("Chinese Foreign Minister Wang Yi"), an apposition behind, or company ("A, B and C"); states are
replaced by others; long names are cut down to one word, as the rules show them to the parser.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.language.training.conllu import MISSING, Sentence
from kb.language.training.lexicon import tables, words
from kb.language.training.splice import Piece, is_subtree, splice

NOMINAL = frozenset(
    {
        "nsubj",
        "nsubj:pass",
        "obj",
        "iobj",
        "obl",
        "obl:agent",
        "nmod",
        "conj",
        "root",
        "appos",
        "nmod:poss",
    }
)
"""Relations of a name that can take a title: not that of a compound's first half."""

_PART = re.compile(r"[-–]|[^\s–-]+")


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
        while end < len(sentence) and sentence.tags[end] == "NNP" and (
            sentence.relations[end] == "flat" and sentence.heads[end] == i
        ):  # fmt: skip
            end += 1
        if sentence.tags[i] == "NNP" and end > i + 1:
            yield Span(i, end, "PERSON")
        i = end


def name_piece(name: str, kind: str = "PERSON") -> Piece:
    """A name as a flat tree: "Han Duck-soo" is Han, Duck, "-", soo, as the treebanks cut it."""
    parts: list[str] = []
    glued: set[int] = set()
    for chunk in name.split():
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
        for i, word in enumerate(piece.words):
            own = piece.heads[i] < 0
            head = top if own else first + piece.heads[i]
            label = relation if own else piece.relations[i]
            rows.append((word, piece.tags[i], head, label, piece.entities[i]))
    w, t, h, r, e = zip(*rows, strict=True)
    return Piece(w, t, h, r, e, frozenset(glued))


def word(text: str, tag: str, label: str = "O", glued: bool = False) -> Piece:
    """A piece of one word."""
    return Piece((text,), (tag,), (-1,), ("root",), (label,), frozenset({0} if glued else ()))


class Augmenter:
    """Makes variants of sentences; ``names`` are full names of persons."""

    def __init__(self, names: Sequence[str], seed: int = 0) -> None:
        self.names = [
            n for n in names if n.isprintable() and 1 < len(n.split()) < 5 and n[0].isupper()
        ]
        self.rng = random.Random(seed)

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
                start = _phrase_start(out, start, _top(out, span))
                if not is_subtree(out, start, end):
                    start = span.start
            out = splice(
                out, start, end, word(self._pick(f"known_{span.kind}"), "NNP", f"B-{span.kind}")
            )
        return None if out is sentence else out

    def _change(self, sentence: Sentence, span: Span) -> Sentence:
        top = _top(sentence, span)
        if span.kind == "PERSON":
            start, end = span.start, span.end
            if self.rng.random() < 0.15:
                start, piece = (
                    _phrase_start(sentence, start, top),
                    word(self._surname(), "NNP", "B-PERSON"),
                )
            else:
                piece = self._person(sentence, span, top)
            if is_subtree(sentence, start, end):
                return splice(sentence, start, end, piece)
            return sentence
        if (
            span.kind == "PLACE"
            and span.end == span.start + 1
            and sentence.relations[top] != "compound"
        ):
            return splice(sentence, span.start, span.end, self._state())
        if span.kind == "ORG" and self.rng.random() < 0.3:
            return splice(
                sentence, span.start, span.end, word(self._pick("bodies"), "NNP", "B-ORG")
            )
        return sentence

    def _person(self, sentence: Sentence, span: Span, top: int) -> Piece:
        """A new name, in plain or with company, as the place in the sentence allows."""
        name = self._name()
        kids = [
            i for i, h in enumerate(sentence.heads) if h == top and not span.start <= i < span.end
        ]
        bare = sentence.relations[top] in NOMINAL and all(
            i > top or sentence.relations[i] in ("case", "punct", "cc", "mark", "advmod")
            for i in kids
        )
        heavy = any(
            sentence.relations[i] in ("appos", "conj", "nmod:desc", "acl:relcl", "flat")
            for i in kids
        )
        followed = span.end < len(sentence) and sentence.tags[span.end] == "POS"
        dice = self.rng.random()
        if not bare:
            return name
        if dice < 0.45:
            return join([*self._title(), (name, -1, "root")])
        if heavy or followed or span.end >= len(sentence):
            return name
        if dice < 0.6:
            return self._apposition(name, sentence.tags[span.end] in (",", ".", ":", "''"))
        if dice < 0.7:
            return self._company(name)
        return name

    def _title(self) -> list[tuple[Piece, int, str]]:
        """What stands before a name: the office, with the state it belongs to. The name follows."""
        office = self._office(
            self._pick("posts") if self.rng.random() < 0.25 else self._pick("offices")
        )
        dice = self.rng.random()
        if dice < 0.25:
            return [(office, 1, "nmod:desc")]
        if dice < 0.75:
            return [(word(self._pick("adjectives"), "JJ"), 1, "amod"), (office, 2, "nmod:desc")]
        if dice < 0.9:
            return [
                (word(self._pick("states"), "NNP", "B-PLACE"), 1, "compound"),
                (office, 2, "nmod:desc"),
            ]
        owner = join(
            [
                (word(self._pick("states"), "NNP", "B-PLACE", glued=True), -1, ""),
                (word("'s", "POS"), 0, "case"),
            ]
        )
        return [(owner, 1, "nmod:poss"), (office, 2, "nmod:desc")]

    def _office(self, office: str) -> Piece:
        parts = office.split()
        head = parts.index("of") - 1 if "of" in parts else len(parts) - 1
        pieces = []
        for i, part in enumerate(parts):
            tag = "IN" if part == "of" else "NNP" if part[0].isupper() else "NN"
            if i == head:
                pieces.append((word(part, tag), -1, "root"))
            elif i < head:
                adjective = part.lower() in words("office_adjectives")
                if adjective and tag == "NN":
                    tag = "JJ"
                pieces.append((word(part, tag), head, "amod" if adjective else "compound"))
            elif part == "of":
                pieces.append((word(part, tag), len(parts) - 1, "case"))
            else:
                pieces.append((word(part, tag), head, "nmod"))
        return join(pieces)

    def _apposition(self, name: Piece, closed: bool) -> Piece:
        """ "Wang Yi, the Chinese foreign minister," or "the foreign minister, Wang Yi,"."""
        post = join([
            (word("the", "DT"), 2, "det"),
            (word(self._pick("adjectives"), "JJ"), 2, "amod"),
            (self._office(self._pick("posts")), -1, "root"),
        ])  # fmt: skip
        first, second = (name, post) if self.rng.random() < 0.6 else (post, name)
        rows = [(first, -1, "root"), (word(",", ","), 2, "punct"), (second, 0, "appos")]
        if not closed:
            rows.append((word(",", ","), 2, "punct"))
        piece = join(rows)
        last = len(piece.words) - (1 if closed else 2)
        return _glue(
            piece,
            {i - 1 for i, w in enumerate(piece.words) if w == "," and i}
            | ({last} if not closed else set()),
        )

    def _company(self, name: Piece) -> Piece:
        """ "A and B", "A, B and C"."""
        rows = [(name, -1, "root")]
        if self.rng.random() < 0.6:
            rows += [(word(",", ","), 2, "punct"), (self._name(), 0, "conj")]
        rows += [(word("and", "CC"), len(rows) + 1, "cc"), (self._name(), 0, "conj")]
        piece = join(rows)
        return _glue(piece, {i - 1 for i, w in enumerate(piece.words) if w == ","})

    def _name(self) -> Piece:
        return name_piece(self.rng.choice(self.names))

    def _surname(self) -> str:
        while True:
            name = self.rng.choice(self.names).split()[-1]
            if name.isalpha() and name[0].isupper():
                return name

    def _state(self) -> Piece:
        state = self._pick("states") if self.rng.random() < 0.6 else self._pick("long_states")
        parts = state.split()
        last = len(parts) - 1
        rows = [(word(p, "NNP", "B-PLACE" if i == 0 else "I-PLACE"), -1 if i == last else last,
                 "root" if i == last else "compound") for i, p in enumerate(parts)]  # fmt: skip
        return join(rows)

    def _pick(self, name: str) -> str:
        return self.rng.choice(tables()[name])


def dateline(rng: random.Random) -> Sentence:
    """ "SEOUL, Feb. 17 (Yonhap) --": a sentence of its own, as EWT has it."""
    rows = [(name_piece(rng.choice(tables()["towns"]), "PLACE"), -1, "root")]
    if rng.random() < 0.5:
        date = join(
            [
                (word(rng.choice(tables()["months"]), "NNP"), -1, ""),
                (word(str(rng.randint(1, 31)), "CD"), 0, "nummod"),
            ]
        )
        rows += [(word(",", ","), 2, "punct"), (date, 0, "nmod:unmarked")]
    if rng.random() < 0.7:
        agency = len(rows) + 1
        rows += [(word("(", "-LRB-", glued=True), agency, "punct"),
                 (word(rng.choice(tables()["agencies"]), "NNP", "B-ORG", glued=True), 0, "appos"),
                 (word(")", "-RRB-"), agency, "punct")]  # fmt: skip
    rows.append((word(rng.choice(["-", "--", "—", "–"]), ":"), 0, "punct"))
    piece = join(rows)
    spaces = [
        i not in piece.glued and piece.words[i + 1 : i + 2] != (",",)
        for i in range(len(piece.words))
    ]
    return Sentence(
        piece.words, piece.tags, piece.heads, piece.relations, tuple(spaces), (), piece.entities
    )


def _glue(piece: Piece, more: set[int]) -> Piece:
    return Piece(
        piece.words,
        piece.tags,
        piece.heads,
        piece.relations,
        piece.entities,
        piece.glued | frozenset(more),
    )


def _top(sentence: Sentence, span: Span) -> int:
    return next(
        i for i in range(span.start, span.end) if not span.start <= sentence.heads[i] < span.end
    )


def _phrase_start(sentence: Sentence, start: int, top: int) -> int:
    """Where the title before a name begins: all of its subtree that directly precedes."""
    first = start
    while first > 0:
        i = first - 1
        chain = i
        while sentence.heads[chain] >= 0 and chain != top and sentence.relations[chain] != "case":
            if sentence.heads[chain] == top and sentence.relations[chain] != "nmod:desc":
                break
            chain = sentence.heads[chain]
        if chain != top or (sentence.tags[i] in (",", "IN") and sentence.heads[i] == top):
            break
        first = i
    return first
