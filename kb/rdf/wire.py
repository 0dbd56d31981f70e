"""Terms as they go to another program in the text of a request, and as they come back.

The SPARQL protocol binds no parameters, so that every term that is sent goes through
:func:`term_text`, which escapes whatever could end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kb.errors import KBError
from kb.vocabulary import GRAPH, RDF, XSD

Term = NamedNode | Literal | BlankNode | Triple
GraphName = NamedNode | DefaultGraph

_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LANGUAGE = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f\u2028\u2029]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TRUTH = {"0": "false", "1": "true"}


def term_text(term: Term) -> str:
    """An IRI or a literal in the syntax that SPARQL, Turtle and N-Quads share.

    Raises ``KBError`` for a blank node, which would stand for anything, for an IRI with a sign that
    no IRI has, and for a language that is none.
    """
    if isinstance(term, NamedNode):
        if _NO_IRI.search(term.value):
            raise KBError(f"{term.value[:80]!r} is no IRI")
        return f"<{term.value}>"
    if not isinstance(term, Literal):
        raise KBError("only IRIs and literals can be sent to a store")
    text = f'"{_ESCAPED.sub(_escape, term.value)}"'
    if term.language is not None:
        if not _LANGUAGE.fullmatch(term.language):
            raise KBError(f"{term.language[:80]!r} is no language")
        return f"{text}@{term.language}"
    if term.datatype == XSD.string:
        return text
    return f"{text}^^{term_text(term.datatype)}"


def _escape(found: re.Match[str]) -> str:
    sign = found.group()
    return _SHORT.get(sign) or f"\\u{ord(sign):04X}"


def triple_text(quad: Quad) -> str:
    """The triple of a quad as one line. Raises ``KBError`` as :func:`term_text` does."""
    terms = (quad.subject, quad.predicate, quad.object)
    return " ".join(map(term_text, terms)) + " .\n"


def quad_text(quad: Quad) -> str:
    """A quad as a line of N-Quads."""
    if isinstance(quad.graph_name, DefaultGraph):
        return triple_text(quad)
    assert isinstance(quad.graph_name, NamedNode)
    return f"{triple_text(quad)[:-2]}{term_text(quad.graph_name)} .\n"


def received(term: Term) -> Term:
    """A term as this product writes it: some products give truth values back as 0 and 1."""
    if isinstance(term, Literal) and term.datatype == XSD.boolean and term.value in _TRUTH:
        return Literal(_TRUTH[term.value], datatype=XSD.boolean)
    return term


def received_quad(subject: Term, predicate: Term, object_: Term, graph: GraphName) -> Quad:
    """A quad of terms that came from another program. Raises ``KBError`` where they make none."""
    if not isinstance(subject, (NamedNode, BlankNode)) or not isinstance(predicate, NamedNode):
        raise KBError("the store gave a statement that is none")
    return Quad(subject, predicate, received(object_), graph)


# -- what is about to be done ---------------------------------------------------------------------


def journal_quads(pieces: Iterable[str], mark: str) -> Iterator[Quad]:
    """The pieces of a journal and, last, its mark: in a graph of its own, as plain text."""
    for number, piece in enumerate(pieces):
        node = NamedNode(f"{GRAPH.journal.value}#{number:06}")
        yield Quad(node, RDF.value, Literal(piece), GRAPH.journal)
    yield Quad(GRAPH.journal, RDF.value, Literal(mark), GRAPH.journal)


def read_journal(quads: Iterable[Quad]) -> tuple[str, list[str]]:
    """Its text and its marks: one where it is whole."""
    pieces: dict[str, str] = {}
    marks: list[str] = []
    for quad in quads:
        if quad.predicate != RDF.value or not isinstance(quad.object, Literal):
            continue
        if quad.subject == GRAPH.journal:
            marks.append(quad.object.value)
        elif isinstance(quad.subject, NamedNode):
            pieces[quad.subject.value] = quad.object.value
    return "".join(pieces[node] for node in sorted(pieces)), marks
