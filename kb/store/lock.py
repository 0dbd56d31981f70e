"""Locks on files, across processes: a writer's own, or shared among readers.

The operating system drops a lock with its process, so that a crash leaves nothing to clean up.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows has no advisory locks; there the engine's own must do
    fcntl = None

PAUSE = 0.05
"""Seconds between two attempts."""


class Busy(Exception):  # noqa: N818 - a state of affairs, turned into a StoreError by the caller
    """Somebody else holds the lock."""


class Lock:
    """A lock on a file, shared among readers or a writer's own.

    Raises ``Busy`` after ``patience`` seconds, ``OSError`` where the file cannot be made. A reader
    of what has no lock file holds nothing.
    """

    def __init__(self, path: Path, *, exclusive: bool, patience: float) -> None:
        self._descriptor: int | None = None
        flags = os.O_RDWR | os.O_CREAT if exclusive else os.O_RDONLY
        if fcntl is None or not (exclusive or path.exists()):
            return
        descriptor = os.open(path, flags, 0o666)
        mode = (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB
        give_up = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(descriptor, mode)
            except BlockingIOError:
                if time.monotonic() >= give_up:
                    os.close(descriptor)
                    raise Busy from None
                time.sleep(PAUSE)
            except OSError:  # a file system without locks
                os.close(descriptor)
                return
            else:
                self._descriptor = descriptor
                return

    def release(self) -> None:
        """Let go; a second time does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
