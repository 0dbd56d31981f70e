"""Explanations to read: what one article tells, and what each part of it was read from."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import Actor, Evidence, Extraction, Meeting, Statement, Trace, Visit


def explained(extraction: Extraction) -> str:
    """The records of an extraction whose coder was asked to explain (``Coder(explain=True)``): the
    sentence, the rule and its trigger, the words that gave status, day and place, the way from the
    trigger to each participant; then each actor, how it is named and who it is. Plain text."""
    return "\n".join(_lines(extraction)) + "\n"


def _lines(extraction: Extraction) -> Iterator[str]:
    article = extraction.article
    published = f", published {article.published}" if article.published else ""
    yield f"{article.title or article.id}{published}"
    for note in extraction.notes:
        yield f"  ({note})"
    for meeting in extraction.meetings:
        yield ""
        yield _heading("MEETING", meeting, meeting.medium)
        yield from _event(extraction, meeting.evidence, meeting.trace)
    for visit in extraction.visits:
        yield ""
        yield _heading("VISIT", visit)
        yield from _event(extraction, visit.evidence, visit.trace)
    for statement in extraction.statements:
        yield ""
        yield from _statement(extraction, statement)
    for actor in extraction.actors:
        yield ""
        yield from _actor(actor)
    if not (extraction.meetings or extraction.visits or extraction.statements):
        yield "  Nothing: no meeting, no visit, no statement."


def _heading(kind: str, event: Meeting | Visit, medium: str = "") -> str:
    where = ", ".join(p for p in (event.place, event.country) if p)
    return "  ".join(p for p in (kind, event.status, medium, event.date or "", where) if p)


def _event(
    extraction: Extraction, evidence: tuple[Evidence, ...], trace: Trace | None
) -> Iterator[str]:
    for passage in evidence:
        yield f"  {_quoted(passage.text)}"
    if trace is not None:
        yield from _trace(extraction, trace)


def _statement(extraction: Extraction, said: Statement) -> Iterator[str]:
    yield f"STATEMENT  {'quoted' if said.quote else 'reported'}"
    yield f"  {_quoted(said.text.text)}"
    if said.trace is not None:
        yield from _trace(extraction, said.trace)


def _trace(extraction: Extraction, trace: Trace) -> Iterator[str]:
    rows = [
        ("rule", trace.rule),
        ("trigger", f"{_quoted(trace.trigger)} at character {trace.start}"),
        ("status", f"from {_quoted(trace.status)}" if trace.status else ""),
        ("date", f"from {_quoted(trace.date)}" if trace.date else ""),
        ("place", f"from {_quoted(trace.place)}" if trace.place else ""),
    ]
    for name, value in rows:
        if value:
            yield f"  {name:<9}{value}"
    for argument in trace.arguments:
        who = ", ".join(extraction.actor(i).name for i in argument.actors) or "nobody known"
        yield f"  {'who':<9}{_quoted(argument.text)} = {who}"
        yield f"  {'':<9}{argument.path}"


def _actor(actor: Actor) -> Iterator[str]:
    state = f" ({actor.country})" if actor.country else ""
    yield f"ACTOR  {actor.type}  {actor.name}{state}"
    if actor.identity:
        yield f"  {'is':<9}{actor.identity}"
    told: dict[str, None] = {}
    for naming in actor.namings:
        told[f"{_quoted(naming.text)} ({naming.way})"] = None
    for one in told:
        yield f"  {'named':<9}{one}"


def _quoted(text: str) -> str:
    return '"' + " ".join(text.split()) + '"'
