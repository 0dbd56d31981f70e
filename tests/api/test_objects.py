"""Python objects of the ontology's classes: what arrives in owlready2, and that nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb import KnowledgeBase
from kb.errors import StoreError
from kb.views.objects import EDTFDate
from kb.vocabulary import DIP, RDF


@pytest.fixture(scope="module")
def onto(demo: KnowledgeBase) -> Any:
    return demo.owl()


def test_the_classes_have_arrived(onto: Any) -> None:
    """owlready2 can load nothing without an error."""
    names = {c.name for c in onto.classes()}
    assert {"Actor", "Person", "Meeting", "Report", "Evidence", "Status"} <= names
    assert issubclass(onto.Meeting, onto.Event)


@pytest.mark.parametrize("name", ["Meeting", "Visit", "Person", "MeetingReport", "Evidence"])
def test_every_individual_has_arrived(onto: Any, demo: KnowledgeBase, name: str) -> None:
    kind = getattr(DIP, name)
    told = {q.subject.value for q in demo.store.quads(predicate=RDF.type, object=kind)}  # type: ignore[union-attr]
    assert {thing.iri for thing in getattr(onto, name).instances()} == told != set()


def test_dates_keep_their_precision(onto: Any) -> None:
    dates = {m.date for m in onto.Meeting.instances() if m.date}
    assert all(isinstance(found, EDTFDate) for found in dates)
    assert {len(found) for found in dates} >= {len("2023-05"), len("2018-06-12")}
    [summit] = [m for m in onto.Meeting.instances() if m.date == "2018-06-12"]
    assert summit.earliest == summit.latest == date(2018, 6, 12)


def test_an_attribute_is_of_our_term(onto: Any) -> None:
    """There is a title of Dublin Core, too, by which the ontology has its own."""
    assert all(isinstance(article.title, str) for article in onto.Article.instances())


def test_a_thing_is_found_by_its_iri(onto: Any) -> None:
    trump = onto.world["https://w3id.org/diplomatic-kb/id/person/Q22686"]
    assert "Kim Jong-un" in {other.label.first() for other in trump.met}


def test_two_copies_do_not_share_anything(onto: Any, demo: KnowledgeBase) -> None:
    with KnowledgeBase.memory() as empty:
        assert list(empty.owl().Meeting.instances()) == []
    assert len(demo.owl().Meeting.instances()) == len(onto.Meeting.instances()) > 0


def test_a_closed_one_is_refused() -> None:
    closed = KnowledgeBase.memory()
    closed.close()
    with pytest.raises(StoreError, match="closed"):
        closed.owl()
