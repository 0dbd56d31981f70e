"""From an article to its tree: paragraphs, tokens, parse, with offsets into the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kb.language.tree import Tree, build

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
MAX_PARAGRAPH = 20_000
"""Longer paragraphs are cut at a full stop: the parser's memory grows with its input."""


def paragraphs(body: str) -> Iterator[tuple[int, int]]:
    """``(start, end)`` of each non-blank line, the over-long ones in pieces."""
    for found in _PARAGRAPH.finditer(body):
        start, end = found.span()
        while end - start > MAX_PARAGRAPH:
            cut = body.rfind(". ", start, start + MAX_PARAGRAPH)
            cut = cut + 1 if cut > start else start + MAX_PARAGRAPH
            yield start, cut
            start = cut
        yield start, end


def parse(nlp: Language, texts: Iterable[str]) -> Iterator[Tree]:
    """Parse article bodies, one tree each, in order. Offsets count characters of the body."""
    for body in texts:
        docs: list[Doc] = []
        offsets: list[Sequence[int]] = []
        for start, end in paragraphs(body):
            doc, at = _tokens(nlp, body[start:end], start)
            if at:
                docs.append(doc)
                offsets.append(at)
        yield build(body, list(zip(nlp.pipe(docs), offsets, strict=True)))


def _tokens(nlp: Language, text: str, base: int) -> tuple[Doc, list[int]]:
    """The tokens of a paragraph without white-space tokens (blanked boilerplate leaves runs of
    them), with their offsets."""
    from spacy.tokens import Doc

    raw = nlp.make_doc(text)
    kept = [t for t in raw if not t.is_space]
    spaces = [bool(t.whitespace_) for t in kept]
    for k, t in enumerate(kept[:-1]):
        if kept[k + 1].i > t.i + 1:
            spaces[k] = True
    return Doc(nlp.vocab, [t.text for t in kept], spaces), [base + t.idx for t in kept]
