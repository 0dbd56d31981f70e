"""Commands for SPARQL: ``query``, ``queries``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from kb.cli.base import Command, Settings, global_options, with_settings
from kb.cli.output import FORMATS, emit, file_option, opened_bytes, output_options
from kb.cli.rows import short_iri
from kb.cli.tables import Column
from kb.errors import KBError, QueryError

if TYPE_CHECKING:
    from kb.views.triples import Triples

T = TypeVar("T")

GRAPH_FORMATS = ("turtle", "ntriples", "jsonld")
QUERY_COLUMNS = (
    Column("name", "name"),
    Column("question", "question", flexible=True),
    Column("parameters", "parameters", lambda told: ", ".join(p["name"] for p in told), most=40),
)


def complete_query(
    ctx: click.Context,  # noqa: ARG001
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """Names of queries; files where none begins like this."""
    from kb import KnowledgeBase

    named = [
        CompletionItem(name, help=query.title)
        for name, query in KnowledgeBase.queries().items()
        if name.startswith(incomplete)
    ]
    return named or [CompletionItem(incomplete, type="file")]


@click.command(cls=Command, short_help="Ask in SPARQL.")
@click.argument("query", metavar="QUERY", shell_complete=complete_query)
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="Bind a variable of the query; several may be given.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice((*FORMATS, *GRAPH_FORMATS)),
    metavar="FORMAT",
    help=f"{', '.join(FORMATS)}; {', '.join(GRAPH_FORMATS)} for CONSTRUCT and DESCRIBE.  "
    "[default: table; turtle]",
)
@click.option(
    "--allow-remote", is_flag=True, help="Let SERVICE ask other endpoints, over the network."
)
@file_option
@global_options
@with_settings
def query(
    settings: Settings,
    query: str,
    params: tuple[str, ...],
    form: str | None,
    allow_remote: bool,
    output: str | None,
) -> None:
    """Run a SPARQL query: SELECT and ASK give rows, CONSTRUCT and DESCRIBE give triples.

    QUERY is the name of one that `kb queries` lists, a file, - for standard input, or the query
    itself. All data lie in named graphs: write GRAPH ?g { … }. The prefixes of the exports (dip,
    rdfs, xsd …) need no declaration. Queries only read, and only this knowledge base, unless
    --allow-remote is given. A parameter is bound as a term, never pasted into the text.

    \b
    Examples:
      kb query most-met --param since=2018
      kb query queries/who-met.rq -p actor=Xi -p other=Putin -f json
      kb query 'SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }'
      kb query - -f turtle -o met.ttl < construct.rq
    """
    from kb import KnowledgeBase, Rows, Triples

    text = _stdin() if query == "-" else query
    values = assignments(params)
    with KnowledgeBase.open(settings.path) as kb:
        answer = interruptible(lambda: kb.query(text, allow_remote=allow_remote, **values))
    if isinstance(answer, Triples):
        _write_triples(answer, form or "turtle", output)
        return
    if form in GRAPH_FORMATS:
        raise QueryError(
            f"the query gives rows, which cannot be written as {form}",
            f"CONSTRUCT and DESCRIBE give triples; for rows there are {', '.join(FORMATS)}",
        )
    if isinstance(answer, bool):
        answer = Rows([{"answer": answer}])
    columns = [Column(name, name, short_iri, flexible=True) for name in answer.columns]
    emit(answer, columns, form or "table", output)


@click.command(cls=Command, short_help="Ask a named question.")
@click.argument("name", metavar="NAME", shell_complete=complete_query)
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="What the question leaves open; several may be given.",
)
@output_options
@global_options
@with_settings
def ask(
    settings: Settings, name: str, params: tuple[str, ...], form: str, output: str | None
) -> None:
    """Answer one of the questions that `kb queries` lists, by its name.

    \b
    Examples:
      kb ask met-most-by --param actor="Vladimir Putin"
      kb ask first-visit --param person="Emmanuel Macron"
      kb ask disagreements -f json
    """
    from kb import KnowledgeBase, Rows

    named = KnowledgeBase.named_query(name)
    values = assignments(params)
    with KnowledgeBase.open(settings.path) as kb:
        answer = interruptible(lambda: kb.query(named, allow_remote=False, **values))
    assert isinstance(answer, Rows)
    columns = [Column(one, one, short_iri, flexible=True) for one in answer.columns]
    emit(answer, columns, form, output)


def assignments(texts: Iterable[str]) -> dict[str, list[str]]:
    """``name=value`` pairs; a name given twice has two values. Raises ``QueryError``."""
    out: dict[str, list[str]] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip("?$ "):
            raise QueryError(f"{text!r} is no parameter", "write it as name=value")
        out.setdefault(name.strip("?$ "), []).append(value)
    return out


def _write_triples(found: Triples, form: str, output: str | None) -> None:
    if form in FORMATS:
        columns = [
            Column(part, part, short_iri, flexible=True)
            for part in ("subject", "predicate", "object")
        ]
        emit(_triple_rows(found), columns, form, output)
        return
    with opened_bytes(output) as stream:
        if form == "jsonld":
            found.write(stream, "jsonld")
        else:
            found.write(stream, "turtle" if form == "turtle" else "ntriples")


def _triple_rows(found: Triples) -> Iterator[dict[str, Any]]:
    from kb.ask.run import plain

    for triple in found:
        yield {
            "subject": plain(triple.subject),
            "predicate": plain(triple.predicate),
            "object": plain(triple.object),
        }


def interruptible(function: Callable[[], T]) -> T:
    """What a function gives. It runs beside the main thread, so that Ctrl-C ends the command at
    once, whatever the store is busy with; nothing is written meanwhile."""
    done: list[T] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            done.append(function())
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=work, daemon=True)
    try:
        thread.start()
        thread.join()
    except KeyboardInterrupt:
        raise KBError(
            "the query was interrupted before it was answered",
            "LIMIT, or GRAPH with a name, makes a query lighter",
        ) from None
    if failed:
        raise failed[0]
    return done[0]


def _stdin() -> str:
    """The query on standard input; its last line break marks it as one, however short it is."""
    try:
        return sys.stdin.buffer.read().decode("utf-8") + "\n"
    except UnicodeDecodeError as error:
        raise QueryError("the query on standard input is no text in UTF-8") from error


@click.command(cls=Command, short_help="The named queries.")
@click.argument("name", required=False, shell_complete=complete_query)
@output_options
@global_options
@with_settings
def queries(settings: Settings, name: str | None, form: str, output: str | None) -> None:  # noqa: ARG001
    """List the questions that `kb query` knows by name, or print one as SPARQL.

    \b
    Examples:
      kb queries
      kb queries who-met > my-own.rq
    """
    from kb import KnowledgeBase
    from kb.cli.output import opened

    if name is not None:
        with opened(output) as stream:
            stream.write(KnowledgeBase.named_query(name).text)
        return
    rows = [
        {
            "name": found.name,
            "title": found.title,
            "question": found.question,
            "parameters": [
                {
                    "name": p.name,
                    "type": p.type,
                    "description": p.description,
                    "optional": p.optional,
                }
                for p in found.parameters
            ],
            "examples": list(found.examples),
        }
        for found in KnowledgeBase.queries().values()
    ]
    emit(rows, QUERY_COLUMNS, form, output)
