"""When, where and by what means: the circumstances of an event, read around its trigger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.extract import flat
from kb.extract.events import Place
from kb.extract.mentions import Mention, Mentions
from kb.extract.simplify import Simplified
from kb.extract.timing import Timing, event_nouns
from kb.gazetteer import Gazetteer
from kb.language.tree import Token, Tree
from kb.lexicon import table, words
from kb.model import Medium

_LOCATIVE = frozenset({"in", "at", "on", "near", "outside", "inside"})
_TOWN = frozenset({"in", "near", "outside"})


@dataclass(slots=True)
class Settings:
    """The dates of an article, and how to read its places."""

    tree: Tree
    mentions: Mentions
    gazetteer: Gazetteer
    timing: Timing

    @classmethod
    def of(cls, text: Simplified, gazetteer: Gazetteer, published: date | None) -> Settings:
        """The circumstances that a text tells of."""
        timing = Timing.of(text.tree, text.mentions, text.dates, published)
        return cls(text.tree, text.mentions, gazetteer, timing)

    def place(self, *anchors: int) -> Place | None:
        """The place that a trigger or its light verb is set in: the nearest locative phrase that
        hangs on it, or on its arguments, with no other verb between; a site before its town."""
        sentence = self.tree.sentence_of(anchors[0])
        ranked: list[tuple[int, int, Place]] = []
        for i in range(sentence.start, sentence.end):
            mention = self.mentions.at(i)
            if mention is not None and (mention.start != i or self.tree[i].rel == "poss"):
                continue
            if self._preposition(i) not in _LOCATIVE:
                continue
            rank = self._reach(i, anchors)
            if rank is None:
                continue
            found = self.place_at(self.tree[i]) or self._unlisted(i)
            if found is not None:
                ranked.append((rank, abs(i - anchors[0]), found))
        if ranked:
            return min(ranked, key=lambda r: r[:2])[2]
        return self._where(anchors[0]) or self._fronted(sentence.start)

    def _fronted(self, first: int) -> Place | None:
        """The place that opens a sentence beside its day: "Today in Rome, X met Y"."""
        if self.timing.at(first) is None or first + 3 >= len(self.tree):
            return None
        start = self.place_start(first + 2) if self.tree[first + 1].lower in _TOWN else None
        there = self.mentions.at(start) if start is not None else None
        if there is None or there.end >= len(self.tree) or self.tree[there.end].text != ",":
            return None
        return self.as_place(there)

    def _unlisted(self, i: int) -> Place | None:
        """A town that the gazetteer does not have: a name behind "in"."""
        mention = self.mentions.at(i)
        if mention is None or mention.kind != "unknown" or not mention.name:
            return None
        town = self._preposition(i) in _TOWN and mention.name[:1].isupper() and not mention.states
        return Place(mention.name, None) if town and not mention.name.isupper() else None

    def _where(self, trigger: int) -> Place | None:
        """The place that a "where" clause modifies: "will fly to Bonn, where he meets"."""
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

    def _somebody(self, i: int) -> bool:
        """Whether a phrase hangs on a participant: "behind closed doors with X in Y"."""
        mention = self.mentions.at(i)
        return mention is not None and mention.kind in ("person", "role", "group")

    def _topic(self, token: Token) -> bool:
        """Whether a noun between is what was talked about, "the situation in X": neither somebody
        nor somewhere."""
        if not token.is_nominal or self.mentions.at(token.i) is not None:
            return False
        around = words("meetings", "of_a_meeting", "nouns")
        return token.lower not in around and not set(token.case) & (_LOCATIVE - {"on"})

    def place_start(self, k: int) -> int | None:
        """The token of a place that begins here, determiners and adjectives passed over."""
        limit = len(self.tree)
        while k < limit and self.mentions.at(k) is None and self.tree[k].pos in ("DET", "ADJ"):
            k += 1
        mention = self.mentions.at(k) if k < limit else None
        if mention is None or mention.start != k:
            return k if k < limit and self._the_country(self.tree[k]) is not None else None
        return k if self.as_place(mention) is not None else None

    def behind(self, mention: Mention) -> Place | None:
        """The place right behind somebody: "with A in Rome and B in Bonn"."""
        if mention.end + 1 >= len(self.tree) or self.tree[mention.end].lower not in _TOWN | {"at"}:
            return None
        start = self.place_start(mention.end + 1)
        return self.place_at(self.tree[start]) if start is not None else None

    def there(self, i: int) -> Place | None:
        """ "there", as the place last named before it."""
        if self.tree[i].lower != "there":
            return None
        named = [p for m in self.mentions if m.end <= i and (p := self.as_place(m)) is not None]
        return named[-1] if named else None

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
        named = [
            m
            for m in self.mentions
            if m.end <= token.i and len(m.states) == 1 and m.kind in ("state", "place")
        ]
        return Place(None, named[-1].states[0]) if named else None

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
        beside = False
        for steps, above in enumerate(self.tree.ancestors(i)):
            if above.i in anchors:
                return steps
            if above.is_verb or (steps and above.rel in ("relcl", "advcl", "ccomp")):
                return None
            beside = beside or self._somebody(above.i)
            if above.lower in event_nouns() or (not beside and self._topic(above)):
                return None  # another event's, or what it was about
            if steps > 3:
                return None
        return None

    def place_at(self, token: Token) -> Place | None:
        """The place that a token's phrase names, looking into "the city of X" and "on the sidelines
        of ... in X", but not into "at the request of X"."""
        mention = self.mentions.at(token.i)
        found = self.as_place(mention) if mention is not None else self._the_country(token)
        if found is not None:
            return found
        return self._within(token)

    def _within(self, token: Token) -> Place | None:
        town = token.lower in words("visits", "place", "nouns")
        for kid in self.tree.children(token.i, "nmod", "appos"):
            case = kid.case[0] if kid.case else ""
            if case in ("in", "at", "near") or (case == "of" and town):
                inner = self.place_at(kid)
            elif case == "of":
                inner = self._within(kid)
            else:
                continue
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
