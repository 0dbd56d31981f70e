"""Commands that answer: ``who-met``, ``visits``, ``statements``, ``show``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from kb.cli.base import Settings, global_options, with_settings
from kb.cli.output import emit, file_option, opened, output_options, to_json
from kb.cli.tables import Column, clean
from kb.reports import STANDINGS

F = TypeVar("F", bound=Callable[..., Any])
Row = dict[str, Any]

STATUS_ORDER = ("all", *STANDINGS)
SHOWN_DIGITS = 8


def time_options(command: F) -> F:
    """``--since`` and ``--until``."""
    since = click.option(
        "--since", metavar="DATE", help="From this date on: YYYY, YYYY-MM or YYYY-MM-DD."
    )
    until = click.option("--until", metavar="DATE", help="Up to this date: likewise.")
    return since(until(command))


def status_option(default: str) -> Callable[[F], F]:
    return click.option(
        "--status",
        "statuses",
        multiple=True,
        type=click.Choice(STATUS_ORDER),
        metavar="STATUS",
        help=f"{', '.join(STATUS_ORDER[1:])}, or all; several may be given.  [default: {default}]",
    )


@click.command("who-met", short_help="Who met whom.")
@click.argument("names", nargs=-1, metavar="[NAME [NAME]]")
@time_options
@status_option("held, disputed")
@output_options
@global_options
@with_settings
def who_met(
    settings: Settings,
    names: tuple[str, ...],
    since: str | None,
    until: str | None,
    statuses: tuple[str, ...],
    form: str,
    output: str | None,
) -> None:
    """Who met whom: everybody, the counterparts of one, or the meetings of two.

    A NAME is a full name, an alias, a surname, or an IRI; a state includes those who act for it.

    \b
    Examples:
      kb who-met
      kb who-met "Xi Jinping" --since 2023
      kb who-met China "South Korea" --status planned
    """
    if len(names) > 2:
        raise click.UsageError("One name or two; put a name of several words in quotes.")
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.who_met(
            *names, since=since, until=until, statuses=_statuses(statuses, ("held", "disputed"))
        )
    if form == "table":
        show_meetings(rows, output, _others_hint(statuses))
        return
    emit(rows, MEETING_COLUMNS, form, output)


@click.command(short_help="Who visited where.")
@click.option("--by", metavar="NAME", help="The visitor; a state includes those who act for it.")
@click.option("--to", metavar="PLACE", help="The destination: a state, a town or a site.")
@time_options
@status_option("all")
@output_options
@global_options
@with_settings
def visits(
    settings: Settings,
    by: str | None,
    to: str | None,
    since: str | None,
    until: str | None,
    statuses: tuple[str, ...],
    form: str,
    output: str | None,
) -> None:
    """Who visited where, and who is to, wanted to, or did not.

    \b
    Examples:
      kb visits --by Lavrov
      kb visits --to "North Korea" --since 2023 --status planned
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.visits(by, to, since=since, until=until, statuses=_statuses(statuses, ()))
    if form == "table":
        show_visits(rows, output)
        return
    emit(rows, VISIT_COLUMNS, form, output)


@click.command(short_help="Who said what to whom.")
@click.option("--by", metavar="NAME", help="The speaker; a state includes those who act for it.")
@click.option("--to", metavar="NAME", help="Somebody who was told.")
@click.option("--about", metavar="WORDS", help="Words that occur in what was said.")
@time_options
@output_options
@global_options
@with_settings
def statements(
    settings: Settings,
    by: str | None,
    to: str | None,
    about: str | None,
    since: str | None,
    until: str | None,
    form: str,
    output: str | None,
) -> None:
    """Who said what to whom, quoted or reported.

    A statement without a day of its own is put in time by its first report.

    \b
    Examples:
      kb statements --by "Kim Jong Un" --about cooperation
      kb statements --by Xi --to Han
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.statements(by, to, about=about, since=since, until=until)
    if form == "table":
        show_statements(rows, output)
        return
    emit(rows, STATEMENT_COLUMNS, form, output)


@click.command(short_help="An event with its reports and quotes.")
@click.argument("event")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the event.",
)
@file_option
@global_options
@with_settings
def show(settings: Settings, event: str, form: str, output: str | None) -> None:
    """One event with everything that is reported of it, and the sentences that say so.

    EVENT is its IRI, or as much of the end of it as the answers show.

    \b
    Examples:
      kb show 5b0c8e7f
      kb show https://w3id.org/diplomatic-kb/id/visit/77ab02c4d1e95f3860aa -f json
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        row = kb.show(event)
    with opened(output) as stream:
        if form == "json":
            stream.write(to_json(row, indent=2) + "\n")
        else:
            stream.write("\n".join(_event_lines(row)) + "\n")


# -- tables -----------------------------------------------------------------------------------


def show_meetings(rows: Sequence[Row], output: str | None = None, empty: str = "") -> None:
    """Meetings as a table; ``empty`` is said where there are none."""
    shown = [
        {
            **row,
            "who": _names(row["participants"]),
            "where": _where(row),
            "told": _told(row),
            "sources": _sources(row),
        }
        for row in rows
    ]
    emit(shown, MEETING_COLUMNS, "table", output, empty=empty or "Nothing found.")


def show_visits(rows: Sequence[Row], output: str | None = None) -> None:
    """Visits as a table."""
    shown = [
        {**row, "who": _name(row["visitor"]), "where": _where(row), "sources": _sources(row)}
        for row in rows
    ]
    emit(shown, VISIT_COLUMNS, "table", output)


def show_statements(rows: Sequence[Row], output: str | None = None) -> None:
    """Statements as a table: quotations between marks."""
    shown = [
        {
            **row,
            "who": _name(row["speaker"]),
            "whom": _names(row["addressees"]),
            "said": f"“{row['text']}”" if row["quote"] else row["text"],
            "day": row["date"] or next((r["published"] for r in row["reports"]), None),
        }
        for row in rows
    ]
    emit(shown, STATEMENT_COLUMNS, "table", output)


def _id(value: Any) -> str:
    """Enough of the IRI's end for `kb show`."""
    return str(value).rpartition("/")[2][:SHOWN_DIGITS]


def _date(value: Any) -> str:
    from kb import edtf

    return edtf.display(value)


MEETING_COLUMNS = (
    Column("date", "date", _date),
    Column("who", "who", flexible=True),
    Column("status", "told"),
    Column("where", "where", most=24),
    Column("sources", "sources", most=24, spare=True),
    Column("id", "meeting", _id),
)
VISIT_COLUMNS = (
    Column("date", "date", _date),
    Column("who", "who", flexible=True),
    Column("status", "status"),
    Column("where to", "where", most=36),
    Column("sources", "sources", most=24, spare=True),
    Column("id", "visit", _id),
)
STATEMENT_COLUMNS = (
    Column("told", "day"),
    Column("who", "who", most=28),
    Column("to whom", "whom", most=24),
    Column("said", "said", flexible=True),
    Column("id", "statement", _id),
)


def _statuses(given: Sequence[str], default: Sequence[str]) -> Sequence[str]:
    if "all" in given:
        return STANDINGS
    return tuple(given) or tuple(default)


def _others_hint(statuses: Sequence[str]) -> str:
    if statuses:
        return "Nothing found."
    return "No meeting that took place was found; --status all shows what was planned or denied."


def _name(actor: Row | None) -> str:
    if actor is None:
        return ""
    code = actor["country"]
    plain = actor["type"] == "state" or not code
    return actor["name"] if plain else f"{actor['name']} ({code})"


def _names(actors: Sequence[Row]) -> str:
    return ", ".join(map(_name, actors))


def _told(row: Row) -> str:
    """The status, and the medium where it is not the usual one."""
    usual = row["medium"] in ("in-person", "unknown")
    return str(row["status"]) if usual else f"{row['status']} ({row['medium']})"


def _sources(row: Row) -> str:
    """Who reports it: the first source, its title where it has no name, and how many more."""
    named = [report["source"] for report in row["reports"] if report["source"]]
    titles = [f"“{report['title']}”" for report in row["reports"]]
    first = [*named, *titles, ""][0]
    more = row["articles"] - 1
    return f"{first} +{more}" if more else first


def _where(row: Row) -> str:
    return ", ".join(part for part in (row["place"], row["country"]) if part)


def _event_lines(row: Row) -> list[str]:
    """An event as text: what it is, then each report with its passages."""
    lines = [f"{row['type'].capitalize()}  {row['event']}"]
    for key in ("participants", "visitors", "speakers", "addressees"):
        if row.get(key):
            lines.append(f"  {key:<13} {clean(_names(row[key]))}")
    for key in ("status", "medium", "date", "text"):
        if row.get(key):
            value = _date(row[key]) if key == "date" else row[key]
            lines.append(f"  {key:<13} {clean(str(value))}")
    if _where(row):
        lines.append(f"  {'where':<13} {clean(_where(row))}")
    for report in row["reports"]:
        head = [report["published"] or "undated", report["source"], f"“{report['title']}”"]
        lines += ["", "  " + clean(" · ".join(part for part in head if part))]
        told = [report["status"], _date(report["date"])] if row["type"] != "statement" else []
        if any(told):
            lines.append("    " + ", ".join(part for part in told if part))
        lines += [f"    | {clean(passage['text'])}" for passage in report["evidence"]]
        lines += [f"    {report['url']}"] if report["url"] else []
    return lines
