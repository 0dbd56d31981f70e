"""The words the rules know, loaded from the tables in ``kb/lexicon/data``.

A linguist edits the TOML files; code never names a verb. Every accessor is cached and returns
immutable data.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kb.model import Medium, Status


@cache
def table(name: str) -> dict[str, Any]:
    """The raw contents of ``data/NAME.toml``."""
    import tomllib  # an answer needs no words

    text = (Path(__file__).parent / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class MeetingFrame:
    """How a verb of meeting takes its arguments; see the header of ``meetings.toml``."""

    lemma: str
    medium: Medium
    object: bool = False
    with_: frozenset[str] = frozenset()
    close: bool = False
    joint: bool = False
    host: bool = False
    particle: str | None = None
    sense: str | None = None
    what: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MeetingNoun:
    """A noun that names a meeting; a ``weak`` one needs its sides in the same phrase, a ``vague``
    one a verb that holds it as well; a ``social`` one is held by those who have it together."""

    medium: Medium
    weak: bool = False
    vague: bool = False
    social: bool = False


@dataclass(frozen=True, slots=True)
class VisitFrame:
    """How a verb of travel takes visitor and destination; see ``visits.toml``."""

    lemma: str
    object: bool = False
    to: frozenset[str] = frozenset()
    guest: bool = False
    status: Status | None = None
    sense: str | None = None
    person: bool = False
    particle: str | None = None


@cache
def meeting_verbs() -> dict[str, MeetingFrame]:
    return {
        row["lemma"]: MeetingFrame(
            lemma=row["lemma"],
            medium=row["medium"],
            object=row.get("object", False),
            with_=frozenset(row.get("with", ())),
            close=row.get("close", False),
            joint=row.get("joint", False),
            host=row.get("host", False),
            particle=row.get("particle"),
            sense=row.get("sense"),
            what=frozenset(row.get("what", ())),
        )
        for row in table("meetings")["verb"]
    }


@cache
def meeting_nouns() -> dict[str, MeetingNoun]:
    return {
        word: MeetingNoun(
            row["medium"],
            row.get("weak", False),
            row.get("vague", False),
            row.get("social", False),
        )
        for row in table("meetings")["noun"]
        for word in row["words"]
    }


@cache
def visit_verbs() -> dict[str, tuple[VisitFrame, ...]]:
    out: dict[str, list[VisitFrame]] = {}
    for row in table("visits")["verb"]:
        frame = VisitFrame(
            lemma=row["lemma"],
            object=row.get("object", False),
            to=frozenset(row.get("to", ())),
            guest=row.get("guest", False),
            status=row.get("status"),
            sense=row.get("sense"),
            person=row.get("person", False),
            particle=row.get("particle"),
        )
        out.setdefault(frame.lemma, []).append(frame)
    return {k: tuple(v) for k, v in out.items()}


@cache
def words(name: str, section: str, key: str) -> frozenset[str]:
    """A list of words of a table as a set: ``words("speech", "audience", "words")``."""
    return frozenset(table(name)[section][key])


@cache
def speech(kind: str) -> frozenset[str]:
    """The verbs of communication of one kind (``clause``, ``quote``, ``object``…)."""
    return frozenset(table("speech")[kind])


@cache
def known_verbs() -> frozenset[str]:
    """Every verb lemma named in any table: what regular forms are brought back to."""
    out = set(meeting_verbs()) | set(visit_verbs()) | set(table("morphology")["verbs"])
    meetings, visits = table("meetings"), table("visits")
    out |= set(meetings["light"]["verbs"]) | set(meetings["light"]["happen"])
    out |= set(visits["nouns"]["light"])
    for section in table("governors").values():
        out |= set(section.get("verbs", ()))
    for value in table("speech").values():
        if isinstance(value, list):
            out |= set(value)
    out |= set(table("speech")["prepositional"]) | set(table("speech")["quoting"]["verbs"])
    return frozenset(out)
