"""Meetings told by a verb: "met", "received", "spoke by phone with"."""

from __future__ import annotations

from kb.extract import arguments as arg
from kb.extract import partners
from kb.extract.events import Told
from kb.extract.meeting_reader import MeetingReader
from kb.extract.mentions import Mention
from kb.language.tree import Token
from kb.lexicon import MeetingFrame, words

_MEASURE = 6  # tokens up to the unit of "more than two and a half hours"
_BEHEST = 14  # tokens from "gathered" to "at the behest of X"
_OCCASIONS = frozenset({"for", "at", "in", "on", "aboard"})
_ALSO = 8  # tokens between two that are met one after the other


class VerbRules(MeetingReader):
    """Applies the verb frames of ``meetings.toml``."""

    def read(self, verb: Token, frame: MeetingFrame) -> list[Told]:
        """What a verb with its frame tells; nothing where nobody meets."""
        tree = self.tree
        if frame.particle and not self._has_particle(verb, frame.particle):
            return []
        if verb.rel == "amod" or (verb.tag == "VBG" and verb.rel == "compound"):
            return []
        passive = arg.is_passive(tree, verb)
        if passive and not frame.object:
            return []
        left = self.sides.subjects(verb, passive)
        if passive and not left:
            left = self.sides.introduced(verb.i, words("meetings", "light", "agents"))
        if frame.sense == "call" and not (
            self._is_phone_call(verb) and all(partners.somebody(m) for m in left)
        ):
            return []
        if frame.what and not self._exchanged(verb, frame):
            return []
        if frame.sense == "spend" and not self._measured(verb.i + 1):
            return []
        right = self._others(verb, frame, passive)
        if right is None:
            return []
        if frame.sense == "see" and not self._seen(right):
            return []
        if frame.sense == "join" and not self._at_an_occasion(right):
            return []
        if frame.sense == "mediate" and not all(m.kind in ("person", "role") for m in left + right):
            return []
        if frame.sense == "envoy":
            right = [m for m in right if m.office_kind == "envoy"]
        right = [m for m in right if m not in left and not self.sides.possessive(m)]
        if frame.joint and not right:
            right = self._at_the_behest(verb)
        if frame.host:
            left, right = self._hosted(verb, left, right)
        if frame.sense in ("speak", "tell", "press", "exchange"):
            right = self._listeners(frame, left, right)
        if not right and not self._together(verb, frame, left):
            return []
        if left and not any(partners.personal(m) for m in left):
            return []
        if not left and not (frame.joint and partners.plural(right)):
            return []
        groups = [right]
        separate = words("meetings", "separate", "words")
        each = any(k.lower in separate for k in tree.children(verb.i, "advmod"))
        called = frame.medium == "phone" and all(partners.named(m) for m in right)
        if not passive and (each or called or self._apart(right) or self._unrelated(right)):
            groups = [[m] for m in right]
        out = []
        for group in groups:
            sides = partners.without_companions(
                tree, [m for m in (*left, *group) if partners.personal(m)]
            )
            out += self.tell(verb, sides, frame.medium, (), f"verb:{frame.lemma}", len(groups) > 1)
        if frame.sense == "press":  # what is over is only said: "pressed X in a letter"
            return [told for told in out if told.status == "planned"]
        return out

    def on_the_phone(self, verb: Token) -> list[Told]:
        """ "warned X by phone": a call."""
        medium = self.settings.medium(verb.i, "unknown")
        if medium not in ("phone", "video") or arg.is_passive(self.tree, verb):
            return []
        heard = [m for m in self.sides.of(arg.patients(self.tree, verb)) if partners.named(m)]
        told = [m for m in self.sides.subjects(verb, False) if m not in heard]
        if not heard or not told or not all(partners.personal(m) for m in told):
            return []
        rule, apart = "verb:on the phone", len(heard) > 1
        return [t for one in heard for t in self.tell(verb, [*told, one], medium, (), rule, apart)]

    def visited(self, noun: Token) -> list[Told]:
        """ "received a visit from X", "paid a visit to X": two persons who met."""
        verb = self.tree[noun.head]
        if noun.rel not in ("obj", "subj_pass") or not verb.is_verb:
            return []
        if verb.lemma in words("meetings", "visit", "received"):
            prepositions = words("meetings", "visit", "from")
        elif verb.lemma in words("meetings", "visit", "paid"):
            prepositions = words("meetings", "visit", "to")
        else:
            return []
        found = self.sides.of(arg.obliques(self.tree, noun.i, prepositions))
        found = found or self.sides.of(arg.obliques(self.tree, verb.i, prepositions))
        other = [m for m in found if partners.named(m)]
        own = [m for m in self.sides.subjects(verb, arg.is_passive(self.tree, verb))
               if partners.named(m) and m not in other]  # fmt: skip
        if not other or not own:
            return []
        return self.tell(noun, [*own, *other], "in-person", (verb.i,), "noun:visit")

    def hand_in_hand(self, noun: Token) -> list[Told]:
        """ "took X's hand": two persons who met."""
        verb = self.tree[noun.head]
        if noun.rel != "obj" or verb.lemma not in words("meetings", "hand", "verbs"):
            return []
        owners = [o.i for o in arg.possessors(self.tree, noun)]
        owners = owners or arg.obliques(self.tree, noun.i, frozenset({"of"}))
        other = [m for m in self.sides.of(owners) if m.kind in ("person", "role")]
        own = [m for m in self.sides.subjects(verb, False) if partners.named(m) and m not in other]
        if not other or not own:
            return []
        return self.tell(noun, [*own, *other], "in-person", (verb.i,), "noun:hand")

    def beside(self, preposition: Token) -> list[Told]:
        """ "at a news conference alongside X": the speaker and who stands by."""
        found = [m for m in self.sides.list_at(preposition.i + 1) if m.kind == "person"]
        clause = self.tree.clause_of(preposition.i)
        if not found or clause.lemma not in words("meetings", "beside", "verbs"):
            return []
        speaker = [m for m in self.sides.subjects(clause, False) if m.kind in ("person", "role")]
        speaker = speaker or [
            m for m in self.sides.before_clause(preposition.i) if m.kind in ("person", "role")
        ]
        speaker = [m for m in speaker if m not in found]
        if not speaker:
            return []
        return self.tell(preposition, [*speaker, *found], "in-person", (clause.i,), "beside")

    def _exchanged(self, verb: Token, frame: MeetingFrame) -> bool:
        """Whether words are exchanged, and no fire or prisoners."""
        objects = [self.tree[o] for o in arg.patients(self.tree, verb)]
        if not objects:
            return frame.sense != "play"
        return any(o.lemma in frame.what or o.lower in frame.what for o in objects)

    def _together(self, verb: Token, frame: MeetingFrame, left: list[Mention]) -> bool:
        """Whether a plural subject alone makes a meeting: "the ministers met"; speaking needs a
        medium ("spoke by phone"), gathering needs people."""
        if not frame.joint or not partners.plural(left):
            return False
        if frame.lemma == "gather" and self.tree.children(verb.i, "obj"):
            return False  # "gathered evidence"
        done = verb.tag == "VBD" and verb.i not in self.sides.talk
        if done and frame.lemma == "discuss" and all(m.kind == "person" for m in left):
            return True  # two presidents do so with each other, lawmakers need not
        if frame.sense == "play":
            return True
        told_how = self.settings.medium(verb.i, "unknown") != "unknown"
        speaks = "to" in frame.with_  # "spoke on Friday", but "discussed Friday's vote"
        if frame.sense not in (None, "exchange") and not (
            told_how or (speaks and self._timed(verb))
        ):
            return False
        return frame.lemma == "meet" or all(partners.somebody(m) for m in left)

    def _timed(self, verb: Token) -> bool:
        """Whether people spoke on a day, or for a time, to nobody else: "the two leaders spoke on
        Friday", "talked for two hours"."""
        following = self.tree.tokens[verb.i + 1 : verb.i + 3]
        if any(t.i in self.settings.timing.tokens for t in following):
            return True
        opened = bool(following) and following[0].lower == "for"
        return opened and self._measured(verb.i + 2)

    def _measured(self, i: int) -> bool:
        """ "four hours", "an hour and a half" from a token on."""
        measures = words("meetings", "of_a_meeting", "measures")
        limit = self.tree.sentence_of(i).end if i < len(self.tree) else i
        for token in self.tree.tokens[i : min(i + _MEASURE, limit)]:
            if token.lemma in measures:
                return True
            if token.pos not in ("NUM", "DET", "ADJ", "ADV", "ADP"):
                return False
        return False

    def _has_particle(self, verb: Token, particle: str) -> bool:
        following = self.tree.tokens[verb.i + 1 : verb.i + 2]
        return any(k.lower == particle for k in (*self.tree.children(verb.i), *following))

    def _others(self, verb: Token, frame: MeetingFrame, passive: bool) -> list[Mention] | None:
        """Who is met: the object and who follows "with"; None where the object is no actor."""
        tree = self.tree
        right: list[Mention] = []
        if frame.sense in ("tell", "press"):
            if not frame.with_:
                return self.sides.after(verb.i, frozenset())
            return self.sides.of(arg.obliques(tree, verb.i, frame.with_))
        if frame.object:
            objects = arg.patients(tree, verb)
            if any(tree[o].lower in words("meetings", "not_somebody", "objects") for o in objects):
                return None
            right += self.sides.of(objects)
            measures = words("meetings", "of_a_meeting", "measures")
            spans = all(tree[o].lemma in measures for o in objects)  # "met X days before"
            if not right and not passive and spans:
                right += self.sides.after(verb.i, frozenset())
            elif objects and not right and not frame.with_:
                return None
        if frame.with_ and not (frame.close and not self._close(verb, frame.with_)):
            with_ = self.sides.of(arg.obliques(tree, verb.i, frame.with_))
            with_ += [m for m in self.sides.introduced(verb.i, frame.with_) if m not in with_]
            if with_ and self._tied(with_[0]):
                with_ = []
            right += [m for m in with_ if m not in right]
            right += self._also_with(right)
        return right

    def _at_the_behest(self, verb: Token) -> list[Mention]:
        """Who called people together: "gathered at the behest of X"."""
        limit = self.tree.sentence_of(verb.i).end
        for k in range(verb.i + 1, min(limit, verb.i + _BEHEST) - 2):
            if self.tree[k].lower in words("meetings", "attendance", "behest"):
                called = self.tree[k + 1].lower == "of" and self.tree[k - 2].lower == "at"
                return [m for m in self.sides.list_at(k + 2) if m.kind == "person" and called]
        return []

    def _tied(self, mention: Mention) -> bool:
        """ "discussed the war with X", "efforts in coordination with X"."""
        k = mention.start - 1
        while k > 0 and (self.tree[k].pos == "DET" or self.tree[k].tag in ("PRP$", "JJ")):
            k -= 1
        return k > 0 and self.tree[k - 1].lower in words("meetings", "prepositions", "tied")

    def _close(self, verb: Token, prepositions: frozenset[str]) -> bool:
        following = [t for t in self.tree.tokens[verb.i + 1 : verb.i + 4] if t.pos != "ADV"]
        return bool(following) and following[0].lower in prepositions

    def _also_with(self, right: list[Mention]) -> list[Mention]:
        """ "met with A in the capital and with B"."""
        last = max((m.end for m in right), default=None)
        if last is None:
            return []
        limit = min(self.tree.sentence_of(last - 1).end, last + _ALSO)
        for k in range(last, limit - 1):
            token = self.tree[k]
            if token.is_verb or token.lower in (";", "who", "which", "where"):
                return []
            if token.lower == "and" and self.tree[k + 1].lower == "with":
                return [m for m in self.sides.list_at(k + 2) if m not in right]
        return []

    def _hosted(
        self, verb: Token, left: list[Mention], right: list[Mention]
    ) -> tuple[list[Mention], list[Mention]]:
        """Host and guests: somebody is received, and nothing is done to him beside."""
        if any(self.tree.children(verb.i, "ccomp", "xcomp")):
            return left, []
        guests = [m for m in right if partners.somebody(m) and partners.official(m)]
        return [m for m in left if m.kind != "unknown"], guests

    def _listeners(
        self, frame: MeetingFrame, left: list[Mention], right: list[Mention]
    ) -> list[Mention]:
        """Those spoken with, where it is a talk and no speech, interview or announcement."""
        right = [m for m in right if not partners.audience(m) and m.kind != "unknown"]
        if frame.sense in ("tell", "press"):
            official = all(m.kind in ("person", "role") and not m.plural for m in (*left, *right))
            return right if official and len(left) == 1 and len(right) == 1 else []
        if frame.lemma in ("consult", "engage") and not all(
            partners.named(m) or m.states or m.organization or m.office_kind in partners.LEADING
            for m in right
        ):
            return []  # "consult with partners"
        if frame.lemma == "discuss" and not all(
            partners.somebody(m) or m.kind == "state" for m in right
        ):
            return []
        return right

    def _apart(self, right: list[Mention]) -> bool:
        """ "met with A and with B": two meetings."""
        if len(right) < 2:
            return False
        between = self.tree.tokens[right[0].end : right[-1].start]
        if self.sides.elsewhere(right[-2], right[-1]):
            return True
        return any(
            t.lower == "with" and self.tree[t.i - 1].lower in ("and", ",", "also") for t in between
        )

    @staticmethod
    def _unrelated(right: list[Mention]) -> bool:
        """ "met with officials, executives and scholars": nobody says that they sat together."""
        unnamed = [m for m in right if m.kind in ("group", "role") and m.plural and not m.states]
        return len(right) > 1 and len(unnamed) == len(right)

    def _seen(self, right: list[Mention]) -> bool:
        """ "saw the minister on Monday", not "saw the minister leave", "saw Ankara as a rival"."""
        if not right or not all(m.kind in ("person", "role") for m in right):
            return False
        last = max(m.end for m in right)
        following = self.tree[last] if last < len(self.tree) else None
        if following is None or self.tree[last - 1].sentence != following.sentence:
            return True
        timed = following.i in self.settings.timing.tokens
        closed = following.lower in words("meetings", "see", "followed_by")
        return timed or closed or following.pos in ("PUNCT", "CCONJ")

    def _at_an_occasion(self, right: list[Mention]) -> bool:
        """ "joined the chancellor for a tour", not "in calling for peace"."""
        if not right or not all(m.kind == "person" for m in right):
            return False
        last = max(m.end for m in right)
        behind = self.tree.tokens[last : last + 2]
        occasion = len(behind) == 2 and behind[0].lower in _OCCASIONS
        return occasion and behind[1].tag not in ("VBG", "VB", "NNP")

    def _is_phone_call(self, verb: Token) -> bool:
        """ "called the minister on Monday", not "called the minister a liar" or "called for"."""
        mention = self.mentions.at(verb.i + 1)
        if mention is None or mention.start != verb.i + 1:
            return False
        after = self.tree.tokens[mention.end : mention.end + 1]
        timed = bool(after) and after[0].i in self.settings.timing.tokens
        named = bool(after) and after[0].pos in ("DET", "ADJ", "NOUN", "PROPN", "PRON")
        return mention.kind in ("person", "role") and (timed or not named)
