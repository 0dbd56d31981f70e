"""Graphs at random, for property tests: any text, odd IRIs, whole knowledge bases."""

from __future__ import annotations

from datetime import date, timedelta

from building import ACTORS, extraction, meeting, statement, visit
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kb.model import MEDIA, STATUSES, Extraction, Meeting, Statement
from kb.rdf import BASE
from kb.vocabulary import DIP, EDTF, RDF, RDFS, SKOS, XSD

ODD = (
    "\x00\x01\x07\t\n\r\x0b\x1b\x7f\x85\xa0\u200b\u200e\u202a\u202e\u2028\u2029\ufeff\ufffe"
    "\"'\\<>{}|^`%;,.:@#/?&=+ ~$()"
)
"""What serialisers trip over: control characters, direction marks, line ends, quotes, escapes."""

texts = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])))
lines_of_text = st.lists(texts, max_size=4).map("\n".join)

_IN_IRIS = "abzAZ09-._~%20!$&'()*+,;=:@/?#" + "é漢ü\u202e\u200f٠🦉"
_SCHEMES = ("https://example.org/", "urn:x:", "dip:", "xsd:", "title:", "label:", "_:/", "mailto:")


def _iri(text: str) -> NamedNode | None:
    try:
        return NamedNode(text)
    except ValueError:
        return None


iris: st.SearchStrategy[NamedNode] = st.one_of(
    st.builds(lambda scheme, rest: _iri(scheme + rest), st.sampled_from(_SCHEMES),
              st.text(_IN_IRIS, max_size=12)).filter(lambda found: found is not None),
    st.sampled_from([NamedNode(BASE + "person/Q1"), NamedNode(BASE), DIP.held, DIP.Article]),
)  # fmt: skip
predicates = st.one_of(
    iris,
    st.sampled_from(
        [RDF.type, RDFS.label, SKOS.altLabel, DIP.participant, DIP.title, DIP.date, DIP.published,
         DIP.startOffset, DIP.quoted, DIP.url, DIP.key]
    ),
)  # fmt: skip
datatypes = st.one_of(
    st.sampled_from([XSD.date, XSD.integer, XSD.boolean, XSD.anyURI, XSD.string, EDTF]), iris
).filter(lambda kind: not kind.value.endswith("langString"))
lexical = st.one_of(
    texts, st.sampled_from(["1", "-1", "007", "+5", "1e3", "true", "false", "True", "0", "-0",
                            "99999999999999999999", "2024-01-01", "2024-13-45", ""])
)  # fmt: skip
languages = st.sampled_from(["en", "en-gb", "zh-hant", "de-ch-1996"])
literals = st.one_of(
    lines_of_text.map(Literal),
    st.builds(lambda text, kind: Literal(text, datatype=kind), lexical, datatypes),
    st.builds(lambda text, tongue: Literal(text, language=tongue), texts, languages),
)
quads = st.builds(Quad, iris, predicates, st.one_of(literals, iris), iris)

names = st.sampled_from(sorted(ACTORS))
days = st.one_of(
    st.none(),
    st.integers(0, 40).map(lambda n: (date(2024, 5, 1) + timedelta(n)).isoformat()),
    st.sampled_from(["2024", "2024-05", "2024-05-01/2024-05-03"]),
)
statuses = st.sampled_from(STATUSES)
_places = st.sampled_from([(None, None), (None, "RU"), ("Moscow", "RU"), ("Paris", "FR")])


_words = texts.filter(lambda text: len(text) not in (0, 15, 17))
"""Of another length than those of a visit."""


@st.composite
def _meetings(draw: st.DrawFn) -> object:
    who = draw(st.lists(names, min_size=2, max_size=3, unique=True))
    place, country = draw(_places)
    return meeting(
        *who, status=draw(statuses), on=draw(days), medium=draw(st.sampled_from(MEDIA)),
        place=place, country=country, words=draw(_words),
    )  # fmt: skip


@st.composite
def _visits(draw: st.DrawFn) -> object:
    place, country = draw(_places.filter(lambda where: where[1] is not None))
    return visit(draw(names), country, place, draw(statuses), draw(days))


@st.composite
def _statements(draw: st.DrawFn) -> object:
    to = draw(st.lists(names, max_size=2, unique=True))
    return statement(draw(names), draw(_words), *to, quote=draw(st.booleans()))


def _where(event: object) -> object:
    """The same characters of an article are the same words: two events have other passages, but for
    visits, whose words are always the same."""
    if isinstance(event, Statement):
        assert event.evidence is not None
        return event.evidence.end
    return event.evidence[0].end if isinstance(event, Meeting) else event


@st.composite
def extractions(draw: st.DrawFn) -> list[Extraction]:
    """Some articles, each with some events; their actors are called the same by all of them."""
    out = []
    for number in range(draw(st.integers(1, 4))):
        event = st.one_of(_meetings(), _visits(), _statements())
        events = draw(st.lists(event, max_size=4, unique_by=_where))
        published = draw(st.sampled_from([None, "2024-05-10", "2024-05-20"]))
        told = extraction(f"a{number}", *events, published=published, text=draw(texts))
        out.append(told)
    return out
