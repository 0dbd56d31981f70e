"""Bytes to text: encodings, and what is no text at all."""

from __future__ import annotations

import codecs

from kb.errors import ReadError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"BZh": "bzip2 data",
    b"\xfd7zXZ": "xz data",
    b"\x28\xb5\x2f\xfd": "zstd data",
}


def is_utf16(head: bytes) -> bool:
    """Whether the first bytes are the byte order mark of UTF-16."""
    return head.startswith(_UTF16) and not head.startswith(_UTF32)


def decode(data: bytes) -> str:
    """The text of UTF-8 (with or without byte order mark) or of UTF-16 with its mark.

    Raises :class:`ReadError` for any other encoding: guessing one would garble names silently.
    """
    try:
        if is_utf16(data):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"the text is not UTF-8 (byte {error.start + 1})",
            hint="Convert it first: iconv -f WINDOWS-1252 -t UTF-8",
        ) from error


def refuse_binary(head: bytes) -> None:
    """Raise :class:`ReadError` if the first bytes of a file are not those of a text."""
    for signature, name in _SIGNATURES.items():
        if head.startswith(signature):
            raise ReadError(f"this is {name}, not text", hint=_READABLE)
    if head.startswith(_UTF32) or (b"\x00" in head and not is_utf16(head)):
        raise ReadError("this is binary data, not text", hint=_READABLE)
    if (
        head.lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:14]
        .lower()
        .startswith((b"<!doctype html", b"<html", b"<?xml", b"<rss"))
    ):
        raise ReadError("this is a web page or a feed, not plain text", hint=_READABLE)


_READABLE = "Plain text (first line the title) and JSON Lines can be read, gzipped or not."
