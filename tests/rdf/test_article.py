"""The graph of one article: what is in it, what names it has, what it never has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from building import ACTORS, MINTER, extraction, graph, meeting, statement, visit
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kb.model import Actor, Extraction
from kb.rdf import Minter, read_report, text_digest
from kb.rdf.mint import slug
from kb.reports import Report
from kb.vocabulary import DIP, GRAPH, RDF, RDFS

FULL = extraction(
    "one",
    meeting("Putin", "Macron", on="2022-02-07", place="Moscow", country="RU"),
    meeting("officials", "Doe", status="planned", on="2022-03", medium="phone"),
    visit("Macron", "RU", "Moscow", on="2022-02-07"),
    visit("Doe", "NZ", status="proposed"),
    statement("Putin", "We shall talk again", "Macron"),
)


def objects(quads: tuple[Quad, ...], subject: str, predicate: NamedNode) -> list[str]:
    return sorted(
        q.object.value
        for q in quads
        if q.predicate == predicate
        and isinstance(q.subject, NamedNode)
        and q.subject.value.endswith(subject)
        and isinstance(q.object, NamedNode | Literal)
    )


def test_every_quad_is_in_the_graph_of_the_article_and_no_node_is_blank() -> None:
    told = graph(FULL)
    assert {q.graph_name for q in told.quads} == {told.name}
    assert not [q for q in told.quads if isinstance(q.subject, BlankNode)]
    assert told.name not in (GRAPH.derived, GRAPH.gazetteer, GRAPH.judgements)


def test_the_graph_is_a_function_of_what_is_told() -> None:
    assert graph(FULL) == graph(FULL)
    assert set(graph(FULL).quads) != set(graph(extraction("two")).quads)


def test_where_a_file_lay_is_not_in_it() -> None:
    moved = replace(FULL, article=replace(FULL.article, origin="/home/somebody/news.txt"))
    assert graph(moved) == graph(FULL)


def test_the_actors_as_the_article_names_them() -> None:
    quads = graph(FULL).quads
    assert objects(quads, "person/Q7747", RDFS.label) == ["Vladimir Putin"]
    assert objects(quads, "person/Q7747", DIP.actsFor) == [MINTER.state("RU").value]
    assert objects(quads, "person/jane-doe.KE", DIP.officeTold) == ["minister"]
    assert objects(quads, "group/senior-officials.US", RDF.type) == [DIP.Group.value]
    assert objects(quads, "state/RU", DIP.countryCode) == ["RU"]
    assert objects(quads, "state/RU", RDFS.label) == ["Russia"]
    assert objects(quads, "place/moscow.RU", DIP.inCountry) == [MINTER.state("RU").value]


def test_a_date_keeps_its_precision() -> None:
    [report] = [r for r in graph(FULL).reports if r.date == "2022-03"]
    quads = graph(FULL).quads
    assert objects(quads, report.hash, DIP.date) == ["2022-03"]
    assert objects(quads, report.hash, DIP.earliest) == ["2022-03-01"]
    assert objects(quads, report.hash, DIP.latest) == ["2022-03-31"]


def test_an_unknown_date_stays_unknown() -> None:
    [report] = [r for r in graph(FULL).reports if r.kind == "visit" and r.status == "proposed"]
    for predicate in (DIP.date, DIP.earliest, DIP.latest):
        assert objects(graph(FULL).quads, report.hash, predicate) == []


def test_evidence_has_its_place_in_the_text() -> None:
    quads = graph(FULL).quads
    [report] = [r for r in graph(FULL).reports if r.kind == "statement"]
    [words] = objects(quads, report.hash, DIP.wording)
    assert objects(quads, words, DIP.exact) == ["We shall talk again"]
    assert objects(quads, words, DIP.startOffset) == ["1"]
    assert objects(quads, words, DIP.endOffset) == ["20"]
    [sentence] = objects(quads, report.hash, DIP.evidence)
    assert objects(quads, sentence, DIP.exact) == ["“We shall talk again”"]


def test_reports_are_read_back_as_they_were() -> None:
    told = graph(FULL)
    article = MINTER.article(FULL.article.key)
    for report in told.reports:
        about = [q for q in told.quads if str(q.subject) == f"<{report.iri}>"]
        assert read_report(about, (q for q in told.quads if q.subject == article)) == report


def test_what_is_no_report_reads_as_none() -> None:
    told = graph(FULL)
    article = MINTER.article(FULL.article.key)
    assert read_report([q for q in told.quads if q.subject == article], ()) is None
    assert read_report((), ()) is None


def report_of(told: Extraction) -> Report:
    [report] = graph(told).reports
    return report


def test_a_report_is_named_by_what_it_says() -> None:
    first = report_of(extraction("one", meeting("Putin", "Macron", on="2022-02-07")))
    same = report_of(extraction("one", meeting("Macron", "Putin", on="2022-02-07")))
    assert first.iri == same.iri
    for other in (
        extraction("two", meeting("Putin", "Macron", on="2022-02-07")),
        extraction("one", meeting("Putin", "Macron", on="2022-02-08")),
        extraction("one", meeting("Putin", "Macron", on="2022-02-07", status="planned")),
        extraction("one", meeting("Putin", "Lavrov", on="2022-02-07")),
        extraction("one", meeting("Putin", "Macron", on="2022-02-07", words="Others met.")),
    ):
        assert report_of(other).iri != first.iri


@pytest.mark.parametrize(
    ("actor", "iri"),
    [
        (ACTORS["Putin"], "person/Q7747"),
        (ACTORS["Doe"], "person/jane-doe.KE"),
        (Actor("a", "person", "Ñandú O’Brien-Łuk"), "person/nandu-o-brien-luk"),
        (ACTORS["France"], "state/FR"),
        (Actor("a", "state", "Transnistria"), "state/transnistria"),
        (ACTORS["UN"], "organization/united-nations"),
        (ACTORS["minister"], "role/foreign-minister-of-chad.TD"),
    ],
)
def test_identity(actor: Actor, iri: str) -> None:
    assert MINTER.actor(actor).value == MINTER.base + iri


def test_the_base_of_things_is_a_choice() -> None:
    assert Minter("https://example.org/kb/").state("FR").value == "https://example.org/kb/state/FR"


@given(st.text(min_size=1, max_size=300))
def test_any_name_makes_an_iri(name: str) -> None:
    assert NamedNode(MINTER.base + slug(name))
    assert len(slug(name)) <= 3 * 4 * 80


def test_long_names_that_begin_alike_stay_apart() -> None:
    one, two = "x" * 100 + "a", "x" * 100 + "b"
    assert slug(one) != slug(two)


def test_the_same_text_has_the_same_digest_whatever_its_blanks() -> None:
    one = FULL.article
    assert text_digest(one) == text_digest(replace(one, text=one.text.replace(" ", "\n")))
    assert text_digest(one) != text_digest(replace(one, text=one.text + "!"))
