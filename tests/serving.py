"""A web server on this machine for tests: nothing is asked of the net."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, Mapping[str, str], bytes]


@contextmanager
def serving(answers: Mapping[str, Answer], agents: list[str] | None = None) -> Iterator[str]:
    """Serve answers (status, headers, body) by their paths; yields the address of the root.

    ``{root}`` in a header or a body stands for that address. ``agents`` notes who asked.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if agents is not None:
                agents.append(self.headers.get("User-Agent", ""))
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value.replace("{root}", root))
            self.end_headers()
            self.wfile.write(body.replace(b"{root}", root.encode()))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    root = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield root
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
