"""Offices without a name: roles and counterparts. Who "the Chinese leader" is."""

from __future__ import annotations

from kb.extract.mentions import Mention
from kb.extract.titles import singular
from kb.gazetteer import Person, Tenure
from kb.lexicon import words
from kb.names import fold
from kb.resolve.context import Context
from kb.resolve.entities import TOP, Entity
from kb.resolve.groups import Groups, bare
from kb.resolve.pairs import Pairs

_ONE_AT_A_TIME = TOP | {"foreign_minister", "defence_minister", "deputy_head"}
"""Offices that one person holds for a state: the holder on the day is the one meant."""

_BY_KIND = TOP | {"leader", "foreign_minister", "defence_minister", "deputy_head"}
"""Kinds of office told in several words ("defence chief", "defence minister")."""

_GONE = frozenset({"former", "then", "ex", "late"})
_OTHER_OFFICE = frozenset({"deputy", "acting", "elect"})
_PASSING = frozenset({"new", "visiting"})
_NEUTRAL = {"foreign_minister": "foreign minister", "defence_minister": "defense minister",
            "leader": "leader"}  # fmt: skip
_LONG_AGO = 12  # sentences back to an official or body that "the official" takes up
_AHEAD = 40  # tokens behind a counterpart in which the name may follow


class Offices:
    """Resolves mentions of offices."""

    def __init__(self, context: Context, pairs: Pairs, groups: Groups) -> None:
        self.context, self.pairs, self.groups = context, pairs, groups

    # -- roles ------------------------------------------------------------------------------

    def role(self, mention: Mention) -> list[Entity]:
        """The person of the article or of the tables who holds an office, else a role."""
        if mention.counterpart:
            if mention.plural and len(mention.states) == 1:
                return [self.groups.unnamed(mention, mention.states)]
            return self._counterparts(mention)
        if mention.plural:
            return self._roles(mention)
        states = self.groups.states(mention)
        kind = mention.office_kind or "official"
        other = bool(mention.modifiers & (_GONE | _OTHER_OFFICE)) or mention.indefinite
        if not other:
            found = self._in_article(mention, states, kind)
            if found is not None:
                return [found]
        if not states and not mention.organization:
            again = self._told_before(mention) if mention.definite else []
            if again:
                return again
            states = self._implied(mention, kind)
        if not states and not mention.organization:
            return self._unplaced(mention)
        return [self._office(mention, states[0] if states else None, kind, other)]

    def _told_before(self, mention: Mention) -> list[Entity]:
        """ "the spokesman" after "a Taliban spokesman"."""
        head = _plain(mention.office).split()[-1:]
        for other in self.context.before(mention.start, _LONG_AGO):
            if other.kind == "role" and not other.plural:
                found = self.context.of(other)
                if found and head == _plain(other.office).split()[-1:]:
                    return found
        return []

    def _implied(self, mention: Mention, kind: str) -> tuple[str, ...]:
        """The state that a title or the publisher of the article implies: "the Chancellor"."""
        homes = self.context.gazetteer.homes(mention.office or "")
        if len(homes) == 1:
            return homes
        home = self.context.registry.home
        capital = (mention.office or "")[:1].isupper() and mention.definite
        return (home,) if home is not None and capital and kind in _BY_KIND else ()

    def _unplaced(self, mention: Mention) -> list[Entity]:
        """An official of no stated country, where nobody named before can be meant."""
        if mention.office_kind in _BY_KIND or not (mention.indefinite or mention.count == 1):
            return []
        name = bare(mention.text)
        return [self.context.registry.other("role", name, None, mention.start, mention.office)]

    def _in_article(self, mention: Mention, states: tuple[str, ...], kind: str) -> Entity | None:
        """The person of the article who holds the office told."""
        people = [e for e in self.context.registry.people if not e.former]
        homes = self.context.gazetteer.homes(mention.office or "")
        if states or homes:
            people = [e for e in people if e.country in (states or homes)]
        elif not mention.definite:
            return None
        if mention.organization:
            own = [e for e in people if e.organization == mention.organization]
            people = own or [e for e in people if e.organization is None]
        same = [e for e in people if self._holds(e, mention, kind) and self._may_hold(e, kind)]
        before = [e for e in same if e.seen and min(e.seen) < mention.start]
        if before and kind in TOP:  # "the president" of an article is the one it is about
            return max(before, key=lambda e: sum(t < mention.start for t in e.seen))
        if before:
            return max(before, key=lambda e: max(t for t in e.seen if t < mention.start))
        return same[0] if same and states else None

    def _holds(self, entity: Entity, mention: Mention, kind: str) -> bool:
        """Whether a person of the article is told, or known, to hold an office of this kind."""
        office, own = _plain(mention.office), _plain(entity.office)
        royal = words("people", "royal", "titles")
        if own and kind in TOP and (own in royal) != (office in royal):
            return False  # "the king" is no president
        if own and mention.office and mention.office == _initials(entity.office or ""):
            return True  # "the DNI"
        if own and (own == office or (kind not in _BY_KIND and own.endswith(f" {office}"))):
            return True
        if kind not in _BY_KIND:
            return False
        if kind in TOP and entity.known is not None and entity.country is not None:
            called = self._so_called(entity.country, office)
            if called and entity.known.key not in {p.key for p, _ in called}:
                return False
        kinds = TOP if kind == "leader" else {kind}
        if entity.office_kind in kinds:
            return True
        day = self.context.registry.published
        tenures = entity.known.tenures if entity.known is not None else ()
        return any(t.kind in kinds and t.covers(day) is not False for t in tenures)

    def _may_hold(self, entity: Entity, kind: str) -> bool:
        """Whether the tables allow that a person holds an office on the day."""
        if entity.known is None:
            return True
        kinds = TOP if kind == "leader" else {kind}
        day = self.context.registry.published
        held = [t for t in entity.known.tenures if t.kind in kinds and t.iso2 == entity.country]
        return not held or any(t.covers(day) is not False for t in held)

    def _office(self, mention: Mention, code: str | None, kind: str, other: bool) -> Entity:
        """Who surely held the office on the day, else the office itself as an actor."""
        registry = self.context.registry
        told = " ".join([*sorted(mention.modifiers - _PASSING), bare(mention.office or "leader")])
        if code and not other and not mention.organization:
            holder = self._holder(code, kind, mention.office or "")
            if holder is not None:
                if mention.start not in holder.seen:
                    holder.seen.append(mention.start)
                return holder
        head = self._head_of_body(mention, code) if not other else None
        if head is not None:
            return head
        state = self.context.gazetteer.state_by_code(code)
        where = mention.organization or (state.of if state else code) or ""
        if state and mention.organization and self.context.gazetteer.state(mention.organization):
            where = state.of
        told = told.lower()
        return registry.other("role", f"{told} of {where}", code, mention.start, told)

    def _holder(self, code: str, kind: str, office: str) -> Entity | None:
        """The one holder of an office of a state on the article's day, if the tables are sure."""
        registry, gazetteer = self.context.registry, self.context.gazetteer
        if kind == "leader":
            state = gazetteer.state_by_code(code)
            kind = state.leader if state is not None else kind
        if kind not in _ONE_AT_A_TIME or registry.published is None:
            return None
        found = self._so_called(code, office) if kind in TOP else []
        found = found or gazetteer.holder(code, kind, registry.published)
        if kind == "deputy_head":  # vice presidents and deputy prime ministers are of one kind
            found = [(p, t) for p, t in found if fold(office) in fold(t.office)]
        if len({p.key for p, _ in found}) != 1:
            return None
        return registry.enter(found[0][0], found[0][0].name, (code,))

    def _head_of_body(self, mention: Mention, code: str | None) -> Entity | None:
        """Who surely headed a body on the day: "the NATO secretary general", "the UN chief"."""
        registry, gazetteer = self.context.registry, self.context.gazetteer
        if mention.office_kind != "org_head" or registry.published is None:
            return None
        body = gazetteer.organization(mention.organization)
        codes = [n for n in body.names if n.isupper()] if body is not None else []
        codes += [code] if code is not None else []
        told = _spaced(mention.office)
        if told in words("people", "heads", "general"):
            last = mention.text.lower().split()[-1]
            if last in words("people", "bodies", "nouns") | words("people", "forces", "nouns"):
                return None  # "the head of the UN mission"
            titles = [t.split() for t in words("people", "heads", "titles")]
        else:
            titles = [told.split()]
        found = {
            person.key: person
            for one in codes
            for table in (one, f"{one}-ORG")
            for person, tenure in gazetteer.holder(table, "org_head", registry.published)
            if any(set(t) <= set(_spaced(tenure.office).split()) for t in titles)
        }
        if len(found) != 1:
            return None
        [person] = found.values()
        head = registry.enter(person, person.name)
        if mention.start not in head.seen:
            head.seen.append(mention.start)
        return head

    def _so_called(self, code: str, office: str) -> list[tuple[Person, Tenure]]:
        """Who surely headed a state or its government on the day under this very title: a state
        with a supreme leader may have a president as well."""
        title = fold(office).split()[-1:]
        return [
            (person, tenure)
            for kind in sorted(TOP)
            for person, tenure in self.context.gazetteer.holder(
                code, kind, self.context.registry.published
            )
            if fold(tenure.office).split()[-1:] == title
        ]

    def _roles(self, mention: Mention) -> list[Entity]:
        """ "the foreign ministers of Iran, Turkey and Russia": one each; else a group."""
        states = self.groups.states(mention)
        if len(states) > 1:
            # "Chadian and Malian leaders" may be any
            any_ = mention.office_kind == "leader" and bool(mention.states) and not mention.definite
            any_ = any_ and not {"of", "from", "both"} & set(mention.text.lower().split())
            out: list[Entity] = []
            for code in states:
                one = Mention(
                    mention.start, mention.end, "role", mention.text,
                    office=singular(mention.office or "leaders"), office_kind=mention.office_kind,
                    states=(code,), definite=not any_, indefinite=any_,
                    modifiers=mention.modifiers,
                )  # fmt: skip
                out += self.role(one)
            return out
        bodies = [e for e in self.groups.owner(mention) if e.type == "organization"]
        if mention.owner_word == "their" and len(bodies) > 1:
            return [
                self.context.registry.other(
                    "group", f"{bare(mention.text)} of {_the(e.name)}", e.country, mention.start
                )
                for e in bodies
            ]
        again = self.groups.named_before(mention, states)
        if again:
            return again
        if not states and mention.definite and not mention.organization:
            pair = self.pairs.of(mention)
            if pair and _plain(mention.office) in words("people", "pair", "people"):
                return pair
        return [self.groups.unnamed(mention, states)]

    # -- counterparts -----------------------------------------------------------------------

    def _counterparts(self, mention: Mention) -> list[Entity]:
        """ "his Chinese counterpart": the same office of the other state."""
        base = next(iter(self.groups.owner(mention) or self._subject_before(mention)), None)
        kind = (base.office_kind if base else None) or "official"
        out: list[Entity] = []
        for code in mention.states:
            found = self._counterpart_named(mention, code, kind, base)
            out.append(found or self._counterpart_office(mention, code, kind, base))
        if not mention.states and base is not None and not mention.plural:
            others = [e for e in self._recent_people(mention.start)
                      if e.country != base.country and _alike(e.office_kind, kind)]  # fmt: skip
            out += others[:1]
        return out

    def _counterpart_named(
        self, mention: Mention, code: str, kind: str, base: Entity | None
    ) -> Entity | None:
        """Somebody of the article in the like office of the state."""
        if kind == "official":
            return None
        for entity in self.context.registry.people:
            near = bool(entity.seen) and min(entity.seen) < mention.end + _AHEAD
            alike = entity is not base and entity.country == code and not entity.former
            if near and alike and _alike(entity.office_kind, kind) and self._may_hold(entity, kind):
                return entity
        return None

    def _counterpart_office(
        self, mention: Mention, code: str, kind: str, base: Entity | None
    ) -> Entity:
        kind = "leader" if kind in TOP else kind
        office = _NEUTRAL.get(kind) or (base.office if base and base.office else "counterpart")
        role = Mention(mention.start, mention.end, "role", mention.text, office=office,
                       office_kind=kind, states=(code,), definite=True)  # fmt: skip
        return self._office(role, code, kind, other=False)

    def _subject_before(self, mention: Mention) -> list[Entity]:
        return self._recent_people(mention.start)[:1]

    def _recent_people(self, i: int) -> list[Entity]:
        """Persons named before a token, the last first."""
        found = [e for m in self.context.before(i, 3) for e in self.context.of(m)]
        return [e for e in dict.fromkeys(found) if e.type in ("person", "role")]


def _spaced(office: str | None) -> str:
    """An office for comparison, hyphens as spaces."""
    return fold(office or "").replace("-", " ")


def _initials(office: str) -> str:
    """What an office is abbreviated to: "Director of National Intelligence", DNI."""
    parts = office.split(" (")[0].split()
    return "".join(w[0] for w in parts if w[:1].isupper())


def _the(name: str) -> str:
    """A body's name as it stands behind "of": "the Arab League", "NATO"."""
    return f"the {name}" if " " in name else name


def _plain(office: str | None) -> str:
    """An office for comparison: "Defence Minister" and "defense minister" are one."""
    return (office or "").lower().replace("defence", "defense").replace("adviser", "advisor")


def _alike(a: str | None, b: str) -> bool:
    """Whether two kinds of office are counterparts: heads of state and of government meet."""
    return a == b or (a in TOP and b in TOP)
