"""The command ``check``: are the data as they should be?"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kb.cli.base import Command, Settings, global_options, with_settings

if TYPE_CHECKING:
    from kb.check import Findings, Violation


@click.command(cls=Command, short_help="Validate the data: SHACL shapes, OWL reasoning.")
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--reason", is_flag=True, help="Prove by OWL reasoning (needs Java), too.")
@click.option("--pyshacl", is_flag=True, help="Let pySHACL validate: the same, but slow.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(("text", "ttl", "json")),
    default="text",
    show_default=True,
    help="Text to be read, a SHACL validation report, or JSON.",
)
@global_options
@with_settings
def check(settings: Settings, file: str | None, reason: bool, pyshacl: bool, form: str) -> None:
    """Validate the knowledge base, or a FILE of RDF (gzipped or not), against ontology/shapes.ttl.

    Says what is wrong, in which event and in which article. Ends with 1 where anything is.

    The shapes are compiled to SPARQL, so that a large knowledge base is checked where it lies.
    pySHACL, the reference implementation, takes all of it into memory and a second for
    every six hundred statements.

    \b
    Examples:
      kb check
      kb check export.nq -f json
      kb check --reason
      kb check export.ttl --pyshacl -f ttl
    """
    from kb import KnowledgeBase

    if file is not None:
        found = KnowledgeBase.check_file(file, reason=reason, pyshacl=pyshacl)
    else:
        with KnowledgeBase.open(settings.path) as kb:
            found = kb.check(reason=reason, pyshacl=pyshacl)
    if form == "ttl":
        click.echo(found.turtle, nl=False)
    elif form == "json":
        click.echo(json.dumps(_told(found), ensure_ascii=False, indent=2))
    else:
        _print(found)
    if not found.ok:
        raise click.exceptions.Exit(1)


def _told(found: Findings) -> dict[str, object]:
    told: dict[str, object] = {"violations": [asdict(v) for v in found.violations]}
    return told | ({"reasoning": asdict(found.reasoning)} if found.reasoning else {})


def _print(found: Findings) -> None:
    for violation in found.violations:
        _print_violation(violation)
    count = len(found.violations)
    click.echo(f"{count} violation{'' if count == 1 else 's'} of the shapes")
    proof = found.reasoning
    if proof is None:
        return
    click.echo("consistent with the ontology" if proof.consistent else "inconsistent:")
    for line in proof.clash:
        click.echo(f"  {line}")
    for name in proof.unsatisfiable:
        click.echo(f"no member is possible: {name}")


def _print_violation(violation: Violation) -> None:
    what = f" (found: {violation.value})" if violation.value else ""
    click.echo(f"{violation.message}{what}")
    for name in ("node", "event", "article"):
        if value := getattr(violation, name):
            click.echo(f"  {name:8}{value}")
