"""What every store does: it gives back what was put in, all of it, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sparql_servers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from kb.errors import QueryError, StoreError
from kb.rdf import term_text
from kb.store import Store, create_store, is_address, open_store

G = NamedNode("http://e/g")
S = NamedNode("http://e/s")
P = NamedNode("http://e/p")
XSD = "http://www.w3.org/2001/XMLSchema#"

same_store = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def quad(n: int | str, graph: NamedNode = G) -> Quad:
    return Quad(NamedNode(f"http://e/{n}"), P, Literal(str(n)), graph)


TERMS = [
    Literal("plain"),
    Literal(""),
    Literal(" two  blanks "),
    Literal("words", language="en"),
    Literal("mots", language="fr"),
    Literal("words", language="en-gb"),
    Literal(True),
    Literal(False),
    Literal(0),
    Literal(-17),
    Literal(12345678901234),
    Literal("2018-04-27", datatype=NamedNode(XSD + "date")),
    Literal("2018", datatype=NamedNode(XSD + "gYear")),
    Literal("2018-04", datatype=NamedNode(XSD + "gYearMonth")),
    Literal("http://e/?a=b&c", datatype=NamedNode(XSD + "anyURI")),
    Literal("2018-04-26/2018-04-27", datatype=NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")),
    Literal("1", datatype=NamedNode("http://e/boolean")),
    Literal('a "quote" and \\u0041 \\ back'),
    Literal("'''\n\"\"\"\r\n\t"),
    Literal("\x01\x0b\x1f\x7f\x85\u2028\ufeff"),
    Literal("‮ right to left, 漢字, é and é, 😀"),
    Literal('" . } } ; DROP ALL ; INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> "'),
    Literal('{ } < > # ? $ ` | ^ \\" %00 &amp; <script>'),
    Literal("x" * 20_000),
    NamedNode("http://e/é/漢字?q=%20a+b&c=d#f(1)'*,;@!~"),
    NamedNode("urn:isbn:0-486-27557-4"),
]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term)[:24])
def test_a_term_comes_back_as_it_went_in(store: Store, term: NamedNode | Literal) -> None:
    it = Quad(S, P, term, G)
    store.change(add=[it])
    assert list(store.quads()) == [it]
    assert list(store.quads(object=term)) == [it]
    asked = store.query(f"SELECT ?s {{ GRAPH ?g {{ ?s ?p {term_text(term)} }} }}")
    assert isinstance(asked, QuerySolutions)
    assert [row["s"] for row in asked] == [S]
    given = store.query("SELECT ?o { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(given, QuerySolutions)
    assert [row["o"] for row in given] == [term]
    store.change(remove=[it])
    assert list(store.quads()) == []


# what XML allows, and then some: a store need not hold NUL or half a surrogate pair
hostile = st.text(
    st.one_of(
        st.sampled_from("\"\\'<>{}.;#^@?$`|&%\n\r\t ─é😀"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff"),
    ),
    max_size=40,
)


@same_store
@given(texts=st.lists(hostile, min_size=1, max_size=8, unique=True))
def test_no_text_ends_its_literal(store: Store, texts: list[str]) -> None:
    quads = {Quad(S, P, Literal(text), G) for text in texts}
    store.change(remove=list(store.quads()))
    store.change(add=quads)
    assert set(store.quads()) == quads
    for text in texts:
        assert len(list(store.quads(object=Literal(text)))) == 1


def test_a_change_removes_and_adds(store: Store) -> None:
    store.change(add=[quad(1), quad(2)])
    store.change(add=[quad(3)], remove=[quad(1), quad(4)])
    assert set(store.quads(graph=G)) == {quad(2), quad(3)}
    assert list(store.quads(NamedNode("http://e/2"))) == [quad(2)]


def test_what_is_removed_and_added_stays(store: Store) -> None:
    store.change(add=[quad(1)])
    store.change(add=[quad(1)], remove=[quad(1)])
    assert list(store.quads()) == [quad(1)]


def test_terms_go_from_several_graphs_at_once(store: Store) -> None:
    quads = [
        Quad(NamedNode(f"http://e/{n}"), P, term, NamedNode(f"http://e/g{n % 3}"))
        for n, term in enumerate(TERMS * 2)
    ]
    store.change(add=quads)
    assert set(store.quads()) == set(quads)
    store.change(remove=quads[::2])
    assert set(store.quads()) == set(quads[1::2])
    store.change(remove=quads[1::2])
    assert list(store.quads()) == []


def test_no_change_is_fine(store: Store) -> None:
    store.change()
    assert list(store.quads()) == []


def test_patterns(store: Store) -> None:
    other, q = NamedNode("http://e/other"), NamedNode("http://e/q")
    quads = [
        Quad(S, P, Literal("a"), G),
        Quad(S, P, Literal("b"), G),
        Quad(S, q, Literal("a"), other),
        Quad(other, P, Literal("a"), other),
        Quad(other, P, S, G),
    ]
    store.change(add=quads)
    for _ in ("asked of the store", "remembered"):
        for s in (None, S, other, G):
            for p in (None, P, q):
                for o in (None, Literal("a"), S, Literal("none")):
                    for g in (None, G, other):
                        want = [
                            x
                            for x in quads
                            if s in (None, x.subject)
                            and p in (None, x.predicate)
                            and o in (None, x.object)
                            and g in (None, x.graph_name)
                        ]
                        found = list(store.quads(s, p, o, g))
                        assert len(found) == len(want)
                        assert set(found) == set(want)


def test_what_was_read_is_read_anew_after_a_change(store: Store) -> None:
    assert list(store.quads(S)) == list(store.quads(None, P, Literal("a"))) == []
    it = Quad(S, P, Literal("a"), G)
    store.change(add=[it])
    assert list(store.quads(S)) == list(store.quads(None, P, Literal("a"))) == [it]
    store.change(remove=[it])
    assert list(store.quads(S)) == list(store.quads(None, P, Literal("a"))) == []


def test_many_rows_and_none_is_lost(store: Store) -> None:
    """More than a server sorts, or gives at once: one thing has most of them."""
    many = [Quad(NamedNode(f"http://e/{n % 400}"), P, Literal(str(n)), G) for n in range(7_000)]
    big = [Quad(NamedNode("http://e/200"), P, Literal(f"more {n}"), G) for n in range(1_500)]
    few = [quad(n, NamedNode("http://e/few")) for n in range(3)]
    store.change(add=[*many, *big, *few])
    found = list(store.quads())
    assert len(found) == 8_503
    assert set(found) == {*many, *big, *few}
    assert sum(1 for _ in store.quads(graph=G)) == 8_500
    assert sum(1 for _ in store.quads(NamedNode("http://e/200"))) == 1_517
    assert sum(1 for _ in store.quads(predicate=P, graph=G)) == 8_500
    store.change(remove=found)
    assert list(store.quads()) == []


def test_queries_see_named_graphs_only(store: Store) -> None:
    store.change(add=[quad(1), quad(2, NamedNode("http://e/h"))])
    for text, want in (
        ("ASK { ?s ?p ?o }", False),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", True),
        ("ASK { GRAPH <http://e/none> { ?s ?p ?o } }", False),
        ("ASK FROM <http://e/g> { ?s ?p ?o }", True),
        ("ASK FROM <http://e/none> { ?s ?p ?o }", False),
        ("ASK FROM NAMED <http://e/h> { GRAPH ?g { ?s ?p '1' } }", False),
        ("ASK FROM NAMED <http://e/h> { GRAPH ?g { ?s ?p '2' } }", True),
    ):
        answer = store.query(text)
        assert isinstance(answer, QueryBoolean)
        assert bool(answer) is want, text
    rows = store.query(
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    )
    assert isinstance(rows, QuerySolutions)
    assert {(row["g"].value, row["n"].value) for row in rows} == {
        ("http://e/g", "1"),
        ("http://e/h", "1"),
    }


def test_triples(store: Store) -> None:
    it = Quad(S, P, Literal(True), G)
    store.change(add=[it, Quad(S, P, Literal("é😀\n"), G)])
    for text in (
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DESCRIBE <http://e/s>",
        "PREFIX e: <http://e/> # DESCRIBE\nDESCRIBE e:s",
    ):
        answer = store.query(text)
        assert isinstance(answer, QueryTriples)
        assert {(t.subject, t.predicate, t.object) for t in answer} == {
            (S, P, Literal(True)),
            (S, P, Literal("é😀\n")),
        }
    none = store.query("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <http://e/none> { ?s ?p ?o } }")
    assert list(none) == []


def test_prefixes_that_all_may_use(store: Store) -> None:
    store.change(add=[Quad(S, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), S, G)])
    for text in (
        "ASK { GRAPH ?g { ?s rdfs:label ?o } }",
        "PREFIX rdfs: <http://e/p#> ASK { GRAPH ?g { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } }",  # noqa: E501
    ):
        assert bool(store.query(text)), text


@pytest.mark.parametrize(
    "query",
    ["SELECT", "SELECT * { ?s ?p }", "INSERT DATA { GRAPH <a:a> { <a:a> <a:b> 1 } }", "DROP ALL"],
)
def test_a_malformed_query(store: Store, query: str) -> None:
    store.change(add=[quad(1)])
    with pytest.raises(QueryError, match="not valid SPARQL") as told:
        store.query(query)
    assert "\n" not in str(told.value)
    assert list(store.quads()) == [quad(1)], "and no update"


def test_what_is_written_is_read_by_the_next(store: Store, again: Callable[[], Store]) -> None:
    store.change(add=[quad(n) for n in range(100)])
    with again() as reader:
        assert set(reader.quads()) == {quad(n) for n in range(100)}
        if reader is not store:
            with pytest.raises(StoreError, match="for reading only"):
                reader.change(add=[quad(1)])


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    for use in (
        lambda: store.query("ASK {}"),
        lambda: list(store.quads()),
        lambda: store.change(add=[quad(1)]),
    ):
        with pytest.raises(StoreError, match="closed"):
            use()


def test_nobody_sees_half_of_a_change(store: Store, place: str) -> None:
    """While one writes, another asks a server again and again: all of it, or nothing."""
    if not is_address(place):
        pytest.skip("a store of this process is not read while it is written")
    graphs = (G, NamedNode("http://e/h"))

    def state(word: str) -> list[Quad]:
        return [
            Quad(NamedNode(f"http://e/{n % 40}"), P, Literal(f"{word} {n}"), graph)
            for n in range(200)
            for graph in graphs
        ]

    states = {word: state(word) for word in ("old", "new")}
    store.change(add=states["old"])
    seen: set[tuple[tuple[str, str], ...]] = set()
    done = threading.Event()

    def ask() -> None:
        with open_store(place) as reader:
            while not done.is_set():
                rows = reader.query(
                    "SELECT ?word (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } "
                    "BIND(SUBSTR(STR(?o), 1, 3) AS ?word) } GROUP BY ?word"
                )
                assert isinstance(rows, QuerySolutions)
                seen.add(tuple((row["word"].value, row["n"].value) for row in rows))

    with ThreadPoolExecutor() as threads:
        asking = threads.submit(ask)
        for come, go in (("new", "old"), ("old", "new")) * 3:
            store.change(add=states[come], remove=states[go])
        done.set()
        asking.result()
    assert seen <= {(("old", "400"),), (("new", "400"),)}
    assert seen


def test_a_name_and_a_password_by_digest(
    virtuoso_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"{virtuoso_url}-auth"
    with pytest.raises(StoreError, match="without a name and password"):
        create_store(url)
    monkeypatch.setenv("KB_STORE_USER", "kb")
    monkeypatch.setenv("KB_STORE_PASSWORD", "wrong")
    with pytest.raises(StoreError, match="does not accept the credentials"):
        create_store(url)
    monkeypatch.setenv("KB_STORE_PASSWORD", sparql_servers.PASSWORD)
    it = quad(1, NamedNode("http://e/auth"))
    with create_store(url) as store:
        store.change(add=[it])
        assert list(store.quads(graph=it.graph_name)) == [it]
        store.change(remove=[it])
        assert list(store.quads(graph=it.graph_name)) == []
