"""``who-met``, ``visits``, ``statements``, ``show``, ``actors``, ``stats``: what a user sees."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from building import extraction, meeting, put
from running import Kb, process, rows

from kb.store import create_store


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


EVERYWHERE = [
    ["who-met"],
    ["visits"],
    ["statements"],
    ["show", "Macron"],
    ["actors"],
    ["articles"],
    ["stats"],
    ["info"],
    ["query", "most-met"],
    ["queries"],
    ["remove", "wire", "--dry-run"],
    ["export", "-"],
    ["completion", "bash"],
]


@pytest.mark.parametrize("args", EVERYWHERE, ids=[args[0] for args in EVERYWHERE])
def test_global_options_before_and_after(
    kb: Kb, filled: Path, args: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_STORE", "nowhere")
    options = ["--store", str(filled), "-q", "--debug"]
    before, after = kb(*options, *args), kb(*args, *options)
    split = kb(*options[:2], *args, *options[2:])
    assert before.exit_code == 0, before.output
    assert before.stdout == after.stdout == split.stdout


def test_the_command_line_outdoes_the_environment(kb: Kb, filled: Path) -> None:
    assert (
        "No knowledge base at later"
        in kb("--store", str(filled), "stats", "--store", "later").stderr
    )
    assert kb("--store", "nowhere", "stats", "--store", str(filled)).exit_code == 0


@pytest.mark.parametrize(
    "args", [a for a in EVERYWHERE if a[0] not in ("remove", "export", "completion")]
)
def test_every_answer_goes_into_a_file(kb: Kb, args: list[str], tmp_path: Path) -> None:
    result = kb(*args, "-o", "answer")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "answer").read_text(encoding="utf-8") == kb(*args).stdout
    assert kb(*args, "-o", "-").stdout == kb(*args).stdout


@pytest.mark.parametrize("path", ["/dev/null/x", "no/such/folder", "."])
@pytest.mark.parametrize("args", [["who-met"], ["visits", "-f", "csv"], ["show", "Macron"]])
def test_files_that_cannot_be_written(kb: Kb, args: list[str], path: str, tmp_path: Path) -> None:
    result = kb(*args, "-o", path)
    assert result.exit_code == (2 if path == "." else 1)
    assert path in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_stats(kb: Kb) -> None:
    counts = {(r["kind"], r.get("status")): r["count"] for r in rows(kb("stats", "-f", "json"))}
    assert counts["article", None] == 2
    assert counts["meeting", "held"] == 4


def test_show(kb: Kb) -> None:
    [row] = rows(kb("who-met", "Macron", "--since", "2022", "-f", "json"))
    shown = kb("show", row["meeting"].rpartition("/")[2][:8]).stdout
    assert row["meeting"] in shown
    assert "| They met." in shown
    assert "Gazette · “Article wire”" in shown
    assert json.loads(kb("show", row["meeting"], "-f", "json").stdout)["date"] == "2022-02-07"


LONG = "The two presidents met at a long table and spoke of peace, trade and the harvest. " * 3


def test_show_tells_the_last_report_first_and_fits(
    kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with create_store(tmp_path / "own") as store:
        put(
            store,
            extraction("plan", meeting("Putin", "Macron", status="planned", on="2022-02-07"),
                       published="2022-02-01"),
            extraction("told", meeting("Putin", "Macron", on="2022-02-07", words=LONG),
                       published="2022-02-08"),
        )  # fmt: skip
    [row] = rows(kb("who-met", "--store", "own", "-f", "json"))
    for width in (50, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        shown = kb("show", row["meeting"], "--store", "own").stdout
        assert shown.index("2022-02-08 · Gazette") < shown.index("2022-02-01 · Gazette")
        assert "told by       2 articles" in shown
        first, *others = shown.splitlines()
        assert first == f"Meeting  {row['meeting']}"
        assert max(map(len, others)) <= width
        quote = " ".join(line[6:] for line in others if line.startswith("    | "))
        assert quote == f"{LONG.strip()} They met."


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("wire", "Article"),
        ("Article paper", "Article"),
        ("Macron", "Person"),
        ("Q7747", "Person"),
        ("person/Q7747", "Person"),
        ("France", "State"),
    ],
)
def test_show_takes_articles_and_actors(kb: Kb, name: str, kind: str) -> None:
    assert kb("show", name).stdout.startswith(kind + "  https://")
    assert json.loads(kb("show", name, "-f", "json").stdout)["type"] == kind.lower()


def test_actors(kb: Kb) -> None:
    shown = kb("actors").stdout
    assert shown.split()[:8] == ["name", "type", "of", "office", "met", "went", "said", "articles"]
    assert "Vladimir Putin" in shown
    found = {row["name"]: row for row in rows(kb("actors", "--type", "person", "-f", "json"))}
    assert found["Emmanuel Macron"]["wikidata"] == "Q3052772"
    assert set(found["Emmanuel Macron"]) == {
        "actor", "name", "type", "country", "wikidata", "names", "offices", "told", "meetings",
        "visits", "statements", "articles",
    }  # fmt: skip
    assert all(row["type"] == "person" for row in found.values())


def test_actors_of_a_name(kb: Kb) -> None:
    shown = kb("actors", "Doe").stdout
    assert shown.count("  name          Jane Doe") == 2
    assert "also          J. Doe" in shown
    assert "told as       minister" in shown
    assert "President, France, 2017-05-14 –" in kb("actors", "Macron").stdout


@pytest.mark.parametrize(
    ("args", "names"),
    [
        (["--country", "FR"], {"Emmanuel Macron", "France"}),
        (["--country", "fr", "--type", "state"], {"France"}),
        (["--country", "ZZ"], set()),
        (["doe", "--country", "NZ"], {"Jane Doe"}),
        (["jan", "--type", "person"], {"Jane Doe"}),
    ],
)
def test_some_actors(kb: Kb, args: list[str], names: set[str]) -> None:
    assert {row["name"] for row in rows(kb("actors", *args, "-f", "json"))} == names


FAILURES = [
    (["who-met", "Putiin"], "no actor named 'Putiin'", "Vladimir Putin"),
    (["who-met", "Jane Doe"], "may be Jane Doe (person, KE) or Jane Doe (person, NZ)", "full name"),
    (["visits", "--to", "Atlantis"], "no place named", ""),
    (["actors", "Putiin"], "no actor named 'Putiin'", "Vladimir Putin"),
    (["actors", "--country", "France"], "'France' is no code of a state", "Two letters"),
    (["who-met", ""], "The name is empty", "kb actors"),
    (["visits", "--by", " "], "The name is empty", "kb actors"),
    (["statements", "--to", "x" * 9999], "no actor named 'xxxx", ""),
    (["who-met", "http://e/a b"], "'http://e/a b' is no IRI", "no blanks"),
    (["who-met", "https://e/nobody"], "nothing called 'https://e/nobody'", "kb actors"),
    (["who-met", "--since", "2023", "--until", "2022"], "Nothing lies between 2023 and 2022", ""),
    (["articles", "--until", "tomorrow"], "'tomorrow' is no date", "YYYY"),
    (["show", ""], "Nothing is named", "kb who-met"),
    (["show", "nonsense words"], "no actor named 'nonsense words'", "kb actors"),
    (["who-met", "--since", "2023-13-45"], "'2023-13-45' is no day of the calendar", "month"),
    (["show", "ffffffff"], "no event 'ffffffff'", "who-met"),
    (["statements", "--store", "nowhere"], "No knowledge base at nowhere", "kb add"),
    (["who-met", "-f", "json", "-o", "no/such/folder.json"], "cannot be written", "-o"),
]


@pytest.mark.parametrize(
    ("args", "message", "hint"), FAILURES, ids=[" ".join(f[0])[:40] for f in FAILURES]
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
    assert len(result.stderr) < 600


WRONG_USE = [
    ["who-met", "--colour", "red"],
    ["who-met", "a", "b", "c"],
    ["who-met", "-f", "xml"],
    ["actors", "--type", "dog"],
    ["articles", "-f", "turtle"],
    ["query", "most-met", "-f", "docx"],
    ["show", "x", "-f", "csv"],
    ["remove"],
    ["completion", "tcsh"],
    ["info", "--everything"],
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
        "             ['query', 'most-met'], ['articles'], ['actors'], ['show', 'Macron']):\n"
        "    main([*args, '--store', sys.argv[1]], standalone_mode=False)\n"
        "heavy = {'spacy', 'rdflib', 'numpy', 'rich', 'owlready2', 'thinc'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(filled)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "heavy: []"
