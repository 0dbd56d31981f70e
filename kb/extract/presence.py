"""Being there: who is somewhere on business, or under way, without a word of visiting."""

from __future__ import annotations

from kb.extract import arguments as arg
from kb.extract import flat
from kb.extract.events import Place, Told
from kb.extract.journeys import ONE, Journeys, people
from kb.extract.mentions import Mention
from kb.extract.sides import Sides
from kb.extract.tense import Finding
from kb.language.tree import Token
from kb.lexicon import words
from kb.model import Status

_UNSURE = frozenset({"when", "while"})
_AUXILIARY = frozenset({"be", "have", "do", "will"})
_FRONT = 4  # tokens from a day to the verb
_THERE = 12  # tokens from "where" to the verb of its clause


class Presence:
    """Finds who is somewhere in one article."""

    def __init__(self, sides: Sides, journeys: Journeys) -> None:
        self.sides, self.journeys = sides, journeys
        self.tree, self.mentions, self.settings = sides.tree, sides.mentions, journeys.settings

    def told(self, be: Token) -> list[Told]:
        """Tellings of a form of "be": "X is in Tehran for talks", "will be in Rome on Monday", "has
        been to China", "is on a plane to Lima"."""
        tree = self.tree
        limit = tree.sentence_of(be.i).end
        k = be.i + 1
        while k < limit and (tree[k].pos == "ADV" or tree[k].lower in ("also", "both", "last")):
            k += 1
        under_way = self._under_way(k, limit)
        if under_way is not None:
            return self._all(be, people(self.sides.before(be.i)), under_way, "presence:under way")
        due = k + 1 < limit and tree[k].lower in words("visits", "presence", "due")
        k += due
        if k + 1 >= limit or tree[k].lower not in (("in", "at") if due else ("in", "to")):
            return []
        been = tree[k].lower == "to"
        if been and be.tag != "VBN":
            return []
        start = self.settings.place_start(k + 1)
        place = self.settings.place_at(tree[start]) if start is not None else None
        if start is None or place is None:
            return []
        opening = [t.lower for t in tree.tokens[max(0, be.i - 3) : be.i]]
        if "if" in opening or (be.tag != "VBD" and _UNSURE.intersection(opening)):
            return []
        visitors = people(self.sides.before(be.i))
        since = self.settings.timing.since(be.sentence)
        if been:
            negated = flat.negative(flat.before_verb(tree, be.i)) is not None
            if negated and since is None:
                return []
            told = self.journeys.all(be, visitors, [place], (), "presence:been", "held")
            for one in told:
                one.status, one.date = "held", since if negated else one.date
            return told
        expected: Status | None = "planned" if due else None  # "is expected in Rome"
        told = self._all(be, visitors, (place, start), "presence", expected)
        last = any(t.lower == "last" for t in tree.tokens[be.i : start])
        sure = last or self._on_purpose(start, limit) or self._dated_before(be.i)
        return [t for t in told if sure or t.status == "planned"]

    def _all(
        self,
        trigger: Token,
        visitors: list[Mention],
        where: tuple[Place, int],
        rule: str,
        status: Status | None = None,
    ) -> list[Told]:
        place, start = where
        return self.journeys.all(trigger, visitors, [place], (start,), rule, status)

    def _on_purpose(self, start: int, limit: int) -> bool:
        """Whether a purpose or a day follows a place: "in Rome for talks", "in Rome on Monday"."""
        there = self.mentions.at(start)
        end = there.end if there is not None else start + 1
        if end < limit and self.tree[end].lower in words("visits", "presence", "purpose"):
            return True
        return end + 1 < limit and bool({end, end + 1} & self.settings.timing.tokens)

    def _dated_before(self, be: int) -> bool:
        """ "By Friday he was in X": a day that opens the clause."""
        first = max(self.tree.sentence_of(be).start, be - _FRONT)
        return any(k in self.settings.timing.tokens for k in range(first, be))

    def _under_way(self, k: int, limit: int) -> tuple[Place, int] | None:
        """The destination of "on a plane to Lima", "on his way to Lima"."""
        tree = self.tree
        if k + 3 >= limit or tree[k].lower not in ("on", "aboard"):
            return None
        for i in range(k + 1, min(k + 5, limit - 1)):
            carried = tree[i].lower in words("visits", "presence", "carried")
            if carried and tree[i + 1].lower in ("to", "for"):
                start = self.settings.place_start(i + 2)
                place = self.settings.place_at(tree[start]) if start is not None else None
                return None if place is None or start is None else (place, start)
        return None

    # -- beside the clause ------------------------------------------------------------------

    def beside(self) -> list[Told]:
        """Tellings without a verb: "X, in Lima to address the assembly, said"; and stations of a
        journey: "stops in Lima, where they met Y"."""
        out: list[Told] = []
        for mention in self.mentions:
            if mention.kind in ("person", "role"):
                out += self._in_passing(mention)
            elif mention.kind in ("place", "state"):
                out += self._station(mention)
        return out

    def _in_passing(self, mention: Mention) -> list[Told]:
        tree = self.tree
        limit = tree.sentence_of(mention.start).end
        comma = mention.end
        if comma + 4 >= limit or tree[comma].text != ",":
            return []
        last = tree[comma + 1].lower in words("visits", "presence", "lately")
        comma += last
        if tree[comma + 1].lower != "in":
            return []
        start = self.settings.place_start(comma + 2)
        place = self.settings.place_at(tree[start]) if start is not None else None
        if start is None or place is None or not people([mention]):
            return []
        there = self.mentions.at(start)
        end = there.end if there is not None else start + 1
        if end + 1 >= limit:
            return []
        dated = {end, end + 1} & self.settings.timing.tokens
        closed = any(t.text == "," for t in tree.tokens[end + 1 : end + 4])
        if dated and closed:
            return self._aside(mention, place, start, end, last)
        if tree[end].lower not in ("to", "for", "on"):
            return []
        business = tree[end].lower == "to" and tree[end + 1].tag == "VB"
        visit = any(
            t.lower in words("visits", "nouns", "words")
            or t.lower in words("visits", "presence", "occasions")
            for t in tree.tokens[end + 1 : min(limit, end + 6)]
        )
        if not business and not visit:
            return []
        return self._aside(mention, place, start, end, last)

    def _aside(
        self, mention: Mention, place: Place, start: int, end: int, last: bool
    ) -> list[Told]:
        finding = Finding("held", self.tree.text[self.tree[start].start : self.tree[start].end])
        told = self.journeys.one(
            self.tree[start], mention, place, (start, end, end + 1), finding, "presence:aside"
        )
        told.earlier = last
        return [told]

    def _station(self, mention: Mention) -> list[Told]:
        """ "stops in Lima, where the delegation met Y": in a sentence that speaks of travel, or
        behind one that announces stations ("The minister visited:")."""
        tree = self.tree
        place = self.settings.as_place(mention)
        k = mention.end
        if place is None or k + 3 >= len(tree):
            return []
        k += tree[k].text == ","
        if tree[k].lower != "where" or not self._travelling(mention.start):
            return []
        if self._owned(mention.start):
            return []  # "X's visit to Rome, where he spoke": the noun tells whose
        first = self.mentions.at(k + 1) or self.mentions.at(k + 2)
        if first is None or first.kind not in (*ONE, "pronoun", "pair"):
            return []
        limit = min(tree.sentence_of(k).end, first.end + _THERE)
        verbs = [t for t in tree.tokens[first.end : limit] if t.is_verb]
        verb = next((t for t in verbs if t.lemma not in _AUXILIARY), None)
        if verb is None or verb.tag == "VBG":
            return []
        visitors = people(self.sides.before(verb.i))
        return self.journeys.all(verb, visitors, [place], (), "presence:station", None)

    def _owned(self, place: int) -> bool:
        """Whether a place is where somebody's visit leads, told by a noun."""
        noun = self.tree[place - 2] if place > 1 else self.tree[0]
        if noun.lower not in words("visits", "nouns", "words"):
            return False
        owners = [self.mentions.at(o.i) for o in arg.possessors(self.tree, noun)]
        return any(m is not None and m.kind == "person" for m in owners)

    def _travelling(self, i: int) -> bool:
        """Whether the words before a place, in its sentence or in one that a colon ends, speak of
        a journey through several places."""
        tree = self.tree
        sentence = tree.sentence_of(i)
        heads = [sentence]
        for index in range(sentence.index - 1, max(-1, sentence.index - 5), -1):
            earlier = tree.sentences[index]
            if tree[earlier.end - 1].text == ":":
                heads.append(earlier)
                break
        return any(
            t.lower in words("visits", "presence", "stations")
            for one in heads
            for t in tree.tokens[one.start : min(one.end, i)]
        )
