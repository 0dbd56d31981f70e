"""Who speaks: the actors behind the speaker of a statement, and whether the article's talk matters."""

from __future__ import annotations

from collections.abc import Iterable

from kb.extract.events import Said
from kb.extract.mentions import Mention
from kb.extract.reported import is_medium
from kb.lexicon import words
from kb.resolve.entities import Entity
from kb.resolve.link import Linker


def speakers(said: Said, linker: Linker) -> list[Entity]:
    """The actors that a statement's speaker stands for. A pronoun is first of all the last speaker
    that it fits ("… Lee said. "…," she added")."""
    if said.speaker is None:
        return []
    if said.speaker.kind == "pronoun":
        for mention in said.antecedents:
            found = [e for e in linker.of(mention) if _fits(e, said.speaker, mention)]
            if found:
                return found
    named = linker.of(said.speaker)
    if named or not said.antecedents:
        return named
    head = said.speaker.text.lower().split()[-1]  # "the official": who was called one before
    for mention in said.antecedents:
        if head in f"{mention.office or ''} {mention.text}".lower().split():
            return linker.of(mention)
    return []


def _fits(entity: Entity, pronoun: Mention, mention: Mention) -> bool:
    word = pronoun.text.lower()
    if word in words("people", "pronouns", "male"):
        return entity.type in ("person", "role") and entity.gender in (None, "u", "m")
    if word in words("people", "pronouns", "female"):
        return entity.type in ("person", "role") and entity.gender in (None, "u", "f")
    if word in words("people", "pronouns", "plural"):
        return entity.type == "group" or mention.kind == "pair" or mention.plural
    return entity.type in ("state", "organization")


def diplomatic(said: Iterable[Said], linker: Linker) -> bool:
    """Whether one of the speakers acts for a state: what managers and coaches say of their trade is
    no matter of diplomacy."""
    for one in said:
        medium = is_medium(one.speaker)
        for entity in speakers(one, linker):
            if entity.type == "state" or (entity.country and not medium):
                return True
    return False
