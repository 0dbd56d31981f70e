"""A knowledge base of the bundled articles, filled once; nothing here changes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb import KnowledgeBase


@pytest.fixture(scope="session")
def demo() -> Iterator[KnowledgeBase]:
    with KnowledgeBase.demo() as kb:
        yield kb
