"""The extractor as the rest sees it: one failing article never stops the others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from building import extraction

from kb.coder import Coder, ExtractionFailure
from kb.errors import ExtractionError, ModelError
from kb.model import Article, Extraction
from kb.samples import sample_articles


def article(text: str) -> Article:
    return replace(extraction("one").article, text=text, body=text)


def test_an_article_that_breaks_the_rules_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_nlp: object, coded: Article, *_: object) -> Extraction:
        if "boom" in coded.text:
            raise KeyError("boom")
        return Extraction(coded)

    monkeypatch.setattr("kb.coder.extract", broken)
    good, bad = article("Nothing."), article("boom")
    found = list(Coder().code_all([good, bad, good]))
    assert [type(f) for f in found] == [Extraction, ExtractionFailure, Extraction]
    failure = found[1]
    assert isinstance(failure, ExtractionFailure)
    assert isinstance(failure.error, ExtractionError)
    assert "KeyError" in failure.error.message


def test_an_unknown_pipeline() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        Coder("no_such_pipeline").code(article("Nothing."))


def test_the_version_names_everything_that_decides() -> None:
    version = Coder().version
    assert version.startswith("kb ")
    assert "gazetteer" in version


ODD = [
    "",
    "\n\n\n",
    "met",
    "“",
    "He met her. They met.",
    "The two leaders met. It said. Its. His counterpart.",
    "A and B and C and D and E met " * 300,
    "\u202eXi met Han\u202c \u200b\u00a0 in \ufeffSeoul.",
    "会見した。 Він зустрівся.",
    "Xi, Han, and" * 50,
    "the the the foreign ministers of of and , , Iran and",
    "X" * 5000,
    "“Yes,” “no,” said said said told told that that.",
    "President of the Republic of the Republic of the",
    "On 2023-13-45 he will have been going to be meeting to meet to meet.",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_coded(text: str) -> None:
    assert Coder().code(article(text)).article.text == text


def test_what_is_told_is_in_the_text() -> None:
    coder = Coder()
    for sample in sample_articles():
        told = coder.code(sample)
        passages = [e for m in (*told.meetings, *told.visits) for e in m.evidence]
        passages += [s.text for s in told.statements]
        assert all(sample.text[p.start : p.end] == p.text for p in passages)
        ids = {a.id for a in told.actors}
        used = {i for m in told.meetings for i in m.participants}
        used |= {v.visitor for v in told.visits} | {s.speaker for s in told.statements}
        used |= {i for s in told.statements for i in s.addressees}
        assert used == ids
