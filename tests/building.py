"""Extractions made by hand, for tests of what comes after extraction."""

from __future__ import annotations

from datetime import date

from kb.gazetteer import gazetteer
from kb.judgements import Judgement, Verdict
from kb.model import (
    Actor,
    Article,
    Evidence,
    Extraction,
    Medium,
    Meeting,
    Statement,
    Status,
    Visit,
)
from kb.rdf import BASE, ArticleGraph, Minter, article_graph
from kb.store import Store
from kb.update import Updater

MINTER = Minter(BASE)

ACTORS: dict[str, Actor] = {
    "Putin": Actor("a1", "person", "Vladimir Putin", country="RU", wikidata="Q7747"),
    "Lavrov": Actor("a2", "person", "Sergey Lavrov", country="RU", wikidata="Q58217"),
    "Macron": Actor("a3", "person", "Emmanuel Macron", country="FR", wikidata="Q3052772"),
    "Doe": Actor("a4", "person", "Jane Doe", names=("J. Doe",), country="KE", office="minister"),
    "Roe": Actor("a5", "person", "Richard Roe", country="GB"),
    "Namesake": Actor("a6", "person", "Jane Doe", country="NZ"),
    "France": Actor("a7", "state", "France", country="FR"),
    "Russia": Actor("a8", "state", "Russia", country="RU"),
    "UN": Actor("a9", "organization", "United Nations"),
    "officials": Actor("a10", "group", "senior officials", country="US"),
    "minister": Actor("a11", "role", "foreign minister of Chad", country="TD"),
    "Mogherini": Actor("a12", "person", "Federica Mogherini", country="EU", wikidata="Q3741557"),
    "Italy": Actor("a13", "state", "Italy", country="IT"),
}


def meeting(
    *who: str,
    status: Status = "held",
    on: str | None = None,
    medium: Medium = "in-person",
    place: str | None = None,
    country: str | None = None,
    words: str = "They met.",
) -> Meeting:
    return Meeting(
        participants=tuple(ACTORS[name].id for name in who),
        status=status,
        medium=medium,
        evidence=(Evidence(0, len(words), words),),
        date=on,
        place=place,
        country=country,
    )


def visit(
    who: str,
    country: str | None,
    place: str | None = None,
    status: Status = "held",
    on: str | None = None,
) -> Visit:
    words = "A visit was paid."
    return Visit(ACTORS[who].id, status, (Evidence(0, len(words), words),), on, place, country)


def statement(who: str, text: str, *to: str, quote: bool = True) -> Statement:
    return Statement(
        speaker=ACTORS[who].id,
        text=Evidence(1, 1 + len(text), text),
        quote=quote,
        addressees=tuple(ACTORS[name].id for name in to),
        evidence=Evidence(0, len(text) + 2, f"“{text}”"),
    )


def extraction(
    id_: str,
    *events: Meeting | Visit | Statement,
    published: str | None = "2024-05-20",
    text: str | None = None,
    source: str = "Gazette",
) -> Extraction:
    """What an article of that id tells; the actors are those of the events."""
    used = set()
    for event in events:
        if isinstance(event, Meeting):
            used |= set(event.participants)
        elif isinstance(event, Visit):
            used.add(event.visitor)
        else:
            used |= {event.speaker, *event.addressees}
    body = text or f"An article by the name of {id_}."
    return Extraction(
        article=Article(
            key=f"source:{source}/{id_}",
            id=id_,
            title=f"Article {id_}",
            text=body,
            body=body,
            published=date.fromisoformat(published) if published else None,
            source=source,
        ),
        actors=tuple(a for a in ACTORS.values() if a.id in used),
        meetings=tuple(e for e in events if isinstance(e, Meeting)),
        visits=tuple(e for e in events if isinstance(e, Visit)),
        statements=tuple(e for e in events if isinstance(e, Statement)),
        coder="by hand",
    )


def graph(told: Extraction) -> ArticleGraph:
    return article_graph(told, MINTER, gazetteer())


def put(store: Store, *told: Extraction) -> Store:
    """The store with these articles."""
    updater = Updater(store, MINTER, gazetteer())
    for one in told:
        updater.put(graph(one))
    return store


def drop(store: Store, told: Extraction) -> None:
    Updater(store, MINTER, gazetteer()).drop(graph(told).name)


def judge(store: Store, one: str, verdict: Verdict, other: str) -> None:
    """Judge two actors of the table above."""
    judgement = Judgement.of(
        MINTER.actor(ACTORS[one]).value, MINTER.actor(ACTORS[other]).value, verdict
    )
    Updater(store, MINTER, gazetteer()).judge([judgement])


def lines(store: Store) -> list[str]:
    """Everything a store holds, as sorted N-Quads."""
    return sorted(map(str, store.quads()))
