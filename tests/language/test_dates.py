"""Dates in English news: what is found, and what it means on the day of publication."""

from __future__ import annotations

import time
from datetime import date
from string import capwords

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import edtf
from kb.language.date_grammar import KINDS
from kb.language.date_words import table
from kb.language.dates import DateExpression, calendar_words, find, resolve

TUESDAY = date(2017, 3, 7)
PAST, FUTURE = "past", "future"


def one(text: str) -> DateExpression:
    """The only date of a text."""
    found = find(text)
    assert len(found) == 1, [e.text for e in found]
    return found[0]


PUBLISHED_ON_TUESDAY_7_MARCH_2017 = [
    # Weekdays: the verb decides; the day of publication is itself.
    ("They met on Monday.", PAST, "2017-03-06"),
    ("They met Monday.", None, "2017-03-06"),
    ("They will meet on Monday.", FUTURE, "2017-03-13"),
    ("They met on Tuesday.", PAST, "2017-03-07"),
    ("They will meet on Tuesday.", FUTURE, "2017-03-07"),
    ("They met on Wednesday.", PAST, "2017-03-01"),
    ("They meet on Wednesday.", FUTURE, "2017-03-08"),
    ("They met last Monday.", PAST, "2017-03-06"),
    ("They met last Tuesday.", PAST, "2017-02-28"),
    ("They will meet next Tuesday.", FUTURE, "2017-03-14"),
    ("They will meet next Friday.", FUTURE, "2017-03-10"),
    ("They meet this Friday.", None, "2017-03-10"),
    ("They meet this coming Friday.", None, "2017-03-10"),
    ("They met this past Friday.", PAST, "2017-03-03"),
    ("He left Monday night.", PAST, "2017-03-06"),
    ("He left early Thursday.", PAST, "2017-03-02"),
    ("He left late on Thursday.", PAST, "2017-03-02"),
    ("He left on Sunday afternoon.", PAST, "2017-03-05"),
    ("Friday's talks broke down.", PAST, "2017-03-03"),
    ("Friday’s talks broke down.", PAST, "2017-03-03"),
    ("They met on Thurs. in Rome.", PAST, "2017-03-02"),
    ("They met on Wednesday of last week.", PAST, "2017-03-01"),
    ("They meet on Monday next week.", FUTURE, "2017-03-13"),
    ("They met on Thursday last week.", PAST, "2017-03-02"),
    # Several weekdays.
    ("They will meet from Monday to Wednesday.", FUTURE, "2017-03-13/2017-03-15"),
    ("They met from Friday to Sunday.", PAST, "2017-03-03/2017-03-05"),
    ("They met on Sunday and Monday.", PAST, "2017-03-05/2017-03-06"),
    ("They met on Thursday and Friday.", PAST, "2017-03-02/2017-03-03"),
    ("They will meet on Thursday and Friday.", FUTURE, "2017-03-09/2017-03-10"),
    ("He is there Monday through Wednesday.", None, "2017-03-06/2017-03-08"),
    ("They met Monday-Tuesday.", PAST, "2017-03-06/2017-03-07"),
    ("They met Saturday–Monday.", PAST, "2017-03-04/2017-03-06"),
    # A day and its month; the year that fits.
    ("They met on Feb. 17.", PAST, "2017-02-17"),
    ("They met on Feb 17.", PAST, "2017-02-17"),
    ("They met on 17 February.", PAST, "2017-02-17"),
    ("They met on February 17th.", PAST, "2017-02-17"),
    ("They met on the 17th of February.", PAST, "2017-02-17"),
    ("They met on February the 17th.", PAST, "2017-02-17"),
    ("They met on Dec. 30.", PAST, "2016-12-30"),
    ("They met on December 30.", None, "2016-12-30"),
    ("They will meet on Dec. 30.", FUTURE, "2017-12-30"),
    ("They will meet on January 5.", FUTURE, "2018-01-05"),
    ("They met on January 5.", None, "2017-01-05"),
    ("They met on April 2.", None, "2017-04-02"),
    ("They met on April 2.", PAST, "2016-04-02"),
    ("They met on Sept. 3 in Rome.", PAST, "2016-09-03"),
    ("They met on Sept 3.", PAST, "2016-09-03"),
    ("They met on Monday, Feb. 27.", PAST, "2017-02-27"),
    ("They met on Saturday, 4 March.", None, "2017-03-04"),
    ("They met on Friday, April 8.", None, "2016-04-08"),
    ("They met on February 31.", PAST, None),
    ("They met on MARCH 3.", PAST, "2017-03-03"),
    # With its year nothing else is needed.
    ("They met on 17 February 2015.", None, "2015-02-17"),
    ("They met on Feb. 17, 2015, in Rome.", FUTURE, "2015-02-17"),
    ("They met on February 17 2015.", None, "2015-02-17"),
    ("They met on 2015-02-17.", None, "2015-02-17"),
    ("They met at 2015-02-17T10:00:00Z.", None, "2015-02-17"),
    ("They met on 17/02/2015.", None, "2015-02-17"),
    ("They met on 02/17/2015.", None, "2015-02-17"),
    ("They met on 17.02.2015.", None, "2015-02-17"),
    ("They met on 03/04/2015.", None, "2015"),
    ("They met on 2015-02-30.", None, None),
    ("They met on 17-Feb-2015.", None, "2015-02-17"),
    # Spans of days.
    ("They met on Feb 17-18.", PAST, "2017-02-17/2017-02-18"),
    ("They met on Feb. 17–18, 2015.", PAST, "2015-02-17/2015-02-18"),
    ("They met on 17-18 February.", PAST, "2017-02-17/2017-02-18"),
    ("They met March 3 to 5.", PAST, "2017-03-03/2017-03-05"),
    ("They met between 4 and 6 June.", PAST, "2016-06-04/2016-06-06"),
    ("They will meet from March 30 to April 2.", FUTURE, "2017-03-30/2017-04-02"),
    ("They will meet from 30 March to 2 April.", FUTURE, "2017-03-30/2017-04-02"),
    ("They met on 24 and 25 May.", PAST, "2016-05-24/2016-05-25"),
    ("They will meet on May 24/25.", FUTURE, "2017-05-24/2017-05-25"),
    ("They met on September 3-5.", PAST, "2016-09-03/2016-09-05"),
    ("They met on May 24, 25 and 26.", PAST, "2016-05-24/2016-05-26"),
    ("They met on May 5 and 17.", PAST, "2016-05"),
    ("They met last Feb. 17.", PAST, "2017-02-17"),
    ("They will meet next Feb. 17.", FUTURE, "2018-02-17"),
    ("They met Feb. 17, 2015-Feb. 20, 2015.", None, "2015-02-17/2015-02-20"),
    ("They met on Monday, Tuesday and Wednesday.", PAST, "2017-02-27/2017-03-01"),
    ("They met from June 2015 to March 2016.", None, "2015-06/2016-03"),
    ("They met in November and December.", PAST, "2016-11/2016-12"),
    ("They met from Dec. 30 to Jan. 2.", PAST, "2016-12-30/2017-01-02"),
    ("They met from December 30 to January 2, 2015.", PAST, "2014-12-30/2015-01-02"),
    # The month alone.
    ("They met in February.", PAST, "2017-02"),
    ("They met in March.", PAST, "2017-03"),
    ("They met in April.", PAST, "2016-04"),
    ("They will meet in February.", FUTURE, "2018-02"),
    ("They met in late February.", PAST, "2017-02"),
    ("They meet in mid-March.", None, "2017-03"),
    ("They will meet in early April.", FUTURE, "2017-04"),
    ("They meet in May.", FUTURE, "2017-05"),
    ("They met last November.", PAST, "2016-11"),
    ("They met last March.", PAST, "2016-03"),
    ("They will meet next March.", FUTURE, "2018-03"),
    ("They will meet next April.", FUTURE, "2017-04"),
    ("They will meet this May.", FUTURE, "2017-05"),
    ("They met in November 2016.", None, "2016-11"),
    ("They met in Nov. 2016.", None, "2016-11"),
    ("They met in November, 2016.", None, "2016-11"),
    ("They met in November of 2016.", None, "2016-11"),
    ("They met in early November 2016.", None, "2016-11"),
    ("They will meet at the end of April.", FUTURE, "2017-04"),
    ("They met from September to November.", PAST, "2016-09/2016-11"),
    ("They met in January-March 2015.", None, "2015-01/2015-03"),
    ("They met from November to January 2015.", None, "2014-11/2015-01"),
    ("The September summit failed.", PAST, "2016-09"),
    ("The May summit failed.", PAST, "2016-05"),
    # Years and decades.
    ("They met in 2014.", None, "2014"),
    ("Not since 2014 had they met.", None, "2014"),
    ("It was so in the 1980s.", None, "1980/1989"),
    ("It was so in the mid-1990s.", None, "1990/1999"),
    ("The 2001-2006 talks failed.", None, "2001/2006"),
    ("He served from 2001 to 2006.", None, "2001/2006"),
    ("He served between 2001 and 2006.", None, "2001/2006"),
    ("He served in 2014-15.", None, "2014/2015"),
    ("They met in early 2016.", None, "2016"),
    ("It is due by the end of 2018.", None, "2018"),
    ("His 2010 visit was marred.", None, "2010"),
    ("The treaty (2010) holds.", None, "2010"),
    ("They met three years ago.", PAST, "2014"),
    ("They met a decade ago.", PAST, "2007"),
    ("They met 25 years ago.", PAST, "1992"),
    ("They met last year.", PAST, "2016"),
    ("They meet this year.", None, "2017"),
    ("They will meet next year.", FUTURE, "2018"),
    ("It is due by the end of the year.", FUTURE, "2017"),
    ("They met earlier this year.", PAST, "2017"),
    ("They will meet later this year.", FUTURE, "2017"),
    ("They will meet later in the year.", FUTURE, "2017"),
    # Days counted from the present.
    ("They met today.", PAST, "2017-03-07"),
    ("They meet tonight.", FUTURE, "2017-03-07"),
    ("They met yesterday.", PAST, "2017-03-06"),
    ("They met yesterday morning.", PAST, "2017-03-06"),
    ("They meet tomorrow.", FUTURE, "2017-03-08"),
    ("They met this morning.", PAST, "2017-03-07"),
    ("They met last night.", PAST, "2017-03-06"),
    ("They met the day before yesterday.", PAST, "2017-03-05"),
    ("They meet the day after tomorrow.", FUTURE, "2017-03-09"),
    ("They met two days ago.", PAST, "2017-03-05"),
    ("They will meet in three days.", FUTURE, "2017-03-10"),
    ("They will meet in 10 days’ time.", FUTURE, "2017-03-17"),
    ("They will meet two days from now.", FUTURE, "2017-03-09"),
    # Weeks name no day: the month that holds most of theirs.
    ("They met last week.", PAST, "2017-03"),
    ("They meet this week.", None, "2017-03"),
    ("They met two weeks ago.", PAST, "2017-02"),
    ("They met a couple of weeks ago.", PAST, "2017-02"),
    ("They met a fortnight ago.", PAST, "2017-02"),
    ("They will meet in two weeks.", FUTURE, "2017-03"),
    ("They met earlier this week.", PAST, "2017-03"),
    ("They met earlier in the week.", PAST, "2017-03"),
    ("They met earlier this month.", PAST, "2017-03"),
    ("They will meet later this month.", FUTURE, "2017-03"),
    ("They met last month.", PAST, "2017-02"),
    ("They will meet next month.", FUTURE, "2017-04"),
    ("They met three months ago.", PAST, "2016-12"),
    ("It is due at the end of the month.", FUTURE, "2017-03"),
    ("It is due by the end of next month.", FUTURE, "2017-04"),
    ("They met last weekend.", PAST, "2017-03-04/2017-03-05"),
    ("They met over the weekend.", PAST, "2017-03-04/2017-03-05"),
    ("They met at the weekend.", None, "2017-03-04/2017-03-05"),
    ("They will meet over the weekend.", FUTURE, "2017-03-11/2017-03-12"),
    ("They will meet this weekend.", FUTURE, "2017-03-11/2017-03-12"),
    ("They met this past weekend.", PAST, "2017-03-04/2017-03-05"),
    # Seasons, and days with a name.
    ("They met last summer.", PAST, "2016-06/2016-08"),
    ("They will meet this spring.", FUTURE, "2017-03/2017-05"),
    ("They met last winter.", PAST, "2016-12/2017-02"),
    ("They met in the summer of 2015.", None, "2015-06/2015-08"),
    ("They met in winter 2015.", None, "2015"),
    ("They met on New Year's Eve.", PAST, "2016-12-31"),
    ("They met on Christmas Day 2014.", None, "2014-12-25"),
    # The month is the nearest that fits.
    ("They will meet on the 18th.", FUTURE, "2017-03-18"),
    ("They met on the 18th in Rome.", PAST, "2017-02-18"),
    ("They met on the 31st.", PAST, "2017-01-31"),
    # Told, but no date.
    ("They will meet in the coming weeks.", FUTURE, None),
    ("They met in recent months.", PAST, None),
    ("They met several weeks ago.", PAST, None),
    ("Trade grew over the past year.", PAST, None),
    ("It was the first summit in four years.", PAST, None),
    ("The first summit in four years is due.", FUTURE, None),
    ("They had not met in four years.", PAST, None),
    ("They met three days earlier.", PAST, None),
    ("They met the next day.", PAST, None),
    ("They met the following week.", PAST, None),
]


@pytest.mark.parametrize(("text", "direction", "expected"), PUBLISHED_ON_TUESDAY_7_MARCH_2017)
def test_a_date_is_resolved_against_the_day_of_publication(text, direction, expected):
    assert resolve(one(text), TUESDAY, direction) == expected


OTHER_DAYS = [
    # The week of Monday 31 July to Sunday 6 August 2017 belongs to August, not so what is over.
    ("this week", date(2017, 7, 31), None, "2017-08"),
    ("this week", date(2017, 7, 31), PAST, "2017-07"),
    ("earlier this week", date(2017, 8, 1), None, "2017-07"),
    ("last week", date(2017, 8, 7), PAST, "2017-08"),
    ("next week", date(2017, 7, 24), FUTURE, "2017-08"),
    ("last week", date(2017, 3, 6), PAST, "2017-03"),
    ("later this week", date(2017, 8, 30), None, "2017-09"),
    # On a weekend.
    ("last weekend", date(2017, 3, 5), PAST, "2017-02-25/2017-02-26"),
    ("over the weekend", date(2017, 3, 5), PAST, "2017-03-04/2017-03-05"),
    ("this weekend", date(2017, 3, 4), None, "2017-03-04/2017-03-05"),
    ("next weekend", date(2017, 3, 4), FUTURE, "2017-03-11/2017-03-12"),
    # Across the turn of the year.
    ("on Saturday", date(2017, 1, 2), PAST, "2016-12-31"),
    ("yesterday", date(2017, 1, 1), PAST, "2016-12-31"),
    ("last month", date(2017, 1, 15), PAST, "2016-12"),
    ("next month", date(2016, 12, 15), FUTURE, "2017-01"),
    ("in December", date(2017, 1, 15), None, "2016-12"),
    ("in January", date(2016, 12, 15), None, "2017-01"),
    ("on Dec. 28", date(2017, 1, 2), None, "2016-12-28"),
    ("on Jan. 3", date(2016, 12, 30), None, "2017-01-03"),
    ("last November", date(2017, 11, 6), PAST, "2016-11"),
    ("this winter", date(2017, 1, 15), None, "2016-12/2017-02"),
    ("on Feb. 29", date(2017, 2, 28), PAST, "2016-02-29"),
    # The report is dated a day before the event where clocks differ.
    ("on March 8", TUESDAY, PAST, "2017-03-08"),
    # Without a day of publication only a year tells.
    ("on Monday", None, PAST, None),
    ("on Feb. 17", None, PAST, None),
    ("from Monday to Wednesday", None, PAST, None),
    ("in February", None, PAST, None),
    ("last year", None, PAST, None),
    ("yesterday", None, PAST, None),
    ("three years ago", None, PAST, None),
    ("last summer", None, PAST, None),
    ("over the weekend", None, PAST, None),
    ("on the 18th", None, PAST, None),
    ("from March to May", None, PAST, None),
    ("on Feb. 17, 2017", None, PAST, "2017-02-17"),
    ("in November 2016", None, PAST, "2016-11"),
    ("in 2014", None, PAST, "2014"),
    # Beyond the calendar.
    ("next year", date(9999, 12, 31), FUTURE, None),
    ("tomorrow", date(9999, 12, 31), FUTURE, None),
    ("900 years ago", date(500, 1, 1), PAST, None),
]


@pytest.mark.parametrize(("text", "reference", "direction", "expected"), OTHER_DAYS)
def test_the_day_of_publication_decides(text, reference, direction, expected):
    assert resolve(one(text), reference, direction) == expected


CONTEXT = [
    ("the next day", "2017-02-17", "2017-02-18"),
    ("the following day", "2017-02-28", "2017-03-01"),
    ("the day before", "2017-02-17", "2017-02-16"),
    ("the previous day", "2017-02-17", "2017-02-16"),
    ("on the same day", "2017-02-17", "2017-02-17"),
    ("that day", "2017-02-17", "2017-02-17"),
    ("that evening", "2017-02-17", "2017-02-17"),
    ("the day after", "2017-02-17/2017-02-18", "2017-02-19"),
    ("the day before", "2017-02-17/2017-02-18", "2017-02-16"),
    ("the next day", "2017-02", None),
    ("the next day", "2017-02/2017-03", None),
    ("a day earlier", "2017-02-17", "2017-02-16"),
    ("a day later", "2017-02-17", "2017-02-18"),
    ("three days earlier", "2017-02-17", "2017-02-14"),
    ("two weeks later", "2017-02-17", "2017-03"),
    ("three days later", "2017-02", None),
    ("two years earlier", "2017-02", "2015"),
    ("a year later", "2014", "2015"),
    ("two months later", "2017-12", "2018-02"),
    ("that month", "2017-02-17", "2017-02"),
    ("the same month", "2017-02-17", "2017-02"),
    ("the following month", "2017-12", "2018-01"),
    ("the following week", "2017-02-27", "2017-03"),
    ("the previous week", "2017-02-17", "2017-02"),
    ("the previous year", "2017-02-17", "2016"),
    ("later that year", "2014-02", "2014"),
    ("that year", "2014", "2014"),
    ("that month", "2014", None),
    ("the following Monday", "2017-02-17", "2017-02-20"),
    ("the previous Friday", "2017-02-17", "2017-02-10"),
    ("that Friday", "2017-02-15", "2017-02-17"),
    ("on the 18th", "2017-02", "2017-02-18"),
    ("on the 18th", "2017-02-17", "2017-02-18"),
    ("on the 31st", "2017-02", None),
    ("on Feb. 20", "2017-02-17", "2017-02-20"),
    ("the next day", "no date", None),
    ("the next day", "9999-12-31", None),
]


@pytest.mark.parametrize(("text", "context", "expected"), CONTEXT)
def test_a_date_told_before_is_counted_from(text, context, expected):
    assert resolve(one(text), None, None, context) == expected


def test_the_month_told_before_wins_over_the_day_of_publication():
    assert resolve(one("on the 18th"), TUESDAY, FUTURE, "2016-05") == "2016-05-18"


NO_DATES = [
    "The June 4 Movement met them.",
    "The 17 November Group met them.",
    "the 38th parallel",
    "the G20 and the G7",
    "resolution 2231",
    "Resolution 2015 was adopted",
    "about 1,200 people",
    "in 2000 people",
    "worth $2014",
    "open 24/7",
    "since 9/11",
    "the Minsk II accords",
    "He is 81",
    "They may meet",
    "May God bless you",
    "Theresa May met Emmanuel Macron",
    "Prime Minister May left",
    "They called for May to resign",
    "Theresa May left, and a call from May followed",
    "They march on",
    "March on Washington",
    "a second round",
    "Sun Chunlan left",
    "The Sun reported it",
    "talks with Jan Egeland",
    "by Jan Egeland",
    "January Contreras spoke",
    "Thank you, April.",
    "at Mar-a-Lago",
    "in Mar-a-Lago",
    "the 18th Party Congress",
    "on the 19th Party Congress",
    "by the 20th century",
    "Project 2025",
    "USA Today reported it",
    "Russia Today reported it",
    "$35 a month",
    "for decades",
    "every day",
    "for two years",
    "by 2000 GMT",
    "v1.2015 of it",
    "",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_these_are_no_dates(text):
    assert [e.text for e in find(text)] == []


FOUND = [
    # The longest reading, in order.
    (
        "They met on Monday, Feb. 27, 2017, and will meet next week.",
        ["Monday, Feb. 27, 2017", "next week"],
    ),
    ("Early Thursday, Dec 1 and in 2014", ["Thursday, Dec 1", "2014"]),
    ("in May, June and July", ["May", "June and July"]),
    ("the winter of 2015, the 1980s", ["winter of 2015", "1980s"]),
    ("the day before the summit", []),
    ("the day before yesterday", ["the day before yesterday"]),
    ("It is over in June. The talks went on.", ["June"]),
    ("That is why in April I left.", ["April"]),
    ("on 5 March\n\n2017 was a good year", ["5 March"]),
    ("a Tuesday in 2016, 2017 or 2018", ["Tuesday", "2016", "2018"]),
    ("between 12.5 and 13 May", ["13 May"]),
    ("at 10:30 May 5", ["May 5"]),
    ("on Monday and Thursday", ["Monday", "Thursday"]),
    ("between Monday and Thursday", ["Monday and Thursday"]),
    ("in May and October", ["May", "October"]),
    ("in 2014 and 2018", ["2014", "2018"]),
    ("on May 5 and June 6", ["May 5", "June 6"]),
    ("Monday (March 6)", ["Monday", "March 6"]),
    ("over the past three weeks", ["over the past three weeks"]),
    ("over the past week", ["the past week"]),
    ("three days before the vote", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_the_longest_reading_is_found(text, expected):
    assert [e.text for e in find(text)] == expected


SURROUNDINGS = [
    # text, preposition, modifies a noun, with an apostrophe
    ("on Monday he left", "on", False, False),
    ("in February he left", "in", False, False),
    ("since 2014 he has", "since", False, False),
    ("until Friday", "until", False, False),
    ("by March 3", "by", False, False),
    ("from May 4 to 6", "from", False, False),
    ("during the 1980s", "during", False, False),
    ("before Monday", "before", False, False),
    ("after the weekend of 4-5 March", "of", False, False),
    ("ahead of Monday", "ahead of", False, False),
    ("ahead of the Sept. 3 summit", "ahead of", True, False),
    ("in two weeks", "in", False, False),
    ("over the weekend", None, False, False),
    ("he left Monday", None, False, False),
    ("the September 3 summit", None, True, False),
    ("the October 7 attack", None, True, False),
    ("the 2018 summit", None, True, False),
    ("a Monday meeting", None, True, False),
    ("September talks failed", None, True, False),
    ("Monday's meeting", None, True, True),
    ("Monday’s meeting", None, True, True),
    ("at last week's summit", "at", True, True),
    ("on Monday talks resumed", "on", False, False),
    ("On Monday, Putin left", "on", False, False),
    ("the 17th of February", None, False, False),
]


@pytest.mark.parametrize(("text", "preposition", "attributive", "possessive"), SURROUNDINGS)
def test_what_stands_around_a_date_is_told(text, preposition, attributive, possessive):
    found = find(text)[-1]
    assert (found.has_prep, found.attributive, found.possessive) == (
        preposition,
        attributive,
        possessive,
    )


def test_every_month_weekday_and_relative_word_is_known():
    for names in table()["months"]:
        for name in names:
            assert resolve(one(f"on 7 {name.capitalize()} 2015"), None) is not None
    for number, names in enumerate(table()["weekdays"]):
        full = resolve(one(f"on {names[0].capitalize()}"), TUESDAY)
        assert full is not None
        assert date.fromisoformat(full).weekday() == number
    for word, step in table()["days"].items():
        value = resolve(one(f"They met {word}."), TUESDAY)
        assert value == str(date.fromordinal(TUESDAY.toordinal() + step))
    for name, (month, day) in table()["holidays"].items():
        assert resolve(one(f"on {capwords(name)} 2015"), None) == f"2015-{month:02d}-{day:02d}"
    assert {"monday", "sept", "may"} <= set(calendar_words())


WORDS = [
    *"on in the last next this of to and from until 3 17 17th 2014".split(),  # noqa: SIM905
    *"2017-02-17 , . - ’s ( /".split(),  # noqa: SIM905
    *(w.capitalize() for w in calendar_words()),
    *table()["days"],
    *table()["context_days"],
    *table()["numbers"],
    *table()["units"],
    *table()["seasons"],
    *table()["holidays"],
    "ago",
    "earlier",
    "later",
    "weekend",
    "the end of",
    "1980s",
]
NEWS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@settings(deadline=None, max_examples=400)
@given(
    text=NEWS | st.text(),
    reference=st.none() | st.dates(),
    direction=st.sampled_from([None, PAST, FUTURE]),
    context=st.none()
    | st.dates().map(str)
    | st.dates().map(lambda d: str(d)[:7])
    | st.text(max_size=8),
)
def test_whatever_the_text_a_date_is_valid_or_unknown(text, reference, direction, context):
    end = 0
    for found in find(text):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert found.kind in KINDS
        end = found.end
        value = resolve(found, reference, direction, context)
        assert value is None or edtf.is_valid(value)


@settings(deadline=None)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_whole_date_is_read_back_however_it_is_written(day):
    name = day.strftime("%B")
    for text in (
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{day:%A}, {name[:3]} {day.day}, {day.year}",
        f"the {day.day}th of {name}, {day.year}",
        str(day),
    ):
        assert resolve(one(text), None) == str(day)


@settings(deadline=None)
@given(reference=st.dates(date(1900, 1, 10), date(2099, 12, 1)), name=st.sampled_from(range(7)))
def test_a_weekday_is_within_a_week_on_the_side_of_the_verb(reference, name):
    expression = one("on " + table()["weekdays"][name][0].capitalize())
    before = date.fromisoformat(str(resolve(expression, reference, PAST)))
    after = date.fromisoformat(str(resolve(expression, reference, FUTURE)))
    assert before.weekday() == after.weekday() == name
    assert 0 <= (reference - before).days < 7
    assert 0 <= (after - reference).days < 7


def test_a_megabyte_is_read_in_seconds():
    """Guards against patterns that take more than linear time; the usual speed is above 2 MB/s."""
    text = "They met on Monday, Feb. 27, 2017, and will meet again in two weeks. " * 3000
    text += "1 " * 50_000 + "May " * 20_000 + "the " * 50_000 + "a" * 200_000
    started = time.process_time()
    assert len(find(text)) >= 6000
    assert time.process_time() - started < 10
