"""Several processes code articles: the order is kept, what fails is told, memory is bounded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from building import lines
from extractors import Local, Scripted

from kb import engine, filling
from kb.engine import Processes, code
from kb.errors import ExtractionError, KBError
from kb.knowledge_base import KnowledgeBase
from kb.model import Article, Extraction
from kb.samples import sample_file


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes from the first article on."""
    monkeypatch.setattr(engine, "ALONE", 0)


def article(number: int, text: str = "They met.") -> Article:
    return Article(f"k{number}", str(number), f"Title {number}", text, text)


def told(items: list[Article | str], jobs: int = 2) -> list[str]:
    """What came of each: "coded", "failed: why", or what was handed through."""
    out = []
    for item, found in code(items, Scripted(), jobs):
        if isinstance(item, str):
            assert found is None
            out.append(item)
        elif isinstance(found, Extraction):
            assert found.article.id == item.id
            out.append("coded")
        else:
            assert isinstance(found, ExtractionError)
            out.append(f"failed: {found.message}")
    return out


def test_the_order_is_kept() -> None:
    items: list[Article | str] = ["first", *map(article, range(9)), "among them", article(9)]
    items += [article(10, "fail"), "last"]
    assert told(items) == [
        "first", *["coded"] * 9, "among them", "coded", "failed: 10: as it was told to", "last",
    ]  # fmt: skip


def test_other_processes_do_it() -> None:
    found = [
        t.coder
        for _, t in code([*map(article, range(40))], Scripted(), 2)
        if isinstance(t, Extraction)
    ]
    assert len(found) == 40
    assert str(os.getpid()) not in " ".join(found)


def test_one_job_is_this_process() -> None:
    [(_, found)] = code([article(1)], Scripted(), 1)
    assert isinstance(found, Extraction)
    assert found.coder.endswith(f" {os.getpid()}")


def test_an_article_that_ends_its_process() -> None:
    items: list[Article | str] = [
        article(n, "kill" if n in (3, 14) else "They met.") for n in range(20)
    ]
    found = told(items)
    assert [n for n, state in enumerate(found) if state != "coded"] == [3, 14]
    assert found[3] == "failed: 3: cannot be coded: its process was ended"


def test_what_cannot_be_handed_over() -> None:
    with pytest.raises(KBError, match="cannot be handed to other processes"):
        list(code([article(1)], Local(), 2))


def test_it_reads_ahead_a_little_only() -> None:
    read = 0

    def endless() -> Iterator[Article]:
        nonlocal read
        while True:
            read += 1
            yield article(read)

    results = code(endless(), Scripted(), 2)
    for _ in range(30):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert read <= 30 + 2 * engine.AHEAD * engine.CHUNK + engine.CHUNK


def test_what_is_handed_through_waits_for_nobody() -> None:
    results = code(iter(["unchanged"] * 1000), Scripted(), 2)
    assert next(results) == ("unchanged", None)


def test_the_store_is_the_same_as_by_one_process() -> None:
    stores = []
    for jobs in (1, 2):
        with KnowledgeBase.memory() as kb:
            outcomes = kb.add(sample_file("wires.jsonl"), jobs=jobs)
            assert {o.state for o in outcomes} == {"added"}
            stores.append(([o.title for o in outcomes], lines(kb.store)))
    assert stores[0] == stores[1]


def test_one_article_dated_anew_while_it_is_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both go their way; the last one stays."""
    monkeypatch.setattr(filling, "TOGETHER", 1)
    first = replace(article(1), published=date(2024, 5, 20))
    then = replace(first, published=date(2024, 5, 21))
    with KnowledgeBase.memory(extractor=Scripted()) as kb:
        outcomes = kb._filled().fill([first, article(2), then, then], Processes(2))
        assert [o.state for o in outcomes] == ["added", "added", "updated", "unchanged"]
        assert {row.get("published") for row in kb.articles()} == {"2024-05-21", None}
