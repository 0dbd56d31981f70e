"""Unnamed people and bodies: groups, delegations, "the officials", "the ministry", and whose."""

from __future__ import annotations

from kb.extract.mentions import Mention
from kb.lexicon import words
from kb.resolve.context import Context
from kb.resolve.entities import Entity
from kb.resolve.pairs import Pairs
from kb.resolve.reference import References

_LONG_AGO = 12  # sentences back to the body or people that "the ministry" takes up


class Groups:
    """Resolves mentions of groups and bodies."""

    def __init__(self, context: Context, references: References, pairs: Pairs) -> None:
        self.context, self.references, self.pairs = context, references, pairs

    # -- possessors -------------------------------------------------------------------------

    def owner(self, mention: Mention) -> list[Entity]:
        """Who "his", "its" or "Xi's" before a mention is, or "to Xi" behind it."""
        if mention.owner is not None:
            word = mention.owner_word
            own = Mention(mention.owner, mention.owner + 1, "pronoun", word, plural=word == "their")
            return self.references.pronoun(own)
        at = mention.end
        if at < len(self.context.tree) and (
            self.context.tree[at].lower in words("people", "serving", "prepositions")
        ):
            served = self.context.mentions.at(at + 1) if at + 1 < len(self.context.tree) else None
            if served is not None and served.kind == "person" and served.start == at + 1:
                return self.context.of(served)
        before = mention.start - 1
        if before > 0 and self.context.tree[before].tag == "POS":
            possessor = self.context.mentions.at(before - 1)
            return self.context.of(possessor) if possessor is not None else []
        return []

    def states(self, mention: Mention) -> tuple[str, ...]:
        if mention.states:
            return mention.states
        if mention.plural and not mention.organization:
            both = self._of_pair(mention)
            if both:
                return both
        owners = self.owner(mention)
        if not mention.plural or mention.owner_word != "their":
            owners = owners[:1]  # "their ministers": one of each
        return tuple(dict.fromkeys(e.country for e in owners if e.country is not None))

    def _of_pair(self, mention: Mention) -> tuple[str, ...]:
        """The states of "leaders of both countries"."""
        at = mention.end
        tree = self.context.tree
        if at + 1 >= len(tree) or tree[at].lower not in ("of", "from"):
            return ()
        pair = self.context.mentions.at(at + 1)
        if pair is None or pair.kind != "pair":
            return ()
        return tuple(e.country for e in self.pairs.of(pair) if e.country)

    # -- groups -----------------------------------------------------------------------------

    def group(self, mention: Mention) -> list[Entity]:
        """Unnamed people: one group each where several states are told."""
        states = self.states(mention)
        if len(states) > 1:
            head = bare(mention.text).split(" from ")[0].split(" of ")[0].split()[-1]
            out = []
            for code in states:
                state = self.context.gazetteer.state_by_code(code)
                label = f"{head} of {state.of if state else code}"
                out.append(self.context.registry.other("group", label, code, mention.start))
            return out
        if mention.text.lower() == "the parties":
            pair = self.pairs.of(Mention(mention.start, mention.end, "role", mention.text))
            if pair:
                return pair
        found = self.named_before(mention, states) or [self.unnamed(mention, states)]
        self._delegate(mention, found[0])
        return found

    def _delegate(self, mention: Mention, group: Entity) -> None:
        """Give a delegation its named members ("led by Smith and Jones"), also where it is spoken
        of again."""
        delegations = words("people", "delegation", "nouns")
        if group.members or mention.text.split()[-1].lower() not in delegations:
            return
        group.members = self._members(mention.end)
        if group.members or not mention.definite:
            return
        for other in self.context.before(mention.start, _LONG_AGO * 2):
            for earlier in self.context.of(other) if other.kind == "group" else ():
                if earlier.members and group.country in (None, earlier.country):
                    group.members = earlier.members
                    return

    def place_members(self) -> None:
        """Give the state told with a group to its members: "three Chilean officials, including
        Minister Rojas"."""
        for mention in self.context.mentions:
            if mention.plural and len(mention.states) == 1 and mention.kind in ("group", "role"):
                for entity in self._members(mention.end):
                    if entity.known is None and entity.country is None:
                        entity.country = mention.states[0]

    def place_kin(self) -> None:
        """Give somebody of no state told that of the one whose kin he is: "her mother, X"."""
        tree = self.context.tree
        for mention in self.context.mentions:
            if mention.kind != "person":
                continue
            k = mention.start - 1 - (mention.start > 0 and tree[mention.start - 1].text == ",")
            if k < 1 or tree[k].lower not in words("people", "kin", "nouns"):
                continue
            at = k - 2 if tree[k - 1].tag == "POS" else k - 1
            owner = self.context.mentions.at(at)
            if owner is None or (at == k - 1 and tree[at].tag != "PRP$"):
                continue
            state = next((e.country for e in self.context.of(owner) if e.country), None)
            for entity in self.context.of(mention):
                if entity.known is None and entity.country is None:
                    entity.country = state

    def _members(self, i: int) -> list[Entity]:
        """The persons listed behind "led by" or "including" at a token."""
        tree, mentions = self.context.tree, self.context.mentions
        stop = tree.sentence_of(i - 1).end
        between = words("people", "delegation", "between")
        opened = False
        while i < stop and tree[i].lower in between:
            opened |= tree[i].lower in words("people", "delegation", "opens")
            i += 1
        out: list[Entity] = []
        while opened and i < stop:
            mention = mentions.at(i)
            if mention is not None and mention.kind == "person":
                out += [e for e in self.context.of(mention) if e not in out]
                i = mention.end
            elif out and tree[i].lower in (",", "and", ";"):
                i += 1
            else:
                break
        return out

    def unnamed(self, mention: Mention, states: tuple[str, ...]) -> Entity:
        body = self.context.gazetteer.organization(mention.organization)
        country = states[0] if states else body.country if body is not None else None
        return self.context.registry.other("group", bare(mention.text), country, mention.start)

    def named_before(self, mention: Mention, states: tuple[str, ...]) -> list[Entity]:
        """ "the officials" are the officials spoken of before."""
        if states or mention.organization or not mention.definite or mention.owner is not None:
            return []
        head = mention.text.split()[-1].lower()
        for other in self.context.before(mention.start, _LONG_AGO):
            if other.kind not in ("group", "role") or not other.plural:
                continue
            found = [e for e in self.context.of(other) if e.type == "group"]
            if found and other.text.split()[-1].lower() == head and found[0].country:
                return found
        return []

    def body(self, mention: Mention) -> list[Entity]:
        """A body by name, or "the ministry" spoken of before."""
        country = mention.states[0] if mention.states else None
        registry = self.context.registry
        if mention.name:
            return [registry.other("organization", mention.name, country, mention.start)]
        head = mention.text.split()[-1].lower()
        if head in words("people", "offices", "nouns"):
            return self._office_of(mention)
        for other in self.context.before(mention.start, _LONG_AGO):
            name = other.name if other.kind == "organization" else other.organization
            if "EU" in other.states and head in words("people", "body_kinds", "union"):
                return [registry.other("organization", "European Union", "EU", mention.start)]
            if not name:
                continue
            body = self.context.gazetteer.organization(name)
            kinds = words("people", "body_kinds", body.kind) if body is not None else frozenset()
            if head not in kinds and head not in name.lower().split():
                continue
            if other.kind == "organization":
                return self.context.of(other)
            country = body.country if body is not None else None
            return [registry.other("organization", name, country, mention.start)]
        return self.group(mention) if head in words("people", "group", "nouns") else []

    def _office_of(self, mention: Mention) -> list[Entity]:
        """ "Lund's office", by the name told there."""
        possessor = self.context.mentions.at(mention.start - 2)
        if possessor is None:
            return []
        owner = next(iter(self.context.of(possessor)), None)
        name = f"{bare(possessor.name or possessor.text)}'s {mention.text}"
        country = owner.country if owner is not None else None
        return [self.context.registry.other("organization", name, country, mention.start)]


def bare(text: str) -> str:
    """A phrase without its determiner."""
    parts = text.split()
    while len(parts) > 1 and parts[0].lower() in words("people", "determiners", "bare"):
        if parts[1].lower() in words("people", "determiners", "counts"):
            break  # "a dozen countries"
        parts = parts[1:]
    return " ".join(parts)
