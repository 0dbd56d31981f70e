"""Artificial articles take no longer than news of their length: seconds of the processor, not of a
clock, as a machine may be busy with other things."""

from __future__ import annotations

import io
import itertools
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from kb.coder import Coder
from kb.errors import ReadError
from kb.language.words import LONGEST_SENTENCE
from kb.model import Article, Extraction
from kb.read import ReadFailure
from kb.read.article import record_article
from kb.read.clean import mask
from kb.read.stream import Origin, Run, read_stream
from kb.resolve.registry import MOST_PEOPLE

LENGTH = 16_000
"""Characters of a text."""

SECONDS = 8.0
"""For that many characters; news take half a second on a usual machine, hostile texts up to two.
Before they were bounded some of these took minutes."""


def names() -> Iterator[str]:
    """Sentences about ever new people."""
    for letters in itertools.product("abcdefgh", repeat=4):
        name = "".join(letters)
        yield f"{name.title()} B{name} met X{name} Y{name}o. "


UNITS: dict[str, Callable[[], str] | str] = {
    "a sentence without end": "the minister met the president and ",
    "relative clauses without end": "Anna Lee, who met Bo Chan, who met ",
    "he he he": "he ",
    "he said he said": "he said ",
    "numbers as determiners": "1 ",
    "pictures": "😀",
    "quotation marks": '" ',
    "single quotations that close nowhere": "‘a s’ b ",
    "hyphens": "a - ",
    "dates": "12 June ",
    "pairs of leaders": "They met the leaders of both countries. ",
    "people": lambda: "".join(names()),
    "brackets": "( ",
    "marks, but no row of them": "!?.,-/" * 45 + " ",
    "blank lines": " " * 999 + "\n",
    "non-breaking blanks": "\xa0",
}


@pytest.fixture(scope="module")
def coder() -> Coder:
    coder = Coder()
    coder.code(article("Xi met Putin in Moscow."))
    return coder


def article(text: str) -> Article:
    record = {"text": text, "title": "Talks", "language": "en"}
    return record_article(record, published=date(2020, 3, 1), source=None, origin="file")


def coded(coder: Coder, unit: str, length: int = LENGTH) -> tuple[Extraction, float]:
    text = "Talks.\n" + (unit * (length // len(unit) + 1))[:length]
    started = time.process_time()
    found = coder.code(article(text))
    return found, time.process_time() - started


@pytest.mark.parametrize("what", UNITS)
def test_a_hostile_text(coder: Coder, what: str) -> None:
    unit = UNITS[what]
    _, took = coded(coder, unit if isinstance(unit, str) else unit())
    assert took < SECONDS


def test_a_long_sentence_is_read_in_pieces_and_that_is_said(coder: Coder) -> None:
    met, words = "Xi Jinping met Vladimir Putin in Rome. ", "and so on "
    found, _ = coded(coder, met + words * 1000 + met, 12_000)
    assert f"within a sentence of more than {LONGEST_SENTENCE} words" in " ".join(found.notes)
    assert found.meetings, "the other sentences are read"
    usual, _ = coded(coder, words, 300)
    assert "more than" not in " ".join(usual.notes)


def test_more_people_than_can_be_told_apart_are_said(
    coder: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.resolve.registry.MOST_PEOPLE", 10)
    found, _ = coded(coder, "".join(itertools.islice(names(), 40)), 1200)
    assert any("mentions of others left out" in note for note in found.notes)
    assert len([a for a in found.actors if a.type == "person"]) <= 10 < MOST_PEOPLE


def test_memory_is_bounded(coder: Coder) -> None:
    """The words of a long article are tagged a part at a time."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    coded(coder, "word ", 120_000)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 700_000, "kilobytes"


def read(data: bytes, suffix: str) -> list[Article | ReadFailure]:
    return list(read_stream(io.BytesIO(data), Run(), Origin("file", "file", suffix)))


PAGE = b"<!doctype html><html><body><article><p>Bo Chan will visit Rome on Monday, it was said.</p>"
FEED = b"<rss version='2.0'><channel><title>W</title>"
SIZE = 200_000

FILES: dict[str, tuple[bytes, str]] = {
    "comments before no feed": (b"<?xml version='1.0'?>" + b"<!-- -->" * (SIZE // 8), ".txt"),
    "comments before no page": (b"<!-- -->" * (SIZE // 8), ".txt"),
    "instructions before no feed": (b"<?xml-stylesheet a='b'?>\n" * (SIZE // 25), ".txt"),
    "deep HTML": (PAGE + b"<div>" * (SIZE // 5), ".html"),
    "a list of many": (PAGE + b"<ul>" + b"<li>item</li>" * (SIZE // 13), ".html"),
    "JSON-LD of brackets": (
        PAGE + b'<script type="application/ld+json">' + b"[" * SIZE + b"</script>",
        ".html",
    ),
    "deep items": (FEED + b"<item>" * (SIZE // 6), ".rss"),
    "many items": (FEED + b"<item><title>a</title></item>" * (SIZE // 29), ".rss"),
    "links that do not end": (b"[a](" * (SIZE // 4), ".md"),
    "comments that do not end": (b"<!--" * (SIZE // 4), ".md"),
    "front matter of aliases": (
        b"---\na0: &a0 [x, x, x, x, x, x, x, x]\n"
        + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 8))
                   for n in range(1, 30))
        + b"title: *a29\n---\nText.",
        ".md",
    ),
    "braces": (b'{"a":' * (SIZE // 5), ".jsonl"),
    "what says it is encoded": (b"<meta charset=utf-7><html>" + b"+AGEA" * (SIZE // 5), ".html"),
}  # fmt: skip


@pytest.mark.parametrize("what", FILES)
def test_a_hostile_file(what: str) -> None:
    started = time.process_time()
    read(*FILES[what])
    assert time.process_time() - started < SECONDS


def test_a_page_of_nothing_but_tags() -> None:
    [page] = read(PAGE + b"a<br>" * 150_000, ".html")
    assert isinstance(page, ReadFailure)
    assert str(page.error).startswith("the HTML has 150,")
    assert "more than the 100,000 that are read of one article" in str(page.error)
    content = b"<item><description>" + b"a&lt;br>" * 150_000 + b"</description></item>"
    one, two = read(FEED + content + b"<item><title>T</title><description>Text.</description>"
                    b"</item></channel></rss>", ".rss")  # fmt: skip
    assert isinstance(one, ReadFailure)
    assert isinstance(two, Article), "the other entries are read"


@pytest.mark.parametrize(
    "front", ["a: !!python/object/apply:os.system ['exit']", "!!python/name:os.system : b"]
)
def test_front_matter_makes_no_objects(front: str) -> None:
    [item] = read(f"---\ntitle: Talks\n{front}\n---\nText here.".encode(), ".md")
    assert isinstance(item, (Article, ReadFailure))


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x"> %a;]>',
    ],
)
def test_entities_of_a_feed_are_not_looked_up(declared: bytes) -> None:
    item = b"<item><title>T &a; &b;</title><description>Text.</description></item>"
    for found in read(declared + FEED + item + b"</channel></rss>", ".rss"):
        told = str(found.error) if isinstance(found, ReadFailure) else found.title
        assert "root:" not in told
        assert "xx" not in told


def test_entities_of_a_page_are_not_looked_up() -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for found in read(head + PAGE + b"<p>&a; and more was said on Monday.</p>", ".html"):
        assert isinstance(found, ReadFailure) or "root:" not in found.text


def test_blanking_is_as_long_as_the_text() -> None:
    text = "a" + "😀" * 1000 + "\n" + "=" * 400 + " \u2028" + "\u200d" * 500 + "b"
    assert len(mask(text)) == len(text)


def test_an_address_that_is_none() -> None:
    with pytest.raises(ReadError, match="is no absolute address"):
        record_article({"text": "a", "url": "data:text/html,x"}, published=None, source=None,
                       origin="file")  # fmt: skip
