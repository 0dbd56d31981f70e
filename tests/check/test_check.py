"""Valid data pass; each thing that the shapes ask for has a datum that breaks it."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import pytest
from building import extraction, judge, meeting, put, statement, visit
from click.testing import CliRunner
from rdflib import Graph
from rdflib.namespace import SH

from kb.check import check_file, check_quads
from kb.cli import main
from kb.resources import ontology_dir
from kb.store import memory_store

DIP = "<https://w3id.org/diplomatic-kb/ontology#"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
STRING = '"other words"'
STATUS = "a report has one status: held, planned, proposed, cancelled or denied"
DAYS = "the earliest day of a date is not after its latest"
DAY = "^^<http://www.w3.org/2001/XMLSchema#date>"


@cache
def valid() -> tuple[str, ...]:
    """The lines of a small store that has everything."""
    told = extraction(
        "a",
        meeting("Putin", "Macron", on="2024-05-19", place="Sochi", country="RU"),
        visit("Macron", "RU", "Sochi"),
        statement("Macron", "It was useful.", "Putin"),
    )
    store = put(memory_store(), told)
    judge(store, "Putin", "different", "Macron")
    return tuple(f"{quad} ." for quad in store.quads())


def found(lines: tuple[str, ...]) -> list[str]:
    """The messages about N-Quads."""
    import pyoxigraph

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
    ("MeetingReport", "inArticle", "a report stands in one article"),
    ("VisitReport", "status", STATUS),
    ("StatementReport", "evidence", "a report names a passage that proves it"),
    ("MeetingReport", "participant", "a meeting has two actors or more"),
    ("MeetingReport", "medium", "a meeting has one medium: in person, phone, video or unknown"),
    ("VisitReport", "visitor", "a visit has one visitor"),
    ("StatementReport", "speaker", "a statement has one speaker"),
    ("StatementReport", "text", "a statement has its words"),
    ("Evidence", "exact", "a passage has its exact words"),
    ("Evidence", "startOffset", "a passage begins at an offset before its end"),
    ("Evidence", "endOffset", "a passage ends at an offset"),
    ("Person", LABEL, "an actor has a name"),
    ("Meeting", "status", "an event has one standing"),
    ("Meeting", "reportedBy", "an event is told by a report"),
    ("Tenure", "holder", "a tenure has one holder, a person"),
    ("Tenure", "office", "a tenure is of one office"),
    ("Judgement", "judged", "a judgement is about two things"),
    ("Judgement", "verdict", "a judgement has one verdict: same or different"),
]  # fmt: skip

WRONG = [
    ("Article", "published", '"May 2024"', "an article is published on one day, an xsd:date"),
    ("MeetingReport", "date", STRING, "a report has at most one date, an EDTF literal"),
    ("MeetingReport", "earliest", f'"2030-01-01"{DAY}', DAYS),
    ("MeetingReport", "status", f"{DIP}disputed>", STATUS),
    ("Person", "met", "<https://example.org/nobody>", "who was met is an actor"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "predicate", "message"), LACKING)
def test_what_lacks_is_told(kind: str, predicate: str, message: str) -> None:
    gone = lines_of(kind, predicate)
    assert gone
    assert message in found(tuple(n for n in valid() if n not in gone))


@pytest.mark.parametrize(("kind", "predicate", "value", "message"), WRONG)
def test_what_is_wrong_is_told(kind: str, predicate: str, value: str, message: str) -> None:
    line = lines_of(kind, predicate)[0]
    subject, name, _ = line.split(" ", 2)
    graph = line.split()[-2]
    mutant = f"{subject} {name} {value} {graph} ."
    assert message in found((*(n for n in valid() if n != line), mutant))


def test_every_message_of_the_shapes_has_a_datum_that_causes_it() -> None:
    shapes = Graph().parse(ontology_dir() / "shapes.ttl")
    assert {str(m) for m in shapes.objects(None, SH.message)} == {
        row[-1] for row in (*LACKING, *WRONG)
    }


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
    told = quads if chosen.supports_datasets else {Triple(*q.triple) for q in quads}
    plain, packed = tmp_path / f"kb.{form}", tmp_path / f"kb.{form}.gz"
    serialize(told, plain, chosen)
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert check_file(packed) == check_file(plain)
    [violation] = check_file(packed).violations
    assert violation.message == "a meeting has one medium: in person, phone, video or unknown"


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
