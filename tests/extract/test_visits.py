"""Who visited where: sentences, and the visits they tell of.

Published on Wednesday, 9 June 2021. A visit is written as visitor, destination, status and date.
"""

from __future__ import annotations

import pytest

from tests.extract.coding import visits

TOLD = [
    (
        "Japanese Foreign Minister Toshimitsu Motegi paid a visit to Estonia in May.",
        [("Toshimitsu Motegi", "EE", "held", "2021-05")],
    ),
    (
        "Xi Jinping visited Myanmar in January 2020.",
        [("Xi Jinping", "MM", "held", "2020-01")],
    ),
    (
        "During Xi Jinping's state visit to Russia, an agreement was signed.",
        [("Xi Jinping", "RU", "held", "-")],
    ),
    (
        "Antony Blinken will travel to Kenya, Ghana and Niger next week.",
        [
            ("Antony Blinken", "KE", "planned", "2021-06"),
            ("Antony Blinken", "GH", "planned", "2021-06"),
            ("Antony Blinken", "NE", "planned", "2021-06"),
        ],
    ),
    (
        "Recep Tayyip Erdogan hosted Volodymyr Zelensky in Istanbul on Saturday.",
        [("Volodymyr Zelensky", "Istanbul", "held", "2021-06-05")],
    ),
    (
        "Moon Jae-in invited Joe Biden to Seoul.",
        [("Joe Biden", "Seoul", "proposed", "-")],
    ),
    (
        "Narendra Modi accepted an invitation to visit Egypt.",
        [("Narendra Modi", "EG", "planned", "-")],
    ),
    (
        "Mike Pompeo is in Kabul for talks.",
        [("Mike Pompeo", "Kabul", "held", "-")],
    ),
    (
        "Wang Yi is on a two-day visit to North Korea.",
        [("Wang Yi", "KP", "held", "-")],
    ),
    (
        "Benjamin Netanyahu is expected in Washington next month.",
        [("Benjamin Netanyahu", "Washington", "planned", "2021-07")],
    ),
    (
        "Emmanuel Macron touched down in Beirut on Thursday.",
        [("Emmanuel Macron", "Beirut", "held", "2021-06-03")],
    ),
    (
        "Scott Morrison's four-day trip takes him to Tokyo and Singapore.",
        [
            ("Scott Morrison", "Tokyo", "held", "-"),
            ("Scott Morrison", "Singapore", "held", "-"),
        ],
    ),
    (
        "Justin Trudeau has not been to China since 2017.",
        [("Justin Trudeau", "CN", "held", "2017")],
    ),
    (
        "Justin Trudeau is the first Canadian prime minister to visit China since 2017.",
        [("Justin Trudeau", "CN", "held", "-")],
    ),
    (
        "Justin Trudeau had been expected in Beijing on Friday.",
        [("Justin Trudeau", "Beijing", "planned", "2021-06-11")],
    ),
    (
        "Pakistani Prime Minister Imran Khan left Beijing on Monday.",
        [("Imran Khan", "Beijing", "held", "2021-06-07")],
    ),
    (
        "Wendy Sherman will lead a delegation to Jakarta.",
        [("Wendy Sherman", "Jakarta", "planned", "-")],
    ),
    (
        "Emmanuel Macron came home after spending three days in Lisbon.",
        [("Emmanuel Macron", "Lisbon", "held", "-")],
    ),
    (
        "Naftali Bennett cancelled his planned visit to Bahrain.",
        [("Naftali Bennett", "BH", "cancelled", "-")],
    ),
    (
        "Emmanuel Macron decided against going to Mali.",
        [("Emmanuel Macron", "ML", "cancelled", "-")],
    ),
    (
        "Justin Trudeau became the first Canadian prime minister to visit Malta.",
        [("Justin Trudeau", "MT", "held", "-")],
    ),
    (
        "The last German chancellor to visit Libya was Gerhard Schroeder in 2004.",
        [("Gerhard Schröder", "LY", "held", "2004")],
    ),
    (
        "The last and only serving French president to visit Andorra was Jacques Chirac in 1999.",
        [("Jacques Chirac", "AD", "held", "1999")],
    ),
    (
        "Charles Michel made the first trip to Fiji by a European leader since Jose Manuel Barroso "
        "in 2012.",
        [
            ("Charles Michel", "FJ", "held", "-"),
            ("José Manuel Barroso", "FJ", "held", "2012"),
        ],
    ),
    (
        "Boris Johnson was already on a plane to Rome.",
        [("Boris Johnson", "Rome", "held", "-")],
    ),
    (
        "Heiko Maas is on his way to Tripoli.",
        [("Heiko Maas", "Tripoli", "held", "-")],
    ),
    (
        "Turkish Foreign Minister Mevlut Cavusoglu, in Tunis to address the assembly, urged calm.",
        [("Mevlüt Çavuşoğlu", "Tunis", "held", "-")],
    ),
    (
        "Heiko Maas's trip included stops in Lima, where he met Francisco Sagasti, and Quito, "
        "where he saw ministers.",
        [
            ("Heiko Maas", "Lima", "held", "-"),
            ("Heiko Maas", "Quito", "held", "-"),
        ],
    ),
    (
        "The ministers gathered in Malta for talks on Monday. "
        '"We must agree," Heiko Maas said as he arrived for the talks.',
        [("Heiko Maas", "MT", "held", "-")],
    ),
    (
        "VIENNA, June 8 - Russian negotiators arrived on Monday for another round of talks.",
        [("Russian negotiators", "Vienna", "held", "2021-06-07")],
    ),
    (
        "Yoshihide Suga was due to fly to Delhi in July. He cancelled the trip after a storm.",
        [("Yoshihide Suga", "Delhi", "cancelled", "2021-07")],
    ),
    (
        "World leaders gathered in Malta for a summit on Monday. Irish premier Micheal Martin "
        "called off his trip after a storm.",
        [("Micheál Martin", "MT", "cancelled", "-")],
    ),
    (
        "Boris Johnson decided against going to a conference of the young farmers in Lisbon.",
        [("Boris Johnson", "Lisbon", "cancelled", "-")],
    ),
    (
        "Le Drian spoke to Emmanuel Macron, ahead of the president's landmark Cuba visit.",
        [("Emmanuel Macron", "CU", "planned", "-")],
    ),
    (
        "Antony Blinken and Lloyd Austin hosted defence ministers of the coalition in Tunis.",
        [("defence ministers", "Tunis", "held", "-")],
    ),
    (
        "Jens Stoltenberg's plane landed in Podgorica late on Monday.",
        [("Jens Stoltenberg", "Podgorica", "held", "2021-06-07")],
    ),
    (
        "Heiko Maas flew to Tirana with Luigi Di Maio.",
        [("Heiko Maas", "Tirana", "held", "-"), ("Luigi Di Maio", "Tirana", "held", "-")],
    ),
    (
        "Joe Biden's first foreign trip will be to Britain.",
        [("Joe Biden", "GB", "planned", "-")],
    ),
    (
        "Emmanuel Macron returned from Kigali on Saturday.",
        [("Emmanuel Macron", "Kigali", "held", "2021-06-05")],
    ),
    (
        "Emmanuel Macron has accepted an invitation to Kigali.",
        [("Emmanuel Macron", "Kigali", "planned", "-")],
    ),
    (
        "Emmanuel Macron declined an invitation to Kigali.",
        [("Emmanuel Macron", "Kigali", "cancelled", "-")],
    ),
    (
        "Joe Biden looks forward to welcoming Angela Merkel to Washington on July 15.",
        [("Angela Merkel", "Washington", "planned", "2021-07-15")],
    ),
    (
        "They signed it following the visit by the President of Mongolia to Serbia in May.",
        [("Khaltmaagiin Battulga", "RS", "held", "2021-05")],
    ),
    (
        "President of Serbia Aleksandar Vucic: I want to welcome you warmly to Belgrade.\n\n"
        "President of Finland Sauli Niinisto: This is not my first visit to Serbia.",
        [
            ("Sauli Niinistö", "Belgrade", "held", "-"),
        ],
    ),
    (
        "Mexico's president on Monday cancelled next week's trip to Washington, where he had been "
        "due to meet Joe Biden on June 17.",
        [("Andrés Manuel López Obrador", "Washington", "cancelled", "2021-06-17")],
    ),
    (
        "Boris Johnson, who flies to Delhi next week, was more hopeful.",
        [("Boris Johnson", "Delhi", "planned", "2021-06")],
    ),
    (
        "British Foreign Secretary Dominic Raab, in Pristina on Monday, welcomed the deal.",
        [("Dominic Raab", "Pristina", "held", "2021-06-07")],
    ),
    (
        "Antony Blinken flew home after three days of shuttling between Kuwait, Doha and Jeddah.",
        [
            ("Antony Blinken", "KW", "held", "-"),
            ("Antony Blinken", "Doha", "held", "-"),
            ("Antony Blinken", "Jeddah", "held", "-"),
        ],
    ),
    (
        "Heiko Maas will make a tour, starting in Doha and ending in Muscat.",
        [("Heiko Maas", "Doha", "planned", "-"), ("Heiko Maas", "Muscat", "planned", "-")],
    ),
    (
        "Xi Jinping left Laos early. By Monday he was in Brunei, said an official.",
        [("Xi Jinping", "LA", "held", "-"), ("Xi Jinping", "BN", "held", "2021-06-07")],
    ),
    (
        "Visiting Japan on Monday, Cyril Ramaphosa called for trade.",
        [("Cyril Ramaphosa", "JP", "held", "2021-06-07")],
    ),
    (
        "Yoshihide Suga will become the first foreign leader to visit Quito since the vote.",
        [("Yoshihide Suga", "Quito", "planned", "-")],
    ),
    (
        "Sergei Lavrov's visit to Hanoi comes ahead of a possible trip there by Vladimir Putin.",
        [("Sergey Lavrov", "Hanoi", "held", "-"), ("Vladimir Putin", "Hanoi", "proposed", "-")],
    ),
    (
        "Kim Jong Un accepted Vladimir Putin's invitation to visit Moscow.",
        [("Kim Jong-un", "Moscow", "planned", "-")],
    ),
    (
        "Michel Aoun has not visited Damascus since 2009.",
        [("Michel Aoun", "Damascus", "held", "2009")],
    ),
    (
        '"I will travel to Tripoli in July," Heiko Maas said.',
        [("Heiko Maas", "Tripoli", "planned", "2021-07")],
    ),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_a_sentence_tells_of_visits(text: str, told: list[tuple[str, ...]]) -> None:
    assert visits(text) == told


STATIONS = [
    (
        "Jake Sullivan expressed appreciation for Fumio Kishida's visit to India, where he spoke.",
        [("Fumio Kishida", "IN", "held", "-")],
    ),
    (
        "Antony Blinken will travel to Iraq. He will then visit Iraqi Kurdistan on June 14.",
        [("Antony Blinken", "IQ", "planned", "-"),
         ("Antony Blinken", "Iraqi Kurdistan", "planned", "2021-06-14")],
    ),
    (
        "Peruvian minister Carlos Vega spoke to Chilean minister Juan Rojas, who will know more "
        "when he returns to Santiago.",
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), STATIONS)
def test_stations_and_ways_home(text: str, told: list[tuple[str, ...]]) -> None:
    assert visits(text) == told


LATER = [
    (
        "Sudan's Omar al-Bashir is the president. Egypt welcomed al-Bashir in 2018.",
        [("Omar al-Bashir", "EG", "held", "2018")],
    ),
    (
        "Leaders of the bloc met in Brussels on Monday, after Malta's Robert Abela cancelled his "
        "trip.",
        [("Robert Abela", "Brussels", "cancelled", "-")],
    ),
]


@pytest.mark.parametrize(("text", "told"), LATER)
def test_what_else_the_text_has_told_counts(text: str, told: list[tuple[str, ...]]) -> None:
    assert visits(text) == told


NONE = [
    "M23 rebels arrived in Kigali.",
    "The Iranian soccer team arrived in Madrid.",
    "Many Russians did not travel to Europe this year.",
    "Thousands of tourists visited Greece in May.",
    "A German warship visited Japan.",
    "Angela Merkel returned to Germany.",
    "France suspended the programme for receiving refugees.",
    "If Joe Biden visits Iraq, he will meet the troops.",
    "The euro went to a new high.",
]


@pytest.mark.parametrize("text", NONE)
def test_tourists_ships_and_the_way_home_are_no_visits(text: str) -> None:
    assert visits(text) == []


def test_the_country_is_the_one_last_named() -> None:
    text = "Belarus opened an embassy in North Korea. Sergei Lavrov visited the country in March."
    assert visits(text) == [("Sergey Lavrov", "KP", "held", "2021-03")]


def test_there_is_the_place_last_named() -> None:
    text = "Mario Draghi spoke of Libya. Kyriakos Mitsotakis travelled there in April."
    assert visits(text) == [("Kyriakos Mitsotakis", "LY", "held", "2021-04")]


def test_who_goes_along_visits_as_well() -> None:
    text = "Joe Biden will travel to Rome in October. He will be accompanied by Antony Blinken."
    assert visits(text) == [
        ("Joe Biden", "Rome", "planned", "2021-10"),
        ("Antony Blinken", "Rome", "planned", "2021-10"),
    ]


def test_a_guest_comes_to_the_country_of_whom_he_meets() -> None:
    text = "President Xi Jinping told visiting President Emmanuel Macron on Monday that he agreed."
    assert visits(text) == [("Emmanuel Macron", "CN", "held", "2021-06-07")]


def test_stations_of_a_journey_share_its_month_unless_it_had_just_begun() -> None:
    text = (
        "On May {}, Heiko Maas visited Quito. The trip followed a stop in Lima, where he met "
        "Francisco Sagasti."
    )
    assert ("Heiko Maas", "Lima", "held", "2021-05") in visits(text.format(22))
    assert ("Heiko Maas", "Lima", "held", "-") in visits(text.format(3))
