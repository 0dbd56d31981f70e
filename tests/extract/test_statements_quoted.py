"""Direct quotation and transcripts: who said the words between the marks or behind a label."""

from __future__ import annotations

import pytest

from tests.extract.test_statements import MARIN, MODI, Row, one, said


def quote(speaker: str, words: str, *told: str) -> Row:
    return one(speaker, words, "quote", *told)


QUOTED = [
    # the attribution behind, before, between
    ("“The border is open,” Sanna Marin said.", [quote(MARIN, "The border is open")]),
    ("“The border is open,” said Sanna Marin.", [quote(MARIN, "The border is open")]),
    ('"The border is open," Sanna Marin said.', [quote(MARIN, "The border is open")]),
    ("‘The border is open,’ Sanna Marin said.", [quote(MARIN, "The border is open")]),
    ("“Is the border open?” Sanna Marin asked.", [quote(MARIN, "Is the border open?")]),
    ("Sanna Marin said: “The border is open.”", [quote(MARIN, "The border is open.")]),
    ("Sanna Marin told Reuters, “The border is open.”", [quote(MARIN, "The border is open.")]),
    (
        "Sanna Marin told Narendra Modi: “The border is open.”",
        [quote(MARIN, "The border is open.", MODI)],
    ),
    ("Sanna Marin said “the border will stay open”.", [quote(MARIN, "the border will stay open")]),
    (
        "“The border,” Sanna Marin said, “will stay open.”",
        [quote(MARIN, "The border"), quote(MARIN, "will stay open.")],
    ),
    (
        "“The border is open,” Sanna Marin said. “It will stay so.”",
        [quote(MARIN, "The border is open"), quote(MARIN, "It will stay so.")],
    ),
    # a message, and who sent it
    (
        "Sanna Marin sent a letter to the mayors. The letter reads, in part:“The border is open.”",
        [quote(MARIN, "The border is open.")],
    ),
    (
        "A letter has come. The letter reads: “The border is open.”",
        [],
    ),
    # a long way to the verb, or none
    (
        "“The border is open,” Sanna Marin, the prime minister of Finland, told reporters in Oslo.",
        [quote(MARIN, "The border is open")],
    ),
    (
        "“The border is open,” Sanna Marin, prime minister of Finland. “It will stay so.”",
        [quote(MARIN, "The border is open"), quote(MARIN, "It will stay so.")],
    ),
    (
        "“The border is open,” said the minister's chief of staff, Aino Example of Finland.",
        [quote("Aino Example", "The border is open")],
    ),
    # words of the reporter stand between
    (
        "Sanna Marin said trade would grow. “It will double.”",
        [one(MARIN, "trade would grow"), quote(MARIN, "It will double.")],
    ),
    (
        "Sanna Marin said trade would grow, “It will double in a year,” and left.",
        [one(MARIN, "trade would grow"), quote(MARIN, "It will double in a year")],
    ),
    ("Sanna Marin was blunt. “The border is open.”", [quote(MARIN, "The border is open.")]),
    # the words are partly the reporter's: one report
    (
        "The border is “open to everybody,” Sanna Marin said.",
        [one(MARIN, "The border is “open to everybody")],
    ),
    # several paragraphs, the mark repeated and closed at the end
    (
        "“The border is open,” Sanna Marin said.\n\n“It will stay so.\n\n“Trade will grow.”",
        [
            quote(MARIN, "The border is open"),
            quote(MARIN, "It will stay so."),
            quote(MARIN, "Trade will grow."),
        ],
    ),
    (
        "Sanna Marin said the border was open.\n\n“It will stay so,” she said.",
        [one(MARIN, "the border was open"), quote(MARIN, "It will stay so")],
    ),
    # the attribution of a later paragraph is that of the earlier ones, whoever spoke before
    (
        "Narendra Modi said trade would grow.\n\n“The border is open.\n\n“It will stay so,” Sanna "
        "Marin said.",
        [
            one(MODI, "trade would grow"),
            quote(MARIN, "The border is open."),
            quote(MARIN, "It will stay so"),
        ],
    ),
    # a title is no quotation
    (
        'Sanna Marin said on the programme "Late Hour": "The border is open."',
        [quote(MARIN, "The border is open.")],
    ),
    # a document speaks for its author
    (
        "A statement from the government of Finland said trade would grow.\n\n"
        "“It will double,” the statement said.",
        [one("Finland", "trade would grow"), quote("Finland", "It will double")],
    ),
    # scare quotes are nobody's words
    ("The “iron road” to Finland is closed. Sanna Marin met Narendra Modi.", []),
]

TRANSCRIPT = """Helsinki

PRIME MINISTER MARIN: Good morning, everybody.

(Applause.)

We had useful talks. And Narendra Modi: he is right.

PRIME MINISTER MODI: Thank you. The minister said “trade will grow,” and it will.

Q Will it grow soon?

PRIME MINISTER MARIN: Yes.

10:45 A.M.
"""

INLINE = (
    "Prime Minister of Finland Sanna Marin: Welcome, Mr Modi. We had useful talks. "
    "Prime Minister of India Narendra Modi (retranslated): Thank you. Trade will grow. <…>"
)


@pytest.mark.parametrize(("text", "expected"), QUOTED, ids=[t for t, _ in QUOTED])
def test_quotation(text: str, expected: list[Row]) -> None:
    assert said(text) == expected


def test_each_paragraph_of_a_turn_is_its_speakers_and_questions_are_nobodys() -> None:
    assert said(TRANSCRIPT) == [
        quote(MARIN, "Good morning, everybody."),
        quote(MARIN, "We had useful talks. And Narendra Modi: he is right."),
        quote(MODI, "Thank you. The minister said “trade will grow,” and it will."),
        quote(MARIN, "Yes."),
    ]


def test_turns_within_one_paragraph() -> None:
    assert said(INLINE) == [
        quote(MARIN, "Welcome, Mr Modi. We had useful talks."),
        quote(MODI, "Thank you. Trade will grow."),
    ]


def test_a_heading_or_stars_may_stand_before_the_first_label() -> None:
    turns = "President of Finland Sanna Marin: Good morning, all. <…> Sanna Marin: We had talks."
    expected = [quote(MARIN, "Good morning, all."), quote(MARIN, "We had talks.")]
    assert said(f"Excerpts from the transcript of the meeting {turns}") == expected
    assert said(f"Others came too. * * * {turns}") == expected
    assert said("Others came too. * * * Sanna Marin: We had talks.") == expected[1:]


def test_one_label_makes_no_transcript() -> None:
    assert said("Sanna Marin: a life in politics. Narendra Modi met her.") == []


def test_one_label_in_capitals_opens_a_speech() -> None:
    text = "Oslo\n\nPRIME MINISTER MARIN: Good morning.\n\nWe had talks with Norway.\n"
    assert said(text) == [
        quote(MARIN, "Good morning."),
        quote(MARIN, "We had talks with Norway."),
    ]


def test_headings_in_capitals_make_no_transcript() -> None:
    text = "SENT TO OSLO:\n\nAnna Example.\n\nSENT TO BERN:\n\nSanna Marin said trade would grow."
    assert said(text) == [one(MARIN, "trade would grow")]


TITLES = [
    ("Statement by Prime Minister Sanna Marin on the border", [MARIN, MARIN]),
    ("Statement from Prime Minister Sanna Marin", [MARIN, MARIN]),
    # of two speakers, of a body, about somebody
    ("Statement by Prime Minister Sanna Marin and Prime Minister Narendra Modi", []),
    ("Statement by the Finnish Foreign Ministry", []),
    ("Sanna Marin makes a statement", []),
]


@pytest.mark.parametrize(("title", "speakers"), TITLES, ids=[t for t, _ in TITLES])
def test_a_statement_by_title_is_its_authors_paragraph_by_paragraph(
    title: str, speakers: list[str]
) -> None:
    text = "Finland welcomes the vote.\n\nWe will keep the border open for all.\n\n###"
    words = ["Finland welcomes the vote.", "We will keep the border open for all."]
    expected = [quote(s, w) for s, w in zip(speakers, words, strict=False)]
    assert said(text, title) == (expected or [one("Finland", "welcomes the vote")])
