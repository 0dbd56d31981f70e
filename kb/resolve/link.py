"""From mentions to actors, within one article: names, offices, pronouns, pairs, metonyms."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.extract.events import Told
from kb.extract.mentions import Mention, Mentions
from kb.gazetteer import Gazetteer
from kb.language.quotes import Quote
from kb.language.tree import Tree
from kb.lexicon import words
from kb.resolve.entities import Entity, Registry

_NAMED_KINDS = ("head_of_state", "head_of_government")
_REACH = 4  # sentences that a pronoun looks back


@dataclass(slots=True)
class Linker:
    """Resolves every mention of an article to none, one or several entities."""

    tree: Tree
    mentions: Mentions
    registry: Registry
    quotes: list[Quote]
    told: list[Told]
    links: dict[int, list[Entity]] = field(default_factory=dict)

    @property
    def gazetteer(self) -> Gazetteer:
        return self.registry.gazetteer

    def run(self) -> None:
        """Names first (all of the article), then the rest in text order."""
        full = [m for m in self.mentions if m.kind == "person"]
        for mention in sorted(full, key=lambda m: (-min(len((m.name or "").split()), 2), m.start)):
            entity = self.registry.person(mention)
            if entity is not None:
                self.links[id(mention)] = [entity]
        for mention in self.mentions:
            if id(mention) not in self.links:
                self.links[id(mention)] = self._resolve(mention)

    def of(self, mention: Mention) -> list[Entity]:
        return self.links.get(id(mention), [])

    # -- by kind ----------------------------------------------------------------------------

    def _resolve(self, mention: Mention) -> list[Entity]:
        if mention.kind == "state":
            return [self.registry.state(code, mention.start) for code in mention.states]
        if mention.kind == "organization":
            return [self._body(mention)]
        if mention.kind == "group":
            return self._group(mention)
        if mention.kind == "role":
            return self._role(mention)
        if mention.kind == "pair":
            return self._pair(mention)
        if mention.kind == "pronoun":
            return self._pronoun(mention)
        if mention.kind == "unknown" and mention.name and len(mention.name.split()) > 1:
            country = mention.states[0] if mention.states else None
            return [self.registry.other("person", mention.name, country, mention.start)]
        return []

    def _body(self, mention: Mention) -> Entity:
        country = mention.states[0] if mention.states else None
        return self.registry.other(
            "organization", mention.name or mention.text, country, mention.start
        )

    def _group(self, mention: Mention) -> list[Entity]:
        name = _bare(mention.text)
        if len(mention.states) > 1:
            out = []
            for code in mention.states:
                state = self.gazetteer.state_by_code(code)
                head = name.split(" from ")[0].split(" of ")[0].split()[-1]
                label = f"{head} of {state.name if state else code}"
                out.append(self.registry.other("group", label, code, mention.start))
            return out
        country = mention.states[0] if mention.states else self._owner_country(mention)
        return [self.registry.other("group", name, country, mention.start)]

    def _owner_country(self, mention: Mention) -> str | None:
        owner = self._owner(mention)
        return owner[0].country if owner else None

    def _owner(self, mention: Mention) -> list[Entity]:
        """Who "his", "its" or "Xi's" before a title is."""
        if mention.owner is None:
            return []
        word = mention.owner_word
        pronoun = Mention(mention.owner, mention.owner + 1, "pronoun", word, plural=word == "their")
        return self._pronoun(pronoun)

    def _role(self, mention: Mention) -> list[Entity]:
        if mention.counterpart:
            return self._counterparts(mention)
        states = mention.states or tuple(
            e.country for e in self._owner(mention)[:1] if e.country is not None
        )  # fmt: skip
        kind = mention.office_kind or "official"
        if mention.plural:
            return self._roles(mention, states)
        former = mention.indefinite or bool(mention.modifiers & {"former", "then", "ex", "late"})
        if not former and not (mention.modifiers & {"deputy", "vice", "acting"}):
            found = self._in_article(mention, states, kind)
            if found is not None:
                return [found]
        if not states and not mention.organization:
            return []
        return [self._role_entity(mention, states[0] if states else None, kind, former)]

    def _in_article(self, mention: Mention, states: tuple[str, ...], kind: str) -> Entity | None:
        """The person of the article who holds the office told."""
        office = (mention.office or "").lower()
        people = [e for e in self.registry.people if not e.former]
        if states:
            people = [e for e in people if e.country in states]
        elif not mention.definite:
            return None
        if mention.organization:
            people = [e for e in people if e.organization in (None, mention.organization)]
        same = [e for e in people if e.office and e.office.lower() == office]
        if not same:
            kinds = _NAMED_KINDS if office == "leader" else (kind,)
            same = [
                e for e in people if e.office_kind in kinds and kind not in ("official", "envoy")
            ]
        before = [e for e in same if e.seen and e.seen[0] < mention.start]
        if before and states:
            return max(before, key=lambda e: max(t for t in e.seen if t < mention.start))
        if before:  # "the president" of an article is the one it is about
            return max(before, key=lambda e: sum(t < mention.start for t in e.seen))
        return same[0] if same and states else None

    def _role_entity(self, mention: Mention, code: str | None, kind: str, former: bool) -> Entity:
        office = _bare(mention.office or "leader").lower()
        modifiers = " ".join(sorted(m for m in mention.modifiers if m not in ("new", "visiting")))
        told = f"{modifiers} {office}".strip()
        state = self.gazetteer.state_by_code(code) if code else None
        where = state.name if state else mention.organization or code or ""
        if not former and not mention.modifiers and code and kind in _NAMED_KINDS:
            holders = self.gazetteer.holder(code, kind, self.registry.published)
            if self.registry.published is not None and len({p.key for p, _ in holders}) == 1:
                person = holders[0][0]
                named = Mention(mention.start, mention.end, "person", mention.text, name=person.name,
                                states=(code,), office=mention.office, office_kind=kind)  # fmt: skip
                entity = self.registry.person(named)
                if entity is not None:
                    return entity
        return self.registry.other("role", f"{told} of {where}", code, mention.start, office=told)

    def _roles(self, mention: Mention, states: tuple[str, ...]) -> list[Entity]:
        """ "the foreign ministers of Iran, Turkey and Russia": one role each."""
        kind = mention.office_kind or "official"
        single = words_singular(mention.office or "leaders")
        out = []
        for code in states:
            one = Mention(mention.start, mention.end, "role", mention.text, office=single,
                          office_kind=kind, states=(code,), definite=True)  # fmt: skip
            if len(states) > 1 or mention.count == 1:
                out += self._role(one)
        if out:
            return out
        country = states[0] if states else None
        body = self.gazetteer.organization(mention.organization) if mention.organization else None
        if country is None and body is not None:
            country = body.country
        if not states and not mention.organization and mention.definite:
            pair = self._pair(mention)
            if pair:
                return pair
        return [self.registry.other("group", _bare(mention.text), country, mention.start)]

    def _counterparts(self, mention: Mention) -> list[Entity]:
        """ "his Chinese counterpart": the same office of the other state."""
        owner = self._owner(mention) or self._subject_before(mention)
        base = owner[0] if owner else None
        kind = (base.office_kind if base else None) or "official"
        office = (base.office if base and base.office else None) or "counterpart"
        out = []
        for code in mention.states:
            found = [e for e in self.registry.people if e.country == code and e is not base]
            same = [e for e in found if e.office_kind == kind and kind != "official"]
            near = [e for e in same if e.seen and e.seen[0] < mention.end + 40]
            if near:
                out.append(near[0])
                continue
            role = Mention(mention.start, mention.end, "role", mention.text, office=office,
                           office_kind=kind, states=(code,), definite=True)  # fmt: skip
            out.append(self._role_entity(role, code, kind, former=False))
        if not mention.states and base is not None:
            other = [e for e in self._recent_people(mention.start) if e.country != base.country
                     and e.office_kind == kind]  # fmt: skip
            out += other[:1]
        return out

    def _subject_before(self, mention: Mention) -> list[Entity]:
        people = self._recent_people(mention.start)
        return people[:1]

    # -- reference back ---------------------------------------------------------------------

    def _recent_people(self, i: int) -> list[Entity]:
        """Persons named before a token, the last first."""
        out: list[Entity] = []
        for mention in reversed([m for m in self.mentions if m.start < i]):
            for entity in self.links.get(id(mention), []):
                if entity.type in ("person", "role") and entity not in out:
                    out.append(entity)
        return out

    def _pair(self, mention: Mention) -> list[Entity]:
        """ "the two leaders": the sides of the meeting last told; else the last two of a kind."""
        count = mention.count or 2
        people = mention.definite or mention.kind == "role"
        for told in reversed(
            [t for t in self.told if t.trigger < mention.start and len(t.sides) > 1]
        ):
            entities = [e for m in told.sides for e in self.of(m)]
            entities = list(dict.fromkeys(entities))
            if len(entities) == count:
                return entities if people else self._as_states(entities)
        recent = [e for e in self._recent_people(mention.start) if e.type == "person"]
        if not people:
            states = [e for m in reversed([m for m in self.mentions if m.start < mention.start])
                      for e in self.links.get(id(m), []) if e.type == "state"]  # fmt: skip
            distinct = list(dict.fromkeys(states))[:count]
            return distinct if len(distinct) == count else []
        if len(recent) >= 2:
            first = recent[0]
            others = [e for e in recent[1:] if e.country != first.country]
            return [*others[: count - 1], first] if len(others) >= count - 1 else []
        return []

    def _as_states(self, entities: list[Entity]) -> list[Entity]:
        codes = list(dict.fromkeys(e.country for e in entities if e.country))
        return [self.registry.state(c, e.seen[-1] if e.seen else 0)
                for c, e in zip(codes, entities, strict=False)]  # fmt: skip

    def _pronoun(self, mention: Mention) -> list[Entity]:
        word = mention.text.lower()
        if any(
            q.covers(self.tree[mention.start].start, self.tree[mention.start].end)
            for q in self.quotes
        ):
            return []
        if mention.plural or word in words("people", "pronouns", "plural"):
            return self._they(mention)
        if word in ("it", "its"):
            return self._it(mention)
        gender = "f" if word in words("people", "pronouns", "female") else "m"
        best: tuple[float, Entity] | None = None
        here = self.tree[mention.start].sentence
        clause = self.tree.clause_of(mention.start)
        for other in self.mentions:
            if other.start >= mention.start:
                break
            distance = here - self.tree[other.start].sentence
            if distance > _REACH:
                continue
            for entity in self.links.get(id(other), []):
                if entity.type not in ("person", "role") or entity.gender not in (
                    None,
                    "u",
                    gender,
                ):
                    continue
                score = self._salience(other, mention, distance, clause.i)
                if best is None or score >= best[0]:
                    best = (score, entity)
        return [best[1]] if best else []

    def _salience(self, other: Mention, pronoun: Mention, distance: int, clause: int) -> float:
        head = self._head(other)
        score = 10.0 - 3.0 * distance
        if head.rel in ("subj", "subj_pass"):
            score += 4.0
        elif head.rel == "agent":
            score += 2.0
        elif head.rel in ("nmod", "poss", "compound"):
            score -= 1.0
        same_clause = distance == 0 and self.tree.clause_of(head.i).i == clause
        reflexive = pronoun.text.lower() in words("people", "pronouns", "possessive")
        if same_clause and not reflexive:
            score -= 8.0  # an argument beside it in its own clause is somebody else
        if any(
            q.covers(self.tree[other.start].start, self.tree[other.start].end) for q in self.quotes
        ):
            score -= 5.0
        return score

    def _head(self, mention: Mention):  # type: ignore[no-untyped-def]
        """The token of a mention that the sentence governs."""
        for i in range(mention.start, mention.end):
            token = self.tree[i]
            if not mention.start <= token.head < mention.end or token.head == i:
                return token
        return self.tree[mention.end - 1]

    def _they(self, mention: Mention) -> list[Entity]:
        for told in reversed(
            [t for t in self.told if t.trigger < mention.start and len(t.sides) > 1]
        ):
            if self.tree[mention.start].sentence - told.sentence > _REACH:
                break
            entities = list(dict.fromkeys(e for m in told.sides for e in self.of(m)))
            if len(entities) > 1:
                return entities
        for other in reversed([m for m in self.mentions if m.start < mention.start]):
            found = self.links.get(id(other), [])
            if other.kind in ("pair",) or len(found) > 1:
                return found
            if other.plural and other.kind in ("group", "role") and found:
                return found
            if self.tree[mention.start].sentence - self.tree[other.start].sentence > 2:
                break
        return []

    def _it(self, mention: Mention) -> list[Entity]:
        for other in reversed([m for m in self.mentions if m.start < mention.start]):
            if self.tree[mention.start].sentence - self.tree[other.start].sentence > 1:
                break
            if self._head(other).rel in ("subj", "subj_pass"):
                found = [
                    e for e in self.links.get(id(other), []) if e.type in ("state", "organization")
                ]
                if found:
                    return found[:1]
        return []


def _bare(text: str) -> str:
    """A phrase without its determiner."""
    parts = text.split()
    while parts and parts[0].lower() in (
        "the",
        "a",
        "an",
        "some",
        "several",
        "his",
        "her",
        "their",
        "its",
        "other",
        "two",
        "both",
    ):
        parts = parts[1:]
    return " ".join(parts) or text


def words_singular(office: str) -> str:
    """ "foreign ministers" → "foreign minister"; only the head noun is plural."""
    head, *rest = office.split(" of ", 1)
    parts = head.split()
    if parts and parts[-1].endswith("s") and not parts[-1].endswith("ss"):
        parts[-1] = parts[-1][:-3] + "y" if parts[-1].endswith("ies") else parts[-1][:-1]
    return " of ".join([" ".join(parts), *rest])
