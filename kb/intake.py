"""What a caller hands in, read: paths and texts to articles; and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from kb.errors import KBError

if TYPE_CHECKING:
    from kb.model import Article

State = Literal["added", "updated", "unchanged", "failed"]
Paths = str | Path | Iterable[str | Path]
"""A file, folder, pattern or ``-`` (standard input), or several."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article, or of a file that could not be read.

    ``where`` is the file and line it came from; ``events`` counts its reports; ``dated`` is false
    for an article without a day of publication. One whose ``language`` is not "en" has no events.
    """

    state: State
    where: str
    title: str = ""
    events: int = 0
    dated: bool = True
    error: KBError | None = None
    language: str | None = None


def day(published: date | str | None) -> date | None:
    """A day of publication; text is read as that of an article. Raises ``ReadError``."""
    from kb.read import parse_day

    return parse_day(published) if isinstance(published, str) else published


def text_article(
    text: str,
    title: str | None,
    published: date | str | None,
    source: str | None,
    url: str | None = None,
    id_: str | None = None,
) -> Article:
    """An article from its text; without a title its first line is one. Raises ``ReadError``."""
    from kb.read.article import record_article

    record = {"text": text, "title": title, "url": url, "id": id_}
    return record_article(record, published=day(published), source=source, origin="")


def read_articles(
    paths: Paths,
    published: date | str | None,
    source: str | None,
    stdin: BinaryIO | None,
    fetch: bool = False,
    tell: Callable[[str], object] | None = None,
) -> Iterator[Article | Outcome]:
    """Articles, and as failed outcomes what could not be read."""
    from kb.read import ReadFailure, read_paths

    each = [paths] if isinstance(paths, (str, Path)) else paths
    for item in read_paths(
        each, published=day(published), source=source, stdin=stdin, fetch=fetch, tell=tell
    ):
        if isinstance(item, ReadFailure):
            yield Outcome("failed", item.where, error=item.error)
        else:
            yield item
