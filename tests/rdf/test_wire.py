"""Terms in the text of a request: whatever they hold, they stay one term."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kb.ask.sparql import bind
from kb.errors import KBError
from kb.rdf import journal_quads, quad_text, read_journal, term_text

EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
QUERY = "SELECT ?x WHERE { VALUES ?x { UNDEF } }"

anything = st.text(
    st.one_of(
        st.sampled_from("\"\\'<>{}.;#^@?$`|&%\n\r\tu0041 é😀"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)
hostile = st.one_of(
    anything,
    anything.map(lambda text: f'" }} ; DROP ALL ; # {text}'),
    anything.map(lambda text: f"{text}\\"),
)
terms = st.one_of(
    hostile.map(Literal),
    hostile.map(lambda text: Literal(text, language="en")),
    hostile.map(lambda text: Literal(text, datatype=EDTF)),
)


@settings(deadline=None)
@given(st.lists(terms, min_size=1, max_size=5))
def test_what_is_bound_is_what_is_asked(values: list[Literal]) -> None:
    asked = bind(QUERY, {"x": values})
    assert "\n" not in asked, "nothing ends a line either"
    rows = pyoxigraph.Store().query(asked)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    assert [row["x"] for row in rows] == values


@settings(deadline=None)
@given(terms)
def test_a_quad_is_one_line(value: Literal) -> None:
    quad = Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), value, NamedNode("http://e/g"))
    text = quad_text(quad)
    assert text.count("\n") == 1
    assert list(pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_QUADS)) == [quad]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (NamedNode("http://e/é?a=b#c"), "<http://e/é?a=b#c>"),
        (
            Literal('a "b" \\ \n\r\t\x00\x7f\u2028'),
            '"a \\"b\\" \\\\ \\n\\r\\t\\u0000\\u007F\\u2028"',
        ),
        (Literal("chat", language="fr-be"), '"chat"@fr-be'),
        (Literal(5), '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (Literal("x"), '"x"'),
    ],
)
def test_how_terms_are_written(term: NamedNode | Literal, text: str) -> None:
    assert term_text(term) == text


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(KBError, match="only IRIs and literals"):
        term_text(BlankNode("b"))


def test_a_block_that_says_nothing_is_left_out() -> None:
    query = 'SELECT * { VALUES ?x { UNDEF } VALUES ?y { "a" } VALUES ?z { UNDEF } ?x ?y ?z }'
    assert bind(query, {"z": [Literal("b")]}) == (
        'SELECT * {  VALUES ?y { "a" } VALUES ?z { "b" } ?x ?y ?z }'
    )


def test_a_journal_comes_back() -> None:
    quads = list(journal_quads(["one ", "two ", "three"], "mark"))
    assert read_journal(reversed(quads)) == ("one two three", ["mark"])
    assert read_journal(quads[:-1]) == ("one two three", [])
