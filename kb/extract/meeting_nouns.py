"""Meetings told by a noun: "talks between", "his meeting with", "held a summit"."""

from __future__ import annotations

from dataclasses import replace

from kb.extract import arguments as arg
from kb.extract import flat, partners
from kb.extract.events import Told
from kb.extract.governors import negated
from kb.extract.meeting_reader import MeetingReader
from kb.extract.mentions import Mention
from kb.language.tree import Token
from kb.lexicon import meeting_nouns, words

_REACH = 6  # tokens from a meeting to "that included"
_JOINED_BY = frozenset({"in", "for", "into", "to", "on", "at"})


class NounRules(MeetingReader):
    """Applies the meeting nouns of ``meetings.toml``, with the verbs that carry them."""

    def read(self, noun: Token) -> list[Told]:
        """What a noun tells; of one without sides what it adds to the meeting told before."""
        frame = meeting_nouns()[noun.lower]
        if self._no_meeting(noun):
            return []
        verb = self._light_verb(noun) or self._kept_out(noun)
        sides = self._noun_sides(noun)
        joins = not sides and self._joins(noun, verb)
        sides = sides if sides or joins else self._together_at(noun)
        own = len(sides)
        anchors: tuple[int, ...] = (verb.i,) if verb is not None else ()
        if noun.rel == "subj" and (adjoined := self._adjunct_of(noun)) is not None:
            anchors, verb = (adjoined.i,), None
        complete = partners.plural(sides) and verb is not None and verb.lemma not in (
            words("meetings", "light", "verbs")
        )  # fmt: skip
        if verb is not None and not complete:
            carried = self._verb_sides(verb, noun)
            sides = [*(m for m in carried if m not in sides), *sides]
        if (
            sides
            and len(sides) == own
            and (not partners.plural(sides) or self._with_only(noun, sides))
        ):
            sides = self._from_clause(noun, sides)
            if len(sides) == own and self._with_only(noun, sides):
                return []  # "the state of talks with X": whose, is not told
        sides = partners.without_companions(
            self.tree, [m for m in sides if partners.personal(m) and not partners.audience(m)]
        )
        holding = verb is not None and verb.lemma in words("meetings", "light", "holding")
        held = frame.social or frame.medium != "in-person"
        together = holding and held and not frame.vague  # "they had a call", "had dinner"
        if joins and sides and all(map(partners.named, sides)):
            told = self.tell(noun, sides, frame.medium, anchors, f"noun:{noun.lower}")
            return [replace(one, joins=True) for one in told]
        if frame.weak and not (own or together):
            return []
        if frame.weak and not partners.plural(sides):
            return []
        if frame.vague and not holding:
            return []
        if self._kept_up(noun, verb):
            return []
        if not sides or not partners.plural(sides):
            return self._reference(noun, anchors)
        groups = [sides]
        modifiers = {k.lower for k in self.tree.children(noun.i, "amod", "compound")}
        each = modifiers & words("meetings", "separate", "words") or (
            own > 1 and len(sides) > 1 and self.sides.elsewhere(sides[-2], sides[-1])
        )
        if (
            (each or noun.lower in words("meetings", "plural", "nouns"))
            and len(sides) > 2
            and own == len(sides) - 1
        ):
            groups = [[sides[0], other] for other in sides[1:]]
        out = []
        for group in groups:
            out += self.tell(
                noun, group, frame.medium, anchors, f"noun:{noun.lower}", len(groups) > 1
            )
        return out

    def _kept_up(self, noun: Token, verb: Token | None) -> bool:
        """ "agreed to continue their dialogue": no meeting, unless a day is told."""
        lasting = verb is not None and verb.lemma in words("meetings", "light", "lasting")
        if verb is None or not lasting or verb.tag != "VB" or noun.rel != "obj":
            return False
        sentence = noun.sentence
        return not self.settings.timing.dates.get(sentence)

    def _kept_out(self, noun: Token) -> Token | None:
        """The verb of "was not invited to the summit"."""
        verb = self.tree[noun.head]
        invited = verb.lemma == "invite" and noun.rel == "obl" and arg.is_passive(self.tree, verb)
        return verb if invited and negated(self.tree, verb) else None

    def _joins(self, noun: Token, verb: Token | None) -> bool:
        """Whether a verb only says who else was there: "joined the call", "the meeting was also
        attended by"."""
        start = flat.phrase_start(self.tree, self.mentions, noun.i)
        phrase = [t.lower.split()[0] for t in self.tree.tokens[start : noun.i]]
        definite = bool(words("meetings", "attendance", "definite").intersection(phrase))
        taking_part = words("meetings", "attendance", "verbs")
        away = words("meetings", "attendance", "away")
        return verb is not None and definite and verb.lemma in taking_part | away | {"invite"}

    def _together_at(self, noun: Token) -> list[Mention]:
        """ "A and B agreed during a phone call": a plural subject, and a meeting of no one else."""
        before = flat.introduced_by(self.tree, self.mentions, noun.i).split()[-1:]
        first = self.tree[flat.phrase_start(self.tree, self.mentions, noun.i)]
        told_of = first.lower in words("people", "determiners", "definite")
        bare = noun.lower in words("meetings", "plural", "bare") and not told_of
        indefinite = first.lower in ("a", "an") or bare
        if (
            not indefinite
            or not set(before) <= words("meetings", "prepositions", "at")
            or not before
        ):
            return []
        subject = self.sides.of(arg.clause_subject(self.tree, noun.i))
        subject = subject or self.sides.before_clause(noun.i)
        if len(subject) == 1:  # "urged X in a phone call"
            clause = self.tree.clause_of(noun.i)
            with_ = words("meetings", "prepositions", "with")
            found = [*arg.patients(self.tree, clause), *arg.obliques(self.tree, clause.i, with_)]
            told = self.sides.of(found, lists=False)
            subject += [m for m in told if partners.named(m) and m not in subject]
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
        demand = noun.lower in ("call", "calls") and not self._by_phone(noun)
        if demand and any(t.lower in ("for", "to", "on") for t in following):
            return following[0].lower != "on" or self.settings.timing.at(noun.i + 2) is None
        return False

    def _by_phone(self, noun: Token) -> bool:
        """ "a phone call to discuss": no call to do something."""
        modifiers = {k.lower for k in self.tree.children(noun.i, "compound", "amod")}
        return bool(
            modifiers & (words("meetings", "media", "phone") | words("meetings", "media", "video"))
        )

    def _reference(self, noun: Token, anchors: tuple[int, ...]) -> list[Told]:
        """ "The meeting, in Rome, lasted two hours": no sides of its own, but a date or a place for
        the meeting told before."""
        before = self.tree.tokens[max(0, noun.i - 4) : noun.i]
        if not any(t.lower in ("the", "their", "this") for t in before):
            return []
        told = self.tell(
            noun, [], meeting_nouns()[noun.lower].medium, anchors, f"back:{noun.lower}"
        )
        return [t for t in told if t.date or t.place]

    def _noun_sides(self, noun: Token) -> list[Mention]:
        tree = self.tree
        sides: list[Mention] = []

        def take(found: list[Mention]) -> None:
            sides.extend(m for m in found if m not in sides)

        for owner in self._owners(noun):
            take(self.sides.owners(noun, owner))
        between = words("meetings", "prepositions", "sides")
        take(self.sides.of(arg.obliques(tree, noun.i, between)))
        take(self.sides.introduced(noun.i, between))
        taking = words("meetings", "call", "taking")
        if noun.lower in words("meetings", "call", "nouns") and tree[noun.head].lemma in taking:
            take(self.sides.of(arg.obliques(tree, noun.i, words("meetings", "call", "from"))))
            take(self.sides.introduced(noun.i, words("meetings", "call", "from")))
        of = self.sides.of(arg.obliques(tree, noun.i, words("meetings", "prepositions", "of")))
        bodies = [m for m in of if m.kind == "organization"]
        if len(bodies) < len(of) or len(bodies) < 2:  # "a summit of NATO" is no meeting with it
            of = [m for m in of if m.kind not in ("unknown", "organization")]
        weak = meeting_nouns()[noun.lower].weak
        if partners.plural(of) and not weak:
            take(of)
        elif len(of) == len(sides) == 1 and not weak and self._met_with(noun):
            sides = [*of, *sides]
        take(self._included(noun))
        for clause in tree.children(noun.i, "relcl", "acl"):
            if clause.lemma in words("meetings", "delegation", "including"):
                take(self.sides.of(arg.patients(tree, clause)))
            attended = clause.lemma in words("meetings", "light", "by")
            if attended and arg.is_passive(tree, clause):  # "a summit attended by A and B"
                by = self.sides.of(arg.agents(tree, clause))
                take(by or self.sides.introduced(clause.i, words("meetings", "light", "agents")))
        if not sides:
            take(self._compound_sides(noun))
        return sides

    def _met_with(self, noun: Token) -> bool:
        """ "the meeting of A with B"."""
        other = words("meetings", "prepositions", "with")
        return bool(arg.obliques(self.tree, noun.i, other))

    def _owners(self, noun: Token) -> list[Token]:
        """Whose meeting it is; a day owns none ("Tuesday's meeting")."""
        found = arg.possessors(self.tree, noun)
        return [o for o in found if self.settings.timing.at(o.i) is None]

    def _included(self, noun: Token) -> list[Mention]:
        """ "a meeting in Rome that included X": by the words, as the tree may hang it on Rome."""
        limit = self.tree.sentence_of(noun.i).end - 1
        for k in range(noun.i + 1, min(limit, noun.i + _REACH)):
            if self.tree[k].is_verb or self.tree[k].lower == ",":
                return []
            if self.tree[k].lower in ("that", "which") and self.tree[k + 1].lemma == "include":
                return self.sides.list_at(k + 2)
        return []

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
        top = self.tree[self.tree.first_conjunct(self._measured(noun).i)]
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

    def _measured(self, noun: Token) -> Token:
        """ "four hours of talks", "part in the talks": the hours stand in the clause for the
        talks."""
        head = self.tree[noun.head]
        if noun.rel == "nmod" and noun.case == ("in",) and head.lower == "part":
            return head
        of = noun.rel == "nmod" and noun.case == ("of",)
        return head if of and head.lemma in words("meetings", "of_a_meeting", "measures") else noun

    def _verb_sides(self, verb: Token, noun: Token) -> list[Mention]:
        tree = self.tree
        found: list[Mention] = []
        if verb.rel == "relcl" and verb.head == noun.i and not arg.is_passive(tree, verb):
            found = self.sides.subjects(verb, False)  # "the talks that A and B held"
        elif noun.rel not in ("subj", "subj_pass") and tree.first_conjunct(noun.i) != verb.i:
            if arg.is_passive(tree, verb):
                found = self.sides.of([i for i in arg.agents(tree, verb) if i != noun.i])
            else:
                found = self.sides.subjects(verb, False)
        elif arg.is_passive(tree, verb):
            found = self.sides.of(arg.agents(tree, verb))
        if verb.lemma == "invite":
            found = self.sides.of(arg.patients(tree, verb))
        with_ = self.sides.of(
            arg.obliques(tree, verb.i, words("meetings", "prepositions", "sides"))
        )
        return found + [m for m in with_ if m not in found]

    def _from_clause(self, noun: Token, sides: list[Mention]) -> list[Mention]:
        """One side told with the noun, the other the clause's subject: "after talks with X, Y
        said"."""
        if not self._with_only(noun, sides):
            return sides
        if noun.rel in ("subj", "subj_pass", "root", "appos"):
            verb = self._adjunct_of(noun)
            before = self.sides.before(verb.i) if verb is not None else []
            return [*(m for m in before if m not in sides), *sides]
        around = words("meetings", "of_a_meeting", "nouns")
        if noun.rel == "nmod" and self.tree[noun.head].lower not in around:
            owner = self.tree.children(noun.head, "poss")
            if owner:
                return [*self.sides.of([owner[0].i]), *sides]
            if flat.introduced_by(self.tree, self.mentions, noun.i).endswith((" of", " about")):
                return sides  # "spoke of talks with"
        if noun.rel == "obl" and self._spoken_of(noun):
            return sides  # "informed him of the talks with"
        subject = self.sides.of(arg.clause_subject(self.tree, noun.i))
        if not any(m not in sides for m in subject):
            subject = self.sides.before_clause(noun.i)
        return [
            m
            for m in subject
            if m not in sides and m.kind in ("person", "role", "pronoun", "group", "state")
        ] + sides

    def _spoken_of(self, noun: Token) -> bool:
        """Whether the talks are what somebody is told about: whose they are, is not said."""
        told = self.tree[noun.head].lemma in words("meetings", "light", "telling")
        before = f" {flat.introduced_by(self.tree, self.mentions, noun.i)}"
        ahead = any(before.endswith(f" {p}") for p in words("governors", "planned", "prepositions"))
        return told and not ahead and noun.case in (("of",), ("about",), ("on",))

    def _adjunct_of(self, noun: Token) -> Token | None:
        """The verb before "after talks": an adjunct by the words, if not by the tree."""
        before = flat.introduced_by(self.tree, self.mentions, noun.i).split()[-1:]
        adjunct = bool(before) and set(before) <= words("meetings", "prepositions", "at")
        return flat.verb_before(self.tree, noun.i) if adjunct else None

    def _with_only(self, noun: Token, sides: list[Mention]) -> bool:
        """Whether all that the noun's own phrase tells stands behind "with"."""
        if self._owners(noun):
            return False
        between = [t.lower for t in self.tree.tokens[noun.i + 1 : sides[0].start]]
        return noun.i < sides[0].start and bool(
            {"with", *words("meetings", "delegation", "told_in")} & set(between)
        )
