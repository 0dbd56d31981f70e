"""Articles go in: from paths, from texts, made by hand; and what they tell without storing it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from building import extraction, meeting

from kb import Article, Extraction, KBError, KnowledgeBase
from kb.errors import ReadError, StoreError

NEWS = "Envoys meet\n\nRussian Foreign Minister Sergey Lavrov met Wang Yi in Moscow on Monday.\n"
DAY = date(2024, 4, 10)


class ByHand:
    """An extractor that finds the same meeting in every article."""

    version = "by hand 1"

    def __init__(self) -> None:
        self.busy = threading.Lock()

    def code(self, article: Article) -> Extraction:
        assert self.busy.acquire(blocking=False), "two articles at once"
        words = article.text[:4]
        told = extraction(article.id, meeting("Putin", "Macron", on="2022-02-07", words=words))
        self.busy.release()
        return Extraction(article, told.actors, told.meetings, coder=self.version)


@pytest.fixture
def kb() -> Iterator[KnowledgeBase]:
    with KnowledgeBase.memory(extractor=ByHand()) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "two.txt").write_text("Another\n\nNothing much.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    return tmp_path


def test_a_folder_a_path_and_several(kb: KnowledgeBase, folder: Path) -> None:
    one, two = folder / "one.txt", folder / "two.txt"
    assert [o.state for o in kb.add(str(one))] == ["added"]
    assert [o.state for o in kb.add(one)] == ["unchanged"]
    assert [o.state for o in kb.add([one, two])] == ["unchanged", "added"]
    assert [o.state for o in kb.add(folder)] == ["failed", "unchanged", "unchanged"]
    assert [o.state for o in kb.add(two, force=True)] == ["updated"]


def test_what_fails_leaves_the_others_alone(kb: KnowledgeBase, folder: Path) -> None:
    failed, *others = kb.add([folder / "missing.txt", folder])
    assert isinstance(failed.error, ReadError)
    assert failed.where.endswith("missing.txt")
    assert [o.state for o in others] == ["failed", "added", "added"]
    assert len(kb.articles()) == 2


@pytest.mark.parametrize("published", [DAY, "2024-04-10", "2024-04-10T08:00:00Z"])
def test_the_day_of_publication_as_a_date_or_as_text(
    kb: KnowledgeBase, folder: Path, published: date | str
) -> None:
    kb.add(folder / "one.txt", published=published, source="Gazette")
    [row] = kb.articles()
    assert (row["published"], row["source"]) == ("2024-04-10", "Gazette")


def test_a_text_has_the_title_and_the_key_it_is_given(kb: KnowledgeBase) -> None:
    kb.add_text("They met.", title="Two met", published=DAY, source="Gazette", id="7")
    kb.add_text("They met.", title="Two met", published=DAY, url="https://example.org/7")
    kb.add_text(NEWS)
    found = {row["key"].partition(":")[0]: row["title"] for row in kb.articles()}
    assert found == {"source": "Two met", "https": "Two met", "sha256": "Envoys meet"}


@pytest.mark.parametrize(
    ("text", "published", "reason"),
    [
        ("", None, "no text"),
        ("Two met.", "2023-13-45", "no day of the calendar"),
    ],
)
def test_a_text_that_cannot_be_taken_raises(
    kb: KnowledgeBase, text: str, published: str | None, reason: str
) -> None:
    with pytest.raises(KBError, match=reason):
        kb.add_text(text, published=published)
    with pytest.raises(KBError, match=reason):
        kb.extract_text(text, published=published)


def test_extract_stores_nothing(kb: KnowledgeBase, folder: Path) -> None:
    [told] = kb.extract(folder / "one.txt", published=DAY)
    assert told.article.title == "Envoys meet"
    assert [told.actor(id_).name for id_ in told.meetings[0].participants] == [
        *("Vladimir Putin", "Emmanuel Macron")
    ]
    assert kb.articles() == []


def test_extract_raises_or_hands_over_what_fails(kb: KnowledgeBase, folder: Path) -> None:
    with pytest.raises(ReadError):
        list(kb.extract(folder))
    failed: list[tuple[str, KBError]] = []
    told = list(kb.extract(folder, on_error=lambda where, error: failed.append((where, error))))
    assert [one.article.id for one in told] == ["one", "two"]
    [(where, error)] = failed
    assert where.endswith("empty.txt")
    assert isinstance(error, ReadError)


def test_a_knowledge_base_opened_to_be_asked_takes_nothing_in(tmp_path: Path) -> None:
    KnowledgeBase.create(tmp_path / "kb").close()
    with KnowledgeBase.open(tmp_path / "kb") as kb:
        with pytest.raises(KBError, match="for reading only"):
            kb.add_text(NEWS)
        with pytest.raises(KBError, match="for reading only"):
            kb.remove_article("source:a/b")


@pytest.mark.parametrize(
    "use",
    [
        lambda kb: kb.who_met(),
        lambda kb: kb.query("ASK { GRAPH ?g { ?s ?p ?o } }"),
        lambda kb: kb.articles(),
        lambda kb: kb.dataset().query("ASK { ?s ?p ?o }"),
        lambda kb: kb.add_text(NEWS),
        lambda kb: kb.add("news.txt"),
        lambda kb: kb.remove_article("source:a/b"),
    ],
)
def test_once_closed_it_says_so(kb: KnowledgeBase, use: object) -> None:
    assert callable(use)
    kb.add_text(NEWS)
    kb.close()
    kb.close()
    with pytest.raises(StoreError, match="has been closed"):
        use(kb)


def test_two_at_once_keep_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.store.embedded.WRITER_PATIENCE", 0.1)
    with (
        KnowledgeBase.create(tmp_path / "a", extractor=ByHand()) as a,
        KnowledgeBase.create(tmp_path / "b", extractor=ByHand()) as b,
    ):
        a.add_text(NEWS)
        assert (len(a.who_met()), len(b.who_met())) == (1, 0)
        with pytest.raises(StoreError, match="being written"):
            KnowledgeBase.create(tmp_path / "a")


def test_threads_share_one(kb: KnowledgeBase) -> None:
    """Articles go in one after the other, questions are answered meanwhile."""
    errors: list[BaseException] = []

    def fill(first: int) -> None:
        try:
            for number in range(first, first + 10):
                kb.add_text(f"Article {number}\n\nThey met.")
                assert len(kb.who_met("Putin", "Macron")) == 1
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=fill, args=(start,)) for start in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert kb.who_met()[0]["articles"] == 40
