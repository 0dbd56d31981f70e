"""Writes to a store and is killed in the middle, at a chosen line of the code that writes.

The moment is a line of code, counted from the beginning of a scenario over all that is run of
``kb.store``, ``kb.update``, ``kb.filling`` and ``kb.knowledge_base``. The process ends itself with
SIGKILL, so that nothing can be tidied up.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from building import ACTORS, MINTER, extraction, graph, meeting, statement, visit
from pyoxigraph import NamedNode

from kb import filling
from kb.gazetteer import gazetteer
from kb.judgements import Judgement
from kb.knowledge_base import KnowledgeBase
from kb.model import Article, Extraction
from kb.rdf import article_graph
from kb.store import create_store, embedded
from kb.update import Updater

WATCHED = tuple(
    str(Path(embedded.__file__).parents[1] / name)
    for name in ("store", "update", "filling.py", "knowledge_base.py")
)

TOLD = [
    extraction(
        f"n{number}",
        meeting("Putin", "Macron", on=f"2022-02-{number:02}", place="Moscow", country="RU"),
        meeting("Lavrov", "Doe", status="planned", on="2022-04"),
        visit("Macron", "RU", "Moscow", on="2022-02-07"),
        statement("Putin", f"We shall meet {number % 3} times", "Macron"),
        published=f"2022-02-{number + 1:02}",
    )
    for number in range(1, 8)
]
"""Articles that share events, each with one of its own."""

ARTICLES = [told.article for told in TOLD]


class Scripted:
    """Tells of each article what it is to tell."""

    version = "by hand"

    def code(self, article: Article) -> Extraction:
        return next(told for told in TOLD if told.article.key == article.key)


def add(place: Path) -> None:
    """Add all articles, three at a time, publishing now and then."""
    filling.TOGETHER, filling.PUBLISHED_EVERY = 3, 0.0
    filling.sound_graph = article_graph  # its passages stand in no text
    with KnowledgeBase.create(place, extractor=Scripted()) as kb:
        for _ in kb._filled().fill(ARTICLES):
            pass


def remove(place: Path) -> None:
    """Take all articles but the first two out, one by one, publishing each time."""
    with create_store(place) as store:
        updater = Updater(store, MINTER, gazetteer())
        for told in TOLD[2:]:
            updater.drop(graph(told).name)
            store.publish()


def judge(place: Path) -> None:
    """Judge persons and events to be the same, so that events are put together anew."""
    with create_store(place) as store:
        updater = Updater(store, MINTER, gazetteer())
        for judgement in judgements():
            updater.judge([judgement])
            store.publish()


def judgements() -> list[Judgement]:
    reports = [next(r.iri for r in graph(told).reports if r.kind == "meeting") for told in TOLD]
    doe, roe = (MINTER.actor(ACTORS[name]).value for name in ("Doe", "Namesake"))
    return [
        Judgement.of(doe, roe, "same"),
        *(Judgement.of(reports[0], other, "same") for other in reports[1:4]),
    ]


def names() -> list[NamedNode]:
    """The graphs of the articles."""
    return [graph(told).name for told in TOLD]


SCENARIOS: dict[str, Callable[[Path], None]] = {"add": add, "remove": remove, "judge": judge}


def run(scenario: str, place: Path, point: int) -> int:
    """Run a scenario to its end, or to the line at which it is killed; returns the lines it ran."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if not frame.f_code.co_filename.startswith(WATCHED):
            return None
        if event == "line":
            count += 1
            if count == point:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    SCENARIOS[scenario](place)
    sys.settrace(None)
    return count
