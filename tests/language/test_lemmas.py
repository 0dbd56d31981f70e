"""Base forms of inflected words."""

from __future__ import annotations

import pytest

from kb.language.lemmas import lemma
from kb.lexicon import meeting_verbs, visit_verbs

VERBS = {
    "be": "is was were been being 's ’s 're",
    "have": "has had having",
    "meet": "met meets meeting Meeting",
    "hold": "held holds holding",
    "fly": "flew flown flies flying",
    "speak": "spoke spoken",
    "travel": "travelled traveled travelling",
    "cancel": "cancelled canceled",
    "deny": "denied denies denying",
    "agree": "agreed agreeing",
    "stop": "stopped stopping stops",
    "reach": "reaches reached",
    "discuss": "discusses discussed discussing",
    # from here on by the rules of spelling alone
    "shake": "shaking shakes",
    "quote": "quoted quotes",
    "hope": "hoping hoped hopes",
    "hop": "hopping hopped hops",
    "rise": "rises rising",
    "close": "closes closed closing",
    "raise": "raised raises raising",
    "pass": "passed passes passing",
    "buzz": "buzzed buzzes",
    "free": "freed frees",
    "argue": "argued argues arguing",
    "urge": "urged urging",
    "celebrate": "celebrated celebrating",
    "realise": "realised realising",
    "tie": "tied ties",
    "carry": "carried carries carrying",
    "control": "controlled controlling",
    "call": "called calling",
    "bring": "bringing brings",
    "offer": "offered offering",
    "cause": "causes",
    "mix": "mixes mixed",
}
NOUNS = {
    "meeting": "meetings",
    "talk": "talks",
    "country": "countries",
    "ally": "allies",
    "tie": "ties",
    "address": "addresses",
    "speech": "speeches",
    "box": "boxes",
    "bus": "buses",
    "cause": "causes",
    "house": "houses",
    "crisis": "crises",
    "envoy": "envoys",
    "spokeswoman": "spokeswomen",
    "people": "people",
    "series": "series",
}


@pytest.mark.parametrize(
    ("form", "base"), [(form, base) for base, forms in VERBS.items() for form in forms.split()]
)
def test_verbs(form: str, base: str) -> None:
    assert lemma(form, "VBZ") == base


@pytest.mark.parametrize(
    ("form", "base"), [(form, base) for base, forms in NOUNS.items() for form in forms.split()]
)
def test_plural_nouns(form: str, base: str) -> None:
    assert lemma(form, "NNS") == base


@pytest.mark.parametrize(
    ("form", "tag", "base"),
    [
        ("meeting", "NN", "meeting"),
        ("met", "NN", "met"),
        ("Tuesday", "NNP", "tuesday"),
        ("Nations", "NNPS", "nations"),
        ("will", "MD", "will"),
        ("'ll", "MD", "will"),
        ("wo", "MD", "will"),
        ("n't", "RB", "not"),
        ("n’t", "RB", "not"),
        ("later", "RBR", "later"),
    ],
)
def test_only_verbs_and_plurals_are_reduced(form: str, tag: str, base: str) -> None:
    assert lemma(form, tag) == base


@pytest.mark.parametrize("verb", sorted({*meeting_verbs(), *visit_verbs()}))
def test_the_lexicon_s_verbs_come_back_from_ing(verb: str) -> None:
    assert lemma(verb.removesuffix("e") + "ing", "VBG") == verb
