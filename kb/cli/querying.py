"""Commands for SPARQL: ``query``, ``queries``."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from kb.cli.base import Settings, global_options, with_settings
from kb.cli.output import emit, opened_bytes, output_options
from kb.cli.tables import Column
from kb.errors import QueryError


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
    from kb import KnowledgeBase, Rows, Triples

    text = _stdin() if query == "-" else query
    values = assignments(params)
    with KnowledgeBase.open(settings.path) as kb:
        answer = kb.query(text, **values)
    if isinstance(answer, Triples):
        with opened_bytes(output) as stream:
            answer.write(stream)
        return
    if isinstance(answer, bool):
        answer = Rows([{"answer": answer}])
    emit(answer, [Column(name, name, flexible=True) for name in answer.columns], form, output)


def assignments(texts: Iterable[str]) -> dict[str, list[str]]:
    """``name=value`` pairs; a name given twice has two values. Raises ``QueryError``."""
    out: dict[str, list[str]] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip("?$ "):
            raise QueryError(f"{text!r} is no parameter", "write it as name=value")
        out.setdefault(name.strip("?$ "), []).append(value)
    return out


def _stdin() -> str:
    """The query on standard input; its last line break marks it as one, however short it is."""
    try:
        return sys.stdin.buffer.read().decode("utf-8") + "\n"
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
    from kb import KnowledgeBase

    if name is not None:
        click.echo(KnowledgeBase.named_query(name).text, nl=False)
        return
    for found in KnowledgeBase.queries().values():
        told = " ".join(f"{p.name}:{p.type}" for p in found.parameters)
        click.echo(f"{found.name:<14} {found.question}")
        if told:
            click.echo(f"{'':<14} {told}")
