"""Sentences as the news writes them, harder than those of the other tables, and who met whom.

Published on Wednesday, 15 May 2024. A meeting is written as its participants in order of the
alphabet, status, medium, date and place ("-" where unknown).
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.coding import code

PUBLISHED = date(2024, 5, 15)

TOLD = [
    (
        "Iranian foreign minister Abbas Araghchi and Pakistani foreign minister Ishaq Dar "
        "hold a phone call to discuss Pakistan's efforts to revive ceasefire talks.",
        ["Abbas Araghchi + Ishaq Dar | held | phone | - | -"],
    ),
    (
        "The meeting of Sergey Lavrov with Hakan Fidan in Antalya on 10 July has been postponed.",
        ["Hakan Fidan + Sergey Lavrov | cancelled | in-person | 2024-07-10 | Antalya"],
    ),
    ("Kamala Harris spoke. If she chooses, she will talk with her rabbi and her imam.", []),
    (
        "Latin American leaders met Joe Biden in Lima on Monday.",
        ["Joe Biden + Latin American leaders | held | in-person | 2024-05-13 | Lima"],
    ),
    (
        "Putin's envoy for Ecology and Transport Sergei Ivanov met Xi Jinping in Beijing.",
        ["Sergei Ivanov + Xi Jinping | held | in-person | - | Beijing"],
    ),
    (
        "The United States is voting. Trump met Viktor Orban at Mar-a-Lago on Friday.",
        ["Donald Trump + Viktor Orban | held | in-person | 2024-05-10 | Mar-a-Lago"],
    ),
    (
        "Hungary frees a German citizen, after talks with Olaf Scholz's envoy Jens Ploetner.",
        ["Hungary + Jens Plötner | held | unknown | - | -"],
    ),
    (
        "U.S. climate envoy John Kerry and his Chinese counterpart Xie Zhenhua held four "
        "hours of talks in Beijing on Monday.",
        ["John Kerry + Xie Zhenhua | held | in-person | 2024-05-13 | Beijing"],
    ),
    (
        "Thai Prime Minister Srettha Thavisin said he would bring it up when he meets "
        "Cambodian leader Hun Manet in Bangkok next week.",
        ["Hun Manet + Srettha Thavisin | planned | in-person | 2024-05 | Bangkok"],
    ),
    (
        "Antony Blinken met with Vietnamese President To Lam in Hanoi.",
        ["Antony Blinken + To Lam | held | in-person | - | Hanoi"],
    ),
    (
        "Leaders from more than 40 countries gathered in Paris on Thursday to discuss the climate.",
        ["Leaders from more than 40 countries | held | in-person | 2024-05-09 | Paris"],
    ),
    (
        "Mali's junta has refused to receive the head of the U.N. mission.",
        ["Mali + head of United Nations | cancelled | in-person | - | -"],
    ),
    (
        "Colombian President Gustavo Petro met Nicolas Maduro in the Venezuelan capital for "
        "the fifth time since taking office.",
        ["Gustavo Petro + Nicolás Maduro | held | in-person | - | Caracas"],
    ),
    (
        "British Foreign Secretary David Cameron met Olaf Scholz in Bonn on Monday ahead of "
        "talks in Washington with Antony Blinken.",
        [
            "David Cameron + Olaf Scholz | held | in-person | 2024-05-13 | Bonn",
            "Antony Blinken + David Cameron | planned | in-person | - | Washington",
        ],
    ),
    (
        "A meeting between the presidents of Armenia and Azerbaijan fell through after Ilham "
        "Aliyev pulled out.",
        ["Ilham Aliyev + Vahagn Khachatryan | cancelled | in-person | - | -"],
    ),
    (
        "Uganda's Yoweri Museveni and Rwanda's Paul Kagame had not met since 2019.",
        ["Paul Kagame + Yoweri Museveni | held | in-person | 2019 | -"],
    ),
    (
        "Emmanuel Macron will see Giorgia Meloni in Rome.",
        ["Emmanuel Macron + Giorgia Meloni | planned | in-person | - | Rome"],
    ),
    (
        "President Gustavo Petro and Luiz Inacio Lula da Silva talked for close to four hours.",
        ["Gustavo Petro + Luiz Inácio Lula da Silva | held | unknown | - | -"],
    ),
    (
        "Indonesia's foreign minister, Retno Marsudi, spent an hour and a half with her Thai "
        "colleague Maris Sangiampongsa in Bangkok.",
        ["Maris Sangiampongsa + Retno Marsudi | held | in-person | - | Bangkok"],
    ),
    (
        "Subrahmanyam Jaishankar was to have met Ishaq Dar in Islamabad.",
        ["Ishaq Dar + S. Jaishankar | cancelled | in-person | - | Islamabad"],
    ),
    (
        "The prime ministers of Serbia and Kosovo came face to face for the first time.",
        ["Albin Kurti + Ana Brnabić | held | in-person | - | -"],
    ),
    (
        "Ministers Penny Wong and Richard Marles will host foreign and defence ministers of "
        "the Pacific Islands Forum in Canberra on July 21.",
        [
            "Penny Wong + Richard Marles + foreign and defence ministers of the Pacific Islands "
            "Forum | planned | in-person | 2024-07-21 | Canberra"
        ],
    ),
    (
        "Antony Blinken met Rishi Sunak in London on Monday and Emmanuel Macron in Paris on "
        "Tuesday.",
        [
            "Antony Blinken + Rishi Sunak | held | in-person | 2024-05-13 | London",
            "Antony Blinken + Emmanuel Macron | held | in-person | 2024-05-14 | Paris",
        ],
    ),
    (
        "Antony Blinken met Rishi Sunak on Monday and Emmanuel Macron on Tuesday.",
        [
            "Antony Blinken + Rishi Sunak | held | in-person | 2024-05-13 | -",
            "Antony Blinken + Emmanuel Macron | held | in-person | 2024-05-14 | -",
        ],
    ),
    (
        "Emmanuel Macron arrives later in the day for talks with Benjamin Netanyahu in "
        "Jerusalem and Palestinian President Mahmoud Abbas in Ramallah.",
        [
            "Benjamin Netanyahu + Emmanuel Macron | planned | in-person | 2024-05-15 | Jerusalem",
            "Emmanuel Macron + Mahmoud Abbas | planned | in-person | 2024-05-15 | Ramallah",
        ],
    ),
    (
        "President Emmanuel Macron has spoken with leaders across Africa.",
        ["Emmanuel Macron + leaders across Africa | held | unknown | - | -"],
    ),
    (
        "Secretary of State Antony Blinken left after a meeting in Munich that included "
        "Poland and a dozen other countries.",
        ["Antony Blinken + Poland + a dozen other countries | held | in-person | - | Munich"],
    ),
    (
        "Olaf Scholz informed the President of Finland of the ongoing talks with "
        "representatives of Ukraine.",
        [],
    ),
    (
        "Chancellor Olaf Scholz stressed to Prime Minister Viktor Orban that borders matter.",
        ["Olaf Scholz + Viktor Orban | held | unknown | - | -"],
    ),
    (
        "Joe Biden will press Benjamin Netanyahu on the ceasefire in a call on Thursday.",
        ["Benjamin Netanyahu + Joe Biden | planned | phone | 2024-05-16 | -"],
    ),
    ("Joe Biden pressed Benjamin Netanyahu in a letter to accept a ceasefire.", []),
    (
        "Prime Minister Kyriakos Mitsotakis shook hands with Recep Tayyip Erdogan in Ankara. ---",
        ["Kyriakos Mitsotakis + Recep Tayyip Erdogan | held | in-person | - | Ankara"],
    ),
]


@pytest.mark.parametrize(("text", "meetings"), TOLD)
def test_the_meetings_of_a_sentence(text: str, meetings: list[str]) -> None:
    found = code(text, published=PUBLISHED)
    names = {a.id: a.name for a in found.actors}
    told = [
        (" + ".join(sorted(names[p] for p in m.participants)), m.status, m.medium, m.date or "-",
         m.place or m.country or "-")
        for m in found.meetings
    ]  # fmt: skip
    assert [" | ".join(one) for one in told] == meetings
