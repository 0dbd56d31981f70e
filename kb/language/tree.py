"""The tree the rules read: tokens with neutral relations, and the walks over them.

The rules know subjects, passive subjects, agents, objects, obliques with their preposition,
conjuncts, appositions and clauses (``data/labels.toml`` lists the names). The shape is that of
Universal Dependencies: content words govern, prepositions and auxiliaries depend. How a pipeline's
labels come to these is told in ``kb.language.labels``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.language.words import Sentence

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
        if token.rel != "obl" or token.case != ("by",):
            continue
        head = tree[token.head]
        passive = any(tree[c].rel in ("auxpass", "subj_pass") for c in head.children)
        bare = head.tag == "VBN" and head.rel in ("acl", "relcl", "advcl")
        if passive or bare:
            token.rel = "agent"
