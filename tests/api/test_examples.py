"""The examples in the docstrings of the Python API give what stands below them."""

from __future__ import annotations

import doctest
import inspect
from importlib import import_module
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.holdings import Holdings
from kb.questions import Questions

MODULES = (
    "kb.knowledge_base",
    "kb.holdings",
    "kb.questions",
    "kb.views.rows",
    "kb.views.triples",
)
EXAMPLES = [
    example
    for name in MODULES
    for example in doctest.DocTestFinder(exclude_empty=True).find(import_module(name))
    if example.examples
]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example(
    example: doctest.DocTest,
    demo: KnowledgeBase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """``kb`` is the knowledge base of the bundled articles, ``KnowledgeBase`` the class."""
    monkeypatch.chdir(tmp_path)
    example.globs = {"kb": demo, "KnowledgeBase": KnowledgeBase}
    told: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(example, out=told.append)
    assert not told, "".join(told)


def test_every_public_method_has_an_example() -> None:
    shown = {example.name.rpartition(".")[2] for example in EXAMPLES}
    methods = {
        name
        for kind in (KnowledgeBase, Holdings, Questions)
        for name, member in vars(kind).items()
        if not name.startswith("_")
        and (inspect.isfunction(member) or isinstance(member, classmethod))
    }
    assert methods - shown == set()
