"""A query only reads, and this knowledge base only: whatever it is dressed up as."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner
from rdflib.plugins.sparql import prepareQuery

from kb import KnowledgeBase
from kb.ask.guard import require_reading
from kb.cli import main
from kb.errors import QueryError

ANSWER = (
    b'{"head": {"vars": ["s"]}, "results": {"bindings": '
    b'[{"s": {"type": "literal", "value": "from elsewhere"}}]}}'
)


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[str]]]:
    """The address of a SPARQL endpoint on this machine, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(ANSWER)))
            self.end_headers()
            self.wfile.write(ANSWER)

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", asked
    server.shutdown()
    server.server_close()


ASKING = {
    "plainly": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "in small letters": "SELECT * { service <URL> { ?s ?p ?o } }",
    "silently": "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { { SERVICE <URL> { ?s ?p ?o } } } } }",
    "in EXISTS": "SELECT * { VALUES ?s { 1 } FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "behind a comment": "SELECT * { # a comment\nSERVICE#\n<URL> { ?s ?p ?o } }",
    "as if it were a prefixed name": "PREFIX : <URL> SELECT * { SERVICE:{ ?s ?p ?o } }",
    "of a variable": "SELECT * { VALUES ?g { <URL> } SERVICE ?g { ?s ?p ?o } }",
    "with blanks left out": "SELECT*{VALUES ?a{1}SERVICE<URL>{?s ?p ?o}}",
    "behind a name with a hash in it": (
        "PREFIX e: <http://e/> SELECT * { OPTIONAL { ?a e:b\\#c ?d } SERVICE <URL> { ?s ?p ?o } }"
    ),
    "behind a name with a quote in it": (
        "PREFIX e: <http://e/> SELECT * { OPTIONAL { ?a e:b\\'c ?d } SERVICE <URL> { ?s ?p ?o } "
        "OPTIONAL { ?a e:b\\'c ?e } }"
    ),
    "between two that are less": (
        "SELECT * { BIND(1 AS ?a) FILTER(?a<'>' || true) SERVICE <URL> { ?s ?p ?o } FILTER(''='') }"
    ),
    "behind a full stop": (
        "PREFIX e: <http://e/> SELECT * { OPTIONAL { ?a ?b e:. SERVICE <URL> { ?s ?p ?o } } }"
    ),
    "in CONSTRUCT": "CONSTRUCT { ?s a 1 } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "in ASK": "ASK { SERVICE <URL> { ?s ?p ?o } }",
}


@pytest.mark.parametrize("how", ASKING)
def test_no_endpoint_is_asked(endpoint: tuple[str, list[str]], how: str) -> None:
    url, asked = endpoint
    with KnowledgeBase.memory() as kb, pytest.raises(QueryError):
        kb.query(ASKING[how].replace("URL", url))
    assert asked == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ('SERVICE <http://e/> { }' AS ?x) {}",
        'SELECT ("""the\nSERVICE "quoted" """ AS ?x) {}',
        "SELECT (<http://e/SERVICE> AS ?x) {} # SERVICE <http://e/> {}",
        "SELECT ?service $Services { GRAPH ?service { ?a ?b $Services } }",
        "PREFIX service: <http://e/> SELECT * { GRAPH service:a { ?a a service:SERVICE } }",
        "PREFIX e: <http://e/> SELECT * { ?a e:customer-service/^e:Service ?b . ?b a e:x.service }",
        "SELECT ('to add'@add AS ?x) {}",
        "PREFIX load: <http://e/> SELECT * { ?a load:clear ?b }",
    ],
)
def test_the_word_alone_is_no_harm(query: str) -> None:
    with KnowledgeBase.memory() as kb:
        kb.query(query)


def test_with_leave_it_is_asked(endpoint: tuple[str, list[str]]) -> None:
    url, asked = endpoint
    query = ASKING["plainly"].replace("URL", url)
    with KnowledgeBase.memory() as kb:
        assert kb.query(query, allow_remote=True) == [{"s": "from elsewhere"}]
        with pytest.raises(QueryError, match="LOAD is an update"):
            kb.query(f"LOAD <{url}>", allow_remote=True)
    assert asked == ["/sparql"]


def test_on_the_command_line(endpoint: tuple[str, list[str]], tmp_path: object) -> None:
    url, asked = endpoint
    store = f"{tmp_path}/kb"
    KnowledgeBase.create(store).close()
    query = ASKING["plainly"].replace("URL", url)
    refused = CliRunner().invoke(main, ["query", query, "--store", store])
    assert refused.exit_code == 1
    assert "SERVICE asks another" in refused.stderr
    assert "--allow-remote" in refused.stderr
    answered = CliRunner().invoke(main, ["query", query, "--store", store, "--allow-remote"])
    assert "from elsewhere" in answered.stdout
    assert asked == ["/sparql"]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("INSERT DATA { <a:a> <a:a> <a:a> }", "INSERT"),
        ("PREFIX e: <http://e/>\n# only looking\nDELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("BASE <http://e/> LOAD SILENT <x>", "LOAD"),
        ("WITH <http://e/> INSERT { ?s a 1 } WHERE { ?s ?p ?o }", "WITH"),
    ],
)
def test_updates(query: str, word: str) -> None:
    with pytest.raises(QueryError, match=f"{word} is an update"):
        require_reading(query, allow_remote=True)


def test_an_update_behind_a_query_changes_nothing() -> None:
    with KnowledgeBase.demo() as kb:
        before = len(kb.articles())
        with pytest.raises(QueryError):
            kb.query("ASK { ?s ?p ?o } ; DROP ALL")
        assert len(kb.articles()) == before


def test_what_is_wrong_besides_is_said() -> None:
    with pytest.raises(QueryError, match=r"not valid SPARQL: error at 1:\d+$"):
        require_reading("SELECT ?service { ?service ?p }")
    with pytest.raises(QueryError, match="prefix is not declared"):
        require_reading("SELECT ?service { ?service x:y ?z }")


def test_a_view_of_rdflib_asks_nobody(endpoint: tuple[str, list[str]]) -> None:
    """Neither where the store answers nor where rdflib does."""
    url, asked = endpoint
    service, named = ASKING["plainly"].replace("URL", url), f"SELECT * FROM <{url}> {{ ?s ?p ?o }}"
    with KnowledgeBase.memory() as kb:
        view = kb.dataset()
        for query in (service, prepareQuery(service), prepareQuery(named)):
            with pytest.raises(QueryError):
                view.query(query)
        assert list(view.query(named)) == []
        space = {"e": "http://e/"}
        assert list(view.query("SELECT ?service { ?service e:is ?b }", initNs=space)) == []
        assert list(view.query(prepareQuery("SELECT * { GRAPH ?g { ?s ?p ?o } }"))) == []
    assert asked == []
