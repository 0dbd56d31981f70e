"""An import takes articles, and what people have judged, into graphs of their own: nothing else."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb import KnowledgeBase
from kb.cli import main
from kb.errors import KBError
from kb.vocabulary import GRAPH

BASE = "https://w3id.org/diplomatic-kb/id/"
TEXT = "Anna Lee met Bo Chan in Bonn on Friday."


@pytest.fixture(scope="module")
def export() -> str:
    """A knowledge base of one article, as N-Quads."""
    out = io.BytesIO()
    with KnowledgeBase.memory() as kb:
        kb.add_text(TEXT, title="Talks", published="2020-03-01", source="W", id="1")
        kb.export(out, "nquads")
    return out.getvalue().decode()


def imported(tmp_path: Path, data: bytes | str, name: str = "shard.nq") -> KnowledgeBase:
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    kb = KnowledgeBase.memory()
    for _ in kb.import_each([str(tmp_path / name)]):
        pass
    return kb


def lines(kb: KnowledgeBase) -> str:
    out = io.BytesIO()
    kb.export(out, "nquads")
    return out.getvalue().decode()


@pytest.mark.parametrize("graph", [GRAPH.derived, GRAPH.gazetteer])
def test_what_follows_is_not_taken_from_a_file(tmp_path: Path, export: str, graph: object) -> None:
    """Whatever a file puts into the graphs that are worked out, they stay as they are."""
    dip = "https://w3id.org/diplomatic-kb/ontology#"
    lie = (
        f"<{BASE}person/evil> <{dip}met> <{BASE}state/CN> {graph} .\n"
        f'<{BASE}person/evil> <http://www.w3.org/2000/01/rdf-schema#label> "Evil" {graph} .\n'
        f"<{BASE}article/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{dip}Article> "
        f"{graph} .\n"
    )
    with imported(tmp_path, export + lie) as kb:
        assert lines(kb) == export


def test_a_graph_that_is_no_articles_is_refused_with_the_file(tmp_path: Path, export: str) -> None:
    other = export.replace("/graph/", "/graph/x", 1)
    with pytest.raises(KBError, match=r"the graph .* (tells of no article|is not named after)"):
        imported(tmp_path, other)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<a:a> <a:b> _:c <a:g> .", "has nodes without an IRI"),
        ("<a:a> <a:b> <c d> <a:g> .", "is not N-Quads"),
        ('<a:a> <a:b> "\x00\ud800" <a:g> .', "is not N-Quads"),
        ("<a:a> <a:b> \"" + "x" * 20_000_000 + "\" <a:g> .", "of more than 16,777,216 bytes"),
        ("<a:a> <a:b> <<( <a:a> <a:b> <a:c> )>> <a:g> .", "has nodes without an IRI"),
        ("<a:a> <a:b> <a:c> .", "tells of no article"),
    ],
    ids=lambda value: value[:30],
)  # fmt: skip
def test_lines_that_nobody_exports(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(KBError, match=said):
        imported(tmp_path, line.encode("utf-8", "surrogatepass"))


def test_a_context_is_not_fetched(tmp_path: Path) -> None:
    """JSON-LD may name a context by its address; nobody asks for it."""
    asked: list[str] = []
    from serving import serving

    with serving({"/context": (200, {}, b'{"@context": {"a": "http://a/"}}')}, asked) as root:
        document = f'{{"@context": "{root}/context", "@id": "http://e/a", "a": "b"}}'
        with pytest.raises(KBError, match="is not JSON-LD"):
            imported(tmp_path, document, "shard.jsonld")
        (tmp_path / "check.jsonld").write_text(document)
        with pytest.raises(KBError, match="cannot be checked"):
            KnowledgeBase.check_file(tmp_path / "check.jsonld")
    assert asked == []


def test_a_bomb(tmp_path: Path) -> None:
    line = b"<a:a> <a:b> <a:c> <a:g> .\n"
    with pytest.raises(KBError, match="swells to more than 500 times its size"):
        imported(tmp_path, gzip.compress(line + b" " * 40_000_000), "shard.nq.gz")


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "a/../../b", "\x1b[2Jx", "a\nb"])
def test_names_of_articles_are_no_paths(tmp_path: Path, name: str) -> None:
    """Whatever articles, their sources and ids are called: files are written where they were."""
    inside = tmp_path / "inside"
    inside.mkdir()
    with KnowledgeBase.create(str(inside / "kb")) as kb:
        kb.add_text(TEXT, title=name, published="2020-03-01", source=name, id=name)
        kb.export(str(inside / "tables") + "/", "csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inside"]
    assert sorted(path.name for path in inside.iterdir()) == ["kb", "tables"]
    assert all(path.suffix == ".csv" for path in (inside / "tables").iterdir())


FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1,1)", "- a point"]


@pytest.mark.parametrize("title", FORMULAS)
def test_cells_are_no_formulas(tmp_path: Path, title: str) -> None:
    """In CSV an apostrophe stands before them; JSON has them as they are."""
    store = str(tmp_path / "kb")
    with KnowledgeBase.create(store) as kb:
        kb.add_text(TEXT, title=title, published="2020-03-01", source="=W", id="1")
    run = CliRunner().invoke
    for command in (["articles", "-f", "csv"], ["export", "-", "-f", "csv", "--table", "articles"]):
        told = run(main, [*command, "--store", store]).stdout
        assert f"'{title}" in told
        assert "'=W" in told
        assert not any(line.startswith(("=", "+", "-", "@")) for line in told.splitlines())
    assert f'"title": "{title}"' in run(main, ["articles", "-f", "json", "--store", store]).stdout


def test_titles_do_not_steer_a_terminal(tmp_path: Path) -> None:
    store = str(tmp_path / "kb")
    with KnowledgeBase.create(store) as kb:
        kb.add_text(
            "Anna\x1b]0;owned\x07 Lee met Bo\x9b31m Chan in Bonn on Friday.\u202e",
            title="Talks\x1b[2J\x1b]8;;http://evil\x07 in Bonn",
            published="2020-03-01",
            source="W\x1b[31m",
            id="a\x1b[1m",
        )
    for command in ("articles", "who-met", "actors", "stats"):
        shown = CliRunner().invoke(main, [command, "--store", store])
        assert not set("\x1b\x07\x9b\u202e") & set(shown.output), command
