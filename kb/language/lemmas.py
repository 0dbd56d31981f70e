"""Base forms of words, by an irregular table and the regular rules of English inflection.

Verbs named in the lexicon are always brought back right; for others the rules are a guess, which
nothing depends on.
"""

from __future__ import annotations

from functools import cache, lru_cache

from kb.lexicon import known_verbs, table


@cache
def _irregular() -> dict[str, str]:
    out: dict[str, str] = {}
    for section in ("verbs", "modals"):
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
        return _irregular().get(word) or _verb(word)
    if tag == "NNS":
        return _noun(word)
    return word


def _verb(word: str) -> str:
    known = known_verbs()
    if word in known:
        return word
    for suffix in ("ing", "ed"):
        if word.endswith(suffix) and len(word) > len(suffix) + 1:
            stem = word[: -len(suffix)]
            choices = [stem, stem + "e"]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                choices.insert(1, stem[:-1])
            if stem.endswith("i") and suffix == "ed":
                choices.insert(0, stem[:-1] + "y")
            for choice in choices:
                if choice in known:
                    return choice
            return _guess(stem)
    if word.endswith("s") and word[:-1] in known:
        return word[:-1]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("es") and (word[:-2] in known or word[:-2].endswith(("s", "x", "ch", "sh"))):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _guess(stem: str) -> str:
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if stem.endswith(("at", "iz", "is", "uc", "v", "u", "c", "s", "g")):
        return stem + "e"
    return stem


def _noun(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
