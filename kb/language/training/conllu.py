"""Reading and writing CoNLL-U: sentences with words, tags, trees and GUM's entity mentions."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

MISSING = "-"
"""The entity label of a word in a treebank that has no entities."""

RELATIONS = {"csubj:pass": "csubj", "csubj:outer": "csubj", "dislocated": "dep"}
"""Relations too rare to learn, and what they are taken for."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence; all sequences have one item a word.

    ``heads`` count from 0, -1 for the root. ``spaces`` tells whether a blank follows. ``entities``
    are BIO labels, or all ``MISSING``. ``coarse`` are the universal parts of speech.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    spaces: tuple[bool, ...]
    coarse: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    document: str = ""
    text: str = ""

    def __len__(self) -> int:
        return len(self.words)

    def with_entities(self, labels: Iterable[str]) -> Sentence:
        return replace(self, entities=tuple(labels))


@dataclass(slots=True)
class _Rows:
    """The lines of one sentence as they are read."""

    rows: list[list[str]] = field(default_factory=list)
    joined: dict[int, tuple[int, bool]] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence with the MISC column of each word, for readers of more than the tree."""

    sentence: Sentence
    misc: tuple[dict[str, str], ...]


def lines(path: Path) -> Iterator[str]:
    """The lines of a text file, gzip or not, without their line ends. UTF-8."""
    zipped = path.suffix == ".gz"
    with (
        gzip.open(path, "rt", encoding="utf-8") if zipped else path.open(encoding="utf-8") as stream
    ):
        for line in stream:
            yield line.rstrip("\n")


def read(source: Iterable[str]) -> Iterator[Tagged]:
    """Sentences of CoNLL-U lines. Multi-word ranges give the blanks, empty nodes are left out."""
    document, current = "", _Rows()
    for line in source:
        if line.startswith("# newdoc id"):
            document = line.partition("=")[2].strip()
        elif line.startswith("# text ="):
            current.text = line.partition("=")[2].strip()
        elif line.startswith("#"):
            continue
        elif line:
            _add(current, line.split("\t"))
        elif current.rows:
            yield _sentence(current, document)
            current = _Rows()
    if current.rows:
        yield _sentence(current, document)


def write(sentences: Iterable[Sentence]) -> Iterator[str]:
    """CoNLL-U lines of sentences, entities as ``Label=B-PERSON`` in MISC."""
    document = ""
    for sentence in sentences:
        if sentence.document != document:
            document = sentence.document
            yield f"# newdoc id = {document}"
        for i, word in enumerate(sentence.words):
            misc = [] if sentence.spaces[i] else ["SpaceAfter=No"]
            if sentence.entities and sentence.entities[i] != MISSING:
                misc.append(f"Label={sentence.entities[i]}")
            pos = sentence.coarse[i] if sentence.coarse else "_"
            row = [str(i + 1), word, "_", pos, sentence.tags[i], "_"]
            row += [str(sentence.heads[i] + 1), sentence.relations[i], "_", "|".join(misc) or "_"]
            yield "\t".join(row)
        yield ""


def _add(current: _Rows, row: list[str]) -> None:
    if "." in row[0]:
        return
    if "-" in row[0]:
        first, last = (int(n) for n in row[0].split("-"))
        current.joined[last] = (first, "SpaceAfter=No" not in row[9])
        return
    current.rows.append(row)


def _sentence(current: _Rows, document: str) -> Tagged:
    rows = current.rows
    spaces = ["SpaceAfter=No" not in row[9] for row in rows]
    for last, (first, space) in current.joined.items():
        spaces[first - 1 : last] = [False] * (last - first) + [space]
    misc = tuple(dict(p.split("=", 1) for p in row[9].split("|") if "=" in p) for row in rows)
    labels = tuple(m.get("Label", MISSING) for m in misc)
    sentence = Sentence(
        words=tuple(row[1] for row in rows),
        tags=tuple(row[4] for row in rows),
        heads=tuple(int(row[6]) - 1 for row in rows),
        relations=tuple(RELATIONS.get(row[7], row[7]) for row in rows),
        spaces=tuple(spaces),
        coarse=tuple(row[3] for row in rows),
        entities=labels,
        document=document,
        text=current.text,
    )
    return Tagged(sentence, misc)
