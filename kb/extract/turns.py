"""Transcripts: turns that begin with a label ("PRESIDENT LEE:", "Anna Lee:", "Q").

What follows a label is said by whom it names, up to the next label; questions from the floor are
nobody's statements.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.extract.mentions import Mention
from kb.extract.order import Order
from kb.lexicon import words

_LONGEST = 24
_SHORT = frozenset({"of", "the", "and", "for", "to", "on", "in", "&", ",", "(", ")", "-", "–", "."})
_OPENING = frozenset({"“", '"', "‘", "``"})
_CLOSING = frozenset({"*", ".", "?", "!", "…", "”", '"', ">", "]", ")", "<…>"})


_ORNAMENTS = frozenset({"*", "<", ">", "…", "<…>"})
_Label = tuple[int, int, Mention | None]
"""The first token, the first behind the label, who is named."""


@dataclass(slots=True)
class Turn:
    """A turn: the token of its label, who speaks (None: a question, or nobody known), the passages
    as characters with the token they begin at, and the sentences it holds."""

    label: int
    speaker: Mention | None
    passages: list[tuple[int, int, int]] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)


def find_turns(order: Order) -> list[Turn]:
    """The turns of a transcript: of an article with several labels, or one in capitals or behind
    a row of stars."""
    labels = _labels(order)
    if not any(speaker for _, _, speaker in labels):
        return []
    first, past, _ = labels[0]
    starred = first > 0 and order.tree[first - 1].text == "*"
    if len(labels) < 2 and not starred and not _in_capitals(order, first, past):
        return []
    turns = []
    bounds = [first for first, _, _ in labels[1:]] + [len(order.tree)]
    for (first, past, speaker), stop in zip(labels, bounds, strict=True):
        turns.append(_turn(order, first, past, stop, speaker))
    return turns


def _labels(order: Order) -> list[_Label]:
    """The labels at the start of sentences; and of whom they name, those behind a heading that no
    full stop parts from them ("Transcript of the meeting Anna Lee: Good morning")."""
    found = {s.index: _label(order, s.start, s.end) for s in order.tree.sentences}
    names = {_surname(label[2]) for label in found.values() if label and label[2]}
    for sentence in order.tree.sentences:
        if found[sentence.index] is None and names:
            found[sentence.index] = _behind_heading(order, sentence.start, sentence.end, names)
    labels = [label for label in found.values() if label is not None]
    capitals = [label for label in labels if _in_capitals(order, *label[:2])]
    return capitals if len(capitals) > 1 and 2 * len(capitals) >= len(labels) else labels


def _surname(speaker: Mention) -> str:
    return (speaker.name or speaker.text).split()[-1].lower()


def _behind_heading(order: Order, start: int, end: int, names: set[str]) -> _Label | None:
    for k in range(start + 1, min(end - 1, start + _LONGEST)):
        if order.tree[k].text != ":" or order.tree[k + 1].text in _OPENING:
            continue
        speaker = order.speaker(k - 1)
        if speaker is not None and speaker.kind == "person" and _surname(speaker) in names:
            return speaker.start, k + 1, speaker
    return None


def _label(order: Order, start: int, end: int) -> _Label | None:
    """The label that a sentence begins with, or what stands behind a row of stars."""
    tree = order.tree
    starred = [k for k in range(start, end) if tree[k].text == "*"]
    start = starred[-1] + 1 if starred else start
    while start + 1 < end and tree[start].text in _ORNAMENTS:
        start += 1
    if start >= end:
        return None
    opens = start == 0 or order.paragraph(start - 1) != order.paragraph(start)
    if not opens and tree[start - 1].text not in _CLOSING:
        return None
    if opens and tree[start].text == "Q" and end - start > 1:
        return start, start + (2 if tree[start + 1].text in (":", ".") else 1), None
    speaker: Mention | None = None
    named = False
    depth = 0
    for k in range(start, min(end, start + _LONGEST)):
        token = tree[k]
        if token.text.endswith(":") and k > start:
            if not named or (k + 1 < end and tree[k + 1].text in _OPENING):
                return None
            told = tree.text[tree[start].start : tree[k - 1].end].lower()
            if told in words("speech", "labels", "questions"):
                return start, k + 1, None
            if speaker is None and not _in_capitals(order, start, k):
                return None
            return start, k + 1, speaker
        depth += (token.text == "(") - (token.text == ")")
        mention = order.mentions.at(k)
        named_before = speaker is not None and (
            speaker.kind == "person" or mention is None or mention.kind != "person"
        )
        if mention is not None and mention.kind in ("person", "role") and not named_before:
            speaker = mention
        capital = token.text[:1].isupper() or "(" in token.text
        named = named or capital
        if not (capital or token.lower in _SHORT or depth > 0 or mention is not None):
            return None
    return None


def _in_capitals(order: Order, start: int, end: int) -> bool:
    text = order.tree.text[order.tree[start].start : order.tree[end - 1].end]
    return all(c.isupper() for c in text if c.isalpha())


def _spoken(text: str) -> bool:
    """Whether a passage is speech: no time of day, no "(Laughter.)" of its own."""
    aside = text.startswith("(") and text.find(")") == len(text) - 1
    return any(c.islower() for c in text) and not aside


def _turn(order: Order, first: int, past: int, stop: int, speaker: Mention | None) -> Turn:
    tree = order.tree
    turn = Turn(first, speaker)
    turn.sentences = list(range(tree[first].sentence, tree[stop - 1].sentence + 1))
    k = past
    while k < stop:
        here = order.paragraph(k)
        end = k
        while end < stop and order.paragraph(end) == here:
            end += 1
        words_end = end
        while words_end > k and tree[words_end - 1].text in ("<", ">", "…", "<…>", "]", "["):
            words_end -= 1
        if words_end > k and _spoken(tree.text[tree[k].start : tree[words_end - 1].end]):
            turn.passages.append((tree[k].start, tree[words_end - 1].end, k))
        k = end
    return turn
