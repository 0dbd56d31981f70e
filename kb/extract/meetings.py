"""Meetings: who came together with whom, told by a verb or by a noun."""

from __future__ import annotations

from kb.extract import arguments as arg
from kb.extract.events import Told
from kb.extract.mentions import Mention, Mentions
from kb.extract.settings import Settings
from kb.extract.status import status_of
from kb.language.quotes import Quote
from kb.language.tree import Token, Tree
from kb.lexicon import MeetingFrame, meeting_nouns, meeting_verbs, words
from kb.model import Medium

_ACTING = frozenset(
    {"person", "role", "state", "organization", "group", "pronoun", "pair", "unknown"}
)


class MeetingRules:
    """Applies the frames of ``meetings.toml`` to one article."""

    def __init__(
        self, tree: Tree, mentions: Mentions, settings: Settings, quotes: list[Quote]
    ) -> None:
        self.tree, self.mentions, self.settings, self.quotes = tree, mentions, settings, quotes

    def find(self) -> list[Told]:
        out: list[Told] = []
        for token in self.tree.tokens:
            if self._quoted(token):
                continue
            frame = meeting_verbs().get(token.lemma) if token.tag.startswith("VB") else None
            told = None
            if frame is not None:
                told = self._verb(token, frame)
            elif token.pos in ("NOUN", "PROPN") and token.lower in meeting_nouns():
                told = self._noun(token)
            if told is not None:
                out.append(told)
        return out

    def _quoted(self, token: Token) -> bool:
        return any(q.covers(token.start, token.end) for q in self.quotes)

    # -- sides ------------------------------------------------------------------------------

    def _mention(self, i: int) -> list[Mention]:
        found = self.mentions.at(i)
        if found is None:
            # an argument whose head no mention covers: "a group of senators", "two of the ministers"
            for kid in self.tree.children(i, "nmod"):
                if kid.case == ("of",):
                    return [
                        m for k in arg.with_conjuncts(self.tree, kid.i) for m in self._mention(k)
                    ]
            return []
        return [found]

    def _sides(self, tokens: list[int]) -> list[Mention]:
        out: list[Mention] = []
        for i in tokens:
            for mention in self._mention(i):
                for one in (mention, *self._listed_after(mention)):
                    if one.kind in _ACTING and one not in out:
                        out.append(one)
        return out

    def _listed_after(self, mention: Mention) -> list[Mention]:
        """Mentions in one list with this one ("A, B and C"), where the tree lost the coordination:
        nothing but commas and "and" between them, and none the subject of something else."""
        out: list[Mention] = []
        end, last = mention.end, mention.end
        limit = self.tree.sentence_of(mention.start).end
        joined = False
        while end < limit:
            token = self.tree[end]
            if token.lower in (",", "and", "&") or (
                joined and token.lower in ("as", "well", "also")
            ):
                joined = True
                end += 1
                continue
            found = self.mentions.at(end)
            if not joined or found is None or found.start != end or found.kind == "pronoun":
                break
            if found.kind != mention.kind and {found.kind, mention.kind} & {
                "state",
                "organization",
                "unknown",
                "place",
            }:
                break
            head = self.tree[end]
            if head.rel in ("subj", "subj_pass") and head.head > end:
                break
            out.append(found)
            end = last = found.end
            joined = False
        return out if out and self._closed_list(mention.end, last) else []

    def _closed_list(self, start: int, end: int) -> bool:
        return any(self.tree[i].lower in ("and", "&") for i in range(start, end))

    @staticmethod
    def _somebody(mention: Mention) -> bool:
        return mention.kind in ("person", "role", "group", "pronoun", "pair")

    def _audience(self, mention: Mention) -> bool:
        last = mention.text.lower().split()[-1] if mention.text else ""
        return last in words("meetings", "not_somebody", "audience")

    # -- verbs ------------------------------------------------------------------------------

    def _verb(self, verb: Token, frame: MeetingFrame) -> Told | None:
        tree = self.tree
        if frame.particle and not any(k.lower == frame.particle for k in tree.children(verb.i)):
            return None
        if verb.rel == "amod" or (verb.tag == "VBG" and verb.rel == "compound"):
            return None
        left = self._sides(arg.agents(tree, verb))
        right: list[Mention] = []
        passive = arg.is_passive(tree, verb)
        if frame.object:
            objects = arg.patients(tree, verb)
            if any(tree[o].lower in words("meetings", "not_somebody", "objects") for o in objects):
                return None
            right += self._sides(objects)
        with_ = self._sides(arg.obliques(tree, verb.i, frame.with_)) if frame.with_ else []
        right += [m for m in with_ if m not in right]
        if passive and not frame.object:
            return None
        sense = frame.sense
        if sense == "call" and not self._is_phone_call(verb):
            return None
        if frame.host:
            right = [
                m
                for m in right
                if self._somebody(m) and not (m.kind == "group" and not m.states and not m.plural)
            ]
            left = [m for m in left if m.kind != "unknown"]
            if any(tree.children(verb.i, "ccomp", "xcomp")):
                return None
        if sense == "speak":
            right = [m for m in right if not self._audience(m) and m.kind != "unknown"]
            if not right and not (frame.joint and self._plural(left) and self._by_medium(verb)):
                return None
            if verb.lemma == "speak" and not with_ and not self._by_medium(verb):
                return None
        if not right:
            if not frame.joint or not self._plural(left):
                return None
            if frame.lemma in ("gather", "assemble", "convene") and not all(
                m.kind in ("person", "role", "group", "pair") for m in left
            ):
                return None
        if not left and not self._plural(right):
            return None
        sides = left + [m for m in right if m not in left]
        sides = [m for m in sides if m.kind != "unknown" or self._personal(m)]
        return self._told(verb, sides, frame.medium, (), f"verb:{frame.lemma}")

    def _is_phone_call(self, verb: Token) -> bool:
        kids = self.tree.children(verb.i)
        if any(k.rel in ("xcomp", "ccomp", "prt") for k in kids):
            return False
        objects = self.tree.children(verb.i, "obj")
        if len(objects) != 1:
            return False
        mention = self.mentions.at(objects[0].i)
        after = objects[0].i + 1
        nxt = self.tree[after] if after < len(self.tree) else None
        plain = nxt is None or nxt.lower in (
            ",",
            ".",
            "on",
            "to",
            "and",
            "after",
            "before",
            "this",
            "last",
        )
        return mention is not None and mention.kind in ("person", "role") and plain

    def _by_medium(self, verb: Token) -> bool:
        return self.settings.medium(verb.i, "unknown", verb.i) != "unknown"

    def _personal(self, mention: Mention) -> bool:
        return bool(mention.name) and len((mention.name or "").split()) >= 2

    @staticmethod
    def _plural(sides: list[Mention]) -> bool:
        return len(sides) > 1 or any(
            m.kind == "pair" or (m.plural and m.kind in ("role", "group", "pronoun")) for m in sides
        )

    # -- nouns ------------------------------------------------------------------------------

    def _noun(self, noun: Token) -> Told | None:
        tree = self.tree
        frame = meeting_nouns()[noun.lower]
        mention = self.mentions.at(noun.i)
        if mention is not None and mention.kind not in ("unknown", "organization"):
            return None
        if noun.rel == "compound" and tree[noun.head].lower not in meeting_nouns():
            return None  # "summit declaration", "call centre"
        medium: Medium = frame.medium
        sides = self._noun_sides(noun)
        told_here = bool(sides)
        verb = self._light_verb(noun)
        anchors: tuple[int, ...] = (verb.i,) if verb is not None else ()
        if verb is not None:
            carried = self._verb_sides(verb, noun)
            sides += [m for m in carried if m not in sides]
        elif len(sides) == 1 and not self._plural(sides):
            sides = self._from_clause(noun, sides)
        sides = [m for m in sides if m.kind != "unknown" or self._personal(m)]
        if not sides or not self._plural(sides):
            return None
        if frame.weak and not told_here and verb is None:
            return None
        if any(self._audience(m) for m in sides):
            return None
        if noun.lower in ("call", "calls") and any(
            c.lower in ("for", "to", "on") for c in self._next(noun)
        ):
            return None
        return self._told(noun, sides, medium, anchors, f"noun:{noun.lower}")

    def _next(self, noun: Token) -> list[Token]:
        return self.tree.tokens[noun.i + 1 : noun.i + 2]

    def _noun_sides(self, noun: Token) -> list[Mention]:
        tree = self.tree
        sides: list[Mention] = []

        def take(found: list[Mention]) -> None:
            sides.extend(m for m in found if m not in sides)

        for owner in tree.children(noun.i, "poss"):
            take(self._sides(arg.with_conjuncts(tree, owner.i)))
        take(self._sides(arg.obliques(tree, noun.i, words("meetings", "prepositions", "sides"))))
        of = self._sides(arg.obliques(tree, noun.i, words("meetings", "prepositions", "of")))
        if self._plural(of):
            take([m for m in of if m.kind not in ("unknown",)])
        if not sides:
            take(self._compound_sides(noun))
        return sides

    def _compound_sides(self, noun: Token) -> list[Mention]:
        """ "the Xi-Biden meeting", "US-China talks": two sides joined by a dash before the noun."""
        tree = self.tree
        found: list[Mention] = []
        dash = False
        i = noun.i - 1
        first = tree.sentence_of(noun.i).start
        while i >= first and noun.i - i < 9:
            token = tree[i]
            mention = self.mentions.at(i)
            if token.text in ("-", "–", "—", "/"):
                dash = True
            elif mention is not None and mention.kind in ("person", "state", "organization"):
                found.insert(0, mention)
                i = mention.start
            elif token.pos not in ("ADJ", "NOUN", "PROPN", "NUM"):
                break
            i -= 1
        return found if dash and len(found) >= 2 else []

    def _light_verb(self, noun: Token) -> Token | None:
        """The verb that only carries the noun: "held talks", "talks took place"."""
        top = self.tree[self.tree.first_conjunct(noun.i)]
        head = self.tree[top.head]
        light = words("meetings", "light", "verbs")
        listed = light | words("governors", "planned", "verbs") | words("governors", "proposed", "verbs") | words("governors", "cancelled", "verbs")  # fmt: skip
        if head.is_verb and top.rel in ("obj", "subj_pass") and head.lemma in listed:
            return head
        if (
            head.is_verb
            and top.rel == "subj"
            and head.lemma in words("meetings", "light", "happen")
        ):
            return head
        if head.is_verb and top.rel == "obl" and head.lemma in light | {"meet", "agree", "engage"}:
            if set(top.case) & {"in", "for", "into", "to", "on", "at"}:
                return head
        if top.rel in ("acl", "relcl"):
            return None
        acl = next(
            (k for k in self.tree.children(noun.i, "acl", "relcl") if k.lemma in light), None
        )
        return acl

    def _verb_sides(self, verb: Token, noun: Token) -> list[Mention]:
        tree = self.tree
        sides = []
        if noun.rel not in ("subj", "subj_pass") and tree.first_conjunct(noun.i) != verb.i:
            sides = self._sides([i for i in arg.agents(tree, verb) if i != noun.i])
        elif arg.is_passive(tree, verb):
            sides = self._sides(arg.agents(tree, verb))
        with_ = self._sides(arg.obliques(tree, verb.i, words("meetings", "prepositions", "sides")))
        return sides + [m for m in with_ if m not in sides]

    def _from_clause(self, noun: Token, sides: list[Mention]) -> list[Mention]:
        """One side told with the noun, the other the clause's subject: "after talks with X, Y said"."""
        if noun.rel not in ("obl", "nmod", "obj", "conj") or not self._with_only(noun):
            return sides
        if noun.rel == "nmod" and self.tree[noun.head].lower not in (
            "sidelines",
            "day",
            "start",
            "end",
        ):
            owner = self.tree.children(noun.head, "poss")
            if owner:
                return self._sides([owner[0].i]) + sides
        subject = self._sides(arg.clause_subject(self.tree, noun.i))
        return [
            m
            for m in subject
            if m not in sides and m.kind in ("person", "role", "pronoun", "group", "state")
        ] + sides

    def _with_only(self, noun: Token) -> bool:
        return bool(arg.obliques(self.tree, noun.i, frozenset({"with"})))

    # -- together ---------------------------------------------------------------------------

    def _told(
        self,
        trigger: Token,
        sides: list[Mention],
        medium: Medium,
        anchors: tuple[int, ...],
        rule: str,
    ) -> Told | None:
        finding = status_of(self.tree, trigger.i)
        if finding is None:
            return None
        status = finding.status
        return Told(
            trigger=trigger.i,
            sentence=trigger.sentence,
            status=status,
            source=finding.source,
            sides=sides,
            medium=self.settings.medium(trigger.i, medium, *anchors),
            date=self.settings.date(trigger.i, status, anchors),
            place=self.settings.place(trigger.i, *anchors),
            rule=rule,
        )
