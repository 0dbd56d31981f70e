"""A neutral view of parsed text: what the rules read, whatever pipeline parsed it.

The rules know subjects, passive subjects, agents, objects, obliques with their preposition,
conjuncts, appositions and clauses. Pipelines label these differently: the shipped one speaks
Universal Dependencies, spaCy's own English pipelines the CLEAR labels, where prepositions head
their objects and the copula heads its predicate. Both are mapped here onto one shape, the
UD one: content words govern, prepositions and auxiliaries depend.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kb.language.lemmas import lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kb.language.words import Sentence

_CLEAR_ONLY = frozenset({"dobj", "pobj", "nsubjpass", "prep", "attr", "npadvmod", "acomp"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "parataxis", "csubj"})


@dataclass(slots=True)
class Token:
    """One word. ``start``/``end`` are character offsets into the article's text; ``head`` is the
    index of the governing token in the document (its own index for a root)."""

    i: int
    text: str
    start: int
    end: int
    tag: str
    pos: str
    lemma: str
    head: int
    rel: str
    sentence: int
    case: tuple[str, ...] = ()
    """The prepositions of a nominal, lower case ("at" of "at the invitation")."""
    children: list[int] = field(default_factory=list)

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_verb(self) -> bool:
        return self.pos in ("VERB", "AUX")

    @property
    def is_nominal(self) -> bool:
        return self.pos in ("NOUN", "PROPN", "PRON", "NUM")


@dataclass(slots=True)
class Tree:
    """The tokens and sentences of one article, with the walks the rules need."""

    text: str
    tokens: list[Token]
    sentences: list[Sentence]

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def __len__(self) -> int:
        return len(self.tokens)

    def span(self, sentence: Sentence) -> list[Token]:
        return self.tokens[sentence.start : sentence.end]

    def sentence_of(self, i: int) -> Sentence:
        return self.sentences[self.tokens[i].sentence]

    def children(self, i: int, *rels: str) -> list[Token]:
        """Dependents in text order, those of the given relations only where any is given."""
        kids = (self.tokens[c] for c in self.tokens[i].children)
        return [k for k in kids if not rels or k.rel in rels]

    def child(self, i: int, *rels: str) -> Token | None:
        return next(iter(self.children(i, *rels)), None)

    def ancestors(self, i: int) -> Iterator[Token]:
        """Governors from the nearest to the root."""
        seen = {i}
        while (head := self.tokens[i].head) not in seen:
            seen.add(head)
            i = head
            yield self.tokens[i]

    def subtree(self, i: int, without: Iterable[str] = ()) -> list[int]:
        """Indices of the token and all it governs, in text order, not entering ``without``."""
        skip, out, stack = frozenset(without), [i], list(self.tokens[i].children)
        while stack:
            at = stack.pop()
            if self.tokens[at].rel in skip:
                continue
            out.append(at)
            stack.extend(self.tokens[at].children)
        return sorted(out)

    def conjuncts(self, i: int) -> list[Token]:
        """The token and what is coordinated with it, in text order."""
        out, stack = [i], [i]
        while stack:
            for kid in self.children(stack.pop(), "conj"):
                if kid.i not in out:
                    out.append(kid.i)
                    stack.append(kid.i)
        return [self.tokens[k] for k in sorted(out)]

    def first_conjunct(self, i: int) -> int:
        """The first member of the coordination that the token is in."""
        seen = {i}
        while self.tokens[i].rel == "conj" and self.tokens[i].head not in seen:
            i = self.tokens[i].head
            seen.add(i)
        return i

    def clause_of(self, i: int) -> Token:
        """The verb (or predicate) whose clause the token stands in."""
        token = self.tokens[i]
        for above in (token, *self.ancestors(i)):
            if above.is_verb or above.rel in _CLAUSAL or above.head == above.i:
                return above
        return token

    def slice(self, start: int, end: int) -> str:
        """The text of tokens ``start`` to ``end`` (exclusive), as it stands in the article."""
        if start >= end:
            return ""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


@cache
def _labels() -> dict[str, dict[str, str]]:
    text = (files("kb.language") / "data" / "labels.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    return tables


@dataclass(frozen=True, slots=True)
class Row:
    """A parsed word in neutral terms; ``head`` counts within its own parse."""

    tag: str
    pos: str
    rel: str
    head: int
    lemma: str


def coarse(tag: str, pos: str) -> str:
    """The coarse part of speech of a Penn tag, else the pipeline's own."""
    return _labels()["pos"].get(tag) or pos or "X"


def neutral(doc: Doc) -> list[Row]:
    """A parse in neutral terms. Whether its labels are UD or CLEAR is told from the labels."""
    rows = [(t.tag_, coarse(t.tag_, t.pos_), t.dep_, t.head.i) for t in doc]
    if any(label in _CLEAR_ONLY for _, _, label, _ in rows):
        rows = _clear_to_ud(rows)
    names = _labels()["ud"]
    return [
        Row(
            tag,
            pos,
            names.get(label) or names.get(label.split(":")[0], "other"),
            head,
            lemma(t.text, tag),
        )
        for t, (tag, pos, label, head) in zip(doc, rows, strict=True)
    ]


def link(tree: Tree) -> None:
    """Fill children and prepositions, and tell passive agents from other "by" phrases."""
    for token in tree.tokens:
        if token.head != token.i:
            tree.tokens[token.head].children.append(token.i)
    for token in tree.tokens:
        cases = [tree[c] for c in token.children if tree[c].rel == "case"]
        words = [c.lower for c in cases if c.tag != "POS"]
        for c in cases:
            words += [k.lower for k in tree.children(c.i, "fixed")]
        token.case = tuple(words)
    for token in tree.tokens:
        head = tree[token.head]
        passive = any(tree[c].rel in ("auxpass", "subj_pass") for c in head.children)
        bare = head.tag == "VBN" and head.rel in ("acl", "relcl", "advcl")
        if token.rel == "obl" and token.case == ("by",) and (passive or bare):
            token.rel = "agent"


def _clear_to_ud(
    words: list[tuple[str, str, str, int]],
) -> list[tuple[str, str, str, int]]:
    """Turn CLEAR trees (spaCy's ``en_core_web_*``) into the UD shape.

    Objects of prepositions take the preposition's place and govern it; a predicate noun or
    adjective takes the place of its copula and governs it; labels take their UD names.
    """
    names = _labels()["clear"]
    heads = [w[3] for w in words]
    labels = [w[2] for w in words]
    for i, (_, _, label, head) in enumerate(words):
        if label not in ("pobj", "pcomp"):
            continue
        outer, role = heads[head], labels[head]
        if role not in ("prep", "agent", "dative", "case"):
            continue
        verbal = words[outer][1] in ("VERB", "AUX")
        heads[i] = outer
        if label == "pcomp":
            labels[i] = "advcl" if verbal else "acl"
            labels[head], heads[head] = "mark", i
            continue
        labels[i] = "obl:agent" if role == "agent" else "obl" if verbal else "nmod"
        labels[head], heads[head] = "case", i
    for i, (_, _, label, head) in enumerate(words):
        if label not in ("attr", "acomp") or words[head][1] not in ("VERB", "AUX"):
            continue
        above, role = heads[head], labels[head]
        for k in range(len(words)):
            if k != i and heads[k] == head and k != head:
                heads[k] = i
        heads[i], labels[i] = (i if above == head else above), role
        heads[head], labels[head] = i, "cop"
    return [
        (tag, pos, names.get(labels[i], labels[i]), heads[i])
        for i, (tag, pos, _, _) in enumerate(words)
    ]
