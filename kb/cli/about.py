"""Commands about the knowledge base itself: ``articles``, ``stats``."""

from __future__ import annotations

import click

from kb.cli.asking import time_options
from kb.cli.base import Settings, global_options, with_settings
from kb.cli.output import emit, output_options
from kb.cli.tables import Column

ARTICLE_COLUMNS = (
    Column("published", "published"),
    Column("source", "source", most=28),
    Column("title", "title", flexible=True),
    Column("reports", "reports", right=True),
)
STATS_COLUMNS = (
    Column("what", "kind"),
    Column("status", "status"),
    Column("how many", "count", right=True),
)


@click.command(short_help="The articles it holds.")
@time_options
@output_options
@global_options
@with_settings
def articles(
    settings: Settings, since: str | None, until: str | None, form: str, output: str | None
) -> None:
    """List the articles with their dates, sources and numbers of reports.

    \b
    Examples:
      kb articles
      kb articles --since 2023-09 -f csv
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.articles(since=since, until=until)
    emit(rows, ARTICLE_COLUMNS, form, output)


@click.command(short_help="How much it holds.")
@output_options
@global_options
@with_settings
def stats(settings: Settings, form: str, output: str | None) -> None:
    """Count articles, actors and, by status, events.

    \b
    Examples:
      kb stats
      kb stats -f json
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        rows = kb.stats()
    emit(rows, STATS_COLUMNS, form, output)
