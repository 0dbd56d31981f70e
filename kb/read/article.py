"""Make an :class:`Article` from the fields a file gives: its key, its date, its title, its body."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlsplit

from kb.errors import ReadError
from kb.model import Article
from kb.read.clean import mask
from kb.read.language import language_of

LONGEST_TITLE = 300
"""Characters; a longer first line is a paragraph, and its beginning stands in for a title."""

LONGEST_ARTICLE = 500_000
"""Characters, some 80,000 words: twice the longest transcripts that governments publish. Time and
memory grow with the length, and who "he" is gets lost in a book."""

_ZONE_APART = re.compile(r"(?<=\d) +([+-]\d\d:?\d\d)$")
"""A time zone behind a blank, as blog generators write it; only ISO dates are touched."""

_NO_ADDRESSES = ("data", "javascript", "vbscript")
"""Schemes of what is run or shown by whoever follows a link to it."""

_NOT_IN_IRIS = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff\ufffd]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def article_key(
    title: str,
    text: str,
    *,
    url: str | None = None,
    source: str | None = None,
    id_: str | None = None,
) -> str:
    """What names an article for good: its URL, else source and id, else a digest of its text.

    The digest is the SHA-256 of title, NUL and text. Source and id are percent-encoded, so that
    no two pairs of them share a key.
    """
    if url:
        return url
    if source and id_:
        return f"source:{quote(source, safe='')}/{quote(id_, safe='')}"
    return "sha256:" + hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()


def plain_article(
    text: str, name: str, *, published: date | None, source: str | None, origin: str
) -> Article:
    """An article from plain text: the first line is its title and stays part of the text.

    ``name`` (the file's stem) becomes the id but not the key: a file name is no property of the
    article, and the same text under two names is one article.
    """
    text = normalise(text)
    body = mask(text)
    title = _first_line(body)
    if not title:
        raise ReadError(
            "the article is empty", hint="Nothing but blanks and boilerplate was found."
        )
    return Article(
        key=article_key(title, text),
        id=normalise(name),
        title=title,
        text=_not_too_long(text),
        body=body,
        published=_not_in_the_future(published),
        source=source,
        language=language_of(body),
        origin=origin,
    )


def record_article(
    record: Mapping[str, Any],
    *,
    published: date | None,
    source: str | None,
    origin: str,
    name: str | None = None,
    body_of: Callable[[str], str] = mask,
) -> Article:
    """An article from its fields; ``published`` and ``source`` fill what they lack.

    Keys read: ``text`` (required), ``title``, ``id``, ``url``, ``published`` or ``date``,
    ``source`` or ``outlet``, ``language`` or ``lang``; others are ignored. ``name`` is the id of
    an article that has none. ``body_of`` blanks what is no prose, character for character.

    Raises :class:`ReadError` for a value that cannot be meant: a text that is no string, a day
    that is not in the calendar or has not come, a relative URL.
    """
    text = _not_too_long(normalise(_string(record, "text") or ""))
    if not text.strip():
        raise ReadError("the record has no text", hint='Every record needs a "text".')
    body = body_of(text)
    title = _visible(_string(record, "title") or "") or _first_line(body)
    url = _iri(_string(record, "url"))
    id_ = _string(record, "id")
    source = _visible(_string(record, "source", "outlet") or "") or source
    key = article_key(title, text, url=url, source=source, id_=id_)
    day = parse_day(_string(record, "published", "date")) or published
    return Article(
        key=key,
        id=id_ or name or key,
        title=title,
        text=text,
        body=body,
        published=_not_in_the_future(day),
        source=source,
        url=url,
        language=language_of(body, record.get("language") or record.get("lang")),
        origin=origin,
    )


def parse_day(value: str | None) -> date | None:
    """The calendar day of an ISO 8601 or RFC 2822 date or time, in the time zone it is given in.

    ``None`` and blanks give ``None``; anything else that names no single day raises
    :class:`ReadError`. Nothing is guessed: "03/04/2016" and "2016-03" are refused.
    """
    value = _ZONE_APART.sub(r"\1", (value or "").strip())
    if not value:
        return None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(value).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    raise ReadError(
        f"the publication date {value[:40]!r} is no day of the calendar",
        hint="Write it as YYYY-MM-DD, or leave it out.",
    )


def in_the_future(day: date) -> bool:
    """Whether a day has not yet begun anywhere: the earliest time zone is a day ahead of UTC's."""
    return day > datetime.now(UTC).date() + timedelta(days=1)


def _not_in_the_future(day: date | None) -> date | None:
    """The day itself.

    An article of tomorrow is refused rather than stored without its day: what is stored must not
    depend on when it was read, and the wrong day would give all the days that the text names a
    wrong year.
    """
    if day is not None and in_the_future(day):
        raise ReadError(
            f"the publication date {day} lies in the future",
            hint="Correct it, or leave it out.",
        )
    return day


def _not_too_long(text: str) -> str:
    if len(text) > LONGEST_ARTICLE:
        raise ReadError(
            f"the article has {len(text):,} characters, more than the {LONGEST_ARTICLE:,} "
            "that are read of one",
            hint="Split it into its parts.",
        )
    return text


def normalise(text: str) -> str:
    """``text`` with line feeds for line ends; what no file or store can hold becomes U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _visible(text: str) -> str:
    """One line without control characters and marks of direction or joining, which could turn the
    line that a title is printed in, and keep a name from being found."""
    kinds = ((char, unicodedata.category(char)) for char in text)
    shown = "".join(" " if kind == "Cc" else char for char, kind in kinds if kind != "Cf")
    return " ".join(shown.split())


def _string(record: Mapping[str, Any], *keys: str) -> str | None:
    """The first of ``keys`` that has a value, as text without surrounding blanks (but the text)."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and key == "id":
            return str(value)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise ReadError(f'"{key}" is {_json_type(value)}, not text')
        if key == "text":
            return value
        if value.strip():
            return normalise(value.strip())
    return None


def _json_type(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "an object")


def _iri(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    absolute = parts.scheme and (parts.netloc or parts.path)
    if not absolute or parts.scheme in _NO_ADDRESSES:
        raise ReadError(
            f"the url {url[:80]!r} is no absolute address",
            hint='It should begin with "https://"; leave it out if there is none.',
        )
    return _NOT_IN_IRIS.sub(lambda match: quote(match.group(), errors="replace"), url)


def _first_line(body: str) -> str:
    line = _visible(body.lstrip().partition("\n")[0])
    if len(line) <= LONGEST_TITLE:
        return line
    return line[: LONGEST_TITLE - 1].rpartition(" ")[0] + "…"
