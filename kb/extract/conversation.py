"""Records of a conversation: who speaks in turn before the press has met.

A transcript of remarks often tells of the meeting in its heading only. Its labels say who was
there; whether they are officials of several states is for those to decide who know them.
"""

from __future__ import annotations

from kb.extract.events import Told
from kb.extract.mentions import Mention
from kb.extract.narrative import Narrative
from kb.extract.turns import Turn
from kb.language.tree import Tree

RULE = "turns"
_MOST = 4  # speakers beyond whom it is a debate


def joint_appearance(tree: Tree, turns: list[Turn], narrative: Narrative) -> list[Told]:
    """The meeting of those who take turns, told where the second one begins. What they call
    "today" is its day."""
    speakers: dict[str, tuple[Mention, int]] = {}
    for turn in turns:
        if turn.speaker is not None and turn.speaker.kind in ("person", "role"):
            named = (turn.speaker.name or turn.speaker.text).split()[-1].lower()
            speakers.setdefault(named, (turn.speaker, turn.label))
    if not 2 <= len(speakers) <= _MOST:
        return []
    labels = sorted(label for _, label in speakers.values())
    return [
        Told(
            trigger=labels[1],
            sentence=tree[labels[1]].sentence,
            status="held",
            source="turns",
            borrowed=True,
            sides=[mention for mention, _ in speakers.values()],
            date=narrative.today(s for t in turns if t.speaker for s in t.sentences),
            rule=RULE,
        )
    ]
