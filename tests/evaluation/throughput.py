"""How many articles a second the default extractor codes: ``make throughput``.

Every so-manieth article of the pool, in its own order, is coded by so many processes, each with its
own model and one thread.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import sys
import tempfile
import time
from pathlib import Path

from kb.coder import Coder
from kb.model import Article

_coder: Coder


def _start() -> None:
    global _coder
    _coder = Coder()
    _coder.code(Article("k", "i", "", "Lee met Kim in Rome.", "Lee met Kim in Rome."))


def _code(path: str) -> int:
    """Code the articles of one file; the characters read."""
    from kb.read import read_paths

    return sum(len(_coder.code(article).article.text) for article in read_paths([path]))


def _ready(_: int) -> int:
    time.sleep(0.5)  # until every process has loaded its model
    return os.getpid()


def main(shared: Path, processes: int, step: int) -> str:
    """The line of figures."""
    pool = shared / "pool" / "articles.jsonl.gz"
    if not pool.exists():
        sys.exit(f"{pool} is not here: the pool of articles belongs to the evaluation.")
    with gzip.open(pool, "rt", encoding="utf-8") as lines:
        sample = [line for n, line in enumerate(lines) if n % step == 0]
    with tempfile.TemporaryDirectory() as folder:
        parts = [Path(folder) / f"{k:04}.jsonl" for k in range(len(sample) // 20 + 1)]
        for k, part in enumerate(parts):
            part.write_text("".join(sample[k :: len(parts)]), encoding="utf-8")
        with multiprocessing.get_context("spawn").Pool(processes, _start) as workers:
            workers.map(_ready, range(2 * processes), chunksize=1)
            start = time.perf_counter()
            characters = sum(workers.imap_unordered(_code, map(str, parts)))
            seconds = time.perf_counter() - start
    mean = characters / len(sample)
    figures = {
        "articles": len(sample),
        "processes": processes,
        "seconds": round(seconds, 1),
        "articles_per_second": round(len(sample) / seconds, 1),
        "mean_characters": round(mean),
    }
    return json.dumps(figures)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--step", type=int, default=14, help="take every so-manieth article")
    given = arguments.parse_args()
    print(main(given.shared, given.processes, given.step))
