"""Which language an article is in: the rules read English only."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"

_SAMPLE = 2000
"""Characters looked at; more cost time and change nothing."""

_FEWEST_BYTES = 50
"""Of UTF-8 letters. A shorter text is names in the main, and names have no language."""

_MOST_ENGLISH = 0.001
"""Probability of English up to which a text is in another language. In doubt it is English: to lose
an article is worse than to parse one in vain. How sure the classifier is of the other language does
not matter, as it wavers between neighbours (Indonesian and Malay)."""

_TAG = re.compile(r"([A-Za-z]{2})(?:[-_].*)?")


def language_of(body: str, stated: object = None) -> str:
    """The language of a text as a BCP 47 tag of two letters ("en", "fr").

    What an article states ("en", "en-GB") is believed; names of languages are not looked at.
    """
    if isinstance(stated, str) and (tag := _TAG.fullmatch(stated.strip())):
        return tag.group(1).lower()
    sample = " ".join(body[: 2 * _SAMPLE].split())[:_SAMPLE]
    if len("".join(filter(str.isalpha, sample)).encode()) < _FEWEST_BYTES:
        return ENGLISH
    ranking = _identifier().rank(sample)
    return ENGLISH if dict(ranking)[ENGLISH] > _MOST_ENGLISH else ranking[0][0]


@cache
def _identifier() -> LanguageIdentifier:
    """The classifier, restricted to languages of two letters: creoles and dialects of English,
    which news do not come in, would take some of it for theirs."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])
    return identifier
