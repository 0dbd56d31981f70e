"""``export``, ``import``: a knowledge base carried from one place to another."""

from __future__ import annotations

import csv
import gzip
import os
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import Dataset, Graph
from running import Kb

SCRIPT = str(Path(sys.executable).parent / "kb")
QUADS = [("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")]
TRIPLES = [("ttl", "turtle"), ("nt", "nt")]
NETWORKS = ["graphml", "gexf"]


# -- export ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize(("suffix", "form"), [*QUADS, *TRIPLES])
def test_the_suffix_tells_the_format(
    kb: Kb, tmp_path: Path, suffix: str, form: str, packed: str
) -> None:
    file = tmp_path / f"kb.{suffix}{packed}"
    result = kb("export", file.name)
    assert result.exit_code == 0, result.output
    count = int(result.stderr.split()[0])
    data = gzip.decompress(file.read_bytes()) if packed else file.read_bytes()
    if (suffix, form) in QUADS:
        dataset = Dataset()
        dataset.parse(data=data, format=form)
        assert len(list(dataset.quads())) == count
    else:
        assert len(Graph().parse(data=data, format=form)) == count
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("suffix", NETWORKS)
def test_a_network(kb: Kb, tmp_path: Path, suffix: str, packed: str) -> None:
    file = tmp_path / f"net.{suffix}{packed}"
    assert kb("export", file.name).stderr == f"3 pairs in {file.name}\n"
    data = gzip.decompress(file.read_bytes()) if packed else file.read_bytes()
    root = ElementTree.fromstring(data)
    assert len(root.findall(".//{*}edge")) == 3
    assert kb("export", "all.gexf", "--status", "all").stderr.startswith("4 pairs")


def test_equal_packed_files_for_equal_content(kb: Kb, tmp_path: Path) -> None:
    for name in ("one.nq.gz", "two.nq.gz"):
        kb("export", name)
    assert (tmp_path / "one.nq.gz").read_bytes() == (tmp_path / "two.nq.gz").read_bytes()


def test_exports_are_equal_line_by_line(kb: Kb) -> None:
    first = kb("export", "-").stdout
    assert first == kb("export", "-", "--format", "nquads").stdout
    assert first.splitlines() == sorted(first.splitlines(), key=lambda q: (q.split()[-2], q))
    assert "_:" not in first


@pytest.mark.parametrize(
    "args", [["tables/"], ["tables", "-f", "csv"], ["tables/", "--format", "csv"]]
)
def test_a_folder_of_tables(kb: Kb, tmp_path: Path, args: list[str]) -> None:
    assert kb("export", *args).exit_code == 0
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    assert {"articles.csv", "actors.csv", "meetings.csv", "visits.csv"} <= names
    assert {"statements.csv", "reports.csv"} <= names
    with (tmp_path / "tables" / "meetings.csv").open(encoding="utf-8", newline="") as file:
        assert {row["participants"] for row in csv.DictReader(file)} >= {"Vladimir Putin; Jane Doe"}
    kb("export", "tables")  # what is there is a folder
    assert {path.name for path in (tmp_path / "tables").iterdir()} == names


@pytest.mark.parametrize(
    "args", [["visits.csv"], ["any.csv", "--table", "visits"], ["any", "--table", "visits"]]
)
def test_one_table(kb: Kb, tmp_path: Path, args: list[str]) -> None:
    assert kb("export", *args).stderr == f"2 rows in {args[0]}\n"
    printed = kb("export", "-", "--table", "visits").stdout_bytes
    assert (tmp_path / args[0]).read_bytes() == printed


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["kb.docx"], 1, "stands for no format"),
        (["no/such/folder.nq"], 1, "No such file or directory"),
        (["kb.csv"], 1, "one file, and there are 9 tables"),
        (["-", "-f", "csv"], 1, "one with --table"),
        (["kb.nq", "--table", "visits"], 2, "--table is for csv"),
        (["kb.nq", "--status", "held"], 2, "--status is for graphml and gexf"),
        (["kb.nq", "--format", "docx"], 2, "'docx' is not one of"),
        (["kb.csv", "--table", "spoons"], 2, "'spoons' is not one of"),
    ],
)
def test_exports_that_cannot_be(
    kb: Kb, tmp_path: Path, args: list[str], code: int, message: str
) -> None:
    result = kb("export", *args)
    assert result.exit_code == code
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file_and_a_file_no_folder(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "folder.nq").mkdir()
    assert "folder.nq is a folder" in kb("export", "folder.nq", "-f", "nquads").stderr
    (tmp_path / "file").write_text("precious", encoding="utf-8")
    assert "is a file" in kb("export", "file", "-f", "csv").stderr
    assert (tmp_path / "file").read_text(encoding="utf-8") == "precious"


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A folder in which nothing can be written, not even by the superuser."""
    folder = tmp_path / "sealed"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    return folder if not os.access(folder, os.W_OK) else Path("/proc/self")


@pytest.mark.parametrize("name", ["kb.nq", "kb.ttl.gz", "visits.csv", "tables/", "net.gexf"])
def test_a_folder_that_cannot_be_written(kb: Kb, sealed: Path, name: str) -> None:
    result = kb("export", f"{sealed}/{name}")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert f"{sealed}/{name.removesuffix('/')}" in result.stderr
    assert "cannot be written" in result.stderr


FULL = Path("/dev/full")
ONLY_LINUX = pytest.mark.parametrize("device", [FULL] if FULL.exists() else [])


@ONLY_LINUX
@pytest.mark.parametrize("form", ["nquads", "turtle", "jsonld", "csv", "gexf", "graphml"])
def test_a_full_device(kb: Kb, filled: Path, tmp_path: Path, device: Path, form: str) -> None:
    args = ["--format", form, *(["--table", "actors"] if form == "csv" else [])]
    result = kb("export", str(device), *args)
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    with device.open("wb") as full:
        done = subprocess.run(
            [SCRIPT, "export", "-", *args, "--store", str(filled)],
            stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 2  # a sentence and a hint
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld", "gexf"])
def test_a_pipe_that_nobody_reads_is_silent(filled: Path, tmp_path: Path, form: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [SCRIPT, "export", "-", "--format", form, "--store", str(filled)],
        stdout=writer, stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    os.close(writer)
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["kb.nq", "kb.nq.gz", "tables/"])
def test_an_interrupted_export_leaves_what_was_there(
    kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    kb("export", name)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("kb.export.write_store", interrupt)
    monkeypatch.setattr("kb.export.tables._joined", interrupt)
    for target in (name, f"new-{name}"):
        assert kb("export", target).exit_code == 1
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    assert not (tmp_path / f"new-{name}").exists()


def test_without_networkx_it_says_what_to_install(
    kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    result = kb("export", "net.gexf")
    assert result.exit_code == 1
    assert "pip install 'diplomatic-kb[network]'" in result.stderr
    assert list(tmp_path.iterdir()) == []
