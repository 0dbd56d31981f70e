"""A store that is none, is damaged, in use, or cannot be written: one sentence, nothing lost."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import Kb, process

from kb.store import create_store, open_store

ASKING = [
    ["who-met"],
    ["visits"],
    ["statements"],
    ["show", "0f3c"],
    ["actors"],
    ["articles"],
    ["stats"],
    ["remove", "x"],
    ["query", "most-met"],
    ["export", "-"],
]
FILLING = [["add", "news.txt"], ["demo", "-q"]]
IDS = [args[0] for args in (*ASKING, *FILLING)]


def failed(kb: Kb, args: list[str], *store: str) -> str:
    """The sentence that a command fails with."""
    result = kb(*args, *store)
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    assert "Traceback" not in result.stderr
    assert 1 <= len(result.stderr.splitlines()) <= 2
    return result.stderr


@pytest.fixture(autouse=True)
def article(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text("Talks in Oslo\nEspen Barth Eide met Wang Yi in Oslo.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("args", [*ASKING, *FILLING], ids=IDS)
def test_a_file(kb: Kb, args: list[str], article: Path) -> None:
    before = article.read_bytes()
    message = failed(kb, args, "--store", "news.txt")
    assert "The file news.txt is no knowledge base." in message
    assert article.read_bytes() == before


@pytest.mark.parametrize("args", [*ASKING, *FILLING], ids=IDS)
def test_a_folder_of_other_files(kb: Kb, args: list[str], tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"\xff\xd8")
    message = failed(kb, args, "--store", "photos")
    assert "The folder photos has other files in it and is no knowledge base." in message
    assert [p.name for p in (tmp_path / "photos").iterdir()] == ["one.jpg"]


@pytest.mark.parametrize("args", ASKING, ids=IDS[: len(ASKING)])
def test_nothing_there(kb: Kb, args: list[str], tmp_path: Path) -> None:
    assert "No knowledge base at nowhere" in failed(kb, args, "--store", "nowhere")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("args", FILLING, ids=IDS[len(ASKING) :])
@pytest.mark.parametrize("place", ["/dev/null/store", "/proc/store", "x" * 300])
def test_where_nothing_can_be_written(kb: Kb, args: list[str], place: str) -> None:
    message = failed(kb, args, "--store", place)
    assert "written at" in message or "is no knowledge base" in message


@pytest.mark.parametrize("args", ASKING, ids=IDS[: len(ASKING)])
@pytest.mark.parametrize("place", ["/dev/null/store", "x" * 300, "a\0b"])
def test_where_nothing_can_be_read(kb: Kb, args: list[str], place: str) -> None:
    failed(kb, args, "--store", place)


@pytest.mark.parametrize("args", [["who-met"], ["stats"], ["add", "news.txt"]])
def test_a_damaged_store(kb: Kb, args: list[str], filled: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(filled, broken)
    [current] = broken.glob("generations/*/CURRENT")
    current.write_bytes(b"MANIFEST-999999\n")
    assert "is damaged" in failed(kb, args, "--store", "broken")


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Path:
    """A store of one test."""
    return Path(shutil.copytree(filled, tmp_path / "own"))


def test_a_store_that_somebody_writes(kb: Kb, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.store.embedded.WRITER_PATIENCE", 0)
    with create_store(own):
        assert "is being written" in failed(kb, ["add", "news.txt"], "--store", str(own))
        assert kb("who-met", "--store", str(own)).exit_code == 0, "as it was published"
    assert kb("who-met", "--store", str(own)).exit_code == 0


def test_a_store_that_somebody_reads(kb: Kb, own: Path) -> None:
    with open_store(own):
        assert kb("who-met", "--store", str(own)).exit_code == 0
        assert kb("remove", "wire", "--store", str(own)).exit_code == 0
    assert len(kb("articles", "--store", str(own), "-f", "jsonl").stdout.splitlines()) == 1


def test_a_disk_that_fills_up(kb: Kb, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Oxigraph raises an OSError then; what was there stays."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.store.embedded.pyoxigraph.Store.update", full, raising=False)
    message = failed(kb, ["remove", "wire"], "--store", str(own))
    assert "could not be changed" in message
    monkeypatch.undo()
    gc.collect()  # the traceback holds the engine, which goes on tidying its files
    with open_store(own) as store:
        assert any(store.quads())


# -- the process ----------------------------------------------------------------------------------


def test_without_a_home(filled: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kb", "who-met", "--store", str(filled)],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "Emmanuel Macron" in done.stdout


def test_nobody_reads_on(filled: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m kb statements --store '{filled}' -f jsonl | head -c 1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("{", "")


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_output_that_takes_nothing(filled: Path, tmp_path: Path, form: str) -> None:
    command = f"{sys.executable} -m kb who-met --store '{filled}' -f {form} > /dev/full"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        "Error: The output cannot be written: No space left on device."
    )
    assert len(done.stderr.splitlines()) == 2


def test_a_terminal_without_the_letters(filled: Path, tmp_path: Path) -> None:
    """Under LANG=C a table shows ? for what it lacks; JSON escapes it."""
    poor = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "LC_ALL": "POSIX", "COLUMNS": "20"}
    for form, shown in (("table", "?"), ("json", "\\u2026"), ("csv", "?")):
        done = subprocess.run(
            [sys.executable, "-m", "kb", "query", r'SELECT ("\u2026" AS ?x) {}', "-f", form],
            cwd=tmp_path,
            env={**os.environ, **poor, "KB_STORE": str(filled)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert shown in done.stdout


def test_an_empty_name_of_a_store(kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable is one that is not set; an empty option is a slip."""
    assert kb("who-met", "--store", "").exit_code == 2
    monkeypatch.setenv("KB_STORE", "")
    assert "No knowledge base at kb-store" in kb("who-met").stderr
    assert process("who-met", cwd=tmp_path).returncode == 1
