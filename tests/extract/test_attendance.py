"""Who else was there: sentences that add to a meeting told beside them.

Published on Wednesday, 9 June 2021. A meeting is written as its participants in order of the
alphabet.
"""

from __future__ import annotations

import pytest

from tests.extract.coding import code, meetings

ADDED = [
    # who is joined by somebody
    ("Joe Biden, joined by Kamala Harris, spoke with Justin Trudeau.",
     ["Joe Biden + Justin Trudeau + Kamala Harris"]),
    ("Antony Blinken met Yair Lapid in Jerusalem. He was joined by Deputy Secretary of State "
     "Wendy Sherman and Special Envoy Ann Pratt.",
     ["Ann Pratt + Antony Blinken + Wendy Sherman + Yair Lapid"]),
    ("Joe Biden met Mario Draghi in Rome. Emmanuel Macron was joined by Jean Castex in Paris.",
     ["Joe Biden + Mario Draghi"]),
    ("Joe Biden met Mario Draghi. He was joined by friends.", ["Joe Biden + Mario Draghi"]),
    # who joined, attended or took part in it
    ("Joe Biden spoke with Mario Draghi. Kamala Harris joined the call.",
     ["Joe Biden + Kamala Harris + Mario Draghi"]),
    ("Joe Biden met Mario Draghi. The meeting was also attended by Antony Blinken and Luigi Di "
     "Maio.", ["Antony Blinken + Joe Biden + Luigi Di Maio + Mario Draghi"]),
    ("Joe Biden met Mario Draghi. Antony Blinken and Luigi Di Maio took part in the talks.",
     ["Antony Blinken + Joe Biden + Luigi Di Maio + Mario Draghi"]),
    ("Antony Blinken and Luigi Di Maio attended the talks in Rome.",
     ["Antony Blinken + Luigi Di Maio"]),
    # the sentence turned round
    ("Joe Biden met Mario Draghi. Taking part in the meeting were Secretary of State Antony "
     "Blinken, Italian Foreign Minister Luigi Di Maio and senior aides.",
     ["Antony Blinken + Joe Biden + Luigi Di Maio + Mario Draghi"]),
    ("Joe Biden met Mario Draghi. Also present was Antony Blinken.",
     ["Antony Blinken + Joe Biden + Mario Draghi"]),
    ("Jake Sullivan met Alejandro Giammattei. Also in the meeting were Special Envoy Ann Pratt and "
     "U.S. Ambassador William Popp.",
     ["Alejandro Giammattei + Ann Pratt + Jake Sullivan + William Popp"]),
    # a list: of officials all, of others whoever heads a state or government
    ("Chadian officials held talks with Swiss diplomats.\n\nGovernment participants included:\n\n"
     "- Carla Weber, Ambassador to Chad - Paul Frei, Adviser\n\nAnn Pratt left.",
     ["Carla Weber + Chadian officials + Paul Frei + Swiss diplomats"]),
    ("Joe Biden met the Bucharest Nine group.\n\nJoining Joe Biden at the meeting were:\n\n"
     "- Bulgarian President Rumen Radev - Czech Prime Minister Andrej Babis",
     ["Andrej Babis + Bucharest Nine + Joe Biden + Rumen Radev"]),
    ("Joe Biden held a virtual summit with leaders of the G20.\n\nParticipants included:\n\n"
     "- President Emmanuel Macron, France - Ann Pratt, President, Bakers United",
     ["Emmanuel Macron + Joe Biden + leaders of the G20"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "participants"), ADDED)
def test_who_else_was_there(text: str, participants: list[str]) -> None:
    assert [m[0] for m in meetings(text)] == participants


def test_officials_named_take_the_place_of_officials() -> None:
    text = (
        "Swiss officials met Emmanuel Macron.\n\nGovernment participants included:\n\n"
        "- Swiss Ambassador Carla Weber - Swiss Minister Paul Frei"
    )
    assert [m[0] for m in meetings(text)] == ["Carla Weber + Emmanuel Macron + Paul Frei"]


@pytest.mark.parametrize(
    ("text", "source", "domestic"),
    [
        ("Joe Biden met labor leaders today.", "White House", True),
        ("Joe Biden met world leaders today.", "White House", False),
        ("Joe Biden met labor leaders today.", "Sample Gazette", False),
        ("Joe Biden met labor leaders in Berlin today.", "White House", False),
    ],
)
def test_groups_of_ones_own_country(text: str, source: str, domestic: bool) -> None:
    assert [m.domestic for m in code(text, source=source).meetings] == [domestic]
