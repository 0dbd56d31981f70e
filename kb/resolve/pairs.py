"""Pairs: who "the two leaders", "both sides", "the three countries" are."""

from __future__ import annotations

from dataclasses import dataclass

from kb.extract.mentions import Mention
from kb.lexicon import table, words
from kb.resolve.context import Context
from kb.resolve.entities import Entity
from kb.resolve.reference import References

_NEAR = 4  # sentences that "the two leaders" look back before all of the text counts
_FAR = 100  # sentences that "all of the text" is at the most


@dataclass(frozen=True, slots=True)
class _Pair:
    """A pair to resolve: how many it is (None where that is not told), whether of people or of
    states, and the noun that its members must fit (None: any)."""

    start: int
    told: int | None
    people: bool
    noun: str | None

    @property
    def count(self) -> int:
        return self.told or 2

    def fits(self, entity: Entity) -> bool:
        """Whether somebody can be one of "both ministers": of no known office, or of one such."""
        if self.noun not in table("people")["kinds"] or entity.office_kind is None:
            return True
        return entity.office_kind in words("people", "kinds", self.noun)


class Pairs:
    """Resolves pairs to the actors spoken of before."""

    def __init__(self, context: Context, references: References) -> None:
        self.context, self.references = context, references

    def of(self, mention: Mention) -> list[Entity]:
        """The sides of the meeting told last, or the last named; first those whose offices fit."""
        people = mention.definite or mention.kind == "role"
        noun = mention.text.lower().split()[-1]
        strict = _Pair(mention.start, mention.count, people, noun)
        return self._find(strict) or self._find(
            _Pair(mention.start, mention.count, people, noun=None)
        )

    def _find(self, pair: _Pair) -> list[Entity]:
        here = self.context.tree[pair.start].sentence
        for distance in range(_NEAR + 1):
            found = self._sides(pair, here - distance) or self._joined(pair, here - distance)
            if found:
                return found
        named = self._last_named(pair, _NEAR)
        if named:
            return named
        for sentence in range(here - _NEAR, max(-1, here - _FAR), -1):
            found = self._sides(pair, sentence)
            if found:
                return found
        return self._last_named(pair, here)

    def _sides(self, pair: _Pair, sentence: int) -> list[Entity]:
        """The sides of a meeting told in a sentence."""
        found = self.references.sides(sentence, pair.start, pair.told, pair.fits)
        return found if pair.people else self._states(pair, found, pair.told)

    def _joined(self, pair: _Pair, sentence: int) -> list[Entity]:
        """Actors coordinated in a sentence before ("between Moscow and Minsk")."""
        wanted = ("person",) if pair.people else ("state", "person", "role")
        tree = self.context.tree
        for other in self.context.before(pair.start, _NEAR):
            if tree[other.start].sentence != sentence:
                continue
            first = tree.first_conjunct(self.context.head(other).i)
            group = self.references.coordinated(first)
            if not pair.people:
                group = [*group, *self._towns(first)]
            group = [e for e in group if e.type in wanted and pair.fits(e)]
            if len(group) == pair.count and len({e.country for e in group}) == pair.count:
                return group if pair.people else self._states(pair, group, pair.told)
        return []

    def _towns(self, first: int) -> list[Entity]:
        """The states of towns in a coordination ("to Singapore and Vietnam")."""
        out: list[Entity] = []
        for conjunct in self.context.tree.conjuncts(first):
            mention = self.context.mentions.at(conjunct.i)
            if mention is not None and mention.kind == "place" and mention.states:
                out.append(self.context.registry.state(mention.states[0], mention.start))
        return out

    def _last_named(self, pair: _Pair, sentences: int) -> list[Entity]:
        """The last so many actors of different states within some sentences before."""
        wanted = ("person",) if pair.people else ("state", "person", "role", "group")
        out: list[Entity] = []
        for other in self.context.before(pair.start, sentences):
            posts = [self.context.registry.state(c, other.start) for c in other.posted]
            for entity in (*(() if pair.people else posts), *self.context.of(other)):
                unplaced = entity.country is None
                if not pair.fits(entity) or entity.type not in wanted or entity in out:
                    continue
                if unplaced and (not pair.people or entity.office is None):
                    continue
                if unplaced or entity.country not in {e.country for e in out}:
                    out.append(entity)
        chosen = list(reversed(out[: pair.count]))
        if len(chosen) < pair.count:
            return []
        return chosen if pair.people else self._states(pair, chosen, pair.count)

    def _states(self, pair: _Pair, entities: list[Entity], count: int | None) -> list[Entity]:
        """The states that actors stand for, if they are so many (two at least)."""
        codes = [code for code in dict.fromkeys(e.country for e in entities) if code]
        fits = len(codes) == count if count else len(codes) > 1
        return [self.context.registry.state(c, pair.start) for c in codes] if fits else []
