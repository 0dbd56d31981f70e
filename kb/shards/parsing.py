"""A file of RDF to quads; what is wrong with it in one sentence."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Final, Literal, cast, get_args

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kb.errors import KBError, ReadError
from kb.read.unpack import gunzipped

ShardFormat = Literal["turtle", "trig", "ntriples", "nquads", "jsonld"]
SHARD_FORMATS: tuple[ShardFormat, ...] = get_args(ShardFormat)

_SUFFIXES: Final[dict[str, ShardFormat]] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
}
_ENGINE: Final[dict[ShardFormat, pyoxigraph.RdfFormat]] = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
_NAMES: Final[dict[ShardFormat, str]] = {
    "turtle": "Turtle",
    "trig": "TriG",
    "ntriples": "N-Triples",
    "nquads": "N-Quads",
    "jsonld": "JSON-LD",
}
LONGEST_VALUE = 16_777_216
"""Bytes that the engine's parser holds of one line, or of one value; articles are far shorter."""

_GZIP = b"\x1f\x8b"


def shard_format(path: str) -> ShardFormat:
    """The format that a file's suffix stands for, ``.gz`` aside; N-Quads for standard input. Raises
    ``KBError``."""
    if path == "-":
        return "nquads"
    plain = path[:-3] if path.lower().endswith(".gz") else path
    suffix = Path(plain).suffix.lower()
    if suffix not in _SUFFIXES:
        known = ", ".join(f"{s} ({f})" for s, f in _SUFFIXES.items())
        raise KBError(
            f"the suffix of {path!r} stands for no format that can be imported",
            f"{known}; or name it with --format",
        )
    return _SUFFIXES[suffix]


def parse(
    path: str, form: ShardFormat | None = None, stdin: BinaryIO | None = None
) -> Iterator[Quad]:
    """The quads of a file, or of standard input (``-``), gzipped or not, as they are read.

    Raises ``KBError`` for what cannot be read, is malformed (with its line), or has nodes without
    an IRI.
    """
    chosen = form or shard_format(path)
    try:
        with _opened(path, stdin) as stream:
            for quad in pyoxigraph.parse(stream, _ENGINE[chosen]):
                if not (
                    isinstance(quad.subject, NamedNode)
                    and isinstance(quad.graph_name, (NamedNode, DefaultGraph))
                    and isinstance(quad.object, (NamedNode, pyoxigraph.Literal))
                ):
                    raise KBError(
                        f"{path} has nodes without an IRI, which no knowledge base writes",
                        "only what `kb export` has written can be imported",
                    )
                yield quad
    except SyntaxError as error:
        raise _malformed(path, _NAMES[chosen], error) from error
    except MemoryError as error:  # what the engine calls it
        raise KBError(
            f"{path} has a line or a value of more than {LONGEST_VALUE:,} bytes",
            "only what `kb export` has written can be imported",
        ) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = "cut off" if isinstance(error, EOFError) else "damaged"
        raise KBError(f"{path}: the gzip data is {reason}", "nothing was imported") from error
    except ReadError as error:
        raise KBError(f"{path}: {error.message}", error.hint) from error
    except FileNotFoundError as error:
        raise KBError(f"there is no file {path}") from error
    except IsADirectoryError as error:
        raise KBError(f"{path} is a folder", "name the files in it") from error
    except OSError as error:
        raise KBError(f"{path} cannot be read: {error.strerror or error}") from error


@contextmanager
def _opened(path: str, stdin: BinaryIO | None) -> Iterator[IO[bytes]]:
    if path == "-":
        with _unpacked(stdin or sys.stdin.buffer) as stream:
            yield stream
        return
    with Path(path).open("rb") as file, _unpacked(file) as stream:
        yield stream


@contextmanager
def _unpacked(stream: BinaryIO) -> Iterator[IO[bytes]]:
    """The stream, through gzip where it begins as that does, whatever the name says. It stays
    open."""
    buffered = io.BufferedReader(cast(io.RawIOBase, stream))
    try:
        packed = buffered.peek(2)[:2] == _GZIP
        yield gunzipped(cast(BinaryIO, buffered)) if packed else buffered
    finally:
        buffered.detach()


def _malformed(path: str, name: str, error: SyntaxError) -> KBError:
    where = f"{path}:{error.lineno}" if error.lineno else path
    reason = " ".join((error.msg or "").split())
    reason = reason.partition(": ")[2] if reason.startswith("Parser error at") else reason
    return KBError(f"{where} is not {name}: {reason[:200]}", "nothing was imported")
