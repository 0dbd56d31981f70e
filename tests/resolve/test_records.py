"""One record for one event: which tellings are joined, and what they lend each other."""

from __future__ import annotations

from datetime import date

import pytest

from kb.extract.events import Told
from kb.model import Medium, Status
from kb.resolve.circumstances import filed_from, settle
from kb.resolve.entities import Entity
from kb.resolve.merge import (
    Event,
    apart,
    merged,
    same_meeting,
    same_visit,
    spoken_for,
)
from tests.extract.coding import code, meetings, visits

MERKEL = Entity("person", "Angela Merkel", country="DE")
ORBAN = Entity("person", "Viktor Orban", country="HU")
DRAGHI = Entity("person", "Mario Draghi", country="IT")
PUBLISHED = date(2021, 6, 9)


def told(
    who: list[Entity],
    status: Status = "held",
    *,
    at: int = 0,
    sentence: int = 0,
    date: str | None = None,
    place: str | None = None,
    country: str | None = None,
    medium: Medium = "in-person",
    borrowed: bool = False,
    another: bool = False,
) -> Event:
    """One telling as an event of its own."""
    telling = Told(at, sentence, status, "", borrowed=borrowed, another=another)
    return Event(list(who), [telling], status, medium, date, place, country)


PAIR = [MERKEL, ORBAN]
GERMANY = Entity("state", "Germany", country="DE")
HUNGARY = Entity("state", "Hungary", country="HU")
ITALY = Entity("state", "Italy", country="IT")
JOINED = [
    ("the same again", told(PAIR), told(PAIR, at=9)),
    ("one of unknown day", told(PAIR, date="2021-06-07"), told(PAIR, at=9)),
    ("a day within the month", told(PAIR, date="2021-06"), told(PAIR, at=9, date="2021-06-07")),
    ("fewer participants", told([*PAIR, DRAGHI]), told(PAIR, at=9)),
    ("an unknown medium", told(PAIR), told(PAIR, at=9, medium="unknown")),
    ("a plan and a proposal", told(PAIR, "planned"), told(PAIR, "proposed", at=9)),
    ("a plan and its cancellation", told(PAIR, "planned"), told(PAIR, "cancelled", at=9)),
    ("a borrowed status", told(PAIR, "planned"), told(PAIR, "held", at=9, borrowed=True)),
]
APART = [
    ("other days", told(PAIR, date="2021-06-07"), told(PAIR, at=9, date="2021-05-07")),
    ("other places", told(PAIR, place="Bonn"), told(PAIR, at=9, place="Rome")),
    ("other media", told(PAIR), told(PAIR, at=9, medium="phone")),
    ("other people", told(PAIR), told([MERKEL, DRAGHI], at=9)),
    ("what took place and what lies ahead", told(PAIR), told(PAIR, "planned", at=9)),
    ("one more with some of them", told([*PAIR, DRAGHI]), told(PAIR, at=9, another=True)),
]


@pytest.mark.parametrize(("why", "first", "second"), JOINED)
def test_tellings_of_one_meeting_are_joined(why: str, first: Event, second: Event) -> None:
    assert len(merged([first, second], same_meeting)) == 1, why


@pytest.mark.parametrize(("why", "first", "second"), APART)
def test_tellings_of_two_meetings_stay_apart(why: str, first: Event, second: Event) -> None:
    assert len(merged([first, second], same_meeting)) == 2, why


def test_the_fuller_telling_wins() -> None:
    (event,) = merged(
        [told(PAIR, date="2021-06"), told(PAIR, at=9, date="2021-06-07", place="Bonn")],
        same_meeting,
    )
    assert (event.date, event.place) == ("2021-06-07", "Bonn")


CLOSER = [
    ("2021-06", "2021-06-07", "2021-06-07"),
    ("2021", "2021-06", "2021-06"),
    ("2021-06-07/2021-06-10", "2021-06-09", "2021-06-09"),
    ("2021-06-07/2021-06-12", "2021-06-10/2021-06-12", "2021-06-10/2021-06-12"),
    ("2021-06-07", "2021-06-07/2021-06-10", "2021-06-07/2021-06-10"),  # arrived, and stayed
    ("2020-11/2021-11", "2020-12", "2020-12"),
]


@pytest.mark.parametrize(("first", "second", "day"), CLOSER)
def test_of_two_dates_the_closer_one_is_kept(first: str, second: str, day: str) -> None:
    for one, other in ((first, second), (second, first)):
        (event,) = merged([told(PAIR, date=one), told(PAIR, at=9, date=other)], same_meeting)
        assert event.date == day


def test_a_plan_that_was_cancelled_is_cancelled() -> None:
    (event,) = merged([told(PAIR, "planned"), told(PAIR, "cancelled", at=9)], same_meeting)
    assert event.status == "cancelled"


def test_a_telling_without_participants_adds_to_the_one_before() -> None:
    (event,) = merged([told(PAIR), told([], at=9, place="Bonn")], same_meeting)
    assert event.place == "Bonn"


def test_a_meeting_of_others_tells_nothing_of_a_call() -> None:
    found = code(
        "Angela Merkel had a telephone conversation with Viktor Orban. They welcomed the meeting "
        "of the council held in Rome on June 4."
    )
    assert [(m.medium, m.date, m.place) for m in found.meetings] == [("phone", None, None)]


def test_visits_to_two_countries_stay_apart() -> None:
    events = [told([MERKEL], country="IT"), told([MERKEL], at=9, country="HU")]
    assert len(merged(events, same_visit)) == 2


def test_a_meeting_has_day_and_place_of_the_visit_it_took_place_on() -> None:
    meeting = told(PAIR, medium="unknown")
    visit = told([MERKEL], date="2021-06-07", place="Budapest", country="HU")
    settle([meeting], [visit], PUBLISHED)
    assert (meeting.date, meeting.place, meeting.medium) == ("2021-06-07", "Budapest", "in-person")


def test_there_is_where_the_visit_told_last_went() -> None:
    text = (
        "Wendy Sherman arrived in Jakarta on Monday.\n"
        "The city is large.\n"
        "While there, she met Joko Widodo."
    )
    assert [m[3:] for m in meetings(text)] == [("2021-06-07", "Jakarta")]


def test_talks_ahead_on_a_visit_under_way_are_face_to_face() -> None:
    meeting = told(PAIR, "planned", medium="unknown", date="2021-06-10")
    settle([meeting], [told([MERKEL], date="2021-06-08", country="HU")], PUBLISHED)
    assert meeting.medium == "in-person"


def test_a_visit_long_ago_lends_nothing() -> None:
    meeting = told(PAIR, sentence=5)
    settle([meeting], [told([MERKEL], date="2014", country="HU")], PUBLISHED)
    assert (meeting.date, meeting.place) == (None, None)


def test_a_tour_makes_one_meeting_with_each_host() -> None:
    tour = [told([MERKEL], country="HU"), told([MERKEL], country="IT")]
    both = told([MERKEL, ORBAN, DRAGHI], sentence=5)
    assert [[e.name for e in m.who] for m in apart([both], tour)] == [
        ["Angela Merkel", "Viktor Orban"],
        ["Angela Merkel", "Mario Draghi"],
    ]


FILED = [
    # day, whether the town of the dateline is its place
    ("2021-06-08", "Budapest"),
    ("2021-06-09", "Budapest"),
    ("2021-05-08", None),
    (None, "Budapest"),
]


@pytest.mark.parametrize(("day", "place"), FILED)
def test_a_dateline_places_the_news_of_the_day(day: str | None, place: str | None) -> None:
    meeting = told(PAIR, date=day)
    filed_from([meeting], [], "Budapest", "HU", PUBLISHED)
    assert meeting.place == place


def test_a_dateline_says_nothing_of_a_call_or_of_people_at_home() -> None:
    call, home = told(PAIR, medium="phone"), told([ORBAN, Entity("role", "x", country="HU")])
    filed_from([call, home], [], "Budapest", "HU", PUBLISHED)
    assert (call.place, home.place) == (None, None)


def test_one_meeting_in_several_sentences_is_one_record_with_all_its_passages() -> None:
    text = (
        "Angela Merkel met Viktor Orban in Budapest on Monday.\n"
        "The talks lasted two hours.\n"
        "In her meeting with Viktor Orban, Angela Merkel spoke of the rule of law."
    )
    assert len(meetings(text)) == 1
    assert [e.text for e in code(text).meetings[0].evidence] == [
        "Angela Merkel met Viktor Orban in Budapest on Monday.",
        "In her meeting with Viktor Orban, Angela Merkel spoke of the rule of law.",
    ]


def test_coming_home_is_no_visit() -> None:
    assert visits("Angela Merkel arrived in Berlin on Monday.") == []


def test_two_of_one_state_meet_at_home() -> None:
    text = "Antony Blinken met Joe Biden at the White House."
    assert [m.domestic for m in code(text).meetings] == [True]


SPOKEN_FOR = [
    # the states beside those who met, and how many meetings are left
    ([told(PAIR), told([GERMANY, HUNGARY])], 1),
    ([told([GERMANY, HUNGARY]), told(PAIR)], 1),
    ([told(PAIR), told([GERMANY, ITALY])], 2),
    ([told(PAIR), told([GERMANY, HUNGARY], sentence=1)], 2),
    ([told(PAIR), told([GERMANY, HUNGARY], "planned")], 2),
    ([told(PAIR, date="2021-06-08"), told([GERMANY, HUNGARY], date="2021-06-01")], 2),
    ([told([MERKEL, ORBAN, DRAGHI]), told([GERMANY, HUNGARY])], 2),
    ([told([GERMANY, HUNGARY])], 1),
]


@pytest.mark.parametrize(("events", "left"), SPOKEN_FOR)
def test_states_stand_back_behind_those_who_speak_for_them(events: list[Event], left: int) -> None:
    assert len(spoken_for(events)) == left


def test_what_only_the_states_are_told_of_is_kept() -> None:
    [event] = spoken_for([told(PAIR), told([GERMANY, HUNGARY], date="2021-06-08", country="AT")])
    assert (event.who, event.date, event.country) == (PAIR, "2021-06-08", "AT")


def test_without_a_day_of_publication_an_old_visit_lends_nothing() -> None:
    text = (
        "Angela Merkel met Viktor Orban in private. They spoke of trade. "
        "Viktor Orban has not been to Germany since 2014."
    )
    [meeting] = code(text, published=None).meetings
    assert (meeting.date, meeting.country) == (None, None)


def test_a_state_beside_persons_of_two_states_takes_no_part() -> None:
    [meeting] = meetings("Angela Merkel and Viktor Orban discussed the negotiations with Moldova.")
    assert meeting[0] == "Angela Merkel + Viktor Orban"
