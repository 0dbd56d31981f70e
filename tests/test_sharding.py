"""Shards: what is in them, that they are whole, that the same command goes on, and what import
makes of them."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from building import lines
from extractors import Steady

from kb.errors import KBError
from kb.intake import Outcome
from kb.knowledge_base import KnowledgeBase
from kb.model import Article
from kb.sharding import ShardFolder, write_shards
from kb.vocabulary import GRAPH

DERIVED = (str(GRAPH.derived), str(GRAPH.gazetteer))
OTHER = "https://example.org/id/"


def article(number: int, text: str = "They met.") -> Article:
    return Article(
        f"source:Gazette/{number}", str(number), f"Title {number}", text, text,
        published=date(2022, 3, 1), source="Gazette",
    )  # fmt: skip


def shard(
    folder: Path, items: Iterable[Article | Outcome], base: str | None = None, per_shard: int = 4
) -> list[str]:
    """What became of each article."""
    found = write_shards(items, folder, Steady(), base=base, per_shard=per_shard)
    return [outcome.state for outcome in found]


def shards(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.nq.gz"))


def content(*paths: Path) -> list[str]:
    """The lines of some shards, in their order."""
    return [
        line for path in paths for line in gzip.decompress(path.read_bytes()).decode().splitlines()
    ]


def articles(*paths: Path) -> int:
    return sum("#title>" in line for line in content(*paths))


def test_the_shards_of_a_folder(tmp_path: Path) -> None:
    assert shard(tmp_path, map(article, range(10))) == ["added"] * 10
    names = [path.name for path in shards(tmp_path)]
    assert names == ["shard-000001.nq.gz", "shard-000002.nq.gz", "shard-000003.nq.gz"]
    assert [articles(path) for path in shards(tmp_path)] == [4, 4, 2]


def test_they_hold_the_graphs_of_the_articles_and_no_other(tmp_path: Path) -> None:
    shard(tmp_path, map(article, range(10)))
    with KnowledgeBase.memory(extractor=Steady()) as kb:
        for number in range(10):
            kb.add_article(article(number))
        own = [f"{line} ." for line in lines(kb.store) if not line.endswith(DERIVED)]
    assert sorted(content(*shards(tmp_path))) == own


def test_the_same_articles_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shard(tmp_path / name, map(article, range(5)))
    one, two = ([path.read_bytes() for path in shards(tmp_path / name)] for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize("order", [1, -1])
def test_what_import_makes_of_them_is_what_add_makes(tmp_path: Path, order: int) -> None:
    shard(tmp_path, map(article, range(40)))
    with KnowledgeBase.memory() as imported, KnowledgeBase.memory(extractor=Steady()) as added:
        imported.import_(shards(tmp_path)[::order])
        for number in range(40):
            added.add_article(article(number))
        assert lines(imported.store) == lines(added.store)
        assert len(imported.who_met()) == 28


def test_what_is_there_is_skipped(tmp_path: Path) -> None:
    shard(tmp_path, map(article, range(6)))
    before = [path.read_bytes() for path in shards(tmp_path)]
    assert shard(tmp_path, map(article, range(8))) == ["unchanged"] * 6 + ["added"] * 2
    assert [path.read_bytes() for path in shards(tmp_path)][:2] == before
    assert articles(*shards(tmp_path)[2:]) == 2


def test_an_article_is_in_a_folder_once(tmp_path: Path) -> None:
    again = [article(1), article(2), article(1), article(2, "They never met.")]
    assert shard(tmp_path, again) == ["added", "added", "unchanged", "failed"]
    assert shard(tmp_path, [article(1, "No.")]) == ["failed"]
    assert articles(*shards(tmp_path)) == 2


def test_one_that_fails_is_tried_again(tmp_path: Path) -> None:
    assert shard(tmp_path, [article(1, "fail"), article(2)]) == ["failed", "added"]
    assert shard(tmp_path, [article(1), article(2)]) == ["added", "unchanged"]


def test_nothing_to_write_is_no_shard(tmp_path: Path) -> None:
    assert shard(tmp_path / "new", []) == []
    assert shards(tmp_path / "new") == []


def test_whoever_stops_has_a_shard_of_whole_articles(tmp_path: Path) -> None:
    def interrupted() -> Iterator[Article]:
        yield from map(article, range(6))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shard(tmp_path, interrupted())
    assert [articles(path) for path in shards(tmp_path)] == [4, 2]
    assert shard(tmp_path, map(article, range(10))) == ["unchanged"] * 6 + ["added"] * 4
    shard(tmp_path / "at once", map(article, range(10)))
    assert content(*shards(tmp_path)) == content(*shards(tmp_path / "at once"))


def test_an_article_that_is_written_by_half_is_left_out(tmp_path: Path) -> None:
    with ShardFolder(tmp_path, "1", OTHER, 10) as folder:
        folder.add(b"whole\n")
        folder._next.write(b"ha")  # as Ctrl-C leaves it
    assert content(*shards(tmp_path)) == ["whole"]
    assert not [path for path in tmp_path.iterdir() if "part" in path.name]


def test_a_folder_is_for_one_process(tmp_path: Path) -> None:
    with ShardFolder(tmp_path, "1", OTHER, 10), pytest.raises(KBError, match="another process"):
        shard(tmp_path, [article(1)])


def test_folders_that_do_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shard(tmp_path, map(article, range(3)))
    with pytest.raises(KBError, match="has no articles under https"):
        shard(tmp_path, [article(4)], base=OTHER)
    with pytest.raises(KBError, match="is open at its end"):
        shard(tmp_path, [article(4)], base="https://example.org/id")
    with monkeypatch.context() as changed:
        changed.setattr(Steady, "version", "steady 2")
        with pytest.raises(KBError, match="were coded by another version or model"):
            shard(tmp_path, [article(4)])
    [path] = shards(tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(KBError, match=r"shard-000001\.nq\.gz is damaged"):
        shard(tmp_path, [article(4)])
    (tmp_path / "file").write_text("")
    with pytest.raises(KBError, match="cannot be written"):
        shard(tmp_path / "file", [article(4)])
