"""Which sentences can tell of a meeting or a visit: the only ones that are worth a parse."""

from __future__ import annotations

from functools import cache

from kb.extract.mentions import Mention, Mentions
from kb.language.words import Word, Words
from kb.lexicon import meeting_nouns, meeting_verbs, visit_verbs, words

_NOBODY = frozenset({"place", "unknown"})


@cache
def _verbs() -> frozenset[str]:
    return frozenset({*meeting_verbs(), *visit_verbs(), *words("visits", "companions", "verbs")})


@cache
def _nouns() -> frozenset[str]:
    travel = words("visits", "nouns", "words") | words("visits", "invitations", "nouns")
    beside = words("meetings", "beside", "prepositions") | words("meetings", "hand", "nouns")
    return frozenset(meeting_nouns()) | travel | beside | words("meetings", "media", "phone")


def eventful(text: Words, mentions: Mentions) -> frozenset[int]:
    """The indices of the sentences that name a trigger and somebody, or say that somebody is
    somewhere."""
    somebody = {text[m.start].sentence for m in mentions if m.kind not in _NOBODY}
    somebody |= {word.sentence for word in text.tokens if word.text == "I"}
    somewhere = {text[m.start].sentence for m in mentions if _located(text, m)}
    return frozenset(
        sentence.index
        for sentence in text.sentences
        if sentence.index in somebody
        and (
            any(map(_triggers, text.span(sentence)))
            or (sentence.index in somewhere and any(w.lemma == "be" for w in text.span(sentence)))
            or any(w.lower == "been" for w in text.span(sentence))
        )
    )


def _triggers(word: Word) -> bool:
    return word.lower in _nouns() or (
        word.lemma in _verbs() and (word.tag.startswith("VB") or word.tag in ("NN", "NNS", "NNP"))
    )


def _located(text: Words, mention: Mention) -> bool:
    """Whether "in" or "to" stands before a place."""
    if mention.kind not in ("place", "state") or not mention.start:
        return False
    before = text.tokens[max(0, mention.start - 2) : mention.start]
    return any(w.lower in ("in", "to") for w in before)
