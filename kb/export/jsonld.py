"""JSON-LD: a line for each thing that a graph tells of, under short names.

The context maps the ontology's terms to their plain names (``participant``, ``title``), and says of
each property whether its values are IRIs, days or text. What does not fit is written in full, so
that any graph without blank nodes reads back as it was. IRIs of things stay whole: an IRI that is
abbreviated here could be taken for another one there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kb.vocabulary import DCTERMS, DIP, EDTF, NAMESPACE, RDF, RDFS, SKOS, XSD

_LINKS = (
    DIP.participant, DIP.visitor, DIP.speaker, DIP.addressee, DIP.met, DIP.actsFor, DIP.place,
    DIP.inCountry, DIP.status, DIP.medium, DIP.reportedBy, DIP.inArticle, DIP.evidence, DIP.wording,
    DIP.holder, DIP.office, DIP.officeOf, SKOS.exactMatch, DCTERMS.isReplacedBy,
)  # fmt: skip
_DAYS = (
    DIP.earliest, DIP.latest, DIP.firstReported, DIP.published, DIP.since, DIP.until, DIP.asOf
)  # fmt: skip
_TEXTS = (RDFS.label, SKOS.altLabel)

_COERCED: dict[NamedNode, str] = {
    **dict.fromkeys(_LINKS, "@id"),
    **dict.fromkeys(_DAYS, XSD.date.value),
    DIP.date: EDTF.value,
    DIP.url: XSD.anyURI.value,
}
"""What the values of a property are taken for where nothing is said."""

_PLAIN = re.compile(r"[A-Za-z]\w*", re.ASCII)
_WHOLE = re.compile(r"0|-?[1-9]\d{0,14}", re.ASCII)
"""Whole numbers that JSON has as they are."""


def _short(term: str) -> str:
    """A property or class by its plain name, where the ontology has it, else by its IRI."""
    name = term.removeprefix(NAMESPACE)
    return name if name != term and _PLAIN.fullmatch(name) else term


def _name(term: NamedNode) -> str:
    return term.value.replace("#", "/").rpartition("/")[2]


_NAMES = {term: _name(term) for term in (*_COERCED, *_TEXTS)}

CONTEXT: dict[str, Any] = {
    "@vocab": NAMESPACE,
    **{_name(term): term.value for term in _TEXTS},
    **{
        _name(term): {"@id": term.value, "@type": kind}
        for term, kind in sorted(_COERCED.items(), key=lambda item: _name(item[0]))
    },
}


def write(found: Iterable[Quad] | Iterable[Triple], out: IO[bytes]) -> None:
    """Write quads, or triples, one document; those of one graph and subject come together."""
    out.write(b'{"@context": ' + _json(CONTEXT) + b',\n"@graph": [')
    between = b"\n"
    for graph, quads in groupby(found, _graph):
        inside = between
        if not isinstance(graph, DefaultGraph):
            out.write(between + b'{"@id": ' + _json(graph.value) + b', "@graph": [')
            inside = b"\n"
        for node in _nodes(quads):
            out.write(inside + _json(node))
            inside = b",\n"
        if not isinstance(graph, DefaultGraph):
            out.write(b"\n]}")
        between = b",\n"
    out.write(b"\n]}\n")


def _graph(found: Quad | Triple) -> NamedNode | DefaultGraph:
    graph = found.graph_name if isinstance(found, Quad) else DefaultGraph()
    assert isinstance(graph, (NamedNode, DefaultGraph))
    return graph


def _nodes(found: Iterable[Quad | Triple]) -> Iterator[dict[str, Any]]:
    """What is told of each subject: its classes, then its properties in their order."""
    for subject, about in groupby(found, lambda one: one.subject):
        assert isinstance(subject, NamedNode)
        classes: list[str] = []
        told: dict[str, list[Any]] = {}
        for one in about:
            if one.predicate == RDF.type and isinstance(one.object, NamedNode):
                classes.append(_short(one.object.value))
            else:
                key = _NAMES.get(one.predicate) or _key(one.predicate)
                told.setdefault(key, []).append(_value(one.predicate, one.object))
        node: dict[str, Any] = {"@type": _one_or_all(classes)} if classes else {}
        node["@id"] = subject.value
        yield node | {key: _one_or_all(values) for key, values in told.items()}


def _key(predicate: NamedNode) -> str:
    """The key of a property that the context does not know."""
    return predicate.value if _short(predicate.value) in CONTEXT else _short(predicate.value)


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _value(predicate: NamedNode, value: object) -> Any:
    coerced = _COERCED.get(predicate)
    if isinstance(value, NamedNode):
        return value.value if coerced == "@id" else {"@id": value.value}
    assert isinstance(value, Literal)
    if value.language is not None:
        return {"@value": value.value, "@language": value.language}
    kind = value.datatype
    if coerced is not None:
        if kind.value == coerced:
            return value.value
    elif kind == XSD.integer and _WHOLE.fullmatch(value.value):
        return int(value.value)
    elif kind == XSD.boolean and value.value in ("true", "false"):
        return value.value == "true"
    elif kind == XSD.string:
        return value.value
    if kind == XSD.string:
        return {"@value": value.value}
    return {"@value": value.value, "@type": _short(kind.value)}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": ")).encode()
