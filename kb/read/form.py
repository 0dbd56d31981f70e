"""What form a stream has: its first bytes tell where they can, else the suffix does."""

from __future__ import annotations

from typing import Literal

from kb.read.feed import looks_like_feed
from kb.read.jsonl import looks_like_array, looks_like_object
from kb.read.markdown import looks_like_front_matter
from kb.read.page import looks_like_page

Form = Literal["text", "markdown", "lines", "array", "object", "page", "feed"]

_BY_SUFFIX: dict[str, Form] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "object",
}
TABLES = (".csv", ".tsv")
SUFFIXES = tuple(_BY_SUFFIX)
"""What is taken from a directory, each also with ``.gz`` after it."""

_BY_KIND = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/json": ".json",
    "text/markdown": ".md",
}


def form_of(head: bytes, suffix: str = "") -> Form:
    """The form of a stream that begins with ``head``, in UTF-8 or what ASCII is a part of.

    A text file that begins as a web page does is one; one that begins with a brace is a text.
    """
    text = head.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    by_suffix = _BY_SUFFIX.get(suffix)
    if looks_like_page(text):
        return "page"
    if looks_like_feed(text) or (by_suffix is None and text.lstrip().startswith("<?xml")):
        return "feed"
    if by_suffix in ("lines", "object", None) and looks_like_array(head):
        return "array"
    if by_suffix is not None:
        return by_suffix
    if looks_like_object(head):
        return "object"
    return "markdown" if looks_like_front_matter(text) else "text"


def suffix_of_kind(kind: str) -> str:
    """The suffix that files of an internet media type have; empty for those of no use here."""
    return _BY_KIND.get(kind, "")
