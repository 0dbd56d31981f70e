"""``show``: one event, article or actor with all that is known of it, to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from kb.cli.base import Command, Settings, global_options, terminal_width, with_settings
from kb.cli.output import file_option, opened, to_json
from kb.cli.rows import (
    Row,
    count,
    short_id,
    shown_date,
    shown_names,
    shown_place,
    shown_status,
    span,
)
from kb.cli.tables import clean, wrap

LABEL = 14
"""Columns for the names of what is told."""
WIDEST = 100
"""Columns of running text, however wide the terminal is."""


@click.command(cls=Command, short_help="One event, article or actor in full.")
@click.argument("name", metavar="ID")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text to be read, or everything as JSON.",
)
@file_option
@global_options
@with_settings
def show(settings: Settings, name: str, form: str, output: str | None) -> None:
    """Show an event with everything that is reported of it: each article, the last one first, what
    it says, and the sentences that say so.

    ID is what the last column of the answers shows, or the whole IRI. The id of an article shows
    what it tells; the IRI or the name of an actor, the names and offices.

    \b
    Examples:
      kb show 3757d6d4
      kb show https://w3id.org/diplomatic-kb/id/meeting/3757d6d486888a986134 -f json
      kb show "Moon Jae-in"
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(settings.path) as kb:
        row = kb.show(name)
    with opened(output) as stream:
        if form == "json":
            stream.write(to_json(row, indent=2) + "\n")
        else:
            stream.writelines(line.rstrip() + "\n" for line in lines_of(row))


def lines_of(row: Row) -> Iterator[str]:
    """One thing as lines of text, as wide as the terminal."""
    if "event" in row:
        return _event(row)
    return _article(row) if row["type"] == "article" else actor_lines(row)


def _event(row: Row) -> Iterator[str]:
    yield _title(row["type"], row["event"])
    for role in ("participants", "visitors", "speakers", "addressees"):
        yield from _told(_ROLES[role], shown_names(row.get(role, [])))
    if row["type"] == "statement":
        yield from _told("words" if row["quote"] else "in substance", _said(row))
    else:
        yield from _told("status", shown_status({"medium": "unknown", **row}))
    yield from _told("date", shown_date(row["date"]) or ("unknown" if "status" in row else ""))
    yield from _told("place", shown_place(row))
    yield from _told("told by", _count(row["articles"], row["sources"]))
    for report in reversed(row["reports"]):
        yield ""
        yield from _indented(_headline(report), "  ")
        told = [report["status"], shown_date(report["date"])] if "status" in row else []
        named = f"report/{short_id(report['report'])}" if len(row["reports"]) > 1 else ""
        yield from _indented(", ".join(part for part in (*told, named) if part), "    ")
        for passage in report["evidence"]:
            yield from _indented(passage["text"], "    | ")
        yield from _indented(report["url"] or "", "    ")


_ROLES = {
    "participants": "who",
    "visitors": "who",
    "speakers": "who",
    "addressees": "to whom",
}


def _article(row: Row) -> Iterator[str]:
    yield _title("article", row["article"])
    for key in ("title", "source", "published", "url", "key"):
        if key != "key" or row["key"] != row["url"]:
            yield from _told(key, row[key] or "")
    if not row["events"]:
        yield from _told("tells", "of no meeting, visit or statement")
    for report in row["events"]:
        yield ""
        told = [report["type"], report["status"] if report["type"] != "statement" else ""]
        shown = ", ".join(part for part in (*told, shown_date(report["date"])) if part)
        yield from _indented(f"{short_id(report['event'])}  {shown}", "  ")
        yield from _indented(report["quote"], "    | ")


def actor_lines(row: Row) -> Iterator[str]:
    """An actor with names, offices, and what he or she takes part in."""
    yield _title(row["type"], row["actor"])
    yield from _told("name", row["name"])
    yield from _told("also", ", ".join(row["names"][1:]))
    yield from _told("country", row["country"] or "")
    yield from _told("Wikidata", row["wikidata"] or "")
    for i, held in enumerate(row["offices"]):
        of = f"{held['office']}, {held['state']}" if held["state"] else held["office"]
        known = f"as known on {held['asOf']}" if held["asOf"] and not held["until"] else ""
        parts = (of, span(held["since"], held["until"]), known)
        yield from _told("offices" if not i else "", ", ".join(part for part in parts if part))
    for i, told in enumerate(row["told"]):
        parts = (
            told["office"],
            span(told["first"], told["last"]),
            count(told["articles"], "article"),
        )
        yield from _told("told as" if not i else "", ", ".join(part for part in parts if part))
    nouns = ("meeting", "visit", "statement", "article")
    yield from _told("takes part in", ", ".join(count(row[f"{n}s"], n) for n in nouns))


def _title(kind: str, iri: str) -> str:
    return f"{kind.capitalize()}  {clean(iri)}"


def _told(label: str, text: str) -> Iterator[str]:
    """A label and what it stands for, in as many lines as that takes; none without a text."""
    for i, line in enumerate(_lines(text, LABEL + 2)):
        yield f"  {label if not i else '':<{LABEL}}{line}"


def _indented(text: str, before: str) -> Iterator[str]:
    for line in _lines(text, len(before)):
        yield before + line


def _lines(text: str, used: int) -> Iterable[str]:
    shown = clean(text)
    return wrap(shown, max(20, min(terminal_width(), WIDEST) - used)) if shown else ()


def _said(row: Row) -> str:
    return f"“{row['text']}”" if row["quote"] else str(row["text"])


def _headline(report: Row) -> str:
    head = [report["published"] or "undated", report["source"], f"“{report['title']}”"]
    return " · ".join(part for part in head if part)


def _count(articles: int, sources: int) -> str:
    same = f" with {count(sources, 'different text')}" if sources != articles else ""
    return count(articles, "article") + same
