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
    """The words of a sentence in neutral terms: one verb governs all, with a subject (and those
    joined to it), objects, and phrases behind a preposition."""
    pos = [coarse(tag, "") for tag in tags]
    root = next((i for i, tag in enumerate(tags) if tag in _FINITE), 0)
    rows: list[Row] = []
    subject = False
    first: int | None = None  # the first member of the list that is being read
    end = -1  # where its last member ended
    preposition = False
    for i, text in enumerate(texts):
        rel, head = "other", root
        if i == root:
            rel = "root"
        elif tags[i] in ("IN", "TO"):
            preposition = True
        elif pos[i] in _NOMINAL:
            last = i + 1 == len(texts) or pos[i + 1] not in _NOMINAL
            if not last:
                rel, head = "compound", i + 1
            elif (
                first is not None
                and (first < root) == (i < root)
                and _joined(texts, end, i, rows[first].rel == "obl")
            ):
                rel, head = "conj", first
            else:
                first = i
                if preposition:
                    rel = "obl"
                elif i > root:
                    rel = "obj"
                elif not subject:
                    rel, subject = "subj", True
            if last:
                end, preposition = i, False
        rows.append(Row(tags[i], pos[i], rel, head, lemma(text, tags[i])))
    return rows


def _joined(texts: Sequence[str], end: int, i: int, behind: bool) -> bool:
    """Whether only "and", commas and articles stand between two nominals; where the first is
    ``behind`` a preposition a comma alone closes its phrase ("In Rome, X said")."""
    between = {text.lower() for text in texts[end + 1 : i]} - {"the", "then"}
    joining = {"and", "&"} if behind else {"and", "&", ","}
    return bool(between & joining) and between <= {"and", "&", ","}
