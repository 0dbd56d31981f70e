"""Code one short text and say in plain words what it tells: a helper of the tables of sentences."""

from __future__ import annotations

from datetime import date
from functools import cache

from kb.coder import Coder
from kb.extract.scan import Scanner
from kb.extract.simplify import Simplified, simplify
from kb.gazetteer import gazetteer
from kb.language.words import read_words
from kb.model import Article, Extraction

PUBLISHED = date(2021, 6, 9)  # a Wednesday


@cache
def _coder() -> Coder:
    return Coder()


def code(
    text: str, title: str = "", published: date | None = PUBLISHED, source: str | None = None
) -> Extraction:
    """What the default coder makes of a text."""
    article = Article("key", "id", title, text, text, published, source)
    return _coder().code(article)


def meetings(text: str, title: str = "", source: str | None = None) -> list[tuple[str, ...]]:
    """Each meeting as names in order of the alphabet, then status, medium, date and place ("-"
    where unknown)."""
    found = code(text, title, source=source)
    names = {a.id: a.name for a in found.actors}
    return [
        (" + ".join(sorted(names[p] for p in m.participants)), m.status, m.medium, m.date or "-",
         m.place or m.country or "-")
        for m in found.meetings
    ]  # fmt: skip


def visits(text: str, title: str = "") -> list[tuple[str, ...]]:
    """Each visit as visitor, destination, status and date ("-" where unknown)."""
    found = code(text, title)
    names = {a.id: a.name for a in found.actors}
    return [
        (names[v.visitor], v.place or v.country or "-", v.status, v.date or "-")
        for v in found.visits
    ]


def read(text: str, published: date | None = PUBLISHED) -> Simplified:
    """The tree of a text over merged mentions, as the rules read it."""
    nlp = _coder().nlp
    words = read_words(nlp, text)
    return simplify(nlp, words, Scanner(words, gazetteer(), published).scan())
