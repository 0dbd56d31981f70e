"""Where a report has got to: the town that it is filed from, or where the talks are that it tells
of. Journeys that leave their place open ("as he arrived for the talks") lead there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.extract.events import Place, Told
from kb.gazetteer import Gazetteer
from kb.language.dates import dateline
from kb.model import Article
from kb.resolve.merge import Event

_TOWN = re.compile(r"\b(?:in|at) ((?:[A-Z][\w’'-]+ ?)+)(?<! )")  # in a title


@dataclass(slots=True)
class Whereabouts:
    """The places that an article's report moves through."""

    filed: Place | None
    talks: Sequence[Told]

    @classmethod
    def of(cls, article: Article, gazetteer: Gazetteer, meetings: Sequence[Told]) -> Whereabouts:
        """Read off the dateline, else the title, and the meetings told."""
        line = dateline(article.body)
        towns = line.places if line is not None else tuple(_TOWN.findall(article.title))
        known = gazetteer.place(towns[0]) if len(towns) == 1 else ()
        country = known[0].country if known else None
        filed = Place(known[0].name, country) if country is not None else None
        return cls(filed, [t for t in meetings if t.place is not None and t.place.host is None])

    def filled(self, told: Told) -> Told:
        """A journey whose place was open, with the place; without one where none is known."""
        if told.place is not None or not told.sides or not told.rule.startswith("verb:"):
            return told
        before = [t for t in self.talks if t.trigger <= told.trigger]
        nearest = max(before, key=lambda t: t.trigger, default=None)
        return replace(told, place=nearest.place if nearest is not None else self.filed)


def nearest_gathering(meetings: Sequence[Event], told: Told) -> list[Event]:
    """The gathering that was told of last: empty, or one event."""
    found = [
        (max(t.trigger for t in m.told if t.trigger < told.trigger), m)
        for m in meetings
        if any(e.type in ("group", "organization") for e in m.who)
        and any(t.trigger < told.trigger for t in m.told)
    ]  # fmt: skip
    return [max(found, key=lambda f: f[0])[1]] if found else []
