"""A sentence that is not worth a parse: who is its subject, read off the order of the words.

Most sentences of an article tell of no event, and only the question who "he" is leads back to them.
What stands before the first finite verb, behind no preposition, is taken for its subject.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.labels import Row, coarse
from kb.language.lemmas import lemma

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def guessed(texts: Sequence[str], tags: Sequence[str]) -> list[Row]:
    """The words of a sentence in neutral terms: its finite verbs, the first above the others, each
    with a subject (and those joined to it), objects, and phrases behind a preposition."""
    pos = [coarse(tag, "") for tag in tags]
    root = next((i for i, tag in enumerate(tags) if tag in _FINITE), 0)
    rels, heads = ["other"] * len(texts), [root] * len(texts)
    subject = False
    verb = root  # whose clause is being read
    first: int | None = None  # the first member of the list that is being read
    end = -1  # where its last member ended
    preposition = False
    for i in range(len(texts)):
        if i == root:
            rels[i] = "root"
        elif i > root and tags[i] in _FINITE and tags[i - 1] not in _FINITE:
            owner = _before(rels, tags, first, end, i)
            if owner is not None:
                rels[i], verb = "parataxis", i
                rels[owner], heads[owner] = "subj", i
        elif tags[i] in ("IN", "TO"):
            preposition = True
        elif pos[i] in _NOMINAL:
            heads[i] = verb
            last = i + 1 == len(texts) or pos[i + 1] not in _NOMINAL
            if not last:
                rels[i], heads[i] = "compound", i + 1
            elif (
                first is not None
                and (first < verb) == (i < verb)
                and _joined(texts, end, i, rels[first] == "obl")
            ):
                rels[i], heads[i] = "conj", first
            else:
                first = i
                if preposition:
                    rels[i] = "obl"
                elif i > root:
                    rels[i] = "obj"
                elif not subject:
                    rels[i], subject = "subj", True
            if last:
                end, preposition = i, False
    lemmas = [lemma(text, tag) for text, tag in zip(texts, tags, strict=True)]
    return [Row(*row) for row in zip(tags, pos, rels, heads, lemmas, strict=True)]


def _before(
    rels: Sequence[str], tags: Sequence[str], first: int | None, end: int, verb: int
) -> int | None:
    """The first of those who stand right before a further verb, but for adverbs: its subject. What
    stands behind a preposition is none ("the mayor of X said")."""
    if first is None or rels[first] not in ("obj", "subj"):
        return None
    return first if all(tag.startswith("RB") for tag in tags[end + 1 : verb]) else None


def _joined(texts: Sequence[str], end: int, i: int, behind: bool) -> bool:
    """Whether only "and", commas and articles stand between two nominals; where the first is
    ``behind`` a preposition a comma alone closes its phrase ("In Rome, X said")."""
    between = {text.lower() for text in texts[end + 1 : i]} - {"the", "then"}
    joining = {"and", "&"} if behind else {"and", "&", ","}
    return bool(between & joining) and between <= {"and", "&", ","}
