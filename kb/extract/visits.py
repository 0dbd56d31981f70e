"""Visits: who went where, told by a verb of travel, a noun, or by being there."""

from __future__ import annotations

from kb.extract import arguments as arg
from kb.extract.events import Place, Told
from kb.extract.mentions import Mention, Mentions
from kb.extract.settings import Settings
from kb.extract.status import Finding, status_of
from kb.language.quotes import Quote
from kb.language.tree import Token, Tree
from kb.lexicon import VisitFrame, visit_verbs, words

_VISITORS = frozenset({"person", "role", "group", "pronoun", "pair"})


class VisitRules:
    """Applies the frames of ``visits.toml`` to one article."""

    def __init__(
        self, tree: Tree, mentions: Mentions, settings: Settings, quotes: list[Quote]
    ) -> None:
        self.tree, self.mentions, self.settings, self.quotes = tree, mentions, settings, quotes

    def find(self) -> list[Told]:
        out: list[Told] = []
        for token in self.tree.tokens:
            if any(q.covers(token.start, token.end) for q in self.quotes):
                continue
            if token.tag.startswith("VB") and token.lemma in visit_verbs():
                for frame in visit_verbs()[token.lemma]:
                    out += self._verb(token, frame)
            elif token.pos == "NOUN" and token.lower in words("visits", "nouns", "words"):
                out += self._noun(token)
            elif token.case and token.case[0] in ("in", "at"):
                out += self._presence(token)
        return out

    def _people(self, tokens: list[int]) -> list[Mention]:
        out: list[Mention] = []
        for i in tokens:
            mention = self.mentions.at(i)
            if mention is None or mention in out:
                continue
            if mention.kind in _VISITORS and not self._unofficial(mention):
                out.append(mention)
        return out

    def _unofficial(self, mention: Mention) -> bool:
        last = mention.text.lower().split()[-1]
        return last in words("visits", "not_official", "visitors")

    def _places(self, tokens: list[int]) -> list[Place]:
        out = []
        for i in tokens:
            place = self.settings.place_at(self.tree[i])
            if place is not None:
                out.append(place)
        return out

    # -- verbs ------------------------------------------------------------------------------

    def _verb(self, verb: Token, frame: VisitFrame) -> list[Told]:
        tree = self.tree
        if frame.guest:
            return self._guest(verb, frame)
        places: list[Place] = []
        if frame.object:
            if verb.rel == "amod":
                return []
            places = self._places(arg.patients(tree, verb))
        if frame.to:
            places += self._places(arg.obliques(tree, verb.i, frame.to))
            if frame.sense == "go" and not places:
                return []
        if arg.is_passive(tree, verb) and not frame.object:
            return []
        visitors = self._people(arg.agents(tree, verb))
        if frame.lemma == "return" and not places:
            return []
        finding = status_of(tree, self.mentions, verb.i)
        if finding is None:
            return []
        return [
            self._told(verb, v, place, (), finding, f"verb:{frame.lemma}")
            for place in places
            for v in visitors
        ]

    def _guest(self, verb: Token, frame: VisitFrame) -> list[Told]:
        tree = self.tree
        guests = self._people(arg.patients(tree, verb))
        guests = [
            g
            for g in guests
            if g.kind in ("person", "role", "group") and (g.kind != "group" or g.states)
        ]
        if not guests:
            return []
        hosts = [m for i in arg.agents(tree, verb) if (m := self.mentions.at(i)) is not None]
        host = next((m for m in hosts if m.kind in ("person", "role", "state", "pronoun")), None)
        to = frame.to or frozenset({"in", "at", "to"})
        places = self._places(arg.obliques(tree, verb.i, to))
        if (
            not places
            and frame.lemma == "invite"
            and any(
                k.lemma in ("visit", "come", "travel")
                for k in tree.children(verb.i, "xcomp", "advcl", "ccomp")
            )
        ):
            return []  # the infinitive tells it
        if not places:
            if (frame.to and frame.lemma != "invite") or frame.lemma == "invite" or host is None:
                return []
            places = [Place(None, None, host)]
        finding = status_of(tree, self.mentions, verb.i)
        if finding is None:
            return []
        if frame.status is not None and finding.status == "held":
            finding = Finding(frame.status, verb.text)
        return [
            self._told(verb, g, place, (), finding, f"verb:{frame.lemma}", host)
            for place in places
            for g in guests
        ]

    # -- nouns ------------------------------------------------------------------------------

    def _noun(self, noun: Token) -> list[Told]:
        tree = self.tree
        if noun.rel == "compound":
            return []
        places = self._places(arg.obliques(tree, noun.i, words("visits", "nouns", "to")))
        places += [p for k in tree.children(noun.i, "compound") for p in self._places([k.i])]
        visitors = self._people(
            [t for o in tree.children(noun.i, "poss") for t in arg.with_conjuncts(tree, o.i)]
        )
        if not visitors:
            visitors = self._people(arg.obliques(tree, noun.i, frozenset({"by", "of", "from"})))
        verb = tree[noun.head] if tree[noun.head].is_verb and noun.head != noun.i else None
        anchors: tuple[int, ...] = ()
        if verb is not None and noun.rel in ("obj", "subj_pass", "obl", "subj"):
            anchors = (verb.i,)
            if verb.lemma in ("pay", "make") or not places:
                places = places or self._places(arg.obliques(tree, verb.i, frozenset({"to", "in"})))
            if not places and verb.lemma in ("invite", "host", "welcome"):
                return []
        if not visitors:
            visitors = self._traveller(noun, verb)
        if not places or not visitors:
            return []
        finding = status_of(tree, self.mentions, noun.i)
        if finding is None:
            return []
        return [
            self._told(noun, v, place, anchors, finding, f"noun:{noun.lower}")
            for place in places
            for v in visitors
        ]

    def _traveller(self, noun: Token, verb: Token | None) -> list[Mention]:
        """The visitor of a visit told without one: the clause's subject, or the object of an
        invitation."""
        tree = self.tree
        if verb is not None and verb.lemma in ("invite", "welcome", "receive", "host"):
            return self._people(arg.patients(tree, verb))
        if verb is not None:
            return self._people(arg.subject_of(tree, verb))
        return self._people(arg.clause_subject(tree, noun.i))

    # -- being there ------------------------------------------------------------------------

    def _presence(self, token: Token) -> list[Told]:
        """ "X is in Tehran for talks": a place as predicate, with a purpose."""
        tree = self.tree
        if not tree.children(token.i, "cop"):
            return []
        place = self.settings.place_at(token)
        visitors = self._people([k.i for k in tree.children(token.i, "subj")])
        purpose = any(
            (
                k.rel in ("obl", "nmod")
                and k.case
                and k.case[0] in words("visits", "presence", "purpose")
            )
            or k.rel == "advcl"
            for k in tree.children(token.i)
        )
        if place is None or not visitors or not purpose:
            return []
        finding = status_of(tree, self.mentions, token.i)
        if finding is None:
            return []
        return [self._told(token, v, place, (), finding, "presence") for v in visitors]

    def _told(
        self, trigger: Token, visitor: Mention, place: Place, anchors: tuple[int, ...],
        finding: Finding, rule: str, host: Mention | None = None,
    ) -> Told:  # fmt: skip
        return Told(
            trigger=trigger.i,
            sentence=trigger.sentence,
            status=finding.status,
            source=finding.source,
            sides=[visitor],
            date=self.settings.date(trigger.i, finding.status, anchors),
            place=place,
            rule=rule,
            host=host,
        )
