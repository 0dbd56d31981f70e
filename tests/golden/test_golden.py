"""Golden articles: a folder for each, the article as a file and the graph it is to give.

``python tests/golden/test_golden.py`` writes the expected graphs anew; read the difference before
you commit it. The graphs have no blank nodes, so that equal means isomorphic.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kb.coder import Coder
from kb.knowledge_base import KnowledgeBase
from kb.model import Article, Extraction
from kb.read import ReadFailure, read_paths
from kb.store import memory_store

CASES = sorted(p for p in (Path(__file__).parent / "cases").iterdir() if p.is_dir())
NOT_TOLD = ("codedBy", "/graph/gazetteer>")
"""What changes with every version of the gazetteer and the model is left out."""


class Golden:
    """The default extractor under a name that no change of versions touches."""

    version = "golden"

    def __init__(self) -> None:
        self.coder = Coder()

    def code(self, article: Article) -> Extraction:
        return self.coder.code(article)


@cache
def extractor() -> Golden:
    return Golden()


def graph(case: Path) -> list[str]:
    """The graphs of an article and of what follows from it, as sorted N-Quads."""
    settings = json.loads((case / "reading.json").read_text(encoding="utf-8"))
    published = settings.get("published")
    [article] = case.glob("article.*")
    knowledge = KnowledgeBase(memory_store(), extractor())
    for item in read_paths(
        [article],
        published=date.fromisoformat(published) if published else None,
        source=settings.get("source"),
    ):
        assert not isinstance(item, ReadFailure), item
        assert knowledge.add_article(item).error is None
    quads = sorted(map(str, knowledge.store.quads()))
    return [quad for quad in quads if not any(text in quad for text in NOT_TOLD)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_graph(case: Path) -> None:
    expected = (case / "expected.nq").read_text(encoding="utf-8").splitlines()
    assert [f"{quad} ." for quad in graph(case)] == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= 6


if __name__ == "__main__":
    for case in CASES:
        text = "".join(f"{quad} .\n" for quad in graph(case))
        (case / "expected.nq").write_text(text, encoding="utf-8")
        print(case.name, text.count("\n"), "quads")
