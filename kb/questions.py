"""What a knowledge base can be asked: the reading half of :class:`kb.KnowledgeBase`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pyoxigraph import Literal, QueryBoolean, QuerySolutions, QueryTriples

from kb import ask
from kb.ask import NamedQuery, parameters
from kb.ask.parameters import Value
from kb.ask.run import plain, run
from kb.ask.sparql import selected
from kb.errors import KBError, QueryError
from kb.reports import STANDINGS
from kb.store import Store
from kb.views.rows import Row, Rows
from kb.views.triples import Triples
from kb.vocabulary import XSD

if TYPE_CHECKING:
    from rdflib import Dataset

    from kb.export import ExportFormat, TableName
    from kb.model import ActorType

When = str | int | date
"""A date to ask by: EDTF (``"2018"``, ``"2018-06"``, ``"2018-06-12"``), a year, or a day."""


class Questions:
    """A store that can be asked, from any number of threads at once.

    Names are those of people, states, organisations or places: in full, an alias, a surname, an ISO
    code, a Wikidata id, or an IRI of the knowledge base; a state includes those who act for it. A
    name that nobody bears, or several, raises ``UnknownNameError``, whose ``candidates`` are the
    closest. Dates raise ``EDTFError`` where they are none. Both are ``KBError``.

    In the examples ``kb`` is :meth:`kb.KnowledgeBase.demo`.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    # -- events -----------------------------------------------------------------------------

    def who_met(
        self,
        actor: str | None = None,
        other: str | None = None,
        *,
        since: When | None = None,
        until: When | None = None,
        statuses: str | Iterable[str] = ("held", "disputed"),
    ) -> Rows:
        """Meetings: all, those of an actor, or those of two with each other.

        ``since`` and ``until`` leave out what was over before, or began after, that date, and what
        has no known date. ``statuses``: ``held``, ``planned``, ``proposed``, ``cancelled``,
        ``denied``, ``disputed``, one or several, or ``"all"``; without it, what took place.

        Rows have ``meeting`` (IRI), ``participants``, ``status``, ``medium``, ``date``, ``place``,
        ``country``, ``articles``, ``sources`` and ``reports``.

        >>> [meeting] = kb.who_met("Trump", "Kim Jong Un", since=2018)
        >>> meeting["date"], meeting["place"], [who["name"] for who in meeting["participants"]]
        ('2018-06-12', 'Singapore', ['Donald Trump', 'Kim Jong-un'])
        >>> print(meeting["reports"][0]["quote"])
        Donald Trump and Kim Jong Un met in Singapore on Tuesday, ...
        """
        found = ask.who_met(
            self.store,
            actor,
            other,
            since=_edtf(since),
            until=_edtf(until),
            statuses=_standings(statuses),
        )
        return Rows(found, kind="meetings")

    def visits(
        self,
        visitor: str | None = None,
        to: str | None = None,
        *,
        since: When | None = None,
        until: When | None = None,
        statuses: str | Iterable[str] = "all",
    ) -> Rows:
        """Visits: all, those of a visitor, those to a state or town. For the rest see
        :meth:`who_met`; without ``statuses`` every status is shown.

        Rows have ``visit`` (IRI), ``visitor``, ``place``, ``country``, ``status``, ``date``,
        ``articles``, ``sources`` and ``reports``.

        >>> [visit] = kb.visits("Blinken", to="China", statuses="held")
        >>> visit["visitor"]["name"], visit["place"], visit["date"]
        ('Antony Blinken', 'Beijing', '2023-06-19')
        """
        found = ask.visits(
            self.store,
            visitor,
            to,
            since=_edtf(since),
            until=_edtf(until),
            statuses=_standings(statuses),
        )
        return Rows(found, kind="visits")

    def statements(
        self,
        speaker: str | None = None,
        to: str | None = None,
        *,
        about: str | None = None,
        since: When | None = None,
        until: When | None = None,
    ) -> Rows:
        """Statements: all, those of a speaker, to somebody, with some words in them. One without a
        date of its own is put in time by its first report.

        Rows have ``statement`` (IRI), ``speaker``, ``addressees``, ``text``, ``quote`` (whether
        these are the very words), ``date``, ``articles``, ``sources`` and ``reports``.

        >>> for statement in kb.statements("Putin", about="Ukraine"):
        ...     print(statement["text"])
        Russia had studied a Chinese plan to end the war in Ukraine
        """
        found = ask.statements(
            self.store, speaker, to, about=about, since=_edtf(since), until=_edtf(until)
        )
        return Rows(found, kind="statements")

    def show(self, name: str) -> Row:
        """One event with all its reports and their passages, by its IRI, the end of that
        (``meeting/3757d6d4…``), or the first digits of the end; likewise an article with what it
        tells, or an actor, also by name. Its ``type`` says what it is. Raises ``UnknownNameError``.

        >>> [meeting] = kb.who_met("Trump", "Kim Jong Un")
        >>> kb.show(meeting["meeting"])["type"]
        'meeting'
        """
        return ask.show(self.store, name)

    # -- the rest ---------------------------------------------------------------------------

    def actors(
        self,
        name: str | None = None,
        *,
        type: ActorType | None = None,  # noqa: A002
        country: str | None = None,
    ) -> Rows:
        """Actors: all, or those whom a name may mean; of a type, or of a state and those who act
        for it (``country``, an ISO 3166-1 code).

        Rows have ``actor`` (IRI), ``name``, ``type``, ``country``, ``wikidata``, ``names``,
        ``offices`` (of the gazetteer) and ``told`` (offices as articles tell them), and how many
        ``meetings``, ``visits``, ``statements`` and ``articles`` there are.

        >>> [who] = kb.actors("Moon")
        >>> who["name"], who["country"], who["wikidata"], who["meetings"] > 0
        ('Moon Jae-in', 'KR', 'Q21001', True)
        """
        found = ask.actors(self.store, name, kind=type, country=country)
        return Rows(found)

    def articles(
        self,
        words: str | None = None,
        *,
        source: str | None = None,
        since: When | None = None,
        until: When | None = None,
    ) -> Rows:
        """The articles by day of publication, with the number of reports that each gives; those
        with some words in their titles, those of a source.

        >>> kb.articles(since="2025-05-16")[0]["title"]
        'Russia and Ukraine hold first direct talks in three years'
        """
        found = ask.articles(
            self.store, words, source=source, since=_edtf(since), until=_edtf(until)
        )
        keys = ("article", "key", "title", "source", "published", "url", "reports")
        return Rows(found, columns=keys, days=("published",))

    def article(self, name: str) -> Row:
        """The one article that is meant by its key, URL, IRI, the id that its source gave it, the
        first digits of its IRI's end, or its title. Raises ``UnknownNameError``.

        >>> kb.article("singapore-2018")["title"]
        'Trump and Kim meet in Singapore'
        """
        return ask.find_article(self.store, name)

    def conflicts(self, points: str | Iterable[str] = ()) -> Rows:
        """The meetings and visits whose reports disagree, in ``status``, ``day``, ``place`` or
        ``participants``; with ``points`` only those that disagree in one of them.

        Rows have ``event`` (IRI), ``type``, ``status``, ``disagree``, ``actors`` and ``reports``.

        >>> kb.conflicts("status")
        []
        """
        return Rows(ask.conflicts(self.store, (points,) if isinstance(points, str) else [*points]))

    def review(self) -> Rows:
        """Pairs of actors that may be one, or two, and of events that could be one but are kept
        apart: what people should judge (:meth:`KnowledgeBase.judge`).

        Rows have ``kind``, ``one`` and ``other`` (IRIs), ``names`` and ``reason``.

        >>> kb.review()
        []
        """
        from kb.ask.review import review

        columns = ("kind", "one", "other", "names", "reason")
        return Rows(review(self.store), columns=columns)

    def judgements(self) -> Rows:
        """What people have judged: ``verdict`` (``same``, ``different``) on ``one`` and ``other``
        (IRIs of actors, or of reports), with the ``reason``.

        >>> kb.judgements()
        []
        """
        from kb.ask.review import judgements

        columns = ("verdict", "one", "other", "reason")
        return Rows(judgements(self.store), columns=columns)

    def stats(self) -> Rows:
        """Counts by kind of thing and, for events, by standing.

        >>> [row["count"] for row in kb.stats() if row["kind"] == "article"]
        [17]
        """
        return Rows(ask.stats(self.store), columns=_columns("stats"))

    # -- SPARQL and RDF ---------------------------------------------------------------------

    @staticmethod
    def queries() -> Mapping[str, NamedQuery]:
        """The named queries, with the question that each answers and its parameters.

        >>> kb.queries()["most-met"].title
        'Who met most often'
        """
        return ask.named_queries()

    @staticmethod
    def named_query(name: str) -> NamedQuery:
        """One of :meth:`queries`. Raises ``QueryError`` that lists the others.

        >>> [parameter.name for parameter in kb.named_query("most-met").parameters]
        ['since', 'until']
        """
        return ask.named_query(name)

    def query(
        self,
        query: str | Path | NamedQuery,
        /,
        *,
        allow_remote: bool = False,
        **values: Value | Sequence[Value],
    ) -> Rows | Triples | bool:
        """The answer to a SPARQL query: rows (SELECT), true or false (ASK), or triples (CONSTRUCT,
        DESCRIBE), of which :meth:`Triples.to_rdflib` makes a graph.

        ``query`` is the name of one of :meth:`queries`, a file, or the query itself. Everything
        lies in named graphs: write ``GRAPH ?g { … }``. ``values`` binds variables to terms; text is
        never pasted into the query. Names, dates and the like are read as the head of the query
        declares its parameters; else text becomes a string, or an IRI if it has ``://`` in it, and
        numbers, truth values and dates become theirs. A list binds a variable to each in turn.
        Other endpoints are asked (``SERVICE``) with ``allow_remote`` only.

        Raises ``QueryError`` for a query that is unknown or malformed, or lacks a value.

        >>> kb.query("ASK { GRAPH ?g { ?anybody ?has ?name } }", name="Kim Jong-un")
        True
        """
        asked = ask.find_query(query)
        given = {name: _listed(value) for name, value in values.items()}
        terms = parameters.terms(self.store, asked, given)
        answer = run(self.store, asked.text, terms, allow_remote=allow_remote)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if isinstance(answer, QueryTriples):
            return Triples(answer)
        return _table(answer)

    def select(self, query: str | Path | NamedQuery, /, **values: Value | Sequence[Value]) -> Rows:
        """The rows of a SELECT query; see :meth:`query`. Raises ``QueryError`` for another one.

        >>> kb.select("most-met", since=2018)[0]["one"]
        'Donald Trump'
        """
        answer = self.query(query, allow_remote=False, **values)
        if not isinstance(answer, Rows):
            raise QueryError("this is no SELECT query", "only SELECT gives rows: use query")
        return answer

    def dataset(self, *, default_union: bool = False) -> Dataset:
        """The knowledge base as an ``rdflib.Dataset``, over the same store: nothing is copied, what
        is added later shows, and SPARQL is answered by the store. It is to be read only, and as
        long as the knowledge base is open; what writes raises ``KBError``.

        Each article is a graph, what follows from them another; as ever in rdflib the default graph
        is empty, unless ``default_union`` makes it the union of them all.

        >>> view = kb.dataset()
        >>> len({graph.identifier for graph in view.graphs()}) > 17
        True
        """
        from kb.views.dataset import dataset

        return dataset(self.store, default_union=default_union)

    def export(
        self,
        target: str | Path | IO[bytes],
        form: ExportFormat | None = None,
        *,
        table: TableName | None = None,
        statuses: str | Iterable[str] = ("held", "disputed"),
    ) -> int:
        """Write everything to a file, or a stream of bytes; returns the number of statements, rows
        or edges. A file is complete or is not there; ``.gz`` at its end packs it.

        ``form`` (``turtle``, ``trig``, ``ntriples``, ``nquads``, ``jsonld``, ``csv``, ``graphml``,
        ``gexf``) may be told by the suffix. ``csv`` makes a folder of tables, or the one ``table``;
        ``graphml`` and ``gexf`` are the network of the meetings that stand as ``statuses`` say.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     rows = kb.export(f"{folder}/meetings.csv")
        ...     rows == len(kb.who_met(statuses="all"))
        True
        """
        from kb.export import export, export_file

        standings = _standings(statuses)
        if isinstance(target, (str, Path)):
            return export_file(self.store, target, form, table=table, statuses=standings)
        return export(self.store, target, form or "nquads", table=table, statuses=standings)


def _edtf(when: When | None) -> str | None:
    if when is None or isinstance(when, str):
        return when
    return when.isoformat()[:10] if isinstance(when, date) else f"{when:04d}"


def _standings(given: str | Iterable[str]) -> tuple[str, ...]:
    """The standings that are asked for. Raises ``KBError`` for one that there is not."""
    names = (given,) if isinstance(given, str) else tuple(given)
    if "all" in names:
        return STANDINGS
    for name in names:
        if name not in STANDINGS:
            raise KBError(f"there is no status {name!r}", f"there are {', '.join(STANDINGS)}")
    return names


def _columns(query: str) -> tuple[str, ...]:
    return selected(ask.named_query(query).text)


def _listed(value: Value | Sequence[Value]) -> Sequence[Value]:
    return [value] if isinstance(value, Value) else value


def _table(answer: QuerySolutions) -> Rows:
    """The rows of an answer, and which of its columns are days."""
    names = [variable.value for variable in answer.variables]
    found: list[Row] = []
    days: dict[str, bool] = {}
    for solution in answer:
        row: Row = {}
        for name in names:
            if (term := solution[name]) is not None:
                row[name] = plain(term)
                is_day = isinstance(term, Literal) and term.datatype == XSD.date
                days[name] = is_day and days.get(name, True)
        found.append(row)
    return Rows(found, columns=names, days=(name for name, every in days.items() if every))
