"""Commands that carry a knowledge base from one place to another: ``export``, ``import``."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import click

from kb.cli.base import Command, Failure, Settings, global_options, with_settings
from kb.errors import KBError
from kb.reports import STANDINGS

if TYPE_CHECKING:
    from kb.export import ExportFormat

FORMATS = ("turtle", "trig", "ntriples", "nquads", "jsonld", "csv", "graphml", "gexf")
RDF_FORMATS = FORMATS[:5]
SCHEMES = ("cameo", "plover")
TABLES = (
    "articles",
    "actors",
    "places",
    "meetings",
    "visits",
    "statements",
    "reports",
    "passages",
    "mentions",
)


@click.command(cls=Command, short_help="Write everything out: RDF, CSV, a network, event data.")
@click.argument("file", metavar="FILE", type=click.Path(allow_dash=True))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    metavar="FORMAT",
    help=f"{', '.join(FORMATS)}.  [default: by the suffix; nquads on standard output]",
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    metavar="TABLE",
    help=f"The one table to write, with csv: {', '.join(TABLES)}.",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(("all", *STANDINGS)),
    metavar="STATUS",
    help="The meetings that make the network, with graphml and gexf: "
    f"{', '.join(STANDINGS)}, or all; several may be given.  [default: held, disputed]  With --as: "
    "the reports that are coded.  [default: held, planned, proposed]",
)
@click.option(
    "--as",
    "scheme",
    type=click.Choice(SCHEMES),
    metavar="SCHEME",
    help="As event data, tabs between the cells, a row for each report and directed pair: "
    f"{', '.join(SCHEMES)}.",
)
@global_options
@with_settings
def export(
    settings: Settings,
    file: str,
    form: str | None,
    table: str | None,
    statuses: tuple[str, ...],
    scheme: str | None,
) -> None:
    """Write the knowledge base to a file, to a folder of tables, or to standard output (-).

    FILE tells the format by its suffix, and .gz behind it packs the file:

    \b
      .nq .trig .jsonld   everything, each article in a graph of its own (nquads, trig, jsonld)
      .nt .ttl            everything in one graph (ntriples, turtle)
      tables/             a folder of CSV files, one for each kind of thing
      meetings.csv        one of these tables, by its name
      .graphml .gexf      who met whom as a network, for Gephi and its kind

    --as cameo and --as plover write event data, whatever the suffix: what is planned is coded as an
    intent, what is denied is not coded, and what is cancelled only where --status asks for it.

    Equal knowledge bases give equal files, however they were filled: two exports can be compared
    line by line. `kb import` takes in what any of the first two rows holds; .nq is the best for it.

    \b
    Examples:
      kb export kb.ttl
      kb export kb.nq.gz
      kb export tables/
      kb export - --format csv --table meetings | head
      kb export network.gexf --status held
      kb export events.tsv --as cameo
    """
    if scheme is not None:
        _export_events(settings, file, scheme, form or table, statuses)
        return
    from kb.export import EXPORT_FORMATS, TABLES, format_of
    from kb.knowledge_base import KnowledgeBase

    to_stdout = file == "-"
    chosen = next((f for f in EXPORT_FORMATS if f == form), None)
    if chosen is None:
        default: ExportFormat | None = "csv" if table else "nquads" if to_stdout else None
        chosen = format_of(_folder(file), default)
    if table and chosen != "csv":
        raise click.UsageError(f"--table is for csv, not for {chosen}.")
    if statuses and chosen not in ("graphml", "gexf"):
        raise click.UsageError(f"--status is for graphml and gexf, not for {chosen}.")
    one = next((name for name in TABLES if name == table), None)
    wanted = statuses or ("held", "disputed")
    with KnowledgeBase.open(settings.path) as kb:
        if to_stdout:
            with standard_output() as stream:
                kb.export(stream, chosen, table=one, statuses=wanted)
            return
        count = kb.export(file, chosen, table=one, statuses=wanted)
    noun = {"csv": "row", "graphml": "pair", "gexf": "pair", "turtle": "triple"}
    noun["ntriples"] = "triple"
    word = noun.get(chosen, "quad")
    settings.say(f"{count} {word if count == 1 else word + 's'} in {file}")


def _export_events(
    settings: Settings, file: str, scheme: str, other: str | None, statuses: tuple[str, ...]
) -> None:
    """Write event data, and say what gave no row."""
    from kb.export import CODED, SCHEMES, TOLD
    from kb.knowledge_base import KnowledgeBase

    if other is not None:
        raise click.UsageError(f"--as {scheme} writes a table of its own, not {other}.")
    if never := sorted({*statuses} - {*CODED, "all"}):
        raise click.UsageError(f"No scheme has a code for what is {never[0]}.")
    wanted = CODED if "all" in statuses else statuses or TOLD
    chosen = next(one for one in SCHEMES if one == scheme)
    with KnowledgeBase.open(settings.path) as kb:
        if file == "-":
            with standard_output() as stream:
                found = kb.export_events(stream, chosen, statuses=wanted)
        else:
            found = kb.export_events(file, chosen, statuses=wanted)
    left = "; ".join(f"{count} {why}" for why, count in sorted(found.left_out.items()))
    told = f"{found.rows} {'row' if found.rows == 1 else 'rows'} in {file}"
    settings.say(f"{told}; reports without a row: {left}" if left else told)


def _folder(path: str) -> str:
    """A path, with a slash behind it where it is a folder."""
    return os.path.join(path, "") if os.path.isdir(path) else path  # noqa: PTH112, PTH118


@contextmanager
def standard_output() -> Iterator[IO[bytes]]:
    """Standard output for bytes. Raises ``KBError`` where its device is full."""
    sys.stdout.flush()
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except (KBError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        # what could not be written is not to be tried again when the process ends
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
        if isinstance(error, KBError):
            raise
        raise KBError(
            f"standard output cannot be written: {error.strerror}", "name a file"
        ) from error


@click.command(
    "import", cls=Command, short_help="Take in what another knowledge base has exported."
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(RDF_FORMATS),
    metavar="FORMAT",
    help=f"{', '.join(RDF_FORMATS)}.  [default: by the suffix; nquads on standard input]",
)
@global_options
@with_settings
def import_(settings: Settings, files: tuple[str, ...], form: str | None) -> None:
    """Take in the articles of other knowledge bases, with all that they tell.

    FILE is what `kb export` has written as .nq, .trig, .jsonld, .ttl or .nt, also with .gz behind
    it, or - for standard input. Events and who met whom are worked out anew from all articles
    together, as if they had been added here: the order of the files does not matter, and importing
    again changes nothing. A file that is malformed or no export is refused before anything is
    stored; an article that is not as the shapes ask is left out and told, and the command then ends
    with exit code 1.

    .ttl and .nt do not say which article called somebody by which name. Articles, reports, quotes
    and events come out the same; but where several articles name one actor differently, each of
    them gets all of the names, and names that the gazetteer knows, too, are taken for its own.

    \b
    Examples:
      kb import shard-1.nq.gz shard-2.nq.gz
      kb import --store both one.trig two.ttl
      ssh cluster kb export - | kb import -
    """
    from kb.cli.adding import progress, tell_failure
    from kb.knowledge_base import KnowledgeBase
    from kb.shards import SHARD_FORMATS

    chosen = next((f for f in SHARD_FORMATS if f == form), None)
    counts: Counter[str] = Counter()
    with KnowledgeBase.create(settings.path) as kb:
        try:
            with progress(settings, "articles") as advance:
                for outcome in kb.import_each(files, form=chosen):
                    counts[outcome.state] += 1
                    counts["reports"] += outcome.events
                    if outcome.error is not None:
                        if settings.debug:
                            raise outcome.error
                        tell_failure(outcome.where, outcome.error)
                    advance()
        except KeyboardInterrupt:
            _tell(settings, counts)
            raise Failure(
                KBError(
                    "interrupted: what is told above is stored, whole articles only",
                    "the same command goes on where this one stopped",
                )
            ) from None
        _tell(settings, counts)
        if counts["failed"]:
            raise click.exceptions.Exit(1)


def _tell(settings: Settings, counts: Counter[str]) -> None:
    """How many articles there were, and what became of them."""
    states = ("added", "updated", "unchanged", "failed")
    total = sum(counts[state] for state in states)
    told = [f"{counts[state]} {state}" for state in states if counts[state]] or ["nothing to add"]
    noun = "article" if total == 1 else "articles"
    if not settings.quiet:
        click.echo(f"{total} {noun}: {', '.join(told)}; {counts['reports']} reports of events")
