"""When, where and how: the circumstances that a sentence or its neighbour tells.

Published on Wednesday, 9 June 2021.
"""

from __future__ import annotations

import pytest

from tests.extract.coding import code, meetings, visits

DATES = [
    ("Angela Merkel met Viktor Orban on Monday.", "2021-06-07"),
    ("On 3 May, Angela Merkel met Viktor Orban.", "2021-05-03"),
    ("Angela Merkel will meet Viktor Orban on Monday.", "2021-06-14"),
    ("Angela Merkel and Viktor Orban met last month.", "2021-05"),
    ("Angela Merkel will meet Viktor Orban later on Tuesday.", "2021-06-08"),
    ("Angela Merkel will meet Viktor Orban later Wednesday.", "2021-06-09"),
    ("Angela Merkel met Viktor Orban.", "-"),
    ("Angela Merkel said on Monday that she had met Viktor Orban.", "-"),
    ("Angela Merkel said on Monday after talks with Viktor Orban that trade was growing.",
     "2021-06-07"),
    ("Angela Merkel met Viktor Orban to discuss the 2014 accord.", "-"),
    ("Angela Merkel met Viktor Orban for the first time since 2018.", "-"),
    ("Angela Merkel agreed on Monday to meet Viktor Orban.", "-"),
    ("Angela Merkel cancelled a meeting with Viktor Orban scheduled for Friday.", "2021-06-11"),
    ("Angela Merkel cancelled a meeting with Viktor Orban scheduled for Tuesday.", "2021-06-08"),
    ("Angela Merkel met Viktor Orban, who was elected in April 2010, on Monday.", "2021-06-07"),
    ("Angela Merkel met Viktor Orban, who was elected in April 2010.", "-"),
    ("Angela Merkel met Viktor Orban ahead of a summit on Friday.", "-"),
    ("Angela Merkel on Monday met Viktor Orban in Lille, two days after a vote on Saturday.",
     "2021-06-07"),
    ("Angela Merkel was due to meet Viktor Orban on Tuesday.", "2021-06-08"),
    ("Angela Merkel was due to meet Viktor Orban on Friday.", "2021-06-11"),
    ("Angela Merkel said on Monday that trade was growing, after talks in Lille with Viktor Orban.",
     "2021-06-07"),
    ("Angela Merkel returned home on Monday, a day after meeting Viktor Orban.", "-"),
    ("The talks between Angela Merkel and Viktor Orban, held on Sunday in Lille, were tense.",
     "2021-06-06"),
    ("Angela Merkel attended a meeting with Viktor Orban, who held a rally on Sunday.", "-"),
    ("Asked about Angela Merkel's meeting with Viktor Orban in Rome last year, the minister said "
     "it had been useful.", "2020"),
    ("Angela Merkel told reporters on Monday that she will meet Viktor Orban on Friday.",
     "2021-06-11"),
    ("Angela Merkel and Viktor Orban held talks from Friday to Sunday.", "2021-06-04/2021-06-06"),
    ("Angela Merkel will meet Viktor Orban later this month.", "2021-06"),
    ("Angela Merkel met Viktor Orban on the 4th.", "2021-06-04"),
    ("Angela Merkel met Viktor Orban on the sidelines of the G20 summit in November.", "2020-11"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DATES)
def test_the_date_is_that_of_the_event(text: str, day: str) -> None:
    assert [m[3] for m in meetings(text)] == [day]


JOURNEYS = [
    ("Angela Merkel will travel to Lille to attend a summit on 1 July.", "2021-07-01"),
    ("Angela Merkel will travel to Lille for the 1 July summit.", "2021-07-01"),
    ("Angela Merkel travelled to Lille for the 1 July summit.", "-"),
    ("Angela Merkel will travel to Lille on Friday to attend a summit on 1 July.", "2021-06-11"),
    ("Angela Merkel is on a visit to Lille that began on Tuesday.", "2021-06-08"),
    ("Angela Merkel will visit Lille from 12 to 14 July.", "2021-07-12/2021-07-14"),
    ("Angela Merkel last visited Lille in 2014.", "2014"),
    ("Emmanuel Macron met Angela Merkel on Monday to discuss her recent trip to Moscow.", "-"),
    ("Emmanuel Macron met Angela Merkel on Monday during her trip to Paris.", "2021-06-07"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), JOURNEYS)
def test_the_date_is_that_of_the_journey(text: str, day: str) -> None:
    assert [v[3] for v in visits(text)] == [day]


CARRIED = [
    ("On Monday, Angela Merkel flew to Lille. She met Viktor Orban.", "2021-06-07"),
    ("As the fair opened Monday, crowds came. Angela Merkel met Viktor Orban there.",
     "2021-06-07"),
    ("On Monday, the fair opened. Angela Merkel had met Viktor Orban before.", "-"),
    ("On Monday, the fair opened. The fund praised a recent meeting of Angela Merkel and "
     "Viktor Orban.", "-"),
    ("On Monday, the fair opened. In the lead up to it, Angela Merkel met Viktor Orban.", "-"),
    ("On Monday, the fair opened. Angela Merkel first met Viktor Orban as a student.", "-"),
    ("On Monday, the fair opened.\n\nAngela Merkel met Viktor Orban.", "-"),
    ("The fair will open on Monday. Angela Merkel met Viktor Orban.", "-"),
    ("The fair opened on Monday. Angela Merkel met Viktor Orban the next day.", "2021-06-08"),
    ("The fair closed on 3 May. Three days later, Angela Merkel met Viktor Orban.", "2021-05-06"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), CARRIED)
def test_a_date_may_stand_in_the_sentence_before(text: str, day: str) -> None:
    assert [m[3] for m in meetings(text)] == [day]


CONVERSATION = "Vladimir Putin: {}\nNikol Pashinyan: Thank you.\nVladimir Putin: Thank you."
SPOKEN = [
    ("I am glad that we can talk today.", "2021-06-09"),
    ("I am glad that we can talk.", "-"),
    ("Yesterday the fair opened.", "-"),
]


@pytest.mark.parametrize(("words", "day"), SPOKEN)
def test_today_in_a_conversation_is_its_day(words: str, day: str) -> None:
    assert [m[3] for m in meetings(CONVERSATION.format(words))] == [day]


UNDATED = [
    ("The fund met on June 21, 2016. Angela Merkel will meet Viktor Orban on July 3.",
     "2016-07-03"),
    ("Angela Merkel will meet Viktor Orban on July 3.", "-"),
    ("The fund met on June 21, 2016. Angela Merkel will meet Viktor Orban on Monday.", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), UNDATED)
def test_a_full_date_tells_the_year_of_an_undated_article(text: str, day: str) -> None:
    found = code(text, published=None)
    assert [m.date or "-" for m in found.meetings] == [day]


PLACES = [
    ("Angela Merkel met Viktor Orban in Budapest.", "Budapest"),
    ("In Budapest, Angela Merkel met Viktor Orban.", "Budapest"),
    ("Angela Merkel met Viktor Orban in Hungary.", "HU"),
    ("Angela Merkel met Viktor Orban at the request of Poland.", "-"),
    ("Angela Merkel met Viktor Orban to discuss the war in Syria.", "-"),
    ("Angela Merkel met behind closed doors with Viktor Orban in Budapest.", "Budapest"),
    ("Angela Merkel met Viktor Orban near the city of Lille.", "Lille"),
    ("Angela Merkel met Viktor Orban ahead of a summit in Brussels.", "-"),
    ("Angela Merkel will go to Warsaw, where she will meet Viktor Orban.", "Warsaw"),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_the_place_is_that_of_the_event(text: str, place: str) -> None:
    assert [m[4] for m in meetings(text)] == [place]


MEDIA = [
    ("Angela Merkel met Viktor Orban.", "in-person"),
    ("Angela Merkel spoke with Viktor Orban by phone.", "phone"),
    ("Angela Merkel had a telephone conversation with Viktor Orban.", "phone"),
    ("Angela Merkel held a video conference with Viktor Orban.", "video"),
    ("Angela Merkel held talks with Viktor Orban.", "unknown"),
    ("Angela Merkel held talks with Viktor Orban in Budapest.", "in-person"),
]


@pytest.mark.parametrize(("text", "medium"), MEDIA)
def test_words_beside_the_trigger_tell_the_medium(text: str, medium: str) -> None:
    assert [m[2] for m in meetings(text)] == [medium]


def test_a_place_that_opens_a_sentence_beside_its_day() -> None:
    assert [m[4] for m in meetings("Today in Rome, Joe Biden met Mario Draghi.")] == ["Rome"]


def test_the_town_a_report_is_filed_from_is_that_of_the_days_meetings() -> None:
    text = "BUDAPEST (Reuters) - Angela Merkel met Viktor Orban on Tuesday."
    assert [m[4] for m in meetings(text)] == ["Budapest"]


def test_leaders_from_many_countries_came_to_the_town_a_report_is_filed_from() -> None:
    text = "ROME (Reuters) - Leaders from 20 countries gathered on Tuesday."
    assert [m[4] for m in meetings(text)] == ["Rome"]


def test_a_title_tells_of_a_call() -> None:
    text = "Joe Biden spoke today with Mario Draghi."
    assert [m[2] for m in meetings(text, "Readout of the President's Call with Mario Draghi")] == [
        "phone"
    ]


def test_a_digest_is_of_the_day_in_its_title() -> None:
    text = "Joe Biden arrives in Rome."
    assert visits(text, "News of 9 June 2021") == [("Joe Biden", "Rome", "held", "2021-06-09")]


def test_a_meeting_on_a_visit_has_its_day_and_place() -> None:
    text = "Angela Merkel went to Washington on Thursday. There she met Joe Biden."
    assert meetings(text) == [
        ("Angela Merkel + Joe Biden", "held", "in-person", "2021-06-03", "Washington")
    ]
