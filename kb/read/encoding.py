"""Bytes to text: UTF-8 first, what the bytes themselves show next, and a guess only where one
reading is left.

A wrong guess garbles names without anybody noticing. What is no UTF-8 is therefore taken for
another encoding only if no second one reads as well, and the reader is told which it was.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kb.errors import ReadError

_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Byte order marks; those of UTF-32 first, as one begins with that of UTF-16."""

_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
"""A character of UTF-8 beyond ASCII."""

_WESTERN = ("cp1252", "mac-roman")
_MOST_ACCENTS = 0.12
"""Share of the letters that are accented in the languages of Western Europe, at the most."""

_OPENING, _CLOSING = "“‘„‚¿¡", "”"
_ANYWHERE = "–—…•·«»\xa0"
_SIGNS = "£€¥§©®™°½¼¾×±"

_SEVEN_BIT = ("iso2022", "hz", "utf-7")
"""Encodings that write everything in bytes of ASCII."""

_LEAST_COHERENCE = 0.2
"""What charset-normalizer says of a text whose letters are distributed as in a known language."""

_FAMILIAR = re.compile(
    r"cp125\d|koi8_[ru]|gb18030|big5|cp932|shift_jis|cp949|euc_(?:jp|kr)|iso8859_\d+|cp866|cp1125"
)
"""Encodings that web pages and news archives are written in."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the name of its encoding where nobody had said it (``None`` for UTF-8)."""

    text: str
    guessed: str | None = None


def wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by byte order mark or by where the zeros of ASCII characters stand."""
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    sample = head[:400]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    if len(sample) < 8 or max(zeros) < len(sample) * 0.3 or min(zeros) > len(sample) * 0.01:
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of some bytes; ``declared`` is the encoding that a header or the text itself names.

    Raises :class:`ReadError` where the encoding cannot be told.
    """
    if encoding := wide(data[:400]):
        return Decoded(_strictly(data, encoding))
    named = _known(declared) if declared else None
    if named and named.startswith(_SEVEN_BIT):
        return Decoded(_strictly(data, named))
    try:  # even where another encoding is named: what is UTF-8 by its bytes is so by no accident
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        at = error.start
    if named and not named.startswith(("utf", "ascii")):
        return Decoded(_strictly(data, _as_browsers_do(named)))
    if (found := None if _is_damaged(data) else _western(data) or _other(data)) is None:
        raise ReadError(
            f"the text is not UTF-8 (byte {at + 1}), and its encoding cannot be told",
            hint="Convert it first: iconv -f ENCODING -t UTF-8",
        )
    return found


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"the text is not in {error.encoding}, as it says (byte {error.start + 1})",
            hint="Convert it first: iconv -f ENCODING -t UTF-8",
        ) from error


def _known(name: str) -> str | None:
    try:
        return codecs.lookup(name.strip()).name
    except LookupError as error:
        raise ReadError(f"the encoding {name.strip()[:40]!r} is unknown") from error


def _as_browsers_do(encoding: str) -> str:
    """Pages that say Latin-1 or ASCII are in Windows-1252 (https://encoding.spec.whatwg.org)."""
    return {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(encoding, encoding)


def _is_damaged(data: bytes) -> bool:
    """Whether most of what is beyond ASCII is UTF-8: then the rest is damage, not an encoding."""
    whole = sum(len(found) for found in _SEQUENCE.findall(data))
    return whole > 0 and 2 * whole >= len(re.findall(rb"[\x80-\xff]", data))


def _western(data: bytes) -> Decoded | None:
    """The reading as Windows-1252 or Mac Roman, if just one puts every sign where it belongs."""
    readings = []
    for encoding in _WESTERN:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_well(text):
            readings.append(Decoded(text, "windows-1252" if encoding == "cp1252" else encoding))
    return readings[0] if len(readings) == 1 else None


def _reads_well(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    accented = 0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        at, sign = found.start(), found.group()
        if not _fits(sign, text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "):
            return False
        accented += sign.isalpha()
    return accented <= _MOST_ACCENTS * letters


def _fits(sign: str, before: str, after: str) -> bool:
    """Whether a character beyond ASCII can stand between its neighbours in edited prose."""
    if sign in _ANYWHERE:
        return True
    if sign in _OPENING:
        return not before.isalpha() and not after.isspace()
    if sign in _CLOSING:
        return not before.isspace()
    if sign == "’":
        return not before.isspace() or after.isalnum()
    if sign in _SIGNS:
        return sign in "©®™" or not before.isalpha()
    if sign.isupper():
        return not before.islower()
    return sign.islower() and (before.isalpha() or after.islower() or sign == "à")


def _other(data: bytes) -> Decoded | None:
    """What charset-normalizer takes a text for, if it sees no second one that reads as well."""
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data[:100_000]))
    if not matches or matches[0].chaos > 0.02 or matches[0].coherence < _LEAST_COHERENCE:
        return None
    best = matches[0]
    close = [m for m in matches[1:] if m.chaos < 0.05 and m.coherence > best.coherence - 0.1]
    names = [name for name in best.could_be_from_charset if _FAMILIAR.fullmatch(name)]
    if not names or any(str(match) != str(best) for match in close):
        return None
    name = "cp1252" if "cp1252" in names else names[0]
    try:
        return Decoded(data.decode(name), name.replace("cp125", "windows-125"))
    except UnicodeDecodeError:
        return None
