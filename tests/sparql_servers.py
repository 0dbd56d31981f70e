"""SPARQL servers on this machine for tests: real ones, each in a process and a folder of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VIRTUOSO = next(filter(None, map(shutil.which, ("virtuoso-t", "virtuoso"))), None)
ISQL = next(filter(None, map(shutil.which, ("isql-vt", "isql-v"))), None)
PATIENCE = 60.0
"""Seconds for a server to come up."""

VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
[Client]
SQL_PREFETCH_ROWS = 100
"""

RIGHTS = """\
GRANT SPARQL_UPDATE TO "SPARQL";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);
DB.DBA.USER_CREATE ('kb', 'open sesame');
GRANT SPARQL_UPDATE TO "kb";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('kb', 7);
"""
"""Who asks ``/sparql`` may write; ``/sparql-auth`` asks for a name and a password, by digest."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph() -> Iterator[str]:
    """The address for queries of an Oxigraph server that holds nothing; updates go beside it."""
    script = Path(sys.executable).parent / "oxigraph"
    program = str(script) if script.exists() else shutil.which("oxigraph")
    assert program, "the package oxigraph is in the test extra"
    port = free_port()
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}/query"
        _await(url, process)
        yield url
    finally:
        process.terminate()
        process.wait()


@contextmanager
def virtuoso(folder: Path, rows: int = 5_000) -> Iterator[str]:
    """The address of a Virtuoso server that holds nothing but its own graphs, for queries and
    updates. It gives at most ``rows`` rows."""
    assert VIRTUOSO
    assert ISQL
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=sql, http=http, rows=rows))
    process = subprocess.Popen(
        [VIRTUOSO, "-f", "-c", "virtuoso.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{http}/sparql"
        _await(url, process)
        told = subprocess.run(
            [ISQL, f"127.0.0.1:{sql}", "dba", "dba"],
            input=RIGHTS,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
        assert "Error" not in told.stdout + told.stderr, told
        yield url
    finally:
        process.kill()  # what it holds is thrown away
        process.wait()


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        assert process.poll() is None, f"the server for {url} has ended"
        try:
            body = urllib.parse.urlencode({"query": "ASK {}"}).encode()
            with urllib.request.urlopen(url, body, timeout=5):
                return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no answer from {url}")
