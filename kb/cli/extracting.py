"""The command ``extract``: what articles tell, printed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kb.cli.adding import (
    ENGLISH,
    progress,
    reading_options,
    tell_failure,
    tell_foreign,
    tell_undated,
)
from kb.cli.base import Command, Settings, global_options, with_settings
from kb.cli.output import file_option, opened
from kb.cli.tables import clean, visible
from kb.errors import KBError

if TYPE_CHECKING:
    from kb.model import Extraction


@click.command(cls=Command, short_help="Print what articles tell, without storing it.")
@reading_options
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["jsonl", "json"]),
    help="A line for each article, or one array.  [default: jsonl]",
)
@click.option(
    "--explain", is_flag=True, help="Say what each record was read from, in words; -f for JSON."
)
@file_option
@global_options
@with_settings
def extract(
    settings: Settings,
    paths: tuple[str, ...],
    published: date | None,
    source: str | None,
    fetch: bool,
    model: str | None,
    jobs: int,
    form: str | None,
    explain: bool,
    output: str | None,
) -> None:
    """Print the actors, meetings, visits and statements that articles tell, as JSON.

    One object for each article: what any extractor has to give, and what `kb add` stores. PATH is
    whatever `kb add` reads: files, folders, patterns, addresses, - for standard input.

    --explain shows for each record the rule that made it, its trigger, the words that gave status,
    day and place, the way from the trigger to each participant, and for each actor how the article
    names it and who it is: to trace a wrong record in a minute.

    \b
    Examples:
      kb extract article.txt --published 2023-09-24
      kb extract page.html notes.md
      kb extract feed.jsonl --format jsonl -o extracted.jsonl
      kb extract article.txt --explain
    """
    from kb.knowledge_base import KnowledgeBase

    failed = False

    def fail(where: str, error: KBError) -> None:
        nonlocal failed
        failed = True
        if settings.debug:
            raise error
        tell_failure(where, error)

    def coded() -> Iterator[Extraction]:
        undated = 0
        languages: Counter[str] = Counter()
        with KnowledgeBase.memory(model=model) as kb:
            for found in kb.extract(
                paths,
                published=published,
                source=source,
                fetch=fetch,
                jobs=jobs,
                explain=explain,
                tell=lambda told: settings.say(clean(told)),
                on_error=fail,
            ):
                language = found.article.language or ENGLISH
                languages[language] += 1
                undated += not found.article.published and language == ENGLISH
                yield found
        tell_foreign(settings, languages, "printed")
        tell_undated(settings, undated)

    with opened(output) as stream, progress(settings, "articles") as advance:
        if explain and form is None:
            _tell(coded(), stream.write, advance)
        else:
            objects = (found.to_json() for found in coded())
            _write(objects, form or "jsonl", stream.write, advance)
    if failed:
        raise click.exceptions.Exit(1)


def _tell(
    found: Iterable[Extraction], write: Callable[[str], Any], advance: Callable[[], None]
) -> None:
    from kb.explain import explained

    for index, one in enumerate(found):
        write(("\n" if index else "") + visible(explained(one)))
        advance()


def _write(
    objects: Iterable[dict[str, Any]],
    form: str,
    write: Callable[[str], Any],
    advance: Callable[[], None],
) -> None:
    first = True
    for found in objects:
        if form == "json":
            write("[\n" if first else ",\n")
        write(json.dumps(found, ensure_ascii=False) + ("" if form == "json" else "\n"))
        first = False
        advance()
    if form == "json":
        write("[]\n" if first else "\n]\n")
