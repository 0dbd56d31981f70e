"""Bytes to text: never a wrong letter without a word about it."""

from __future__ import annotations

import io

import pytest

from kb.errors import ReadError
from kb.model import Article
from kb.read import read_paths
from kb.read.encoding import Decoded, decode

ENGLISH = "“We’ve agreed,” said José Müller – the talks in the café had cost £5 million."
FRENCH = "À Rome, le ministre a reçu son homologue vendredi ; « un moment historique », dit-il."
RUSSIAN = "Министр встретился в пятницу с послом Франции и обсудил положение на границе."
POLISH = "Minister spotkał się w piątek z ambasadorem Francji, źródła rządowe potwierdziły."


@pytest.mark.parametrize(
    ("text", "encoding", "guessed"),
    [
        (ENGLISH, "utf-8", None),
        (ENGLISH, "utf-8-sig", None),
        (ENGLISH, "utf-16", None),
        (ENGLISH, "utf-16-be", None),
        (ENGLISH, "utf-32", None),
        (ENGLISH, "cp1252", "windows-1252"),
        (ENGLISH, "mac-roman", "mac-roman"),
        (FRENCH, "cp1252", "windows-1252"),
        (FRENCH, "mac-roman", "mac-roman"),
        ("The café was full.", "latin-1", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
    ],
)
def test_an_encoding_that_the_bytes_tell(text: str, encoding: str, guessed: str | None) -> None:
    assert decode(text.encode(encoding)) == Decoded(text, guessed)


@pytest.mark.parametrize(
    "data",
    [
        POLISH.encode("iso8859-2"),  # several alphabets read as well
        RUSSIAN.encode("koi8-r"),
        "talks—short ones—ended".encode("cp1252"),  # in Mac Roman there are letters in its place
        ENGLISH.encode()[:-40] + b"\xe2\x80 cut within a character",  # UTF-8, but damaged
        bytes(range(128, 256)),
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^the text is not UTF-8 \(byte \d+\), and its encoding"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (RUSSIAN.encode("koi8-r"), "KOI8-R", RUSSIAN),
        (ENGLISH.encode("cp1252"), "ISO-8859-1", ENGLISH),  # as browsers do
        (ENGLISH.encode(), "iso-8859-1", ENGLISH),  # the bytes know better
        (POLISH.encode("iso8859-2"), " iso-8859-2", POLISH),
    ],
)
def test_an_encoding_that_is_declared(data: bytes, declared: str, text: str) -> None:
    assert decode(data, declared).text == text


def test_a_declaration_that_does_not_hold() -> None:
    with pytest.raises(ReadError, match="not in gb18030, as it says"):
        decode(b"caf\xff\xff", "gb2312")
    with pytest.raises(ReadError, match="the encoding 'klingon' is unknown"):
        decode(b"caf\xe9", "klingon")


def test_which_encoding_was_taken_is_said_once() -> None:
    record = '{{"id": "{}", "text": "The café of José Müller was full."}}\n'
    stream = io.BytesIO("".join(record.format(n) for n in range(3)).encode("cp1252"))
    told: list[str] = []
    found = list(read_paths(["-"], stdin=stream, tell=told.append))
    assert {a.text for a in found if isinstance(a, Article)} == {
        "The café of José Müller was full."
    }
    assert told == ["<stdin>: this is not UTF-8; it was read as windows-1252."]
