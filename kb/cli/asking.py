"""Commands that answer: ``who-met``, ``visits``, ``statements``, ``actors``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from kb.cli.base import Command, Settings, global_options, with_settings
from kb.cli.output import emit, opened, output_options
from kb.cli.rows import (
    Row,
    short_id,
    shown_date,
    shown_name,
    shown_names,
    shown_office,
    shown_place,
    shown_sources,
    shown_status,
)
from kb.cli.tables import Column
from kb.model import ACTOR_TYPES
from kb.reports import STANDINGS

F = TypeVar("F", bound=Callable[..., Any])

SHOWN_IN_FULL = 5
"""So many actors of a name are shown with all that is known of them; more, as a table."""

STATUS_ORDER = ("all", *STANDINGS)


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


@click.command("who-met", cls=Command, short_help="Who met whom.")
@click.argument("names", nargs=-1, metavar="[NAME [NAME]]")
@time_options
@status_option("held, disputed")
@click.option(
    "--all-reports", is_flag=True, help="Under each meeting what every article says of it."
)
@output_options
@global_options
@with_settings
def who_met(
    settings: Settings,
    names: tuple[str, ...],
    since: str | None,
    until: str | None,
    statuses: tuple[str, ...],
    all_reports: bool,
    form: str,
    output: str | None,
) -> None:
    """Who met whom: everybody, the counterparts of one, or the meetings of two.

    A NAME is a full name, an alias, a surname, the code of a state (FR) or an IRI; a state includes
    those who act for it. Only what took place is shown, unless --status asks for more. `kb show`
    prints the sentences behind a row.

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
        show_meetings(rows, output, _others_hint(statuses), all_reports)
        return
    if all_reports and form == "csv":
        emit([_told(row, r) for row in rows for r in row["reports"]], REPORT_COLUMNS, form, output)
        return
    emit(rows, MEETING_COLUMNS, form, output)


@click.command(cls=Command, short_help="Who visited where.")
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
    """Who visited where, and who is to, wanted to, or did not. `kb show` prints the sentences
    behind a row.

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


@click.command(cls=Command, short_help="Who said what to whom.")
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

    A statement without a day of its own is put in time by its first report. Quotations stand
    between marks.

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


@click.command(cls=Command, short_help="Who is in the knowledge base.")
@click.argument("name", required=False)
@click.option(
    "--type",
    "kind",
    type=click.Choice(ACTOR_TYPES),
    metavar="TYPE",
    help=f"Only {', '.join(ACTOR_TYPES[:-1])} or {ACTOR_TYPES[-1]}.",
)
@click.option(
    "--country",
    metavar="CC",
    help="Only a state and those who act for it: two letters, such as FR.",
)
@output_options
@global_options
@with_settings
def actors(
    settings: Settings,
    name: str | None,
    kind: str | None,
    country: str | None,
    form: str,
    output: str | None,
) -> None:
    """List people, states and organisations; or all whom a NAME may mean, with the names they go
    by and the offices they have held.

    The numbers are those of the rows that who-met, visits and statements give for them: a state's
    include those of its officials.

    \b
    Examples:
      kb actors
      kb actors Kim
      kb actors --type person --country FR -f json
    """
    from kb.knowledge_base import KnowledgeBase

    chosen = next((known for known in ACTOR_TYPES if known == kind), None)
    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.actors(name, type=chosen, country=country)
    if form == "table" and name is not None and 0 < len(rows) <= SHOWN_IN_FULL:
        from kb.cli.showing import actor_lines

        with opened(output) as stream:
            blocks = ("\n".join(line.rstrip() for line in actor_lines(row)) for row in rows)
            stream.write("\n\n".join(blocks) + "\n")
        return
    shown = [{**row, "office": shown_office(row)} for row in rows] if form == "table" else rows
    emit(shown, ACTOR_COLUMNS, form, output)


# -- tables -----------------------------------------------------------------------------------


def show_meetings(
    rows: Sequence[Row], output: str | None = None, empty: str = "", all_reports: bool = False
) -> None:
    """Meetings as a table; ``empty`` is said where there are none. With ``all_reports`` each is
    followed by what the articles say of it."""
    shown = []
    for row in rows:
        shown.append(
            {
                **row,
                "who": shown_names(row["participants"]),
                "where": shown_place(row),
                "told": shown_status(row),
                "sources": shown_sources(row),
            }
        )
        shown += map(_below, row["reports"]) if all_reports else ()
    emit(shown, MEETING_COLUMNS, "table", output, empty=empty or "Nothing found.")


def _told(row: Row, report: Row) -> Row:
    """A report as a row of its own."""
    said = {key: value for key, value in report.items() if key != "evidence"}
    names = "; ".join(who["name"] for who in row["participants"])
    return {"meeting": row["meeting"], "participants": names, "standing": row["status"], **said}


def _below(report: Row) -> Row:
    """A report as a row under that of its meeting."""
    by = ", ".join(part for part in (report["source"], report["published"]) if part)
    return {
        "date": report["date"],
        "who": f"– {by or report['title']}: “{report['quote']}”",
        "told": report["status"],
        "meeting": report["report"],
    }


def show_visits(rows: Sequence[Row], output: str | None = None) -> None:
    """Visits as a table."""
    shown = [
        {
            **row,
            "who": shown_name(row["visitor"]),
            "where": shown_place(row),
            "sources": shown_sources(row),
        }
        for row in rows
    ]
    emit(shown, VISIT_COLUMNS, "table", output)


def show_statements(rows: Sequence[Row], output: str | None = None) -> None:
    """Statements as a table: quotations between marks."""
    shown = [
        {
            **row,
            "who": shown_name(row["speaker"]),
            "whom": shown_names(row["addressees"]),
            "said": f"“{row['text']}”" if row["quote"] else row["text"],
            "day": row["date"] or next((r["published"] for r in row["reports"]), None),
        }
        for row in rows
    ]
    emit(shown, STATEMENT_COLUMNS, "table", output)


MEETING_COLUMNS = (
    Column("date", "date", shown_date),
    Column("who", "who", flexible=True),
    Column("status", "told"),
    Column("where", "where", most=24),
    Column("sources", "sources", most=24, spare=True),
    Column("id", "meeting", short_id),
)
REPORT_COLUMNS = (
    Column("meeting", "meeting"),
    Column("report", "report"),
)
VISIT_COLUMNS = (
    Column("date", "date", shown_date),
    Column("who", "who", flexible=True),
    Column("status", "status"),
    Column("where to", "where", most=36),
    Column("sources", "sources", most=24, spare=True),
    Column("id", "visit", short_id),
)
ACTOR_COLUMNS = (
    Column("name", "name", flexible=True),
    Column("type", "type"),
    Column("of", "country"),
    Column("office", "office", most=32, spare=True),
    Column("met", "meetings", right=True),
    Column("went", "visits", right=True),
    Column("said", "statements", right=True),
    Column("articles", "articles", right=True),
)
STATEMENT_COLUMNS = (
    Column("told", "day"),
    Column("who", "who", most=28),
    Column("to whom", "whom", most=24),
    Column("said", "said", flexible=True),
    Column("id", "statement", short_id),
)


def _statuses(given: Sequence[str], default: Sequence[str]) -> Sequence[str]:
    if "all" in given:
        return STANDINGS
    return tuple(given) or tuple(default)


def _others_hint(statuses: Sequence[str]) -> str:
    if statuses:
        return "Nothing found."
    return "No meeting that took place was found; --status all shows what was planned or denied."
