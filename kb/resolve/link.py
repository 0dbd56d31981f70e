"""From mentions to actors, within one article: names first, then whatever refers to them."""

from __future__ import annotations

from kb.extract.events import Told
from kb.extract.mentions import Mention, Mentions
from kb.gazetteer import Gazetteer
from kb.language.quotes import Quote
from kb.language.tree import Tree
from kb.names import fold
from kb.resolve.context import Context
from kb.resolve.entities import Entity
from kb.resolve.groups import Groups
from kb.resolve.offices import Offices
from kb.resolve.pairs import Pairs
from kb.resolve.reference import References
from kb.resolve.registry import Registry


class Linker:
    """Resolves every mention of an article to none, one or several entities."""

    def __init__(
        self, tree: Tree, mentions: Mentions, registry: Registry, quotes: list[Quote],
        told: list[Told],
    ) -> None:  # fmt: skip
        self.registry = registry
        self._context = Context(tree, mentions, registry, quotes, told)
        self._references = References(self._context)
        self._pairs = Pairs(self._context, self._references)
        self._groups = Groups(self._context, self._references, self._pairs)
        self._offices = Offices(self._context, self._pairs, self._groups)

    def run(self) -> None:
        """Names first (all of the article, the full ones before surnames), then the rest in text
        order, so that what refers back finds what stands before it."""
        context = self._context
        states = {code for m in context.mentions for code in (*m.states, *m.posted)}
        self.registry.about = frozenset(states)
        named = [m for m in context.mentions if m.kind == "person"]
        for mention in sorted(named, key=lambda m: (-min(len((m.name or "").split()), 2), m.start)):
            entity = self.registry.person(mention)
            if entity is not None:
                context.links[id(mention)] = [entity]
        for entity in self.registry.people:
            entity.seen.sort()
        self._groups.place_members()
        for mention in context.mentions:
            if id(mention) not in context.links:
                context.links[id(mention)] = self._resolve(mention)
        self._groups.place_kin()

    @property
    def mentions(self) -> Mentions:
        return self._context.mentions

    @property
    def gazetteer(self) -> Gazetteer:
        return self.registry.gazetteer

    def of(self, mention: Mention) -> list[Entity]:
        """The entities that a mention stands for."""
        return self._context.of(mention)

    def parties(self, mention: Mention) -> list[Entity]:
        """Who takes part where a mention does: a delegation's named members instead of it."""
        found = self.of(mention)
        return [e for one in found for e in (one.members or [one])]

    def _resolve(self, mention: Mention) -> list[Entity]:
        match mention.kind:
            case "state":
                return self._state(mention)
            case "organization":
                return self._groups.body(mention)
            case "group":
                return self._groups.group(mention)
            case "role":
                return self._offices.role(mention)
            case "pair":
                return self._pairs.of(mention)
            case "pronoun":
                return self._references.pronoun(mention)
            case "unknown":
                return self._unknown(mention)
            case _:
                return []

    def _state(self, mention: Mention) -> list[Entity]:
        """States by code; "the Karzai administration" by the state of its leader."""
        codes = mention.states
        if not codes and mention.name:
            leaders = [e for e in self.registry.people if e.goes_by(fold(mention.name))]
            codes = tuple(e.country for e in leaders[:1] if e.country)
        return [self.registry.state(code, mention.start) for code in codes]

    def _unknown(self, mention: Mention) -> list[Entity]:
        """A capitalised name that no table knows: somebody, if it has two words or more."""
        if not mention.name or len(mention.name.split()) < 2 or mention.definite:
            return []
        country = mention.states[0] if mention.states else None
        return [self.registry.other("person", mention.name, country, mention.start)]
