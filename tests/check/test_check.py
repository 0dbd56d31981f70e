"""Valid data pass; each thing that the shapes ask for has a datum that breaks it."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from check import mutants
from click.testing import CliRunner

from kb.check import check_file, check_quads
from kb.check.shapes import shapes
from kb.cli import main

DIP = "<https://w3id.org/diplomatic-kb/ontology#"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
ALIAS = "<http://www.w3.org/2004/02/skos/core#altLabel>"
MATCH = "<http://www.w3.org/2004/02/skos/core#exactMatch>"
REPLACED = "<http://purl.org/dc/terms/isReplacedBy>"
STRING = '"other words"'
SEVEN = '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'
NINE = '"9"^^<http://www.w3.org/2001/XMLSchema#integer>'
NOBODY = "<https://example.org/nobody>"
ONE_EVENT = "a report tells of one event"
DISPUTED = "what is told as held and denied is disputed"
STATUS = "a report has one status: held, planned, proposed, cancelled or denied"
DAYS = "the earliest day of a date is not after its latest"
DAY = "^^<http://www.w3.org/2001/XMLSchema#date>"


@cache
def valid() -> tuple[str, ...]:
    """The lines of a small store that has everything."""
    return tuple(f"{quad} ." for quad in mutants.valid())


def found(lines: tuple[str, ...]) -> list[str]:
    """The messages about N-Quads."""
    quads = pyoxigraph.parse("\n".join(lines), format=pyoxigraph.RdfFormat.N_QUADS)
    return [violation.message for violation in check_quads(quads).violations]


def lines_of(kind: str, predicate: str) -> list[str]:
    """The lines that say something by a predicate of things of a class."""
    of_kind = {n.split()[0] for n in valid() if f"#type> {DIP}{kind}> " in n}
    name = predicate if predicate.startswith("<") else f"{DIP}{predicate}>"
    return [n for n in valid() if n.split()[0] in of_kind and n.split()[1] == name]


def test_valid_data_pass() -> None:
    assert found(valid()) == []


LACKING = [
    ("Article", "key", "an article has one key"),
    ("Article", "title", "an article has one title"),
    ("Article", "textDigest", "an article has one digest of its text"),
    ("Article", "codedBy", "an article says what has coded it"),
    ("MeetingReport", "inArticle", "a report stands in one article"),
    ("VisitReport", "status", STATUS),
    ("StatementReport", "evidence", "a report names a passage that proves it"),
    ("MeetingReport", "participant", "a meeting has actors: two, or a group that meets"),
    ("MeetingReport", "medium", "a meeting has one medium: in person, phone, video or unknown"),
    ("MeetingReport", "earliest", "a date has the first and the last day that it can mean"),
    ("Meeting", "date", "what has no date has no first or last day"),
    ("VisitReport", "visitor", "a visit has one visitor"),
    ("StatementReport", "speaker", "a statement has one speaker"),
    ("StatementReport", "text", "a statement has its words"),
    ("StatementReport", "quoted", "a statement is quoted or it is not"),
    ("StatementReport", "wording", "the words of a statement are one passage"),
    ("VisitReport", "evidence", "a passage proves a report"),
    ("Evidence", "inArticle", "a passage stands in one article"),
    ("Evidence", "exact", "a passage has its exact words"),
    ("Evidence", "startOffset", "a passage begins at an offset before its end"),
    ("Evidence", "endOffset", "a passage ends at an offset"),
    ("Person", LABEL, "an actor has a name"),
    ("State", "countryCode", "a state has one country code of two letters"),
    ("Place", LABEL, "a place has a name"),
    ("Office", LABEL, "an office has a name"),
    ("Tenure", "holder", "a tenure has one holder, a person"),
    ("Tenure", "office", "a tenure is of one office"),
    ("Meeting", "status", "an event has one standing"),
    ("Meeting", "reportedBy", "an event is told by a report"),
    ("Visit", "reportedBy", "where there are events, a report tells of one"),
    ("Visit", "reportedBy", "an event is named after one of its reports"),
    ("Visit", "sourceCount", "an event has a source or more, and no more than articles"),
    ("Visit", "articleCount", "an event says how many articles tell of it"),
    ("Meeting", "participant", "actors take part in a meeting: two, or a group that meets"),
    ("Meeting", "medium", "a meeting stands with one medium"),
    ("Visit", "visitor", "one actor pays a visit"),
    ("Statement", "speaker", "one actor makes a statement"),
    ("Statement", "text", "a statement stands with its words"),
    ("Person", "met", "those who took part in a meeting that was held have met"),
    ("Judgement", "judged", "a judgement is about two things"),
    ("Judgement", "verdict", "a judgement has one verdict: same or different"),
]
"""What is left away of all things of a class."""

WRONG = [
    ("Article", "published", '"May 2024"', "an article is published on one day, an xsd:date"),
    ("Article", "source", SEVEN, "an article is of one source"),
    ("Article", "url", STRING, "an article has at most one web address, an xsd:anyURI"),
    ("Article", "language", SEVEN, "an article is in one language"),
    ("Article", "published", f'"2024-05-01"{DAY}',
     "no article reports an event before it was first reported"),
    ("MeetingReport", "date", STRING, "there is at most one date, an EDTF literal"),
    ("MeetingReport", "earliest", f'"2030-01-01"{DAY}', DAYS),
    ("VisitReport", "latest", f'"2024-05-30"{DAY}',
     "a date has the first and the last day that it can mean"),
    ("MeetingReport", "latest", STRING, "a date has one latest day, an xsd:date"),
    ("MeetingReport", "place", NOBODY, "there is at most one place"),
    ("VisitReport", "inCountry", NOBODY, "there is at most one country, a state"),
    ("Visit", "domestic", STRING, "domestic is true or false"),
    ("MeetingReport", "status", f"{DIP}disputed>", STATUS),
    ("StatementReport", "addressee", NOBODY, "who is told something is an actor"),
    ("StatementReport", "text", STRING, "the words of a statement are those of the passage"),
    ("Evidence", "exact", STRING, "a passage has as many characters as its offsets say"),
    ("Evidence", "inArticle", NOBODY, "a report is proved by its own article"),
    ("Person", ALIAS, SEVEN, "another name of an actor is text"),
    ("Person", MATCH, NOBODY, "an actor is matched with an entry of Wikidata"),
    ("Person", "actsFor", NOBODY, "an actor acts for a state"),
    ("Person", "met", NOBODY, "who was met is an actor"),
    ("Person", "met", "SELF", "nobody meets himself"),
    ("Person", "met", NOBODY, "who met somebody was met by him"),
    ("Person", "met", NOBODY, "two actors met in a meeting that was held"),
    ("Tenure", "since", STRING, "a tenure begins on one day, not after its end"),
    ("Tenure", "until", f'"1990-01-01"{DAY}', "a tenure begins on one day, not after its end"),
    ("Tenure", "until", STRING, "a tenure ends on one day"),
    ("Tenure", "asOf", STRING, "a tenure is known as of one day"),
    ("Visit", "involves", NOBODY, "an event involves states"),
    ("Visit", "firstReported", STRING, "an event is first reported on one day"),
    ("Visit", "articleCount", NINE, "the articles of an event are counted"),
    ("Meeting", "date", '"2001"', "the date of an event is that of one of its reports"),
    ("Meeting", "place", NOBODY, "the place of an event is that of one of its reports"),
    ("Meeting", "reportedBy", NOBODY, "a meeting is told by reports of meetings"),
    ("Visit", "reportedBy", NOBODY, "a visit is told by reports of visits"),
    ("Statement", "reportedBy", NOBODY, "a statement is told by reports of statements"),
    ("Visit", "reportedBy", "<https://example.org/report/00>",
     "an event is named after the least of its reports"),
    ("Meeting", "status", f"{DIP}planned>",
     "what is told as held and by nobody denied stands as held"),
    ("Visit", "status", f"{DIP}proposed>", "what nobody tells as held stands as it was told last"),
    ("Statement", "addressee", NOBODY, "a statement is addressed to actors"),
    ("Person", REPLACED, STRING, "an IRI that is replaced leads to one thing"),
    ("Person", REPLACED, NOBODY, "an IRI that is replaced leads to something that is there"),
    ("Person", REPLACED, "SELF",
     "an IRI that is replaced leads to the one that counts at once"),
    ("Judgement", "reason", SEVEN, "the reason of a judgement is text"),
]  # fmt: skip
"""A value that all things of a class have in place of their own; SELF is the thing itself."""

RENAMED = [
    ("Article", "an article is named by the digest of its key"),
    ("VisitReport", "a report is named by the digest of what it says"),
    ("Evidence", "a passage is named by the digest of where it stands"),
    ("Person", "an actor is named by what it is and who"),
    ("Place", "a place is named by its name and country"),
    ("Office", "an office is named by its name and state"),
    ("Tenure", "a tenure is named by the digest of what it says"),
    ("Visit", "an event is named by the digest of a report"),
    ("Judgement", "a judgement is named by the digest of what it is about"),
]
"""Things of a class under another name."""

TABLES = (*LACKING, *WRONG, *RENAMED)


@pytest.mark.parametrize(("kind", "predicate", "message"), LACKING)
def test_what_lacks_is_told(kind: str, predicate: str, message: str) -> None:
    gone = lines_of(kind, predicate)
    assert gone
    assert message in found(tuple(n for n in valid() if n not in gone))


@pytest.mark.parametrize(("kind", "predicate", "value", "message"), WRONG)
def test_what_is_wrong_is_told(kind: str, predicate: str, value: str, message: str) -> None:
    name = predicate if predicate.startswith("<") else f"{DIP}{predicate}>"
    gone = lines_of(kind, predicate)
    wrong = [
        f"{node} {name} {node if value == 'SELF' else value} {graph} ."
        for node, graph in {(n.split()[0], n.split()[-2]) for n in lines_of(kind, TYPE)}
    ]
    assert message in found((*(n for n in valid() if n not in gone), *wrong))


@pytest.mark.parametrize(("kind", "message"), RENAMED)
def test_what_has_another_name_is_told(kind: str, message: str) -> None:
    node = lines_of(kind, TYPE)[0].split()[0]
    lines = tuple(n.replace(node, "<https://example.org/x>") for n in valid())
    assert message in found(lines)


def test_two_events_of_one_report() -> None:
    reported = lines_of("Visit", "reportedBy")
    event, name, _, graph, _ = reported[0].split()
    lines = (*valid(), f"{event} {name} {reported[-1].split()[2]} {graph} .")
    assert ONE_EVENT in found(lines)


def test_what_is_told_as_held_and_denied() -> None:
    """Both ways: one of two reports of a meeting that was held becomes a denial."""
    event = next(n.split()[0] for n in lines_of("Meeting", "status") if f"{DIP}held>" in n)
    report = next(n.split()[2] for n in lines_of("Meeting", "reportedBy") if n.startswith(event))
    lines = tuple(
        n.replace(f"{DIP}held>", f"{DIP}denied>") if n.startswith(f"{report} {DIP}status>") else n
        for n in valid()
    )
    assert DISPUTED in found(lines)
    assert DISPUTED not in found(
        tuple(
            n.replace(f"{DIP}held>", f"{DIP}disputed>") if n.startswith(f"{event} {DIP}sta") else n
            for n in lines
        )
    )


def test_every_message_of_the_shapes_has_a_datum_that_causes_it() -> None:
    messages = {rule.message for rule in shapes().rules}
    assert messages == {row[-1] for row in TABLES} | {ONE_EVENT, DISPUTED}


def test_the_command_names_event_and_article(tmp_path: Path) -> None:
    gone = lines_of("MeetingReport", "medium")
    file = tmp_path / "export.nq"
    file.write_text("\n".join(n for n in valid() if n not in gone), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(file)], prog_name="kb")
    assert result.exit_code == 1
    assert "a meeting has one medium" in result.output
    assert "/id/meeting/" in result.output
    assert "/id/article/" in result.output


def test_a_file_that_is_no_rdf(tmp_path: Path) -> None:
    file = tmp_path / "bad.nq"
    file.write_text("no quads", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(file)], prog_name="kb")
    assert result.exit_code == 1
    assert "cannot be checked" in result.stderr


@pytest.mark.parametrize("form", ["nq", "ttl", "trig", "nt", "jsonld"])
def test_a_gzipped_file_is_checked_like_the_plain_one(tmp_path: Path, form: str) -> None:
    from pyoxigraph import RdfFormat, Triple, parse, serialize

    gone = lines_of("MeetingReport", "medium")
    quads = list(parse("\n".join(n for n in valid() if n not in gone), format=RdfFormat.N_QUADS))
    chosen = RdfFormat.from_extension(form)
    assert chosen is not None
    given = quads if chosen.supports_datasets else {Triple(*q.triple) for q in quads}
    plain, packed = tmp_path / f"kb.{form}", tmp_path / f"kb.{form}.gz"
    serialize(given, plain, chosen)
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert check_file(packed) == check_file(plain)
    told = {violation.message for violation in check_file(packed).violations}
    assert "a meeting has one medium: in person, phone, video or unknown" in told


GOOD = gzip.compress(b'<https://example.org/a> <https://example.org/b> "c" .\n' * 50)

BAD = [
    ("cut.nq.gz", GOOD[:-20], "the gzip data is cut off"),
    ("damaged.nq.gz", GOOD[:-8] + b"\0" * 8, "the gzip data is damaged"),
    ("twice.nq.gz", gzip.compress(GOOD), "gzip data within gzip data"),
    ("bomb.nq.gz", gzip.compress(b" " * 30_000_000), "swells to more than"),
    ("words.nq.gz", gzip.compress(b"no quads"), "cannot be checked"),
    ("kb.csv.gz", GOOD, "its suffix stands for no format of RDF"),
    ("kb.gz", GOOD, "its suffix stands for no format of RDF"),
    ("kb", GOOD, "its suffix stands for no format of RDF"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "told"), BAD, ids=[row[0] for row in BAD])
def test_what_is_wrong_with_a_gzipped_file(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    result = CliRunner().invoke(main, ["check", str(file)], prog_name="kb")
    assert result.exit_code == 1
    assert told in result.stderr
    assert "Traceback" not in result.output
