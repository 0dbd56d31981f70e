"""One stream of bytes to articles: unpack, tell the form, read its records."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from kb.errors import ReadError
from kb.model import Article
from kb.read.article import normalise, plain_article, record_article
from kb.read.clean import mask
from kb.read.encoding import decode
from kb.read.feed import read_feed
from kb.read.form import TABLES, Form, form_of
from kb.read.jsonl import LONGEST_RECORD, Record, read_array, read_lines, read_object
from kb.read.markdown import markdown_record
from kb.read.page import declared_encoding, page_record
from kb.read.reach import Reach
from kb.read.text import refuse_binary
from kb.read.unpack import unpacked
from kb.read.web import fetch

MOST_FETCHED = 1000
"""Pages that are fetched for one feed; no feed announces so many."""

_RECORDS: dict[Form, Callable[[BinaryIO], Iterator[Record]]] = {
    "lines": read_lines,
    "array": read_array,
    "object": read_object,
}


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """One file or one record that could not be read; ``where`` is ``path`` or ``path:line``."""

    where: str
    error: ReadError


@dataclass(frozen=True, slots=True)
class Run:
    """What holds for all that is read in one run, and what that run has seen.

    ``published`` and ``source`` fill gaps; ``fetch`` allows for reading the pages behind the
    summaries of feeds; ``tell`` is given a sentence for what was taken for granted.
    """

    published: date | None = None
    source: str | None = None
    fetch: bool = False
    tell: Callable[[str], object] = lambda _: None
    seen: dict[bytes, bytes] = field(default_factory=dict)
    """Digest of an article's identity → digest of its text, 8 bytes each."""

    told: set[str] = field(default_factory=set)

    def say(self, sentence: str) -> None:
        """Tell something once."""
        if sentence not in self.told:
            self.told.add(sentence)
            self.tell(sentence)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stream comes from: ``where`` for messages; ``name`` (a file's stem) for the id of
    an article without one; ``suffix`` (".txt") and ``charset`` as far as they are known; the
    ``url`` of what came from the web, and whom its links may ``reach``."""

    where: str
    name: str
    suffix: str = ""
    charset: str | None = None
    url: str | None = None
    reach: Reach = field(default_factory=Reach)


def read_stream(raw: BinaryIO, run: Run, origin: Origin) -> Iterator[Article | ReadFailure]:
    """The articles of a stream, and what could not be read."""
    where, last = origin.where, ""
    try:
        head, stream = unpacked(raw)
        if not head.strip(b" \t\r\n\f\v\xef\xbb\xbf"):
            raise ReadError("the file is empty")
        refuse_binary(head)
        if origin.suffix in TABLES:
            raise ReadError(
                "this is a table, not an article",
                hint="Make JSON Lines of it: a line for each row, the columns as keys.",
            )
        form = form_of(head, origin.suffix)
        if form in _RECORDS:
            for record in _RECORDS[form](stream):
                last = f"{where}:{record.line}"
                _say_encoding(record.guessed, run, where)
                yield _from_fields(record.value, run, last, within=where)
        elif form == "feed":
            text = _text(stream, run, origin, declared_encoding(head))
            yield from _from_feed(text, run, origin)
        else:
            yield _single(form, stream, head, run, origin)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = "cut off" if isinstance(error, EOFError) else "damaged"
        hint = f"Everything up to {last} was read." if last else None
        yield ReadFailure(where, ReadError(f"the gzip data is {reason}", hint=hint))
    except ReadError as error:
        yield ReadFailure(where, error)


def _single(
    form: Form, stream: BinaryIO, head: bytes, run: Run, origin: Origin
) -> Article | ReadFailure:
    """The one article of a text, a Markdown file or a page."""
    where, name = origin.where, normalise(origin.name)
    if form == "page":
        html = _text(stream, run, origin, declared_encoding(head))
        return _from_fields(page_record(html, origin.url), run, where, name=name)
    text = _text(stream, run, origin)
    if form == "markdown":
        fields, body_of = markdown_record(normalise(text))
        return _from_fields(fields, run, where, name=name, body_of=body_of)
    return plain_article(text, name, published=run.published, source=run.source, origin=where)


def _from_feed(xml: str, run: Run, origin: Origin) -> Iterator[Article | ReadFailure]:
    summaries = fetched = 0
    for entry in read_feed(xml, origin.url):
        where = f"{origin.where}, entry {entry.number}"
        value = entry.value
        linked = isinstance(value, dict) and not entry.whole and run.fetch and value["url"]
        if linked and fetched == MOST_FETCHED:
            linked = False
            run.say(f"{origin.where}: the pages of its first {MOST_FETCHED:,} entries are fetched, "
                    "no more.")  # fmt: skip
        if linked and isinstance(value, dict):
            fetched += 1
            value = _linked(value, run, origin.reach)
        elif isinstance(value, dict) and not entry.whole:
            summaries += 1
            if not value["text"]:
                value = ReadError("the entry has no text", hint="--fetch reads the page it links.")
        if entry.day_of_change:
            run.say(f"{origin.where}: entries without a day of publication have that of their "
                    "last change.")  # fmt: skip
        yield _from_fields(value, run, where, within=origin.where)
    if summaries:
        noun = "entry has" if summaries == 1 else "entries have"
        run.say(f"{origin.where}: {summaries} {noun} a summary only (--fetch reads the pages).")


def _linked(entry: dict[str, Any], run: Run, reach: Reach) -> dict[str, Any] | ReadError:
    """The fields of the page that an entry links; what the page lacks, the entry gives."""
    try:
        found = fetch(entry["url"], reach)
        refuse_binary(found.data[:4096])
        declared = found.charset or declared_encoding(found.data[:4096])
        decoded = decode(found.data, declared)
        _say_encoding(decoded.guessed, run, found.url)
        page = page_record(decoded.text, found.url)
    except ReadError as error:
        return ReadError(f"{entry['url']}: {error.message}", error.hint)
    told = {key: value for key, value in page.items() if value}
    return {**entry, **told, "source": entry["source"] or page["source"]}


def _text(stream: BinaryIO, run: Run, origin: Origin, declared: str | None = None) -> str:
    data = stream.read(LONGEST_RECORD + 1)
    if len(data) > LONGEST_RECORD:
        raise ReadError(
            f"the file is longer than {LONGEST_RECORD:,} bytes, which no article is",
            hint="Put many articles into JSON Lines, one on each line.",
        )
    decoded = decode(data, origin.charset or declared)
    _say_encoding(decoded.guessed, run, origin.where)
    return decoded.text


def _say_encoding(guessed: str | None, run: Run, where: str) -> None:
    if guessed:
        run.say(f"{where}: this is not UTF-8; it was read as {guessed}.")


def _from_fields(
    fields: Mapping[str, Any] | ReadError,
    run: Run,
    where: str,
    *,
    within: str | None = None,
    name: str | None = None,
    body_of: Callable[[str], str] = mask,
) -> Article | ReadFailure:
    """An article from its fields, unless another article has its name.

    ``within`` is the file whose articles are told apart by ids where they have no source.
    """
    if isinstance(fields, ReadError):
        return ReadFailure(where, fields)
    try:
        article = record_article(
            fields,
            published=run.published,
            source=run.source,
            origin=where,
            name=name,
            body_of=body_of,
        )
    except ReadError as error:
        return ReadFailure(where, error)
    # Without URL and source the key is a digest, and the id holds within its file only.
    by_id = within is not None and article.key.startswith("sha256:") and article.id != article.key
    identity = f"{within}\0{article.id}" if by_id else article.key
    digest = _digest(f"{article.title}\0{article.text}")
    if run.seen.setdefault(_digest(identity), digest) != digest:
        return ReadFailure(
            where,
            ReadError(
                f"another article is already called {article.id if by_id else article.key}",
                hint="The first one was taken. Give each article an id or a url of its own.",
            ),
        )
    return article


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
