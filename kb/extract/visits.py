"""Visits: who went where, told by a verb of travel, a noun, or by being there."""

from __future__ import annotations

from dataclasses import replace

from kb.extract import arguments as arg
from kb.extract import flat
from kb.extract.companions import companions
from kb.extract.events import Place, Told
from kb.extract.mentions import Mention, Mentions
from kb.extract.settings import Settings
from kb.extract.sides import PEOPLE, Sides
from kb.extract.status import status_of
from kb.extract.tense import Finding, later
from kb.language.quotes import Quote
from kb.language.tree import Token, Tree
from kb.lexicon import VisitFrame, visit_verbs, words

_ONE = frozenset({"person", "role", "group"})
_BY = frozenset({"by", "of", "from"})


class VisitRules:
    """Applies the frames of ``visits.toml`` to one article."""

    def __init__(
        self, tree: Tree, mentions: Mentions, settings: Settings, quotes: list[Quote]
    ) -> None:
        self.tree, self.mentions, self.settings, self.quotes = tree, mentions, settings, quotes
        self.sides = Sides(tree, mentions, settings.timing.tokens)

    def find(self) -> list[Told]:
        """All tellings, in the order of the text."""
        out: list[Told] = []
        for token in self.tree.tokens:
            told: list[Told] = []
            nominal = flat.nominal(self.tree, self.mentions, token.i)
            if token.lemma in visit_verbs() and not nominal and self._verbal(token):
                for frame in visit_verbs()[token.lemma]:
                    told += self._verb(token, frame)
            elif (nominal or token.pos == "NOUN") and token.lower in words(
                "visits", "nouns", "words"
            ):
                told = self._noun(token)
            elif token.lemma == "be" and token.tag.startswith("VB"):
                told = self._presence(token)
            if told and any(q.covers(token.start, token.end) for q in self.quotes):
                told = [t for t in told if t.sides[0].kind in ("person", "role")]
            out += told
        for mention in self.mentions:
            out += self._visiting(mention)
        out += companions(self.tree, self.sides)
        return sorted(out, key=lambda t: t.trigger)

    def _verbal(self, token: Token) -> bool:
        """Tagged as a verb, or standing as one: "President X visits Rome" in a headline's present,
        which taggers take for a plural."""
        if token.tag.startswith("VB"):
            return True
        left = self.mentions.at(token.i - 1) if token.i else None
        if token.tag not in ("NNS", "NN") or left is None or left.kind not in PEOPLE:
            return False
        following = self.tree.tokens[token.i + 1 : token.i + 2]
        leads = any(t.lower in f.to for t in following for f in visit_verbs()[token.lemma])
        return self.settings.place_start(token.i + (2 if leads else 1)) is not None

    # -- who and where ----------------------------------------------------------------------

    def _people(self, found: list[Mention]) -> list[Mention]:
        return [m for m in found if m.kind in PEOPLE and not self._unofficial(m)]

    def _unofficial(self, mention: Mention) -> bool:
        last = mention.text.lower().split()[-1]
        return last in words("visits", "not_official", "visitors")

    def _places(self, tokens: list[int]) -> list[Place]:
        out: list[Place] = []
        for i in tokens:
            place = self.settings.place_at(self.tree[i])
            mention = self.mentions.at(i)
            listed = self.settings.listed_places(mention) if mention is not None else []
            for one in ([place] if place is not None else []) + listed:
                if one not in out:
                    out.append(one)
        return out

    def _places_after(self, i: int, prepositions: frozenset[str]) -> list[Place]:
        """The places that follow a token behind a preposition, or directly where there is none to
        ask for; dates and adverbs may stand between."""
        limit = self.tree.sentence_of(i).end
        for k in range(i + 1, min(limit, i + 8)):
            token = self.tree[k]
            at = self.settings.place_start(k + 1 if token.lower in prepositions else k)
            if token.lower in prepositions or not prepositions:
                return self._places([at]) if at is not None else []
            passable = token.pos in ("ADV", "DET", "ADJ", "NUM") or (
                token.lower in words("visits", "span", "words")
                or self.settings.timing.at(k) is not None
            )
            whose = self.tree[i].pos == "NOUN" and (token.lower in _BY or self._of_people(k))
            if not (passable or whose) and token.lower not in ("on", "in", "early", "late"):
                return []
        return []

    def _of_people(self, k: int) -> bool:
        mention = self.mentions.at(k)
        return mention is not None and mention.kind in PEOPLE

    # -- verbs ------------------------------------------------------------------------------

    def _verb(self, verb: Token, frame: VisitFrame) -> list[Told]:
        tree = self.tree
        if frame.guest:
            return self._guest(verb, frame)
        following = tree.tokens[verb.i + 1 : verb.i + 2]
        if frame.particle and not any(t.lower == frame.particle for t in following):
            return []
        passive = arg.is_passive(tree, verb)
        if verb.rel == "amod" or (passive and not frame.object):
            return []
        places: list[Place] = []
        if frame.object:
            places = self._places(arg.patients(tree, verb))
            if not places and not passive:
                places = self._places_after(verb.i, frozenset())
        if frame.to:
            last = verb.i + bool(frame.particle)
            places += self._places(arg.obliques(tree, verb.i, frame.to))
            places = places or self._places_after(last, frame.to)
            there = self.settings.there(verb.i + 1) if verb.i + 1 < len(tree) else None
            if not places and there is not None:
                places = [there]
        if not places:
            return []
        visitors = self._people(self.sides.subjects(verb, passive))
        return self._all(verb, visitors, places, (), f"verb:{frame.lemma}", frame.status)

    def _guest(self, verb: Token, frame: VisitFrame) -> list[Told]:
        tree = self.tree
        guests = [
            m for m in self._people(self.sides.of(arg.patients(tree, verb))) if m.kind in _ONE
        ]
        guests = [g for g in guests if g.kind != "group" or g.states]
        guests = [g for g in guests if not self.sides.possessive(g)]
        if frame.sense == "delegation":
            guests = [g for g in guests if any(g in led for led in self.sides.led.values())]
            objects = [self.tree[o].lower for o in arg.patients(tree, verb)]
            if not guests and set(objects) & words("meetings", "delegation", "nouns"):
                guests = self._people(self.sides.subjects(verb, False))
        if not guests:
            return []
        hosts = [m for m in self.sides.of(arg.agents(tree, verb)) if m not in guests]
        host = next((m for m in hosts if m.kind in ("person", "role", "state", "pronoun")), None)
        to = frame.to or frozenset({"in", "at", "to"})
        places = self._places(arg.obliques(tree, verb.i, to))
        if not places and frame.to:
            places = self._destination(verb, to)
        if not places and not frame.to:
            place = self.settings.place(verb.i)
            places = [place] if place is not None else []
        if not places:
            invited = frame.status is not None and self._to_visit(verb)
            if invited and self._places_follow(verb):
                return []  # the infinitive or the noun tells it
            if host is None or (frame.to and not invited):
                return []
            places = [Place(None, None, host)]
        return self._all(verb, guests, places, (), f"verb:{frame.lemma}", frame.status, host)

    def _destination(self, verb: Token, to: frozenset[str]) -> list[Place]:
        """Where a delegation goes, its members listed between: "leads a team including X to Y"."""
        for token in self.tree.tokens[verb.i + 1 : self.tree.sentence_of(verb.i).end]:
            if token.tag in ("VB", "VBD", "MD") or token.lower in (";", "who", "which"):
                break
            start = self.settings.place_start(token.i + 1) if token.lower in to else None
            if start is not None:
                return self._places([start])
        return []

    def _to_visit(self, verb: Token) -> bool:
        """ "invited ... to visit", "invited ... for a state visit"."""
        rest = self.tree.tokens[verb.i + 1 : self.tree.sentence_of(verb.i).end]
        return any(
            t.lemma in ("visit", "come", "travel") or t.lower in words("visits", "nouns", "words")
            for t in rest
        )

    def _places_follow(self, verb: Token) -> bool:
        rest = self.tree.tokens[verb.i + 1 : self.tree.sentence_of(verb.i).end]
        for token in rest:
            if token.lemma in ("visit", "come", "travel") or token.lower in ("visit", "trip"):
                return bool(self._places_after(token.i, frozenset({"to"}))) or bool(
                    self._places_after(token.i, frozenset())
                )
        return False

    # -- nouns ------------------------------------------------------------------------------

    def _noun(self, noun: Token) -> list[Told]:
        tree = self.tree
        if noun.rel == "compound":
            return []
        to = words("visits", "nouns", "to")
        places = self._places(arg.obliques(tree, noun.i, to)) or self._places_after(noun.i, to)
        before = self.mentions.at(noun.i - 1) if noun.i else None
        if not places and before is not None and tree[before.start].rel != "poss":
            places = self._places([before.start])
        visitors = self._owners(noun)
        verb = tree[noun.head] if tree[noun.head].is_verb and noun.head != noun.i else None
        anchors: tuple[int, ...] = ()
        if verb is not None and noun.rel in ("obj", "subj_pass", "obl", "subj"):
            anchors = (verb.i,)
            if not places:
                places = self._places(arg.obliques(tree, verb.i, frozenset({"to", "in"})))
            if not places and verb.lemma in ("invite", "host", "welcome"):
                return []
        if not visitors and places:
            visitors = self._people(self._traveller(noun, verb))
        return self._all(noun, visitors, places, anchors, f"noun:{noun.lower}", None)

    def _owners(self, noun: Token) -> list[Mention]:
        """Whose visit it is: "X's visit", "a visit by X"."""
        tree = self.tree
        owners = arg.possessors(tree, noun)
        if owners:
            return self._people([m for o in owners for m in self.sides.owners(noun, o)])
        found = self._people(self.sides.of(arg.obliques(tree, noun.i, _BY)))
        found = found or self._people(self.sides.introduced(noun.i, frozenset({"by"})))
        if any(m.indefinite for m in found):  # "begins the first visit by a French president"
            return []
        return found

    def _traveller(self, noun: Token, verb: Token | None) -> list[Mention]:
        """The visitor of a visit told without one: the clause's subject, or the object of an
        invitation."""
        tree = self.tree
        copula = tree.child(noun.i, "cop")
        if copula is not None:  # "is on a visit to"
            own = self.sides.of([k.i for k in tree.children(noun.i, "subj")])
            return own or self.sides.before(copula.i)
        if verb is not None and verb.lemma in ("invite", "welcome", "receive", "host"):
            return self.sides.of(arg.patients(tree, verb))
        if verb is not None:
            found = self.sides.of(arg.subject_of(tree, verb))
        else:
            found = self.sides.of(arg.clause_subject(tree, noun.i))
        return found or self.sides.before_clause(noun.i)

    # -- being there ------------------------------------------------------------------------

    def _presence(self, be: Token) -> list[Told]:
        """ "X is in Tehran for talks", "will be in Rome on Monday", "has been to China"."""
        tree = self.tree
        limit = tree.sentence_of(be.i).end
        k = be.i + 1
        while k < limit and (tree[k].pos == "ADV" or tree[k].lower in ("also", "both", "last")):
            k += 1
        due = k + 1 < limit and tree[k].lower in words("visits", "presence", "due")
        k += due
        if k + 1 >= limit or tree[k].lower not in ("in", "to"):
            return []
        been = tree[k].lower == "to"
        if been and be.tag != "VBN":
            return []
        start = self.settings.place_start(k + 1)
        place = self.settings.place_at(tree[start]) if start is not None else None
        if start is None or place is None:
            return []
        if any(k.lower in ("when", "while", "if") for k in tree.tokens[max(0, be.i - 3) : be.i]):
            return []
        visitors = self._people(self.sides.before(be.i))
        since = self.settings.timing.since(be.sentence)
        if been:
            negated = flat.negative(flat.before_verb(tree, be.i)) is not None
            if negated and since is None:
                return []
            told = self._all(be, visitors, [place], (), "presence:been", "held")
            for one in told:
                one.status, one.date = "held", since if negated else one.date
            return told
        told = self._all(be, visitors, [place], (start,), "presence", None)
        if due:  # "is expected in Rome"
            for one in told:
                one.status = "planned" if one.status == "held" else one.status
        there = self.mentions.at(start)
        end = there.end if there is not None else start + 1
        purpose = end < limit and tree[end].lower in words("visits", "presence", "purpose")
        last = any(t.lower == "last" for t in tree.tokens[be.i : start])
        dated = end + 1 < limit and bool({end, end + 1} & self.settings.timing.tokens)
        return [t for t in told if purpose or last or dated or t.status == "planned"]

    def _visiting(self, mention: Mention) -> list[Told]:
        """ "told the visiting minister": the minister came to the country of whom he met."""
        opening = mention.text.lower().removeprefix("the ")
        if mention.kind not in _ONE or not opening.startswith("visiting "):
            return []
        clause = self.tree.clause_of(mention.start)
        others = [m for m in self.sides.of(arg.subject_of(self.tree, clause)) if m is not mention]
        host = next((m for m in others if m.kind in ("person", "role", "state")), None)
        if host is None:
            return []
        finding = status_of(self.tree, self.mentions, clause.i)
        if finding is None or finding.status != "held":
            return []
        at = self.tree[mention.start]
        return [
            self._told(at, mention, Place(None, None, host), (clause.i,), finding, "visiting", host)
        ]

    # -- together ---------------------------------------------------------------------------

    def _all(
        self,
        trigger: Token,
        visitors: list[Mention],
        places: list[Place],
        anchors: tuple[int, ...],
        rule: str,
        status: str | None,
        host: Mention | None = None,
    ) -> list[Told]:
        if not visitors or not places:
            return []
        finding = status_of(self.tree, self.mentions, trigger.i)
        if finding is None:
            return []
        if rule.startswith("verb:") and trigger.tag in ("NNS", "NN"):  # a headline's verb
            ahead = later(self.tree, trigger)
            finding = replace(finding, present=True, status="planned" if ahead else finding.status)
        if status == "proposed" and finding.status == "held":
            finding = Finding("proposed", trigger.text)
        return [
            self._told(trigger, visitor, place, anchors, finding, rule, host)
            for place in places
            for visitor in visitors
        ]

    def _told(
        self, trigger: Token, visitor: Mention, place: Place, anchors: tuple[int, ...],
        finding: Finding, rule: str, host: Mention | None = None,
    ) -> Told:  # fmt: skip
        return Told(
            trigger=trigger.i,
            sentence=trigger.sentence,
            status=finding.status,
            source=finding.source,
            borrowed=finding.borrowed,
            present=finding.present,
            sides=[visitor],
            date=self.settings.timing.date(trigger.i, finding.status, anchors, finding.present),
            place=place,
            rule=rule,
            host=host,
        )
