"""Commands by which people correct what is one and what is not: ``same``, ``different``,
``forget``, ``judgements``, ``review``, ``conflicts``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kb.cli.base import Command, Settings, global_options, with_settings
from kb.cli.output import emit, output_options
from kb.cli.rows import Row, short_id, short_iri, shown_date, shown_names
from kb.cli.tables import Column
from kb.judgements import Verdict
from kb.reports import POINTS

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

F = TypeVar("F", bound=Callable[..., Any])

JUDGEMENT_COLUMNS = (
    Column("verdict", "verdict"),
    Column("one", "one", short_iri, flexible=True),
    Column("other", "other", short_iri),
    Column("reason", "reason", most=40),
)
REVIEW_COLUMNS = (
    Column("what", "kind"),
    Column("one", "first", flexible=True),
    Column("other", "second", flexible=True),
    Column("why", "reason", most=32),
    Column("ids", "ids"),
)
CONFLICT_COLUMNS = (
    Column("event", "type"),
    Column("who", "who", flexible=True),
    Column("stands as", "status"),
    Column("disagree in", "points"),
    Column("told", "told", flexible=True),
    Column("id", "event", short_id),
)


def _writable(settings: Settings) -> KnowledgeBase:
    """The knowledge base, which has to be there already."""
    from kb.knowledge_base import KnowledgeBase

    KnowledgeBase.open(settings.path).close()
    return KnowledgeBase.create(settings.path)


def _judge(settings: Settings, one: str, other: str, verdict: Verdict, reason: str) -> None:
    with _writable(settings) as kb:
        row = kb.judge(one, other, verdict, reason)
    settings.say(f"Recorded: {short_iri(row['one'])} and {short_iri(row['other'])} are {verdict}.")


def _reason(command: F) -> F:
    return click.option("--reason", default="", metavar="TEXT", help="Why; kept with it.")(command)


@click.command(cls=Command, short_help="Two actors or events are one.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@_reason
@global_options
@with_settings
def same(settings: Settings, one: str, other: str, reason: str) -> None:
    """Record that two actors, or two events, are one. It wins over what the program makes of names
    and dates, and stays when articles are added again.

    A and B are actors, by name or IRI, or events or reports, by the ids that the answers and `kb
    show` print; an event stands for its first report.

    \b
    Examples:
      kb same person/jane-doe.KE person/j-m-doe.KE --reason "one minister"
      kb same 3757d6d4 91c0aa3e
    """
    _judge(settings, one, other, "same", reason)


@click.command(cls=Command, short_help="Two actors or events are not one.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@_reason
@global_options
@with_settings
def different(settings: Settings, one: str, other: str, reason: str) -> None:
    """Record that two actors, or two events, are not one. Of an event, name it and the report that
    does not belong to it: the others stay together.

    A and B are actors, by name or IRI, or events or reports, by the ids that the answers and `kb
    show` print; an event stands for its first report.

    \b
    Examples:
      kb different person/jane-doe.KE person/Q12345
      kb different 3757d6d4 report/91c0aa3e
    """
    _judge(settings, one, other, "different", reason)


@click.command(cls=Command, short_help="Take a judgement back.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@global_options
@with_settings
def forget(settings: Settings, one: str, other: str) -> None:
    """Take back what was judged of two things, in whatever order; `kb judgements` lists it.

    \b
    Examples:
      kb forget person/jane-doe.KE person/j-m-doe.KE
    """
    with _writable(settings) as kb:
        row = kb.forget(one, other)
    settings.say(
        f"Taken back: {short_iri(row['one'])} and {short_iri(row['other'])} are {row['verdict']}."
    )


@click.command(cls=Command, short_help="What people have judged.")
@output_options
@global_options
@with_settings
def judgements(settings: Settings, form: str, output: str | None) -> None:
    """List what was judged the same or different. Events are named by a report of each.

    \b
    Examples:
      kb judgements
      kb judgements -f json
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.judgements()
    emit(rows, JUDGEMENT_COLUMNS, form, output, empty="Nothing has been judged.")


@click.command(cls=Command, short_help="What is unsure, to be judged.")
@output_options
@global_options
@with_settings
def review(settings: Settings, form: str, output: str | None) -> None:
    """List actors that may be one or two, and events that could be one but are kept apart, with the
    reason; `kb same` and `kb different` settle them.

    \b
    Examples:
      kb review
      kb review -f csv -o unsure.csv
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.review()
    shown = [_pair(row) for row in rows] if form == "table" else rows
    emit(shown, REVIEW_COLUMNS, form, output, empty="Nothing is unsure.")


@click.command(cls=Command, short_help="Where reports disagree.")
@click.option(
    "--in",
    "points",
    multiple=True,
    type=click.Choice(POINTS),
    metavar="POINT",
    help=f"Only in {', '.join(POINTS[:-1])} or {POINTS[-1]}; several may be given.",
)
@output_options
@global_options
@with_settings
def conflicts(settings: Settings, points: tuple[str, ...], form: str, output: str | None) -> None:
    """List the meetings and visits whose reports disagree: whether it took place, on which day,
    where, or who was there. `kb show` prints who says what.

    A plan that came true is no disagreement; a plan beside a cancellation is one.

    \b
    Examples:
      kb conflicts
      kb conflicts --in status --in day
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.conflicts(points)
    shown = [_conflict(row) for row in rows] if form == "table" else rows
    emit(shown, CONFLICT_COLUMNS, form, output, empty="No reports disagree.")


def _pair(row: Row) -> Row:
    show = short_iri if row["kind"] == "actor" else short_id
    first, second = row["names"]
    return {
        **row,
        "first": first,
        "second": second,
        "ids": f"{show(row['one'])} {show(row['other'])}",
    }


def _conflict(row: Row) -> Row:
    return {
        **row,
        "who": shown_names(row["actors"]),
        "points": ", ".join(row["disagree"]),
        "told": "; ".join(map(_said, row["reports"])),
    }


def _said(report: Row) -> str:
    """What one report says, and who it is by."""
    told = (report["status"], shown_date(report["date"]), report["place"])
    by = report["source"] or f"“{report['title']}”"
    return f"{by}: {' '.join(part for part in told if part)}"
