"""Sorting more lines than memory should hold."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from types import TracebackType
from typing import IO

MOST = 100_000
"""Lines in memory at a time."""


class Spool:
    """Lines, given back sorted and each once, as often as asked. A context manager.

    Up to ``most`` lines stay in memory; beyond, sorted runs lie in temporary files, which are
    merged. Lines have no line feeds. Raises ``OSError`` where the disk is full.
    """

    def __init__(self, lines: Iterable[str] = (), *, most: int = MOST) -> None:
        self._most = most
        self._open: list[str] = []
        self._runs: list[IO[str]] = []
        self.extend(lines)

    def extend(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.add(line)

    def add(self, line: str) -> None:
        self._open.append(line)
        if len(self._open) > self._most:
            self._put_aside()

    def _put_aside(self) -> None:
        run = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
        self._runs.append(run)
        run.writelines(f"{line}\n" for line in sorted(set(self._open)))
        self._open = []

    def __iter__(self) -> Iterator[str]:
        self._open.sort()
        runs: list[Iterable[str]] = [self._open, *map(_lines, self._runs)]
        merged = heapq.merge(*runs) if self._runs else self._open
        return (line for line, _ in groupby(merged))

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the disk its room back."""
        for run in self._runs:
            run.close()
        self._runs, self._open = [], []


def _lines(run: IO[str]) -> Iterator[str]:
    run.seek(0)
    for line in run:
        yield line[:-1]
