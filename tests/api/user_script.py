"""What somebody writes who checks types: each answer has the type that it says it has."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from typing import assert_type

import pandas as pd
import rdflib

from kb import Article, Extraction, KBError, KnowledgeBase, Outcome, Rows, Triples


class Nothing:
    """An extractor of one's own."""

    version = "nothing 1"

    def code(self, article: Article) -> Extraction:
        return Extraction(article, coder=self.version)


def ask(kb: KnowledgeBase) -> Mapping[str, object]:
    meetings = kb.who_met("Putin", since=date(2020, 1, 1), until=2024, statuses=["held", "denied"])
    assert_type(meetings, Rows)
    assert_type(meetings.to_pandas(), pd.DataFrame)
    assert_type(kb.visits(to="Moscow", statuses="planned"), Rows)
    assert_type(kb.statements(about="talks"), Rows)
    assert_type(kb.query("most-met", since=2020), Rows | Triples | bool)
    assert_type(kb.select("who-met", standing=["held", "planned"]), Rows)
    assert_type(kb.dataset(), rdflib.Dataset)
    return kb.show(meetings[0]["meeting"])


def main() -> None:
    try:
        with KnowledgeBase.memory(extractor=Nothing()) as kb:
            for outcome in kb.add(sys.argv[1:], published="2024-05-20"):
                assert_type(outcome, Outcome)
                assert_type(outcome.error, KBError | None)
            for extraction in kb.extract("news.txt", on_error=lambda *failed: print(*failed)):
                assert_type(extraction, Extraction)
            print(ask(kb))
    except KBError as error:
        print(error, error.hint)


if __name__ == "__main__":
    main()
