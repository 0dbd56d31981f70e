"""Did it happen? Sentences, and the status of the meeting they tell of."""

from __future__ import annotations

import pytest

from tests.extract.coding import meetings

STATUS = [
    ("Angela Merkel met Viktor Orban.", "held"),
    ("Angela Merkel has met Viktor Orban.", "held"),
    ("Mario Draghi had met Boris Johnson in 2020.", "held"),
    ("Angela Merkel said after meeting Viktor Orban that the talks were useful.", "held"),
    ("Angela Merkel will meet Viktor Orban.", "planned"),
    ("Angela Merkel is to meet Viktor Orban.", "planned"),
    ("Angela Merkel is due to meet Viktor Orban on Friday.", "planned"),
    ("Angela Merkel is expected to meet Viktor Orban on Friday.", "planned"),
    ("Angela Merkel is scheduled to meet Viktor Orban on Friday.", "planned"),
    ("Angela Merkel plans to meet Viktor Orban.", "planned"),
    ("Angela Merkel agreed to meet Viktor Orban.", "planned"),
    ("The Kremlin said Vladimir Putin would meet Joe Biden in Geneva.", "planned"),
    ("Angela Merkel spoke of trade ahead of a meeting with Viktor Orban.", "planned"),
    ("Angela Merkel hopes to meet Viktor Orban.", "proposed"),
    ("Angela Merkel wants to meet Viktor Orban.", "proposed"),
    ("Angela Merkel offered to meet Viktor Orban.", "proposed"),
    ("Angela Merkel said she was ready to meet Viktor Orban.", "proposed"),
    ("Angela Merkel could meet Viktor Orban.", "proposed"),
    ("Angela Merkel is considering a meeting with Viktor Orban.", "proposed"),
    ("Angela Merkel refused to meet Viktor Orban.", "cancelled"),
    ("Angela Merkel declined to meet Viktor Orban.", "cancelled"),
    ("Angela Merkel will not meet Viktor Orban.", "cancelled"),
    ("A meeting between Angela Merkel and Viktor Orban is unlikely.", "cancelled"),
    ("No meeting between Angela Merkel and Viktor Orban is planned.", "cancelled"),
    ("India called off talks with Pakistan.", "cancelled"),
    ("Iran has ruled out talks with the United States.", "cancelled"),
    ("North Korea has rejected talks with the United States.", "cancelled"),
    ("The meeting between Joe Biden and Vladimir Putin was called off.", "cancelled"),
    ("Joe Biden called off a meeting with Vladimir Putin.", "cancelled"),
    ("Angela Merkel failed to agree to meet Viktor Orban.", "cancelled"),
    ("Angela Merkel postponed her planned meeting with Viktor Orban.", "cancelled"),
    ("Angela Merkel did not meet Viktor Orban.", "denied"),
    ("Angela Merkel has yet to meet Viktor Orban.", "denied"),
    ("Hungarian Prime Minister Viktor Orban denied meeting Marine Le Pen.", "denied"),
    ("Hungary denied reports that Viktor Orban had met Marine Le Pen.", "denied"),
    ("There were no plans for a meeting between Angela Merkel and Viktor Orban.", "cancelled"),
    ("Angela Merkel had a chance to meet Viktor Orban.", "held"),
    ("Angela Merkel was to have met Viktor Orban.", "cancelled"),
    ("Angela Merkel will follow up on her talks with Viktor Orban.", "held"),
    ("A meeting between Angela Merkel and Viktor Orban fell through.", "cancelled"),
    ("Angela Merkel had not met Viktor Orban since 2019.", "held"),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_tense_modals_negation_and_governors_decide(text: str, status: str) -> None:
    assert [m[1] for m in meetings(text)] == [status]


def test_what_was_agreed_at_a_meeting_lies_ahead_and_the_meeting_does_not() -> None:
    text = "Angela Merkel and Viktor Orban agreed to invest more during a meeting in Budapest."
    assert [m[1] for m in meetings(text)] == ["held"]


def test_what_was_not_done_at_a_meeting_does_not_deny_it() -> None:
    text = "Angela Merkel did not raise the matter during a meeting with Viktor Orban."
    assert [m[1] for m in meetings(text)] == ["held"]


def test_a_habit_is_no_event() -> None:
    assert meetings("Angela Merkel regularly meets Viktor Orban.") == []


def test_a_present_tense_with_a_day_to_come_is_a_plan() -> None:
    assert [m[1:4:2] for m in meetings("Angela Merkel meets Viktor Orban on Friday.")] == [
        ("planned", "2021-06-11")
    ]
