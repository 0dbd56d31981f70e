"""Who else was there: "Also taking part were A and B", "X was joined by Y", "Participants: ...".

Such a sentence tells no meeting of its own: it adds to one told beside it. Which one, the records
tell (``kb.resolve.attendance``).
"""

from __future__ import annotations

from kb.extract import arguments as arg
from kb.extract.events import Told
from kb.extract.mentions import Mention, Mentions
from kb.extract.sides import Sides
from kb.extract.status import status_of
from kb.language.tree import Token, Tree
from kb.lexicon import words

JOINED, PRESENT, LISTED = "attending:joined by", "attending:present", "attending:list"
_OPENING = 4  # tokens of a sentence in which "taking part" stands
_TO_COPULA = 10  # tokens from there to "were"
_TO_ITEM = 4  # tokens between a bullet and the name behind it: "His Excellency"
_HEADING = 14  # tokens of "The following officials participated:"
_BREAKS = frozenset({"who", "which", "where", "whom", "whose", "when", "while", "but"})
_BEHIND = frozenset({"for", "in", "at", "on", "to", "with", "during", "as", "after", ";"})
_VERBS = frozenset({"VB", "VBD", "VBZ", "VBP", "VBN", "MD"})
_RANKS = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "deputy_head"}
)
_BULLETS = frozenset({"-", "–", "—", "•", "*", "·"})


class Attendance:
    """Finds who else took part in the meetings of one article."""

    def __init__(self, tree: Tree, mentions: Mentions, sides: Sides) -> None:
        self.tree, self.mentions, self.sides = tree, mentions, sides

    def find(self) -> list[Told]:
        """Tellings that add their sides to a meeting told beside them; ``host`` is the participant
        they were with, where the text names one."""
        out: list[Told] = []
        for token in self.tree.tokens:
            if token.lemma in words("meetings", "attendance", "joined") and token.tag == "VBN":
                out += self._joined(token)
        for sentence in self.tree.sentences:
            out += self._present(sentence.start, sentence.end)
            out += self._heading(sentence.start, sentence.end)
        return out

    # -- "X, joined by Y," ------------------------------------------------------------------

    def _joined(self, verb: Token) -> list[Told]:
        tree = self.tree
        if verb.i + 2 >= len(tree) or tree[verb.i + 1].lower != "by":
            return []
        if verb.i in self.sides.talk:
            return []  # "I am joined today by"
        going = self._named(verb.i + 2, tree.sentence_of(verb.i).end, _BEHIND)
        host = self._host(verb)
        if not going or host is None or host in going:
            return []
        return self._told(verb, going, JOINED, host)

    def _host(self, verb: Token) -> Mention | None:
        """Whom somebody joined: right before the participle, or its subject."""
        k = verb.i - 1
        while k > 0 and self.tree[k].lower in (",", "also", "–", "—"):
            k -= 1
        beside = self.mentions.at(k)
        if beside is not None and _leading(beside):
            return beside
        own = [m for m in self.sides.of(arg.patients(self.tree, verb)) if _leading(m)]
        return own[0] if len(own) == 1 else None

    # -- "Taking part were A and B" ---------------------------------------------------------

    def _present(self, first: int, limit: int) -> list[Told]:
        """An inverted sentence, read on its words: such sentences are often parsed wrongly."""
        tree = self.tree
        opening = " ".join(t.lower for t in tree.tokens[first : min(limit, first + _OPENING)])
        present = next(
            (p for p in words("meetings", "attendance", "openings") if f" {p} " in f" {opening} "),
            None,
        )
        if present is None:
            return []
        for k in range(first + 1, min(limit, first + _TO_COPULA)):
            if self.mentions.at(k) is not None and self.mentions.at(k).kind == "person":  # type: ignore[union-attr]
                return []
            if tree[k].lemma == "be" and tree[k].tag.startswith("VB"):
                return self._told(tree[k], self._named(k + 1, limit), PRESENT)
        return []

    def _named(self, k: int, limit: int, breaks: frozenset[str] = frozenset()) -> list[Mention]:
        """The persons named up to the end of a clause, or to one of the words that break it."""
        out: list[Mention] = []
        while k < limit:
            token, mention = self.tree[k], self.mentions.at(k)
            if mention is not None and mention.start == k:
                out += [mention] if _one(mention) else []
                k = mention.end
                continue
            if token.lower in _BREAKS | breaks or token.tag in _VERBS:
                break
            k += 1
        return out

    # -- "Participants included:" -----------------------------------------------------------

    def _heading(self, first: int, limit: int) -> list[Told]:
        tree = self.tree
        listing = words("meetings", "attendance", "headings")
        colon = next((k for k in range(first, min(limit, first + _HEADING))
                      if tree[k].text == ":"), None)  # fmt: skip
        heads = set(tree.slice(first, colon).lower().split()) if colon is not None else set()
        if colon is None or not heads & listing:
            return []
        joining = tree[first].lower in words("meetings", "attendance", "openings")
        named = any(m.kind == "person" for k in range(first, colon) if (m := self.mentions.at(k)))
        if named and not joining:
            return []  # "Minister Lee, who attended: ..."
        items = self._items(colon + 1)
        if not heads & words("meetings", "attendance", "officials"):
            items = [m for m in items if m.office_kind in _RANKS and m.text != m.name
                     and not m.text.startswith(m.name or "")]  # fmt: skip
        return self._told(tree[first], items, LISTED)

    def _items(self, k: int) -> list[Mention]:
        """The persons that the items of a list begin with, one for each, up to a blank line
        without a bullet behind it."""
        tree = self.tree
        out: list[Mention] = []
        opened = False
        while k < len(tree):
            gap = tree.text[tree[k - 1].end : tree[k].start]
            bullet = tree[k].text in _BULLETS or (tree[k].tag in ("LS", "CD") and "\n" in gap)
            if gap.count("\n") > 1 and opened and not bullet:
                break
            if bullet or "\n" in gap:
                opened = True
                named = self._item(k)
                if named is not None and named not in out:
                    out.append(named)
                    k = named.end
                    continue
            elif not opened:
                break
            k += 1
        return out

    def _item(self, k: int) -> Mention | None:
        for i in range(k, min(k + _TO_ITEM, len(self.tree))):
            found = self.mentions.at(i)
            if found is not None:
                named = found.kind == "person" and " " in (found.name or "")
                return found if named and found.start == i else None
        return None

    def _told(
        self, trigger: Token, going: list[Mention], rule: str, host: Mention | None = None
    ) -> list[Told]:
        finding = status_of(self.tree, self.mentions, trigger.i) if rule != LISTED else None
        if not going or (rule != LISTED and finding is None):
            return []
        status = finding.status if finding is not None else "held"
        source = finding.source if finding is not None else trigger.text
        return [
            Told(
                trigger=trigger.i, sentence=trigger.sentence, status=status, source=source,
                sides=going, rule=rule, host=host, joins=True,
            )
        ]  # fmt: skip


def _one(mention: Mention) -> bool:
    """Whether somebody is told by name, or by the office of a state."""
    return mention.kind == "person" or (
        mention.kind == "role" and not mention.plural and bool(mention.states)
    )


def _leading(mention: Mention) -> bool:
    return mention.kind in ("person", "role", "pronoun") and not mention.plural
