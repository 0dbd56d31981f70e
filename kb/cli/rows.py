"""Rows as people read them: names, places, dates and statuses in few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
SHOWN_DIGITS = 8


def short_id(value: Any) -> str:
    """Enough of the IRI's end for `kb show`."""
    return str(value).rpartition("/")[2][:SHOWN_DIGITS]


def short_iri(value: Any) -> str:
    """An IRI of this knowledge base by its end, which the commands take, too; one of a known
    vocabulary with its prefix; anything else as it is."""
    from kb.rdf import BASE
    from kb.vocabulary import PREFIXES

    text = str(value)
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace) and "/" not in text[len(namespace) :]:
            return f"{prefix}:{text[len(namespace) :]}"
    return text.removeprefix(BASE)


def shown_date(value: Any) -> str:
    """A date at its precision."""
    from kb import edtf

    return edtf.display(value)


def shown_name(actor: Row | None) -> str:
    """An actor with the state it belongs to."""
    if actor is None:
        return ""
    code = actor["country"]
    plain = actor["type"] == "state" or not code
    return actor["name"] if plain else f"{actor['name']} ({code})"


def shown_names(actors: Sequence[Row]) -> str:
    return ", ".join(map(shown_name, actors))


def shown_place(row: Row) -> str:
    """Where something was, with the state."""
    return ", ".join(part for part in (row["place"], row["country"]) if part)


def shown_status(row: Row) -> str:
    """The status, and the medium where it is not the usual one."""
    usual = row["medium"] in ("in-person", "unknown")
    return str(row["status"]) if usual else f"{row['status']} ({row['medium']})"


def shown_sources(row: Row) -> str:
    """Who reports it: the first source, its title where it has no name, and how many more."""
    named = [report["source"] for report in row["reports"] if report["source"]]
    titles = [f"“{report['title']}”" for report in row["reports"]]
    first = [*named, *titles, ""][0]
    more = row["articles"] - 1
    return f"{first} +{more}" if more else first


def shown_office(row: Row) -> str:
    """The office that most articles tell, else the last that the gazetteer has."""
    if row["told"]:
        return str(max(row["told"], key=lambda told: told["articles"])["office"])
    return str(row["offices"][-1]["office"]) if row["offices"] else ""


def count(number: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def span(since: str | None, until: str | None) -> str:
    """``2000-05-07 – 2008-05-07``; open ends stay open, nothing where neither is known."""
    if since and since == until:
        return since
    return f"{since or ''} – {until or ''}".strip() if since or until else ""
