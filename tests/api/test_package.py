"""``from kb import …``: what is there, and that asking for it is all it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import kb


@pytest.mark.parametrize("name", kb.__all__)
def test_what_it_offers(name: str) -> None:
    found = getattr(kb, name)
    assert isinstance(found, str) or found.__name__ == name
    assert name in dir(kb)


def test_another_name_is_none_of_it() -> None:
    with pytest.raises(AttributeError, match="module 'kb' has no attribute 'KnowlegeBase'"):
        _ = kb.KnowlegeBase  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("import kb", {"kb.model", "pyoxigraph", "spacy", "rdflib", "pandas"}),
        ("from kb import KBError", {"pyoxigraph", "spacy", "rdflib", "pandas"}),
        ("from kb import KnowledgeBase", {"spacy", "rdflib", "pandas"}),
        (
            "from kb import KnowledgeBase; KnowledgeBase.memory().who_met()",
            {"spacy", "rdflib", "pandas"},
        ),
    ],
)
def test_what_it_leaves_alone(code: str, unwanted: set[str]) -> None:
    """The shell waits for every module that is loaded."""
    code = f"{code}\nimport sys; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(told.stdout.split()) & unwanted == set()
