"""Large knowledge bases of invented articles, for benchmarks.

    python -m benchmarks.generate STORE QUADS

Articles tell of meetings, visits and statements of some thousand persons of all states. As in news,
few of them act in most events, one event is told by several outlets, some plans come true, and one
article tells of several events. They go into the store as real ones do, by ``kb.update``: what is
derived is what would be derived of them. The same number of quads gives the same store.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kb.gazetteer import gazetteer
from kb.model import Actor, Article, Evidence, Extraction, Meeting, Statement, Status, Visit
from kb.rdf import BASE, ArticleGraph, Minter, article_graph
from kb.store import create_store
from kb.update import Updater

PERSONS = 8000
OUTLETS = 60
TOGETHER = 1000
"""Articles that are written at once."""

FIRST_DAY = date(2015, 1, 1)
DAYS = 3650

_SYLLABLES = [a + b for a in "bklmnrstvzdfghjp" for b in "aeiou"]
_WORDS = (
    *("talks", "trade", "border", "grain", "energy", "security", "visit", "agreement", "ministers"),
    *("region", "exports", "transit", "ceasefire", "climate", "health", "railway", "fisheries"),
)


@dataclass(frozen=True)
class _Happening:
    """Something that happened, of which articles tell."""

    day: date
    actors: tuple[Actor, ...]
    kind: str
    place: tuple[str, str]
    words: str


class World:
    """The persons and states, and what becomes of them."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.states = sorted(gazetteer().states)
        self.random.shuffle(self.states)
        self.capitals = {code: f"{self._name(2)} City" for code in self.states}
        self.persons = [self._person(number) for number in range(PERSONS)]

    def articles(self) -> Iterator[Extraction]:
        """Articles without end, by the day they were published."""
        recent: list[_Happening] = []
        number = 0
        while True:
            recent = [self._happening(number) for _ in range(4)] + recent[:36]
            told = self.random.sample(recent, min(len(recent), self.random.choice((1, 2, 2, 3, 4))))
            yield self._article(number, told)
            number += 1

    # -- what there is ------------------------------------------------------------------------

    def _name(self, syllables: int) -> str:
        return "".join(self.random.choice(_SYLLABLES) for _ in range(syllables)).capitalize()

    def _person(self, number: int) -> Actor:
        name = f"{self._name(2)} {self._name(3)}"
        office = self.random.choice(("foreign minister", "president", "envoy", "trade minister"))
        country = self.states[self._skewed(len(self.states))]
        return Actor(f"p{number}", "person", name, country=country, office=office)

    def _anybody(self) -> Actor:
        return self.persons[self._skewed(len(self.persons))]

    def _skewed(self, count: int) -> int:
        """One of some numbers, the first ones far more often: of thousands, the first in one case
        of twenty."""
        return int(count * self.random.random() ** 3)

    def _happening(self, number: int) -> _Happening:
        day = FIRST_DAY + timedelta(days=number % DAYS)
        kind = self.random.choices(("meeting", "visit", "statement"), (3, 1, 4))[0]
        wanted = self.random.choices((2, 3, 6), (8, 1, 1))[0]
        actors: dict[str, Actor] = {}
        while len(actors) < wanted:
            actor = self._anybody()
            actors[actor.id] = actor
        host = self.random.choice(self.states)
        words = " ".join(self.random.choice(_WORDS) for _ in range(self.random.randint(8, 30)))
        return _Happening(day, tuple(actors.values()), kind, (self.capitals[host], host), words)

    def _article(self, number: int, told: list[_Happening]) -> Extraction:
        published = max(h.day for h in told) + timedelta(days=self.random.choice((0, 0, 1, 2)))
        text = f"Article {number}. " + " ".join(h.words.capitalize() + "." for h in told)
        source = f"Outlet {self.random.randrange(OUTLETS)}"
        article = Article(f"source:{source}/{number}", str(number), f"Article {number}", text, text,
                          published=published, source=source)  # fmt: skip
        meetings, visits, statements, actors = [], [], [], {}
        at = len(f"Article {number}. ")
        for happening in told:
            proof = Evidence(at, at + len(happening.words) + 1, happening.words.capitalize() + ".")
            at += len(happening.words) + 2
            one = happening.actors[0]
            place, country = happening.place
            status: Status = "planned" if happening.day > published else "held"
            day = happening.day.isoformat() if self.random.random() < 0.8 else None
            if happening.kind == "meeting":
                ids = tuple(a.id for a in happening.actors)
                meetings.append(Meeting(ids, status, "in-person", (proof,), day, place, country))
            elif happening.kind == "visit":
                visits.append(Visit(one.id, status, (proof,), day, place, country))
            else:
                other = happening.actors[1]
                statements.append(Statement(one.id, proof, False, (other.id,), None, proof))
            actors |= {a.id: a for a in happening.actors}
        return Extraction(article, tuple(actors.values()), tuple(meetings), tuple(visits),
                          tuple(statements), coder="invented")  # fmt: skip


def fill(place: Path, quads: int) -> int:
    """A store with about so many quads; returns how many it has."""
    minter, names = Minter(BASE), gazetteer()
    graphs: list[ArticleGraph] = []
    with create_store(place) as store:
        updater = Updater(store, minter, names)
        written, count, look_at = 0, 0, TOGETHER
        for told in World().articles():
            graphs.append(article_graph(told, minter, names))
            if len(graphs) == TOGETHER:
                updater.put(*graphs)
                written += len(graphs)
                graphs = []
                if written >= look_at:  # counting takes long, too
                    count = sum(1 for _ in store.quads())
                    if count >= quads:
                        return count
                    look_at = min(2 * written, int(written * quads / count))
    raise AssertionError("articles have no end")


if __name__ == "__main__":
    begun = time.monotonic()
    made = fill(Path(sys.argv[1]), int(sys.argv[2]))
    print(f"{made} quads in {time.monotonic() - begun:.0f} s")
