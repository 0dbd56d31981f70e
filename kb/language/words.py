"""The words of an article before it is parsed: tokens with tags, in sentences and paragraphs.

Sentences are split by rule, not by the parser: edited news marks them well, and what is a sentence
must not change with the model.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kb.language.labels import coarse
from kb.language.lemmas import lemma

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_LINE = re.compile(r"[^\n]+")
MAX_PARAGRAPH = 20_000
"""Longer paragraphs are cut at a full stop: memory grows with the length of a text."""

LONGEST_SENTENCE = 500
"""Tokens. A longer one, which only lists are, is read in pieces of so many: the rules look at every
pair of words of a sentence here and there."""

_MOST_TOKENS = 20_000
"""Tokens tagged at a time: memory grows with them. Few articles have as many."""

_MOST_CLOSING = 20
"""Marks that close a sentence behind its full stop, at the most."""

_INITIALS = re.compile(r"(?:[A-Za-z]\.){2,}$")
_JOINED = re.compile(r"([^\W\d_][\w.’']*)([-–—/])([^\W\d_][\w.’']*)$")


@dataclass(slots=True)
class Word:
    """A token with its tag; ``start``/``end`` are offsets into the article's text.

    ``space`` tells whether a blank follows; ``entity`` is a BIO label ("B-PERSON"), empty outside
    of names and where the pipeline finds none.
    """

    i: int
    text: str
    start: int
    end: int
    tag: str
    pos: str
    lemma: str
    sentence: int
    space: bool
    entity: str = ""

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a span of tokens, ``paragraph`` counting from 0."""

    index: int
    start: int
    end: int
    paragraph: int


@dataclass(slots=True)
class Words:
    """All words of an article."""

    text: str
    tokens: list[Word]
    sentences: list[Sentence]
    cut: int = 0
    """How many sentences were longer than is read of one, and went on in another."""

    def __getitem__(self, i: int) -> Word:
        return self.tokens[i]

    def __len__(self) -> int:
        return len(self.tokens)

    def span(self, sentence: Sentence) -> list[Word]:
        return self.tokens[sentence.start : sentence.end]

    def sentence_of(self, i: int) -> Sentence:
        return self.sentences[self.tokens[i].sentence]

    def slice(self, start: int, end: int) -> str:
        """The text of tokens ``start`` to ``end`` (exclusive), as it stands in the article."""
        if start >= end:
            return ""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


def paragraphs(body: str) -> Iterator[tuple[int, int]]:
    """``(start, end)`` of each non-blank line, the over-long ones in pieces."""
    for found in _LINE.finditer(body):
        start, end = found.span()
        if found.group().isspace():
            continue
        while end - start > MAX_PARAGRAPH:
            cut = body.rfind(". ", start, start + MAX_PARAGRAPH)
            cut = cut + 1 if cut > start else start + MAX_PARAGRAPH
            yield start, cut
            start = cut
        yield start, end


def read_words(nlp: Language, body: str, skip: int = 0) -> Words:
    """Tokenise and tag an article's body, from character ``skip`` on (behind a dateline)."""
    pieces = [(max(s, skip), e) for s, e in paragraphs(body) if e > skip]
    docs: list[Doc] = []
    offsets: list[list[int]] = []
    for start, end in pieces:
        doc, at = _tokens(nlp, body[start:end], start)
        if at:
            docs.append(doc)
            offsets.append(at)
    words = Words(body, [], [])
    tagged = (doc for batch in _batches(docs) for doc in nlp.pipe(batch, disable=["parser"]))
    for paragraph, (doc, at) in enumerate(zip(tagged, offsets, strict=True)):
        _add(words, doc, at, paragraph)
    return words


def _batches(docs: list[Doc]) -> Iterator[list[Doc]]:
    """Paragraphs in a row, of some :data:`_MOST_TOKENS` tokens together."""
    batch: list[Doc] = []
    size = 0
    for doc in docs:
        if batch and size + len(doc) > _MOST_TOKENS:
            yield batch
            batch, size = [], 0
        batch.append(doc)
        size += len(doc)
    if batch:
        yield batch


def _tokens(nlp: Language, text: str, base: int) -> tuple[Doc, list[int]]:
    """Tokens of a paragraph: no white-space tokens (blanked boilerplate leaves runs of blanks), and
    pairs of names ("U.S.-Japan") apart, as the tables know their members."""
    from spacy.tokens import Doc

    words: list[str] = []
    offsets: list[int] = []
    for token in nlp.make_doc(text):
        if token.is_space:
            continue
        pair = _JOINED.match(token.text)
        if pair and pair.group(1)[0].isupper() and pair.group(3)[0].isupper():
            at = token.idx
            for part in pair.groups():
                words.append(part)
                offsets.append(base + at)
                at += len(part)
            continue
        words.append(token.text)
        offsets.append(base + token.idx)
    ends = [o + len(w) for o, w in zip(offsets, words, strict=True)]
    spaces = [e != o for e, o in zip(ends, offsets[1:], strict=False)] + [False] if words else []
    return Doc(nlp.vocab, words, spaces), offsets


def _add(words: Words, doc: Doc, offsets: list[int], paragraph: int) -> None:
    base = len(words.tokens)
    first = base
    texts = [t.text for t in doc]
    for k, t in enumerate(doc):
        start = offsets[k]
        words.tokens.append(
            Word(
                i=base + k,
                text=t.text,
                start=start,
                end=start + len(t.text),
                tag=t.tag_,
                pos=coarse(t.tag_, t.pos_),
                lemma=lemma(t.text, t.tag_),
                sentence=len(words.sentences),
                space=bool(t.whitespace_),
                entity=f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "",
            )
        )
        ends = k + 1 == len(texts) or _ends(texts, k)
        if ends or base + k + 1 - first == LONGEST_SENTENCE:
            words.cut += not ends
            words.sentences.append(Sentence(len(words.sentences), first, base + k + 1, paragraph))
            first = base + k + 1


@cache
def _marks() -> dict[str, frozenset[str]]:
    text = (files("kb.language") / "data" / "sentences.toml").read_text(encoding="utf-8")
    return {name: frozenset(listed) for name, listed in tomllib.loads(text).items()}


def _ends(texts: list[str], k: int) -> bool:
    """Whether a sentence ends with token ``k`` (closing marks belong to it)."""
    stops, closers = _marks()["stops"], _marks()["closers"]
    text, following = texts[k], texts[k + 1]
    if text in closers:
        j = k
        while j > max(0, k - _MOST_CLOSING) and texts[j] in closers:
            j -= 1
        return texts[j] in stops and following not in closers and _opens(following)
    if text in stops:
        numbered = following[:1].isdigit() and k > 0 and texts[k - 1] in _marks()["numbered"]
        marks = following in closers or following in stops
        return not marks and not numbered and _opens(following)
    abbreviated = text in _marks()["abbreviations"] or _INITIALS.match(text) is not None
    return abbreviated and following in _marks()["starters"]


def _opens(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit() or word[:1] in _marks()["openers"]
