"""Who said what: a text, and the speaker, words, manner and addressees of each statement in it."""

from __future__ import annotations

import pytest

from tests.extract.coding import code

Row = tuple[str, str, str, tuple[str, ...]]

MARIN, MODI = "Sanna Marin", "Narendra Modi"


def said(text: str, title: str = "") -> list[Row]:
    """Each statement as speaker, words, "quote" or "report", and who was told."""
    found = code(text, title)
    names = {a.id: a.name for a in found.actors}
    return [
        (
            names[s.speaker],
            s.text.text,
            "quote" if s.quote else "report",
            tuple(names[a] for a in s.addressees),
        )
        for s in found.statements
    ]


def one(speaker: str, words: str, manner: str = "report", *told: str) -> Row:
    return speaker, words, manner, told


REPORTED = [
    # the clause, with and without "that", behind when, where and to whom it was said
    (
        "Finnish Prime Minister Sanna Marin said the border would stay open.",
        [one(MARIN, "the border would stay open")],
    ),
    (
        "Finnish Prime Minister Sanna Marin said on Monday that the border would stay open.",
        [one(MARIN, "the border would stay open")],
    ),
    (
        "Finnish Prime Minister Sanna Marin said in a statement on Monday the border was safe.",
        [one(MARIN, "the border was safe")],
    ),
    (
        "Finnish Prime Minister Sanna Marin told Narendra Modi that trade would grow.",
        [one(MARIN, "trade would grow", "report", MODI)],
    ),
    (
        "Finnish Prime Minister Sanna Marin told a packed news conference that trade would grow.",
        [one(MARIN, "trade would grow")],
    ),
    (
        "Finnish Prime Minister Sanna Marin told reporters that trade would grow.",
        [one(MARIN, "trade would grow")],
    ),
    # the clause runs on over coordinated clauses, up to the next verb of the same speaker
    (
        "Sanna Marin said Finland would pay and that others should follow.",
        [one(MARIN, "Finland would pay and that others should follow")],
    ),
    (
        "Sanna Marin said Finland would pay, but stressed that others should follow.",
        [one(MARIN, "Finland would pay"), one(MARIN, "others should follow")],
    ),
    (
        "Sanna Marin said Finland would pay, adding that others should follow.",
        [one(MARIN, "Finland would pay"), one(MARIN, "others should follow")],
    ),
    (
        "Sanna Marin said Finland would pay, but Narendra Modi said India could not.",
        [one(MARIN, "Finland would pay"), one(MODI, "India could not")],
    ),
    (
        "Sanna Marin said Finland would pay, but gave no figure.",
        [one(MARIN, "Finland would pay")],
    ),
    # what the reporter adds is no part of it
    (
        "Sanna Marin said Finland would pay – a promise few had expected.",
        [one(MARIN, "Finland would pay")],
    ),
    (
        "Sanna Marin said Finland would pay, a move that surprised her allies.",
        [one(MARIN, "Finland would pay")],
    ),
    (
        "Sanna Marin said Finland would pay, making good on an old promise.",
        [one(MARIN, "Finland would pay")],
    ),
    # the words stand in front, or around
    (
        "The border will stay open, Finnish Prime Minister Sanna Marin said on Monday.",
        [one(MARIN, "The border will stay open")],
    ),
    (
        "However, the border will stay open, said Sanna Marin, who is visiting Oslo.",
        [one(MARIN, "the border will stay open")],
    ),
    (
        "Trade with India, Sanna Marin said, has doubled.",
        [one(MARIN, "Trade with India"), one(MARIN, "has doubled")],
    ),
    (
        "The border will stay open, Sanna Marin told reporters, brushing off questions.",
        [one(MARIN, "The border will stay open")],
    ),
    # the speaker across an apposition, a relative clause, a place and a day
    (
        "Sanna Marin, who arrived in Delhi on Sunday, said trade would grow.",
        [one(MARIN, "trade would grow")],
    ),
    (
        "Sanna Marin, speaking after talks with Narendra Modi in Delhi, said trade would grow.",
        [one(MARIN, "trade would grow")],
    ),
    (
        "Sanna Marin on Tuesday warned that trade would suffer.",
        [one(MARIN, "trade would suffer")],
    ),
    (
        "Calling the arrests a mistake, Sanna Marin said trade would suffer.",
        [one(MARIN, "the arrests a mistake"), one(MARIN, "trade would suffer")],
    ),
    # states and bodies speak; so do governments
    ("Finland says the border will stay open.", [one("Finland", "the border will stay open")]),
    (
        "The government of Finland announced that the border would stay open.",
        [one("Finland", "the border would stay open")],
    ),
    # a complement that is no clause
    ("Finland condemned the attack on the embassy.", [one("Finland", "the attack on the embassy")]),
    (
        "Sanna Marin voiced concern over the arrests on Monday.",
        [one(MARIN, "concern over the arrests")],
    ),
    (
        "Sanna Marin called for a halt to the strikes.",
        [one(MARIN, "a halt to the strikes")],
    ),
    (
        "Sanna Marin urged Narendra Modi to release the crew.",
        [one(MARIN, "to release the crew", "report", MODI)],
    ),
    (
        "Sanna Marin called on Narendra Modi to release the crew.",
        [one(MARIN, "to release the crew", "report", MODI)],
    ),
    ("Sanna Marin vowed to keep the border open.", [one(MARIN, "to keep the border open")]),
    (
        "Sanna Marin called the arrests “a grave mistake” on Monday.",
        [one(MARIN, "the arrests “a grave mistake”")],
    ),
    (
        "Sanna Marin described the offer as unhelpful.",
        [one(MARIN, "the offer as unhelpful")],
    ),
    (
        "Sanna Marin congratulated Narendra Modi on his election.",
        [one(MARIN, "congratulated Narendra Modi on his election", "report", MODI)],
    ),
    (
        "Finland raised concerns about the border, two days after the envoy had left.",
        [one("Finland", "concerns about the border")],
    ),
    (
        "Sanna Marin ruled out a deal with India on Monday.",
        [one(MARIN, "a deal with India")],
    ),
    (
        "Sanna Marin told his 27 European counterparts that trade would grow.",
        [one(MARIN, "trade would grow")],
    ),
    (
        "Chad, Mali and Niger rejected the plan.",
        [one("Chad", "the plan")],
    ),
    # quotation marks within the reported clause
    (
        "Sanna Marin said the arrests were “a grave mistake” and should end.",
        [one(MARIN, "the arrests were “a grave mistake” and should end")],
    ),
    (
        "Sanna Marin “urged all sides to show restraint,” the statement said.",
        [one(MARIN, "urged all sides to show restraint,")],
    ),
    # according to
    (
        "The border will stay open, according to Sanna Marin.",
        [one(MARIN, "The border will stay open")],
    ),
    (
        "According to Sanna Marin, the border will stay open.",
        [one(MARIN, "the border will stay open")],
    ),
]

RELAYED = [
    (
        "Reuters reported that Sanna Marin said the border would stay open.",
        [one(MARIN, "the border would stay open")],
    ),
    (
        "Sanna Marin said the border would stay open, according to Reuters.",
        [one(MARIN, "the border would stay open")],
    ),
    (
        "Xinhua quoted Sanna Marin as saying the border would stay open.",
        [one(MARIN, "the border would stay open")],
    ),
    (
        "Sanna Marin was quoted by Reuters as saying that the border would stay open.",
        [one(MARIN, "the border would stay open")],
    ),
    (
        "Sanna Marin met Narendra Modi in Delhi, Reuters reported.",
        [one("Reuters", "Sanna Marin met Narendra Modi in Delhi")],
    ),
    (
        "Sanna Marin told Narendra Modi that trade would grow, a government official said.",
        [one(MARIN, "trade would grow", "report", MODI)],
    ),
    (
        "Sanna Marin, who met Narendra Modi in Oslo, told him trade would grow, her aide said.",
        [one(MARIN, "trade would grow", "report", MODI)],
    ),
    (
        "Sanna Marin stressed the need for talks, the government of Finland said in a statement.",
        [one(MARIN, "the need for talks")],
    ),
    # of a person's report of others, the whole is the person's
    (
        "Sanna Marin said India had warned that trade would suffer.",
        [one(MARIN, "India had warned that trade would suffer")],
    ),
]

NOTHING = [
    "Sanna Marin did not say when the border would open.",
    "Sanna Marin will tell Narendra Modi that trade must grow.",
    "Sanna Marin is expected to announce a new treaty.",
    "Sanna Marin declined to comment.",
    "Sanna Marin welcomed Narendra Modi at the airport.",
    "Sanna Marin called Narendra Modi on Monday to discuss trade.",
    "An official asked not to be named.",
    "Finland raised taxes on Monday.",
    "Finland denied India the use of its ports.",
    "Finland proposed talks in Oslo.",
    "Trade will grow, according to a treaty that Sanna Marin signed.",
    "Finland agreed on a plan to close the border.",
    # managers and coaches speak of their trade
    "“We sold more phones,” said John Example, the chief executive of Example Mobile.",
    "“We lost every ball,” the coach, Carlo Example, said after the match.",
]


@pytest.mark.parametrize(("text", "expected"), REPORTED, ids=[t for t, _ in REPORTED])
def test_reported_speech(text: str, expected: list[Row]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(("text", "expected"), RELAYED, ids=[t for t, _ in RELAYED])
def test_whoever_relays_words_is_not_their_speaker(text: str, expected: list[Row]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_was_said(text: str) -> None:
    assert said(text) == []


CONTEXT = [
    # a pronoun goes on with whoever spoke last
    (
        "Sanna Marin said the border was open. She added that trade would grow.",
        [one(MARIN, "the border was open"), one(MARIN, "trade would grow")],
    ),
    (
        "Sanna Marin said she had told Narendra Modi so. “He knows,” she said.",
        [one(MARIN, "she had told Narendra Modi so"), one(MARIN, "He knows", "quote")],
    ),
    # unless the text turns to somebody else
    (
        "Sanna Marin said the border was open. Narendra Modi was not convinced. He said trade "
        "would fall.",
        [one(MARIN, "the border was open"), one(MODI, "trade would fall")],
    ),
    # a lead's unnamed speaker is named by what follows
    (
        "A senior Finnish diplomat said on Monday that the border was open.\n\nDeputy Foreign "
        "Minister Aino Example said trade would grow.",
        [one("Aino Example", "the border was open"), one("Aino Example", "trade would grow")],
    ),
    # a shared subject across a relative clause and a participle
    (
        "Sanna Marin praised the deal, criticised Norway and said trade would grow.",
        [one(MARIN, "the deal"), one(MARIN, "Norway"), one(MARIN, "trade would grow")],
    ),
    (
        "Trade suffered, with Finland blaming the weather.",
        [one("Finland", "the weather")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONTEXT, ids=[t for t, _ in CONTEXT])
def test_the_context_tells_the_speaker(text: str, expected: list[Row]) -> None:
    assert said(text) == expected
