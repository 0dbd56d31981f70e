"""Visits: who went where, told by a verb of travel, a noun, or by being there."""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract import arguments as arg
from kb.extract import flat
from kb.extract.companions import companions
from kb.extract.destinations import Destinations
from kb.extract.events import Place, Said, Told
from kb.extract.journeys import ONE, Journeys, people
from kb.extract.mentions import Mention, Mentions
from kb.extract.precedents import Precedents
from kb.extract.presence import Presence
from kb.extract.settings import Settings
from kb.extract.sides import PEOPLE, Sides
from kb.extract.status import status_of
from kb.language.quotes import Quote
from kb.language.tree import Token, Tree
from kb.lexicon import VisitFrame, visit_verbs, words

_BY = frozenset({"by", "of", "from"})
_SPEECH = 6  # tokens: "I would very much like to"


class VisitRules:
    """Applies the frames of ``visits.toml`` to one article."""

    def __init__(
        self,
        tree: Tree,
        mentions: Mentions,
        settings: Settings,
        quotes: list[Quote],
        said: Sequence[Said] = (),
    ) -> None:
        self.tree, self.mentions, self.settings, self.quotes = tree, mentions, settings, quotes
        self.sides = Sides(tree, mentions, settings.timing.tokens, said)
        self.journeys = Journeys(tree, mentions, settings)
        self.where = Destinations(tree, mentions, settings)
        self.presence = Presence(self.sides, self.journeys)
        self.precedents = Precedents(tree, mentions)

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
            elif token.lower in words("visits", "invitations", "nouns"):
                told = self._invitation(token)
            elif token.lemma == "be" and token.tag.startswith("VB"):
                told = self.presence.told(token)
            if told and any(q.covers(token.start, token.end) for q in self.quotes):
                told = [t for t in told if not t.sides or t.sides[0].kind in ("person", "role")]
            out += told
        for mention in self.mentions:
            out += self._visiting(mention)
        out += self.presence.beside()
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
            places = self.where.of(arg.patients(tree, verb))
            if not places and not passive:
                places = self.where.after(verb.i, frozenset())
        if frame.to:
            last = verb.i + bool(frame.particle)
            places += self.where.of(self._led_to(verb, frame))
            places = places or self.where.after(last, frame.to)
            there = self.settings.there(verb.i + 1) if verb.i + 1 < len(tree) else None
            if not places and there is not None:
                places = [there]
        if not places and frame.to:
            places = self.where.unlisted(verb, frame)
        visitors = people(self.sides.subjects(verb, passive)) or self._carried(verb)
        if frame.to:
            visitors += [c for c in self._along(verb) if c not in visitors]
        if not places and self._just_arrived(verb):
            return self.journeys.open(verb, visitors, f"verb:{frame.lemma}")
        if not places:
            return []
        if self.precedents.described(verb):
            named = self.precedents.who(verb)
            if named:
                return [self.journeys.earlier(verb, n, p, "ranked") for p in places for n in named]
        recalled = self._recalled(verb, places)
        rule = f"verb:{frame.lemma}"
        told = self.journeys.all(verb, visitors, places, (), rule, frame.status)
        return _dated_apart(told, recalled)

    def _led_to(self, verb: Token, frame: VisitFrame) -> list[int]:
        """The phrases behind the verb's prepositions; behind "from" only a place itself, not "from
        exile in X"."""
        found = arg.obliques(self.tree, verb.i, frame.to)
        return [i for i in found if "from" not in self.tree[i].case or self.mentions.at(i)]

    def _carried(self, verb: Token) -> list[Mention]:
        """Whose plane it is that lands."""
        subjects = [self.tree[i] for i in arg.subject_of(self.tree, verb)]
        carriers = [t for t in subjects if t.lower in words("visits", "presence", "carried")]
        owners = [o for t in carriers for o in arg.possessors(self.tree, t)]
        return people(self.sides.of([o.i for o in owners]))

    def _along(self, verb: Token) -> list[Mention]:
        """Who goes along: "travelled with X to"."""
        along = arg.obliques(self.tree, verb.i, words("visits", "companions", "prepositions"))
        return [m for m in people(self.sides.of(along)) if m.kind == "person"]

    def _recalled(self, trigger: Token, places: list[Place]) -> list[Told]:
        """The journey that the one told of is the first after."""
        before = self.precedents.since(trigger)
        if before is None:
            return []
        return [self.journeys.earlier(trigger, before, p, "first since") for p in places]

    def _just_arrived(self, verb: Token) -> bool:
        """ "arrived on Friday", "as he arrived for the talks": where the report has got to."""
        if verb.lemma != "arrive" or verb.i + 1 >= len(self.tree):
            return False
        following = self.tree[verb.i + 1]
        return following.lower in words("visits", "open", "behind") or (
            self.settings.timing.at(following.i) is not None
        )

    def _guest(self, verb: Token, frame: VisitFrame) -> list[Told]:
        tree = self.tree
        guests = [m for m in people(self.sides.of(arg.patients(tree, verb))) if m.kind in ONE]
        guests = [g for g in guests if g.kind != "group" or g.states or g.office_kind]
        guests = [g for g in guests if not self.sides.possessive(g)]
        if frame.sense == "delegation":
            guests = [g for g in guests if any(g in led for led in self.sides.led.values())]
            objects = [self.tree[o].lower for o in arg.patients(tree, verb)]
            if not guests and set(objects) & words("meetings", "delegation", "nouns"):
                guests = people(self.sides.subjects(verb, False))
        if not guests:
            return []
        hosts = [m for m in self.sides.of(arg.agents(tree, verb)) if m not in guests]
        host = next((m for m in hosts if m.kind in ("person", "role", "state", "pronoun")), None)
        to = frame.to or frozenset({"in", "at", "to"})
        places = self.where.of(arg.obliques(tree, verb.i, to))
        if not places and frame.to:
            places = self.where.led_to(verb, to)
        if not places and not frame.to:
            place = self.settings.place(verb.i)
            places = [place] if place is not None else []
        if not places:
            invited = frame.status is not None and self.where.to_visit(verb)
            if invited and self.where.follow(verb):
                return []  # the infinitive or the noun tells it
            if host is None or (frame.to and not invited):
                return []
            places = [Place(None, None, host)]
        rule = f"verb:{frame.lemma}"
        told = self.journeys.all(verb, guests, places, (), rule, frame.status, host)
        if self._performed(verb):
            for one in told:
                one.status = "held"
        return told

    def _performed(self, verb: Token) -> bool:
        """ "Let me welcome you to Rome", "I want to welcome you": done by saying it."""
        if verb.lemma not in words("visits", "performed", "verbs") or verb.tag != "VB":
            return False
        first = max(self.tree.sentence_of(verb.i).start, verb.i - _SPEECH)
        before = [t.lower for t in self.tree.tokens[first : verb.i]]
        you = [t.lower for t in self.tree.tokens[verb.i + 1 : verb.i + 3]]
        speaks = bool({"i", "we", "me", "us"}.intersection(before)) and "you" in you
        return speaks and "forward" not in before and "will" not in before

    # -- nouns ------------------------------------------------------------------------------

    def _noun(self, noun: Token) -> list[Told]:
        tree = self.tree
        if noun.rel == "compound":
            return []
        to = words("visits", "nouns", "to")
        places = self.where.of(arg.obliques(tree, noun.i, to)) or self.where.after(noun.i, to)
        before = self.mentions.at(noun.i - 1) if noun.i else None
        if not places and before is not None and tree[before.start].rel != "poss":
            places = self.where.of([before.start])
        visitors = self._owners(noun)
        verb = tree[noun.head] if tree[noun.head].is_verb and noun.head != noun.i else None
        anchors: tuple[int, ...] = ()
        if verb is not None and noun.rel in ("obj", "subj_pass", "obl", "subj"):
            anchors = (verb.i,)
            if not places:
                places = self.where.of(arg.obliques(tree, verb.i, frozenset({"to", "in"})))
            if not places and verb.lemma in ("invite", "host", "welcome"):
                return []
        rule = f"noun:{noun.lower}"
        there = self.settings.there(noun.i + 1) if noun.i + 1 < len(tree) else None
        if not places:
            places = [there] if there is not None else self.where.stages(noun.i)
        if not places:
            return self._back(noun, visitors, anchors)
        recalled = self._recalled(noun, places)
        if not visitors:
            visitors = people(self._traveller(noun, verb))
        told = self.journeys.all(noun, visitors, places, anchors, rule, None)
        if self._not_the_first(noun):
            for one in told:
                one.status = "held"
        return _dated_apart(told, recalled)

    def _not_the_first(self, noun: Token) -> bool:
        """ "This is not my first visit": there were others."""
        start = flat.phrase_start(self.tree, self.mentions, noun.i)
        ranked = any(
            t.lower in words("visits", "precedent", "ranks")
            for t in self.tree.tokens[start : noun.i]
        )
        before = self.tree.tokens[max(0, start - 2) : noun.i]
        return ranked and flat.negative(before) is not None

    def _invitation(self, noun: Token) -> list[Told]:
        """ "accepted an invitation to Rome", "sent X an invitation to Rome"."""
        places = self.where.after(noun.i, frozenset({"to"}))
        verb = self.tree[noun.head] if self.tree[noun.head].is_verb else None
        if not places or verb is None:
            return []
        visitors = people(self.sides.of(arg.invited(self.tree, noun)))
        told = self.journeys.all(noun, visitors, places, (verb.i,), "noun:invitation", "proposed")
        if verb.lemma in words("visits", "invitations", "accepted"):
            for one in told:
                one.status = "planned" if one.status == "proposed" else one.status
        return told

    def _back(self, noun: Token, owners: list[Mention], anchors: tuple[int, ...]) -> list[Told]:
        """ "the trip was called off", "postponed his visit": of a journey that was told before."""
        tree = self.tree
        definite = any(
            k.lower in words("visits", "open", "definite") for k in tree.children(noun.i, "det")
        )
        if not (definite or owners) or noun.lower in words("visits", "nouns", "weak"):
            return []
        return self.journeys.open(noun, owners[:1], "visit:back", anchors)

    def _owners(self, noun: Token) -> list[Mention]:
        """Whose visit it is: "X's visit", "a visit by X"."""
        tree = self.tree
        owners = arg.possessors(tree, noun)
        owners = [o for o in owners if self.settings.timing.at(o.i) is None]  # "next week's visit"
        if owners:
            return people([m for o in owners for m in self.sides.owners(noun, o)])
        found = people(self.sides.of(arg.obliques(tree, noun.i, _BY)))
        found = found or people(self.sides.introduced(noun.i, frozenset({"by"})))
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

    def _visiting(self, mention: Mention) -> list[Told]:
        """ "told the visiting minister": the minister came to the country of whom he met."""
        opening = mention.text.lower().removeprefix("the ")
        if mention.kind not in ONE or not opening.startswith("visiting "):
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
            self.journeys.one(
                at, mention, Place(None, None, host), (clause.i,), finding, "visiting", host
            )
        ]


def _dated_apart(told: list[Told], recalled: list[Told]) -> list[Told]:
    """Journeys and those they are the first after: the day of these is not theirs."""
    for one in told:
        if one.date is not None and one.date in {r.date for r in recalled}:
            one.date = None
    return told + recalled
