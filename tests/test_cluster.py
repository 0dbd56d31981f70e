"""A Dask cluster codes articles: a scheduler and two worker processes on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from building import lines
from click.testing import CliRunner, Result
from extractors import Homesick, Local, Scripted, Settled, Steady
from test_sharding import article, content, shards

from kb import cluster
from kb.cli import main
from kb.cluster import Cluster
from kb.engine import Coding, engine
from kb.errors import ExtractionError, KBError
from kb.knowledge_base import KnowledgeBase
from kb.model import Article, Extraction
from kb.samples import sample_file
from kb.sharding import write_shards

distributed = pytest.importorskip("distributed", reason="needs the extra dask")


@pytest.fixture(autouse=True)
def small_tasks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a folder of its own."""
    monkeypatch.setattr(cluster, "CHUNK", 3)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two workers, which are started again when they die."""
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0",
            silence_logs=50,
        ) as started,
    ):  # fmt: skip
        yield started.scheduler_address


def told(scheduler: str, items: list[Article | str]) -> list[str]:
    """What came of each: "coded", "failed: why", or what was handed through."""
    out = []
    with Cluster(scheduler) as workers:
        for item, found in workers.run(items, Coding(Steady())):
            if isinstance(item, str):
                assert found is None
                out.append(item)
            elif isinstance(found, Extraction):
                assert found.article == item
                out.append("coded")
            else:
                assert isinstance(found, ExtractionError)
                out.append(f"failed: {found.message}")
    return out


def assert_same(one: Path, other: Path, count: int) -> None:
    """Two folders have the same shards, byte by byte."""
    contents = [[path.read_bytes() for path in shards(folder)] for folder in (one, other)]
    assert len(contents[0]) == count
    assert contents[0] == contents[1]


def test_the_order_is_kept(scheduler: str) -> None:
    items: list[Article | str] = ["first", *map(article, range(9)), "among them", article(9)]
    items += [article(10, "fail"), "last"]
    assert told(scheduler, items) == [
        "first", *["coded"] * 9, "among them", "coded", "failed: 10: as it was told to", "last",
    ]  # fmt: skip


def test_the_workers_do_it(scheduler: str) -> None:
    with Cluster(scheduler) as workers:
        found = {
            t.coder
            for _, t in workers.run(map(article, range(40)), Coding(Scripted()))
            if isinstance(t, Extraction)
        }
    assert len(found) == 2, "two processes"
    assert str(os.getpid()) not in " ".join(found)


def test_a_worker_is_killed_in_the_middle(scheduler: str, tmp_path: Path) -> None:
    items = [article(n, "slow") for n in range(60)]
    with Cluster(scheduler) as workers:
        pids = workers._client.run(os.getpid)
        outcomes = write_shards(items, tmp_path / "there", Steady(), engine=workers, per_shard=25)
        assert next(outcomes).state == "added"
        os.kill(next(iter(pids.values())), signal.SIGKILL)
        assert [outcome.state for outcome in outcomes] == ["added"] * 59
        assert workers._client.run(os.getpid) != pids
    list(write_shards(items, tmp_path / "here", Steady(), per_shard=25))
    assert_same(tmp_path / "here", tmp_path / "there", 3)


def test_an_article_that_ends_every_worker(scheduler: str) -> None:
    items: list[Article | str] = [article(n, "kill" if n == 4 else "They met.") for n in range(12)]
    found = told(scheduler, items)
    assert [n for n, state in enumerate(found) if state != "coded"] == [4]
    assert found[4] == "failed: 4: cannot be coded: every worker that took it up was ended"


def test_it_reads_ahead_a_little_only(scheduler: str) -> None:
    read = 0

    def endless() -> Iterator[Article]:
        nonlocal read
        while True:
            read += 1
            yield article(read)

    with Cluster(scheduler) as workers:
        results = workers.run(endless(), Coding(Steady()))
        for _ in range(30):
            next(results)
        results.close()  # type: ignore[attr-defined]
    assert read <= 30 + (2 * cluster.AHEAD + 1) * cluster.CHUNK


def test_its_shards_are_those_of_one_process(scheduler: str, tmp_path: Path) -> None:
    items = [article(n, "fail" if n == 5 else "They met.") for n in range(23)]
    here = [o.state for o in write_shards(items, tmp_path / "here", Steady(), per_shard=10)]
    with Cluster(scheduler) as workers:
        there = [
            o.state
            for o in write_shards(items, tmp_path / "there", Steady(), engine=workers, per_shard=10)
        ]
    assert here == there
    assert_same(tmp_path / "here", tmp_path / "there", 3)


def test_it_fills_a_store(scheduler: str) -> None:
    stores = []
    for at in (None, scheduler):
        with KnowledgeBase.memory(extractor=Steady()) as kb, engine(1, at) as chosen:
            items = [article(1), article(1), article(2, "fail"), article(3)]
            stores.append([o.state for o in kb._filled().fill(items, chosen)] + lines(kb.store))
    assert stores[0] == stores[1]
    assert stores[0][:4] == ["added", "unchanged", "failed", "added"]


# -- the command line, with the rules ----------------------------------------------------------


def kb(*args: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="kb")
    assert result.exit_code == code, result.output
    return result


def test_from_articles_by_shards_to_a_knowledge_base(scheduler: str, tmp_path: Path) -> None:
    wires = sample_file("wires.jsonl").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "news.jsonl").write_text("".join(wires[:5]), "utf-8")
    there = ("--engine", "dask", "--scheduler", scheduler, "--shards", "shards")
    done = kb("add", "news.jsonl", *there)
    assert done.stdout.startswith("5 articles: 5 added; ")
    again = kb("add", "news.jsonl", *there)
    assert again.stdout.startswith("5 articles: 5 unchanged; ")
    kb("import", *shards(tmp_path / "shards"), "--store", "imported")
    kb("add", "news.jsonl", "--store", "added")
    imported, added = (
        kb("export", "-", "-f", "nquads", "--store", name).stdout for name in ("imported", "added")
    )
    assert imported == added
    assert set(content(*shards(tmp_path / "shards"))) < set(added.splitlines())


# -- what can be wrong ---------------------------------------------------------------------------


def refused(*args: object) -> str:
    """The sentence that a command is refused with."""
    result = kb("add", sample_file("wires.jsonl"), *args, code=1)
    assert "Traceback" not in result.output
    first, hint = result.stderr.splitlines()
    assert hint.startswith("Hint: ")
    return first


def test_no_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWERS", 0.5)
    for address in ("tcp://127.0.0.1:9", "127.0.0.1", "nonsense://x:1"):
        options = ("--engine", "dask", "--scheduler", address, "--shards", tmp_path / "shards")
        assert refused(*options) == f"Error: No Dask scheduler answers at {address}."
    assert not (tmp_path / "shards").exists()


def test_a_scheduler_without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty,
        pytest.raises(KBError, match="has no workers"),
    ):
        Cluster(empty.scheduler_address)


def test_a_scheduler_that_goes_away(tmp_path: Path) -> None:
    file = tmp_path / "where.json"
    paths = os.pathsep.join(filter(None, [*sys.path]))
    with ExitStack() as stack:

        def start(name: str, *args: object) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *map(str, args)]
            quiet, env = subprocess.DEVNULL, {**os.environ, "PYTHONPATH": paths}
            started = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=env)
            stack.callback(started.wait)
            stack.callback(started.kill)
            return started

        head = start("scheduler", "--host", "127.0.0.1", "--port", 0, "--scheduler-file", file,
                     "--no-dashboard", "--no-show")  # fmt: skip
        start("worker", "--scheduler-file", file, "--nthreads", 1, "--no-nanny", "--no-dashboard")
        while not file.exists():
            time.sleep(0.1)
        with Cluster(json.loads(file.read_text())["address"]) as workers:
            many = (article(n, "slow") for n in range(10000))
            results = workers.run(many, Coding(Steady()))
            next(results)
            head.kill()
            with pytest.raises(KBError, match="is gone"):
                list(results)


def test_a_connection_that_is_given_up(scheduler: str) -> None:
    with Cluster(scheduler) as workers:
        results = workers.run(map(article, range(100)), Coding(Steady()))
        next(results)
        workers.close()
        with pytest.raises(KBError, match="is gone"):
            list(results)


@pytest.mark.parametrize(
    ("extractor", "why"),
    [
        (Homesick(), "is not as this process is: it codes by “homesick abroad”, this one by"),
        (Settled(), r"it cannot load the extractor \(No module named 'settled'\)"),
        (Local(), "cannot be handed to other processes"),
    ],
)
def test_extractors_that_workers_do_not_have(scheduler: str, extractor: Any, why: str) -> None:
    with Cluster(scheduler) as workers, pytest.raises(KBError, match=why):
        list(workers.run([article(1)], Coding(extractor)))


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask", None)
    said = refused("--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert said == "Error: A cluster needs Dask, which is not installed."


@pytest.mark.parametrize(
    "options",
    [
        ("--engine", "dask"),
        ("--scheduler", "tcp://127.0.0.1:9"),
        ("--shards", "shards", "--force"),
        ("--engine", "spark"),
    ],
)
def test_options_that_do_not_go_together(options: tuple[str, ...]) -> None:
    kb("add", "news.txt", *options, code=2)


def test_dask_is_loaded_for_a_cluster_only(tmp_path: Path) -> None:
    script = "import sys, kb.cli, kb.sharding, kb.engine; sys.exit('dask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=False).returncode == 0
