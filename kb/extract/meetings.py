"""Meetings: who came together with whom, told by a verb or by a noun."""

from __future__ import annotations

from kb.extract import arguments as arg
from kb.extract import flat
from kb.extract.events import Told
from kb.extract.mentions import Mention, Mentions
from kb.extract.settings import Settings
from kb.extract.sides import PEOPLE, Sides
from kb.extract.status import status_of
from kb.language.quotes import Quote
from kb.language.tree import Token, Tree
from kb.lexicon import MeetingFrame, meeting_nouns, meeting_verbs, words
from kb.model import Medium

_JOINED_BY = frozenset({"in", "for", "into", "to", "on", "at"})


class MeetingRules:
    """Applies the frames of ``meetings.toml`` to one article."""

    def __init__(
        self, tree: Tree, mentions: Mentions, settings: Settings, quotes: list[Quote]
    ) -> None:
        self.tree, self.mentions, self.settings, self.quotes = tree, mentions, settings, quotes
        self.sides = Sides(tree, mentions, settings.timing.tokens)

    def find(self) -> list[Told]:
        """All tellings, in the order of the text."""
        out: list[Told] = []
        for token in self.tree.tokens:
            verbal = token.tag.startswith("VB") and not flat.nominal(
                self.tree, self.mentions, token.i
            )
            frame = meeting_verbs().get(token.lemma) if verbal else None
            told: list[Told] = []
            if frame is not None:
                told = self._verb(token, frame)
            elif self._gerund(token):
                told = self._verb(token, meeting_verbs()["meet"])
            elif token.pos != "ADJ" and not verbal and token.lower in meeting_nouns():
                told = self._noun(token)
            if told and self._quoted(token):
                told = [t for t in told if all(self._named(m) for m in t.sides)]
            out += told
        return out

    def _gerund(self, token: Token) -> bool:
        """ "meeting X", whatever the tag: a noun does not take its object without a preposition."""
        following = self.mentions.at(token.i + 1)
        return (
            token.lower == "meeting"
            and following is not None
            and following.start == token.i + 1
            and following.kind in PEOPLE
            and self.mentions.at(token.i) is None
        )

    def _quoted(self, token: Token) -> bool:
        return any(q.covers(token.start, token.end) for q in self.quotes)

    @staticmethod
    def _named(mention: Mention) -> bool:
        return mention.kind in ("person", "role") and not mention.plural

    @staticmethod
    def _somebody(mention: Mention) -> bool:
        return mention.kind in PEOPLE

    @staticmethod
    def _personal(mention: Mention) -> bool:
        return mention.kind != "unknown" or len((mention.name or "").split()) >= 2

    @staticmethod
    def _official(mention: Mention) -> bool:
        """Whether unnamed people act for a state or body: no refugees, no tourists."""
        if mention.kind != "group":
            return True
        return bool(set(mention.text.lower().split()) & words("people", "group", "official"))

    @staticmethod
    def _plural(sides: list[Mention]) -> bool:
        return len(sides) > 1 or any(
            m.kind == "pair" or (m.plural and m.kind in ("role", "group", "pronoun")) for m in sides
        )

    def _audience(self, mention: Mention) -> bool:
        last = mention.text.lower().split()[-1] if mention.text else ""
        return last in words("meetings", "not_somebody", "audience")

    @staticmethod
    def _led(sides: list[Mention]) -> list[Mention]:
        """The participants without those who only come along: "the minister and senior aides"."""
        return [
            m
            for k, m in enumerate(sides)
            if not (
                k and m.plural and m.kind in ("group", "role") and not m.states
                and sides[k - 1].kind in ("person", "role") and not sides[k - 1].plural
                and 0 < m.start - sides[k - 1].end < 5
            )
        ]  # fmt: skip

    # -- verbs ------------------------------------------------------------------------------

    def _verb(self, verb: Token, frame: MeetingFrame) -> list[Told]:
        tree = self.tree
        if frame.particle and not self._has_particle(verb, frame.particle):
            return []
        if verb.rel == "amod" or (verb.tag == "VBG" and verb.rel == "compound"):
            return []
        passive = arg.is_passive(tree, verb)
        if passive and not frame.object:
            return []
        left = self.sides.subjects(verb, passive)
        if frame.sense == "call" and not (
            self._is_phone_call(verb) and all(self._somebody(m) for m in left)
        ):
            return []
        right = self._others(verb, frame, passive)
        if right is None:
            return []
        right = [m for m in right if m not in left and not self.sides.possessive(m)]
        if frame.host:
            left, right = self._hosted(verb, left, right)
        if frame.sense in ("speak", "tell"):
            right = self._listeners(frame, left, right)
        if not right and not self._together(verb, frame, left):
            return []
        if not left and not self._plural(right):
            return []
        groups = [right]
        if not passive and (self._apart(right) or self._unrelated(right)):
            groups = [[m] for m in right]
        out = []
        for group in groups:
            sides = self._led([m for m in (*left, *group) if self._personal(m)])
            out += self._told(verb, sides, frame.medium, (), f"verb:{frame.lemma}")
        return out

    def _together(self, verb: Token, frame: MeetingFrame, left: list[Mention]) -> bool:
        """Whether a plural subject alone makes a meeting: "the ministers met"; speaking needs a
        medium ("spoke by phone"), gathering needs people."""
        if not frame.joint or not self._plural(left):
            return False
        told_how = self.settings.medium(verb.i, "unknown") != "unknown"
        if frame.sense is not None and not (told_how or self._timed(verb)):
            return False
        return frame.lemma == "meet" or all(self._somebody(m) for m in left)

    def _timed(self, verb: Token) -> bool:
        """Whether people spoke on a day, to nobody else: "the two leaders spoke on Friday"."""
        following = self.tree.tokens[verb.i + 1 : verb.i + 3]
        return any(t.i in self.settings.timing.tokens for t in following)

    def _has_particle(self, verb: Token, particle: str) -> bool:
        following = self.tree.tokens[verb.i + 1 : verb.i + 2]
        return any(k.lower == particle for k in (*self.tree.children(verb.i), *following))

    def _others(self, verb: Token, frame: MeetingFrame, passive: bool) -> list[Mention] | None:
        """Who is met: the object and who follows "with"; None where the object is no actor."""
        tree = self.tree
        right: list[Mention] = []
        if frame.sense == "tell":
            return self.sides.after(verb.i, frozenset())
        if frame.object:
            objects = arg.patients(tree, verb)
            if any(tree[o].lower in words("meetings", "not_somebody", "objects") for o in objects):
                return None
            right += self.sides.of(objects)
            if not right and not passive and not objects:
                right += self.sides.after(verb.i, frozenset())
            elif objects and not right and not frame.with_:
                return None
        if frame.with_:
            with_ = self.sides.of(arg.obliques(tree, verb.i, frame.with_))
            with_ += [m for m in self.sides.introduced(verb.i, frame.with_) if m not in with_]
            right += [m for m in with_ if m not in right]
        return right

    def _hosted(
        self, verb: Token, left: list[Mention], right: list[Mention]
    ) -> tuple[list[Mention], list[Mention]]:
        """Host and guests: somebody is received, and nothing is done to him beside."""
        if any(self.tree.children(verb.i, "ccomp", "xcomp")):
            return left, []
        guests = [m for m in right if self._somebody(m) and self._official(m)]
        return [m for m in left if m.kind != "unknown"], guests

    def _listeners(
        self, frame: MeetingFrame, left: list[Mention], right: list[Mention]
    ) -> list[Mention]:
        """Those spoken with, where it is a talk and no speech, interview or announcement."""
        right = [m for m in right if not self._audience(m) and m.kind != "unknown"]
        if frame.sense == "tell":
            official = all(m.kind in ("person", "role") and not m.plural for m in (*left, *right))
            return right if official and len(left) == 1 and len(right) == 1 else []
        if frame.lemma == "discuss" and not all(
            self._somebody(m) or m.kind == "state" for m in right
        ):
            return []
        return right

    def _apart(self, right: list[Mention]) -> bool:
        """ "met with A and with B": two meetings."""
        if len(right) < 2:
            return False
        between = self.tree.tokens[right[0].end : right[-1].start]
        return any(
            t.lower == "with" and self.tree[t.i - 1].lower in ("and", ",", "also") for t in between
        )

    @staticmethod
    def _unrelated(right: list[Mention]) -> bool:
        """ "met with officials, executives and scholars": nobody says that they sat together."""
        unnamed = [m for m in right if m.kind in ("group", "role") and m.plural and not m.states]
        return len(right) > 1 and len(unnamed) == len(right)

    def _is_phone_call(self, verb: Token) -> bool:
        """ "called the minister on Monday", not "called the minister a liar" or "called for talks"."""
        mention = self.mentions.at(verb.i + 1)
        if mention is None or mention.start != verb.i + 1:
            return False
        after = self.tree.tokens[mention.end : mention.end + 1]
        plain = not after or after[0].lower in words("meetings", "call", "followed_by")
        timed = bool(after) and after[0].i in self.settings.timing.tokens
        return mention.kind in ("person", "role") and (plain or timed)

    # -- nouns ------------------------------------------------------------------------------

    def _noun(self, noun: Token) -> list[Told]:
        frame = meeting_nouns()[noun.lower]
        if self._no_meeting(noun):
            return []
        sides = self._noun_sides(noun) or self._together_at(noun)
        own = len(sides)
        verb = self._light_verb(noun)
        anchors: tuple[int, ...] = (verb.i,) if verb is not None else ()
        complete = self._plural(sides) and verb is not None and verb.lemma not in (
            words("meetings", "light", "verbs")
        )  # fmt: skip
        if verb is not None and not complete:
            carried = self._verb_sides(verb, noun)
            sides = [*(m for m in carried if m not in sides), *sides]
        if (
            sides
            and len(sides) == own
            and (not self._plural(sides) or self._with_only(noun, sides))
        ):
            sides = self._from_clause(noun, sides)
        sides = self._led([m for m in sides if self._personal(m) and not self._audience(m)])
        if frame.weak and (not own or not self._plural(sides)):
            return []
        if frame.vague and (
            verb is None or verb.lemma not in words("meetings", "light", "holding")
        ):
            return []
        if not sides or not self._plural(sides):
            return self._reference(noun, anchors)
        groups = [sides]
        if (
            noun.lower in words("meetings", "plural", "nouns")
            and len(sides) > 2
            and own == len(sides) - 1
        ):
            groups = [[sides[0], other] for other in sides[1:]]
        out = []
        for group in groups:
            out += self._told(noun, group, frame.medium, anchors, f"noun:{noun.lower}")
        return out

    def _together_at(self, noun: Token) -> list[Mention]:
        """ "A and B agreed during a phone call": a plural subject, and a meeting of no one else."""
        before = flat.introduced_by(self.tree, self.mentions, noun.i).split()[-1:]
        first = self.tree[flat.phrase_start(self.tree, self.mentions, noun.i)]
        indefinite = first.lower in ("a", "an") or noun.lower in words("meetings", "plural", "bare")
        if (
            not indefinite
            or not set(before) <= words("meetings", "prepositions", "at")
            or not before
        ):
            return []
        subject = self.sides.of(arg.clause_subject(self.tree, noun.i))
        subject = subject or self.sides.before_clause(noun.i)
        several = len(subject) > 1 or any(m.kind == "pair" or len(m.states) > 1 for m in subject)
        known = all(m.kind in ("person", "role", "state", "pair") for m in subject)
        return subject if several and known else []

    def _no_meeting(self, noun: Token) -> bool:
        tree = self.tree
        mention = self.mentions.at(noun.i)
        if mention is not None and mention.kind not in ("unknown", "organization"):
            return True
        if noun.rel == "compound" and tree[noun.head].lower not in meeting_nouns():
            return True  # "summit declaration", "call centre"
        following = tree.tokens[noun.i + 1 : noun.i + 2]
        if noun.lower in ("call", "calls") and any(
            t.lower in ("for", "to", "on") for t in following
        ):
            return any(
                t.lower != "on" or self.settings.timing.at(t.i + 1) is None for t in following
            )
        return False

    def _reference(self, noun: Token, anchors: tuple[int, ...]) -> list[Told]:
        """ "The meeting, in Rome, lasted two hours": no sides of its own, but a date or a place for
        the meeting told before."""
        before = self.tree.tokens[max(0, noun.i - 4) : noun.i]
        if not any(t.lower in ("the", "their", "this") for t in before):
            return []
        told = self._told(
            noun, [], meeting_nouns()[noun.lower].medium, anchors, f"back:{noun.lower}"
        )
        return [t for t in told if t.date or t.place]

    def _noun_sides(self, noun: Token) -> list[Mention]:
        tree = self.tree
        sides: list[Mention] = []

        def take(found: list[Mention]) -> None:
            sides.extend(m for m in found if m not in sides)

        for owner in arg.possessors(tree, noun):
            take(self.sides.owners(noun, owner))
        between = words("meetings", "prepositions", "sides")
        take(self.sides.of(arg.obliques(tree, noun.i, between)))
        take(self.sides.introduced(noun.i, between))
        of = self.sides.of(arg.obliques(tree, noun.i, words("meetings", "prepositions", "of")))
        of = [m for m in of if m.kind not in ("unknown", "organization")]
        if self._plural(of):
            take(of)
        for clause in tree.children(noun.i, "relcl", "acl"):
            if clause.lemma in words("meetings", "delegation", "including"):
                take(self.sides.of(arg.patients(tree, clause)))
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
        carrying = light.union(
            *(words("governors", s, "verbs") for s in ("planned", "proposed", "cancelled"))
        )
        if head.is_verb and top.rel in ("obj", "subj_pass") and head.lemma in carrying:
            return head
        happens = words("meetings", "light", "happen")
        if head.is_verb and top.rel == "subj" and head.lemma in happens:
            return head
        joins = head.lemma in light or head.lemma in words("meetings", "light", "joining")
        if head.is_verb and top.rel == "obl" and joins and set(top.case) & _JOINED_BY:
            return head
        if top.rel in ("acl", "relcl"):
            return None
        return next(
            (k for k in self.tree.children(noun.i, "acl", "relcl") if k.lemma in light), None
        )

    def _verb_sides(self, verb: Token, noun: Token) -> list[Mention]:
        tree = self.tree
        found: list[Mention] = []
        if noun.rel not in ("subj", "subj_pass") and tree.first_conjunct(noun.i) != verb.i:
            if arg.is_passive(tree, verb):
                found = self.sides.of([i for i in arg.agents(tree, verb) if i != noun.i])
            else:
                found = self.sides.subjects(verb, False)
        elif arg.is_passive(tree, verb):
            found = self.sides.of(arg.agents(tree, verb))
        with_ = self.sides.of(
            arg.obliques(tree, verb.i, words("meetings", "prepositions", "sides"))
        )
        return found + [m for m in with_ if m not in found]

    def _from_clause(self, noun: Token, sides: list[Mention]) -> list[Mention]:
        """One side told with the noun, the other the clause's subject: "after talks with X, Y
        said"."""
        if noun.rel in ("subj", "subj_pass", "root", "appos") or not self._with_only(noun, sides):
            return sides
        around = words("meetings", "of_a_meeting", "nouns")
        if noun.rel == "nmod" and self.tree[noun.head].lower not in around:
            owner = self.tree.children(noun.head, "poss")
            if owner:
                return [*self.sides.of([owner[0].i]), *sides]
            if flat.introduced_by(self.tree, self.mentions, noun.i).endswith((" of", " about")):
                return sides  # "spoke of talks with"
        subject = self.sides.of(arg.clause_subject(self.tree, noun.i))
        if not any(m not in sides for m in subject):
            subject = self.sides.before_clause(noun.i)
        return [
            m
            for m in subject
            if m not in sides and m.kind in ("person", "role", "pronoun", "group", "state")
        ] + sides

    def _with_only(self, noun: Token, sides: list[Mention]) -> bool:
        """Whether all that the noun's own phrase tells stands behind "with"."""
        between = [t.lower for t in self.tree.tokens[noun.i + 1 : sides[0].start]]
        return noun.i < sides[0].start and "with" in between

    def _happening(self, trigger: Token) -> tuple[int, ...]:
        """The verb that a meeting is the subject of: "the talks broke down in Rome"."""
        head = self.tree[trigger.head]
        return (head.i,) if trigger.rel in ("subj", "subj_pass") and head.is_verb else ()

    # -- together ---------------------------------------------------------------------------

    def _told(
        self,
        trigger: Token,
        sides: list[Mention],
        medium: Medium,
        anchors: tuple[int, ...],
        rule: str,
    ) -> list[Told]:
        finding = status_of(self.tree, self.mentions, trigger.i)
        if finding is None:
            return []
        return [
            Told(
                trigger=trigger.i,
                sentence=trigger.sentence,
                status=finding.status,
                source=finding.source,
                borrowed=finding.borrowed,
                present=finding.present,
                sides=sides,
                medium=self.settings.medium(trigger.i, medium, *anchors),
                date=self.settings.timing.date(trigger.i, finding.status, anchors, finding.present),
                place=self.settings.place(trigger.i, *anchors, *self._happening(trigger)),
                rule=rule,
                another=self._another(trigger),
            )
        ]

    def _another(self, trigger: Token) -> bool:
        """ "a meeting": one not told before."""
        first = self.tree[flat.phrase_start(self.tree, self.mentions, trigger.i)]
        return trigger.pos == "NOUN" and first.lower in ("a", "an", "another")
