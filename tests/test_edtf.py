"""EDTF of level 0: what is a date, what it can mean, and when two can be the same."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.edtf import (
    EDTFError,
    compatible,
    display,
    earliest,
    is_valid,
    latest,
    parse_day,
    precision,
)
from kb.errors import KBError

DATES = [
    ("2023", "2023-01-01", "2023-12-31", "year"),
    ("0001", "0001-01-01", "0001-12-31", "year"),
    ("2023-09", "2023-09-01", "2023-09-30", "month"),
    ("2023-02", "2023-02-01", "2023-02-28", "month"),
    ("2024-02", "2024-02-01", "2024-02-29", "month"),
    ("2023-09-24", "2023-09-24", "2023-09-24", "day"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
    ("2023-09-24/2023-09-25", "2023-09-24", "2023-09-25", "interval"),
    ("2023-09/2023-10", "2023-09-01", "2023-10-31", "interval"),
    ("1980/1989", "1980-01-01", "1989-12-31", "interval"),
    ("2023/2023-09-24", "2023-01-01", "2023-09-24", "interval"),
    ("2023~", "2023-01-01", "2023-12-31", "year"),
    ("2023-09?", "2023-09-01", "2023-09-30", "month"),
    ("2023-09-24~", "2023-09-24", "2023-09-24", "day"),
    ("2023-09~/2023-10?", "2023-09-01", "2023-10-31", "interval"),
]


@pytest.mark.parametrize(("text", "first", "last", "exact"), DATES)
def test_a_date_spans_its_days(text, first, last, exact):
    assert is_valid(text)
    assert (str(earliest(text)), str(latest(text)), precision(text)) == (first, last, exact)


INVALID = [
    "", " ", "2023-13", "2023-13-45", "2023-02-29", "2023-00", "2023-09-00", "0000", "23", "202",
    "20233", "2023-9", "2023-9-24", "2023-09-24T10:00:00", " 2023", "2023\n", "2023-09\n", "2023/",
    "/2023", "/", "2023//2024", "2023/2024/2025", "2024/2023", "2023-09-25/2023-09-24", "../2023",
    "2023-21", "Monday", "٢٠٢٣", "-2023", "2023~~", "2023-09-24Z",
]  # fmt: skip


@pytest.mark.parametrize("text", INVALID)
def test_what_is_no_date_is_refused_with_a_sentence(text):
    assert not is_valid(text)
    for read in (earliest, latest, precision):
        with pytest.raises(EDTFError) as refused:
            read(text)
        assert repr(text) in refused.value.message
        assert refused.value.hint


def test_the_error_is_one_of_ours_and_a_value_error():
    assert issubclass(EDTFError, KBError)
    assert issubclass(EDTFError, ValueError)


COMPATIBLE = [
    ("2023-09-24", "2023-09-24", 0, True),
    ("2023-09-24", "2023-09-25", 0, False),
    ("2023-09-24", "2023-09-25", 1, True),
    ("2023-09-24", "2023-09-26", 1, False),
    ("2023-09-24", "2023-09", 0, True),
    ("2023-09-24", "2023", 0, True),
    ("2023-09-24", "2023-10", 0, False),
    ("2023-09-30", "2023-10", 1, True),
    ("2023-09-24/2023-09-26", "2023-09-25", 0, True),
    ("2023-09-24/2023-09-26", "2023-09-26/2023-09-28", 0, True),
    ("2023-09-24/2023-09-26", "2023-09-27", 0, False),
    ("2022", "2023", 0, False),
    ("9999-12-31", "9999-12-31", 14, True),
    ("0001-01-01", "9999-12-31", 14, False),
]


@pytest.mark.parametrize(("a", "b", "tolerance", "expected"), COMPATIBLE)
def test_dates_are_compatible_where_their_days_meet(a, b, tolerance, expected):
    assert compatible(a, b, tolerance) is expected
    assert compatible(b, a, tolerance) is expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (None, ""),
        ("2023", "2023"),
        ("2023-09", "2023-09"),
        ("2023-09-24", "2023-09-24"),
        ("2023-09-24/2023-09-25", "2023-09-24 – 2023-09-25"),
    ],
)
def test_a_date_is_shown_at_its_precision(text, shown):
    assert display(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-24",
        " 2023-09-24 ",
        "2023-09-24T10:00:00",
        "2023-09-24T10:00:00Z",
        "2023-09-24T23:30:00-05:00",
        "2023-09-24 10:00",
    ],
)
def test_a_day_of_publication_is_read(text):
    assert parse_day(text) == date(2023, 9, 24)


@pytest.mark.parametrize(
    "text", ["2023-13-45", "2023-02-30", "2023-09", "2023", "Monday", "", "24.9.2023"]
)
def test_a_day_of_publication_that_is_none_is_refused(text):
    with pytest.raises(EDTFError, match="no day of the calendar"):
        parse_day(text)


@given(st.dates(), st.dates())
def test_spans_of_days_are_as_the_calendar_has_them(a, b):
    first, last = sorted((a, b))
    text = f"{first}/{last}"
    assert (earliest(text), latest(text)) == (first, last)
    assert compatible(text, str(a))
    assert compatible(str(a), str(b), (last - first).days)
    assert compatible(str(a), str(b)) is (a == b)
    assert parse_day(str(a)) == a


@given(
    st.text() | st.from_regex(r"[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}-[0-9]{2})?[~?]?", fullmatch=True)
)
def test_any_text_is_a_date_or_not(text):
    if is_valid(text):
        assert earliest(text) <= latest(text)
    else:
        with pytest.raises(EDTFError):
            earliest(text)


def test_nothing_heavy_is_imported():
    code = "import sys, kb.edtf; print(sorted({'spacy', 'rdflib', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
