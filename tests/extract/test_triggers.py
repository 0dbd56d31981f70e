"""Which sentences are parsed: those that name a trigger and somebody."""

from __future__ import annotations

import pytest

from kb.extract.scan import Scanner
from kb.extract.triggers import eventful
from kb.gazetteer import gazetteer
from kb.language.pipeline import load
from kb.language.words import read_words
from tests.extract.coding import PUBLISHED

SENTENCES = [
    ("Angela Merkel met Viktor Orban.", True),
    ("Talks between Chad and Niger began.", True),
    ("The minister flew to Rome.", True),
    ("Angela Merkel was in Rome.", True),
    ("She has not been to the country since 2014.", True),
    ("She was accompanied by Heiko Maas.", True),
    ("Angela Merkel said trade was growing.", False),
    ("Prices rose in Rome.", False),
]


@pytest.mark.parametrize(("text", "parsed"), SENTENCES)
def test_a_sentence_that_can_tell_of_an_event_is_parsed(text: str, parsed: bool) -> None:
    words = read_words(load(), text)
    found = eventful(words, Scanner(words, gazetteer(), PUBLISHED).scan())
    assert found == ({0} if parsed else set())
