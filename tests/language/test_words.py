"""Words and sentences: how text is cut, and that every offset points into it."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from kb.language.pipeline import load
from kb.language.training.tokens import tokenizer
from kb.language.words import MAX_PARAGRAPH, Words, paragraphs, read_words


def untrained() -> Language:
    """English with the tokeniser that ships, and no tagger."""
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer(nlp)
    return nlp


NLP = untrained()


def shown(words: Words) -> list[str]:
    """The sentences, their tokens set apart by blanks."""
    return [" ".join(w.text for w in words.span(s)) for s in words.sentences]


SENTENCES = [
    # What ends a sentence.
    ("They met. They left.", ["They met .", "They left ."]),
    ("Why? Nobody knew! It rained.", ["Why ?", "Nobody knew !", "It rained ."]),
    ("He came. 12 ministers did not.", ["He came .", "12 ministers did not ."]),
    ("Is it so?! Yes.", ["Is it so ? !", "Yes ."]),
    ("Wait... What?", ["Wait ...", "What ?"]),
    ("Talks failed.\nNew ones began", ["Talks failed .", "New ones began"]),
    ("A headline\n\n  A text.", ["A headline", "A text ."]),
    # What does not.
    ("He asked why. and left.", ["He asked why . and left ."]),
    ("It rose 3.5 percent.", ["It rose 3.5 percent ."]),
    ("Mr. Hale met Gen. Ito.", ["Mr. Hale met Gen. Ito ."]),
    ("MR. HALE: Thank you.", ["MR. HALE : Thank you ."]),
    ("Sen. Moss, Amb. Lee and Lt. Gen. Roe met.", ["Sen. Moss , Amb. Lee and Lt. Gen. Roe met ."]),
    ("He lives at No. 10 Elm Street.", ["He lives at No . 10 Elm Street ."]),
    ("He came Sept. 5. She left Oct. 3.", ["He came Sept. 5 .", "She left Oct. 3 ."]),
    # An abbreviation ends one where the next word hardly ever follows within a sentence.
    ("He left the U.S. The talks failed.", ["He left the U.S.", "The talks failed ."]),
    ("He left the U.S. Senate early.", ["He left the U.S. Senate early ."]),
    ("It ended at 5 p.m. He left.", ["It ended at 5 p.m.", "He left ."]),
    ("He joined Acme Inc. They grew.", ["He joined Acme Inc.", "They grew ."]),
    ("Acme Inc. shares rose.", ["Acme Inc. shares rose ."]),
    # Closing marks belong to the sentence.
    ("“We agreed.” He left.", ["“ We agreed . ”", "He left ."]),
    ("“We agreed,” he said. “It is late.”", ["“ We agreed , ” he said .", "“ It is late . ”"]),
    ('He said: "Why?" Nobody knew.', ['He said : " Why ? "', "Nobody knew ."]),
    ("“Must we go?” she asked.", ["“ Must we go ? ” she asked ."]),
    ("“It ended.”He left.", ["“ It ended . ”", "He left ."]),
    ("It reads:“We came.”", ["It reads : “ We came . ”"]),
    ("They met (briefly.) Then they left.", ["They met ( briefly . )", "Then they left ."]),
]


@pytest.mark.parametrize(("text", "sentences"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_sentences(text: str, sentences: list[str]) -> None:
    assert shown(read_words(NLP, text)) == sentences


WORDS = [
    # Pairs are cut, so that the tables find their members; so are compounds, as in the treebanks.
    ("US-China talks", "US - China talks"),
    ("a U.S.-Russia summit", "a U.S. - Russia summit"),
    ("the Iran–Iraq border", "the Iran – Iraq border"),
    ("the Israel/Palestine file", "the Israel / Palestine file"),
    ("a two-year truce", "a two - year truce"),
    ("the U.S.-led force", "the U.S. - led force"),
    # Prefixes stay with their word, given names of two syllables in one piece.
    ("anti-government forces", "anti-government forces"),
    ("the co-chair’s pro-European view", "the co-chair ’s pro-European view"),
    ("Han Duck-soo", "Han Duck-soo"),
    ("Jean-Claude Juncker", "Jean - Claude Juncker"),
    # Clitics, marks and sums.
    ("Abe’s aide can't say they’ll go", "Abe ’s aide ca n't say they ’ll go"),
    ("China's “red line”", "China 's “ red line ”"),
    ("$5.6 billion (€5 billion)", "$ 5.6 billion ( € 5 billion )"),
    ("Kerry — then envoy — spoke", "Kerry — then envoy — spoke"),
]


@pytest.mark.parametrize(("text", "tokens"), WORDS, ids=[w[0] for w in WORDS])
def test_words(text: str, tokens: str) -> None:
    assert shown(read_words(NLP, text)) == [tokens]


def test_pairs_are_cut_whatever_the_tokeniser_does() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(nlp.vocab)
    assert shown(read_words(nlp, "a U.S.-Japan pact and a half-baked one")) == [
        "a U.S. - Japan pact and a half-baked one"
    ]


def test_the_shipped_pipeline_has_this_tokeniser() -> None:
    text = " ".join(text for text, _ in WORDS)
    assert [t.text for t in load().tokenizer(text)] == [t.text for t in NLP.tokenizer(text)]


def test_tags_names_and_lemmas() -> None:
    words = read_words(load(), "The ministers met in Paris.")
    assert [(w.text, w.tag, w.pos, w.lemma) for w in words.tokens] == [
        ("The", "DT", "DET", "the"),
        ("ministers", "NNS", "NOUN", "minister"),
        ("met", "VBD", "VERB", "meet"),
        ("in", "IN", "ADP", "in"),
        ("Paris", "NNP", "PROPN", "paris"),
        (".", ".", "PUNCT", "."),
    ]


def test_paragraphs_are_counted_and_blank_lines_are_none() -> None:
    words = read_words(NLP, "One. Two.\n \n\nThree.")
    assert [s.paragraph for s in words.sentences] == [0, 0, 1]


def test_what_stands_before_the_start_is_not_read() -> None:
    text = "OSLO (AB) - They met."
    words = read_words(NLP, text, skip=text.index("They"))
    assert shown(words) == ["They met ."]
    assert words.slice(0, 2) == "They met"


def test_blanked_boilerplate_leaves_no_tokens() -> None:
    words = read_words(NLP, "They met" + " " * 40 + "in Rome.")
    assert shown(words) == ["They met in Rome ."]
    assert not words[0].space or words[1].space


@pytest.mark.parametrize("sentence", ["They met again. ", "x" * 50])
def test_long_paragraphs_come_in_pieces_that_make_up_the_whole(sentence: str) -> None:
    text = (sentence * (3 * MAX_PARAGRAPH // len(sentence))).strip()
    pieces = list(paragraphs(text))
    assert len(pieces) > 2
    assert max(end - start for start, end in pieces) <= MAX_PARAGRAPH
    assert "".join(text[start:end] for start, end in pieces) == text


@given(st.text(alphabet="aB. \n\t-“”'’U.S,é中()?", max_size=60))
@settings(max_examples=200, deadline=None)
def test_tokens_stand_where_they_say(text: str) -> None:
    words = read_words(NLP, text)
    for i, word in enumerate(words.tokens):
        assert word.i == i
        assert text[word.start : word.end] == word.text
        assert words.sentence_of(i).start <= i < words.sentence_of(i).end
    assert [w.text for s in words.sentences for w in words.span(s)] == [
        w.text for w in words.tokens
    ]
    assert "".join(w.text for w in words.tokens) == "".join(text.split())
