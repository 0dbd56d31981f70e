"""An article that tells what cannot be is refused in one sentence, and the others land."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from building import ACTORS, extraction, graph, meeting, put, statement, visit
from check.mutants import valid
from click.testing import CliRunner
from pyoxigraph import Literal, Quad

from kb import KnowledgeBase
from kb.check.ingest import MISPLACED, validate
from kb.cli import main
from kb.model import Article, Evidence, Extraction
from kb.store import memory_store
from kb.vocabulary import DIP, GRAPH

TEXT = "They met. It was useful."
GOOD = meeting("Putin", "Macron", on="2024-05-19", place="Sochi", country="RU")


class Teller:
    """An extractor that tells something odd of the article with the title "Odd"."""

    version = "teller"

    def __init__(self, odd: Extraction) -> None:
        self.odd = odd

    def code(self, article: Article) -> Extraction:
        told = self.odd if article.title == "Odd" else extraction("x", GOOD)
        return replace(told, article=article)


def told(*events: object, **changes: object) -> Extraction:
    return replace(extraction("x", *events), **changes)  # type: ignore[arg-type]


ODD = {
    "no participant": (
        told(replace(GOOD, participants=())),
        "a meeting has actors: two, or a group that meets",
    ),
    "a status that there is not": (
        told(replace(GOOD, status="rumoured")),  # type: ignore[arg-type]
        "'rumoured'",
    ),
    "an actor that is not told": (told(GOOD, actors=()), "KeyError"),
    "a date that there is not": (told(replace(GOOD, date="next week")), "'next week' is no date"),
    "no evidence": (told(replace(GOOD, evidence=())), "a report names a passage that proves it"),
    "a passage of no length": (
        told(replace(GOOD, evidence=(Evidence(3, 3, ""),))),
        "a passage begins at an offset before its end",
    ),
    "a passage that is longer than it says": (
        told(replace(GOOD, evidence=(Evidence(0, 5, "They met."),))),
        "as many characters as its offsets say",
    ),
    "a passage that stands elsewhere": (
        told(replace(GOOD, evidence=(Evidence(1, 10, "They met."),))),
        MISPLACED,
    ),
    "a passage beyond the end": (
        told(replace(GOOD, evidence=(Evidence(90, 99, "They met."),))),
        MISPLACED,
    ),
    "a country that is no code": (
        told(replace(GOOD, country="Russia")),
        "a state has one country code of two letters",
    ),
    "an entry that is not Wikidata's": (
        told(visit("Putin", "FR"), actors=(replace(ACTORS["Putin"], wikidata="Putin"),)),
        "an actor is matched with an entry of Wikidata",
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_what_an_extractor_must_not_tell(case: str, tmp_path: Path) -> None:
    odd, message = ODD[case]
    lines = (json.dumps({"title": t, "id": t, "text": TEXT}) for t in ("One", "Odd", "Two"))
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with KnowledgeBase.memory(extractor=Teller(odd)) as kb:
        outcomes = kb.add(tmp_path / "news.jsonl")
        assert [o.state for o in outcomes] == ["added", "failed", "added"]
        error = outcomes[1].error
        assert error is not None
        assert message in error.message
        assert "\n" not in error.message
        assert outcomes[1].where.endswith("news.jsonl:2")
        assert {row["title"] for row in kb.articles()} == {"One", "Two"}
        assert kb.check().ok


def test_what_an_article_tells_is_valid() -> None:
    events = (GOOD, visit("Macron", "RU", "Sochi"), statement("Macron", "It was useful.", "Putin"))
    assert validate(graph(extraction("a", *events)).quads) == ()


def test_a_group_can_meet() -> None:
    """ "The foreign ministers of the bloc met on Monday" has one actor of several people."""
    assert validate(graph(extraction("a", meeting("officials", on="2022-02-07"))).quads) == ()


def test_an_article_is_validated_alone() -> None:
    """What another article tells of its actors makes good for nothing."""
    alone = [q for q in graph(extraction("a", GOOD)).quads if q.object != DIP.Person]
    messages = {violation.message for violation in validate(alone)}
    assert "a meeting has actors: two, or a group that meets" in messages


SPOILT = [
    ("meeting", DIP.medium, "a meeting has one medium"),
    ("statement", DIP.quoted, "a statement is quoted or it is not"),
    ("visit", DIP.status, "a report has one status"),
    ("article", DIP.textDigest, "an article has one digest of its text"),
]


@pytest.mark.parametrize(("what", "predicate", "message"), SPOILT)
def test_a_shard_with_one_bad_article(
    what: str, predicate: object, message: str, tmp_path: Path
) -> None:
    events = {
        "meeting": GOOD,
        "visit": visit("Macron", "RU", "Sochi"),
        "statement": statement("Macron", "It was useful.", "Putin"),
        "article": GOOD,
    }
    with put(memory_store(), extraction("good", GOOD), extraction("bad", events[what])) as store:
        lines = [
            f"{q} ."
            for q in store.quads()
            if not (
                q.predicate == predicate
                and q.graph_name not in (GRAPH.derived, GRAPH.gazetteer)
                and q.graph_name == graph(extraction("bad", GOOD)).name
            )
        ]
    shard = tmp_path / "shard.nq"
    shard.write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(
        main, ["import", str(shard), "--store", str(tmp_path / "kb")], prog_name="kb"
    )
    assert result.exit_code == 1
    assert message in result.stderr
    assert "source:Gazette/bad" in result.stderr
    assert "Traceback" not in result.stderr
    assert "2 articles: 1 added, 1 failed" in result.stdout
    with KnowledgeBase.open(tmp_path / "kb") as kb:
        assert [row["key"] for row in kb.articles()] == ["source:Gazette/good"]
        assert kb.check().ok


def test_a_shard_that_names_things_elsewhere(tmp_path: Path) -> None:
    """A hostile shard: a report that claims the passage of another article."""
    wrong = [
        Quad(q.subject, q.predicate, Literal("something else"), q.graph_name)
        if q.predicate == DIP.exact
        else q
        for q in valid()
    ]
    shard = tmp_path / "shard.nq"
    shard.write_text("\n".join(f"{q} ." for q in wrong), encoding="utf-8")
    with KnowledgeBase.memory() as kb:
        outcomes = kb.import_(shard)
        assert {o.state for o in outcomes} == {"failed"}
        assert all("offsets" in str(o.error) or "words" in str(o.error) for o in outcomes)
        assert kb.articles() == []
