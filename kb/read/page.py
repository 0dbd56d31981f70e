"""A web page to the fields of an article; trafilatura tells the article from what is around it."""

from __future__ import annotations

import json
import logging
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from kb.errors import ReadError
from kb.read.article import parse_day
from kb.read.clean import visible
from kb.read.text import refuse_markup

LONGEST_PAGE = 10_000_000
"""Characters; no page that somebody reads is longer."""

_HTML = re.compile(
    # as for feeds: one way only
    r"(?>\s+|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.I)

_STOP = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?:\s|$)|[。！？]")
_FEWEST_WORDS, _FEWEST_CHARACTERS = 6, 30


def looks_like_page(head: str) -> bool:
    """Whether a text begins as HTML does."""
    return _HTML.match(head) is not None


def declared_encoding(head: bytes) -> str | None:
    """The encoding that the first bytes of HTML or XML name."""
    found = _XML_ENCODING.match(head.lstrip()) or _CHARSET.search(head)
    return found[1].decode("ascii") if found else None


def page_record(html: str, url: str | None = None) -> dict[str, Any]:
    """Title, text, source, day of publication and canonical address of the article on a page.

    ``url`` is where the page was found. Raises :class:`ReadError` where there is no article.
    """
    if len(html) > LONGEST_PAGE:
        raise ReadError(
            f"the page is longer than {LONGEST_PAGE:,} characters",
            hint="Save its text as plain text, the title in the first line.",
        )
    refuse_markup(html)
    from trafilatura import bare_extraction, load_html

    for name in ("trafilatura", "htmldate", "readability"):
        logging.getLogger(name).addHandler(logging.NullHandler())  # what fails is told below
    try:
        tree = load_html(html)
        found = tree is not None and bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            config=_config(),
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # of a library that is fed with whatever is on the web
        raise ReadError(f"the page cannot be read ({type(error).__name__})") from error
    if (
        not found
        or isinstance(found, dict)
        or not any(map(_is_prose, (found.text or "").split("\n")))
    ):
        raise ReadError(
            "no article was found on this page",
            hint="Save its text as plain text, the title in the first line.",
        )
    address = _article_address(found.url) or _article_address(url)
    return {
        "title": found.title,
        "text": visible(found.text or ""),
        "source": found.sitename or found.hostname,
        "url": address,
        "published": _published(tree),
    }


@cache
def _config() -> Any:
    """The settings of trafilatura, but that a short item is taken as it was found: else its
    paragraphs are run together with the captions and whatever is around it."""
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "60")
    return config


def _is_prose(line: str) -> bool:
    """Whether a line has a sentence, as menus and forms have not. Chinese has no blanks."""
    long = len(line.split()) >= _FEWEST_WORDS or len(line) >= _FEWEST_CHARACTERS
    return long and _STOP.search(line) is not None


def _article_address(url: str | None) -> str | None:
    """An absolute address that is not that of a whole site, which some pages call canonical."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    named = parts.path.strip("/") or parts.query
    return url if parts.scheme in ("http", "https") and parts.netloc and named else None


def _published(tree: Any) -> str | None:
    """The day of publication that the page's own description of itself gives."""
    told = dict(_meta(tree))
    candidates = [*_linked_data(tree), *(told[n] for n in _names()["published"] if n in told)]
    candidates += tree.xpath('//time[@itemprop="datePublished" or @pubdate]/@datetime')
    for value in candidates:
        try:
            return str(parse_day(value) or "") or None
        except ReadError:  # the page is no form that somebody filled in: the next may be better
            continue
    return None


def _meta(tree: Any) -> Iterator[tuple[str, str]]:
    for element in reversed(tree.xpath("//meta[@content]")):
        for attribute in ("name", "property", "itemprop"):
            if name := element.get(attribute):
                yield name.strip().lower(), element.get("content")


def _linked_data(tree: Any) -> Iterator[str]:
    """``datePublished`` of the articles that a page describes in JSON-LD, in their order."""
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            todo = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while todo:
            value = todo.pop(0)
            if isinstance(value, list):
                todo += value
            elif isinstance(value, dict):
                kinds = value.get("@type")
                each = kinds if isinstance(kinds, list) else [kinds]
                day = value.get("datePublished")
                if isinstance(day, str) and any(str(k).endswith(_articles()) for k in each):
                    yield day
                todo += [value[key] for key in ("@graph", "mainEntity") if key in value]


def _articles() -> tuple[str, ...]:
    return tuple(_names()["articles"])


@cache
def _names() -> dict[str, list[str]]:
    raw = (files("kb.read") / "data" / "pages.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)
