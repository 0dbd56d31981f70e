"""The formats a knowledge base is written in, and what a file's name tells of its own."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final, Literal, get_args

from kb.errors import KBError

RdfFormat = Literal["turtle", "trig", "ntriples", "nquads", "jsonld"]
NetworkFormat = Literal["graphml", "gexf"]
ExportFormat = Literal[RdfFormat, "csv", NetworkFormat]

RDF_FORMATS: tuple[RdfFormat, ...] = get_args(RdfFormat)
NETWORK_FORMATS: tuple[NetworkFormat, ...] = get_args(NetworkFormat)
EXPORT_FORMATS: tuple[ExportFormat, ...] = (*RDF_FORMATS, "csv", *NETWORK_FORMATS)

SUFFIXES: Final[dict[str, ExportFormat]] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".csv": "csv",
    ".graphml": "graphml",
    ".gexf": "gexf",
}
GZIP: Final = ".gz"
"""Behind any of these: gzipped."""

WITHOUT_GRAPHS: Final = ("turtle", "ntriples")
"""Formats that cannot say which graph a triple belongs to."""


def format_of(path: str, default: ExportFormat | None = None) -> ExportFormat:
    """The format that a file's suffix stands for, ``.gz`` aside; ``csv`` for a folder, which is
    written with a slash behind it. Raises ``KBError`` for another suffix without ``default``."""
    if path.endswith(("/", "\\")):
        return "csv"
    suffix = PurePath(plain_name(path)).suffix.lower()
    if suffix not in SUFFIXES and default is not None:
        return default
    if suffix not in SUFFIXES:
        known = ", ".join(f"{s} ({f})" for s, f in SUFFIXES.items())
        raise KBError(
            f"the suffix of {path!r} stands for no format", f"{known}; or name it with --format"
        )
    return SUFFIXES[suffix]


def plain_name(path: str) -> str:
    """A path without the suffix that says that it is gzipped."""
    return path[: -len(GZIP)] if is_gzip(path) else path


def is_gzip(path: str) -> bool:
    return path.lower().endswith(GZIP)
