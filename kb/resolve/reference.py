"""Reference back by pronouns: who "he", "they" and "it" are."""

from __future__ import annotations

from collections.abc import Callable

from kb.extract.mentions import Mention
from kb.lexicon import words
from kb.resolve.context import Context
from kb.resolve.entities import Entity

_REACH = 6  # sentences that "he" looks back
_FRONT = 3  # tokens into its sentence that a fronted "his" stands
_NEAR = 4  # sentences that "they" looks back


class References:
    """Resolves what refers back to actors named before (or, in a fronted phrase, right after)."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def pronoun(self, mention: Mention) -> list[Entity]:
        """ "he", "her", "they", "it"; nobody for a pronoun in a quotation."""
        word = mention.text.lower()
        if self.context.quoted(mention.start):
            return []
        if mention.plural or word in words("people", "pronouns", "plural"):
            return self._they(mention)
        if word in words("people", "pronouns", "thing"):
            return self._it(mention)
        return self._person(mention, "f" if word in words("people", "pronouns", "female") else "m")

    # -- he and she -------------------------------------------------------------------------

    def _person(self, mention: Mention, gender: str) -> list[Entity]:
        possessive = mention.text.lower() in words("people", "pronouns", "possessive")
        if possessive:
            following = self._fronted(mention, gender)
            if following is not None:
                return [following]
        excluded = self._co_arguments(mention) if possessive else set()
        scores: dict[int, tuple[float, Entity]] = {}
        for other in self.context.before(mention.start, _REACH):
            for entity in self.context.of(other):
                if not self._can_be(entity, gender) or id(entity) in excluded:
                    continue
                score = self._salience(other, mention, possessive)
                score += 2.0 if entity.gender == gender else 0.0
                score += min(1.5, 0.25 * sum(t < mention.start for t in entity.seen))
                if score > scores.get(id(entity), (-99.0, entity))[0]:
                    scores[id(entity)] = (score, entity)
        best = max(scores.values(), key=lambda s: s[0], default=None)
        return [best[1]] if best is not None else []

    @staticmethod
    def _can_be(entity: Entity, gender: str) -> bool:
        return entity.type in ("person", "role") and entity.gender in (None, "u", gender)

    def _salience(self, other: Mention, pronoun: Mention, possessive: bool) -> float:
        """How likely a mention before is meant: near, a subject, outside quotations; who spoke
        last goes on speaking. An argument beside the pronoun in its own clause is somebody else."""
        tree = self.context.tree
        distance = tree[pronoun.start].sentence - tree[other.start].sentence
        score = 10.0 - (3.0 * distance if distance < 3 else 6.0 + 1.5 * (distance - 2))
        head = self.context.head(other)
        leads = self.context.leads(other)
        owned = tree[other.end].tag == "POS" if other.end < len(tree) else False
        if other.start == tree.sentence_of(other.start).start and not owned:
            score += 4.0
        elif self.context.is_subject(other):
            score += 4.0 if leads else 3.0
        elif head.rel == "agent":
            score += 2.0
        elif head.rel in ("nmod", "poss", "compound"):
            score -= 1.0
        if leads and self.context.speaks(other) and self.context.speaks(pronoun):
            score += 3.0
        same_clause = distance == 0 and (
            tree.clause_of(head.i).i == tree.clause_of(pronoun.start).i
        )
        if same_clause and not possessive:
            score -= 8.0
        if self.context.quoted(other.start):
            score -= 5.0
        return score

    def _fronted(self, mention: Mention, gender: str) -> Entity | None:
        """The subject that a fronted phrase leads up to: "In his call with Lee, Kim urged …".

        It is looked for behind the comma, on the words: such sentences are often parsed wrongly."""
        tree = self.context.tree
        sentence = tree.sentence_of(mention.start)
        opens = tree[sentence.start].tag in ("IN", "VBN", "VBG")  # "In his call", "Asked about his"
        if not opens or mention.start - sentence.start > _FRONT:
            return None
        for i in range(mention.end, sentence.end - 1):
            subject = self.context.mentions.at(i + 1) if tree[i].text == "," else None
            if subject is None or subject.start != i + 1 or subject.kind == "place":
                continue
            return next((e for e in self.context.of(subject) if self._can_be(e, gender)), None)
        return None

    def _co_arguments(self, mention: Mention) -> set[int]:
        """Who takes part in what somebody is said to own: "his call with Lee" is not Lee's."""
        tree = self.context.tree
        owned = tree[mention.start].head
        out: set[int] = set()
        for kid in tree.children(owned, "nmod", "obl"):
            for conjunct in tree.conjuncts(kid.i):
                other = self.context.mentions.at(conjunct.i)
                out |= {id(e) for e in self.context.of(other)} if other is not None else set()
        return out

    # -- they and it ------------------------------------------------------------------------

    def _they(self, mention: Mention) -> list[Entity]:
        """The plural subject of the sentences before, the sides of the meeting told there, else
        the last plural actor."""
        tree = self.context.tree
        here = tree[mention.start].sentence
        near = self.context.before(mention.start, _NEAR)
        clause = tree.clause_of(mention.start).i
        owned = mention.text.lower() in words("people", "pronouns", "possessive")
        both = self._both_of(clause, owned)
        if both:
            return both
        for distance in range(_NEAR):
            at = [m for m in near if here - tree[m.start].sentence == distance]
            subjects = self._plural_subject(at, None if owned else clause)
            if subjects:
                return subjects
            sides = self.sides(here - distance, mention.start, None, lambda _: True)
            if sides:
                return sides
        for other in near:
            found = self.context.of(other)
            audience = other.text.lower().split()[-1] in words("speech", "audience", "words")
            if (len(found) > 1 or (other.plural and found)) and not audience:
                return found
        return []

    def _both_of(self, clause: int, owned: bool) -> list[Entity]:
        """Subject and object of the clause that one of time belongs to: "assured X of it when they
        met"; of the same clause where they own something: "told X at their meeting"."""
        tree = self.context.tree
        if not owned and tree[clause].rel != "advcl":
            return []
        main = clause if owned else tree[clause].head
        found: list[Entity] = []
        for rel in (("subj",), ("obj", "iobj")):
            for kid in tree.children(main, *rel):
                other = self.context.mentions.at(kid.i)
                named = self.context.of(other) if other is not None else []
                if len(named) != 1 or named[0].type not in ("person", "role"):
                    return []
                found += named
        return found if len(found) == 2 and found[0] is not found[1] else []

    def _plural_subject(self, mentions: list[Mention], clause: int | None) -> list[Entity]:
        tree = self.context.tree
        for mention in mentions:
            if not self.context.is_subject(mention) or self.context.quoted(mention.start):
                continue
            head = self.context.head(mention)
            if tree.clause_of(head.i).i == clause:
                continue
            group = self.coordinated(tree.first_conjunct(head.i))
            if len(group) < 2:
                group = self._listed(mention) or group
            if len(group) > 1 or (mention.plural and group):
                return group
        return []

    def _listed(self, mention: Mention) -> list[Entity]:
        """The actors of a list that begins a sentence, whatever its parse: "A, the minister, and B
        agreed"."""
        tree, mentions = self.context.tree, self.context.mentions
        sentence = tree.sentence_of(mention.start)
        out: list[Entity] = []
        i, joined = sentence.start, True
        while i < sentence.end:
            one = mentions.at(i)
            if one is not None and joined and one.start == i and one.kind != "place":
                out += [e for e in self.context.of(one) if e not in out]
                i, joined = one.end, False
            elif tree[i].lower in (",", "and"):
                joined |= tree[i].lower == "and"
                i += 1
            else:
                break
        return out if len(out) > 1 and i > mention.start else []

    def coordinated(self, i: int) -> list[Entity]:
        """The actors of a coordination, by its first member."""
        out: list[Entity] = []
        for conjunct in self.context.tree.conjuncts(i):
            mention = self.context.mentions.at(conjunct.i)
            if mention is not None:
                out += [e for e in self.context.of(mention) if e not in out]
        return out

    def sides(
        self, sentence: int, before: int, count: int | None, fits: Callable[[Entity], bool]
    ) -> list[Entity]:
        """The sides of the last meeting told in a sentence before a token, if all of them fit and
        they are as many as counted (two at least)."""
        for told in reversed(self.context.told_in(sentence)):
            if told.trigger >= before or len(told.sides) < 2:
                continue
            entities = list(dict.fromkeys(e for m in told.sides for e in self.context.of(m)))
            counted = len(entities) == (count or len(entities)) and len(entities) > 1
            if counted and all(map(fits, entities)):
                return entities
        return []

    def _it(self, mention: Mention) -> list[Entity]:
        """The state, body or group that was last a subject, in this sentence or the one before."""
        for other in self.context.before(mention.start, 1):
            if not self.context.is_subject(other):
                continue
            found = [
                e
                for e in self.context.of(other)
                if e.type in ("state", "organization") or (e.type == "group" and not _many(e))
            ]
            if found:
                return found[:1]
        return []


def _many(entity: Entity) -> bool:
    """Whether a group is told in the plural ("officials"), not as one body ("the opposition")."""
    head = entity.name.lower().split(" of ")[0].split(" from ")[0]
    return head.endswith("s")
