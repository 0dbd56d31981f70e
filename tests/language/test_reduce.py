"""Parsing with names merged: what the parser is shown, and where its tree stands in the text."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kb.language.pipeline import load
from kb.language.reduce import Merge, parse_reduced
from kb.language.training.tokens import tokenizer
from kb.language.tree import Tree
from kb.language.words import Words, read_words

SHOWN: list[list[str]] = []


@Language.component("chain")
def chain(doc: Doc) -> Doc:
    """Stands for tagger and parser: every word depends on the one before it, all are nouns."""
    SHOWN.append([t.text for t in doc])
    for token in doc:
        token.head = doc[max(token.i - 1, 0)]
        token.dep_ = "nmod" if token.i else "ROOT"
        token.tag_ = "NN"
    return doc


@pytest.fixture
def nlp() -> Language:
    SHOWN.clear()
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer(nlp)
    nlp.add_pipe("chain")
    return nlp


TEXT = "Envoys of Saudi Arabia flew home. Crown Prince Faisal al-Harbi met them in Doha."


def reduced(nlp: Language, *spans: tuple[str, str, str]) -> tuple[Words, Tree, list[int]]:
    """Read ``TEXT`` and parse it with the words of each span merged: text, stand-in, tag."""
    words = read_words(spacy.blank("en"), TEXT)
    merges = []
    for text, stand_in, tag in spans:
        start = next(w.i for w in words.tokens if w.start == TEXT.index(text))
        end = start + len(spacy.blank("en")(text))
        merges.append(Merge(start, end, stand_in, tag))
    return words, *parse_reduced(nlp, words, merges)


STATE = ("Saudi Arabia", "France", "NNP")
PERSON = ("Crown Prince Faisal al-Harbi", "Obama", "NNP")


def test_the_parser_sees_the_stand_ins(nlp: Language) -> None:
    reduced(nlp, STATE, PERSON)
    assert SHOWN == [
        ["Envoys", "of", "France", "flew", "home", "."],
        ["Obama", "met", "them", "in", "Doha", "."],
    ]


def test_the_tree_has_the_words_of_the_text(nlp: Language) -> None:
    _, tree, _ = reduced(nlp, STATE, PERSON)
    assert [t.text for t in tree.tokens] == [
        *["Envoys", "of", "Saudi Arabia", "flew", "home", "."],
        *["Crown Prince Faisal al-Harbi", "met", "them", "in", "Doha", "."],
    ]
    assert [TEXT[t.start : t.end] for t in tree.tokens] == [t.text for t in tree.tokens]
    assert [t.i for t in tree.tokens] == list(range(len(tree)))


def test_each_word_knows_the_token_that_covers_it(nlp: Language) -> None:
    words, tree, index = reduced(nlp, STATE, PERSON)
    assert len(index) == len(words)
    for word in words.tokens:
        token = tree[index[word.i]]
        assert token.start <= word.start
        assert word.end <= token.end


def test_heads_and_sentences_are_those_of_the_tree(nlp: Language) -> None:
    _, tree, _ = reduced(nlp, STATE, PERSON)
    assert [(s.start, s.end) for s in tree.sentences] == [(0, 6), (6, 12)]
    assert [t.head for t in tree.tokens] == [0, 0, 1, 2, 3, 4, 6, 6, 7, 8, 9, 10]
    assert [t.sentence for t in tree.tokens] == [0] * 6 + [1] * 6
    assert [t.rel for t in tree.tokens[:3]] == ["root", "nmod", "nmod"]


def test_a_merge_keeps_its_own_tag_and_the_lemma_of_its_last_word(nlp: Language) -> None:
    _, tree, _ = reduced(nlp, ("Saudi Arabia", "officials in", "NNS"))
    merged, plain = tree[2], tree[3]
    assert (merged.tag, merged.pos, merged.lemma) == ("NNS", "NOUN", "arabia")
    assert (plain.tag, plain.pos, plain.lemma) == ("NN", "NOUN", "flew")


def test_a_merge_across_the_end_of_a_sentence_is_left_out(nlp: Language) -> None:
    words = read_words(spacy.blank("en"), TEXT)
    tree, index = parse_reduced(nlp, words, [Merge(5, 9, "Obama", "NNP")])
    assert len(tree) == len(words)
    assert index == list(range(len(words)))


def test_nothing_to_read(nlp: Language) -> None:
    tree, index = parse_reduced(nlp, read_words(nlp, " \n "), [])
    assert (len(tree), tree.sentences, index) == (0, [], [])


@pytest.mark.parametrize(
    ("text", "subject", "obj"),
    [
        ("President of the Republic of Kiribati Ana Tong met Pope Leo.", 8, 2),
        ("Ana Tong, of all people, met Pope Leo.", 2, 2),
    ],
)
def test_the_shipped_parser_on_stand_ins(text: str, subject: int, obj: int) -> None:
    nlp = load()
    words = read_words(nlp, text)
    met = next(w.i for w in words.tokens if w.text == "met")
    merges = [Merge(0, subject, "Obama", "NNP"), Merge(met + 1, met + 1 + obj, "Obama", "NNP")]
    tree, index = parse_reduced(nlp, words, merges)
    verb = tree[index[met]]
    assert verb.rel == "root"
    assert [(t.start, t.rel) for t in tree.children(verb.i, "subj", "obj")] == [
        (0, "subj"),
        (words[met + 1].start, "obj"),
    ]
