"""The gold sentences: which treebank files serve for what, and what is made from them."""

from __future__ import annotations

import csv
import gzip
import io
import random
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from kb.language.training import conllu, entities
from kb.language.training.augment import Augmenter
from kb.language.training.conllu import MISSING, Sentence
from kb.language.training.phrases import Phrases

TRAIN = ("gum-train", "ewt", "pud-train")
DEV = "gum-news-dev"
TEST = "pud-news-test"
HOLDERS = "office_holders.csv.gz"


def load(folder: Path, name: str) -> list[Sentence]:
    """Sentences of one treebank file (``NAME.conllu.gz``), with entities where it is GUM's."""
    out = []
    for tagged in conllu.read(conllu.lines(folder / f"{name}.conllu.gz")):
        labels = (
            entities.bio(tagged) if name.startswith("gum") else (MISSING,) * len(tagged.sentence)
        )
        out.append(tagged.sentence.with_entities(labels))
    return out


def gold(folder: Path) -> list[Sentence]:
    """All sentences that may be trained on, in the order of their documents."""
    return [sentence for name in TRAIN for sentence in load(folder, name)]


def variants(sentences: Sequence[Sentence], seed: int = 0) -> list[Sentence]:
    """Sentences with other names, and datelines: one for every fiftieth sentence."""
    varied = map(Augmenter(names(), seed).vary, sentences)
    phrases = Phrases(names(), random.Random(seed))
    datelines = [phrases.dateline() for _ in range(len(sentences) // 50)]
    return [*(sentence for sentence in varied if sentence is not None), *datelines]


def names() -> list[str]:
    """Full names of the office holders in the gazetteer, sorted."""
    raw = gzip.decompress((files("kb.gazetteer") / "data" / HOLDERS).read_bytes())
    return sorted({row["person"] for row in csv.DictReader(io.StringIO(raw.decode("utf-8")))})
