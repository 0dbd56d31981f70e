"""The neutral view of trees: two ways to label a sentence, one way in which the rules see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kb.language.labels import coarse, neutral
from kb.language.tree import Token, Tree, link

UD, CLEAR, NEUTRAL = "UD", "CLEAR", "neutral"
ANY = -1


@dataclass(frozen=True)
class Parsed:
    """A sentence of ``relations.txt``; ``trees``: heads (0 is the root) and labels by scheme."""

    title: str
    words: list[str]
    tags: list[str]
    trees: dict[str, list[tuple[int, str]]]


def read() -> Iterator[Parsed]:
    text = (Path(__file__).parent / "relations.txt").read_text(encoding="utf-8")
    for block in text.split("\n== ")[1:]:
        title, *lines = block.strip().splitlines()
        rows = [line.split() for line in lines]
        trees = {
            scheme: [(ANY if r[k] == "-" else int(r[k]), r[k + 1]) for r in rows]
            for scheme, k in ((UD, 2), (CLEAR, 4), (NEUTRAL, 6))
        }
        yield Parsed(title, [r[0] for r in rows], [r[1] for r in rows], trees)


SENTENCES = list(read())


def view(sentence: Parsed, scheme: str) -> Tree:
    """The tree the rules read, from a document with the labels of the given scheme."""
    told = sentence.trees[scheme]
    heads = [head - 1 if head else i for i, (head, _) in enumerate(told)]
    deps = ["ROOT" if label == "root" else label for _, label in told]
    doc = Doc(Vocab(), sentence.words, tags=sentence.tags, heads=heads, deps=deps)
    rows = neutral(doc)
    tokens = [
        Token(i, t.text, t.idx, t.idx + len(t), r.tag, r.pos, r.lemma, r.head, r.rel, 0)
        for i, (t, r) in enumerate(zip(doc, rows, strict=True))
    ]
    tree = Tree(doc.text, tokens, [])
    link(tree)
    return tree


@pytest.mark.parametrize("scheme", [UD, CLEAR])
@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s.title)
def test_the_rules_see_the_same(sentence: Parsed, scheme: str) -> None:
    wanted = sentence.trees[NEUTRAL]
    seen = [
        (ANY if head == ANY else 0 if t.head == t.i else t.head + 1, t.rel)
        for t, (head, _) in zip(view(sentence, scheme).tokens, wanted, strict=True)
    ]
    assert seen == wanted


def titled(title: str) -> Parsed:
    return next(s for s in SENTENCES if s.title == title)


@pytest.mark.parametrize("scheme", [UD, CLEAR])
@pytest.mark.parametrize(
    ("title", "word", "case"),
    [
        ("two prepositions in a row", "Iran", ("out", "of")),
        ("passive subject and agent", "Modi", ("by",)),
        ("office before a name, and its owner", "Iran", ()),
        ("prepositions of coordinated nominals", "Lima", ("to",)),
        ("prepositions of coordinated nominals", "Quito", ()),
        ("relative clause with its preposition in front", "whom", ("with",)),
    ],
)
def test_the_prepositions_of_a_nominal(
    title: str, word: str, case: tuple[str, ...], scheme: str
) -> None:
    tree = view(titled(title), scheme)
    assert next(t.case for t in tree.tokens if t.text == word) == case


def test_a_preposition_of_several_words_is_read_as_one() -> None:
    sentence = Parsed(
        "according to",
        ["according", "to", "Kyiv"],
        ["VBG", "IN", "NNP"],
        {UD: [(3, "case"), (1, "fixed"), (0, "root")]},
    )
    assert view(sentence, UD)[2].case == ("according", "to")


@pytest.mark.parametrize(
    ("title", "word", "walk", "found"),
    [
        ("coordinated subjects", "Xi", "conjuncts", ["Xi", "Ramos"]),
        ("coordinated verbs", "landed", "conjuncts", ["landed", "met"]),
        ("coordinated verbs", "Orban", "ancestors", ["met", "landed"]),
        ("subject and object", "met", "children", ["Merkel", "Macron", "."]),
        ("apposition", "Wang", "subtree", ["Wang", ",", "the", "minister", ","]),
        ("coordinated subjects", "Ramos", "first_conjunct", ["Xi"]),
        ("relative clause", "Assad", "clause_of", ["met"]),
        ("a place as predicate", "talks", "clause_of", ["Doha"]),
    ],
)
def test_walks(title: str, word: str, walk: str, found: list[str]) -> None:
    tree = view(titled(title), UD)
    start = next(t.i for t in tree.tokens if t.text == word)
    got = getattr(tree, walk)(start)
    tokens = [got] if isinstance(got, Token | int) else list(got)
    assert [t.text if isinstance(t, Token) else tree[t].text for t in tokens] == found


def test_a_subtree_can_leave_relations_out() -> None:
    tree = view(titled("apposition"), UD)
    assert [tree[i].text for i in tree.subtree(0, without=["appos"])] == ["Wang"]


TAGS = ["NN", "VB", "IN", "TO", "CC", "JJ"]
CLEAR_LABELS = ["prep", "pobj", "pcomp", "agent", "dative", "attr", "acomp", "nsubj", "expl", "cc"]
CLEAR_LABELS += ["conj", "dobj", "aux", "relcl"]


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_tree_stays_a_tree(data: st.DataObject) -> None:
    """Whatever a parser comes up with: every word still hangs on the one root."""
    n = data.draw(st.integers(2, 7))
    order = data.draw(st.permutations(range(n)))
    heads = list(range(n))
    for k, i in enumerate(order[1:], start=1):
        heads[i] = order[data.draw(st.integers(0, k - 1))]
    deps = [data.draw(st.sampled_from(CLEAR_LABELS)) if heads[i] != i else "ROOT" for i in range(n)]
    words = [data.draw(st.sampled_from(["be", "is", "of", "talks"])) for _ in range(n)]
    tags = [data.draw(st.sampled_from(TAGS)) for _ in range(n)]
    rows = neutral(Doc(Vocab(), words, tags=tags, heads=heads, deps=deps))
    assert sum(row.head == i for i, row in enumerate(rows)) == 1
    for i in range(n):
        for _ in range(n):
            i = rows[i].head
        assert rows[i].head == i


@pytest.mark.parametrize(
    ("tag", "own", "pos"),
    [
        ("NNP", "", "PROPN"),
        ("VBN", "AUX", "VERB"),
        ("MD", "VERB", "AUX"),
        ("XX", "PUNCT", "PUNCT"),
        ("XX", "", "X"),
    ],
)
def test_coarse_parts_of_speech(tag: str, own: str, pos: str) -> None:
    assert coarse(tag, own) == pos
