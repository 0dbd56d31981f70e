"""A knowledge base: articles go in, questions are answered. What the command line is a face of.

with KnowledgeBase.create("kb-store") as kb:
    kb.add("news/")
    rows = kb.who_met("Xi Jinping")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kb.errors import KBError
from kb.holdings import Holdings
from kb.intake import Outcome, Paths, read_articles, text_article
from kb.model import Article, Extraction
from kb.store import Store, create_store, memory_store, open_store
from kb.views.rows import Row

if TYPE_CHECKING:
    from kb.coder import Extractor
    from kb.filling import Filling


class KnowledgeBase(Holdings):
    """A store with what is needed to fill it and to ask it. Use it as a context manager.

    Several can be open in a process. One can be shared between threads: questions run side by side,
    articles are added one after the other. Once it is closed, whatever needs its store raises
    ``StoreError``. What can be asked: :class:`kb.questions.Questions`.
    """

    def __init__(
        self,
        store: Store,
        extractor: Extractor | None = None,
        base: str | None = None,
        model: str | None = None,
    ) -> None:
        super().__init__(store, base)
        self._given = extractor
        self._model = model

    @classmethod
    def open(cls, path: str | Path) -> KnowledgeBase:
        """The knowledge base at a path, to be asked. Raises ``StoreError`` where there is none.

        >>> KnowledgeBase.open("no-such-folder")
        Traceback (most recent call last):
        kb.errors.StoreError: no knowledge base at no-such-folder
        """
        return cls(open_store(path))

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        model: str | None = None,
        base: str | None = None,
        extractor: Extractor | None = None,
    ) -> KnowledgeBase:
        """The knowledge base at a path, to be filled; made where there is none.

        ``model`` names a spaCy pipeline, ``base`` the IRI under which things get theirs;
        ``extractor`` takes the place of the rules (:class:`kb.coder.Extractor`). Raises
        ``StoreError``; ``KBError`` where the knowledge base has another base.

        >>> with KnowledgeBase.create("news-store") as new:
        ...     new.add_text("Talks\\n\\nLavrov met Wang Yi in Moscow.").state
        'added'
        """
        return cls(create_store(path), extractor, base, model)

    @classmethod
    def memory(
        cls,
        *,
        model: str | None = None,
        base: str | None = None,
        extractor: Extractor | None = None,
    ) -> KnowledgeBase:
        """A knowledge base that lasts as long as the process; arguments as those of
        :meth:`create`.

        >>> with KnowledgeBase.memory() as new:
        ...     new.articles()
        []
        """
        return cls(memory_store(), extractor, base, model)

    @classmethod
    def demo(cls, path: str | Path | None = None) -> KnowledgeBase:
        """A knowledge base of the bundled articles, in memory or at a path.

        >>> with KnowledgeBase.demo() as demo:
        ...     len(demo.articles())
        17
        """
        from kb.samples import sample_articles

        kb = cls.memory() if path is None else cls.create(path)
        try:
            for article in sample_articles():
                kb.add_article(article)
        except BaseException:
            kb.close()
            raise
        return kb

    # -- reading ----------------------------------------------------------------------------

    def extract(
        self,
        paths: Paths,
        *,
        published: date | str | None = None,
        source: str | None = None,
        fetch: bool = False,
        explain: bool = False,
        jobs: int = 1,
        stdin: BinaryIO | None = None,
        tell: Callable[[str], object] | None = None,
        on_error: Callable[[str, KBError], None] | None = None,
    ) -> Iterator[Extraction]:
        """What articles tell, one after the other, without storing it. With ``explain`` each record
        and actor says what it was read from (``kb.model.Trace``; ``kb.explain`` puts it in words).

        ``published`` and ``source`` fill what an article lacks. What cannot be read or coded raises
        its error, unless ``on_error`` takes it, with the file and line it came from; then the
        others go on. ``jobs`` as for :meth:`add_each`.

        >>> from kb.samples import sample_file
        >>> [told] = kb.extract(sample_file("camp-david-2023.txt"), published="2023-08-18")
        >>> [told.actor(id).name for id in told.meetings[0].participants]
        ['Joe Biden', 'Fumio Kishida', 'Yoon Suk Yeol']
        """
        from kb.engine import code

        items = read_articles(paths, published, source, stdin, fetch, tell)
        for item, told in code(items, self._explainer if explain else self.extractor, jobs):
            if isinstance(told, Extraction):
                yield told
                continue
            error = item.error if isinstance(item, Outcome) else told
            assert error is not None
            if on_error is None:
                raise error
            on_error(item.where if isinstance(item, Outcome) else item.origin or item.id, error)

    def extract_text(
        self,
        text: str,
        *,
        title: str | None = None,
        published: date | str | None = None,
        source: str | None = None,
        explain: bool = False,
    ) -> Extraction:
        """What one text tells, without storing it. Without ``title`` its first line is one.

        >>> told = kb.extract_text("Macron will visit Berlin on Friday.", published="2024-05-20")
        >>> [visit] = told.visits
        >>> visit.status, visit.date, visit.place, visit.evidence[0].text
        ('planned', '2024-05-24', 'Berlin', 'Macron will visit Berlin on Friday.')
        """
        coder = self._explainer if explain else self.extractor
        return coder.code(text_article(text, title, published, source))

    @cached_property
    def extractor(self) -> Extractor:
        """What turns articles into what they tell: the one that was given, else the rules."""
        if self._given is not None:
            return self._given
        from kb.coder import Coder

        return Coder(self._model)

    @cached_property
    def _explainer(self) -> Extractor:
        """The rules, each record with its trace; another extractor explains what it will."""
        if self._given is not None:
            return self._given
        from kb.coder import Coder

        return Coder(self._model, explain=True)

    # -- filling ----------------------------------------------------------------------------

    def add(
        self,
        paths: Paths,
        *,
        published: date | str | None = None,
        source: str | None = None,
        force: bool = False,
        fetch: bool = False,
        jobs: int = 1,
    ) -> list[Outcome]:
        """Read, code and store articles; returns what became of each. See :meth:`add_each`.

        >>> from kb.samples import sample_file
        >>> with KnowledgeBase.memory() as new:
        ...     for outcome in new.add([sample_file("guterres-2022.txt"), "missing.txt"]):
        ...         print(outcome.state, "-", outcome.title or outcome.error)
        added - U.N. chief meets Putin in Moscow
        failed - no such file or folder
        """
        each = self.add_each(
            paths, published=published, source=source, force=force, fetch=fetch, jobs=jobs
        )
        return list(each)

    def add_each(
        self,
        paths: Paths,
        *,
        published: date | str | None = None,
        source: str | None = None,
        force: bool = False,
        fetch: bool = False,
        jobs: int = 1,
        scheduler: str | None = None,
        stdin: BinaryIO | None = None,
        tell: Callable[[str], object] | None = None,
    ) -> Iterator[Outcome]:
        """Read, code and store the articles of files, folders, patterns or ``-``, a few at each
        step of the iteration.

        Yields what became of each, in their order, once it is stored: whole or not at all, and one
        that fails leaves the others alone. Unchanged articles are skipped unless ``force``.
        ``published`` and ``source`` fill what an article lacks; ``fetch`` reads the pages behind
        the summaries of feeds; ``tell`` is given what was taken for granted, in sentences.

        With several ``jobs`` as many processes code the articles, where there are enough of them;
        a script that asks for them runs under ``if __name__ == "__main__":``, as Python wants of
        all that start processes. With ``scheduler`` (``tcp://host:8786``) the workers of a Dask
        cluster do; ``KBError`` where it cannot be reached, or has another version or model.

        >>> from kb.samples import sample_file
        >>> with KnowledgeBase.memory() as new:
        ...     for outcome in new.add_each(sample_file("wires.jsonl")):
        ...         print(outcome.title)
        ...         break
        Bush and Putin meet in Slovenia
        """
        from kb.engine import engine

        self._require_writable()
        items = read_articles(paths, published, source, stdin, fetch, tell)
        with engine(jobs, scheduler) as chosen:
            yield from self._filled(force).fill(items, chosen)

    def add_text(
        self,
        text: str,
        *,
        title: str | None = None,
        published: date | str | None = None,
        source: str | None = None,
        url: str | None = None,
        id: str | None = None,  # noqa: A002
    ) -> Outcome:
        """Code and store one article by its text. Without ``title`` its first line is one; ``url``,
        else ``source`` and ``id``, names it for good. Raises ``KBError`` where that fails.

        >>> with KnowledgeBase.memory() as new:
        ...     outcome = new.add_text(
        ...         "Lavrov arrived in Ankara on Monday and met Hakan Fidan.",
        ...         title="Lavrov in Ankara", published="2025-02-24",
        ...     )
        ...     [visit] = new.visits("Lavrov")
        >>> outcome.state, visit["date"], visit["place"]
        ('added', '2025-02-24', 'Ankara')
        """
        return self.add_article(text_article(text, title, published, source, url, id))

    def add_article(self, article: Article, *, force: bool = False) -> Outcome:
        """Code and store one article. Raises ``KBError`` where that fails.

        >>> from kb.samples import sample_articles
        >>> with KnowledgeBase.memory() as new:
        ...     for article in sample_articles()[:2]:
        ...         print(new.add_article(article).state, new.add_article(article).state)
        added unchanged
        added unchanged
        """
        self._require_writable()
        [outcome] = self._filled(force).fill([article])
        if outcome.error is not None:
            raise outcome.error
        return outcome

    def _filled(self, force: bool = False) -> Filling:
        from kb.filling import Filling

        return Filling(self.store, self.minter, self.extractor, self._turn, force)

    def remove_article(self, key: str) -> bool:
        """Take out an article by its key, with what only it told; false where there is none.

        >>> with KnowledgeBase.demo() as new:
        ...     new.remove_article("source:Sample%20Post/bush-putin-2001")
        ...     len(new.articles())
        True
        16
        """
        from kb.gazetteer import gazetteer
        from kb.update import Updater

        self._require_writable()
        with self._turn:
            graph = self.minter.graph(key)
            if not any(self.store.quads(graph=graph)):
                return False
            Updater(self.store, self.minter, gazetteer()).drop(graph)
        return True

    def remove(self, name: str) -> Row:
        """Take out the article that :meth:`article` finds by a name; returns its row.

        >>> with KnowledgeBase.demo() as new:
        ...     new.remove("singapore-2018")["title"]
        ...     new.who_met("Trump", "Kim Jong Un")
        'Trump and Kim meet in Singapore'
        []
        """
        row = self.article(name)
        self.remove_article(str(row["key"]))
        return row
