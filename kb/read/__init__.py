"""Files, folders and addresses to articles. Nothing is raised for a bad file or a bad line: it is
told, the others go on.

Plain text (first line the title), Markdown with front matter, JSON (Lines, an array, or one
object), web pages, RSS and Atom; gzipped or not. Text is decoded, its line ends become line feeds,
and from there on no character moves: ``Article.body`` is the same text with all blanked that is no
prose. Of a web page and of the entries of a feed the text is what is left without the markup.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from kb.errors import ReadError
from kb.model import Article
from kb.read.article import article_key, in_the_future, parse_day
from kb.read.form import SUFFIXES, suffix_of_kind
from kb.read.reach import Reach
from kb.read.stream import Origin, ReadFailure, Run, read_stream
from kb.read.web import fetch, is_address

__all__ = ["ReadFailure", "article_key", "in_the_future", "parse_day", "read_paths"]


def read_paths(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    source: str | None = None,
    fetch: bool = False,
    tell: Callable[[str], object] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | ReadFailure]:
    """The articles of files, directories (recursively, by suffix), globs, addresses and ``-``.

    ``published`` and ``source`` fill what an article lacks. With ``fetch`` the pages are read that
    a feed gives a summary of. ``tell`` is given a sentence for each thing that was taken for
    granted (an encoding, say). ``stdin`` stands in for the standard input. Order is that of
    ``paths``; within a directory or a glob, by name. Of two articles with the same key and
    different texts the second is a failure; the same text again is yielded again.
    """
    run = Run(published, source, fetch, tell or (lambda _: None))
    for path in paths:
        if str(path) == "-":
            yield from read_stream(stdin or sys.stdin.buffer, run, Origin("<stdin>", "stdin"))
            continue
        if is_address(str(path)):
            yield from _read_address(str(path), run)
            continue
        found = _expand(Path(path))
        if isinstance(found, ReadError):
            yield ReadFailure(str(path), found)
            continue
        for file in found:
            yield from _read_file(file, run)


def _read_address(url: str, run: Run) -> Iterator[Article | ReadFailure]:
    try:
        reach = Reach(url)
        found = fetch(url, reach)
    except ReadError as error:
        yield ReadFailure(url, error)
        return
    name = Path(unquote(urlsplit(found.url).path)).name
    by_name = _suffix(Path(name))
    suffix = by_name if by_name in SUFFIXES else suffix_of_kind(found.kind)
    origin = Origin(url, _stem(name) or "page", suffix, found.charset, found.url, reach)
    yield from read_stream(io.BytesIO(found.data), run, origin)


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
    """The articles under a folder by their suffixes. Left out are hidden files and folders, and
    those in which browsers put what belongs to a saved page ("page_files" beside "page.html")."""
    found = [path for path in folder.rglob("*") if _suffix(path) in SUFFIXES and path.is_file()]
    pages = {path.with_suffix("") for path in found if _suffix(path) in (".html", ".htm")}
    apart = {page.with_name(page.name + "_files") for page in pages}
    return sorted(
        path
        for path in found
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and apart.isdisjoint(path.parents)
    )


def _suffix(path: Path) -> str:
    """The suffix in lower case, that before ``.gz`` where the file is gzipped."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


def _stem(name: str) -> str:
    return Path(name[: -len(".gz")] if name.lower().endswith(".gz") else name).stem


def _read_file(path: Path, run: Run) -> Iterator[Article | ReadFailure]:
    try:
        with path.open("rb") as stream:
            origin = Origin(str(path), _stem(path.name), _suffix(path))
            yield from read_stream(stream, run, origin)
    except OSError as error:
        yield ReadFailure(str(path), ReadError(f"cannot be read: {error.strerror or error}"))
