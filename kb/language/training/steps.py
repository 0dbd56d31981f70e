"""The steps from treebanks to weights, each a function of files."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from kb.language.training import corpus
from kb.language.training.augment import Augmenter
from kb.language.training.conllu import Sentence, lines, read, write
from kb.language.training.convert import groups, save

CHUNK = 4000
"""Sentences parsed before they are written."""
REDUCED = 0.3
"""Share of the machine-parsed sentences that are also shown with their names cut down."""


def prepare(treebank: Path, out: Path, parsed: Path | None = None) -> dict[str, int]:
    """Write the student's corpus, ``out/train/*.spacy`` and ``out/dev.spacy``; returns each file's
    number of words.

    Gold sentences come three times, in runs of ten, of four and alone: alone is how the rules
    have them parsed, in runs is how the parser learns where sentences end.
    """
    gold = corpus.gold(treebank)
    augmenter = Augmenter(corpus.names(), seed=7)
    train: dict[str, Sequence[Sequence[Sentence]]] = {
        f"gold-{size}": list(groups(gold, size)) for size in (10, 4, 1)
    }
    train["varied"] = list(groups(corpus.variants(gold, seed=2), 1))
    train["reduced"] = [[s] for s in map(augmenter.reduce, gold) if s is not None]
    if parsed is not None:
        silver = [t.sentence for t in read(lines(parsed))]
        train["silver"] = list(groups(silver, 6))
        rng = random.Random(3)
        chosen = [s for s in silver if rng.random() < REDUCED]
        train["silver-reduced"] = [[s] for s in map(augmenter.reduce, chosen) if s is not None]
    written = {
        name: save(out / "train" / f"{name}.spacy", groups_) for name, groups_ in train.items()
    }
    dev = corpus.load(treebank, corpus.DEV)
    runs = [dev[i : i + 10] for i in range(0, len(dev), 10)]
    written["dev"] = save(out / "dev.spacy", runs, seed=None)
    return written


def teach(
    treebank: Path, base: str, out: Path, minutes: float, epochs: float
) -> dict[str, dict[str, float]]:
    """Fine-tune the teacher on gold sentences and variants; returns its scores."""
    from kb.language.training import teaching

    gold = corpus.gold(treebank)
    dev = corpus.load(treebank, corpus.DEV)
    taught = teaching.train(base, [*gold, *corpus.variants(gold, seed=1)], dev, minutes, epochs)
    taught.save(out)
    test = corpus.load(treebank, corpus.TEST)
    return {corpus.DEV: teaching.scores(taught, dev), corpus.TEST: teaching.scores(taught, test)}


def sample(articles: Path, out: Path, limit: int) -> int:
    """Write sentences of a collection without trees, cut by the tokeniser; returns how many."""
    import spacy

    from kb.language.training.silver import plain
    from kb.language.training.tokens import tokenizer

    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer(nlp)
    found = list(plain(nlp, articles, limit))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(write(found)) + "\n", encoding="utf-8")
    return len(found)


def parse(folder: Path, base: str, source: Path, out: Path, limit: int | None = None) -> int:
    """Write the sentences of ``source`` as the teacher in ``folder`` parses them; returns how many.

    ``base`` is the folder of the transformer the teacher started from.
    """
    from kb.language.training import teacher, teaching

    taught = teacher.load(folder, base)
    plain = [t.sentence for t in read(lines(source))][:limit]
    with out.open("w", encoding="utf-8") as stream:
        for start in range(0, len(plain), CHUNK):
            trees = teaching.parse(taught, plain[start : start + CHUNK])
            stream.writelines(line + "\n" for line in write(trees))
            stream.flush()
            print(f"{start + len(trees)} of {len(plain)} sentences", flush=True)
    return len(plain)
