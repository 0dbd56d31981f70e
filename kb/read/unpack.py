"""Streams of bytes made readable: gzip unpacked, UTF-16 and UTF-32 put into UTF-8, as they come."""

from __future__ import annotations

import codecs
import gzip
import io
from typing import BinaryIO, cast

from kb.errors import ReadError
from kb.read.encoding import wide

HEAD = 4096
"""Bytes looked at to tell what a stream is."""

HIGHEST_RATIO = 500
_UNSUSPICIOUS = 20_000_000
"""Text shrinks to a fifth in gzip, the same article over and over to a hundredth. What swells more
than this, beyond that many bytes, was made to fill a memory or a disk."""

_CHUNK = 1 << 16


def unpacked(raw: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream and a stream that still begins with them (pipes cannot seek):
    without gzip, and in UTF-8 if it was in UTF-16 or UTF-32. Reading on raises ``EOFError``,
    ``zlib.error`` or ``BadGzipFile`` where the gzip data ends or breaks, and ``ReadError``."""
    head, stream = _peek(raw)
    if head.startswith(b"\x1f\x8b"):
        head, stream = _peek(gunzipped(stream))
        if head.startswith(b"\x1f\x8b"):
            raise ReadError("this is gzip data within gzip data", hint="Unpack it once: gunzip.")
    if encoding := wide(head):
        head, stream = _peek(cast(BinaryIO, _Recoded(stream, encoding)))
    return head, stream


def _peek(raw: BinaryIO) -> tuple[bytes, BinaryIO]:
    head = b""
    while len(head) < HEAD and (more := raw.read(HEAD - len(head))):
        head += more
    return head, cast(BinaryIO, io.BufferedReader(_Rejoined(head, raw), _CHUNK))


def gunzipped(raw: BinaryIO) -> BinaryIO:
    """Gzip data unpacked as it is read, which raises as :func:`unpacked` does."""
    return cast(BinaryIO, _Gunzipped(raw))


class _Readable(io.RawIOBase):
    """A stream of which only :meth:`take` is to be written."""

    def readable(self) -> bool:
        return True

    def take(self, size: int) -> bytes:
        """At most ``size`` bytes; none at the end."""
        raise NotImplementedError

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self.take(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Rejoined(_Readable):
    """Bytes that were taken from a stream, and the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def take(self, size: int) -> bytes:
        data = self._head[:size] or self._rest.read(size)
        self._head = self._head[size:]
        return data


class _Counted(_Readable):
    """A stream that knows how much was taken from it."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw, self.taken = raw, 0

    def take(self, size: int) -> bytes:
        data = self._raw.read(size)
        self.taken += len(data)
        return data


class _Gunzipped(_Readable):
    """Gzip data unpacked, as long as it does not swell like a bomb."""

    def __init__(self, raw: BinaryIO) -> None:
        self._packed = _Counted(raw)
        self._gzip = gzip.GzipFile(fileobj=cast(BinaryIO, self._packed))
        self._given = 0

    def take(self, size: int) -> bytes:
        data = self._gzip.read(size)
        self._given += len(data)
        if self._given > max(_UNSUSPICIOUS, HIGHEST_RATIO * self._packed.taken):
            raise ReadError(
                f"the gzip data swells to more than {HIGHEST_RATIO} times its size",
                hint="If it is what it should be, unpack it first: gunzip.",
            )
        return data


class _Recoded(_Readable):
    """Text of another encoding as UTF-8."""

    def __init__(self, raw: BinaryIO, encoding: str) -> None:
        self._raw, self._encoding = raw, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""

    def take(self, size: int) -> bytes:
        while not self._ready:
            data = self._raw.read(_CHUNK)
            try:
                text = self._decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                raise ReadError(f"the text is not in {self._encoding} throughout") from error
            self._ready = text.encode("utf-8", "surrogatepass")
            if not data:
                break
        data, self._ready = self._ready[:size], self._ready[size:]
        return data
