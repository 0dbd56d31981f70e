"""Remote stores and what can go wrong on the way: who asks, how often, and what is said of it."""

from __future__ import annotations

import base64
import contextlib
import json
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sparql_servers
from pyoxigraph import Literal, NamedNode, Quad
from sparql_servers import Fake, Reply, Request

from kb.errors import KBError, QueryError, StoreError
from kb.store import create_store, endpoint, open_store, remote, shown
from kb.store.auth import Authorization, Credentials

JSON = {"Content-Type": "application/sparql-results+json"}
IT = Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("a"), NamedNode("http://e/g"))
SECRET = "open sesame é"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this machine: no settings, no netrc."""
    for name in ("USER", "PASSWORD", "TOKEN", "AUTH", "UPDATE", "TIMEOUT", "BATCH"):
        monkeypatch.delenv(f"KB_STORE_{name}", raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited for, instead of waiting."""
    waited: list[float] = []
    monkeypatch.setattr(endpoint.time, "sleep", waited.append)
    monkeypatch.setattr(endpoint.random, "uniform", lambda *_: 0.0)
    return waited


@pytest.fixture
def server() -> Iterator[Fake]:
    with sparql_servers.fake() as server:
        server.store.add(IT)
        yield server


def refused(open_: Callable[[], Any]) -> KBError:
    """The error of opening, or of using what was opened."""
    with pytest.raises(KBError) as told:
        open_()
    assert "\n" not in str(told.value)
    return told.value


def use(url: str) -> None:
    with create_store(url) as store:
        list(store.quads())
        store.change(add=[IT])


# -- who asks -------------------------------------------------------------------------------------


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("environ", "netrc", "userinfo", "sent"),
    [
        ({}, "", "", None),
        ({"KB_STORE_USER": "kb", "KB_STORE_PASSWORD": SECRET}, "", "", basic("kb", SECRET)),
        ({"KB_STORE_TOKEN": "abc.def"}, "", "", "Bearer abc.def"),
        ({"KB_STORE_TOKEN": "abc", "KB_STORE_USER": "kb"}, "", "", "Bearer abc"),
        ({}, "machine 127.0.0.1 login kb password geheim", "", basic("kb", "geheim")),
        ({}, "machine example.org login kb password geheim", "", None),
        ({}, "", "kb:p%40ss@", basic("kb", "p@ss")),
    ],
)
def test_credentials(
    environ: dict[str, str],
    netrc: str,
    userinfo: str,
    sent: str | None,
    server: Fake,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "netrc").write_text(netrc)
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    url = server.url.replace("http://", f"http://{userinfo}")
    with create_store(url) as store:
        store.change(add=[IT])
        assert store.location == server.url
    assert {request.headers.get("Authorization") for request in server.requests} == {sent}


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"KB_STORE_USER": "kb"}, "KB_STORE_PASSWORD is not"),
        ({"KB_STORE_TOKEN": "a\nb"}, "signs in it"),
        ({"KB_STORE_AUTH": "ntlm"}, "neither basic nor digest"),
        ({"KB_STORE_TIMEOUT": "soon"}, "KB_STORE_TIMEOUT is no number above 0: 'soon'"),
        ({"KB_STORE_BATCH": "-1"}, "KB_STORE_BATCH is no number above 0"),
        ({"KB_STORE_UPDATE": "/update"}, "KB_STORE_UPDATE: '/update' is no address"),
    ],
)
def test_settings_that_are_wrong(
    environ: dict[str, str], message: str, server: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert message in str(refused(lambda: open_store(server.url)))


def test_a_netrc_that_is_malformed_is_not_repeated(
    server: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login kb password a geheim\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    told = refused(lambda: open_store(server.url))
    assert "malformed in line" in str(told)
    assert "geheim" not in f"{told} {told.hint}"


CHALLENGE = 'Digest realm="SPARQL", nonce="{}", qop="auth", algorithm="MD5"'


def test_digest(server: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_STORE_USER", "kb")
    monkeypatch.setenv("KB_STORE_PASSWORD", "geheim")
    monkeypatch.setenv("KB_STORE_AUTH", "digest")
    opener = urllib.request._opener  # type: ignore[attr-defined]
    seen: list[str] = []

    def ask(request: Request) -> Reply | None:
        given = request.headers.get("Authorization", "")
        seen.append(given.split(" ")[0])
        if given.startswith("Digest ") and 'username="kb"' in given and 'nonce="n1"' in given:
            return None
        return 401, {"WWW-Authenticate": CHALLENGE.format("n1")}, b""

    server.before = ask
    use(server.url)
    assert seen[:3] == ["", "Digest", "Digest"], "asked for once, then remembered"
    assert urllib.request._opener is opener, "nothing is installed for the whole process"  # type: ignore[attr-defined]
    server.before = lambda _: (401, {"WWW-Authenticate": CHALLENGE.format("n2")}, b"")
    assert "does not accept the credentials" in str(refused(lambda: use(server.url)))


def test_a_password_is_not_sent_unasked_where_others_can_read_it() -> None:
    request = urllib.request.Request("http://example.org/sparql", b"")
    given = Credentials(user="kb", password="geheim")
    assert Authorization(given, "http://example.org/sparql").header(request) is None
    assert Authorization(given, "https://example.org/sparql").header(request)
    digest = Authorization(given, "http://example.org/sparql")
    assert digest.challenged([CHALLENGE.format("n"), 'Basic realm="x"'], request.full_url)
    assert str(digest.header(request)).startswith("Digest ")


def test_a_digest_of_letters_that_it_does_not_know() -> None:
    told = Authorization(Credentials(user="kb", password=SECRET, how="digest"), "http://h/sparql")
    assert told.challenged([CHALLENGE.format("n")], "http://h/sparql")
    with pytest.raises(StoreError, match="have to be ASCII") as error:
        told.header(urllib.request.Request("http://h/sparql", b""))
    assert SECRET not in repr(error.value.__context__) or error.value.__suppress_context__


# -- redirects ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_on_the_host_takes_all_along(server: Fake, status: int) -> None:
    server.before = lambda request: (
        (status, {"Location": "/new"}, b"") if request.path == "/sparql" else None
    )
    with create_store(server.url) as store:
        store.change(add=[IT])
        assert list(store.quads()) == [IT]
    assert {request.path for request in server.requests} == {"/sparql", "/new"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_to_another_host(
    server: Fake, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_STORE_TOKEN", "abc.def")
    with sparql_servers.fake() as thief:
        for target in (thief.url, thief.url.replace("127.0.0.1", "u:p@localhost")):
            reply = (status, {"Location": target}, b"")
            server.before = lambda _, reply=reply: reply  # type: ignore[misc]
            told = refused(lambda: use(server.url))
            assert "redirect" in str(told)
            assert "u:p" not in str(told)
        assert thief.requests == []


def test_redirects_without_end(server: Fake) -> None:
    server.before = lambda request: (307, {"Location": request.path + "x"}, b"")
    assert "again and again" in str(refused(lambda: open_store(server.url)))


# -- what servers answer --------------------------------------------------------------------------

HTML = {"Content-Type": "text/html; charset=utf-8"}
TEXT = {"Content-Type": "text/plain"}

ANSWERS: list[tuple[str, Reply, type[KBError], str]] = [
    ("a web page", (200, HTML, b"<html>Query form</html>"), StoreError, "with a web page"),
    ("a file", (200, {"Content-Type": "text/csv"}, b"a,b"), StoreError, "of the type text/csv"),
    ("nothing", (200, JSON, b""), StoreError, "is not whole"),
    ("half", (200, JSON, b'{"head":{"vars":["s"]},"results":{"bindings":[{"s"'), StoreError,
     "whole"),
    ("no rows", (200, JSON, b'{"head":{"vars":["s"]}}'), StoreError, "whole|as SPARQL 1.1 has it"),
    ("a list", (200, JSON, b"[]"), StoreError, "is not whole"),
    ("no body", (204, {}, b""), KBError, r"cannot run the query \(204\)"),
    ("401", (401, {}, b""), StoreError, "without a name and password, or a token"),
    ("403", (403, HTML, b"<h1>Forbidden</h1>"), StoreError, r"may not be asked .*\(403\)"),
    ("404", (404, HTML, b"<h1>Not found</h1>"), StoreError, r"no SPARQL endpoint .*\(404\)"),
    ("500", (500, HTML, b"<h1>Oops</h1>"), StoreError, r"has failed \(500\)"),
    ("400", (400, TEXT, b"line 1: syntax error\n\nSPARQL query:\nSELECT"), QueryError,
     r"cannot run the query \(400\): line 1: syntax error$"),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "kind", "message"), [row[1:] for row in ANSWERS],
                         ids=[row[0] for row in ANSWERS])  # fmt: skip
def test_an_answer_that_is_none_raises(
    reply: Reply, kind: type[KBError], message: str, server: Fake
) -> None:
    """Whatever is asked: never is it an empty answer."""
    with create_store(server.url) as store:
        server.before = lambda _: reply
        for ask in (
            lambda: store.query("SELECT * { GRAPH ?g { ?s ?p ?o } }"),
            lambda: list(store.quads()),
            lambda: list(store.quads(IT.subject)),
            lambda: open_store(server.url),
        ):
            with pytest.raises(kind, match=message) as told:
                ask()
            assert "\n" not in str(told.value)


@pytest.mark.usefixtures("pauses")
def test_an_answer_that_breaks_off_raises(server: Fake) -> None:
    """Also where its first rows were handed on already."""
    row = b'{"s":{"type":"uri","value":"a:a"},"p":{"type":"uri","value":"a:b"},'
    row += b'"o":{"type":"uri","value":"a:c"},"g":{"type":"uri","value":"a:g"}},'
    body = b'{"head":{"vars":["s","p","o","g"]},"results":{"bindings":[' + row * 50
    headers = {**JSON, "Content-Length": "100000", "Connection": "close"}
    with create_store(server.url) as store:
        server.before = lambda _: (200, headers, body)
        for ask in (
            lambda: store.query("SELECT * { GRAPH ?g { ?s ?p ?o } }"),
            lambda: list(store.quads()),
            lambda: list(store.quads(IT.subject)),
        ):
            with pytest.raises(StoreError, match=r"is not whole|broke off"):
                ask()


def test_too_large_a_request(server: Fake) -> None:
    with create_store(server.url) as store:
        server.before = lambda _: (413, {}, b"")
        with pytest.raises(StoreError, match="takes no request of") as told:
            store.change(add=[IT])
        assert "KB_STORE_BATCH" in str(told.value.hint)


def test_fewer_rows_than_there_are(server: Fake) -> None:
    body = {
        "head": {"vars": ["s"]},
        "results": {"bindings": [{"s": {"type": "uri", "value": "x:y"}}]},
    }
    with open_store(server.url) as store:
        server.before = lambda _: (
            200,
            {**JSON, "X-SPARQL-MaxRows": "1"},
            json.dumps(body).encode(),
        )
        with pytest.raises(QueryError, match="no more than 1 rows"):
            store.query("SELECT ?s { GRAPH ?g { ?s ?p ?o } }")
        server.before = lambda _: (200, {**JSON, "X-SQL-State": "S1TAT"}, body)
        with pytest.raises(QueryError, match="only part of the answer"):
            store.query("SELECT ?s { GRAPH ?g { ?s ?p ?o } }")


def test_secrets_that_a_server_repeats(server: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_STORE_USER", "kb")
    monkeypatch.setenv("KB_STORE_PASSWORD", "geheim")
    sent = basic("kb", "geheim").split()[1]
    server.before = lambda request: (
        (400, TEXT, f"{request.headers.get('Authorization')} geheim".encode())
        if "ASK {}" not in request.form.get("query", "")
        else None
    )
    for error in (refused(lambda: use(server.url)), refused(lambda: open_store(server.url))):
        assert "***" in str(error)
        chain: BaseException | None = error
        while chain is not None:
            assert "geheim" not in repr(chain)
            assert sent not in repr(chain)
            chain = chain.__cause__ or chain.__context__
    server.before = lambda _: None
    with create_store(server.url) as store:
        assert "geheim" not in repr(vars(store)) + repr(vars(store.endpoint))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "visible"),
    [
        ("https://u:p@host:8890/sparql?apikey=k#f", "https://host:8890/sparql?…"),
        ("http://host/sparql", "http://host/sparql"),
        ("C:/stores/kb", "C:/stores/kb"),
    ],
)
def test_how_an_address_is_shown(url: str, visible: str) -> None:
    assert shown(url) == visible


# -- trying again ---------------------------------------------------------------------------------


def busy(server: Fake, times: int, reply: Reply, updates: bool = False) -> None:
    left = [times]

    def answer(request: Request) -> Reply | None:
        if left[0] and request.is_update is updates:
            left[0] -= 1
            return reply
        return None

    server.before = answer


@pytest.mark.parametrize("status", [429, 502, 503, 504])
@pytest.mark.parametrize("updates", [False, True])
def test_a_busy_server_is_asked_again_ever_later(
    status: int, updates: bool, server: Fake, pauses: list[float]
) -> None:
    with create_store(server.url) as store:
        busy(server, 4, (status, {}, b""), updates)
        if updates:
            store.change(remove=[IT])
            assert list(store.quads()) == []
        else:
            assert list(store.quads()) == [IT]
    assert pauses == [0.5, 1, 2, 4]


@pytest.mark.parametrize(("after", "waited"), [("3", [3.0]), ("0", [0.0]), ("nonsense", [0.5])])
def test_a_server_says_how_long_to_wait(
    after: str, waited: list[float], server: Fake, pauses: list[float]
) -> None:
    with create_store(server.url) as store:
        busy(server, 1, (503, {"Retry-After": after}, b""))
        assert list(store.quads()) == [IT]
    assert pauses == waited


def test_a_server_that_asks_for_an_hour_is_not_waited_for(
    server: Fake, pauses: list[float]
) -> None:
    with create_store(server.url) as store:
        busy(server, 99, (429, {"Retry-After": "3600"}, b""))
        with pytest.raises(StoreError, match="too busy to answer") as told:
            list(store.quads())
    assert pauses == []
    assert "3600 seconds" in str(told.value.hint)


def test_patience_ends(server: Fake, pauses: list[float]) -> None:
    with create_store(server.url) as store:
        busy(server, 99, (503, {}, b""), updates=True)
        with pytest.raises(StoreError, match=r"too busy to answer \(503\)"):
            store.change(add=[IT])
    assert len(pauses) == endpoint.TRIES - 1


def test_a_deadlock_is_tried_again(server: Fake, pauses: list[float]) -> None:
    text = b"Virtuoso 40001 Error SR172: Transaction deadlocked"
    with create_store(server.url) as store:
        busy(server, 2, (500, TEXT, text), updates=True)
        store.change(remove=[IT])
        assert list(store.quads()) == []
    assert len(pauses) == 2


@pytest.mark.usefixtures("pauses")
def test_a_broken_connection_is_made_anew(server: Fake) -> None:
    """An update that was carried out, and of which nobody has heard, does no harm when repeated."""
    done = []

    def drop(request: Request) -> Reply | None:
        if request.is_update and len(done) < 2:
            done.append(request)
            return 200, {"Content-Length": "1000", "Connection": "close"}, b"cut"
        return None

    server.after = drop
    with create_store(server.url) as store:
        store.change(add=[Quad(IT.subject, IT.predicate, Literal("b"), IT.graph_name)], remove=[IT])
        assert [quad.object for quad in store.quads()] == [Literal("b")]
    assert len(done) == 2


# -- nobody there ---------------------------------------------------------------------------------


def test_nobody_answers(pauses: list[float]) -> None:
    url = f"http://127.0.0.1:{sparql_servers.free_port()}/sparql"
    assert "cannot be reached: nobody answers there" in str(refused(lambda: open_store(url)))
    assert sum(pauses) < 3


def test_no_such_host(pauses: list[float]) -> None:
    assert "there is no host" in str(refused(lambda: open_store("http://no.host.invalid/sparql")))
    assert pauses == []


@contextlib.contextmanager
def silent() -> Iterator[int]:
    """A port at which somebody listens, and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_no_answer_in_time(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    monkeypatch.setenv("KB_STORE_TIMEOUT", "0.2")
    with silent() as port:
        told = refused(lambda: open_store(f"http://127.0.0.1:{port}/sparql"))
        assert "has not answered within 0.2 seconds" in str(told)
        assert "KB_STORE_TIMEOUT" in str(told.hint)
        told = refused(lambda: open_store(f"https://127.0.0.1:{port}/sparql"))
        assert "is it http://" in str(told.hint)
    assert pauses == [], "an update that may still be under way is not sent again"


def test_tls_where_there_is_none() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            connection.recv(10)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.close()

        thread = threading.Thread(target=answer)
        thread.start()
        port = listening.getsockname()[1]
        told = refused(lambda: open_store(f"https://127.0.0.1:{port}/sparql"))
        thread.join()
    assert "does not speak TLS" in str(told) or "broke off" in str(told)


@pytest.mark.parametrize(
    "url", ["http://", "https:///sparql", "http://host:99999/", "http://a b/c"]
)
def test_what_is_no_address(url: str) -> None:
    assert "is no address of a store" in str(refused(lambda: open_store(url)))


def test_nothing_there(server: Fake) -> None:
    server.store.clear()
    assert "no knowledge base at" in str(refused(lambda: open_store(server.url)))


# -- what is sent ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("http://h/query", "http://h/update"),
        ("http://h/ds/query", "http://h/ds/update"),
        ("http://h/sparql", "http://h/sparql"),
        ("http://h/query/x?a=b", "http://h/query/x?a=b"),
    ],
)
def test_where_updates_go(query: str, update: str) -> None:
    assert remote.update_address(query) == update


def test_updates_elsewhere(server: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_STORE_UPDATE", server.url.replace("/sparql", "/statements"))
    use(server.url)
    assert {request.path for request in server.requests if request.is_update} == {"/statements"}
    assert {request.path for request in server.requests if not request.is_update} == {"/sparql"}


def test_everything_is_posted_as_a_form_and_names_its_graphs(server: Fake) -> None:
    use(server.url)
    for request in server.requests:
        assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert set(request.form) in ({"query"}, {"update"}), "no default graph, no format"
        assert request.headers["User-Agent"].startswith("diplomatic-kb/")
    asked = [r for r in server.requests if "query" in r.form]
    assert {r.headers["Accept"] for r in asked} == {"application/sparql-results+json"}


def test_requests_stay_small(server: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_STORE_BATCH", "2000")
    quads = {
        Quad(
            NamedNode(f"http://e/{n}"), IT.predicate, Literal('"<é>' * 20), NamedNode(f"g:{n % 3}")
        )
        for n in range(60)
    }
    with create_store(server.url) as store:
        store.change(add=quads, remove=[IT])
        assert set(store.quads()) == quads
    sizes = [int(r.headers["Content-Length"]) for r in server.requests if r.is_update]
    journal = [r for r in server.requests if "/graph/journal" in r.form.get("update", "")]
    assert len(sizes) > len(journal) + 10
    assert max(int(r.headers["Content-Length"]) for r in server.requests
               if r.is_update and r not in journal) <= 2000  # fmt: skip


def test_what_was_read_is_not_asked_for_again_until_something_changes(server: Fake) -> None:
    with create_store(server.url) as store:
        server.requests.clear()
        for _ in range(5):
            assert list(store.quads(IT.subject)) == [IT]
            assert list(store.quads(IT.subject, IT.predicate)) == [IT]
            assert list(store.quads(None, IT.predicate, Literal("a"))) == [IT]
        assert len(server.requests) == 2
        store.change(remove=[IT])
        assert list(store.quads(IT.subject)) == []
        assert list(store.quads(None, IT.predicate, Literal("a"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH <a:a> { <a:b> <a:c> 1 } }",
        "ASK {} ; DROP ALL",
        "CLEAR ALL # ASK {}",
    ],
)
def test_no_update_goes_out_as_a_query(server: Fake, text: str) -> None:
    with open_store(server.url) as store:
        server.requests.clear()
        with pytest.raises(QueryError, match="not valid SPARQL"):
            store.query(text)
    assert server.requests == []
