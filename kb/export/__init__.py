"""Write a knowledge base out: as RDF, as tables, as the network of who met whom, as event data.

Equal knowledge bases give equal files, byte for byte, however they were filled; so two exports can
be compared line by line.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import IO

from kb.errors import KBError
from kb.export import files
from kb.export.events import CODED, SCHEMES, TOLD, EventRows, Scheme, write_events
from kb.export.formats import (
    EXPORT_FORMATS,
    NETWORK_FORMATS,
    SUFFIXES,
    ExportFormat,
    RdfFormat,
    format_of,
    plain_name,
)
from kb.export.network import TOOK_PLACE, write_network
from kb.export.rdf import write, write_store
from kb.export.tables import TABLES, TableName, write_table
from kb.store import Store

__all__ = [
    "CODED",
    "EXPORT_FORMATS",
    "NETWORK_FORMATS",
    "SCHEMES",
    "TABLES",
    "TOLD",
    "EventRows",
    "ExportFormat",
    "RdfFormat",
    "Scheme",
    "TableName",
    "export",
    "export_events",
    "export_file",
    "format_of",
    "table_of",
    "write",
]


def export(
    store: Store,
    out: IO[bytes],
    form: ExportFormat,
    *,
    table: TableName | None = None,
    statuses: Collection[str] = TOOK_PLACE,
) -> int:
    """Write everything to a stream, ``table`` alone for ``csv``, the meetings that stand as
    ``statuses`` say for a network. Returns the number of statements, rows or edges.

    Raises ``KBError`` for ``csv`` without a table, for a network without networkx, and where the
    stream cannot be written.
    """
    with files.told("the output"):
        return _write(store, out, form, table, statuses)


def export_file(
    store: Store,
    path: str | Path,
    form: ExportFormat | None = None,
    *,
    table: TableName | None = None,
    statuses: Collection[str] = TOOK_PLACE,
) -> int:
    """Write everything to a file, complete or not at all, gzipped where its name ends in ``.gz``.

    The suffix tells the format where ``form`` does not. CSV is a folder with a file for each table;
    a path with a suffix is one table, ``table`` or the one that it is named after
    (``meetings.csv``). Returns what :func:`export` does; raises ``KBError``.
    """
    name = str(path)
    form = form or format_of(f"{name}/" if Path(name).is_dir() else name)
    if form == "csv" and table is None:
        table = table_of(name)
        if table is None:
            return _export_folder(store, name)
    with files.written(name) as out:
        return _write(store, out, form, table, statuses)


def export_events(
    store: Store,
    target: str | Path | IO[bytes],
    scheme: Scheme,
    statuses: Collection[str] = TOLD,
) -> EventRows:
    """Write event data by a scheme to a stream, or to a file, which is gzipped where its name ends
    in ``.gz``. ``statuses`` are of :data:`CODED`. Raises ``KBError``."""
    if isinstance(target, (str, Path)):
        with files.written(str(target)) as out:
            return write_events(store, out, scheme, statuses)
    with files.told("the output"):
        return write_events(store, target, scheme, statuses)


def _write(
    store: Store,
    out: IO[bytes],
    form: ExportFormat,
    table: TableName | None,
    statuses: Collection[str],
) -> int:
    if form == "csv":
        if table is None:
            raise KBError(
                "a stream of CSV holds one table", f"name one with --table: {', '.join(TABLES)}"
            )
        return write_table(store, out, table)
    if form == "graphml" or form == "gexf":
        return write_network(store, out, form, statuses)
    return write_store(store, out, form)


def table_of(path: str) -> TableName | None:
    """The table that a file of CSV is named after, None for a folder. Raises ``KBError``."""
    plain = Path(plain_name(path))
    if path.endswith(("/", "\\")) or Path(path).is_dir() or SUFFIXES.get(plain.suffix) != "csv":
        return None
    found = next((table for table in TABLES if table == plain.stem), None)
    if found is None:
        raise KBError(
            f"{path} is one file, and there are {len(TABLES)} tables",
            f"name a folder for all of them ({plain.stem}/), or the one with --table: "
            + ", ".join(TABLES),
        )
    return found


def _export_folder(store: Store, path: str) -> int:
    count = 0
    with files.folder(path) as part:
        for table in TABLES:
            with (part / f"{table}.csv").open("wb") as out:
                count += write_table(store, out, table)
    return count
