"""The embedded store: changes land whole, asking makes nothing, bad places are told."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions

from kb.errors import KBError, QueryError, StoreError
from kb.store import Store, create_store, embedded, memory_store, open_store

G = NamedNode("http://e/g")


def quad(n: int | str) -> Quad:
    return Quad(NamedNode(f"http://e/{n}"), NamedNode("http://e/p"), Literal(str(n)), G)


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return create_store(tmp_path / "kb") if request.param == "disk" else memory_store()


def test_a_change_removes_and_adds(store: Store) -> None:
    store.change(add=[quad(1), quad(2)])
    store.change(add=[quad(3)], remove=[quad(1)])
    assert set(store.quads(graph=G)) == {quad(2), quad(3)}
    assert list(store.quads(NamedNode("http://e/2"))) == [quad(2)]


def test_what_is_removed_and_added_stays(store: Store) -> None:
    store.change(add=[quad(1)])
    store.change(add=[quad(1)], remove=[quad(1)])
    assert list(store.quads()) == [quad(1)]


def test_no_change_is_fine(store: Store) -> None:
    store.change()
    assert list(store.quads()) == []


@pytest.mark.parametrize(
    "text", ['a "quote"', "\\u0041 \\ \n\r\t", "\x01\x7f", "‮", "😀", "{ } . ;", "'''"]
)
def test_text_comes_back_as_it_went_in(store: Store, text: str) -> None:
    it = Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal(text, language="en"), G)
    store.change(add=[it])
    assert list(store.quads()) == [it]


def test_queries(store: Store) -> None:
    store.change(add=[quad(1)])
    rows = store.query("SELECT ?o { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(rows, QuerySolutions)
    assert [row["o"].value for row in rows] == ["1"]
    union = store.query("ASK { ?s ?p ?o }")
    assert isinstance(union, QueryBoolean)
    assert not bool(union), "no union default graph"


@pytest.mark.parametrize("query", ["SELECT", "SELECT * { ?s ?p }", "INSERT DATA { <a:a> <a:b> 1 }"])
def test_a_malformed_query(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="not valid SPARQL") as told:
        store.query(query)
    assert "\n" not in str(told.value)


def test_what_is_written_is_read_by_the_next(tmp_path: Path) -> None:
    with create_store(tmp_path / "kb") as store:
        store.change(add=[quad(n) for n in range(100)])
    with open_store(tmp_path / "kb") as store:
        assert len(list(store.quads())) == 100
        with pytest.raises(StoreError, match="for reading only"):
            store.change(add=[quad(1)])
    with create_store(tmp_path / "kb") as store:
        store.change(remove=[quad(0)])
    with open_store(tmp_path / "kb") as one, open_store(tmp_path / "kb") as other:
        assert len(list(one.quads())) == len(list(other.quads())) == 99


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")


def file(path: Path) -> None:
    path.write_text("not a store")


def folder_of_others(path: Path) -> None:
    path.mkdir()
    (path / "letter.txt").write_text("Dear all")


def damaged(path: Path) -> None:
    create_store(path).close()
    for part in (*path.glob("MANIFEST-*"), path / "CURRENT"):
        part.write_bytes(b"\0garbage\n")


def nothing(_path: Path) -> None:
    """Nothing is there."""


def empty(path: Path) -> None:
    path.mkdir()


BAD = [
    # what is there, how it is opened, what is said
    (nothing, open_store, "no knowledge base at"),
    (empty, open_store, "no knowledge base at"),
    (file, open_store, "is no knowledge base"),
    (file, create_store, "is no knowledge base"),
    (folder_of_others, open_store, "has other files in it"),
    (folder_of_others, create_store, "has other files in it"),
    (damaged, open_store, "is damaged"),
    (damaged, create_store, "is damaged"),
]


@pytest.mark.parametrize(("make", "open_", "message"), BAD)
def test_bad_places(
    make: Callable[[Path], None], open_: Callable[[Path], Store], message: str, tmp_path: Path
) -> None:
    place = tmp_path / "kb"
    make(place)
    before = sorted(p.name for p in tmp_path.rglob("*") if not p.name.startswith("LOG"))
    with pytest.raises(StoreError, match=message) as told:
        open_(place)
    assert told.value.hint
    assert str(place) in str(told.value)
    after = sorted(p.name for p in tmp_path.rglob("*") if not p.name.startswith("LOG"))
    assert set(after) - set(before) <= {"kb.lock", "LOCK"}, "nothing is made"


def test_below_a_file(tmp_path: Path) -> None:
    file(tmp_path / "f")
    with pytest.raises(StoreError, match=r"no knowledge base"):
        create_store(tmp_path / "f" / "kb")
    with pytest.raises(StoreError, match=r"no knowledge base"):
        open_store(tmp_path / "f" / "kb")


def test_a_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")  # root may write everywhere

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError, match="Permission denied"):
        create_store(tmp_path / "kb")


HOLD = """
import sys
from kb.store import create_store, open_store
with (create_store if sys.argv[1] == "write" else open_store)(sys.argv[2]) as store:
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("holder", "open_", "told"),
    [
        ("write", open_store, "being written"),
        ("write", create_store, "in use"),
        ("read", create_store, "in use"),
        ("read", open_store, None),
    ],
)
def test_in_use_by_another_process(
    holder: str,
    open_: Callable[[Path], Store],
    told: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embedded, "READER_PATIENCE", 0.0)
    monkeypatch.setattr(embedded, "WRITER_PATIENCE", 0.0)
    place = tmp_path / "kb"
    create_store(place).close()
    command = [sys.executable, "-c", HOLD, holder, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        if told is None:
            open_(place).close()
        else:
            with pytest.raises(KBError, match=told):
                open_(place)
        process.communicate()
    open_(place).close()
