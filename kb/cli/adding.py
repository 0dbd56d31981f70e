"""Commands that fill a knowledge base with articles: ``add``, ``demo``."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from kb.cli.base import Command, Failure, Settings, global_options, sentence, with_settings
from kb.cli.tables import clean
from kb.errors import KBError

if TYPE_CHECKING:
    from kb.intake import Outcome

F = TypeVar("F", bound=Callable[..., Any])

ENGLISH = "en"


class Day(click.ParamType[date]):
    """A day of the calendar that has begun, written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from kb import edtf
        from kb.read.article import in_the_future

        if isinstance(value, date):
            return value
        try:
            day = edtf.parse_day(value)
        except edtf.EDTFError as error:
            self.fail(f"{error.message}; {error.hint}", param, ctx)
        if in_the_future(day):
            self.fail(f"{day} lies in the future", param, ctx)
        return day


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def reading_options(command: F) -> F:
    """What an article is and who reads it."""
    for option in (
        click.argument(
            "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(allow_dash=True)
        ),
        click.option(
            "--published",
            type=Day(),
            metavar="DATE",
            help="Day of publication of the articles that do not say theirs.",
        ),
        click.option(
            "--source", metavar="NAME", help="Outlet of the articles that do not say theirs."
        ),
        click.option(
            "--fetch",
            is_flag=True,
            help="Fetch the page of an entry of a feed that has a summary only.",
        ),
        click.option(
            "--model",
            metavar="NAME",
            envvar="KB_MODEL",
            show_envvar=True,
            help="Parse with another installed spaCy pipeline.",
        ),
        click.option(
            "-j",
            "--jobs",
            type=click.IntRange(1, 256),
            default=processors,
            metavar="N",
            envvar="KB_JOBS",
            show_envvar=True,
            help="Code many articles in so many processes.  [default: one for each processor]",
        ),
    )[::-1]:  # the last one applied comes first
        command = option(command)
    return command


@click.command(cls=Command, short_help="Put articles into the knowledge base.")
@reading_options
@click.option(
    "--base",
    metavar="IRI",
    envvar="KB_BASE",
    show_envvar=True,
    help="Give things IRIs under this one; for a new knowledge base only.",
)
@click.option("--force", is_flag=True, help="Code unchanged articles again.")
@click.option(
    "--engine",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    help="Code in processes here, or on the workers of a Dask cluster.  [default: processes]",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    envvar="KB_SCHEDULER",
    show_envvar=True,
    help="The scheduler of the cluster: tcp://HOST:8786.",
)
@click.option(
    "--shards",
    metavar="FOLDER",
    type=click.Path(),
    help="Write what articles tell to files in a folder, not to the knowledge base.",
)
@global_options
@with_settings
def add(
    settings: Settings,
    paths: tuple[str, ...],
    published: date | None,
    source: str | None,
    fetch: bool,
    model: str | None,
    jobs: int,
    base: str | None,
    force: bool,
    engine: str,
    scheduler: str | None,
    shards: str | None,
) -> None:
    """Read articles and keep what they tell.

    PATH is a file, a folder, a pattern, an address on the web, or - for standard input. What it
    holds is told by its content and its suffix, and may be gzipped:

    \b
      .txt                plain text, the title in the first line
      .md                 Markdown; title, date, source, url and id in YAML front matter
      .jsonl .json        objects with text, title, published, source, and id or url
      .html               a saved page: its article is found, with title, date and source
      .rss .atom .xml     a feed: an article for each entry, its full text where the feed has it

    English articles are read; one in another language is stored without events. Unchanged articles
    are skipped. One that cannot be read is told, with its line, and leaves the others alone; the
    command then ends with exit code 1.

    --shards writes gzipped N-Quads of some thousand articles each instead, for `kb import` or the
    bulk loader of a store; articles that are in a shard of the folder already are skipped.

    \b
    Examples:
      kb add news/*.txt --published 2023-09-24 --source "Morning Post"
      kb add notes.md page.html wires.jsonl.gz
      kb add https://www.example.org/world/rss.xml --fetch
      cat wires.jsonl | kb add -
      kb add archive/*.jsonl.gz --engine dask --scheduler tcp://head:8786 --shards shards
    """
    if engine == "dask" and scheduler is None:
        raise click.UsageError("--engine dask needs --scheduler ADDRESS")
    if engine != "dask" and _is_on_the_line("scheduler"):
        raise click.UsageError("--scheduler goes with --engine dask")
    if shards is not None and force:
        raise click.UsageError("--force has no meaning for --shards: name a new folder")
    with ExitStack() as stack:

        def tell(told: str) -> None:
            settings.say(clean(told))

        outcomes: Iterator[Outcome]
        at = scheduler if engine == "dask" else None
        if shards is not None:
            from kb.sharding import shard_each

            outcomes = sharded = shard_each(
                paths, shards, published=published, source=source, fetch=fetch, model=model,
                base=base, jobs=jobs, scheduler=at, tell=tell,
            )  # fmt: skip
            stack.callback(sharded.close)  # writes the last shard, however the command ends
        else:
            from kb.knowledge_base import KnowledgeBase

            kb = stack.enter_context(KnowledgeBase.create(settings.path, model=model, base=base))
            _ = kb.minter  # a base that does not fit is told before anything is read
            outcomes = kb.add_each(
                paths, published=published, source=source, force=force, fetch=fetch, jobs=jobs,
                scheduler=at, tell=tell,
            )  # fmt: skip
        tally = _Tally(settings)
        try:
            with progress(settings, "articles") as advance:
                for outcome in outcomes:
                    tally.note(outcome)
                    advance()
        except KeyboardInterrupt:
            tally.close()
            raise Failure(
                KBError(
                    "interrupted: what is told above is stored, whole articles only",
                    "the same command goes on where this one stopped",
                )
            ) from None
        tally.close()
        if tally.counts["failed"]:
            raise click.exceptions.Exit(1)


def _is_on_the_line(option: str) -> bool:
    """Whether an option is on the command line, not only in the environment."""
    found = click.get_current_context().get_parameter_source(option)
    return found is ParameterSource.COMMANDLINE


class _Tally:
    """Counts outcomes; tells failures as they come and the rest at the end."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.counts: Counter[str] = Counter()
        self.events = 0
        self.undated = 0
        self.languages: Counter[str] = Counter()

    def note(self, outcome: Any) -> None:
        self.counts[outcome.state] += 1
        self.events += outcome.events
        if outcome.state in ("added", "updated"):
            self.languages[outcome.language or ENGLISH] += 1
            self.undated += not outcome.dated and outcome.language in (None, ENGLISH)
        if outcome.error is not None:
            if self.settings.debug:
                raise outcome.error
            tell_failure(outcome.where, outcome.error)

    def close(self) -> None:
        told = [f"{self.counts[s]} {s}" for s in ("added", "updated", "unchanged", "failed")]
        kept = [text for text in told if not text.startswith("0 ")] or ["nothing to add"]
        total = sum(self.counts.values())
        noun = "article" if total == 1 else "articles"
        if not self.settings.quiet:
            what = "report of an event" if self.events == 1 else "reports of events"
            click.echo(f"{total} {noun}: {', '.join(kept)}; {self.events} {what}")
        tell_foreign(self.settings, self.languages)
        tell_undated(self.settings, self.undated)


def tell_foreign(settings: Settings, languages: Counter[str], kept: str = "stored") -> None:
    """Say once that some articles are not in English, and what that costs."""
    names = [code for code, _ in languages.most_common() if code != ENGLISH]
    if count := sum(languages[name] for name in names):
        who = "article is" if count == 1 else "articles are"
        settings.say(f"{count} {who} not in English ({', '.join(names)}): {kept} without events.")


def tell_undated(settings: Settings, count: int) -> None:
    """Say once that some articles have no day of publication, and what that costs."""
    if count:
        who, where = ("article has", "it") if count == 1 else ("articles have", "them")
        settings.say(
            f'{count} {who} no publication date: weekdays, "next month" and the like stay '
            f"unresolved in {where} (--published gives one)."
        )


def tell_failure(where: str, error: KBError) -> None:
    """One line for what could not be read or coded, beside the data."""
    text = sentence(f"{where}: {error.message}")
    click.echo(clean(text + (f" {sentence(error.hint)}" if error.hint else "")), err=True)


@contextmanager
def progress(settings: Settings, what: str) -> Iterator[Callable[[], None]]:
    """A running count on a terminal, nothing elsewhere."""
    from kb.cli.output import stderr_is_terminal

    if settings.quiet or not stderr_is_terminal():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} " + what), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda: progress.advance(task)


@click.command(cls=Command, short_help="Build a small knowledge base and ask it something.")
@global_options
@with_settings
def demo(settings: Settings) -> None:
    """Build a small knowledge base from the bundled articles and ask it who met whom.

    The articles were written for this purpose, on real events of the years 2001 to 2025. The
    knowledge base is thrown away afterwards, unless --store names a place for it.

    \b
    Examples:
      kb demo
      kb demo --store demo-kb
    """
    from kb.cli.asking import show_meetings, show_statements, show_visits
    from kb.knowledge_base import KnowledgeBase
    from kb.store import shown

    kept = settings.store
    settings.say("Reading the bundled articles…")
    with KnowledgeBase.demo(kept or None) as kb:
        for question, command, rows, table in (
            ("Who met whom?", "who-met", kb.who_met(), show_meetings),
            (
                "What lay ahead?",
                "who-met --status planned --status proposed",
                kb.who_met(statuses=("planned", "proposed")),
                show_meetings,
            ),
            (
                "What did not take place?",
                "who-met --status cancelled --status denied",
                kb.who_met(statuses=("cancelled", "denied")),
                show_meetings,
            ),
            ("Where did Blinken go?", "visits --by Blinken", kb.visits("Blinken"), show_visits),
            (
                "What did Putin say?",
                "statements --by Putin",
                kb.statements("Putin"),
                show_statements,
            ),
        ):
            click.echo(f"{question}\n$ kb {command}\n")
            table(rows)
            click.echo()
    if kept:
        settings.say(f"The knowledge base is at {shown(kept)}: ask it with --store {shown(kept)}.")
    else:
        settings.say("Your own articles: kb add FILE…, then ask as above.")
