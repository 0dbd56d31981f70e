"""Articles into shards: files of what they tell, for ``kb import`` or the bulk loader of a store.

A shard holds the graphs of some thousand articles as gzipped N-Quads: within each graph the lines
are sorted, the graphs stand in the order of the articles, and nothing in them depends on where or
when they were made. What follows from all articles together (events, who met whom, the names that
actors are found by) is in no shard.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tempfile
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from pyoxigraph import Quad

from kb.engine import HERE, Coding, Engine
from kb.engine import engine as engine_of
from kb.errors import KBError
from kb.export.files import told as told_of
from kb.export.files import written
from kb.filling import outcome
from kb.gazetteer import gazetteer
from kb.intake import Outcome, Paths, read_articles
from kb.model import Article, Extraction
from kb.rdf import BASE, Minter, article_graph, article_quads, require_closed, string_literal
from kb.store.lock import Busy, Lock
from kb.vocabulary import DIP

if TYPE_CHECKING:
    from kb.coder import Extractor

PER_SHARD = 5000
"""Articles of a shard: some megabytes, and minutes of the work of a core."""

_NAMES = "shard-*.nq.gz"


@dataclass(frozen=True, slots=True)
class Lines:
    """The graph of an article as N-Quads, and how many reports are in it."""

    text: bytes
    reports: int


@dataclass(frozen=True, slots=True)
class Lining:
    """The work of an extractor, to the end: the lines that each article gives."""

    extractor: Extractor
    base: str

    @property
    def version(self) -> str:
        return self.extractor.version

    def __call__(self, article: Article, /) -> Lines | KBError:
        told = Coding(self.extractor)(article)
        if not isinstance(told, Extraction):
            return told
        graph = article_graph(told, Minter(self.base), gazetteer())
        return Lines(_lines(graph.quads), len(graph.reports))


def _lines(quads: Iterable[Quad]) -> bytes:
    """Quads of one graph as sorted lines, as an export has them."""
    return "".join(sorted(f"{q.triple} {q.graph_name} .\n" for q in quads)).encode()


def shard_each(
    paths: Paths,
    folder: str | Path,
    *,
    published: date | str | None = None,
    source: str | None = None,
    fetch: bool = False,
    model: str | None = None,
    base: str | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    tell: Callable[[str], object] | None = None,
) -> Generator[Outcome, None, None]:
    """Read articles, code them by the rules and write them to shards: :func:`write_shards`. The
    other arguments are those of :meth:`kb.KnowledgeBase.add_each`."""
    from kb.coder import Coder

    items = read_articles(paths, published, source, None, fetch, tell)
    with engine_of(jobs, scheduler) as engine:
        yield from write_shards(items, folder, Coder(model), base=base, engine=engine)


def write_shards(
    items: Iterable[Article | Outcome],
    folder: str | Path,
    extractor: Extractor,
    *,
    base: str | None = None,
    engine: Engine = HERE,
    per_shard: int = PER_SHARD,
) -> Iterator[Outcome]:
    """Code articles where ``engine`` does, and write them to shards in a folder; yields what became
    of each, in their order. Outcomes among the items are handed through.

    A shard is there when it is full or the iteration ends, however it ends; only then are its
    articles safe. An article that is in a shard of the folder already is ``unchanged``; one that is
    there with another text, day or title has failed, as a folder holds an article once. Raises
    ``KBError`` for a folder of another base or extractor, or one that another process writes to.
    """
    work = Lining(extractor, BASE if base is None else require_closed(base))
    with ShardFolder(folder, work.version, work.base, per_shard) as shards:
        for item, told in engine.run(shards.fresh(items), work):
            if isinstance(item, Outcome):
                yield item
            elif isinstance(told, Lines):
                shards.add(told.text)
                yield outcome("added", item, events=told.reports)
            else:
                shards.forget(item)
                yield outcome("failed", item, error=told)


class ShardFolder:
    """A folder of shards that takes more of them. A context manager: at its end the last shard is
    written, with as many articles as it has."""

    def __init__(self, path: str | Path, version: str, base: str, per_shard: int) -> None:
        self.path = Path(path)
        self.version, self.base, self.per_shard = version, base, per_shard
        self._minter = Minter(base)
        self._known: dict[bytes, bytes] = {}
        """By the digest of an article's IRI that of what it says of itself."""
        self._articles = 0
        self._whole = 0
        """Bytes of the whole articles of the next shard."""
        with told_of(str(path)):
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = self._locked()
        self._last = 0
        try:
            for shard in sorted(self.path.glob(_NAMES)):
                self._read(shard)
                number = shard.name.partition("-")[2].partition(".")[0]
                self._last = max(self._last, int(number) if number.isdigit() else 0)
            with told_of(str(path)):
                self._next: IO[bytes] = tempfile.TemporaryFile(dir=self.path)  # noqa: SIM115
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.close_shard()
        finally:
            self._next.close()
            self._lock.release()

    def fresh(self, items: Iterable[Article | Outcome]) -> Iterator[Article | Outcome]:
        """The articles that are in no shard; what becomes of the others."""
        for item in items:
            if isinstance(item, Outcome):
                yield item
                continue
            name, about = self._about(item)
            known = self._known.setdefault(name, about)
            if known is about:
                yield item
            elif known == about:
                yield outcome("unchanged", item)
            else:
                error = KBError(
                    "the shards have this article already, with another text, title or date",
                    "put this version of it into another folder",
                )
                yield outcome("failed", item, error=error)

    def forget(self, article: Article) -> None:
        """Take an article for one that is in no shard: it could not be coded."""
        self._known.pop(self._about(article)[0], None)

    def add(self, lines: bytes) -> None:
        """Put an article into the next shard; writes that where it is full."""
        with told_of(str(self.path)):
            self._next.write(lines)
            self._whole = self._next.tell()
        self._articles += 1
        if self._articles == self.per_shard:
            self.close_shard()

    def close_shard(self) -> None:
        """Write the next shard with the whole articles that it has; nothing where it has none."""
        if self._whole:
            with written(str(self.path / f"shard-{self._last + 1:06d}.nq.gz")) as out:
                self._next.truncate(self._whole)
                self._next.seek(0)
                shutil.copyfileobj(self._next, out, 1 << 20)
            self._last += 1
            self._articles = self._whole = 0
            self._next.seek(0)
            self._next.truncate()

    def _about(self, article: Article) -> tuple[bytes, bytes]:
        node = self._minter.article(article.key).value
        return _short(node.encode()), _short(
            _lines(article_quads(article, self.version, self._minter))
        )

    def _locked(self) -> Lock:
        try:
            return Lock(self.path / ".lock", exclusive=True, patience=0)
        except Busy:
            raise KBError(
                f"another process writes shards to {self.path}", "name another folder"
            ) from None

    def _read(self, path: Path) -> None:
        """Note the articles of a shard."""
        article, found = f"<{self.base}article/".encode(), False
        coded = f" {DIP.codedBy} {string_literal(self.version)} ".encode()
        try:
            with gzip.open(path) as lines:
                for subject, about in groupby(lines, lambda line: line.partition(b" ")[0]):
                    if not subject.startswith(article):
                        continue
                    told = b"".join(about)
                    if coded not in told:
                        raise KBError(
                            f"the articles of {path} were coded by another version or model",
                            "name another folder, or remove the shards of this one",
                        )
                    self._known[_short(subject[1:-1])] = _short(told)
                    found = True
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise KBError(
                f"{path} is damaged", "remove it: its articles are then coded again"
            ) from error
        except OSError as error:
            raise KBError(f"{path} cannot be read: {error.strerror or error}") from error
        if not found:
            raise KBError(
                f"{path} has no articles under {self.base}", "name another folder, or its --base"
            )


def _short(text: bytes) -> bytes:
    """A digest to tell the articles of a folder apart."""
    return hashlib.blake2b(text, digest_size=12).digest()
