"""``articles``, ``remove``, ``stats``, ``info``, ``completion``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from building import put
from cli.conftest import TOLD
from click.testing import CliRunner
from running import Kb, rows

from kb.cli import main
from kb.store import create_store, memory_store, open_store

WIRE, PAPER = (told.article for told in TOLD)


@pytest.fixture
def own(kb: Kb, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    """A store of one test, which the commands use from here on."""
    path = Path(shutil.copytree(filled, tmp_path / "own"))
    monkeypatch.setenv("KB_STORE", str(path))
    return path


def everything(path: Path) -> list[str]:
    with open_store(path) as store:
        return sorted(map(str, store.quads()))


# -- articles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "titles"),
    [
        ([], ["Article wire", "Article paper"]),
        (["paper"], ["Article paper"]),
        (["PAPER", "article"], ["Article paper"]),
        (["pap"], []),
        (["--source", "gazette"], ["Article wire", "Article paper"]),
        (["--source", "Post"], []),
        (["--since", "2022-02-09"], ["Article paper"]),
        (["wire", "--until", "2022-02-08"], ["Article wire"]),
    ],
)
def test_articles(kb: Kb, args: list[str], titles: list[str]) -> None:
    assert [row["title"] for row in rows(kb("articles", *args, "-f", "json"))] == titles


def test_the_id_of_an_article_names_it(kb: Kb) -> None:
    head, _, line, *_ = kb("articles", "wire").stdout.splitlines()
    assert head.split()[-1] == "id"
    shown = kb("show", line.split()[-1]).stdout
    assert "title         Article wire" in shown
    assert "| They met." in shown
    assert "visit, planned, 2022-04" in shown


# -- remove ---------------------------------------------------------------------------------------


def names(article: Any, kb: Kb) -> dict[str, str]:
    row = next(r for r in rows(kb("articles", "-f", "json")) if r["key"] == article.key)
    end = row["article"].rpartition("/")[2]
    return {
        "key": row["key"],
        "IRI": row["article"],
        "end of the IRI": f"article/{end}",
        "digits": end[:8],
        "id": article.id,
        "title": article.title.upper(),
    }


@pytest.mark.parametrize("by", ["key", "IRI", "end of the IRI", "digits", "id", "title"])
def test_an_article_goes_by_whatever_name(kb: Kb, own: Path, by: str) -> None:
    result = kb("remove", names(WIRE, kb)[by])
    assert result.exit_code == 0, result.output
    assert (
        result.stdout == "Removed “Article wire” (Gazette, 2022-02-08) with 5 reports of events.\n"
    )
    assert everything(own) == sorted(map(str, put(memory_store(), TOLD[1]).quads()))


def test_several_go_at_once_and_each_once(kb: Kb, own: Path) -> None:
    result = kb("remove", "wire", "paper", WIRE.key)
    assert len(result.stdout.splitlines()) == 2
    assert everything(own) == []


def test_nothing_goes_unless_all_are_found(kb: Kb, own: Path) -> None:
    before = everything(own)
    result = kb("remove", "wire", "papers")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no article 'papers'" in result.stderr
    assert "“Article paper”" in result.stderr
    assert everything(own) == before


def test_a_dry_run_changes_nothing(kb: Kb, own: Path) -> None:
    before = everything(own)
    assert kb("remove", "wire", "--dry-run").stdout.startswith("Would remove “Article wire”")
    assert everything(own) == before


@pytest.mark.usefixtures("own")
def test_quiet(kb: Kb) -> None:
    assert kb("-q", "remove", "wire").output == ""
    assert len(rows(kb("articles", "-f", "json"))) == 1


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "The name is empty"),
        ("x" * 5000, "no article 'xxx"),
        ("ffffffff", "no article 'ffffffff'"),
        ("https://example.org/a b", "no article"),
    ],
)
def test_articles_that_there_are_not(kb: Kb, name: str, message: str) -> None:
    result = kb("remove", name)
    assert result.exit_code == 1
    assert message in result.stderr
    assert len(result.stderr) < 600


def test_digits_that_fit_several(kb: Kb, own: Path) -> None:
    """Titles may be equal, too."""
    from dataclasses import replace

    from building import extraction, meeting

    told = extraction("other", meeting("Putin", "Macron"))
    same = replace(told, article=replace(told.article, title="Article wire"))
    with create_store(own) as store:
        put(store, same)
    result = kb("remove", "Article wire")
    assert result.exit_code == 1
    assert "may be any of 2 articles" in result.stderr
    assert len(rows(kb("articles", "-f", "json"))) == 3


# -- stats, info ----------------------------------------------------------------------------------


def test_info(kb: Kb, filled: Path) -> None:
    shown = json.loads(kb("info", "-f", "json").stdout)
    assert {"kb", "model", "gazetteer", "ontology", "Python", "platform", "spacy", "pyoxigraph",
            "rdflib"} <= set(shown["versions"])  # fmt: skip
    store = shown["store"]
    assert (store["path"], store["articles"], store["meetings"]) == (str(filled), 2, 5)
    assert store["events"] == store["meetings"] + store["visits"] + store["statements"]
    assert store["quads"] == len(everything(filled))
    assert store["bytes"] > 1000
    counts = rows(kb("stats", "-f", "json"))
    assert store["reports"] == sum(r["reports"] for r in rows(kb("articles", "-f", "json")))
    assert store["visits"] == sum(r["count"] for r in counts if r["kind"] == "visit")
    assert "store articles  " in kb("info").stdout


def test_info_without_a_store(kb: Kb) -> None:
    result = kb("info", "--store", "nowhere")
    assert result.exit_code == 0
    assert "no knowledge base at nowhere" in result.stdout


def test_a_report_of_a_defect_names_no_folder(kb: Kb, filled: Path) -> None:
    for store in (filled, filled.parent, filled / "nothing"):
        shown = kb("info", "--markdown", "--store", str(store)).stdout
        assert shown.startswith("| | |\n|---|---|\n| kb | ")
        assert all(line.startswith("| ") and line.endswith(" |") for line in shown.splitlines()[2:])
        assert f"| store path | {store.name} |" in shown
        assert str(filled.parent) not in shown


# -- completion -----------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(kb: Kb, shell: str) -> None:
    shown = kb("completion", shell).stdout
    assert f"_KB_COMPLETE={shell}_complete" in shown
    assert not shown.endswith("\n\n")


def test_bash_takes_the_script() -> None:
    """Where there is no bash there is nothing to complete in it."""
    if (bash := shutil.which("bash")) is None:
        return
    script = """
        source <(kb completion bash)
        COMP_WORDS=(kb who-met --sta) COMP_CWORD=2
        _kb_completion kb
        echo "${COMPREPLY[@]}"
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [bash, "-c", script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "--status\n"


def test_the_help_says_how_to_install_it() -> None:
    shown = CliRunner().invoke(main, ["completion", "-h"], prog_name="kb").output
    assert "kb completion bash >> ~/.bashrc" in shown


COMPLETED = [
    ("who", {"who-met"}),
    ("who-met --st", {"--store", "--status"}),
    ("who-met --status ca", {"cancelled"}),
    ("actors --type p", {"person"}),
    ("stats -f ", {"table", "json", "jsonl", "csv"}),
    ("query most-m", {"most-met"}),
    ("queries who", {"who-met"}),
    ("completion z", {"zsh"}),
    ("export --format n", {"ntriples", "nquads"}),
]
FILES = ["query ./mine", "add news", "extract news", "export out", "import shard", "stats -o out"]


def completed(line: str) -> set[tuple[str, ...]]:
    words = f"kb {line}".split(" ")
    done = subprocess.run(
        [sys.executable, "-m", "kb"],
        env={
            **os.environ,
            "_KB_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(words),
            "COMP_CWORD": str(len(words) - 1),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return {tuple(line.split(",", 1)) for line in done.stdout.splitlines()}


@pytest.mark.parametrize(("line", "found"), COMPLETED, ids=[line for line, _ in COMPLETED])
def test_what_is_completed(line: str, found: set[str]) -> None:
    assert completed(line) == {("plain", word) for word in found}


@pytest.mark.parametrize("line", FILES)
def test_files_are_completed(line: str) -> None:
    [(kind, _)] = completed(line)
    assert kind == "file"


@pytest.mark.parametrize("line", ["who-met --store k", "--store k"])
def test_folders_are_completed(line: str) -> None:
    [(kind, _)] = completed(line)
    assert kind == "dir"
