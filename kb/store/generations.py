"""Generations of a store on disk: what readers see while a writer works.

    kb-store/
        kb.lock                held by the one writer
        published              the name of the generation that readers open
        generations/
            g000007/           published: never written again
            g000007.lock       held, shared, by those who read it
            work/              the writer's own, until it is published as the next one

A writer works on a copy of the published generation. The large files of the engine never change
once they are written, so that a copy is made of hard links. To publish is to let the engine make a
checkpoint of the work, and then to replace one small file. Whatever happens to a writer before
that, the next one starts from what was published; readers never notice.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from kb.store.lock import PAUSE, Busy, Lock

POINTER = "published"
FOLDER = "generations"
WRITER_LOCK = "kb.lock"
WORK = "work"
GONE = "gone"

IMMUTABLE = ".sst"
"""Files of the engine that are written once, under a name of their own."""
NOT_COPIED = ("LOCK", "LOG")

OURS = frozenset({POINTER, FOLDER, WRITER_LOCK, POINTER + ".new"})
"""The names in the folder of a store."""

ATTEMPTS = 20
"""How often a reader looks for a generation that is replaced while he opens it."""


class Generations:
    """The generations below the folder of a store. Raises ``OSError`` as the file system does."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.folder = place / FOLDER
        self.work = self.folder / WORK

    def published(self) -> str | None:
        """The name of the generation that readers open; None where none was ever published."""
        try:
            return (self.place / POINTER).read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def hold(self) -> tuple[Path, Lock]:
        """The published generation, kept from being cleared away while the lock is held. Raises
        ``FileNotFoundError`` where there is none."""
        for _ in range(ATTEMPTS):
            name = self.published()
            if name is None:
                break
            try:
                lock = Lock(self._lock_of(name), exclusive=False, patience=0)
            except (Busy, FileNotFoundError):  # being cleared away
                time.sleep(PAUSE)
                continue
            if (self.folder / name).is_dir():
                return self.folder / name, lock
            lock.release()  # replaced and cleared away since its name was read
        raise FileNotFoundError(f"no published generation below {self.folder}")

    def start(self) -> Path:
        """A place for a writer to work in, with all that was published. What another writer left
        there is thrown away."""
        self.folder.mkdir(exist_ok=True)
        self.discard()
        self.clear()
        name = self.published()
        if name is not None:
            _copy(self.folder / name, self.work)
        return self.work

    def next(self) -> Path:
        """Where the next generation goes: a place where nothing is."""
        numbers = [int(p.name[1:]) for p in self.folder.glob("g*") if p.name[1:].isdigit()]
        return self.folder / f"g{max(numbers, default=0) + 1:06d}"

    def publish(self, generation: Path) -> None:
        """Let readers open this generation from now on."""
        self._lock_of(generation.name).touch()
        fresh = self.place / (POINTER + ".new")
        with fresh.open("w", encoding="ascii") as file:
            file.write(generation.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.place / POINTER)
        _sync(self.place)

    def discard(self) -> None:
        """Throw the writer's work away."""
        import shutil

        shutil.rmtree(self.work, ignore_errors=True)

    def clear(self) -> None:
        """Remove generations that are neither published nor read, as far as that is possible."""
        import shutil

        name = self.published()
        for path in list(self.folder.iterdir()):
            if path.is_dir() and path.name not in (name, WORK, GONE):
                self._clear(path)
        shutil.rmtree(self.folder / GONE, ignore_errors=True)

    def _clear(self, generation: Path) -> None:
        import shutil

        lock_file = self._lock_of(generation.name)
        try:
            lock = Lock(lock_file, exclusive=True, patience=0)
        except (Busy, OSError):
            return
        with suppress(OSError):
            gone = generation.rename(self.folder / GONE)  # Windows refuses while it is read
            shutil.rmtree(gone, ignore_errors=True)
            lock_file.unlink(missing_ok=True)
        lock.release()

    def _lock_of(self, name: str) -> Path:
        return self.folder / f"{name}.lock"


def _copy(source: Path, target: Path) -> None:
    """A copy that can be written without the original being changed."""
    import shutil

    target.mkdir()
    for path in source.iterdir():
        if path.name.startswith(NOT_COPIED):
            continue
        if path.suffix == IMMUTABLE:
            with suppress(OSError):  # a file system without links, or across two
                (target / path.name).hardlink_to(path)
                continue
        shutil.copyfile(path, target / path.name)


def _sync(folder: Path) -> None:
    """Have the entries of a folder written, where the system knows that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
