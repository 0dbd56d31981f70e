"""``who-met``, ``visits``, ``statements``, ``show``, ``stats``, ``articles``: what a user sees."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from running import Kb, process, rows


def test_the_table(kb: Kb) -> None:
    shown = kb("who-met", "Macron").stdout.splitlines()
    assert shown[0].split() == ["date", "who", "status", "where", "sources", "id"]
    text = " ".join(" ".join(shown).split())
    assert "2021-12-14 Emmanuel Macron (FR), Vladimir Putin" in text
    assert "held (phone)" in text
    assert "Moscow, RU Gazette" in text
    assert max(map(len, shown)) <= 100


def test_rows_as_json(kb: Kb) -> None:
    found = rows(kb("who-met", "Macron", "Putin", "-f", "json"))
    assert [r["date"] for r in found] == ["2021-12-14", "2022-02-07"]
    assert set(found[0]) >= {
        "meeting", "participants", "status", "medium", "date", "place", "country", "reports",
    }  # fmt: skip


def test_rows_as_lines(kb: Kb) -> None:
    lines = kb("visits", "--by", "Lavrov", "-f", "jsonl").stdout.splitlines()
    [row] = map(json.loads, lines)
    assert (row["visitor"]["name"], row["country"], row["status"]) == (
        "Sergey Lavrov",
        "KE",
        "planned",
    )


def test_rows_as_csv(kb: Kb) -> None:
    [row] = csv.DictReader(io.StringIO(kb("visits", "--to", "Moscow", "-f", "csv").stdout))
    assert (row["visitor"], row["place"], row["date"]) == (
        "Emmanuel Macron",
        "Moscow",
        "2022-02-07",
    )


def test_into_a_file(kb: Kb, tmp_path: Path) -> None:
    result = kb("statements", "--by", "Putin", "-f", "json", "-o", "said.json")
    assert (result.exit_code, result.stdout) == (0, "")
    [row] = json.loads((tmp_path / "said.json").read_text(encoding="utf-8"))
    assert row["addressees"][0]["name"] == "Emmanuel Macron"
    assert [p.name for p in tmp_path.iterdir()] == ["said.json"]


@pytest.mark.parametrize(
    ("args", "dates"),
    [
        (["--status", "planned"], ["2022-04"]),
        (["--status", "planned", "--since", "2023"], []),
        (["Macron", "--until", "2021"], ["2021-12-14"]),
        (["--status", "all", "--since", "2022-02"], ["2022-02-07", "2022-04"]),
    ],
)
def test_options(kb: Kb, args: list[str], dates: list[str]) -> None:
    assert [r["date"] for r in rows(kb("who-met", *args, "-f", "json"))] == dates


def test_an_empty_answer_is_an_answer(kb: Kb) -> None:
    result = kb("who-met", "Macron", "Lavrov")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "--status all" in result.stderr
    assert rows(kb("who-met", "Macron", "Lavrov", "-f", "json")) == []


def test_global_options_before_and_after(kb: Kb, filled: Path) -> None:
    before = kb("--store", str(filled), "stats", "-f", "json")
    after = kb("stats", "-f", "json", "--store", str(filled))
    assert rows(before) == rows(after) == rows(kb("stats", "-f", "json"))


def test_stats(kb: Kb) -> None:
    counts = {(r["kind"], r.get("status")): r["count"] for r in rows(kb("stats", "-f", "json"))}
    assert counts["article", None] == 2
    assert counts["meeting", "held"] == 4


def test_articles(kb: Kb) -> None:
    shown = kb("articles").stdout
    assert "2022-02-08" in shown
    assert "Article wire" in shown


def test_show(kb: Kb) -> None:
    [row] = rows(kb("who-met", "Macron", "--since", "2022", "-f", "json"))
    shown = kb("show", row["meeting"].rpartition("/")[2][:8]).stdout
    assert row["meeting"] in shown
    assert "| They met." in shown
    assert "Gazette · “Article wire”" in shown
    assert json.loads(kb("show", row["meeting"], "-f", "json").stdout)["date"] == "2022-02-07"


FAILURES = [
    (["who-met", "Putiin"], "no actor named 'Putiin'", "Vladimir Putin"),
    (["who-met", "Jane Doe"], "may be Jane Doe (person, KE) or Jane Doe (person, NZ)", "full name"),
    (["visits", "--to", "Atlantis"], "no place named", ""),
    (["who-met", "--since", "2023-13-45"], "'2023-13-45' is no day of the calendar", "month"),
    (["show", "ffffffff"], "no event 'ffffffff'", "who-met"),
    (["statements", "--store", "nowhere"], "No knowledge base at nowhere", "kb add"),
    (["who-met", "-f", "json", "-o", "no/such/folder.json"], "cannot be written", "-o"),
]


@pytest.mark.parametrize(
    ("args", "message", "hint"), FAILURES, ids=[" ".join(f[0]) for f in FAILURES]
)
def test_a_failure_is_one_sentence_and_a_hint(
    kb: Kb, args: list[str], message: str, hint: str
) -> None:
    result = kb(*args)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert message in result.stderr
    assert hint in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) <= 2


WRONG_USE = [
    ["who-met", "--colour", "red"],
    ["who-met", "a", "b", "c"],
    ["who-met", "-f", "xml"],
    ["visits", "--status", "maybe"],
    ["add"],
    ["nonsense"],
]


@pytest.mark.parametrize("args", WRONG_USE)
def test_wrong_use_is_exit_2(kb: Kb, args: list[str]) -> None:
    assert kb(*args).exit_code == 2


def test_debug_shows_where_it_comes_from(kb: Kb) -> None:
    assert type(kb("--debug", "who-met", "Putiin").exception).__name__ == "UnknownNameError"
    assert type(kb("who-met", "Putiin", "--debug").exception).__name__ == "UnknownNameError"


def test_asking_makes_no_store(tmp_path: Path) -> None:
    assert process("who-met", cwd=tmp_path).returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_asking_imports_neither_the_language_pipeline_nor_rdflib(filled: Path) -> None:
    """It is what keeps an answer under a third of a second."""
    import subprocess
    import sys

    code = (
        "import sys; from kb.cli import main\n"
        "for args in (['who-met', 'Macron'], ['visits'], ['statements'], ['stats'],\n"
        "             ['query', 'most-met'], ['articles']):\n"
        "    main([*args, '--store', sys.argv[1]], standalone_mode=False)\n"
        "heavy = {'spacy', 'rdflib', 'numpy', 'rich', 'owlready2', 'thinc'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(filled)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "heavy: []"
