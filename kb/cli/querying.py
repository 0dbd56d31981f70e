"""Commands for SPARQL: ``query``, ``queries``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.base import Settings, global_options, with_settings
from kb.cli.output import emit, opened_bytes, output_options
from kb.cli.tables import Column
from kb.errors import QueryError

if TYPE_CHECKING:
    from kb.ask import NamedQuery


@click.command(short_help="Ask in SPARQL.")
@click.argument("query", metavar="QUERY")
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="Bind a variable; several may be given.",
)
@output_options
@global_options
@with_settings
def query(
    settings: Settings, query: str, params: tuple[str, ...], form: str, output: str | None
) -> None:
    """Run a SPARQL query: SELECT and ASK give rows, CONSTRUCT and DESCRIBE give Turtle.

    QUERY is a file, the name of one that `kb queries` lists, - for standard input, or the query
    itself. Parameters are bound as terms, never pasted. Graphs have to be named: GRAPH ?g { … }.

    \b
    Examples:
      kb query most-met --param since=2018
      kb query queries/who-met.rq -p actor=Xi -f json
      kb query 'SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }'
    """
    from pyoxigraph import QueryTriples

    from kb.ask import parameters
    from kb.ask.run import rows, run
    from kb.export import write
    from kb.store import open_store

    asked = _query(query)
    with open_store(settings.path) as store:
        values = parameters.terms(store, asked, parameters.parse_assignments(params))
        answer = run(store, asked.text, values)
        if isinstance(answer, QueryTriples):
            with opened_bytes(output) as stream:
                write(sorted(set(answer), key=str), stream, "turtle")
            return
        names = ["answer"] if not hasattr(answer, "variables") else [
            variable.value for variable in answer.variables
        ]  # fmt: skip
        columns = [Column(name, name, flexible=True) for name in names]
        emit(rows(answer), columns, form, output)


def _query(text: str) -> NamedQuery:
    """The query that an argument stands for."""
    from kb.ask import named_query, parse_query

    if text == "-":
        return parse_query(_stdin(), "stdin")
    if "{" in text or "\n" in text:
        return parse_query(text)
    path = Path(text)
    if not path.is_file():
        if path.suffix or "/" in text:
            raise QueryError(f"there is no file {text}", "`kb queries` lists the named queries")
        return named_query(text)
    try:
        return parse_query(path.read_text(encoding="utf-8"), path.stem)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise QueryError(f"{path} cannot be read: {reason}") from error


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError("the query on standard input is no text in UTF-8") from error


@click.command(short_help="The named queries.")
@click.argument("name", required=False)
@global_options
@with_settings
def queries(settings: Settings, name: str | None) -> None:  # noqa: ARG001
    """List the named queries, or print one.

    \b
    Examples:
      kb queries
      kb queries who-met
    """
    from kb.ask import named_queries, named_query

    if name is not None:
        click.echo(named_query(name).text, nl=False)
        return
    for found in named_queries().values():
        told = " ".join(f"{p.name}:{p.type}" for p in found.parameters)
        click.echo(f"{found.name:<14} {found.question}")
        if told:
            click.echo(f"{'':<14} {told}")
