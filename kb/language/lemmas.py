"""Base forms of words, by an irregular table and the regular rules of English inflection.

Verbs named in the lexicon are always brought back right; for others the rules are a guess, which
nothing depends on.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kb.lexicon import known_verbs, table

_HISSING = ("ss", "x", "ch", "sh", "zz")
"""Endings that take "es"."""
_SILENT = ("at", "iz", "is", "uc", "v", "u", "c", "s", "g")
"""What remains of longer verbs in silent "e" ("create", "urge"), mostly."""
_SHORT = re.compile(r"(?:[^aeiou]|qu)*[aeiou][^aeiouwxy]$")
"""One syllable, one vowel, one consonant: without an "e" it would have doubled ("hop", "hope")."""


@cache
def _irregular(*sections: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for section in sections:
        for base, forms in table("morphology")[section].items():
            out.update(dict.fromkeys(forms, base))
    return out


@lru_cache(maxsize=20_000)
def lemma(text: str, tag: str) -> str:
    """The base form of a word, lower case; ``tag`` is its Penn tag.

    Only verbs and auxiliaries are reduced, and plural nouns lose their plural; everything else
    is returned in lower case.
    """
    word = text.lower()
    if tag.startswith("VB") or tag == "MD" or word in ("n't", "n’t"):
        return _irregular("verbs", "modals").get(word) or _verb(word)
    if tag == "NNS":
        return _irregular("nouns").get(word) or _noun(word)
    return word


def _verb(word: str) -> str:
    known = known_verbs()
    if word in known:
        return word
    for suffix in ("ing", "ed"):
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) > 1:
            choices = [stem, stem + "e"]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                choices.insert(1, stem[:-1])
            if stem.endswith("i") and suffix == "ed":
                choices.insert(0, stem[:-1] + "y")
            found = next((choice for choice in choices if choice in known), None)
            return found or _guess(stem, suffix)
    if not word.endswith("s") or word.endswith("ss"):
        return word
    if word[:-1] in known:
        return word[:-1]
    if word.endswith("ies"):
        return _from_i(word[:-2])
    if word.endswith("es") and (word[:-2] in known or word[:-2].endswith(_HISSING)):
        return word[:-2]
    return word[:-1]


def _guess(stem: str, suffix: str) -> str:
    """What a verb that no table knows was before it took a suffix."""
    if len(stem) > 2 and stem[-1] == stem[-2]:
        undoubled = stem[-1] not in "lsz" or (
            stem.endswith(("ell", "oll")) and not _SHORT.match(stem[:-1])
        )
        return stem[:-1] if undoubled else stem
    if stem.endswith("i"):
        return _from_i(stem)
    silent = _SHORT.match(stem) or stem.endswith(_SILENT) or (suffix == "ed" and stem[-1] == "e")
    return stem + "e" if silent and not stem.endswith("ing") else stem


def _from_i(stem: str) -> str:
    """ "carri" is of "carry", "ti" of "tie"."""
    return stem + "e" if len(stem) < 3 else stem[:-1] + "y"


def _noun(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies"):
        return _from_i(word[:-2])
    if word.endswith("es") and word[:-2].endswith(_HISSING):
        return word[:-2]
    if word.endswith("uses") and not word.endswith(("auses", "ouses")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
