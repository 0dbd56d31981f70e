"""Who speaks: the actors behind the speakers of an article's statements.

What a name stands for, the linker knows. Reports of speech have ways of their own to refer: "she
added" and "the official said" go on with whoever spoke last, and a lead that quotes "a senior
diplomat" is followed by his name.
"""

from __future__ import annotations

from kb.extract.events import Said
from kb.extract.mentions import Mention
from kb.extract.saying import is_medium
from kb.lexicon import words
from kb.resolve.entities import Entity
from kb.resolve.link import Linker

_PUBLIC = frozenset({"intergovernmental", "ministry", "parliament", "armed group"})
_AHEAD = 5  # statements within which a lead's unnamed speaker is named


class Speakers:
    """Resolves the speakers of an article's statements, which come in text order."""

    def __init__(self, said: list[Said], linker: Linker) -> None:
        self.said, self.linker = said, linker
        self.at = {id(s): k for k, s in enumerate(said)}

    def of(self, said: Said) -> list[Entity]:
        """The actors that a statement's speaker stands for; none where nobody is known."""
        if said.speaker is None:
            return []
        if said.speaker.kind == "pronoun":
            for mention in said.antecedents:
                found = [e for e in self.linker.of(mention) if _fits(e, said.speaker, mention)]
                if found:
                    return found
        found = self.linker.of(said.speaker)
        if len(found) == 1 and found[0].type in ("role", "group") and not said.speaker.plural:
            return [self._introduced(said, found[0])]
        return found or self._described(said)

    def diplomatic(self) -> bool:
        """Whether one of the speakers acts for a state or a public body: what managers and coaches
        say of their trade is no matter of diplomacy."""
        return any(
            self._public(entity)
            for one in self.said
            if one.speaker is not None and not is_medium(one.speaker)
            for entity in self.linker.of(one.speaker)
        )

    def _public(self, entity: Entity) -> bool:
        if entity.type == "state" or entity.country:
            return True
        names = (entity.organization, entity.name)
        bodies = [self.linker.gazetteer.organization(name) for name in names]
        return any(b is not None and b.kind in _PUBLIC for b in bodies)

    def _described(self, said: Said) -> list[Entity]:
        """ "the official": the last speaker who was called one."""
        if said.speaker is None or not said.antecedents:
            return []
        head = said.speaker.text.lower().split()[-1]
        for mention in said.antecedents:
            if head in f"{mention.office or ''} {mention.text}".lower().split():
                return self.linker.of(mention)
        return []

    def _introduced(self, said: Said, unnamed: Entity) -> Entity:
        """Whom the next statements name for the first time, if the description fits him; else the
        description itself."""
        at = self.at[id(said)]
        for later in self.said[at + 1 : at + 1 + _AHEAD]:
            if later.speaker is None or later.speaker.kind != "person":
                continue
            for person in self.linker.of(later.speaker):
                new = (
                    bool(person.seen)
                    and said.speaker is not None
                    and min(person.seen) > said.speaker.start
                )
                if new and _described_as(person, unnamed):
                    return person
        return unnamed


def _described_as(person: Entity, unnamed: Entity) -> bool:
    """Whether an office without a name can be the person's: same state or body, and the same kind
    of office, or one as loose as "diplomat"."""
    if not unnamed.country and not unnamed.organization:
        return False
    if person.country not in (None, unnamed.country) or not person.office:
        return False
    told = (unnamed.office or unnamed.name.split(" of ")[0]).lower().split()
    if not told:
        return False
    loose = told[-1] in words("speech", "introduced", "loose")
    return loose or told[-1] in person.office.lower().split()


def _fits(entity: Entity, pronoun: Mention, mention: Mention) -> bool:
    word = pronoun.text.lower()
    if word in words("people", "pronouns", "male"):
        return entity.type in ("person", "role") and entity.gender in (None, "u", "m")
    if word in words("people", "pronouns", "female"):
        return entity.type in ("person", "role") and entity.gender in (None, "u", "f")
    if word in words("people", "pronouns", "plural"):
        return entity.type == "group" or mention.kind == "pair" or mention.plural
    return entity.type in ("state", "organization")
