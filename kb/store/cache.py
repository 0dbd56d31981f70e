"""What was read from a remote store a moment ago, so that it need not be asked again.

Working out what an article changes reads the same few things again and again. All that is said of
a thing is read at once, and kept until the store is changed, or for a few seconds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from pyoxigraph import Quad

LONGEST = 10.0
"""Seconds after which somebody else may have changed it."""

MOST_QUADS = 200_000

K = TypeVar("K")


class Cache(Generic[K]):
    """Quads by what was asked for."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._found: dict[K, tuple[float, tuple[Quad, ...]]] = {}
        self._size = 0
        self.age = 0
        """Goes up with every change of the store."""

    def get(self, key: K) -> tuple[Quad, ...] | None:
        with self._lock:
            found = self._found.get(key)
        if found is None or self._clock() - found[0] > LONGEST:
            return None
        return found[1]

    def put(self, key: K, quads: Iterable[Quad], age: int) -> tuple[Quad, ...]:
        """Keep what was asked for at an age, unless the store was changed meanwhile."""
        kept = tuple(quads)
        with self._lock:
            if age != self.age:
                return kept
            if self._size + len(kept) > MOST_QUADS:
                self._clear()
            self._found[key] = (self._clock(), kept)
            self._size += len(kept) + 1
        return kept

    def clear(self) -> None:
        with self._lock:
            self.age += 1
            self._clear()

    def _clear(self) -> None:
        self._found.clear()
        self._size = 0
