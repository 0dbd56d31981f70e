"""Names of persons, organisations and places from GUM's ``Entity=`` column.

GUM marks every mention ("the former president of France"), nested and with its type. Here only
proper names are kept, and of a mention only the name in it, without titles: what is exchanged in
variants and cut down in reduced sentences (``augment``). The teacher learns to find them, so that
machine-parsed sentences can be cut down too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.language.training.conllu import Sentence, Tagged
from kb.language.training.lexicon import words

KINDS = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
PROPER = frozenset({"NNP", "NNPS"})
_MARK = re.compile(r"\((?P<id>[^-()]+)-(?P<kind>[a-z]+)-[^()]*(?P<closed>\)?)|(?P<end>[^()]+)\)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention over words ``start`` to ``end`` (exclusive), ``kind`` in GUM's terms."""

    start: int
    end: int
    kind: str


def mentions(tagged: Tagged) -> Iterator[Mention]:
    """All mentions of a sentence. Discontinuous ones (``12[1/2]``) are left out."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for i, misc in enumerate(tagged.misc):
        for mark in _MARK.finditer(misc.get("Entity", "")):
            if mark["end"]:
                if opened.get(mark["end"]):
                    start, kind = opened[mark["end"]].pop()
                    yield Mention(start, i + 1, kind)
            elif "[" in mark["id"]:
                continue
            elif mark["closed"]:
                yield Mention(i, i + 1, mark["kind"])
            else:
                opened.setdefault(mark["id"], []).append((i, mark["kind"]))


def bio(tagged: Tagged) -> tuple[str, ...]:
    """BIO labels of the names in a sentence: the longest first, none overlapping another."""
    sentence = tagged.sentence
    labels = ["O"] * len(sentence)
    named = [(m, _name(sentence, m)) for m in mentions(tagged) if m.kind in KINDS]
    spans = sorted(((s, KINDS[m.kind]) for m, s in named if s), key=lambda n: n[0][0] - n[0][1])
    for (start, end), kind in spans:
        if all(label == "O" for label in labels[start:end]):
            labels[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
    return tuple(labels)


def _name(sentence: Sentence, mention: Mention) -> tuple[int, int] | None:
    """The name around the mention's head, where the head is a name."""
    head = next(
        (i for i in range(mention.start, mention.end)
         if not mention.start <= sentence.heads[i] < mention.end),
        None,
    )  # fmt: skip
    if head is None or sentence.tags[head] not in PROPER:
        return None
    if mention.kind == "person":
        if sentence.tags[head] == "NNPS" or sentence.words[head].lower() in words("titles"):
            return None
        return head, _stretch(sentence, head, mention.end, 1, bridges=False)
    start = _stretch(sentence, head, mention.start, -1, bridges=True)
    return start, _stretch(sentence, head, mention.end, 1, bridges=True)


def _stretch(sentence: Sentence, head: int, limit: int, step: int, bridges: bool) -> int:
    """How far a name reaches from its head in one direction, within the mention.

    Words in between ("of the", a hyphen) belong to it where a name follows them.
    """
    last = i = head
    coordinated = False
    while i + step != (limit if step > 0 else limit - 1):
        i += step
        word, tag = sentence.words[i].lower(), sentence.tags[i]
        if tag in PROPER or (tag == "CD" and sentence.relations[i] == "flat"):
            # "France and Germany": two names, unless the second belongs to an "of" phrase
            if coordinated and sentence.relations[i] == "conj" and sentence.heads[i] == head:
                break
            last = i
        elif tag == "HYPH" or (bridges and word in words("bridges")):
            coordinated = coordinated or word in ("and", "&")
        else:
            break
    return last + 1 if step > 0 else last
