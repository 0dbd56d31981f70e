"""Files to articles. Nothing is raised for a bad file or a bad line: it is told, the others go on.

Plain text (first line the title) and JSON (Lines, an array, or one object), gzipped or not, in
UTF-8 or, with its byte order mark, UTF-16. Text is decoded, its line ends become line feeds, and
from there on no character moves: ``Article.body`` is the same text with boilerplate blanked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kb.errors import ReadError
from kb.model import Article
from kb.read.article import article_key, parse_day
from kb.read.stream import Defaults, ReadFailure, read_stream

__all__ = ["ReadFailure", "article_key", "parse_day", "read_paths"]

SUFFIXES = (".txt", ".jsonl", ".ndjson", ".json")
"""What is taken from a directory, each also with ``.gz`` after it."""


def read_paths(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    source: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | ReadFailure]:
    """The articles of files, directories (their texts and JSON, recursively), globs and ``-``.

    ``published`` and ``source`` fill what an article lacks. ``stdin`` stands in for the standard
    input. Order is that of ``paths``; within a directory or a glob, by name. Of two articles with
    the same key and different texts the second is a failure; the same text again is yielded again.
    """
    defaults = Defaults(published, source)
    for path in paths:
        if str(path) == "-":
            yield from read_stream(
                stdin or sys.stdin.buffer, defaults, where="<stdin>", name="stdin"
            )
            continue
        found = _expand(Path(path))
        if isinstance(found, ReadError):
            yield ReadFailure(str(path), found)
            continue
        for file in found:
            yield from _read_file(file, defaults)


def _expand(path: Path) -> list[Path] | ReadError:
    """The files that a path stands for, sorted, or why there are none."""
    try:
        if path.is_dir():
            return _inside(path) or ReadError(
                "no articles in this folder", hint=f"Looked for {', '.join(SUFFIXES)} and .gz."
            )
        if path.exists():
            return [path]
    except OSError as error:
        return ReadError(f"cannot be opened: {error.strerror or error}")
    if not set("*?[") & set(str(path)):
        return ReadError("no such file or folder")
    try:
        matches = sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
    except ValueError as error:  # "**.txt", say
        return ReadError(f"cannot be used as a pattern: {error}")
    chosen = (file for match in matches for file in (_inside(match) or [match]))
    files = [file for file in dict.fromkeys(chosen) if file.is_file()]
    return files or ReadError("no file matches this pattern")


def _inside(folder: Path) -> list[Path]:
    """The articles under a folder by their suffixes, hidden files and folders left out."""
    return sorted(
        path
        for path in folder.rglob("*")
        if _suffix(path) in SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _suffix(path: Path) -> str:
    """The suffix in lower case, that before ``.gz`` where the file is gzipped."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


def _read_file(path: Path, defaults: Defaults) -> Iterator[Article | ReadFailure]:
    name = path.name[: -len(".gz")] if path.name.lower().endswith(".gz") else path.name
    try:
        with path.open("rb") as stream:
            yield from read_stream(
                stream, defaults, where=str(path), name=Path(name).stem, suffix=_suffix(path)
            )
    except OSError as error:
        yield ReadFailure(str(path), ReadError(f"cannot be read: {error.strerror or error}"))
