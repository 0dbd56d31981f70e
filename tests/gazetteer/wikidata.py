"""An endpoint on this machine that speaks Wikidata's vocabulary, and fails when it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph
from pyoxigraph import QueryResultsFormat, QuerySolutions

DATA = """
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wds: <http://www.wikidata.org/entity/statement/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

wd:Q142 wdt:P297 "FR" ; wdt:P1906 wd:Q191954 ; wdt:P1313 wd:Q1587677 .
wd:Q183 wdt:P297 "DE" ; wdt:P1313 wd:Q4970706 .
wd:Q191954 rdfs:label "president of the French Republic"@en .
wd:Q1587677 rdfs:label "prime minister of France"@en .
wd:Q4970706 rdfs:label "Federal Chancellor of Germany"@en .
wd:Q900001 wdt:P279 wd:Q7330070 ; wdt:P1001 wd:Q142 ; rdfs:label "foreign minister of France"@en .

wd:Q800001 rdfs:label "Anne Exemple"@en, "Anne Exemple"@fr ; p:P39 wds:a1, wds:a2 .
wds:a1 ps:P39 wd:Q191954 ; pq:P580 "2026-05-14T00:00:00Z"^^xsd:dateTime .
wds:a2 ps:P39 wd:Q900001 ; pq:P580 "2020-01-02T00:00:00Z"^^xsd:dateTime ;
  pq:P582 "2022-03-04T00:00:00Z"^^xsd:dateTime .
wd:Q800002 rdfs:label "Benoît Exemple"@en ; p:P39 wds:b1 .
wds:b1 ps:P39 wd:Q1587677 ; pq:P580 "2026-06-01T00:00:00Z"^^xsd:dateTime .
wd:Q800003 rdfs:label "Karl Beispiel"@en ; p:P39 wds:c1, wds:c2 .
wds:c1 ps:P39 wd:Q4970706 ; pq:P580 "2026-01-01T00:00:00Z"^^xsd:dateTime .
wds:c2 ps:P39 wd:Q4970706 ; pq:P580 "1981-01-01T00:00:00Z"^^xsd:dateTime ;
  pq:P582 "1984-01-01T00:00:00Z"^^xsd:dateTime .
wd:Q800004 rdfs:label "Nur Deutsch"@de ; p:P39 wds:d1 .
wds:d1 ps:P39 wd:Q4970706 .
"""


@dataclass
class Endpoint:
    """``failures`` are the answers to the next requests: a status, or "garbage"; ``asked`` are the
    queries that came."""

    url: str = ""
    failures: list[int | str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)


@contextmanager
def wikidata() -> Iterator[Endpoint]:
    """The endpoint, on a port of loopback."""
    store = pyoxigraph.Store()
    store.load(DATA, pyoxigraph.RdfFormat.TURTLE)
    endpoint = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            query = parse_qs(self.rfile.read(length).decode())["query"][0]
            endpoint.asked.append(query)
            endpoint.agents.append(self.headers["User-Agent"])
            failure = endpoint.failures.pop(0) if endpoint.failures else None
            if isinstance(failure, int):
                self.send_response(failure)
                self.send_header("Retry-After", "7")
                self.end_headers()
                return
            if failure is None:
                found = store.query(query)
                assert isinstance(found, QuerySolutions)
                body = found.serialize(format=QueryResultsFormat.JSON)
                assert body is not None
            else:
                body = json.dumps(failure).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint.url = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
