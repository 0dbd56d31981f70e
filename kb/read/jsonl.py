"""Articles from JSON: one object a line, one array of objects, or a single object.

All are read as a stream: what is held in memory is one record. A bad record is told and left out;
those after it are read all the same.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from kb.errors import ReadError
from kb.read.encoding import decode

LONGEST_RECORD = 20_000_000
"""Bytes. A line beyond this is no article; it is told and skipped."""

DEEPEST = 500
"""Brackets within brackets. What goes deeper is no article, and would exhaust the stack."""

_CHUNK = 1 << 16
_BLANK = b" \t\r\n\xef\xbb\xbf"
_STRUCTURE = re.compile(r'\\.?|["{}\[\]]', re.DOTALL)
_SHAPE = 'A record looks like {"id": "1", "title": "…", "published": "2023-09-24", "text": "…"}.'


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file, or what is wrong with it; ``line`` is where it begins, from 1.

    ``guessed`` names the encoding where it was neither UTF-8 nor told.
    """

    line: int
    value: dict[str, Any] | ReadError
    guessed: str | None = None


def looks_like_array(head: bytes) -> bool:
    """Whether a file that begins like this is a JSON array of objects (and not "[ad_1]")."""
    return re.match(rb"\[\s*(?:[{\]]|$)", head.lstrip(_BLANK)) is not None


def looks_like_object(head: bytes) -> bool:
    """Whether a file that begins like this is a JSON object, or JSON Lines."""
    return re.match(rb'\{\s*(?:["}]|$)', head.lstrip(_BLANK)) is not None


def read_lines(stream: BinaryIO, longest: int = LONGEST_RECORD) -> Iterator[Record]:
    """The records of JSON Lines; blank lines are skipped."""
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) > longest:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
            yield Record(number, _too_long(longest))
        elif line.strip(_BLANK):
            yield _parse(number, line)


def read_object(stream: BinaryIO, longest: int = LONGEST_RECORD) -> Iterator[Record]:
    """The one object of a JSON document, or the records of JSON Lines under another name.

    The first line tells them apart: where it closes a brace at its end, there is one on each line.
    """
    number, first = 1, stream.readline(longest + 1)
    while first and not first.strip(_BLANK):
        number, first = number + 1, stream.readline(longest + 1)
    if first.rstrip().endswith(b"}"):
        yield _parse(number, first)
        for record in read_lines(stream, longest):
            yield replace(record, line=record.line + number)
        return
    data = first + stream.read(longest)
    yield Record(number, _too_long(longest)) if len(data) > longest else _parse(number, data)


def read_array(stream: BinaryIO, longest: int = LONGEST_RECORD) -> Iterator[Record]:
    """The objects of a JSON array, each decoded as soon as its last brace is there."""
    decode_chunk = codecs.getincrementaldecoder("utf-8-sig")().decode
    buffer = ""  # what is not yet dealt with; `at` is how far its structure has been followed
    at, line, depth, in_string, begun = 0, 1, 0, False, False
    while chunk := stream.read(_CHUNK):
        try:
            buffer += decode_chunk(chunk)
        except UnicodeDecodeError:
            yield Record(line, ReadError("the array is not UTF-8 from here on"))
            return
        cut = 0
        for token in _STRUCTURE.finditer(buffer, at):
            mark, at = token.group(), token.end()
            if mark == "\\":  # the last character of the chunk: what it escapes comes next
                at = token.start()
            elif mark == '"':
                in_string = not in_string
            elif in_string or mark.startswith("\\"):
                continue
            elif mark in "{[":
                if begun and depth == 1:
                    if buffer[cut : token.start()].strip(", \t\r\n"):
                        yield Record(line, _not_an_object())
                    line += buffer.count("\n", cut, token.start())
                    cut = token.start()
                depth += 1
                if not begun:
                    begun, cut = True, at
            else:
                depth -= 1
                if depth == 1:
                    yield _parse(line, buffer[cut:at].encode())
                    line += buffer.count("\n", cut, at)
                    cut = at
                elif depth <= 0:
                    if buffer[cut : token.start()].strip(", \t\r\n"):
                        yield Record(line, _not_an_object())
                    return
        if not buffer.endswith("\\"):
            at = len(buffer)
        buffer, at = buffer[cut:], at - cut
        if len(buffer) > longest:
            yield Record(line, _too_long(longest))
            return
    yield Record(line, ReadError("the array does not end: the file may be cut off", hint=_SHAPE))


def _parse(line: int, data: bytes) -> Record:
    try:
        decoded = decode(data.rstrip())
        if _depth(decoded.text) > DEEPEST:
            raise RecursionError
        value = json.loads(decoded.text)
    except ReadError as error:
        return Record(line, error)
    except ValueError as error:
        return Record(line, ReadError(f"the JSON is broken: {_reason(error)}", hint=_SHAPE))
    except RecursionError:
        return Record(line, ReadError("the JSON is nested too deeply", hint=_SHAPE))
    return Record(line, value if isinstance(value, dict) else _not_an_object(), decoded.guessed)


def _depth(text: str) -> int:
    """How deep a record is nested; 0 where it has too few brackets for that to matter."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return 0
    depth = deepest = 0
    quoted = False
    for token in _STRUCTURE.finditer(text):
        if token.group() == '"':
            quoted = not quoted
        elif not quoted and token.group() in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif not quoted and token.group() in "}]":
            depth -= 1
    return deepest


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        message = error.msg.removesuffix(" at").removesuffix(" starting")
        return f"{message[0].lower()}{message[1:]} (character {error.pos + 1})"
    return "a number has too many digits"


def _not_an_object() -> ReadError:
    return ReadError("this is not a JSON object", hint=_SHAPE)


def _too_long(longest: int) -> ReadError:
    return ReadError(f"the record is longer than {longest:,} bytes, which no article is")
