"""From sentences to spaCy's training documents."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kb.language.training.conllu import MISSING, Sentence
from kb.language.training.pieces import word
from kb.language.training.splice import splice
from kb.language.training.tokens import GIVEN

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_GIVEN = re.compile(rf"{GIVEN}$")


def joined(sentence: Sentence) -> Sentence:
    """The sentence with given names the treebank has in three pieces ("Kwok - kin") in one, as the
    tokeniser leaves them."""
    i = len(sentence) - 3
    while i >= 0:
        whole = "".join(sentence.words[i : i + 3])
        glued = not any(sentence.spaces[i : i + 2]) and sentence.words[i + 1] == "-"
        governors = {h for h in sentence.heads[i : i + 3] if not i <= h < i + 3}
        if glued and _GIVEN.match(whole) and len(governors) == 1:
            label = sentence.entities[i] if sentence.entities else MISSING
            sentence = splice(sentence, i, i + 3, word(whole, "NNP", label))
        i -= 1
    return sentence


def document(vocab: Vocab, sentences: Sequence[Sentence], spaces: bool = False) -> Doc:
    """One spaCy document of sentences that follow each other.

    Unless ``spaces`` is asked for its blanks are left unknown, so that training takes the words as
    they are here and does not cut the text again.
    """
    from spacy.tokens import Doc

    words: list[str] = []
    tags: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    starts: list[bool | int | None] = []
    for sentence in sentences:
        first = len(words)
        words += sentence.words
        tags += sentence.tags
        heads += [first + (h if h >= 0 else i) for i, h in enumerate(sentence.heads)]
        deps += ["ROOT" if r == "root" else r for r in sentence.relations]
        starts += [True] + [False] * (len(sentence) - 1)
    blanks = [space for sentence in sentences for space in sentence.spaces] if spaces else None
    return Doc(vocab, words, blanks, tags=tags, heads=heads, deps=deps, sent_starts=starts)


def groups(sentences: Sequence[Sentence], size: int) -> Iterator[Sequence[Sentence]]:
    """Runs of up to ``size`` sentences of the same text."""
    start = 0
    for i in range(1, len(sentences) + 1):
        ended = i == len(sentences) or sentences[i].document != sentences[start].document
        if ended or i - start == size:
            yield sentences[start:i]
            start = i


def save(path: Path, grouped: Iterable[Sequence[Sentence]], seed: int | None = 0) -> int:
    """Write documents as a spaCy ``DocBin``, shuffled if a seed is given; returns its words."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    docs = [document(vocab, [joined(s) for s in group]) for group in grouped]
    if seed is not None:
        random.Random(seed).shuffle(docs)
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    return sum(len(doc) for doc in docs)
