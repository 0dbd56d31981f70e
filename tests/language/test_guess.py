"""The reading of sentences that are not parsed: subjects, objects, lists and what is behind
prepositions, by the order of the words alone."""

from __future__ import annotations

import pytest

from kb.language.guess import guessed

SENTENCES = [
    ("Vega/NNP spoke/VBD", "Vega>spoke:subj spoke:root"),
    ("In/IN Rome/NNP ,/, Vega/NNP spoke/VBD",
     "Rome>spoke:obl Vega>spoke:subj spoke:root"),
    ("Vega/NNP and/CC Lund/NNP left/VBD", "Vega>left:subj Lund>Vega:conj left:root"),
    ("Vega/NNP told/VBD Lund/NNP and/CC Holm/NNP",
     "Vega>told:subj told:root Lund>told:obj Holm>Lund:conj"),
    ("trade/NN officials/NNS of/IN Chad/NNP left/VBD",
     "trade>officials:compound officials>left:subj Chad>left:obl left:root"),
    ("Silence/NN ./.", "Silence:root"),
]  # fmt: skip


@pytest.mark.parametrize(("tagged", "told"), SENTENCES)
def test_relations_by_order(tagged: str, told: str) -> None:
    texts, tags = zip(*(word.rsplit("/", 1) for word in tagged.split()), strict=True)
    rows = guessed(texts, tags)
    shown = [
        f"{text}:{row.rel}" if row.rel == "root" else f"{text}>{texts[row.head]}:{row.rel}"
        for text, row in zip(texts, rows, strict=True)
        if row.rel != "other"
    ]
    assert " ".join(shown) == told
