"""Statements: who said what, directly or as reported.

Turns of a transcript first, as their words are nobody else's; then attributions, what they report,
and the quotations; at the end each passage is left with one speaker.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from kb.extract.according import AccordingRules
from kb.extract.attribution import AttributionRules
from kb.extract.events import Said
from kb.extract.mentions import Mention, Mentions
from kb.extract.order import Order
from kb.extract.press import own_words
from kb.extract.quotation import QuotationRules
from kb.extract.reported import ReportRules
from kb.extract.saying import Attribution, is_medium
from kb.extract.turns import Turn, find_turns
from kb.language.quotes import Quote
from kb.language.tree import Tree
from kb.lexicon import words

_ASIDE = 14  # tokens between commas behind a name
_MEMORY, _NEARBY = 3, 1  # statements and paragraphs that a pronoun looks back
_LEAST = 0.3  # of a medium's report that somebody else's words make up, for it to relay them
_MARKS = 3  # characters: the comma and mark that one of two passages may leave out


class StatementRules:
    """Attributes the words of one article to those who said them. ``dates`` are the tokens that
    stand for dates, ``author`` whose statement the whole text is, by its title."""

    def __init__(
        self,
        tree: Tree,
        mentions: Mentions,
        quotes: list[Quote],
        dates: Iterable[int] = (),
        author: Mention | None = None,
    ) -> None:
        self.tree, self.mentions, self.quotes, self.author = tree, mentions, quotes, author
        self.order = Order(tree, mentions, quotes, dates)

    def find(self) -> list[Said]:
        """All statements in text order."""
        turns = find_turns(self.order)
        if self.author is not None and not turns:
            self.mentions.items.insert(0, self.author)
            return own_words(self.order, self.author)
        taken = frozenset(s for turn in turns for s in turn.sentences)
        attributions = AttributionRules(self.order).find(taken)
        reports = ReportRules(self.order, attributions)
        reported = [
            *reports.find(),
            *AccordingRules(self.order, attributions).find(taken),
            *self._verb_quoted(taken),
        ]
        kept = self._one_speaker(sorted(reported, key=lambda s: (s.start, -s.end)))
        said = self._with_quotations(kept, attributions, reports, taken)
        said += [s for turn in turns for s in self._of_turn(turn)]
        for one in said:
            if one.quote and self.tree.text[one.end - 1] == ",":
                one.end -= 1  # it belongs to the attribution
        return sorted(said, key=lambda s: (s.start, s.end))

    # -- transcripts ------------------------------------------------------------------------

    def _of_turn(self, turn: Turn) -> list[Said]:
        if turn.speaker is None:
            return []
        return [
            Said(start, end, turn.speaker, True, self.tree[i].sentence, turn.label, "quote:turn")
            for start, end, i in turn.passages
        ]

    # -- a quotation that begins with the verb ----------------------------------------------

    def _verb_quoted(self, taken: frozenset[int]) -> list[Said]:
        """'Lee "urged both sides to wait"': the verb of the sentence stands between the marks."""
        order, tree = self.order, self.tree
        out = []
        for quote in self.quotes:
            first, past = order.tokens_in(quote.start, quote.end)
            if past - first < 4 or first < 2 or tree[first].sentence in taken:
                continue
            mention = order.speaker(first - 2) if order.is_mark(first - 1) else None
            verb = tree[first].tag in ("VBD", "VBZ") or (
                tree[first].text.endswith("ed") and tree[first].text.islower()
            )
            if mention is not None and verb and tree[first].sentence == tree[first - 2].sentence:
                out.append(
                    Said(
                        quote.start,
                        quote.end,
                        mention,
                        False,
                        tree[first].sentence,
                        first,
                        "reported:verb-quoted",
                    )
                )
        return out

    # -- one speaker for each passage -------------------------------------------------------

    def _one_speaker(self, reported: list[Said]) -> list[Said]:
        """Of reports inside one another the outer stays, unless it only relays the inner: a medium,
        a spokesman, "according to"."""
        kept: list[Said] = []
        for said in reported:
            outer = next(
                (
                    o
                    for o in reversed(kept[-6:])
                    if o.start <= said.start and said.end <= o.end + _MARKS
                ),
                None,
            )
            if outer is None:
                kept.append(said)
            elif self._relays(outer, said):
                kept.remove(outer)
                kept.append(said)
        return kept

    def _relays(self, outer: Said, inner: Said) -> bool:
        """Whether a report only passes on the one it holds."""
        if inner.speaker is None:
            return False
        if outer.rule.endswith("according") or outer.speaker is None:
            return True
        if self._official_account(outer, inner):
            return True
        share = (inner.end - inner.start) / max(outer.end - outer.start, 1)
        if is_medium(outer.speaker):
            return share >= _LEAST
        last = (outer.speaker.office or outer.speaker.text).lower().split()
        unnamed = outer.speaker.kind in ("role", "group", "pair")
        plural = outer.speaker.kind == "pronoun" and outer.speaker.plural
        verbal = inner.rule.endswith(("clause", "verb-quoted", "front"))
        return share >= 0.5 and verbal and (
            plural or (unnamed and any(w in words("speech", "media", "relays") for w in last))
        )  # fmt: skip

    def _official_account(self, outer: Said, inner: Said) -> bool:
        """ "Lee stressed …, the ministry said", "Lee told Day …, an aide said": a person's words
        as the main clause of what somebody else says."""
        if not outer.rule.endswith("front") or outer.speaker is None or inner.speaker is None:
            return False
        office = (outer.speaker.office or "").lower().split()
        spokesman = any(w in words("speech", "media", "relays") for w in office)
        body = outer.speaker.kind in ("state", "organization")
        named = inner.speaker.kind in ("person", "role")
        first = self.order.token_at(outer.start)
        main = not self.order.has_finite(first, inner.speaker.start)
        return main and named and (body or spokesman or inner.speaker.kind == "person")

    # -- quotations -------------------------------------------------------------------------

    def _with_quotations(
        self,
        reported: list[Said],
        attributions: list[Attribution],
        reports: ReportRules,
        taken: frozenset[int],
    ) -> list[Said]:
        """Reports and quotations in text order, speakers that the context tells filled in."""
        rules = QuotationRules(self.order, attributions)
        by_verb = {a.verb: a for a in attributions}
        starts = [s.start for s in reported]
        out: list[Said] = []
        at = 0
        for index, quote in enumerate(self.quotes):
            while at < len(reported) and reported[at].start <= quote.start:
                self._emit(reported[at], out)
                at += 1
            inside = bisect_right(starts, quote.start)
            if any(
                s.start <= quote.start and quote.end <= s.end + _MARKS
                for s in reported[max(inside - 4, 0) : inside]
            ):
                continue
            if self.tree[self.order.token_at(quote.start)].sentence in taken:
                continue
            said = rules.attribute(index, out[-1] if out else None)
            if said is None:
                continue
            if said.trigger in by_verb:
                said.addressees = reports.addressees(by_verb[said.trigger])
            self._emit(said, out)
        for said in reported[at:]:
            self._emit(said, out)
        return out

    def _emit(self, said: Said, out: list[Said]) -> None:
        """Keep a statement; "the statement said" goes on with whoever spoke last."""
        if said.speaker is None and out:
            said.speaker, said.antecedents = out[-1].speaker, out[-1].antecedents
        if said.speaker is None:
            return
        refers = said.speaker.kind == "pronoun" or (
            said.speaker.kind in ("role", "group") and said.speaker.definite
        )
        if out and out[-1].speaker is said.speaker:
            said.antecedents = out[-1].antecedents
        elif refers and not said.antecedents:
            said.antecedents = self._antecedents(said, out)
        out.append(said)

    def _antecedents(self, said: Said, out: list[Said]) -> list[Mention]:
        """Whom a pronoun that speaks takes up: whoever acts between the last statement and its own,
        else those who spoke before."""
        order = self.order
        pronoun = said.speaker.start if said.speaker is not None else 0
        stop = min(pronoun, order.token_at(said.start))
        here = order.paragraph(stop)
        found: list[Mention] = []
        for earlier in out[-1 : -1 - _MEMORY : -1]:
            last = order.token_at(max(earlier.end - 1, 0))
            if here - order.paragraph(last) > _NEARBY or earlier.speaker is None:
                break
            if not found and (acting := self._acting(last + 1, stop, earlier.speaker)):
                return acting
            found += [earlier.speaker, *earlier.antecedents]
            if earlier.speaker.kind == "pronoun" and not earlier.antecedents:
                break  # the text had turned to somebody else
        return _distinct(found)

    def _acting(self, start: int, stop: int, last: Mention) -> list[Mention]:
        """Somebody else who acts between two statements, in the sentence nearest to the second: a
        person before a verb or at the start of a sentence."""
        order = self.order
        found: list[Mention] = []
        sentence = -1
        for i in range(start, stop - 1):
            mention = order.speaker(i)
            if mention is None or mention is last or mention.start != i or order.quote_of[i] >= 0:
                continue
            if mention.kind not in ("person", "role") or (i > 0 and order.is_preposition(i - 1)):
                continue
            if not self._acts(mention):
                continue
            if self.tree[i].sentence != sentence:
                found, sentence = [], self.tree[i].sentence
            found.append(mention)
        return found[:1]

    def _acts(self, mention: Mention) -> bool:
        order, end = self.order, mention.end
        if order.is_finite(end) or order.sentence(mention.start)[0] == mention.start:
            return True
        if end + 1 >= len(self.tree) or self.tree[end].text != ",":
            return False
        for k in range(end + 1, min(end + _ASIDE, order.sentence(end)[1])):
            if self.tree[k].text == ",":  # "Lee, the chief negotiator, was curt"
                return order.is_finite(k + 1)
        return False


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """The mentions that name somebody, each once."""
    out: list[Mention] = []
    for mention in mentions:
        if mention.kind != "pronoun" and not any(m is mention for m in out):
            out.append(mention)
    return out
