"""RSS and Atom to the fields of articles, entry by entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb.errors import ReadError
from kb.read.article import parse_day
from kb.read.clean import visible
from kb.read.text import refuse_markup
from kb.read.web import is_address

_FEED = re.compile(
    # what stands before is matched in one way only, else a row of comments takes for ever
    r"(?>\s+|<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*+"
    r"<(?:rss|feed|rdf:RDF|\w+:feed)\b",
    re.DOTALL,
)
_ENTITY = re.compile(r"<!ENTITY\b")
_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")

_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
"""Elements of HTML that begin and end a line."""

_NO_TEXT = frozenset(
    [
        "audio",
        "button",
        "figcaption",
        "form",
        "iframe",
        "noscript",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "video",
    ]
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed, counted from 1: the fields of an article, or what is wrong with it.

    ``whole`` tells that the text is the article's, not a summary; ``day_of_change`` that the day
    of publication is that of the last change, as the entry has no other.
    """

    number: int
    value: dict[str, Any] | ReadError
    whole: bool = False
    day_of_change: bool = False


def looks_like_feed(head: str) -> bool:
    """Whether a text begins as RSS or Atom does."""
    return _FEED.match(head) is not None


def read_feed(xml: str, url: str | None = None) -> Iterator[Entry]:
    """The entries of a feed; ``url`` is where it was found. Of one that is cut off or broken, the
    entries that are whole, and then what is wrong."""
    import feedparser

    if _ENTITY.search(xml):
        raise ReadError("the feed defines entities of its own, which are not read")
    xml = re.sub(r"^\s*<\?xml[^>]*>", "", xml)  # its encoding was that of the bytes
    headers = {"content-type": "application/xml; charset=utf-8"}
    if url:
        headers["content-location"] = url
    try:
        found = feedparser.parse(io.BytesIO(xml.encode()), response_headers=headers)
    except Exception as error:  # of a library that is fed with whatever is on the web
        raise ReadError(f"the feed cannot be read ({type(error).__name__})") from error
    version = found.get("version", "")
    if not version and not found.entries:
        raise ReadError("this is XML, but neither RSS nor Atom")
    broken = getattr(found.get("bozo_exception"), "getLineNumber", None)
    entries = found.entries[: len(_END.findall(xml))] if broken else found.entries
    for number, entry in enumerate(entries, 1):
        yield _entry(number, entry, found.feed.get("title"), version.startswith("atom"))
    if broken:
        reason = str(found.bozo_exception.getMessage())
        yield Entry(len(entries) + 1, ReadError(f"the feed is broken in line {broken()}: {reason}"))


def _entry(number: int, entry: Any, feed: str | None, is_atom: bool) -> Entry:
    link = entry.get("link")
    try:
        contents = [_text(content) for content in entry.get("content", ())]
        whole = max(contents, key=len, default="")
        text = whole or _text(entry.get("summary_detail"))
        title = _text(entry.get("title_detail"))
        day, changed = _day(entry)
    except ReadError as error:
        return Entry(number, error)
    record = {
        "title": title,
        "text": visible(text),
        "url": link if link and is_address(link) else None,
        "id": entry.get("id"),
        "source": entry.get("source", {}).get("title") or feed,
        "published": day,
    }
    return Entry(number, record, bool(whole), changed and is_atom)


def _day(entry: Any) -> tuple[str | None, bool]:
    """The day of publication, and whether it is that of the last change for want of another.

    What the feed wrote is read, not what feedparser makes of it: it knows a thirteenth month.
    """
    for changed, key in ((False, "published"), (True, "updated")):
        if key in entry and (day := parse_day(entry[key])):
            return day.isoformat(), changed
    return None, False


def _text(detail: Any) -> str:
    """The text of a construct of a feed, its paragraphs on lines of their own."""
    value = (detail or {}).get("value") or ""
    if not value.strip() or detail.get("type") == "text/plain":
        return str(value.strip())
    return html_text(value)


def html_text(html: str) -> str:
    """The text of a piece of HTML: a line for each paragraph, item or cell. Raises
    :class:`ReadError` where it has too many tags."""
    from lxml import etree
    from lxml import html as parser

    refuse_markup(html)
    try:
        root = parser.fragment_fromstring(html, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and tag not in _NO_TEXT:
            pieces.append("\n" if tag in _BREAKS else "")
            if not any(parent.tag in _NO_TEXT for parent in element.iterancestors()):
                pieces.append(_folded(element.text))
        elif event != "start":
            pieces.append("\n" if tag in _BREAKS else "")
            if not any(parent.tag in _NO_TEXT for parent in element.iterancestors()):
                pieces.append(_folded(element.tail))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _folded(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", " ")
