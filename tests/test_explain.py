"""Explanations: every record says what it was read from, in the article's own words."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kb.coder import Coder
from kb.explain import explained
from kb.model import Article, Extraction, Trace
from kb.samples import sample_articles

CODER = Coder(explain=True)
ARTICLES = list(sample_articles())


def article(text: str) -> Article:
    return Article("key", "id", "Talks", text, text, date(2021, 6, 9))


def told(text: str) -> Extraction:
    return CODER.code(article(text))


def traces(found: Extraction) -> list[Trace]:
    out = [r.trace for r in (*found.meetings, *found.visits, *found.statements)]
    assert None not in out
    return [t for t in out if t is not None]


PATHS = [
    # sentence, rule, trigger, status from, date from, place from, ways to the participants
    (
        "Angela Merkel met Emmanuel Macron in Geneva on Monday.",
        ("verb:meet", "met", "met", "Monday", "Geneva"),
        ["met -subj-> Angela Merkel", "met -obj-> Emmanuel Macron"],
    ),
    (
        "Angela Merkel will hold talks with Emmanuel Macron.",
        ("noun:talks", "talks", "will hold", "", ""),
        [
            "talks <-obj- hold -subj-> Angela Merkel",
            "talks <-obj- hold -obl:with-> Emmanuel Macron",
        ],
    ),
    (
        "Angela Merkel refused to meet Emmanuel Macron.",
        ("verb:meet", "meet", "refused", "", ""),
        ["meet <-xcomp- refused -subj-> Angela Merkel", "meet -obj-> Emmanuel Macron"],
    ),
    (
        "Angela Merkel was received by Emmanuel Macron in Paris.",
        ("verb:receive", "received", "was received", "", "Paris"),
        ["received -agent:by-> Emmanuel Macron", "received -subj_pass-> Angela Merkel"],
    ),
]


@pytest.mark.parametrize(("text", "facts", "ways"), PATHS)
def test_a_meeting_is_traced_to_its_words(
    text: str, facts: tuple[str, ...], ways: list[str]
) -> None:
    trace = told(text).meetings[0].trace
    assert trace is not None
    assert (trace.rule, trace.trigger, trace.status, trace.date, trace.place) == facts
    assert [a.path for a in trace.arguments] == ways


WAYS = [
    ("President Joe Biden met Boris Johnson.", "Joe Biden", "full name"),
    ("President Joe Biden left. Biden met Boris Johnson.", "Joe Biden", "part of the name"),
    ("The French president met Boris Johnson.", "Emmanuel Macron", "office that the person holds"),
    ("Joe Biden left. He met Boris Johnson.", "Joe Biden", "pronoun"),
    ("China and Japan held talks.", "China", "state"),
    (
        "German Foreign Minister Heiko Maas met his Spanish counterpart.",
        "Arancha González",
        "counterpart of another",
    ),
]


@pytest.mark.parametrize(("text", "name", "way"), WAYS)
def test_an_actor_says_how_it_is_named(text: str, name: str, way: str) -> None:
    actor = next(a for a in told(text).actors if a.name == name)
    assert way in [n.way for n in actor.namings]


def test_an_identity_says_where_it_is_from() -> None:
    found = {
        a.name: a.identity
        for a in told("Joe Biden met President Ann Nobody of Chad. Chad thanked Japan.").actors
    }
    assert re.match(r"gazetteer, Joe Biden, Q\d+: President of US, 2021-01-20", found["Joe Biden"])
    assert found["Ann Nobody"] == "as the article names it; TD by what the article tells"


@pytest.mark.parametrize("sample", ARTICLES, ids=lambda a: a.id)
def test_every_record_is_explained_in_words_of_the_article(sample: Article) -> None:
    found = CODER.code(sample)
    ids = {a.id for a in found.actors}
    for trace in traces(found):
        assert trace.rule
        assert sample.text[trace.start : trace.end] == trace.trigger
        for argument in trace.arguments:
            assert sample.text[argument.start : argument.end] == argument.text
            assert argument.path
            assert set(argument.actors) <= ids
    for actor in found.actors:
        assert actor.identity
        for naming in actor.namings:
            assert sample.text[naming.start : naming.end] == naming.text
    assert explained(found).count("\n  rule ") == len(traces(found))


def test_nobody_explains_unasked() -> None:
    plain = Coder().code(article("Angela Merkel met Joe Biden."))
    assert plain.meetings[0].trace is None
    assert "explain" not in str(plain.to_json())
    assert plain == told("Angela Merkel met Joe Biden.")


def test_an_article_that_tells_nothing_says_so() -> None:
    assert "Nothing: no meeting" in explained(told("The weather was fine."))
