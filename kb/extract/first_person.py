"""Who "I", "you" and "we" are in the record of a conversation of two, and "I" in quotations.

Official records of talks print what was said, turn by turn. With two speakers "we" are both and
"you" the other; with more nobody can tell. In a quotation "I" is whoever is quoted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from kb.extract.events import Said
from kb.extract.mentions import Mention
from kb.extract.turns import Turn
from kb.language.tree import Tree
from kb.lexicon import words


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """The first tokens of the turns and who speaks in each; empty for other texts."""

    tree: Tree
    starts: tuple[int, ...] = ()
    speakers: tuple[Mention, ...] = ()
    quoted: tuple[tuple[int, int, Mention], ...] = ()
    """Quotations in the order of the text: characters, and the person quoted."""

    @classmethod
    def of(cls, tree: Tree, turns: list[Turn], said: Sequence[Said] = ()) -> FirstPerson:
        """The conversation that the turns make, if it is one of two, else what is quoted."""
        speakers = tuple(t.speaker for t in turns if t.speaker is not None)
        two = len(speakers) == len(turns) and len({_surname(m) for m in speakers}) == 2
        if two:
            return cls(tree, tuple(t.label for t in turns), speakers)
        quoted = [
            (one.start, one.end, one.speaker)
            for one in said
            if one.quote and one.speaker is not None and one.speaker.kind in ("person", "role")
        ]
        return cls(tree, quoted=tuple(sorted(quoted, key=itemgetter(0, 1))))

    def __contains__(self, i: int) -> bool:
        return bool(self.starts) and i >= self.starts[0]

    def at(self, i: int) -> list[Mention]:
        """Whom a pronoun of the first or second person stands for; nobody for other words."""
        word = self.tree[i].lower
        if self.quoted and word in words("people", "pronouns", "own"):
            return self._quoted(self.tree[i].start)
        if i not in self or word not in words("people", "pronouns", "first"):
            return []
        speaker = self.speakers[bisect_right(self.starts, i) - 1]
        other = next(m for m in self.speakers if _surname(m) != _surname(speaker))
        if word in words("people", "pronouns", "both"):
            return [speaker, other]
        return [other] if word in words("people", "pronouns", "second") else [speaker]

    def _quoted(self, at: int) -> list[Mention]:
        """Who is quoted where a character stands."""
        k = bisect_right(self.quoted, at, key=itemgetter(0)) - 1
        if k < 0:
            return []
        start, end, speaker = self.quoted[k]
        return [speaker] if start <= at < end else []


def _surname(mention: Mention) -> str:
    return (mention.name or mention.text).split()[-1].lower()
