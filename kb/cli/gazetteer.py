"""``gazetteer``: the tables of who held which office, and how they are brought up to date."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.base import Command, Settings, Subcommands, global_options, with_settings


@click.group(cls=Subcommands, short_help="Who held which office: bring it up to date.")
@global_options
def gazetteer() -> None:
    """The tables by which "the French president" of a day becomes a person.

    Those of the package were made on a certain day; terms that were open then are not trusted for
    later days. `update` asks Wikidata, or a mirror of it, who holds the offices now.

    \b
    Examples:
      kb gazetteer update
      kb gazetteer reset
    """


@gazetteer.command(cls=Command, short_help="Ask Wikidata who holds which office.")
@click.option(
    "--endpoint",
    metavar="URL",
    envvar="KB_WIKIDATA",
    show_envvar=True,
    default="https://query.wikidata.org/sparql",
    show_default=True,
    help="A SPARQL endpoint that speaks Wikidata's vocabulary.",
)
@click.option(
    "--state", "states", multiple=True, metavar="CC", help="Only this state; several may be given."
)
@click.option("--since", type=click.IntRange(1900, 2100), default=1995, show_default=True,
              metavar="YEAR", help="Nothing that was over before this year.")  # fmt: skip
@click.option("--pause", type=click.FloatRange(0, 600), default=1.0, show_default=True,
              metavar="SECONDS", help="Wait so long between two requests.")  # fmt: skip
@global_options
@with_settings
def update(
    settings: Settings, endpoint: str, states: tuple[str, ...], since: int, pause: float
) -> None:
    """Ask an endpoint for heads of state and government, foreign and defence ministers, and keep
    the answer as a table that takes the place of the package's.

    It goes state by state; run again, it goes on where it broke off. Articles that were coded with
    the old table are coded again when they are added.

    \b
    Examples:
      kb gazetteer update
      kb gazetteer update --state FR --state DE
      kb gazetteer update --endpoint http://localhost:9999/sparql --pause 0
    """
    from kb.errors import KBError
    from kb.gazetteer import gazetteer as names
    from kb.gazetteer.refresh import Refresh
    from kb.gazetteer.tables import own_folder, rows

    known = names().states
    asked = [code.upper() for code in states] or sorted(c for c in known if c != "EU")
    for code in asked:
        if code not in known:
            raise KBError(f"{code!r} is no code of a state", "two letters of ISO 3166-1, as FR")
    refresh = Refresh(own_folder(), endpoint, since=since, pause=pause)
    came, new = refresh.run(
        asked,
        rows("office_holders.csv.gz"),
        lambda code, terms: settings.say(f"{known[code].name}: {terms} terms"),
    )
    settings.say(f"{came} terms in office, {new} of them new; the table is in {own_folder()}")


@gazetteer.command(cls=Command, short_help="Go back to the tables of the package.")
@global_options
@with_settings
def reset(settings: Settings) -> None:
    """Take away the table that `update` has made.

    \b
    Examples:
      kb gazetteer reset
    """
    from kb.gazetteer.refresh import TABLE
    from kb.gazetteer.tables import own_folder

    table: Path = own_folder() / TABLE
    there = table.exists()
    table.unlink(missing_ok=True)
    settings.say("Back to the tables of the package." if there else "There was no other table.")
