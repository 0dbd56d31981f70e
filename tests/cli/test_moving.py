"""``export``, ``import``: a knowledge base carried from one place to another."""

from __future__ import annotations

import csv
import gzip
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import Dataset, Graph
from running import Kb

from kb.export import formats
from kb.rdf import ArticleGraph
from kb.update import Updater

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


# -- import ---------------------------------------------------------------------------------------

SUFFIXES = ["nq", "trig", "jsonld", "ttl", "nt"]


def exported(kb: Kb, *args: str) -> str:
    result = kb("export", "-", *args)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_was_exported_comes_in_again(kb: Kb, suffix: str, packed: str) -> None:
    name = f"kb.{suffix}{packed}"
    kb("export", name)
    result = kb("import", name, "--store", "copy")
    assert result.stdout == "2 articles: 2 added; 8 reports of events\n"
    assert exported(kb, "--store", "copy") == exported(kb)
    again = kb("import", name, "--store", "copy")
    assert again.stdout == "2 articles: 2 unchanged; 0 reports of events\n"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_standard_input(kb: Kb, tmp_path: Path, suffix: str) -> None:
    kb("export", f"kb.{suffix}.gz")
    form = next(f for s, f in formats.SUFFIXES.items() if s == f".{suffix}")
    data = (tmp_path / f"kb.{suffix}.gz").read_bytes()
    for number, given in enumerate((data, gzip.decompress(data))):
        result = kb("import", "-", "--format", form, "--store", f"copy{number}", input=given)
        assert result.stdout.startswith("2 articles: 2 added"), result.output


def test_shards_in_either_order_are_all_articles(kb: Kb, tmp_path: Path) -> None:
    """The graph of an article is a shard by itself."""
    lines = exported(kb).splitlines(keepends=True)
    graphs = sorted({line.split()[-2] for line in lines if "/id/graph/" in line.split()[-2]})
    for number, graph in enumerate(graphs):
        shard = "".join(line for line in lines if line.split()[-2] == graph)
        (tmp_path / f"{number}.nq").write_text(shard, encoding="utf-8")
    for order in (["0.nq", "1.nq"], ["1.nq", "0.nq"]):
        store = "-".join(order)
        assert kb("import", *order, "--store", store).exit_code == 0
        assert exported(kb, "--store", store) == exported(kb)


def test_an_article_coded_anew_takes_the_place_of_the_old(kb: Kb, tmp_path: Path) -> None:
    kb("export", "kb.nq")
    old = (tmp_path / "kb.nq").read_text(encoding="utf-8")
    (tmp_path / "new.nq").write_text(old.replace('"by hand"', '"by foot"'), encoding="utf-8")
    kb("import", "kb.nq", "--store", "copy")
    result = kb("import", "new.nq", "--store", "copy")
    assert result.stdout == "2 articles: 2 updated; 8 reports of events\n"
    assert exported(kb, "--store", "copy") == exported(kb).replace('"by hand"', '"by foot"')


def test_what_has_lost_its_graphs_does_not_replace_what_has_them(kb: Kb, tmp_path: Path) -> None:
    kb("export", "kb.nq")
    kb("export", "kb.ttl")
    turtle = (tmp_path / "kb.ttl").read_text(encoding="utf-8")
    renamed = turtle.replace('"J. Doe"', '"Miss Doe"')
    assert renamed != turtle
    (tmp_path / "kb.ttl").write_text(renamed, encoding="utf-8")
    kb("import", "kb.nq", "--store", "copy")
    assert "2 unchanged" in kb("import", "kb.ttl", "--store", "copy").stdout
    assert exported(kb, "--store", "copy") == exported(kb)


FOAF = """<https://e.org/a> a <http://xmlns.com/foaf/0.1/Person> ;
    <http://xmlns.com/foaf/0.1/name> "A" .\n"""
QUAD = '<https://e.org/a> <https://e.org/b> "c" <https://e.org/g> .\n'
ARTICLE = "<https://w3id.org/diplomatic-kb/ontology#Article>"

BAD: dict[str, tuple[bytes, str]] = {
    "foaf.ttl": (FOAF.encode(), "foaf.ttl tells of no article"),
    "foaf.nq": (QUAD.encode(), "the graph https://e.org/g tells of no article"),
    "blank.ttl": (b"[] a " + ARTICLE.encode() + b" .", "nodes without an IRI"),
    "syntax.ttl": (FOAF.encode() + b"<https://e.org/a> oops .", "syntax.ttl:3 is not Turtle"),
    "syntax.jsonld": (b'[{"@id":\n}]', "syntax.jsonld:2 is not JSON-LD"),
    "relative.ttl": (b"<a> <b> <c> .", "relative.ttl:1 is not Turtle"),
    "binary.nq": (bytes(range(256)), "binary.nq:1 is not N-Quads"),
    "latin.nq": (QUAD.replace("c", "é").encode("latin-1"), "latin.nq:1 is not N-Quads"),
    "cut.nq.gz": (gzip.compress(QUAD.encode() * 1000)[:-30], "cut.nq.gz: the gzip data is cut off"),
    "kb.docx": (b"", "stands for no format that can be imported"),
    "folder.nq": (b"", "folder.nq is a folder"),
    "none.nq": (b"", "here is no file none.nq"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_and_nothing_changes(kb: Kb, tmp_path: Path, name: str) -> None:
    data, message = BAD[name]
    if name.startswith("folder"):
        (tmp_path / name).mkdir()
    elif not name.startswith("none"):
        (tmp_path / name).write_bytes(data)
    kb("export", "good.nq")
    result = kb("import", "good.nq", name, "--store", "new")
    assert result.exit_code == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert exported(kb, "--store", "new") == ""


SPOILT = {
    "a line in the middle": (" <", " ", r":\d+ is not N-Quads"),
    "another base": ("diplomatic-kb/id/", "diplomatic-kb/other/", r"things .* live under"),
    "an article without a key": ("ontology#key>", "ontology#lock>", "article without a key"),
    "an article of another key": ('"source:Gazette/wire"', '"x"', "not named after the key"),
    "a name without a class": ("22-rdf-syntax-ns#type", "22-rdf-syntax-ns#kind", "no article"),
}

LEFT_OUT = {
    "a status that there is not": ("ontology#planned>", "ontology#hoped>", "has one status"),
    "a date that there is not": ('"2022-04"^^', '"2022-14"^^', "the first and the last day"),
    "a report of nobody": ("ontology#participant>", "ontology#guest>", "a meeting has actors"),
    "a quotation that is a thing": ('"They met."', "<https://e.org/x>", "has its exact words"),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_fault_in_an_export_is_told_and_nothing_changes(
    kb: Kb, tmp_path: Path, fault: str
) -> None:
    old, new, message = SPOILT[fault]
    kb("import", "-", "--store", "copy", input=exported(kb).encode())
    lines = exported(kb).splitlines(keepends=True)
    half = len(lines) // 2
    if fault == "a line in the middle":
        lines[half] = lines[half].replace(old, new, 1)
    else:
        lines = [line.replace(old, new) for line in lines]
    (tmp_path / "bad.nq").write_text("".join(lines), encoding="utf-8")
    result = kb("import", "bad.nq", "--store", "copy")
    assert result.exit_code == 1, result.output
    assert re.search(message, result.stderr)
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("Error: ")
    assert exported(kb, "--store", "copy") == exported(kb)


@pytest.mark.parametrize("fault", LEFT_OUT)
def test_a_fault_in_an_article_is_told_and_the_others_land(
    kb: Kb, tmp_path: Path, fault: str
) -> None:
    old, new, message = LEFT_OUT[fault]
    kb("import", "-", "--store", "copy", input=exported(kb).encode())
    lines = exported(kb).splitlines(keepends=True)
    graph = next(n.split()[-2] for n in lines if old in n and "/id/graph/" in n)
    bad = (line.replace(old, new) if graph in line else line for line in lines)
    (tmp_path / "bad.nq").write_text("".join(bad), encoding="utf-8")
    result = kb("import", "bad.nq", "--store", "copy")
    assert result.exit_code == 1, result.output
    assert re.search(f"bad.nq: the article .*{message}", result.stderr)
    assert "Traceback" not in result.stderr
    assert "1 unchanged, 1 failed" in result.stdout
    assert exported(kb, "--store", "copy") == exported(kb)
    assert "1 added, 1 failed" in kb("import", "bad.nq", "--store", "new").stdout
    assert kb("check", "--store", "new").exit_code == 0


def test_a_store_of_another_base(kb: Kb, tmp_path: Path) -> None:
    """A new store takes the base of what comes; both then have one."""
    lines = exported(kb).replace("diplomatic-kb/id/", "my-kb/")
    (tmp_path / "mine.nq").write_text(lines, encoding="utf-8")
    assert kb("import", "mine.nq", "--store", "mine").exit_code == 0
    assert "my-kb/" in exported(kb, "--store", "mine")
    kb("export", "kb.nq")
    result = kb("import", "kb.nq", "--store", "mine")
    assert result.exit_code == 1
    assert "my-kb/" in result.stderr
    both = kb("import", "kb.nq", "mine.nq", "--store", "new")
    assert both.exit_code == 1
    assert exported(kb, "--store", "new") == ""


@pytest.mark.parametrize("name", ["empty.nq", "empty.ttl", "empty.nq.gz"])
def test_a_knowledge_base_without_articles(kb: Kb, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"") if name.endswith(".gz") else b"")
    result = kb("import", name, "--store", "new")
    assert result.exit_code == 0
    assert result.stdout == "0 articles: nothing to add; 0 reports of events\n"


def test_interrupted_whole_articles_only(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    kb("export", "kb.nq")
    put_one = Updater.put
    calls = []

    def interrupt(self: Updater, *graphs: ArticleGraph) -> None:
        calls.append(graphs)
        if len(calls) > 1:
            raise KeyboardInterrupt
        put_one(self, *graphs)

    with monkeypatch.context() as patch:
        patch.setattr("kb.shards.TOGETHER", 1)
        patch.setattr(Updater, "put", interrupt)
        result = kb("import", "kb.nq", "--store", "copy")
    assert result.exit_code == 1
    assert result.stdout.startswith("1 article: 1 added")
    assert "goes on" in result.stderr
    again = kb("import", "kb.nq", "--store", "copy")
    assert again.stdout.startswith("2 articles: 1 added, 1 unchanged")
    assert exported(kb, "--store", "copy") == exported(kb)
