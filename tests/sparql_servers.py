"""SPARQL servers on this machine for tests: two real ones, and one that does as it is told."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph

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

PASSWORD = "open sesame"
RIGHTS = f"""\
GRANT SPARQL_UPDATE TO "SPARQL";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);
DB.DBA.USER_CREATE ('kb', '{PASSWORD}');
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


Reply = tuple[int, Mapping[str, str], bytes]
"""Status, headers, body."""


@dataclass
class Request:
    """What came in: its path, headers and form."""

    path: str
    headers: Mapping[str, str]
    form: dict[str, str]

    @property
    def is_update(self) -> bool:
        return "update" in self.form


Hook = Callable[[Request], Reply | None]


@dataclass
class Fake:
    """A SPARQL endpoint in this process. ``before`` may answer in its place; ``after`` sees what
    was done, and may answer otherwise."""

    url: str = ""
    store: pyoxigraph.Store = field(default_factory=pyoxigraph.Store)
    requests: list[Request] = field(default_factory=list)
    before: Hook = lambda _: None
    after: Hook = lambda _: None

    def answer(self, request: Request) -> Reply:
        self.requests.append(request)
        if (reply := self.before(request)) is not None:
            return reply
        reply = self._run(request)
        return self.after(request) or reply

    def _run(self, request: Request) -> Reply:
        try:
            if request.is_update:
                self.store.update(request.form["update"])
                return 204, {}, b""
            found = self.store.query(request.form["query"])
        except SyntaxError as error:
            return 400, {"Content-Type": "text/plain"}, str(error).encode()
        if isinstance(found, pyoxigraph.QueryTriples):
            body = found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES)
            return 200, {"Content-Type": "application/n-triples"}, body or b""
        body = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        return 200, {"Content-Type": "application/sparql-results+json"}, body or b""


@contextmanager
def fake() -> Iterator[Fake]:
    """An endpoint that does what a test wants of it."""
    made = Fake()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
            status, headers, data = made.answer(Request(self.path, self.headers, form))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
