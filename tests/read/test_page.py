"""Web pages: the article, not what is around it; the day that the page gives, not a guess."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.model import Article
from kb.read import ReadFailure, read_paths

ARTICLE = """
<article><h1>Ministers meet in Bonn</h1>
<p>Foreign Minister Anna Lee met her colleague Bo Chan in Bonn on Friday, she&nbsp;said.</p>
<p>They spoke of trade &amp; travel for <b>two</b> hours.</p>
<figure><img src="x.jpg"><figcaption>Anna Lee at a desk</figcaption></figure>
<blockquote>“We co\u00adoperate on most points,” Bo\u200e Chan said.</blockquote></article>
"""
AROUND = """<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>{}
<aside>Read more: <a href="/x">Another story</a></aside><footer>Copyright 2021 Gazette</footer>"""


def page(head: str = "", body: str = ARTICLE) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Ministers meet in Bonn | Gazette</title>{head}</head>"
        f"<body>{AROUND.format(body)}</body></html>"
    )


def read(path: Path, data: str | bytes) -> Article | ReadFailure:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    [item] = read_paths([path])
    return item


def test_a_saved_page(tmp_path: Path) -> None:
    head = """<meta property="og:site_name" content="Bonn Gazette">
    <link rel="canonical" href="https://gazette.example/2017/meet">
    <meta property="article:published_time" content="2017-02-17T23:30:00+01:00">"""
    article = read(tmp_path / "saved.html", page(head))
    assert isinstance(article, Article)
    assert article.title == "Ministers meet in Bonn"
    assert article.text.split("\n")[-3:] == [
        "Foreign Minister Anna Lee met her colleague Bo Chan in Bonn on Friday, she said.",
        "They spoke of trade & travel for two hours.",
        "“We cooperate on most points,” Bo Chan said.",
    ]
    assert (article.published, article.source) == (date(2017, 2, 17), "Bonn Gazette")
    assert article.key == article.url == "https://gazette.example/2017/meet"
    assert len(article.body) == len(article.text)


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.txt", "unknown", "a.xhtml"])
def test_a_page_is_known_by_what_it_is(tmp_path: Path, name: str) -> None:
    article = read(tmp_path / name, page())
    assert isinstance(article, Article)
    assert article.title == "Ministers meet in Bonn"


JSON_LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta name="date" content="2017-02-17">', "2017-02-17"),
        ('<meta itemprop="datePublished" content="2017-02-17T08:00Z">', "2017-02-17"),
        (
            JSON_LD.format('{"@type": "NewsArticle", "datePublished": "2017-02-17"}'),
            "2017-02-17",
        ),
        (
            JSON_LD.format(
                '{"@graph": [{"@type": "Person"}, {"@type": ["NewsArticle"], '
                '"datePublished": "2017-02-17T01:00:00Z", "dateModified": "2019-01-01"}]}'
            ),
            "2017-02-17",
        ),
        ('<meta name="date" content="2017-13-45"><meta name="pubdate" content="2017-02-17">',
         "2017-02-17"),
        ("", None),  # a copyright, a day in the text or the address is no day of publication
        ('<meta property="article:modified_time" content="2019-01-01">', None),
        ('<link rel="canonical" href="https://gazette.example/2017/02/17/meet">', None),
        (JSON_LD.format('{"@type": "VideoObject", "datePublished": "2016-01-01"}'), None),
        (JSON_LD.format("{broken"), None),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_never_guessed(
    tmp_path: Path, head: str, day: str | None
) -> None:
    article = read(tmp_path / "a.html", page(head))
    assert isinstance(article, Article)
    assert article.published == (date.fromisoformat(day) if day else None)


def test_the_front_page_of_a_site_is_not_the_address_of_an_article(tmp_path: Path) -> None:
    """Some pages call it canonical; then all of their articles would be one."""
    head = '<link rel="canonical" href="https://gazette.example/">'
    article = read(tmp_path / "a.html", page(head))
    assert isinstance(article, Article)
    assert article.url is None
    assert article.key.startswith("sha256:")


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><body><script>alert(1)</script></body></html>",
        "<!doctype html><title>Sign in</title><form><input></form><p>Please sign in.</p>",
        "<html><body>" + AROUND.format("") + "</body></html>",
        "<html><body>" + "<div>" * 20_000,
    ],
)
def test_a_page_without_an_article_is_refused(tmp_path: Path, html: str) -> None:
    item = read(tmp_path / "a.html", html)
    assert isinstance(item, ReadFailure)
    assert str(item.error) == "no article was found on this page"


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("koi8-r", '<meta charset="koi8-r">'),
        ("cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-16", '<meta charset="utf-16">'),
        ("utf-8-sig", ""),
    ],
)
def test_the_encoding_that_a_page_names(tmp_path: Path, encoding: str, meta: str) -> None:
    words = "Министр иностранных дел встретился в пятницу с послом Франции и обсудил положение."
    article = read(tmp_path / "a.html", page(meta, f"<p>{words}</p>").encode(encoding))
    assert isinstance(article, Article)
    assert words in article.text
    assert article.language == "ru"
