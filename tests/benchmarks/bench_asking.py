"""What questions take on large stores, beside a bare script that opens the same store and runs the
same SPARQL; what starting takes.  ``make bench``

Each group is one comparison; the numbers in brackets are ratios to the quickest of the group.
Stores are made once, in the folder that ``KB_BENCH`` names (default: ``build/bench``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import fill
from kb.store import EmbeddedStore, open_store
from kb.store.generations import Generations
from kb.vocabulary import PREFIXES

FOLDER = Path(os.environ.get("KB_BENCH") or "build/bench").absolute()
SIZES = [int(size) for size in os.environ.get("KB_BENCH_QUADS", "1000000").split(",")]
ROUNDS = 7
BARE = Path(__file__).parent / "bare.py"
KB = Path(sys.executable).parent / "kb"


@pytest.fixture(scope="session", params=SIZES, ids=lambda n: f"{n / 1e6:g}M")
def store(request: pytest.FixtureRequest) -> Path:
    place = FOLDER / f"{request.param}"
    if Generations(place).published() is None:
        fill(place, request.param)
    return place


@pytest.fixture(scope="session")
def somebody(store: Path) -> str:
    """The fiftieth of those who have met most others: neither the first nor the last."""
    from kb.ask import named_query, select

    with open_store(store) as opened:
        return str(select(opened, named_query("most-connected"))[-1]["name"])


@pytest.fixture(scope="session")
def asked(store: Path, somebody: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The queries that ``kb who-met SOMEBODY`` runs, as a bare program would have to write them."""
    from kb.knowledge_base import KnowledgeBase

    texts: list[str] = []
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    query = EmbeddedStore.query

    def note(self: EmbeddedStore, text: str) -> Any:
        texts.append(prefixes + text)
        return query(self, text)

    with pytest.MonkeyPatch.context() as patch, KnowledgeBase.open(store) as kb:
        patch.setattr(EmbeddedStore, "query", note)
        assert kb.who_met(somebody)
    path = tmp_path_factory.mktemp("asked") / "queries.json"
    path.write_text(json.dumps(texts), encoding="utf-8")
    return path


def run(*command: object) -> Callable[[], object]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
    words = [str(word) for word in command]
    return lambda: subprocess.run(words, env=env, check=True, capture_output=True)


def timed(benchmark: Any, group: str, call: Callable[[], object]) -> None:
    benchmark.group = group
    benchmark.pedantic(call, rounds=ROUNDS, warmup_rounds=2)


def label(store: Path) -> str:
    return f"{int(store.name) / 1e6:g} million quads"


def test_who_met_kb(benchmark: Any, store: Path, somebody: str) -> None:
    command = run(KB, "--store", store, "who-met", somebody, "-f", "jsonl")
    timed(benchmark, f"who-met NAME, {label(store)}", command)


def test_who_met_bare(benchmark: Any, store: Path, asked: Path) -> None:
    generation = store / "generations" / str(Generations(store).published())
    timed(benchmark, f"who-met NAME, {label(store)}", run(sys.executable, BARE, generation, asked))


@pytest.mark.parametrize("name", ["most-connected", "most-met"])
def test_of_all(benchmark: Any, store: Path, name: str) -> None:
    command = run(KB, "--store", store, "query", name, "-f", "jsonl")
    timed(benchmark, f"who met most, {label(store)}", command)


def test_start_kb(benchmark: Any) -> None:
    timed(benchmark, "start", run(KB, "--help"))


def test_start_python(benchmark: Any) -> None:
    timed(benchmark, "start", run(sys.executable, "-c", "pass"))
