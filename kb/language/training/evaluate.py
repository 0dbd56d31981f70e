"""Scores of a pipeline on a treebank, on its own words and on raw text."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kb.language.training.conllu import Sentence
from kb.language.training.convert import document, groups

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

FIGURES = {
    "token_f": "words F1",
    "sents_f": "sentences F1",
    "tag_acc": "tags",
    "dep_uas": "UAS",
    "dep_las": "LAS",
}
"""spaCy's names of the figures, and ours. UAS and LAS leave punctuation out, as spaCy does."""


def text(sentences: Sequence[Sentence]) -> str:
    """The raw text of sentences that follow each other."""
    words = (
        w + " " * s
        for sentence in sentences
        for w, s in zip(sentence.words, sentence.spaces, strict=True)
    )
    return "".join(words).rstrip()


def examples(
    nlp: Language, sentences: Sequence[Sentence], raw: bool, size: int = 10
) -> list[Example]:
    """Documents of ``size`` sentences to score on: the treebank's words given, or raw text."""
    from spacy.tokens import Doc
    from spacy.training import Example

    out = []
    for start in range(0, len(sentences), size):
        gold = document(nlp.vocab, sentences[start : start + size], spaces=raw)
        given = nlp.make_doc(gold.text) if raw else Doc(nlp.vocab, [t.text for t in gold])
        out.append(Example(given, gold))
    return out


def scores(nlp: Language, sentences: Sequence[Sentence], raw: bool = False) -> dict[str, float]:
    """The figures in percent, by our names; words are scored on raw text only."""
    found = nlp.evaluate(examples(nlp, sentences, raw))
    out = {}
    for key, name in FIGURES.items():
        if isinstance(found.get(key), float) and (raw or key != "token_f"):
            out[name] = round(100 * found[key], 2)
    return out


def speed(nlp: Language, sentences: Sequence[Sentence], seconds: float = 5.0) -> float:
    """Words read a second, tokenising included, on the texts of the sentences over and over."""
    texts = [text(group) for group in groups(sentences, 10)]
    list(nlp.pipe(texts[:5]))
    words, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        words += sum(len(doc) for doc in nlp.pipe(texts))
    return words / (time.perf_counter() - began)


def table(nlp: Language, treebanks: Mapping[str, Sequence[Sentence]]) -> str:
    """The figures of a model card, as Markdown."""
    rows: list[tuple[str, dict[str, float]]] = []
    for name, sentences in treebanks.items():
        rows.append((f"{name}, gold words", scores(nlp, sentences)))
        rows.append((f"{name}, raw text", scores(nlp, sentences, raw=True)))
    columns = [c for c in FIGURES.values() if any(c in figures for _, figures in rows)]
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, figures in rows:
        cells = [f"{figures[c]:.1f}" if c in figures else "" for c in columns]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
