"""What checking costs: ``python tests/check/cost.py [ARTICLES] [--articles-only]``.

Makes up articles with the proportions of dispatches, validates every one as ``kb add`` does,
writes them with all that follows from them into a store on disk, and checks that store. Prints
milliseconds for an article, and seconds and memory for the store.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from building import MINTER

from kb.check import check_store
from kb.check.ingest import validate
from kb.derive import block_key
from kb.derive.standing import event_of
from kb.gazetteer import gazetteer
from kb.model import Actor, Article, Evidence, Extraction, Meeting, Statement, Visit
from kb.rdf import ArticleGraph, article_graph, copied, event_quads, met_quads
from kb.reports import Report
from kb.store.embedded import EmbeddedStore
from kb.vocabulary import ACTOR_CLASS, GRAPH, RDF

STATES = (
    *("US", "CN", "RU", "FR", "GB", "DE", "IN", "JP", "KR", "KP"),
    *("IR", "IL", "TR", "UA", "SA", "EG", "KE", "NG", "BR", "ZA"),
)
PERSONS = 3000


def person(rank: int) -> Actor:
    state = STATES[rank % len(STATES)]
    return Actor(f"p{rank}", "person", f"Person Number {rank}", country=state, office="minister")


def made_up(number: int, dice: random.Random) -> Extraction:
    """An article with the proportions of a dispatch: a few meetings, a visit, many quotations."""
    ranks = {min(int(dice.paretovariate(0.6)) - 1, PERSONS) for _ in range(dice.randint(3, 9))}
    actors = [person(rank) for rank in sorted(ranks | {dice.randrange(PERSONS), 0, 1})]
    actors += [Actor(f"s{c}", "state", c, country=c) for c in dice.sample(STATES, 3)]
    ids = [actor.id for actor in actors]
    published = date(2003, 1, 1) + timedelta(days=dice.randrange(8000))
    body = "".join(f"Sentence number {n} of the dispatch tells something. " for n in range(40))
    places = ("Geneva", "CH"), ("Vienna", "AT"), ("Doha", "QA")

    def passage() -> Evidence:
        start = 48 * dice.randrange(35)
        return Evidence(start, start + 48, body[start : start + 48])

    def on() -> str | None:
        day = published - timedelta(days=dice.randrange(5))
        return dice.choice([None, day.isoformat(), day.isoformat()[:7]])

    status = ("held", "held", "held", "planned", "denied")
    meetings = tuple(
        Meeting(
            tuple(dice.sample(ids, dice.choice((2, 2, 2, 3)))), dice.choice(status), "in-person",
            (passage(),), on(), *dice.choice(places),
        )
        for _ in range(dice.randint(1, 4))
    )  # fmt: skip
    visits = tuple(
        Visit(dice.choice(ids), dice.choice(status), (passage(),), on(), *dice.choice(places))
        for _ in range(dice.randint(0, 2))
    )
    statements = tuple(
        Statement(dice.choice(ids), passage(), True, evidence=passage())
        for _ in range(dice.randint(2, 8))
    )
    article = Article(
        f"source:Wire/{number}", str(number), f"Dispatch {number}", f"{body}{number}", body,
        published, "Wire", language="en",
    )  # fmt: skip
    return Extraction(article, tuple(actors), meetings, visits, statements, "made up")


def graphs(count: int) -> Iterator[tuple[ArticleGraph, str]]:
    """The graphs of made-up articles, each with the text of its article."""
    dice = random.Random(1)
    for number in range(count):
        told = made_up(number, dice)
        yield article_graph(told, MINTER, gazetteer()), told.article.text


def fill(store: EmbeddedStore, told: list[ArticleGraph]) -> None:
    """Articles and events in bulk: reports of one block are one event, for the sake of time; names
    and keys, which no shape is about, are left out."""
    store.engine.bulk_extend(quad for graph in told for quad in graph.quads)
    blocks: dict[str, list[Report]] = {}
    for report in (report for graph in told for report in graph.reports):
        blocks.setdefault(block_key(report), []).append(report)
    events = [event_of(block, block[0].actors) for block in blocks.values()]
    store.engine.bulk_extend(q for event in events for q in event_quads(event, MINTER))
    met = {
        pair
        for event in events
        if event.kind == "meeting" and event.standing == "held"
        for pair in combinations(event.actors, 2)
    }
    store.engine.bulk_extend(quad for pair in met for quad in met_quads(*pair))
    classes = set(ACTOR_CLASS.values())
    for graph in told:
        typed = [q for q in graph.quads if q.predicate == RDF.type and q.object in classes]
        store.engine.bulk_extend(copied(typed, GRAPH.derived))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=2000)
    parser.add_argument("--articles-only", action="store_true")
    options = parser.parse_args()
    told = []
    validate([])
    spent = 0.0
    for graph, text in graphs(options.articles):
        began = time.process_time()
        assert not validate(graph.quads, text)
        spent += time.process_time() - began
        told.append(graph)
    mean = sum(len(graph.quads) for graph in told) / len(told)
    print(f"an article of {mean:.0f} quads: {1000 * spent / len(told):.2f} ms")
    if options.articles_only:
        return
    with TemporaryDirectory() as folder:
        store = EmbeddedStore.write(Path(folder) / "store")
        fill(store, told)
        store.engine.flush()
        size = len(store.engine)
        told.clear()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        began, worked = time.perf_counter(), time.process_time()
        found = check_store(store)
        seconds, work = time.perf_counter() - began, time.process_time() - worked
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        store.close()
    wrong = len(found.violations)
    print(f"a store of {size} quads: {seconds:.1f} s ({work:.1f} s of work), {wrong} violations")
    print(f"largest memory: {after:.0f} MB, {after - before:.0f} MB of it for the check")
    for violation in found.violations[:5]:
        print(violation)


if __name__ == "__main__":
    main()
