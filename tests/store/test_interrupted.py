"""Changes of a remote store that are too large for one request: nobody sees half an article, and
whatever breaks off is made whole by running it again."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
import pytest
import sparql_servers
from building import extraction, graph, lines, meeting, put, statement, visit
from pyoxigraph import Quad
from sparql_servers import Fake, Reply, Request

from kb.ask import named_query, select
from kb.errors import StoreError
from kb.model import Extraction
from kb.store import Store, create_store, memory_store, open_store
from kb.vocabulary import GRAPH

FIRST = extraction(
    "one",
    meeting("Putin", "Macron", on="2022-02-07", place="Moscow", country="RU"),
    statement("Putin", "Talks will go on in Paris", "Macron"),
)
OTHER = extraction(
    "two",
    meeting("Putin", "Macron", on="2022-02", words="The two met."),
    visit("Macron", "RU", "Moscow", on="2022-02-07"),
    statement("Putin", "Talks will go on in Paris", "Macron"),
)
CHANGED = extraction(
    "one",
    meeting("Putin", "Macron", on="2022-02-08", place="Moscow", country="RU"),
    meeting("Lavrov", "Doe", status="planned", on="2022-04"),
    text="It was coded anew.",
)

CHANGES = {
    "an article comes": ([FIRST], OTHER),
    "an article comes anew": ([FIRST, OTHER], CHANGED),
}


@pytest.fixture
def server() -> Iterator[Fake]:
    with sparql_servers.fake() as server:
        yield server


def told(store: Store) -> list[object]:
    """What a reader is told of articles, events and their reports."""
    return [
        select(store, named_query(name))
        for name in ("articles", "who-met", "visits", "statements", "stats", "reports-of")
    ]


def view(server: Fake) -> list[object]:
    store = memory_store(q for q in server.store if q.graph_name != GRAPH.journal)
    return told(store)


def largest_change(before: list[Extraction], then: Extraction) -> int:
    """Bytes of the one request that the change would be."""
    with sparql_servers.fake() as server, create_store(server.url) as store:
        put(store, *before)
        server.requests.clear()
        put(store, then)
        [size] = [int(r.headers["Content-Length"]) for r in server.requests if r.is_update]
    return size


def prepared(server: Fake, before: list[Extraction], then: Extraction) -> tuple[list[Quad], int]:
    """What the store holds before a change, and the number of updates that the change takes."""
    with create_store(server.url) as store:
        put(store, *before)
        held = list(server.store)
        server.requests.clear()
        put(store, then)
    return held, sum(request.is_update for request in server.requests)


def cut_off(server: Fake, held: list[Quad], then: Extraction, last: int, hook: str) -> None:
    """A change of which the update of that number is the first that fails."""
    server.store = pyoxigraph.Store()
    server.store.extend(held)
    updates = 0

    def fail(request: Request) -> Reply | None:
        nonlocal updates
        updates += request.is_update
        return (400, {}, b"cut off") if request.is_update and updates >= last else None

    with create_store(server.url) as store:
        setattr(server, hook, fail)
        with pytest.raises(StoreError, match="cut off"):
            put(store, then)
    server.before = server.after = lambda _: None


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_sees_half_an_article(
    change: str, server: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, then = CHANGES[change]
    monkeypatch.setenv("KB_STORE_BATCH", str(largest_change(before, then) - 500))
    with create_store(server.url) as store:
        put(store, *before)
        old, seen = view(server), []
        server.after = lambda request: seen.append(view(server)) if request.is_update else None
        put(store, then)
    new = told(put(memory_store(), *before, then))
    assert len(seen) > 5, "it took several requests"
    flips = [one is not two and one != two for one, two in zip([old, *seen], seen, strict=False)]
    assert flips.count(True) == 1, "all at once"
    assert seen[-1] == new


@pytest.mark.parametrize(
    ("change", "share", "lost"),
    [
        ("an article comes", 0.95, "before"),
        ("an article comes", 0.4, "after"),
        ("an article comes anew", 0.95, "after"),
        ("an article comes anew", 0.4, "before"),
    ],
)
def test_what_breaks_off_is_made_whole(
    change: str, share: float, lost: str, server: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it breaks off: ``before`` a request is received, or ``after`` it was carried out.
    A request takes a share of what the whole change would need."""
    before, then = CHANGES[change]
    monkeypatch.setenv("KB_STORE_BATCH", str(int(largest_change(before, then) * share)))
    want = lines(put(memory_store(), *before, then))
    held, total = prepared(server, before, then)
    old = lines(memory_store(held))
    assert total > 5
    completed = set()
    for last in range(1, total + 1):
        cut_off(server, held, then, last, lost)
        with open_store(server.url) as reader:
            told(reader)  # whatever there is, it can be read
        with create_store(server.url) as store:
            # whoever writes next completes what was noted, whatever it came for
            assert not list(server.store.quads_for_pattern(None, None, None, GRAPH.journal))
            now = lines(store)
            assert now in (old, want), f"cut off at {last} of {total}"
            completed.add(now == want)
            if now == old:
                put(store, then)
                assert lines(store) == want
    assert completed == {True, False}


def test_a_journal_is_no_part_of_what_is_held(
    server: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_STORE_BATCH", "4000")
    with create_store(server.url) as store:
        put(store, FIRST)
        held = lines(store)
        quads = list(graph(OTHER).quads)

        def fail(request: Request) -> Reply | None:
            """Only the journal is written."""
            update = request.form.get("update", GRAPH.journal.value)
            return None if GRAPH.journal.value in update else (400, {}, b"")

        server.before = fail
        with pytest.raises(StoreError):
            store.change(add=quads)
        assert list(server.store.quads_for_pattern(None, None, None, GRAPH.journal))
        assert lines(store) == held
    server.before = lambda _: None
    with open_store(server.url) as reader:
        assert lines(reader) == held


def test_a_journal_that_is_none_is_told(server: Fake) -> None:
    server.store.update(
        f"INSERT DATA {{ GRAPH {GRAPH.journal} {{ {GRAPH.journal} "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#value> "
        '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" } }'
    )
    with pytest.raises(StoreError, match="is no journal"):
        create_store(server.url)
