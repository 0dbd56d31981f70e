"""From a pipeline's parse to neutral terms, whatever labels it speaks.

The shipped pipeline speaks Universal Dependencies; spaCy's own English pipelines speak the CLEAR
labels, where prepositions head their objects and the copula heads its predicate. Both come to one
shape, the UD one, and to the names that ``data/labels.toml`` gives.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kb.language.lemmas import lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})
_COMPLEMENTS = frozenset({"attr", "acomp", "ccomp", "xcomp", "oprd", "expl"})


@dataclass(frozen=True, slots=True)
class Row:
    """A parsed word in neutral terms; ``head`` counts within its own parse, its own for a root."""

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
    pos = [coarse(t.tag_, t.pos_) for t in doc]
    lemmas = [lemma(t.text, t.tag_) for t in doc]
    heads = [t.head.i for t in doc]
    labels = [t.dep_ for t in doc]
    if not _clear_only().isdisjoint(labels):
        turned = _Clear(pos, lemmas, heads, labels)
        turned.turn()
        heads, labels = turned.heads, turned.labels
    names = _labels()["ud"]
    rows = []
    for t, head, label in zip(doc, heads, labels, strict=True):
        rel = names.get(label) or names.get(label.split(":")[0], "other")
        if t.tag_ == "TO" and rel == "aux":
            rel = "mark"
        rows.append(Row(t.tag_, pos[t.i], rel, head, lemmas[t.i]))
    return rows


@cache
def _labels() -> dict[str, dict[str, str]]:
    text = (files("kb.language") / "data" / "labels.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    return tables


@cache
def _clear_only() -> frozenset[str]:
    """The labels that tell a CLEAR parse."""
    return frozenset(_labels()["clear"]) - frozenset(_labels()["ud"])


class _Clear:
    """A CLEAR tree on its way to the UD shape; ``told`` are its own labels, ``labels`` those of UD.

    ``heads`` and ``labels`` change in place.
    """

    def __init__(
        self, pos: list[str], lemmas: list[str], heads: list[int], told: list[str]
    ) -> None:
        self.pos, self.lemmas, self.told = pos, lemmas, told
        self.heads = list(heads)
        self.labels = [_labels()["clear"].get(label, label) for label in told]

    def turn(self) -> None:
        """Conjuncts hang on the first of them, objects take the place of their prepositions,
        predicates that of their copulas."""
        given = list(self.heads)
        for i, label in enumerate(self.told):
            if label == "cc":
                self.heads[i] = self._next_conjunct(i, given)
            elif label == "conj":
                while self.told[self.heads[i]] == "conj":
                    self.heads[i] = given[self.heads[i]]
        for i, label in enumerate(self.told):
            if label in ("pobj", "pcomp") and self.told[given[i]] in _PREPOSITIONS:
                self._lift_object(i)
        for verb, base in enumerate(self.lemmas):
            if base == "be" and self.pos[verb] in ("VERB", "AUX"):
                self._lift_predicate(verb)

    def _next_conjunct(self, i: int, given: list[int]) -> int:
        """What a conjunction joins to the word it hangs on, else that word."""
        following = range(i + 1, len(given))
        joined = (k for k in following if self.told[k] == "conj" and given[k] == given[i])
        return next(joined, given[i])

    def _lift_object(self, i: int) -> None:
        """ "to Oslo": "Oslo" governs "to"; of "out of Oslo" it governs both."""
        chain = [self.heads[i]]
        while self.told[outer := self.heads[chain[-1]]] == "prep" and outer not in chain:
            chain.append(outer)
        clause = self.told[i] == "pcomp"
        nominal = self.pos[outer] in _NOMINAL
        if clause:
            label = "acl" if nominal else "advcl"
        elif self.told[chain[0]] == "agent":
            label = "obl:agent"
        else:
            label = "nmod" if nominal else "obl"
        self.heads[i], self.labels[i] = outer, label
        for preposition in chain:
            self.heads[preposition] = i
            self.labels[preposition] = "mark" if clause else "case"

    def _lift_predicate(self, verb: int) -> None:
        """ "is president", "is ready", "is in Oslo": the predicate governs; not in "there is"."""
        kids = [i for i, h in enumerate(self.heads) if h == verb and i != verb]
        roles = {self.told[i] for i in kids}
        named = [i for i in kids if self.told[i] in ("attr", "acomp")]
        if "expl" in roles:
            for i in named:
                self.labels[i] = "nsubj"
            return
        if not named and "nsubj" in roles and roles.isdisjoint(_COMPLEMENTS):
            named = [i for i in kids if self.labels[i] == "obl" and i > verb]
        if not named:
            return
        predicate = named[0]
        root = self.heads[verb] == verb
        self.heads[predicate] = predicate if root else self.heads[verb]
        self.labels[predicate] = self.labels[verb]
        for i in kids:
            if i != predicate:
                self.heads[i] = predicate
        self.heads[verb], self.labels[verb] = predicate, "cop"
