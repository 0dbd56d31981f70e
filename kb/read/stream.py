"""One stream of bytes to articles: unpack, tell the form, read its records."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, cast

from kb.errors import ReadError
from kb.model import Article
from kb.read.article import plain_article, record_article
from kb.read.jsonl import (
    LONGEST_RECORD,
    Record,
    looks_like_array,
    looks_like_object,
    read_array,
    read_lines,
    read_object,
)
from kb.read.text import decode, is_utf16, refuse_binary

_HEAD = 4096
"""Bytes looked at to tell what a stream is."""


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """One file or one record that could not be read; ``where`` is ``path`` or ``path:line``."""

    where: str
    error: ReadError


@dataclass(frozen=True, slots=True)
class Defaults:
    """What fills the gaps of the articles of one run, and what that run has seen."""

    published: date | None = None
    source: str | None = None
    seen: dict[bytes, bytes] = field(default_factory=dict)
    """Digest of an article's identity → digest of its text, 8 bytes each."""


def read_stream(
    raw: BinaryIO, defaults: Defaults, *, where: str, name: str, suffix: str = ""
) -> Iterator[Article | ReadFailure]:
    """The articles of a stream. ``where`` is for messages, ``name`` becomes a plain text's id.

    ``suffix`` (".txt", ".jsonl") tells the form; for any other the content does.
    """
    last = ""
    try:
        head, stream = _peek(raw)
        if head.startswith(b"\x1f\x8b"):
            head, stream = _peek(cast(BinaryIO, gzip.GzipFile(fileobj=stream)))
        if not head.strip():
            raise ReadError("the file is empty")
        refuse_binary(head)
        if is_utf16(head):
            text = decode(_read_all(stream))
            head, stream = _peek(io.BytesIO(text.encode("utf-8", "surrogatepass")))
        records = _records(head, stream, suffix)
        if records is None:
            text = decode(_read_all(stream))
            yield plain_article(
                text, name, published=defaults.published, source=defaults.source, origin=where
            )
            return
        for record in records:
            last = f"{where}:{record.line}"
            yield _from_record(record, last, defaults)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = "cut off" if isinstance(error, EOFError) else "damaged"
        hint = f"Everything up to {last} was read." if last else None
        yield ReadFailure(where, ReadError(f"the gzip data is {reason}", hint=hint))
    except ReadError as error:
        yield ReadFailure(where, error)


def _records(head: bytes, stream: BinaryIO, suffix: str) -> Iterator[Record] | None:
    """The records of a JSON stream; ``None`` for plain text."""
    if suffix == ".txt":
        return None
    if looks_like_array(head):
        return read_array(stream)
    if suffix in (".jsonl", ".ndjson"):
        return read_lines(stream)
    if suffix == ".json" or looks_like_object(head):
        return read_object(stream)
    return None


def _from_record(record: Record, origin: str, defaults: Defaults) -> Article | ReadFailure:
    if isinstance(record.value, ReadError):
        return ReadFailure(origin, record.value)
    try:
        article = record_article(
            record.value, published=defaults.published, source=defaults.source, origin=origin
        )
    except ReadError as error:
        return ReadFailure(origin, error)
    # Without URL and source the key is a digest, and the id holds within its file only.
    by_id = article.key.startswith("sha256:") and article.id != article.key
    identity = f"{origin.rpartition(':')[0]}\0{article.id}" if by_id else article.key
    digest = _digest(f"{article.title}\0{article.text}")
    if defaults.seen.setdefault(_digest(identity), digest) != digest:
        return ReadFailure(
            origin,
            ReadError(
                f"another article is already called {article.id if by_id else article.key}",
                hint="The first one was taken. Give each article an id or a url of its own.",
            ),
        )
    return article


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _read_all(stream: BinaryIO) -> bytes:
    data = stream.read(LONGEST_RECORD + 1)
    if len(data) > LONGEST_RECORD:
        raise ReadError(
            f"the file is longer than {LONGEST_RECORD:,} bytes",
            hint="Put many articles into JSON Lines in UTF-8, one on each line.",
        )
    return data


def _peek(raw: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and a stream that still begins with them (pipes cannot seek)."""
    head = b""
    while len(head) < _HEAD and (more := raw.read(_HEAD - len(head))):
        head += more
    return head, cast(BinaryIO, io.BufferedReader(_Rejoined(head, raw), 1 << 16))


class _Rejoined(io.RawIOBase):
    """Bytes that were taken from a stream, and the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
