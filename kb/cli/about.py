"""Commands about the knowledge base itself and its articles: ``articles``, ``remove``, ``stats``,
``info``; and about the program: ``completion``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kb.cli.asking import time_options
from kb.cli.base import Command, Settings, global_options, with_settings
from kb.cli.output import emit, file_option, opened, output_options, to_json
from kb.cli.rows import count, short_id
from kb.cli.tables import Column, clean

ARTICLE_COLUMNS = (
    Column("published", "published"),
    Column("source", "source", most=28),
    Column("title", "title", flexible=True),
    Column("reports", "reports", right=True),
    Column("id", "article", short_id),
)
STATS_COLUMNS = (
    Column("what", "kind"),
    Column("status", "status"),
    Column("how many", "count", right=True),
)
SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command, short_help="The articles it holds.")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--source", metavar="NAME", help="Only articles of this outlet.")
@time_options
@output_options
@global_options
@with_settings
def articles(
    settings: Settings,
    words: tuple[str, ...],
    source: str | None,
    since: str | None,
    until: str | None,
    form: str,
    output: str | None,
) -> None:
    """List the articles by day of publication, with how many events each reports; WORDs are those
    of the titles to look for.

    `kb show ID` prints what an article tells, `kb remove ID` takes it out.

    \b
    Examples:
      kb articles
      kb articles Putin call
      kb articles --source "Sample Wire" --since 2023-09 -f csv
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.articles(" ".join(words) or None, source=source, since=since, until=until)
    emit(rows, ARTICLE_COLUMNS, form, output)


@click.command(cls=Command, short_help="Take articles out again.")
@click.argument("names", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--dry-run", is_flag=True, help="Say what would go; change nothing.")
@global_options
@with_settings
def remove(settings: Settings, names: tuple[str, ...], dry_run: bool) -> None:
    """Take out articles with all that only they tell. Events that others report stay.

    ARTICLE is the id that `kb articles` shows, a key, a URL, an IRI, the id that the source gave
    it, or the whole title. Unless every ARTICLE is found, none is removed.

    \b
    Examples:
      kb remove 368b8bd5
      kb remove https://example.org/news/1 singapore-2018 --dry-run
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = list({row["key"]: row for row in map(kb.article, names)}.values())
    if not dry_run:
        with KnowledgeBase.create(settings.path) as kb:
            for row in rows:
                kb.remove(row["key"])
    if settings.quiet:
        return
    for row in rows:
        where = ", ".join(part for part in (row.get("source"), row.get("published")) if part)
        named = f"“{clean(row['title'])}”" + (f" ({clean(where)})" if where else "")
        verb = "Would remove" if dry_run else "Removed"
        click.echo(f"{verb} {named} with {count(row['reports'], 'report')} of events.")


@click.command(cls=Command, short_help="How much it holds.")
@output_options
@global_options
@with_settings
def stats(settings: Settings, form: str, output: str | None) -> None:
    """Count articles, actors, places and, by status, events.

    \b
    Examples:
      kb stats
      kb stats -f json
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.stats()
    emit(rows, STATS_COLUMNS, form, output)


@click.command(cls=Command, short_help="Versions, and what lies where.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text to be read, or JSON.",
)
@click.option(
    "--markdown",
    is_flag=True,
    help="A table for reports of defects, without the folders of this computer.",
)
@file_option
@global_options
@with_settings
def info(settings: Settings, form: str, markdown: bool, output: str | None) -> None:
    """Show the versions at work, where the knowledge base lies, and how large it is. Works without
    a knowledge base, too.

    \b
    Examples:
      kb info
      kb info --markdown
    """
    from kb.info import store_facts, versions
    from kb.store import is_address

    facts = store_facts(settings.path)
    with opened(output) as stream:
        if form == "json":
            stream.write(to_json({"versions": versions(), "store": facts}, indent=2) + "\n")
            return
        if markdown:
            path = facts["path"]
            facts["path"] = "behind an endpoint" if is_address(path) else Path(path).name
            if "problem" in facts:
                facts["problem"] = facts["problem"].replace(path, facts["path"])
        shown: dict[str, Any] = {**versions(), **{f"store {k}": v for k, v in facts.items()}}
        if "store bytes" in shown:
            shown["store size"] = f"{shown.pop('store bytes') / 1e6:.1f} MB"
        cells = {key: clean(str("unknown" if v is None else v)) for key, v in shown.items()}
        width = max(map(len, cells))
        if markdown:
            stream.write("| | |\n|---|---|\n")
        for key, value in cells.items():
            escaped = value.replace("|", "\\|")
            stream.write(f"| {key} | {escaped} |\n" if markdown else f"{key:<{width}}  {value}\n")


@click.command(cls=Command, short_help="Let the shell complete what you type.")
@click.argument("shell", type=click.Choice(SHELLS))
@global_options
@with_settings
def completion(settings: Settings, shell: str) -> None:  # noqa: ARG001
    """Print the script that lets a shell complete commands, options and their values with the TAB
    key. One of these lines installs it, from the next shell on:

    \b
      kb completion bash >> ~/.bashrc
      kb completion zsh >> ~/.zshrc
      kb completion fish > ~/.config/fish/completions/kb.fish

    \b
    Examples:
      kb completion bash
      source <(kb completion bash)
    """
    from click.shell_completion import get_completion_class

    from kb.cli import main

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(main, {}, "kb", "_KB_COMPLETE").source().strip())
