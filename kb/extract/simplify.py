"""From words and mentions to the tree the rules read: what is merged, and where it stands after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.extract.mentions import Mention, Mentions
from kb.extract.triggers import eventful
from kb.language.dates import DateExpression, find
from kb.language.reduce import Merge, parse_reduced
from kb.language.tree import Tree
from kb.language.words import Words

if TYPE_CHECKING:
    from spacy.language import Language

_STAND_INS = {
    "person": ("Obama", "NNP"),
    "role": ("Obama", "NNP"),
    "state": ("France", "NNP"),
    "organization": ("NATO", "NNP"),
    "group": ("officials", "NNS"),
    "pair": ("leaders", "NNS"),
    "place": ("London", "NNP"),
    "unknown": ("NATO", "NNP"),
}
_PLURAL = ("officials", "NNS")
_CALENDAR = frozenset(
    {
        "day",
        "span",
        "span2",
        "weekday",
        "weekdays",
        "month",
        "modmonth",
        "monthonly",
        "iso",
        "dayonly",
    }
)
_ADVERBIAL = frozenset({"ago", "week", "weekend", "relative", "endof", "contextual"})


@dataclass(frozen=True, slots=True)
class DateAt:
    """A date of the article and the token of the tree that stands for it."""

    expression: DateExpression
    token: int
    sentence: int


@dataclass(slots=True)
class Simplified:
    """The tree over merged spans, with mentions and dates placed on it."""

    tree: Tree
    mentions: Mentions
    dates: list[DateAt]


def simplify(nlp: Language, words: Words, mentions: Mentions) -> Simplified:
    """Merge mentions, dates and hyphenated modifiers, parse, and place them on the tree."""
    taken: set[int] = set()
    merges: list[Merge] = []

    def merge(start: int, end: int, stand_in: tuple[str, str]) -> None:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            merges.append(Merge(start, end, *stand_in))

    for mention in mentions:
        if mention.kind != "pronoun":
            plural = mention.plural and mention.kind in ("role", "group")
            merge(mention.start, mention.end, _PLURAL if plural else _STAND_INS[mention.kind])
    dates = _dates(words)
    for expression, start, end in dates:
        if expression.kind in _CALENDAR:
            merge(start, end, ("Tuesday", "NNP"))
        elif expression.kind in _ADVERBIAL and end - start > 1:
            merge(start, end, ("yesterday", "NN"))
    for start, end in _hyphenated(words):
        merge(start, end, ("big", "JJ"))
    merges.sort(key=lambda m: m.start)
    tree, index = parse_reduced(nlp, words, merges, eventful(words, mentions))
    placed = Mentions()
    for mention in mentions:
        placed.add(_moved(mention, index))
    at = [DateAt(e, index[start], tree[index[start]].sentence) for e, start, _ in dates]
    return Simplified(tree, placed, at)


def _moved(mention: Mention, index: list[int]) -> Mention:
    """The mention with the tree's token indices in place of the words'."""
    owner = None if mention.owner is None else index[mention.owner]
    return replace(mention, start=index[mention.start], end=index[mention.end - 1] + 1, owner=owner)


def _dates(words: Words) -> list[tuple[DateExpression, int, int]]:
    """Dates with the tokens they cover."""
    out = []
    for sentence in words.sentences:
        first = words[sentence.start].start
        for found in find(words.slice(sentence.start, sentence.end)):
            covered = [w.i for w in words.span(sentence)
                       if w.start < first + found.end and first + found.start < w.end]  # fmt: skip
            if covered:
                out.append((found, covered[0], covered[-1] + 1))
    return out


def _hyphenated(words: Words) -> list[tuple[int, int]]:
    """ "three-way", "long-awaited" before a noun."""
    out = []
    i = 0
    while i + 2 < len(words):
        end = i
        while end + 2 < len(words) and words[end + 1].text in ("-", "–") and (
            words[end].end == words[end + 1].start and words[end + 1].end == words[end + 2].start
        ):  # fmt: skip
            end += 2
        if end > i:
            following = words[end + 1] if end + 1 < len(words) else None
            if (
                words[i].text.islower()
                and following is not None
                and following.pos in ("NOUN", "ADJ", "PROPN")
            ):
                out.append((i, end + 1))
            i = end
        i += 1
    return out
