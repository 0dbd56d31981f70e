"""What is blanked out of an article, what must stay, and that nothing ever moves."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.read.clean import mask

TITLE = "Ministers meet in Bonn\n"
TEASER = "Allies open a new base in the north"


def kept(text: str) -> list[str]:
    """The lines that masking leaves, without blank ones."""
    return [line.strip() for line in mask(TITLE + text).splitlines()[1:] if line.strip()]


@pytest.mark.parametrize(
    "line",
    [
        "[ad_1]",
        "  [ad_2] ",
        "Source link",
        "SOURCE LINK",
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Continue reading the main story",
        "Read more: Envoys return to the table",
        "READ MORE | Envoys return to the table",
        "RELATED: Envoys return to the table",
        "ALSO READ: Envoys return to the table",
        "Also read Envoys return to the table",
        "RECOMMENDED: Ten islands to see",
        "More on this story",
        "Related stories",
        "Sign up for our newsletter",
        "Sign up here for the daily briefing, free in your inbox.",
        "Get the world's news in your inbox every morning",
        "Share this article on Facebook, Twitter and WhatsApp",
        "Follow us on Twitter",
        "Follow our correspondent @someone on Twitter",
        "Click here to watch the video",
        "Photo: Foreign Ministry",
        "PHOTOS: the summit in pictures",
        "Image copyright An Agency",
        "Getty Images",
        "AP Photo/A. Person",
        "FILE PHOTO: The two presidents shake hands in Geneva, March 2015. REUTERS/A. Person",
        "FILE - In this March 1, 2016 file photo, the two presidents meet.",
        "(Reporting by A. Person in Bonn; Editing by B. Person and C. Person)",
        "Reporting by A. Person; editing by B. Person",
        "Additional reporting by A. Person in Geneva",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "By A. Person and B. Person | A Wire April 1 at 11:17 AM",
        "By Anna Person",
        "© 2019 A Wire. All rights reserved.",
        "Copyright 2019 A Wire",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "— ENDS —",
        "ENDS",
        "###",
        "* * *",
        "-----",
        "...",
        "<!-- -->",
        "<figure> </figure>",
        '<p class="x">',
    ],
)
def test_boilerplate_lines(line: str) -> None:
    assert kept(f"Before it.\n{line}\nAfter it.") == ["Before it.", "After it."]


@pytest.mark.parametrize(
    "line",
    [
        "The minister read more than the summary: he had studied it.",
        "Read more than one paper, the minister told the students.",
        "Related issues were discussed by the two ministers in Bonn.",
        "Follow-up talks were agreed.",
        "Photos of the meeting were not released.",
        "File the complaint by Friday, Moscow told Kyiv.",
        "By Friday the talks had collapsed.",
        "By then Merkel and Hollande had left Minsk.",
        "By 2014 Xi had visited Seoul.",
        "Source links between the two were denied.",
        "The talks ended.",
        "Share of the blame lies with Washington, Lavrov said on Facebook.",
        "“Sign up for peace,” Annan told the rebels.",
        "Sign up to the treaty, Blair urged Tehran.",
        "Copyright rules were discussed in Geneva.",
        "More: that was what the envoy wanted, and he said so at length; " + "he went on " * 40,
        "The report (edited by nobody) was handed to Annan.",
        "Video link talks between Biden and Xi lasted three hours.",
        "Map makers met in Bonn.",
        "TOKYO (Reuters) - Ministers met on Friday.",
        "3 < 4 and a <b",
    ],
)
def test_sentences_stay(line: str) -> None:
    assert kept(f"Before it.\n{line}\nAfter it.") == ["Before it.", line.strip(), "After it."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. (Reporting by A. B. in Bonn; editing by C. D.)", ["He left."]),
        ("He met [ad_12]her.", ["He met        her."]),
        ("<p>They met.</p>", ["They met."]),
        ("They met (AP Photo/A. Person) in Bonn.", ["They met                      in Bonn."]),
        (
            "President Anna Lee Lee AnnaPresident of Malta(retranslated): Thank you.",
            ["President Anna Lee                           (retranslated): Thank you."],
        ),
        (
            "So said Anna LaToya Mayor of Lee: a friend.",
            ["So said Anna LaToya Mayor of Lee: a friend."],
        ),
    ],
)
def test_boilerplate_within_a_line(text: str, expected: list[str]) -> None:
    assert kept(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"One.\n{TEASER}\n{TEASER}\nTwo.", ["One.", "Two."]),
        (f"One.\n{TEASER}\n\n {TEASER} \nTwo.", ["One.", "Two."]),
        (f"One.\n{TEASER}\n{TEASER}\n{TEASER}\nTwo.", ["One.", "Two."]),
        (f"One.\n{TEASER}\nTwo.\n{TEASER}", ["One.", TEASER, "Two.", TEASER]),
        (f"One.\n{TEASER}.\n{TEASER}.\nTwo.", ["One.", f"{TEASER}.", f"{TEASER}.", "Two."]),
        ("Thank you\nThank you", ["Thank you", "Thank you"]),
        ("AUDIENCE: Four more years\nAUDIENCE: Four more years", ["AUDIENCE: Four more years"] * 2),
    ],
)
def test_a_short_line_twice_in_a_row_is_a_teaser(text: str, expected: list[str]) -> None:
    assert kept(text) == expected


def test_a_repeated_title_is_kept_once() -> None:
    text = "Allies open a base in the north\nAllies open a base in the north\nThey met."
    assert mask(text).split("\n") == ["Allies open a base in the north", " " * 31, "They met."]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("a\u200bb\ufeff\x07c\td", "a b  c d"),
        (f"Talks {'QUJD' * 80} went on", "Talks " + "\n" * 320 + " went on"),
        ("Hun Sen\u00a0met\u202fhim", "Hun Sen met him"),
        ("one\u2028two\x85three\x0cfour", "one\ntwo\nthree\nfour"),
        ("co\u00adoperation", "co\u00adoperation"),
        ("Xi\u200e Jin\u2060ping \u202emet\u202c him", "Xi  Jin\u00adping  met  him"),
        ("Xi\u2019s “talks” – 習近平 😀", "Xi\u2019s “talks” – 習近平 😀"),
    ],
)
def test_invisible_characters(text: str, body: str) -> None:
    assert mask(text) == body


PIECES = st.one_of(
    st.text(),
    st.sampled_from(
        [
            "[ad_1]",
            "Source link",
            TEASER,
            "\n",
            "\n\n",
            "(Reporting by",
            ")",
            "<p>",
            "ENDS",
            "\u200b",
        ]
    ),
)


@given(st.lists(PIECES).map("".join))
@example(f"{TEASER}\n" * 3)
def test_masking_never_shifts_a_character(text: str) -> None:
    body = mask(text)
    assert len(body) == len(text)
    assert all(b in (t, " ", "\n") for t, b in zip(text, body, strict=True))
    assert all(b == "\n" for t, b in zip(text, body, strict=True) if t == "\n")
