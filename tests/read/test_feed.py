"""Feeds and addresses: an article for each entry, from disk or from the web."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from serving import Answer, serving

import kb
from kb.model import Article
from kb.read import ReadFailure, read_paths, web

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Bonn Gazette</title><link>https://gazette.example/</link>
<item><title>Talks &amp; &lt;i&gt;travel&lt;/i&gt;</title><link>{root}/1</link>
  <pubDate>Fri, 17 Feb 2017 23:30:00 EST</pubDate><description>Short.</description>
  <content:encoded><![CDATA[<p>Anna Lee met Bo Chan in <b>Bo</b>nn.</p><script>x()</script>
  <figure><img src="x"><figcaption>A caption</figcaption></figure>
  <p>They spoke of trade.<br>“All is well,” said Müller.</p>]]></content:encoded></item>
<item><title>Summary</title><link>{root}/2</link><dc:date>2017-02-18T10:00Z</dc:date>
  <description>&lt;p&gt;Bo Chan will visit Rome.&lt;/p&gt;</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Wire</title>
<entry><title>One &lt; two</title><id>urn:1</id><link href="https://wire.example/1"/>
  <updated>2017-02-19T10:00:00Z</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div>
  </content></entry>
<entry><title>Two</title><id>urn:2</id><published>2017-02-17T10:00:00Z</published>
  <updated>2017-02-19T10:00:00Z</updated><source><title>The Paper</title></source>
  <content type="text">Text &amp; nothing else.</content></entry></feed>"""

PAGE = """<!doctype html><html><head><title>Bo Chan in Rome</title>
<meta name="date" content="2017-02-18"></head><body><article><h1>Bo Chan in Rome</h1>
<p>Bo Chan will visit Rome on Monday and meet Anna Lee there, his office said on Saturday.</p>
</article></body></html>"""


def rss(root: str = "https://gazette.example", encoding: str = "utf-8") -> bytes:
    return RSS.format(encoding=encoding, root=root).encode(encoding)


def told(items: Iterable[Article | ReadFailure]) -> list[str]:
    """One line for each item: title, text and where, or what is wrong."""
    return [
        f"{item.where}: {item.error}" if isinstance(item, ReadFailure) else
        f"{item.title} | {item.text}" for item in items
    ]  # fmt: skip


WHOLE = (
    "Talks & travel | Anna Lee met Bo Chan in Bonn.\n"
    "They spoke of trade.\n“All is well,” said Müller."
)


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.txt", "unknown"])
def test_a_feed_on_disk(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(rss())
    sentences: list[str] = []
    items = list(read_paths([tmp_path / name], tell=sentences.append))
    assert told(items) == [WHOLE, "Summary | Bo Chan will visit Rome."]
    one, two = (item for item in items if isinstance(item, Article))
    assert (one.key, one.source) == ("https://gazette.example/1", "Bonn Gazette")
    assert (one.published, two.published) == (date(2017, 2, 17), date(2017, 2, 18))
    assert one.origin == f"{tmp_path / name}, entry 1"
    assert sentences == [
        f"{tmp_path / name}: 1 entry has a summary only (--fetch reads the pages)."
    ]


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM, encoding="utf-8")
    sentences: list[str] = []
    items = list(read_paths([tmp_path / "a.atom"], tell=sentences.append))
    assert told(items) == ["One < two | One.\nTwo.", "Two | Text & nothing else."]
    one, two = (item for item in items if isinstance(item, Article))
    assert (one.published, two.published) == (date(2017, 2, 19), date(2017, 2, 17))
    assert (one.key, two.key) == ("https://wire.example/1", "source:The%20Paper/urn%3A2")
    assert sentences == [
        f"{tmp_path / 'a.atom'}: entries without a day of publication have that of their last "
        "change."
    ]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16"])
def test_the_encoding_that_a_feed_names(tmp_path: Path, encoding: str) -> None:
    text = rss().decode().replace("“", '"').replace("”", '"').replace("utf-8", encoding)
    (tmp_path / "a.rss").write_bytes(text.encode(encoding))
    assert "said Müller." in told(read_paths([tmp_path / "a.rss"]))[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            rss()[: rss().index(b"<description>&lt;")],
            [WHOLE, "{}, entry 2: the feed is broken in line 12: no element found"],
        ),
        (rss().replace(b"Fri, 17 Feb", b"Fri, 45 Feb"), [
            "{}, entry 1: the publication date 'Fri, 45 Feb 2017 23:30:00 EST' is no day of the "
            "calendar",
            "Summary | Bo Chan will visit Rome.",
        ]),
        (b"<rss><channel><item><title>Bare</title></item></channel></rss>",
         ["{}, entry 1: the entry has no text"]),
        (b"<rss version='2.0'><channel></channel></rss>", []),
        (b"<urlset><url>https://x.example</url></urlset>",
         ["{}: this is XML, but neither RSS nor Atom"]),
        (b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
         b"<rss><channel><item><title>&a;</title></item></channel></rss>",
         ["{}: the feed defines entities of its own, which are not read"]),
    ],
)  # fmt: skip
def test_a_feed_that_is_none_or_broken(tmp_path: Path, data: bytes, said: list[str]) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    assert told(read_paths([path])) == [line.format(path) for line in said]


def test_fetching_the_pages_behind_summaries() -> None:
    answers: dict[str, Answer] = {
        "/feed": (200, {"Content-Type": "application/rss+xml"}, rss("{root}")),
        "/2": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
    }
    agents: list[str] = []
    with serving(answers, agents) as root:
        one, two = read_paths([f"{root}/feed"], fetch=True)
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert f"{one.title} | {one.text}" == WHOLE, "what is there in full is not fetched"
    assert two.text.endswith("his office said on Saturday.")
    assert (two.title, two.published) == ("Bo Chan in Rome", date(2017, 2, 18))
    assert (two.source, two.key) == ("Bonn Gazette", f"{root}/2")
    assert agents == [f"diplomatic-kb/{kb.__version__}"] * 2


def test_a_page_that_cannot_be_fetched_leaves_the_others() -> None:
    with serving({"/feed": (200, {}, rss("{root}"))}) as root:
        items = told(read_paths([f"{root}/feed"], fetch=True))
    assert items == [
        WHOLE,
        f"{root}/feed, entry 2: {root}/2: the page cannot be fetched: 404 Not Found",
    ]


def test_a_page_at_an_address() -> None:
    answers: dict[str, Answer] = {
        "/old": (302, {"Location": "{root}/page?a=1"}, b""),
        "/page?a=1": (200, {"Content-Type": "text/html"}, PAGE.encode()),
        "/wires.jsonl": (200, {}, b'{"id": "1", "text": "One."}\n{"id": "2", "text": "Two."}\n'),
    }
    with serving(answers) as root:
        [article] = read_paths([f"{root}/old#top"])
        wires = told(read_paths([f"{root}/wires.jsonl"]))
    assert isinstance(article, Article)
    assert (article.title, article.url) == ("Bo Chan in Rome", f"{root}/page?a=1")
    assert wires == ["One. | One.", "Two. | Two."]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing", "the page cannot be fetched: 404 Not Found"),
        ("/to-file", "the page cannot be fetched: 302 Found"),
        ("/to-ftp", "the page cannot be fetched: unknown url type: ftp"),
        ("/loop", "the page cannot be fetched: 302 The HTTP server returned a redirect error"),
        ("/large", "the page is larger than 1,000 bytes"),
        ("/picture", "this is a picture, not text"),
        ("/empty", "the file is empty"),
    ],
)
def test_what_cannot_be_fetched(path: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LARGEST", 1000)
    answers: dict[str, Answer] = {
        "/to-file": (302, {"Location": "file:///etc/hostname"}, b""),
        "/to-ftp": (302, {"Location": "ftp://127.0.0.1/x"}, b""),
        "/loop": (302, {"Location": "{root}/loop"}, b""),
        "/large": (200, {}, b"x" * 2000),
        "/picture": (200, {"Content-Type": "text/html"}, b"\x89PNG\r\n"),
        "/empty": (200, {"Content-Type": "text/html"}, b""),
    }
    with serving(answers) as root:
        [item] = read_paths([root + path])
    assert isinstance(item, ReadFailure)
    assert item.where == root + path
    assert str(item.error).startswith(reason)
    assert "\n" not in str(item.error)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://", "http://[::1", "http://a b/", "https://127.0.0.1:1/é"]
)
def test_an_address_where_nothing_answers(url: str) -> None:
    [item] = read_paths([url])
    assert isinstance(item, ReadFailure)
    assert str(item.error).startswith("the page cannot be fetched: ")
