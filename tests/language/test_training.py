"""The training steps, on a treebank of a few sentences."""

from __future__ import annotations

import gzip
import json
import random
import re
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import DocBin

from kb.language.training import corpus, entities, evaluate, silver, steps, student
from kb.language.training.augment import Augmenter, Span, spans
from kb.language.training.conllu import Sentence, lines, read, write
from kb.language.training.convert import document, groups, joined
from kb.language.training.decode import best_tree
from kb.language.training.phrases import Phrases
from kb.language.training.pieces import Piece, join, name, word
from kb.language.training.splice import is_subtree, splice

TREEBANK = """\
# newdoc id = GUM_news_one
# text = The mayor of Bergen, Ana Ruiz, can't meet Li Bo.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(1-person-giv:inact
2\tmayor\tmayor\tNOUN\tNN\t_\t10\tnsubj\t_\t_
3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_
4\tBergen\tBergen\tPROPN\tNNP\t_\t2\tnmod\t_\tEntity=(2-place-giv:inact)|SpaceAfter=No
5\t,\t,\tPUNCT\t,\t_\t6\tpunct\t_\t_
6\tAna\tAna\tPROPN\tNNP\t_\t2\tappos\t_\tEntity=(3-person-giv:inact
7\tRuiz\tRuiz\tPROPN\tNNP\t_\t6\tflat\t_\tEntity=3)1)|SpaceAfter=No
8\t,\t,\tPUNCT\t,\t_\t6\tpunct\t_\t_
9-10\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
9\tca\tcan\tAUX\tMD\t_\t11\taux\t_\t_
10\tn't\tnot\tPART\tRB\t_\t11\tadvmod\t_\t_
11\tmeet\tmeet\tVERB\tVB\t_\t0\troot\t_\t_
11.1\t_\t_\t_\t_\t_\t_\t_\t_\t_
12\tLi\tLi\tPROPN\tNNP\t_\t11\tobj\t_\tEntity=(4-person-new
13\tBo\tBo\tPROPN\tNNP\t_\t12\tflat\t_\tEntity=4)|SpaceAfter=No
14\t.\t.\tPUNCT\t.\t_\t11\tpunct\t_\t_

# text = They left.
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

""".replace("\t10\tnsubj", "\t11\tnsubj")


def sentences() -> list[Sentence]:
    return [t.sentence.with_entities(entities.bio(t)) for t in read(TREEBANK.splitlines())]


LONG, SHORT = sentences()


def assert_tree(sentence: Sentence) -> None:
    """All columns have the same length, there is one root, and every word hangs on it."""
    n = len(sentence)
    for column in (sentence.tags, sentence.heads, sentence.relations, sentence.spaces):
        assert len(column) == n
    assert [h for h in sentence.heads if h < 0] == [-1]
    assert [r == "root" for r in sentence.relations] == [h < 0 for h in sentence.heads]
    for i in range(n):
        seen, at = set(), i
        while at >= 0:
            assert at not in seen
            seen.add(at)
            at = sentence.heads[at]


# -- CoNLL-U -------------------------------------------------------------------------------------


def test_reading() -> None:
    assert LONG.document == SHORT.document == "GUM_news_one"
    assert evaluate.text([LONG, SHORT]) == f"{LONG.text} {SHORT.text}"
    assert LONG.words[8:11] == ("ca", "n't", "meet")
    assert (LONG.heads[10], LONG.heads[1]) == (-1, 10)
    assert LONG.coarse[3] == "PROPN"


def test_what_is_written_is_read_again() -> None:
    again = [t.sentence for t in read(write([LONG, SHORT]))]
    for before, after in zip([LONG, SHORT], again, strict=True):
        for column in ("words", "tags", "heads", "relations", "spaces", "coarse", "entities"):
            assert getattr(after, column) == getattr(before, column)
        assert after.document == before.document


def test_rare_relations_are_taken_for_others() -> None:
    row = "1\tWell\twell\tINTJ\tUH\t_\t0\tdislocated\t_\t_"
    [tagged] = read([row, ""])
    assert tagged.sentence.relations == ("dep",)


@pytest.mark.parametrize("file", ["plain.conllu", "packed.conllu.gz"])
def test_files_are_read_packed_or_not(tmp_path: Path, file: str) -> None:
    data = "één\ntwee\n".encode()
    (tmp_path / file).write_bytes(gzip.compress(data) if file.endswith("gz") else data)
    assert list(lines(tmp_path / file)) == ["één", "twee"]


def test_names_are_what_is_proper_in_the_mentions() -> None:
    named = [(w, e) for w, e in zip(LONG.words, LONG.entities, strict=True) if e != "O"]
    assert named == [
        ("Bergen", "B-PLACE"),
        *[("Ana", "B-PERSON"), ("Ruiz", "I-PERSON")],
        *[("Li", "B-PERSON"), ("Bo", "I-PERSON")],
    ]


# -- Pieces and variants -------------------------------------------------------------------------


def test_a_name_is_cut_as_the_treebanks_cut_it() -> None:
    piece = name("Han Duck-soo")
    assert piece.words == ("Han", "Duck", "-", "soo")
    assert piece.heads == (-1, 0, 3, 0)
    assert piece.glued == {1, 2}


def test_pieces_join_under_the_head_they_name() -> None:
    joint = join([(word("President", "NNP"), 1, "nmod:desc"), (name("Ana Ruiz"), -1, "root")])
    assert joint.words == ("President", "Ana", "Ruiz")
    assert joint.heads == (1, -1, 1)
    assert joint.relations == ("nmod:desc", "root", "flat")
    assert joint.head == 1


@pytest.mark.parametrize(
    ("start", "end", "piece", "text"),
    [
        (11, 13, word("Obama", "NNP"), "The mayor of Bergen, Ana Ruiz, can't meet Obama."),
        (5, 7, name("Jo Ann Lee"), "The mayor of Bergen, Jo Ann Lee, can't meet Li Bo."),
        (0, 8, word("Obama", "NNP"), "Obama can't meet Li Bo."),
        (3, 4, name("Al-Ain"), "The mayor of Al-Ain, Ana Ruiz, can't meet Li Bo."),
    ],
)
def test_splicing_keeps_the_rest_of_the_tree(start: int, end: int, piece: Piece, text: str) -> None:
    assert is_subtree(LONG, start, end)
    out = splice(LONG, start, end, piece)
    assert_tree(out)
    assert evaluate.text([out]) == text
    verb = out.words.index("meet")
    roles = {r for r, h in zip(out.relations, out.heads, strict=True) if h == verb}
    assert {"nsubj", "obj"} <= roles


@pytest.mark.parametrize(
    ("start", "end", "one"),
    [(0, 8, True), (5, 7, True), (8, 10, False), (9, 13, True), (7, 9, False)],
)
def test_what_hangs_together(start: int, end: int, one: bool) -> None:
    assert is_subtree(LONG, start, end) is one


def test_spans_by_label_or_by_shape() -> None:
    assert spans(LONG) == [Span(3, 4, "PLACE"), Span(5, 7, "PERSON"), Span(11, 13, "PERSON")]
    bare = LONG.with_entities("-" * len(LONG))
    assert spans(bare) == [Span(5, 7, "PERSON"), Span(11, 13, "PERSON")]


NAMES = ["Aigul Bekova", "Sun Ji-woo", "Pedro de la Cruz", "Mononym"]


@pytest.mark.parametrize("seed", range(30))
def test_variants_are_well_formed(seed: int) -> None:
    augmenter = Augmenter(NAMES, seed)
    varied = augmenter.vary(LONG)
    if varied is not None:
        assert_tree(varied)
        assert len(varied.entities) == len(varied)
        assert varied.words[-1] == "."
        assert " ," not in evaluate.text([varied])
    assert augmenter.vary(SHORT) is None


def test_variants_differ() -> None:
    augmenter = Augmenter(NAMES)
    found = {evaluate.text([v]) for _ in range(30) if (v := augmenter.vary(LONG)) is not None}
    assert len(found) > 10


def test_reduced_sentences_have_names_of_one_word() -> None:
    out = Augmenter(NAMES).reduce(LONG)
    assert out is not None
    assert_tree(out)
    pattern = r"The mayor of \w+, \w+, can't meet \w+\."
    assert re.fullmatch(pattern, evaluate.text([out]))
    assert [e for e in out.entities if e != "O"] == ["B-PLACE", "B-PERSON", "B-PERSON"]
    assert Augmenter(NAMES).reduce(SHORT) is None


@pytest.mark.parametrize("seed", range(10))
def test_datelines(seed: int) -> None:
    line = Phrases(NAMES, random.Random(seed)).dateline()
    assert_tree(line)
    pattern = r"[A-Z ]+(, \w+\.? \d{1,2})?( \(\w+\))? [-–—]+"
    assert re.fullmatch(pattern, evaluate.text([line]))


# -- The teacher's trees and its material ---------------------------------------------------------


def test_the_best_tree_has_one_root_and_no_crossing_arcs() -> None:
    arcs = np.full((4, 4), -5.0, dtype=np.float32)
    arcs[0, 1] = arcs[3, 2] = arcs[2, 1] = 0.0
    assert best_tree(arcs, np.array([-1.0, -2.0, -1.0, -1.0], dtype=np.float32)) == [1, -1, 1, 2]

    # the best heads cross (0 -> 2, 3 -> 1); the tree is the best of those that do not
    arcs = np.full((4, 4), -9.0, dtype=np.float32)
    arcs[2, 0], arcs[1, 3], arcs[3, 0], arcs[1, 0] = 0.0, 0.0, -1.0, -1.0
    assert best_tree(arcs, np.array([0.0, -9, -9, -9], dtype=np.float32)) == [-1, 0, 0, 0]


@pytest.mark.parametrize("seed", range(20))
def test_no_projective_tree_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 5
    arcs = rng.normal(size=(n, n)).astype(np.float32)
    roots = rng.normal(size=n).astype(np.float32)

    def score(heads: list[int]) -> float:
        return float(sum(roots[i] if h < 0 else arcs[i, h] for i, h in enumerate(heads)))

    def projective(heads: list[int]) -> bool:
        arcs_ = [(min(i, h), max(i, h)) for i, h in enumerate(heads) if h >= 0]
        root = heads.index(-1)
        crossing = any(a < c < b < d for a, b in arcs_ for c, d in arcs_)
        return not crossing and not any(a < root < b for a, b in arcs_)

    def tree(heads: list[int]) -> bool:
        for i in range(n):
            at, steps_ = i, 0
            while at >= 0 and steps_ <= n:
                at, steps_ = heads[at], steps_ + 1
            if at >= 0:
                return False
        return heads.count(-1) == 1

    every = [list(h) for h in np.ndindex(*[n + 1] * n)]
    trees = [[h - 1 for h in heads] for heads in every]
    best = max(score(h) for h in trees if tree(h) and projective(h))
    assert score(best_tree(arcs, roots)) == pytest.approx(best, abs=1e-4)


def test_sentences_are_taken_from_all_sources(tmp_path: Path) -> None:
    prose = "The two ministers met at noon. Too short. {} wrote this in its news. It ends without"
    rows = [
        json.dumps({"source": source, "text": prose.format(source)}) for source in ("One", "Two")
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(rows), encoding="utf-8")
    count = steps.sample(tmp_path / "articles.jsonl", tmp_path / "out" / "plain.conllu", 10)
    found = [t.sentence for t in read(lines(tmp_path / "out" / "plain.conllu"))]
    assert count == len(found)
    assert [evaluate.text([s]) for s in found] == [
        "The two ministers met at noon.",
        "One wrote this in its news.",
        "Two wrote this in its news.",
    ]
    assert all(silver.SHORTEST <= len(s) <= silver.LONGEST for s in found)


# -- The student ---------------------------------------------------------------------------------


def test_documents_have_the_trees_of_their_sentences() -> None:
    doc = document(spacy.blank("en").vocab, [LONG, SHORT], spaces=True)
    assert doc.text.strip() == f"{LONG.text} {SHORT.text}"
    assert [s.root.text for s in doc.sents] == ["meet", "left"]


def test_given_names_are_joined_as_the_tokeniser_leaves_them() -> None:
    out = joined(splice(LONG, 11, 13, name("Sun Ji-woo")))
    assert out.words[11:13] == ("Sun", "Ji-woo")
    assert_tree(out)


def test_groups_stay_within_a_text() -> None:
    other = sentences()[1].with_entities("OOO")
    other = Sentence(**{f: getattr(other, f) for f in other.__slots__} | {"document": "two"})
    assert [len(g) for g in groups([LONG, SHORT, other], 10)] == [2, 1]
    assert [len(g) for g in groups([LONG, SHORT, other], 1)] == [1, 1, 1]


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    folder = tmp_path / "treebank"
    folder.mkdir()
    for name_ in (*corpus.TRAIN, corpus.DEV, corpus.TEST):
        (folder / f"{name_}.conllu.gz").write_bytes(gzip.compress(TREEBANK.encode()))
    return folder


def test_a_pipeline_is_prepared_trained_shipped_and_scored(treebank: Path, tmp_path: Path) -> None:
    parsed = tmp_path / "parsed.conllu"
    parsed.write_text("\n".join(write([LONG, SHORT])) + "\n", encoding="utf-8")
    written = steps.prepare(treebank, tmp_path / "corpus", parsed)
    assert written["gold-10"] == written["gold-1"] == len(corpus.TRAIN) * (len(LONG) + len(SHORT))
    assert {"varied", "reduced", "silver", "silver-reduced", "dev"} <= set(written)
    stored = list(
        DocBin().from_disk(tmp_path / "corpus" / "dev.spacy").get_docs(spacy.blank("en").vocab)
    )
    assert [len(d) for d in stored] == [len(LONG) + len(SHORT)]

    figures = student.train(tmp_path / "corpus", tmp_path / "trained", steps=4, version="0.1")
    assert {"tag_acc", "dep_las", "sents_f"} <= set(figures)
    nlp = spacy.load(tmp_path / "trained" / "shipped")
    assert nlp.meta["name"] == student.META["name"]
    assert (nlp.meta["version"], nlp.meta["license"]) == ("0.1", "CC BY-SA 4.0")
    assert nlp.config["paths"]["train"] is None
    assert [t.text for t in nlp("the co-host")] == ["the", "co-host"]
    assert {t.tag_ for t in nlp("They meet Ana Ruiz.")} <= set(nlp.pipe_labels["tagger"])
    strings = (tmp_path / "trained" / "shipped" / "vocab" / "strings.json").read_text()
    assert "mayor" not in strings

    table = evaluate.table(nlp, {"dev": corpus.load(treebank, corpus.DEV)})
    assert re.search(r"^\| dev, gold words \| .*\d", table, re.MULTILINE)
    assert "LAS" in table.splitlines()[0]
