"""The heads of reports: where, when and by whom they were filed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.dates import dateline, resolve

DATELINES = [
    # text, places, agency, date (published 2021-03-07)
    ("TOKYO (Reuters) - The two met.", ("Tokyo",), "Reuters", None),
    ("SEOUL, Feb 17 (Yonhap) -- The two met.", ("Seoul",), "Yonhap", "2021-02-17"),
    ("BEIJING, Sept. 3 (Xinhua) -- The two met.", ("Beijing",), "Xinhua", "2020-09-03"),
    ("LONDON, 17 February (Reuters) - The two met.", ("London",), "Reuters", "2021-02-17"),
    ("WASHINGTON, D.C., March 3, 2020 – The two met.", ("Washington",), None, "2020-03-03"),
    ("WASHINGTON, DC — Today the two met.", ("Washington",), None, None),
    ("Washington, D.C. – Today the two met.", ("Washington",), None, None),
    ("MOSCOW/KIEV (Reuters) - The two met.", ("Moscow", "Kiev"), "Reuters", None),
    (
        "PARIS/NEW YORK, May 5 (Reuters) - The two met.",
        ("Paris", "New York"),
        "Reuters",
        "2020-05-05",
    ),
    ("Geneva (AP) — The two met.", ("Geneva",), "AP", None),
    ("Ankara, Turkey (CNN) -- The two met.", ("Ankara",), "CNN", None),
    ("SEOUL, South Korea (AP) — The two met.", ("Seoul",), "AP", None),
    ("BOULDER, Colo. (Reuters) - The two met.", ("Boulder",), "Reuters", None),
    ("ABOARD AIR FORCE ONE (Reuters) - The two met.", ("Aboard Air Force One",), "Reuters", None),
    ("UNITED NATIONS (AP) — The two met.", ("United Nations",), "AP", None),
    ("PORT-AU-PRINCE (AFP) - The two met.", ("Port-au-Prince",), "AFP", None),
    ("SHARM EL-SHEIKH, Egypt — The two met.", ("Sharm el-Sheikh",), None, None),
    ("XI’AN, May 18 (Xinhua) -- The two met.", ("Xi’an",), "Xinhua", "2020-05-18"),
    ("ST. PETERSBURG (Reuters) - The two met.", ("St. Petersburg",), "Reuters", None),
    ("LA PAZ — The two met.", ("La Paz",), None, None),
    ("WARSAW – The two met.", ("Warsaw",), None, None),
    # no dash, but a town in capitals before a whole sentence
    (
        "WARSAW The two ministers met for an hour and spoke of nothing but coal.",
        ("Warsaw",),
        None,
        None,
    ),
    (
        "NEW DELHI/KABUL The diplomats met for an hour and spoke of nothing but coal.",
        ("New Delhi", "Kabul"),
        None,
        None,
    ),
    (
        "CARACAS, Venezuela The minister of the old government met his successor on Friday.",
        ("Caracas",),
        None,
        None,
    ),
    ("Warsaw — President Duda met him.", ("Warsaw",), None, None),
    ("(CNN) -- The two met.", (), "CNN", None),
    ("\n  ROME (Reuters) - The two met.", ("Rome",), "Reuters", None),
]


@pytest.mark.parametrize(("text", "places", "agency", "day"), DATELINES)
def test_a_dateline_names_place_agency_and_day(text, places, agency, day):
    line = dateline(text)
    assert line is not None
    assert (line.places, line.agency) == (places, agency)
    told = line.date and resolve(line.date, date(2021, 3, 7), "past")
    assert told == day
    assert text[: line.start].strip() == ""
    assert text[line.end :][:3] in ("The", "Tod", "Pre")


NO_DATELINES = [
    "",
    "The two met in Tokyo.",
    "The two - he and she - met.",
    "US - China talks resume.",
    "U.S. – China talks resume.",
    "NATO — the alliance — met.",
    "North Korea - the isolated state - fired a missile.",
    "Iran — Lebanon's friend — agreed.",
    "The Consumer Board (CPB) — the brainchild of a senator — met.",
    "We, the Leaders of the Group of Seven (G7) - meet.",
    "Health care is a right, not a privilege — and more.",
    "THE PRESIDENT: Thank you — thank you.",
    "ANALYSIS — Why the talks failed",
    "March 3 — The two met.",
    "TOKYO",
    "TOKYO (Reuters) -",
]


@pytest.mark.parametrize("text", NO_DATELINES)
def test_these_have_no_dateline(text):
    assert dateline(text) is None


PIECES = [
    "TOKYO",
    "Rome",
    "(Reuters)",
    ", ",
    "May 5",
    "2017",
    " - ",
    " — ",
    "/",
    " ",
    "The",
    "D.C.",
]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_offsets_lie_within_the_text(text):
    line = dateline(text)
    if line is None:
        return
    assert 0 <= line.start < line.end <= len(text)
    if line.date is not None:
        assert text[line.date.start : line.date.end] == line.date.text
