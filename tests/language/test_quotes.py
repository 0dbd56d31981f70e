"""Where quotations open and close."""

from __future__ import annotations

import pytest

from kb.language.quotes import find_quotes

CASES = [
    ("“We will talk,” she said. “Then we will see.”", ["We will talk,", "Then we will see."]),
    ('"We will talk," she said. "Then we will see."', ["We will talk,", "Then we will see."]),
    ("``We will talk,'' she said.", ["We will talk,"]),
    # an agency's straight opening mark with two apostrophes at the end
    ("\"We will talk,'' she said of the \"frozen'' border.", ["We will talk,", "frozen"]),
    ("‘We will talk,’ she said.", ["We will talk,"]),
    ("'We will talk,' she said.", ["We will talk,"]),
    ("The ministers’ aides said the leaders’ talks went well.", []),
    ("The ministers' aides said it's over and they're leaving.", []),
    ("‘The ministers’ aides are late,’ he said.", ["The ministers’ aides are late,"]),
    ("“He told me ‘never again’ twice,” she said.", ["He told me ‘never again’ twice,"]),
    ('“He told me "never again" twice,” she said.', ['He told me "never again" twice,']),
    # a blank before a closing mark, or behind an opening one
    ('" We will talk, " she said.', ["We will talk,"]),
    # inches are no quotation
    ('The mast is 20" high.', []),
    # one that nobody closes, in the middle of a paragraph, is not guessed at
    ("He called it “a mistake and left.", []),
    # the earlier mark was never closed
    ('The "plan failed. She said "we tried hard" twice.', ["we tried hard"]),
    ("«We will talk», she said.", ["We will talk"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words_between_marks(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotes(text)] == expected


def test_quotation_of_several_paragraphs_is_one_each_and_closed_at_the_end() -> None:
    text = "“First of all, we thank them.\n\n“Then we leave.”\n\nNobody answered."
    quotes = find_quotes(text)
    assert [text[q.start : q.end] for q in quotes] == [
        "First of all, we thank them.",
        "Then we leave.",
    ]
    assert [q.closed for q in quotes] == [False, True]


def test_an_open_quotation_counts_where_the_next_paragraph_takes_it_up() -> None:
    text = "She said: “First of all, we thank them.\n“Then we leave.”"
    assert [q.closed for q in find_quotes(text)] == [False, True]
