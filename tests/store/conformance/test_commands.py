"""Every command on every kind of store: the same articles in, the same answers out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from store.conformance.conftest import emptied

from kb import KnowledgeBase
from kb.ask import named_queries
from kb.cli import main
from kb.coder import Coder
from kb.model import Article, Extraction
from kb.samples import sample_articles

KEY = "source:Sample%20Post/bush-putin-2001"
GIVEN = {
    "actor": "Vladimir Putin",
    "to": "China",
    "from": "Vladimir Putin",
    "other": "Joe Biden",
    "person": "Antony Blinken",
    "visitor": "Antony Blinken",
    "speaker": "Vladimir Putin",
    "state": "China",
    "since": "2018",
    "until": "2023",
    "on": "2018-06-12",
    "about": "peace",
    "code": "CN",
    "kind": "person",
    "key": "putin",
    "digits": "meeting/d0",
    "standing": "held",
}
COMMANDS = [
    "who-met",
    "who-met China",
    "who-met Putin Biden",
    "who-met --since 2018 --status planned",
    "visits",
    "visits --by Blinken --to China",
    "statements",
    "statements --by Putin",
    "actors",
    "actors Xi",
    "articles",
    "articles Putin --since 2020",
    "stats",
    "conflicts",
    "review",
    "judgements",
]
EXPORTS = ["-f nquads", "-f csv --table reports"]
MORE_EXPORTS = [
    "-f turtle",
    "-f csv --table actors",
    "-f jsonld",
    "-f trig",
    "-f graphml",
    "-f csv --table mentions",
    "-f csv --table meetings",
    "-f csv --table passages",
]


class Told:
    """The rules, each article coded once."""

    def __init__(self) -> None:
        self._coder = Coder()
        self._known: dict[str, Extraction] = {}
        self.version = self._coder.version

    def code(self, article: Article) -> Extraction:
        if article.key not in self._known:
            self._known[article.key] = self._coder.code(article)
        return self._known[article.key]


@pytest.fixture(scope="module")
def coder() -> Told:
    return Told()


def fill(place: str, coder: Told) -> str:
    with KnowledgeBase.create(place, extractor=coder) as kb:
        assert [kb.add_article(article).state for article in sample_articles()] == ["added"] * 17
    with KnowledgeBase.create(place, extractor=coder) as kb:
        assert kb.add_article(sample_articles()[0]).state == "unchanged"
    return place


@pytest.fixture(scope="module")
def embedded(coder: Told, tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill(str(tmp_path_factory.mktemp("embedded") / "kb"), coder)


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def remote(request: pytest.FixtureRequest, coder: Told) -> Iterator[str]:
    url = emptied(request.getfixturevalue(f"{request.param}_url"))
    yield fill(url, coder)
    emptied(url)


def is_virtuoso(place: str) -> bool:
    return place.endswith("/sparql")


def run(place: str, command: str) -> Result:
    result = CliRunner().invoke(main, ["--store", place, *command.split()], prog_name="kb")
    assert result.exit_code == 0, (command, result.output)
    return result


def query(place: str, name: str, values: dict[str, str]) -> list[dict[str, Any]]:
    given = [part for key, value in values.items() for part in ("--param", f"{key}={value}")]
    result = CliRunner().invoke(main, ["--store", place, "query", name, "-f", "json", *given])
    assert result.exit_code == 0, (name, values, result.output)
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    for row in rows:
        for key, value in row.items():  # parts of what is put together come in any order
            row[key] = sorted(value.split(", ")) if isinstance(value, str) else value
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def test_answers(embedded: str, remote: str) -> None:
    for command in COMMANDS:
        want = json.loads(run(embedded, f"{command} -f json").stdout)
        assert json.loads(run(remote, f"{command} -f json").stdout) == want, command
        assert want or command in ("review", "judgements"), f"{command} is to have rows"
    [event] = [row["meeting"] for row in json.loads(run(embedded, "who-met -f json").stdout)][:1]
    assert run(remote, f"show {event}").stdout == run(embedded, f"show {event}").stdout
    if not is_virtuoso(remote):  # it takes a while, and asks for no more than an export does
        assert run(remote, "check").output == "0 violations of the shapes\n"


def test_named_queries(embedded: str, remote: str) -> None:
    """Without and with their parameters. No query is empty on one of them only."""
    events = [row["meeting"] for row in json.loads(run(embedded, "who-met -f json").stdout)]
    articles = [row["article"] for row in json.loads(run(embedded, "articles -f json").stdout)]
    for name, asked in named_queries().items():
        given = {"event": events[0], "article": articles[3], **GIVEN}
        values = {p.name: given[p.name] for p in asked.parameters if p.name in given}
        for some in ({}, values):
            if not some and name in ("event", "holders-at", "events-by-digits", "intermediaries"):
                continue  # nobody asks for all of them
            want = query(embedded, name, some)
            assert query(remote, name, some) == want, (name, some)


def test_exports_and_imports(embedded: str, remote: str, tmp_path: Path) -> None:
    """Byte for byte; the last of them in, and out again."""
    for command in (*EXPORTS, *(() if is_virtuoso(remote) else MORE_EXPORTS)):
        want = run(embedded, f"export - {command}").stdout_bytes
        assert run(remote, f"export - {command}").stdout_bytes == want, command
        assert len(want) > 1_000
    shard = tmp_path / "all.nq.gz"
    run(remote, f"export {shard}")
    assert "17 articles: 17 unchanged" in run(remote, f"import {shard}").output
    assert "17 articles: 17 added" in run(str(tmp_path / "copy"), f"import {shard}").output


def test_info(remote: str) -> None:
    facts = json.loads(run(remote, "info -f json").stdout)["store"]
    assert facts["path"] == remote
    assert facts["server"] in ("Oxigraph", "Virtuoso")
    assert (facts["articles"], facts["reports"]) == (17, 107)
    assert "127.0.0.1" not in run(remote, "info --markdown").output


def test_changes(embedded: str, remote: str, tmp_path: Path) -> None:
    """Removing, judging, forgetting, adding again: what is held is the same after each."""
    copy = str(tmp_path / "kb")
    run(embedded, f"export {tmp_path}/all.nq")
    run(copy, f"import {tmp_path}/all.nq")
    for command in (
        f"remove {KEY}",
        "different Blinken Qin",
        "forget Blinken Qin",
        f"import {tmp_path}/all.nq",
    ):
        assert run(remote, command).stdout == run(copy, command).stdout
        if command.startswith(("remove", "import")):
            held = run(remote, "export - -f nquads").stdout_bytes
            assert held == run(copy, "export - -f nquads").stdout_bytes, command
    assert held == run(embedded, "export - -f nquads").stdout_bytes


def test_a_bad_query_is_told(remote: str) -> None:
    result = CliRunner().invoke(main, ["--store", remote, "query", "SELECT * { ?s ?p }"])
    assert result.exit_code == 1
    assert "not valid SPARQL" in result.output
