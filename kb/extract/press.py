"""Press statements: a text that its title gives to somebody ("Statement by Anna Lee on ...").

Every paragraph of such a text is what that person says.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from kb.extract.events import Said
from kb.extract.mentions import Mention
from kb.extract.order import Order
from kb.extract.scan import Scanner
from kb.gazetteer import Gazetteer
from kb.language.words import read_words
from kb.lexicon import words

if TYPE_CHECKING:
    from spacy.language import Language

_SHORTEST = 4  # words of a paragraph; shorter ones, and those without a verb, are headings


def title_speaker(
    nlp: Language, title: str, gazetteer: Gazetteer, published: date | None
) -> Mention | None:
    """The person whose statement a title announces; None where it announces none, or of several.

    The mention stands at the first token of the article, as the title is no part of its tree.
    """
    openings = "|".join(re.escape(o) for o in sorted(words("speech", "press", "openings")))
    found = re.match(rf"(?:{openings})\s+", title, re.IGNORECASE)
    if found is None:
        return None
    told = read_words(nlp, title[found.end() :])
    first = next(iter(Scanner(told, gazetteer, published).scan()), None)
    if first is None or first.start > 0 or first.kind != "person":
        return None
    if first.end < len(told) and told[first.end].lower in ("and", "&", ","):
        return None
    first.start, first.end, first.owner = 0, 1, None
    return first


def own_words(order: Order, speaker: Mention) -> list[Said]:
    """Each paragraph of a text as said by one speaker."""
    tree = order.tree
    out: list[Said] = []
    for _, group in groupby(tree.sentences, key=lambda s: s.paragraph):
        sentences = list(group)
        first = sentences[0].start
        start, end = tree[first].start, tree[sentences[-1].end - 1].end
        prose = order.has_finite(first, sentences[-1].end)
        if prose and len(tree.text[start:end].split()) >= _SHORTEST:
            out.append(Said(start, end, speaker, True, sentences[0].index, first, "quote:press"))
    return out
