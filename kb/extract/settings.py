"""When, where and by what means: the circumstances of an event, read around its trigger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from functools import cache

from kb.extract import flat
from kb.extract.events import Place
from kb.extract.mentions import Mention, Mentions
from kb.extract.simplify import Simplified
from kb.gazetteer import Gazetteer
from kb.language.date_arithmetic import Direction
from kb.language.dates import DateExpression, resolve
from kb.language.tree import Token, Tree
from kb.lexicon import meeting_nouns, speech, table, words
from kb.model import Medium, Status

_LOCATIVE = frozenset({"in", "at", "on", "near", "outside", "inside"})

_ELSEWHEN = frozenset({"since", "after", "following", "until", "before"})


@cache
def _events() -> frozenset[str]:
    """Nouns of meeting and travel: a date that hangs on one is that one's."""
    return frozenset(meeting_nouns()) | words("visits", "nouns", "words")


@dataclass(slots=True)
class Settings:
    """The dates of an article by sentence, and how to read places."""

    tree: Tree
    mentions: Mentions
    gazetteer: Gazetteer
    published: Date | None
    dates: dict[int, list[tuple[DateExpression, int]]]

    @classmethod
    def of(cls, text: Simplified, gazetteer: Gazetteer, published: Date | None) -> Settings:
        by_sentence: dict[int, list[tuple[DateExpression, int]]] = {}
        for date in text.dates:
            by_sentence.setdefault(date.sentence, []).append((date.expression, date.token))
        return cls(text.tree, text.mentions, gazetteer, published, by_sentence)

    @property
    def timed(self) -> frozenset[int]:
        """The tokens that stand for dates."""
        return frozenset(token for found in self.dates.values() for _, token in found)

    def date(
        self, trigger: int, status: Status, anchors: tuple[int, ...] = (), present: bool = False
    ) -> str | None:
        """The EDTF date that the trigger's clause gives the event, None where it gives none.

        ``anchors`` are further tokens whose dates count (a light verb above a noun). What is told
        in the present tense for a weekday lies ahead ("arrives on Friday").
        """
        sentence = self.tree[trigger].sentence
        choices = self.dates.get(sentence, [])
        ranked = []
        off = status in ("cancelled", "denied")
        for expression, token in choices:
            if off and token < trigger:
                continue  # what stands before tells when it was called off
            rank = self._distance(expression, token, trigger, anchors)
            if rank is not None:
                ranked.append((rank, abs(token - trigger), expression))
        direction: Direction | None = (
            "future" if present or status in ("planned", "proposed") else "past"
        )
        if status == "cancelled":
            direction = None
        for _, _, expression in sorted(ranked, key=lambda r: r[:2]):
            value = resolve(expression, self.published, direction)
            if value is not None:
                return value
        return None

    def _distance(
        self, expression: DateExpression, token: int, trigger: int, anchors: tuple[int, ...]
    ) -> int | None:
        """How near a date stands to the trigger in the tree; None where it belongs elsewhere."""
        if expression.has_prep in ("since", "until", "till") or self._attributive(token, trigger):
            return None
        near = {trigger, *anchors}
        path = [self.tree[token], *self.tree.ancestors(token)]
        for steps, above in enumerate(path):
            if above.i in near:
                return steps
            if (
                steps
                and not above.is_verb
                and (set(above.case) & _ELSEWHEN or above.lower in _events())
            ):
                return None
            if steps and above.is_verb:
                if above.lemma in speech("quote"):
                    return None
                tree_above = {t.i for t in self.tree.ancestors(above.i)}
                if near & tree_above:
                    clausal = above.rel in ("advcl", "relcl", "ccomp", "acl", "parataxis")
                    return None if clausal else steps + 10
                below = {t.i for n in near for t in self.tree.ancestors(n)}
                if above.i in below:
                    return steps + 5
                return steps + 20 if len(self.dates[self.tree[trigger].sentence]) == 1 else None
        return len(path) + 20

    def dates_at(self, i: int) -> DateExpression | None:
        """The date that begins with a token."""
        for expression, token in self.dates.get(self.tree[i].sentence, []):
            if token == i:
                return expression
        return None

    def _attributive(self, token: int, trigger: int) -> bool:
        """Whether a date only tells a thing from others: "the 2014 accord"."""
        date = self.tree[token]
        head = self.tree[date.head]
        before = date.head == token + 1 and not date.case
        return (
            before and head.i != trigger and head.pos == "NOUN" and self.mentions.at(head.i) is None
        )

    def place(self, *anchors: int) -> Place | None:
        """The place that a trigger or its light verb is set in: the nearest locative phrase that
        hangs on it, or on its arguments, with no other verb between; a site before its town."""
        sentence = self.tree.sentence_of(anchors[0])
        ranked: list[tuple[int, int, Place]] = []
        for i in range(sentence.start, sentence.end):
            mention = self.mentions.at(i)
            if mention is not None and mention.start != i:
                continue
            if self._preposition(i) not in _LOCATIVE:
                continue
            rank = self._reach(i, anchors)
            if rank is None:
                continue
            found = self.place_at(self.tree[i])
            if found is not None:
                ranked.append((rank, abs(i - anchors[0]), found))
        return min(ranked, key=lambda r: r[:2])[2] if ranked else self._where(anchors[0])

    def _where(self, trigger: int) -> Place | None:
        """The place that a "where" clause modifies: "will fly to Bonn on Friday, where he meets"."""
        where = self.where(trigger)
        if where is None:
            return None
        for k in range(where - 1, max(self.tree.sentence_of(where).start, where - 7) - 1, -1):
            mention = self.mentions.at(k)
            place = self.as_place(mention) if mention is not None else None
            if place is not None or self.tree[k].is_verb:
                return place
        return None

    def where(self, trigger: int) -> int | None:
        """The "where" that opens the trigger's clause."""
        for k in range(trigger - 1, max(self.tree.sentence_of(trigger).start, trigger - 9) - 1, -1):
            if self.tree[k].lower == "where":
                return k
            if self.tree[k].lower in (",", ";"):
                return None
        return None

    def place_start(self, k: int) -> int | None:
        """The token of a place that begins here, determiners and adjectives passed over."""
        limit = len(self.tree)
        while k < limit and self.mentions.at(k) is None and self.tree[k].pos in ("DET", "ADJ"):
            k += 1
        mention = self.mentions.at(k) if k < limit else None
        if mention is None or mention.start != k:
            return k if k < limit and self._the_country(self.tree[k]) is not None else None
        return k if self.as_place(mention) is not None else None

    def listed_places(self, mention: Mention) -> list[Place]:
        """The places in one list with this one: "Chile, Peru and Brazil"."""
        out: list[Place] = []
        closed = False
        for joiners, found in flat.list_steps(self.tree, self.mentions, mention):
            place = self.as_place(found)
            if place is None:
                break
            out.append(place)
            closed = closed or "and" in joiners
        return out if closed else []

    def _the_country(self, token: Token) -> Place | None:
        """ "the country" as the state last named."""
        if token.lower != "country" or not any(
            k.lower == "the" for k in self.tree.children(token.i, "det")
        ):
            return None
        named = [m for m in self.mentions
                 if m.end <= token.i and len(m.states) == 1 and m.kind in ("state", "place")]  # fmt: skip
        return Place(None, named[-1].states[0]) if named else None

    def since(self, sentence: int) -> str | None:
        """The date behind "since" in a sentence."""
        for expression, _ in self.dates.get(sentence, []):
            if expression.has_prep == "since":
                return resolve(expression, self.published, "past")
        return None

    def _preposition(self, i: int) -> str:
        """The preposition of a phrase: the tree's, else the word before it ("in the city of X")."""
        token = self.tree[i]
        if token.case:
            return token.case[0]
        before = self.tree.tokens[max(0, i - 2) : i]
        for left in reversed(before):
            if left.tag == "IN":
                return left.lower
            if left.pos not in ("DET", "ADJ"):
                return ""
        return ""

    def _reach(self, i: int, anchors: tuple[int, ...]) -> int | None:
        """How far a phrase is from an anchor up the tree, None where another verb has it."""
        for steps, above in enumerate(self.tree.ancestors(i)):
            if above.i in anchors:
                return steps
            if above.is_verb or (steps and above.rel in ("relcl", "advcl", "ccomp")):
                return None
            if steps > 3:
                return None
        return None

    def place_at(self, token: Token) -> Place | None:
        """The place that a token's phrase names, looking into "on the sidelines of ... in X"."""
        mention = self.mentions.at(token.i)
        found = self.as_place(mention) if mention is not None else self._the_country(token)
        if found is not None:
            return found
        for kid in self.tree.children(token.i, "nmod", "appos"):
            if kid.case and kid.case[0] in ("in", "at", "of"):
                inner = self.place_at(kid)
                if inner is not None:
                    return inner
        return None

    def as_place(self, mention: Mention) -> Place | None:
        """A mention read as a place: a town or site with its state, or a state alone."""
        if mention.kind == "place":
            country = mention.states[0] if mention.states else None
            return Place(mention.place, country)
        if mention.kind == "state" and mention.states:
            return Place(mention.place, mention.states[0])
        return None

    def medium(self, trigger: int, default: Medium, *anchors: int) -> Medium:
        """The medium that words beside the trigger tell, else the trigger's own."""
        near: list[str] = []
        for i in (trigger, *anchors):
            near += [self.tree[k].lower for k in self._beside(i)]
        text = " " + " ".join(near) + " "
        for key in ("video", "phone", "person"):
            if any(f" {w} " in text for w in table("meetings")["media"][key]):
                medium: dict[str, Medium] = {
                    "video": "video",
                    "phone": "phone",
                    "person": "in-person",
                }
                return medium[key]
        return default

    def _beside(self, i: int) -> list[int]:
        out = [i]
        for kid in self.tree.children(i):
            if kid.rel in ("amod", "compound", "advmod", "case", "obl", "nmod", "advcl"):
                out += [
                    kid.i,
                    *(
                        k.i
                        for k in self.tree.children(kid.i)
                        if k.rel in ("case", "compound", "amod", "det")
                    ),
                ]
        return sorted(set(out))
