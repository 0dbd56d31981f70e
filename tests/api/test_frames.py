"""Rows as DataFrames: one row for each event, columns that are always there."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest
from building import extraction, meeting, put, statement, visit

from kb import KBError, KnowledgeBase, Rows
from kb.store import memory_store

WHEN = ["date", "earliest", "latest", "precision"]
REPORTED = ["articles", "sources", "first_reported", "outlets", "evidence"]
COLUMNS = {
    "who_met": [
        "meeting",
        *WHEN,
        *("status", "medium", "place", "country"),
        *("participants", "participant_iris", "participant_types", "participant_countries"),
        *REPORTED,
    ],
    "visits": [
        "visit",
        *WHEN,
        *("status", "place", "country"),
        *("visitor", "visitor_iri", "visitor_type", "visitor_country"),
        *REPORTED,
    ],
    "statements": [
        "statement",
        *WHEN,
        *("text", "quote"),
        *("speaker", "speaker_iri", "speaker_type", "speaker_country"),
        *("addressees", "addressee_iris", "addressee_types", "addressee_countries"),
        *REPORTED,
    ],
    "articles": ["article", "key", "title", "source", "published", "url", "reports"],
    "stats": ["kind", "status", "count"],
}


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    wire = extraction(
        "wire",
        meeting("Putin", "Macron", on="2022-02-07", place="Moscow", country="RU"),
        meeting("Lavrov", "Doe", on="2022-04"),
        meeting("Doe", "Roe", on="2022"),
        meeting("Doe", "Macron", on="2022-02-07/2022-02-09"),
        meeting("Roe", "Putin"),
        visit("Macron", "RU", "Moscow", on="2022-02-07"),
        statement("Putin", "Talks will go on in Paris", "Macron", "France"),
        statement("Putin", "Nothing more", quote=False),
        published="2022-02-08",
    )
    paper = extraction(
        "paper", meeting("Putin", "Macron", on="2022-02-07"), published="2022-02-09", source="Paper"
    )
    return KnowledgeBase(put(memory_store(), wire, paper))


@pytest.mark.parametrize("question", COLUMNS)
def test_the_columns_are_there_with_rows_and_without(kb: KnowledgeBase, question: str) -> None:
    full = getattr(kb, question)().to_pandas()
    empty = getattr(KnowledgeBase(memory_store()), question)().to_pandas()
    assert list(full.columns) == list(empty.columns) == COLUMNS[question]
    assert len(full) > 0
    assert len(empty) == 0
    if question in ("who_met", "visits", "statements"):
        assert list(full.dtypes) == list(empty.dtypes)


@pytest.mark.parametrize(
    ("date", "earliest", "latest", "precision"),
    [
        ("2022-02-07", "2022-02-07", "2022-02-07", "day"),
        ("2022-04", "2022-04-01", "2022-04-30", "month"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("2022-02-07/2022-02-09", "2022-02-07", "2022-02-09", "interval"),
    ],
)
def test_dates(kb: KnowledgeBase, date: str, earliest: str, latest: str, precision: str) -> None:
    meetings = kb.who_met().to_pandas()
    told = meetings[meetings["date"] == date].iloc[0]
    assert told["earliest"] == pd.Timestamp(earliest)
    assert told["latest"] == pd.Timestamp(latest)
    assert told["precision"] == precision


def test_an_unknown_date_is_missing(kb: KnowledgeBase) -> None:
    [told] = kb.who_met("Roe", "Putin").to_pandas().to_dict("records")
    assert pd.isna([told["date"], told["earliest"], told["latest"], told["precision"]]).all()
    assert pd.isna([told["place"], told["country"]]).all()


def test_what_several_report_is_one_row(kb: KnowledgeBase) -> None:
    [told] = kb.who_met("Putin", "Macron").to_pandas().to_dict("records")
    assert (told["articles"], told["sources"]) == (2, 2)
    assert told["outlets"] == ["Gazette", "Paper"]
    assert told["evidence"] == ["They met.", "They met."]
    assert told["first_reported"] == pd.Timestamp("2022-02-08")


def test_actors_explode_together(kb: KnowledgeBase) -> None:
    actors = ["participants", "participant_iris", "participant_types", "participant_countries"]
    long = kb.who_met().to_pandas().explode(actors)
    assert len(long) == 10
    assert long["participants"].value_counts()["Vladimir Putin"] == 2
    countries = long.set_index("participants")["participant_countries"]
    assert set(countries["Emmanuel Macron"]) == {"FR"}


def test_a_visitor_and_a_speaker_are_told_in_columns(kb: KnowledgeBase) -> None:
    [went] = kb.visits().to_pandas().to_dict("records")
    assert (went["visitor"], went["visitor_type"]) == ("Emmanuel Macron", "person")
    assert (went["visitor_country"], went["country"], went["place"]) == ("FR", "RU", "Moscow")
    said = kb.statements().to_pandas().set_index("text")
    assert said.loc["Talks will go on in Paris", "addressees"] == ["Emmanuel Macron", "France"]
    assert said.loc["Nothing more", "addressees"] == []
    assert said["quote"].dtype == np.bool_
    assert said[said["quote"]].index.tolist() == ["Talks will go on in Paris"]


def test_days_of_articles_are_days(kb: KnowledgeBase) -> None:
    assert kb.articles().to_pandas()["published"].min() == pd.Timestamp("2022-02-08")


QUERY = """PREFIX dip: <https://w3id.org/diplomatic-kb/ontology#>
SELECT ?meeting ?earliest ?place (1 / 2 AS ?half) (2 AS ?two) WHERE {
  GRAPH <https://w3id.org/diplomatic-kb/graph/derived> {
    ?meeting a dip:Meeting . OPTIONAL { ?meeting dip:earliest ?earliest }
    OPTIONAL { ?meeting dip:place ?place }
  }
} ORDER BY ?earliest LIMIT 3"""


def test_a_query_has_the_types_of_its_values(kb: KnowledgeBase) -> None:
    answer = kb.select(QUERY).to_pandas()
    assert list(answer.columns) == ["meeting", "earliest", "place", "half", "two"]
    assert answer["earliest"].dtype.kind == "M"
    assert pd.isna(answer["earliest"][0])
    assert (answer["half"] == 0.5).all()
    assert answer["two"].dtype == np.int64


def test_a_query_without_rows_has_its_columns(kb: KnowledgeBase) -> None:
    assert list(kb.select(QUERY.replace("LIMIT 3", "LIMIT 0")).to_pandas().columns) == [
        *("meeting", "earliest", "place", "half", "two")
    ]


def test_years_that_nanoseconds_do_not_reach() -> None:
    kb = KnowledgeBase(
        put(memory_store(), extraction("old", meeting("Doe", "Roe", on="1520-06-07")))
    )
    assert kb.who_met().to_pandas()["earliest"][0].year == 1520


def test_without_pandas_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KBError, match="needs pandas") as told:
        Rows().to_pandas()
    assert told.value.hint == "pip install 'diplomatic-kb[pandas]'"
