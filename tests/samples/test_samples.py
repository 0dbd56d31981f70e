"""The bundled articles and what a careful reader finds in them (``gold.jsonl``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.model import ACTOR_TYPES, MEDIA, STATUSES, Article
from kb.samples import sample_articles

GOLD: dict[str, dict[str, Any]] = {
    record["id"]: record
    for record in map(
        json.loads,
        (Path(__file__).parent / "gold.jsonl").read_text(encoding="utf-8").splitlines(),
    )
}
EVENTS = [event for record in GOLD.values() for event in record["meetings"] + record["visits"]]


@pytest.fixture(scope="module", params=sample_articles(), ids=lambda article: article.id)
def article(request: pytest.FixtureRequest) -> Article:
    assert isinstance(request.param, Article)
    return request.param


def test_every_article_is_short_dated_and_says_that_it_is_a_sample(article: Article) -> None:
    assert 80 <= len(article.text.split()) <= 200
    assert article.published is not None
    assert article.source is not None
    assert article.source.startswith("Sample ")
    assert article.text.replace("\n", "").isprintable()


def test_the_gold_speaks_of_what_stands_in_the_text(article: Article) -> None:
    record = GOLD[article.id]
    actors = {actor["id"]: actor for actor in record["actors"]}
    used: set[str] = set()
    for event in record["meetings"] + record["visits"]:
        used |= set(event.get("participants", ())) | {event.get("visitor", "a1")}
        assert event["evidence"]
        assert all(passage in article.body for passage in event["evidence"])
    for statement in record["statements"]:
        used |= {statement["speaker"], *statement["addressees"]}
        assert statement["text"] in article.body
    assert used >= set(actors), "an actor that does nothing"
    assert all(actor["type"] in ACTOR_TYPES for actor in actors.values())


def test_the_samples_cover_every_kind_status_and_medium() -> None:
    assert set(GOLD) == {article.id for article in sample_articles()}
    assert {e["status"] for e in EVENTS} == set(STATUSES)
    assert {e["medium"] for e in EVENTS if "medium" in e} == set(MEDIA)
    assert {e["status"] for e in EVENTS if "visitor" in e} >= {
        "held",
        "planned",
        "proposed",
        "cancelled",
    }
    statements = [s for record in GOLD.values() for s in record["statements"]]
    assert {(s["quote"], bool(s["addressees"])) for s in statements} >= {
        (True, False),
        (False, False),
        (False, True),
    }
    assert any(not r["actors"] for r in GOLD.values()), "an article without any event"


def test_boilerplate_of_the_samples_is_masked() -> None:
    text = {article.id: article.body for article in sample_articles()}
    assert "ferry" not in text["camp-david-2023"]
    assert "[ad_" not in text["camp-david-2023"]
    assert "newsletter" not in text["panmunjom-after-2018"]
