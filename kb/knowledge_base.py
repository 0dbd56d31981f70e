"""A knowledge base: articles go in, questions are answered. What the command line is a face of.

with KnowledgeBase.create("kb-store") as kb:
    for outcome in kb.add(["news.txt"]):
        ...
    rows = kb.who_met("Xi Jinping")
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Literal

from kb import ask
from kb.errors import KBError
from kb.export import ExportFormat, export
from kb.rdf import BASE, Minter, article_graph, article_quads, base_of, iri
from kb.store import Store, create_store, memory_store, open_store

if TYPE_CHECKING:
    from kb.ask.run import Row
    from kb.coder import Extractor
    from kb.model import Article

State = Literal["added", "updated", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article, or of a file that could not be read.

    ``where`` is the file and line it came from; ``events`` counts its reports; ``dated`` is false
    for an article without a day of publication.
    """

    state: State
    where: str
    title: str = ""
    events: int = 0
    dated: bool = True
    error: KBError | None = None


class KnowledgeBase:
    """A store with what is needed to fill it and to ask it. Use it as a context manager."""

    def __init__(
        self, store: Store, extractor: Extractor | None = None, base: str | None = None
    ) -> None:
        self.store = store
        self._extractor = extractor
        self._base = base

    @classmethod
    def open(cls, path: str | Path) -> KnowledgeBase:
        """The knowledge base at a path, to be asked. Raises ``StoreError`` where there is none."""
        return cls(open_store(path))

    @classmethod
    def create(
        cls, path: str | Path, *, model: str | None = None, base: str | None = None
    ) -> KnowledgeBase:
        """The knowledge base at a path, to be filled; made where there is none.

        ``model`` names a spaCy pipeline, ``base`` the IRI under which things get theirs. Raises
        ``StoreError``; ``KBError`` where the knowledge base has another base.
        """
        return cls(create_store(path), _coder(model), base)

    @classmethod
    def memory(cls, *, model: str | None = None, base: str | None = None) -> KnowledgeBase:
        """A knowledge base that lasts as long as the process."""
        return cls(memory_store(), _coder(model), base)

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    # -- filling ----------------------------------------------------------------------------

    @cached_property
    def minter(self) -> Minter:
        """Makes the IRIs of things; its base is that of the articles that are there.

        Raises ``KBError`` where another one was asked for.
        """
        if self._base is not None and not iri(self._base).value.endswith(("/", "#")):
            raise KBError(f"the base {self._base} is open at its end", "let it end with a slash")
        base = base_of(self.store.quads, self._base or BASE)
        if self._base is not None and self._base != base:
            raise KBError(
                f"the things of this knowledge base live under {base}, not under {self._base}",
                "leave the base away, or start another knowledge base",
            )
        return Minter(base)

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        published: date | None = None,
        source: str | None = None,
        force: bool = False,
        stdin: BinaryIO | None = None,
    ) -> Iterator[Outcome]:
        """Read, code and store the articles of files, folders, patterns or ``-``.

        Yields what became of each, as it happens: an article is stored whole or not at all, and one
        that fails leaves the others alone. Unchanged articles are skipped unless ``force``.
        """
        from kb.read import ReadFailure, read_paths

        for item in read_paths(paths, published=published, source=source, stdin=stdin):
            if isinstance(item, ReadFailure):
                yield Outcome("failed", item.where, error=item.error)
            else:
                yield self.add_article(item, force=force)

    def add_article(self, article: Article, *, force: bool = False) -> Outcome:
        """Code and store one article."""
        from kb.gazetteer import gazetteer
        from kb.update import Updater

        if self._extractor is None:
            raise KBError("this knowledge base was opened for reading only")
        where, dated = article.origin or article.id, article.published is not None
        try:
            about = article_quads(article, self._extractor.version, self.minter)
            node = self.minter.article(article.key)
            known = set(self.store.quads(node, graph=self.minter.graph(article.key)))
            if known == set(about) and not force:
                return Outcome("unchanged", where, article.title, dated=dated)
            extraction = self._extractor.code(article)
            graph = article_graph(extraction, self.minter, gazetteer())
            Updater(self.store, self.minter, gazetteer()).put(graph)
        except KBError as error:
            return Outcome("failed", where, article.title, dated=dated, error=error)
        state: State = "updated" if known else "added"
        return Outcome(state, where, article.title, len(graph.reports), dated)

    def remove_article(self, key: str) -> bool:
        """Take out an article by its key, with what only it told; false where there is none."""
        from kb.gazetteer import gazetteer
        from kb.update import Updater

        graph = self.minter.graph(key)
        if not any(self.store.quads(graph=graph)):
            return False
        Updater(self.store, self.minter, gazetteer()).drop(graph)
        return True

    # -- asking -----------------------------------------------------------------------------

    def who_met(
        self,
        actor: str | None = None,
        other: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        statuses: Sequence[str] = ("held", "disputed"),
    ) -> list[Row]:
        """Meetings; see :func:`kb.ask.answers.who_met`."""
        return ask.who_met(self.store, actor, other, since=since, until=until, statuses=statuses)

    def visits(
        self,
        visitor: str | None = None,
        to: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        statuses: Sequence[str] = (),
    ) -> list[Row]:
        """Visits; see :func:`kb.ask.answers.visits`."""
        return ask.visits(self.store, visitor, to, since=since, until=until, statuses=statuses)

    def statements(
        self,
        speaker: str | None = None,
        to: str | None = None,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[Row]:
        """Statements; see :func:`kb.ask.answers.statements`."""
        return ask.statements(self.store, speaker, to, about=about, since=since, until=until)

    def show(self, name: str) -> Row:
        """One event with all its reports; see :func:`kb.ask.answers.show`."""
        return ask.show(self.store, name)

    def stats(self) -> list[Row]:
        """Counts; see :func:`kb.ask.answers.stats`."""
        return ask.stats(self.store)

    def articles(self, *, since: str | None = None, until: str | None = None) -> list[Row]:
        """The articles; see :func:`kb.ask.answers.articles`."""
        return ask.articles(self.store, since=since, until=until)

    def export(self, out: IO[bytes], form: ExportFormat) -> int:
        """Write everything out as RDF; returns the number of statements written."""
        return export(self.store, out, form)


def _coder(model: str | None) -> Extractor:
    from kb.coder import Coder

    return Coder(model)
