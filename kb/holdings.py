"""What a knowledge base holds: articles by their graphs, whoever has coded them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Self

from kb import ask
from kb.errors import KBError, StoreError
from kb.intake import Outcome, Paths
from kb.judgements import Judgement, Verdict
from kb.questions import Questions
from kb.rdf import BASE, Minter, base_of, require_closed
from kb.store import Store
from kb.views.rows import Row

if TYPE_CHECKING:
    from kb.check import Findings
    from kb.export import EventRows, Scheme
    from kb.shards import ShardFormat


class Holdings(Questions):
    """A store that can be asked, closed, given what other knowledge bases hold, and corrected."""

    def __init__(self, store: Store, base: str | None = None) -> None:
        super().__init__(store)
        self._base = base
        self._turn = RLock()
        self.closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write out what is pending and let go of the store; a second time does nothing.

        >>> new = KnowledgeBase.memory()
        >>> new.close()
        >>> new.who_met()
        Traceback (most recent call last):
        kb.errors.StoreError: the knowledge base in memory has been closed
        """
        with self._turn:
            self.closed = True
            self.store.close()

    @cached_property
    def minter(self) -> Minter:
        """Makes the IRIs of things; its base is that of the articles that are there.

        Raises ``KBError`` where another one was asked for.
        """
        if self._base is not None:
            require_closed(self._base)
        base = base_of(self.store.quads, self._base or BASE)
        if self._base is not None and self._base != base:
            raise KBError(
                f"the things of this knowledge base live under {base}, not under {self._base}",
                "leave the base away, or start another knowledge base",
            )
        return Minter(base)

    def import_(
        self, paths: Paths, *, form: ShardFormat | None = None, stdin: BinaryIO | None = None
    ) -> list[Outcome]:
        """Take in what other knowledge bases have exported; returns what became of each article.
        See :meth:`import_each`.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, KnowledgeBase.memory() as new:
        ...     _ = kb.export(f"{folder}/shard.nq.gz")
        ...     outcomes = new.import_(f"{folder}/shard.nq.gz")
        ...     len(outcomes), len(new.who_met()) == len(kb.who_met())
        (17, True)
        """
        return list(self.import_each(paths, form=form, stdin=stdin))

    def import_each(
        self, paths: Paths, *, form: ShardFormat | None = None, stdin: BinaryIO | None = None
    ) -> Iterator[Outcome]:
        """Take in the articles of exports (N-Quads, TriG, JSON-LD, Turtle, N-Triples, gzipped or
        not; ``-`` is standard input), one at each step; what follows from them is worked out anew.

        All is read before the first is stored: a file that is malformed, no export, or of another
        base raises ``KBError``, and nothing changes. An article that is not as the shapes ask has
        failed, and the others are taken. For Turtle and N-Triples, which have no
        graphs, see :mod:`kb.shards.flat`.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, KnowledgeBase.memory() as new:
        ...     _ = kb.export(f"{folder}/shard.ttl")
        ...     for outcome in new.import_each([f"{folder}/shard.ttl"]):
        ...         print(outcome.state, "-", outcome.title)
        ...         break
        added - Biden warns Putin in video call
        """
        from kb.shards import Shards

        self._require_writable()
        each = [paths] if isinstance(paths, (str, Path)) else paths
        with Shards(each, form, stdin) as shards, self._turn:
            if not base_of(self.store.quads, "") and self._base is None and shards.base:
                self.minter = Minter(shards.base)
            shards.require_base(self.minter.base)
            for given, state, events in shards.take(self.store, self.minter):
                yield Outcome(state, given.where, given.title, events, error=given.error)

    def check(self, *, reason: bool = False, pyshacl: bool = False) -> Findings:
        """Validate all that is held against ``ontology/shapes.ttl``, by SPARQL or by ``pyshacl``,
        which finds the same and is for small knowledge bases; with ``reason`` prove by HermiT that
        it is consistent with the ontology, too. Raises ``KBError`` without Java.

        >>> found = kb.check()
        >>> found.ok, found.violations
        (True, ())
        """
        from kb.check import check_store

        self._require_open()
        return check_store(self.store, reason, pyshacl)

    @classmethod
    def check_file(
        cls, path: str | Path, *, reason: bool = False, pyshacl: bool = False
    ) -> Findings:
        """Validate a file of RDF, gzipped or not, as :meth:`check` does. Raises ``KBError`` where
        it cannot be read.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     _ = kb.export(f"{folder}/shard.nq")
        ...     KnowledgeBase.check_file(f"{folder}/shard.nq").ok
        True
        """
        from kb.check import check_file

        return check_file(path, reason, pyshacl)

    def owl(self) -> Any:
        """All that is held as Python objects: the ontology, as owlready2 loads it into a world of
        its own, with an attribute for each class. A copy in memory, not a view. Dates are text
        (:class:`kb.views.objects.EDTFDate`), their first and last days ``datetime.date``.

        >>> onto = kb.owl()
        >>> for meeting in onto.Meeting.instances():
        ...     if meeting.status == onto.held and meeting.date == "2018-06-12":
        ...         print(*sorted(who.label.first() for who in meeting.participant), sep=", ")
        ...         print(meeting.reportedBy[0].inArticle.title)
        Donald Trump, Kim Jong-un
        Trump and Kim meet in Singapore
        """
        from kb.views.objects import objects

        self._require_open()
        return objects(self.store.quads())

    def export_events(
        self,
        target: str | Path | IO[bytes],
        scheme: Scheme = "cameo",
        *,
        statuses: str | Iterable[str] | None = None,
    ) -> EventRows:
        """Write event data, by ``cameo`` or ``plover``, to a file or a stream of bytes: a row for
        each report and directed pair, tabs between the cells; see :mod:`kb.export.events`.

        ``statuses`` are those of the reports that are coded: ``held``, ``planned``, ``proposed``,
        ``cancelled``, or ``all`` of these; unless told, those but the cancelled. Raises
        ``KBError`` for others.

        >>> from io import BytesIO
        >>> stream = BytesIO()
        >>> written = kb.export_events(stream, statuses="planned")
        >>> {line.split(b"\\t")[3] for line in stream.getvalue().splitlines()[1:]}
        {b'036'}
        """
        from kb.export import CODED, TOLD, export_events

        self._require_open()
        wanted = (
            {statuses} if isinstance(statuses, str) else {*(TOLD if statuses is None else statuses)}
        )
        if unknown := sorted(wanted - {*CODED, "all"}):
            raise KBError(
                f"no scheme has a code for what is {unknown[0]!r}", f"one of: {', '.join(CODED)}"
            )
        return export_events(self.store, target, scheme, CODED if "all" in wanted else wanted)

    # -- judging ----------------------------------------------------------------------------

    def judge(self, one: str, other: str, verdict: Verdict, reason: str = "") -> Row:
        """Record that two actors or events are the ``same``, or ``different``; returns the row that
        :meth:`judgements` has of it. It wins over what follows from names and dates, and stays when
        articles are added again.

        Actors go by name or IRI, events and reports by their IRIs, the ends of these or their first
        digits; an event stands for its first report. Raises ``UnknownNameError``; ``KBError`` where
        the two cannot be one, or where another judgement stands against it.

        >>> with KnowledgeBase.memory() as new:
        ...     text = "Kenyan minister {} met Sergey Lavrov in Rome on 3 May 2024."
        ...     for name in ("Jane Doe", "J. M. Doe"):
        ...         _ = new.add_text(text.format(name))
        ...     before = len(new.who_met())
        ...     _ = new.judge("Jane Doe", "J. M. Doe", "same", reason="there is one minister Doe")
        ...     before, len(new.who_met())
        (2, 1)
        """
        from kb.gazetteer import gazetteer
        from kb.update import Updater

        self._require_writable()
        with self._turn:
            things = [ask.thing(self.store, name) for name in (one, other)]
            ask.require_like(*things)
            judgement = Judgement.of(things[0].iri, things[1].iri, verdict, reason)
            updater = Updater(self.store, self.minter, gazetteer())
            before = updater.judgements()
            updater.judge([judgement])
            now = {ask.thing(self.store, thing.iri).now for thing in things}
            if (verdict == "same") != (len(now) == 1):
                updater.judge([j for j in before if j.about == judgement.about], [judgement])
                raise KBError(
                    f"another judgement stands against it that the two are {verdict}",
                    "`kb judgements` lists them, `kb forget A B` takes one back",
                )
        return {"verdict": verdict, "one": judgement.one, "other": judgement.other,
                "reason": reason}  # fmt: skip

    def forget(self, one: str, other: str) -> Row:
        """Take back what was judged of two things; returns the row that :meth:`judgements` had of
        it. Raises ``KBError`` where nothing was.

        >>> with KnowledgeBase.memory() as new:
        ...     _ = new.add_text("Kenyan minister Jane Doe met Sergey Lavrov in Rome on May 3.")
        ...     _ = new.judge("Jane Doe", "Sergey Lavrov", "different")
        ...     new.forget("Sergey Lavrov", "Jane Doe")["verdict"], new.judgements()
        ('different', [])
        """
        from kb.gazetteer import gazetteer
        from kb.update import Updater

        self._require_writable()
        with self._turn:
            about = {ask.thing(self.store, name).iri for name in (one, other)}
            updater = Updater(self.store, self.minter, gazetteer())
            found = [j for j in updater.judgements() if set(j.about) == about]
            if not found:
                raise KBError("nothing was judged of these two", "`kb judgements` lists what was")
            updater.judge(gone=found)
        [gone] = found
        return {"verdict": gone.verdict, "one": gone.one, "other": gone.other,
                "reason": gone.reason}  # fmt: skip

    # -- what everything here asks first ----------------------------------------------------

    def _require_open(self) -> None:
        if self.closed:
            raise StoreError("this knowledge base has been closed", "open it again")

    def _require_writable(self) -> None:
        self._require_open()
        if not self.store.writable:
            raise KBError(
                "this knowledge base was opened for reading only",
                "KnowledgeBase.create opens it to be filled",
            )
