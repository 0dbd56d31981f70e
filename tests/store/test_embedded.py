"""The embedded store: changes land whole, asking makes nothing, bad places are told."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
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
    for part in (*path.glob("generations/*/MANIFEST-*"), *path.glob("generations/*/CURRENT")):
        part.write_bytes(b"\0garbage\n")


def without_its_generation(path: Path) -> None:
    create_store(path).close()
    for part in path.glob("generations/g*"):
        part.rename(path / "generations" / f"old-{part.name}")


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
    (without_its_generation, open_store, "is damaged"),
    (without_its_generation, create_store, "is damaged"),
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
    assert set(after) - set(before) <= {"kb.lock", "LOCK", "generations"}, "nothing is made"


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


@pytest.fixture
def held(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A store that another process has open, to ``write`` or to ``read``."""
    place = tmp_path / "kb"
    with create_store(place) as store:
        store.change(add=[quad(1)])
    command = [sys.executable, "-c", HOLD, request.param, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        yield place
        process.communicate()


@pytest.mark.parametrize("held", ["write"], indirect=True)
def test_a_second_writer_is_refused(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "WRITER_PATIENCE", 0.0)
    with pytest.raises(KBError, match="being written by another process"):
        create_store(held)


@pytest.mark.parametrize("held", ["write", "read"], indirect=True)
def test_readers_mind_nobody(held: Path) -> None:
    with open_store(held) as store:
        assert list(store.quads()) == [quad(1)]


@pytest.mark.parametrize("held", ["read"], indirect=True)
def test_a_writer_minds_no_readers(held: Path) -> None:
    with create_store(held) as store:
        store.change(add=[quad(2)], remove=[quad(1)])
    with open_store(held) as store:
        assert list(store.quads()) == [quad(2)]


def test_readers_see_what_was_published(tmp_path: Path) -> None:
    place = tmp_path / "kb"
    with create_store(place) as writer:
        writer.change(add=[quad(1)])
        with pytest.raises(StoreError, match="no knowledge base"):
            open_store(place)
        writer.publish()
        writer.change(add=[quad(2)])
        with open_store(place) as before:
            writer.publish()
            with open_store(place) as after:
                assert list(before.quads()) == [quad(1)]
                assert set(after.quads()) == {quad(1), quad(2)}
            writer.change(add=[quad(3)])
            writer.publish()
            assert list(before.quads()) == [quad(1)], "it is kept while somebody reads it"
    with create_store(place):
        pass
    kept = [p.name for p in (place / "generations").iterdir() if p.is_dir()]
    assert len(kept) == 1, "what nobody reads is cleared away"


def test_a_failed_change_leaves_what_was_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up between the two steps of a change."""
    place = tmp_path / "kb"
    with create_store(place) as store:
        store.change(add=[quad(1)])

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pyoxigraph.Store, "update", full, raising=False)
    with create_store(place) as store:
        with pytest.raises(StoreError, match="No space left"):
            store.change(add=[quad(2)], remove=[quad(1)])
        with pytest.raises(StoreError, match="closed"):
            store.change(add=[quad(3)])
    with open_store(place) as store:
        assert list(store.quads()) == [quad(1)]


def test_an_interrupted_change_is_made_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "kb"
    with create_store(place) as store:
        store.change(add=[quad(1)])

    def interrupted(*_: object) -> None:
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr(pyoxigraph.Store, "update", interrupted, raising=False)
    with create_store(place) as store, pytest.raises(KeyboardInterrupt):
        store.change(add=[quad(2)], remove=[quad(1)])
    with open_store(place) as store:
        assert list(store.quads()) == [quad(2)]


def test_much_is_written_in_bulk(tmp_path: Path) -> None:
    many = [quad(n) for n in range(embedded.BULK + 1)]
    with create_store(tmp_path / "kb") as store:
        store.change(add=many[:10])
        store.change(add=many, remove=[*many[:5], quad("x")])
    with open_store(tmp_path / "kb") as store:
        assert set(store.quads()) == set(many)
