"""Sentences without trees, for the teacher to parse: taken evenly from the sources of a collection.

The collection is JSON lines (gzip or not), one article each with ``source`` and ``text``.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kb.language.training.conllu import MISSING, Sentence, lines
from kb.language.words import read_words

if TYPE_CHECKING:
    from spacy.language import Language

SHORTEST, LONGEST = 5, 60
"""Words of a sentence that is taken."""
RUN = 12
"""Sentences taken in a row from one article."""


def articles(path: Path, seed: int = 0) -> Iterator[tuple[str, str]]:
    """``(source, text)`` of a collection, the sources in turn, each in random order."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for line in lines(path):
        article = json.loads(line)
        by_source[article.get("source") or ""].append(article["text"])
    rng = random.Random(seed)
    for texts in by_source.values():
        rng.shuffle(texts)
    for k in range(max(map(len, by_source.values()))):
        for source in sorted(by_source):
            if k < len(by_source[source]):
                yield source, by_source[source][k]


def plain(nlp: Language, path: Path, limit: int, seed: int = 0) -> Iterator[Sentence]:
    """Up to about ``limit`` sentences of a collection, from each source as many articles.

    A short article is taken whole, of a long one a run of sentences; none comes twice.
    """
    rng = random.Random(seed)
    seen: set[tuple[str, ...]] = set()
    for number, (_, text) in enumerate(articles(path, seed)):
        found = [
            s for s in _sentences(nlp, text[:30_000], f"silver-{number}") if s.words not in seen
        ]
        start = rng.randrange(max(1, len(found) - RUN + 1))
        for sentence in found[start : start + RUN]:
            seen.add(sentence.words)
            yield sentence
        if len(seen) >= limit:
            return


def _sentences(nlp: Language, text: str, document: str) -> Iterator[Sentence]:
    words = read_words(nlp, text)
    for sentence in words.sentences:
        tokens = words.span(sentence)
        if not SHORTEST <= len(tokens) <= LONGEST or not _prose([t.text for t in tokens]):
            continue
        n = len(tokens)
        yield Sentence(
            words=tuple(t.text for t in tokens),
            tags=("_",) * n, heads=(-1,) * n, relations=("_",) * n,
            spaces=tuple(t.space for t in tokens),
            entities=(MISSING,) * n,
            document=f"{document}.{sentence.paragraph}",
        )  # fmt: skip


def _prose(texts: list[str]) -> bool:
    """Whether it reads like a sentence: it ends like one, and most of it is words."""
    ended = texts[-1] in (".", "!", "?", "”", '"', "’", ")") or texts[-1].endswith(".")
    return ended and sum(t.isalpha() for t in texts) >= 0.7 * len(texts)
