"""Where an export goes: to a stream, a file, or a folder of files; complete, or not at all."""

from __future__ import annotations

import errno
import gzip
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from kb.errors import KBError
from kb.export.formats import is_gzip

FASTER = 6
"""The level of compression: nearly as small as the best, in a third of the time."""


@contextmanager
def written(path: str) -> Iterator[IO[bytes]]:
    """The file at a path, open for bytes, gzipped where its name ends so.

    The file takes its place when all is written; when something goes wrong, what was there before
    is as it was. Raises ``KBError``.
    """
    target = Path(path)
    with told(path):
        if target.is_dir():
            raise KBError(f"{path} is a folder", "name a file in it")
        if target.exists() and not target.is_file():  # a device, a pipe: nothing to put beside
            with target.open("wb") as stream, packed(stream, path) as out:
                yield out
            return
        part = target.with_name(f".{target.name}.part")
        try:
            with part.open("wb") as stream, packed(stream, path) as out:
                yield out
            part.replace(target)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


@contextmanager
def folder(path: str) -> Iterator[Path]:
    """A new folder whose files are put into the one at ``path`` when all of them are written."""
    target = Path(path)
    with told(path):
        if target.exists() and not target.is_dir():
            raise KBError(f"{path} is a file", "tables are written to a folder, or one at a time")
        fresh = not target.exists()
        part = target / ".part"
        part.mkdir(parents=True, exist_ok=True)
        try:
            yield part
            for file in sorted(part.iterdir()):
                file.replace(target / file.name)
        finally:
            with suppress(OSError):
                for file in part.iterdir():
                    file.unlink()
                part.rmdir()
            if fresh:
                with suppress(OSError):  # not empty: all went well
                    target.rmdir()


@contextmanager
def packed(stream: IO[bytes], path: str) -> Iterator[IO[bytes]]:
    """The stream, through gzip where the path ends so; equal content gives equal bytes."""
    if not is_gzip(path):
        yield stream
        return
    with gzip.GzipFile("", "wb", FASTER, stream, mtime=0) as out:
        yield cast(IO[bytes], out)


@contextmanager
def told(path: str) -> Iterator[None]:
    """Turn an error of the system into a sentence; whom nobody listens to any more stops."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        reason = error.strerror or str(error)
        raise KBError(f"{path} cannot be written: {reason}", "name another file") from error
