"""Why a record is there: from what was told back to the words of the article.

A wrong record is traced by the rule that made it, the grammatical path from its trigger to each
participant, the words that gave status, day and place, and how each actor was identified.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kb.extract.events import Said
from kb.extract.mentions import Mention
from kb.gazetteer import Person, Tenure
from kb.language.date_arithmetic import Direction
from kb.language.dates import find, resolve
from kb.language.tree import Token, Tree
from kb.model import Argument, Naming, Trace
from kb.names import is_full
from kb.resolve.entities import Entity
from kb.resolve.link import Linker
from kb.resolve.merge import Event

_WAYS = {
    "role": "office",
    "pair": "pair of those last spoken of",
    "unknown": "name that no table has",
    "organization": "body",
}
_NAMINGS = 12  # of one actor
_DIRECTIONS: tuple[Direction | None, ...] = ("past", "future", None)


class Tracer:
    """Explains the records of one article. ``identify`` gives the id of an actor."""

    def __init__(
        self, tree: Tree, linker: Linker, published: date | None, identify: Callable[[Entity], str]
    ) -> None:
        self.tree, self.linker, self.published = tree, linker, published
        self.identify = identify

    def event(self, event: Event) -> Trace:
        """The trace of a meeting or visit: its firmest telling, and where its circumstances are
        from."""
        told = event.told[0]
        trigger = self.tree[told.trigger]
        sides = [*told.sides, *([told.host] if told.host is not None else [])]
        return Trace(
            rule=told.rule,
            start=trigger.start,
            end=trigger.end,
            trigger=self._text(trigger),
            arguments=tuple(self._argument(trigger, m, self.linker.parties(m)) for m in sides),
            status=f"main clause: {told.source}" if told.borrowed else told.source,
            date=self._dated(event),
            place=self._placed(event),
        )

    def statement(self, said: Said, speakers: list[Entity]) -> Trace:
        """The trace of a statement: what attributes it, and to whom."""
        trigger = self.tree[said.trigger]
        arguments = []
        if said.speaker is not None:
            arguments.append(self._argument(trigger, said.speaker, speakers))
        arguments += [
            self._argument(trigger, m, self.linker.of(m))
            for m in said.addressees
            if m is not said.speaker
        ]
        return Trace(said.rule, trigger.start, trigger.end, self._text(trigger), tuple(arguments))

    # -- arguments --------------------------------------------------------------------------

    def _argument(self, trigger: Token, mention: Mention, who: list[Entity]) -> Argument:
        start, end = self._span(mention)
        return Argument(
            start,
            end,
            self.tree.text[start:end],
            path(self.tree, trigger, self._head(mention)),
            tuple(self.identify(e) for e in who),
        )

    def _head(self, mention: Mention) -> Token:
        for i in range(mention.start, mention.end):
            token = self.tree[i]
            if not mention.start <= token.head < mention.end or token.head == i:
                return token
        return self.tree[mention.end - 1]

    def _span(self, mention: Mention) -> tuple[int, int]:
        return self.tree[mention.start].start, self.tree[mention.end - 1].end

    def _text(self, token: Token) -> str:
        return self.tree.text[token.start : token.end]

    # -- circumstances ----------------------------------------------------------------------

    def _dated(self, event: Event) -> str:
        """The words that give the day, or where it is lent from."""
        if event.date is None:
            return ""
        for told in event.told:
            if told.date != event.date:
                continue
            sentence = self.tree.sentences[told.sentence]
            text = self.tree.slice(sentence.start, sentence.end)
            for found in find(text):
                days = {resolve(found, self.published, d) for d in _DIRECTIONS}
                if event.date in days:
                    return text[found.start : found.end]
        return "lent by what is told around it"

    def _placed(self, event: Event) -> str:
        """The words that give the place, or where it is lent from."""
        if event.place is None and event.country is None:
            return ""
        for told in event.told:
            place = told.place
            if place is None:
                continue
            if place.host is not None:
                start, end = self._span(place.host)
                return f"the country of {self.tree.text[start:end]}"
            if (place.name, place.country) == (event.place, event.country):
                return place.name or place.country or ""
        return "lent by what is told around it"

    # -- actors -----------------------------------------------------------------------------

    def namings(self, entity: Entity) -> tuple[Naming, ...]:
        """Where the article names an actor, in the order of the text."""
        out: list[Naming] = []
        for mention in self.linker.mentions:
            if entity not in self.linker.of(mention):
                continue
            start, end = self._span(mention)
            text = self.tree.text[start:end]
            out.append(Naming(start, end, text, self._way(mention, entity)))
        return tuple(sorted(out, key=lambda n: n.start)[:_NAMINGS])

    @staticmethod
    def _way(mention: Mention, entity: Entity) -> str:
        if mention.kind == "person":
            return "full name" if is_full(mention.name or "") else "part of the name"
        if mention.counterpart:
            return "counterpart of another"
        if mention.kind in ("role", "group") and entity.type == "person" and not mention.plural:
            return "office that the person holds"
        return _WAYS.get(mention.kind, mention.kind)

    def identity(self, entity: Entity) -> str:
        """Who an actor is, and how that is known."""
        known = entity.known
        if known is None:
            home = f"; {entity.country} by what the article tells" if entity.country else ""
            return f"as the article names it{home}" if entity.type != "state" else "state"
        tenure = self._tenure(known)
        where = f", {known.wikidata}" if known.wikidata else ""
        held = f": {_term(tenure)}" if tenure is not None else ""
        return f"gazetteer, {known.name}{where}{held}"

    def _tenure(self, person: Person) -> Tenure | None:
        """The office held on the day of publication, else the first of the table."""
        now = [t for t in person.tenures if t.covers(self.published)]
        return next(iter(now or person.tenures), None)


def _term(tenure: Tenure) -> str:
    start = tenure.start.isoformat() if tenure.start else "?"
    end = tenure.end.isoformat() if tenure.end else "open"
    return f"{tenure.office} of {tenure.iso2}, {start} to {end}"


def path(tree: Tree, trigger: Token, target: Token) -> str:
    """The way through the tree from a trigger to a word: "met -obl:with-> Lee", up the tree with
    "<-". Where the tree joins them nowhere, the order of the words: "met … Lee"."""
    if trigger.i == target.i:
        return trigger.text
    up = [trigger, *tree.ancestors(trigger.i)]
    down = [target, *tree.ancestors(target.i)]
    above = {t.i: k for k, t in enumerate(up)}
    meeting = next((k for k, t in enumerate(down) if t.i in above), None)
    if meeting is None:
        first, last = sorted((trigger, target), key=lambda t: t.i)
        return f"{first.text} … {last.text}"
    out = trigger.text
    for k in range(above[down[meeting].i]):
        out += f" <-{_label(up[k])}- {up[k + 1].text}"
    for token in reversed(down[:meeting]):
        out += f" -{_label(token)}-> {token.text}"
    return out


def _label(token: Token) -> str:
    return f"{token.rel}:{'_'.join(token.case)}" if token.case else token.rel
