"""``kb gazetteer update``: against an endpoint on this machine, loaded with Wikidata's shapes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from gazetteer.wikidata import Endpoint, wikidata

from kb.errors import KBError
from kb.gazetteer.holders import COLUMNS, Row
from kb.gazetteer.refresh import AGENT, TABLE, Refresh, refreshed

TODAY = date(2026, 11, 25)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with wikidata() as found:
        yield found


def refresh(folder: Path, endpoint: Endpoint, waits: list[float] | None = None) -> Refresh:
    sleep = (lambda _: None) if waits is None else waits.append
    return Refresh(folder, endpoint.url, pause=1.0, today=TODAY, sleep=sleep, tries=3)


def table(folder: Path) -> list[str]:
    return (folder / TABLE).read_text(encoding="utf-8").splitlines()


def test_who_holds_which_office(tmp_path: Path, endpoint: Endpoint) -> None:
    told: list[tuple[str, int]] = []
    came, new = refresh(tmp_path, endpoint).run(
        ["FR", "DE"], [], lambda code, terms: told.append((code, terms))
    )
    assert (came, new, told) == (4, 4, [("FR", 3), ("DE", 1)])
    url = endpoint.url
    assert table(tmp_path) == [
        ",".join(COLUMNS),
        "Anne Exemple,,Q800001,FR,President of the French Republic,head_of_state,2026-05-14,,"
        f"2026-11-25,{url},source",
        "Karl Beispiel,,Q800003,DE,Federal Chancellor of Germany,head_of_government,2026-01-01,,"
        f"2026-11-25,{url},source",
        "Benoît Exemple,,Q800002,FR,Prime minister of France,head_of_government,2026-06-01,,"
        f"2026-11-25,{url},source",
        "Anne Exemple,,Q800001,FR,Foreign minister of France,foreign_minister,2020-01-02,"
        f"2022-03-04,2026-11-25,{url},source",
    ]
    assert set(endpoint.agents) == {AGENT}


def test_it_is_asked_page_by_page(tmp_path: Path, endpoint: Endpoint) -> None:
    asking = refresh(tmp_path, endpoint)
    asking.page = 2
    assert asking.run(["FR"], [])[0] == 3
    assert [query.split("LIMIT ")[1].strip() for query in endpoint.asked] == [
        "2 OFFSET 0",
        "2 OFFSET 2",
    ]


@pytest.mark.parametrize("failures", [[429], [503, 502], ["garbage"]])
def test_what_fails_is_tried_again_later(
    tmp_path: Path, endpoint: Endpoint, failures: list[int | str]
) -> None:
    endpoint.failures = list(failures)
    waits: list[float] = []
    assert refresh(tmp_path, endpoint, waits).run(["DE"], [])[0] == 1
    if failures == ["garbage"]:
        assert waits == [2.0, 1.0]
    else:
        assert waits[0] == 7.0, "as late as the endpoint asks for"


def test_what_has_come_is_kept_when_it_breaks_off(tmp_path: Path, endpoint: Endpoint) -> None:
    asking = refresh(tmp_path, endpoint)
    asking.run(["DE"], [])
    before = table(tmp_path)
    endpoint.asked.clear()

    def fail(code: str, _: int) -> None:
        if code == "FR":
            endpoint.failures = [503, 503, 503]

    with pytest.raises(KBError, match=r"did not answer: HTTP 503.*"):
        asking.run(["FR", "DE"], [], fail)
    assert table(tmp_path) == before
    assert len(endpoint.asked) == 4
    assert asking.run(["FR", "DE"], [])[0] == 4
    assert len(endpoint.asked) == 5, "France is not asked for again"


def test_a_query_that_is_refused_is_not_tried_again(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.failures = [400]
    with pytest.raises(KBError):
        refresh(tmp_path, endpoint).run(["FR"], [])
    assert len(endpoint.asked) == 1


def test_an_endpoint_that_is_not_there(tmp_path: Path) -> None:
    asking = Refresh(
        tmp_path, "http://user:secret@127.0.0.1:9/sparql", sleep=lambda _: None, tries=2
    )
    with pytest.raises(KBError) as failed:
        asking.run(["FR"], [])
    assert "secret" not in failed.value.message
    assert not (tmp_path / TABLE).exists()


def row(person: str, start: str = "", end: str = "", **cells: str) -> Row:
    told = {"person": person, "person_qid": "Q1", "iso2": "FR", "office": "President",
            "office_kind": "head_of_state", "start": start, "end": end}  # fmt: skip
    return {column: told.get(column, "") for column in COLUMNS} | cells


def test_an_open_term_is_closed_and_keeps_its_names() -> None:
    known = row("Ann Exemple", "2020-05", as_of="2025-12", other_names="A. Exemple")
    new = row("Anne Exemple", "2020-05-14", "2026-05-13", as_of="2026-11-25")
    [found] = refreshed([known], [new])
    assert (found["person"], found["end"]) == ("Anne Exemple", "2026-05-13")
    assert found["other_names"] == "Ann Exemple;A. Exemple"


def test_what_is_not_told_anew_stays() -> None:
    other = row("Old Exemple", "1995-01-01", "1999-01-01", person_qid="Q2")
    assert refreshed([other], [row("Anne Exemple", "2020-05-14")])[0] == other


def kb(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "kb"), *words]
    env = os.environ | {"KB_GAZETTEER": str(folder)}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_the_command_changes_who_is_meant(tmp_path: Path, endpoint: Endpoint) -> None:
    article = tmp_path / "news.txt"
    article.write_text("Talks\n\nThe French president met Xi Jinping in Lyon.", encoding="utf-8")
    told = ("extract", str(article), "--published", "2026-11-20", "--format", "jsonl")
    folder = tmp_path / "tables"
    assert "Anne Exemple" not in kb(folder, *told).stdout
    update = ("gazetteer", "update", "--endpoint", endpoint.url, "--state", "fr", "--pause", "0")
    done = kb(folder, *update)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("France: 3 terms\n3 terms in office, 3 of them new;")
    assert '"name": "Anne Exemple"' in kb(folder, *told).stdout
    assert kb(folder, "gazetteer", "reset").stderr == "Back to the tables of the package.\n"
    assert "Anne Exemple" not in kb(folder, *told).stdout


def test_the_command_fails_in_a_sentence(tmp_path: Path) -> None:
    done = kb(tmp_path, "gazetteer", "update", "--state", "ZZ")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: 'ZZ' is no code of a state.\n")
