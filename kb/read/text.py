"""What is no text at all, by its first bytes, and what is nothing but markup."""

from __future__ import annotations

from kb.errors import ReadError

_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"BZh": "bzip2 data",
    b"\xfd7zXZ": "xz data",
    b"\x28\xb5\x2f\xfd": "zstd data",
}
_READABLE = (
    "Plain text (the title in the first line), Markdown, JSON, web pages and feeds can be read, "
    "gzipped or not."
)

_BLANKS = b"\t\n\r\f\v\x1b"
_MOST_CONTROLS = 0.1


MOST_TAGS = 100_000
"""Tags of one page, or of one entry of a feed: a long page has a tenth of that. What libraries make
of them takes some 2 KB of memory for each."""


def refuse_markup(html: str) -> None:
    """Raise :class:`ReadError` if HTML has more tags than anybody writes."""
    tags = html.count("<")
    if tags > MOST_TAGS:
        raise ReadError(
            f"the HTML has {tags:,} tags, more than the {MOST_TAGS:,} that are read of one article",
            hint="Save its text as plain text, the title in the first line.",
        )


def refuse_binary(head: bytes) -> None:
    """Raise :class:`ReadError` if the first bytes of a file are not those of a text."""
    for signature, name in _SIGNATURES.items():
        if head.startswith(signature):
            raise ReadError(f"this is {name}, not text", hint=_READABLE)
    controls = sum(byte < 32 and byte not in _BLANKS for byte in head)
    if b"\x00" in head or controls > _MOST_CONTROLS * len(head):
        raise ReadError("this is binary data, not text", hint=_READABLE)
