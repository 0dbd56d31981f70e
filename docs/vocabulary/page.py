"""The page: HTML with its style and its drawing inside, so that it can be kept, sent and read
without a network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path

from rdflib import DCTERMS, OWL, SKOS, Graph, URIRef
from rdflib.namespace import VANN

from docs.vocabulary.drawing import draw
from docs.vocabulary.example import example
from docs.vocabulary.terms import ONTOLOGY, Term, read
from kb.vocabulary import NAMESPACE

STYLE = Path(__file__).with_name("style.css")

VOCABULARIES = {
    "PROV-O": ("prov", "http://www.w3.org/ns/prov#"),
    "SEM": ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    "schema.org": ("schema", "https://schema.org/"),
    "FOAF": ("foaf", "http://xmlns.com/foaf/0.1/"),
    "ORG": ("org", "http://www.w3.org/ns/org#"),
    "OWL-Time": ("time", "http://www.w3.org/2006/time#"),
    "SKOS": ("skos", "http://www.w3.org/2004/02/skos/core#"),
    "Web Annotation": ("oa", "http://www.w3.org/ns/oa#"),
    "OWL": ("owl", "http://www.w3.org/2002/07/owl#"),
    "Wikidata": ("wd", "http://www.wikidata.org/entity/"),
    "XML Schema": ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    "RDF Schema": ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    "EDTF": ("edtf", "http://id.loc.gov/datatypes/edtf/"),
}

HEADER = {
    "Version": OWL.versionIRI,
    "Prior version": OWL.priorVersion,
    "Licence": DCTERMS.license,
    "By": DCTERMS.creator,
    "Namespace": VANN.preferredNamespaceUri,
    "Prefix": VANN.preferredNamespacePrefix,
    "To cite": DCTERMS.bibliographicCitation,
    "History": SKOS.historyNote,
}


def page() -> str:
    """The whole page."""
    graph, terms = read()
    internal = frozenset(NAMESPACE + term.name for term in terms if term.is_internal)
    event, told = example(internal)
    sections = [(title, list(found)) for title, found in groupby(terms, key=lambda t: t.section)]
    title = escape(str(graph.value(ONTOLOGY, DCTERMS.title)))
    parts = [
        f"<h1>{title}</h1>",
        f'<p class="lead">{escape(str(graph.value(ONTOLOGY, DCTERMS.description)))}</p>',
        _facts(graph, terms),
        _contents(title for title, _ in sections),
        '<h2 id="model">The model</h2>',
        f"<figure>{draw(terms, lambda name: f'#{name}')}<figcaption>Blue: classes, with their "
        "subclasses (▸) and the properties that have literals. Yellow: codes. Arrows: properties; "
        "behind them the range, where it is narrower than the box. Internal keys are left out."
        "</figcaption></figure>",
        '<h2 id="example">An example</h2>',
        "<p>The summit of Panmunjom, as <code>kb demo</code> stores it. The event is in the "
        "derived graph and says what its reports come to:</p>",
        f"<pre>{escape(event)}</pre>",
        "<p>Two of its three reports, each in the graph of its article, with the passages that say "
        "so. One announces the summit, the other tells of it:</p>",
        f"<pre>{escape(told)}</pre>",
        *(_section(title, found) for title, found in sections),
        _alignment(terms),
        _index(terms),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n"
        "<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def slug(title: str) -> str:
    """The id of a section."""
    return "section-" + "-".join(title.lower().split())


def _link(name: str) -> str:
    """A term of ours, or one of another vocabulary with its prefix."""
    if "/" not in name:
        return f'<a href="#{name}">{name}</a>'
    for prefix, namespace in VOCABULARIES.values():
        if name.startswith(namespace):
            return f'<a href="{escape(name)}">{prefix}:{name.removeprefix(namespace)}</a>'
    return f'<a href="{escape(name)}">{escape(name)}</a>'


def _prose(text: str) -> str:
    """Text in which the names of terms are links."""
    return re.sub(r"\bdip:(\w+)", r'<a href="#\1">dip:\1</a>', escape(text, quote=False))


def _links(names: Iterable[str], between: str = " or ") -> str:
    return between.join(map(_link, names))


def _facts(graph: Graph, terms: list[Term]) -> str:
    rows = []
    for told, predicate in HEADER.items():
        value = graph.value(ONTOLOGY, predicate)
        text = _prose(str(value))
        rows.append((told, f'<a href="{text}">{text}</a>' if isinstance(value, URIRef) else text))
    counts = {
        "classes": sum(t.kind == "class" for t in terms),
        "properties": sum(t.is_property and not t.is_internal for t in terms),
        "internal keys": sum(t.is_internal for t in terms),
        "codes": sum(t.kind == "code" for t in terms),
        "schemes": sum(t.kind == "scheme of codes" for t in terms),
    }
    told = ", ".join(f"{n} {what}" for what, n in counts.items())
    rows.append(("Terms", f"{len(terms)}: {told}"))
    body = "".join(f"<dt>{told}</dt><dd>{value}</dd>" for told, value in rows)
    return f'<dl class="facts">{body}</dl>'


def _contents(titles: Iterable[str]) -> str:
    links = [("model", "The model"), ("example", "An example")]
    links += [(slug(title), title) for title in titles]
    links += [("alignment", "Other vocabularies"), ("index", "All terms")]
    items = "".join(f'<li><a href="#{to}">{escape(text)}</a></li>' for to, text in links)
    return f"<nav><ul>{items}</ul></nav>"


def _section(title: str, terms: list[Term]) -> str:
    note = ""
    if any(term.is_internal for term in terms):
        note = (
            '<p class="note">By these the program finds again what it has filed. They tell nothing '
            "of diplomacy and may change with any version: leave them out of what you publish.</p>"
        )
    cards = "\n".join(map(_card, terms))
    return f'<h2 id="{slug(title)}">{escape(title)}</h2>\n{note}{cards}'


def _card(term: Term) -> str:
    kind = ", ".join([term.kind, *term.characteristics])
    rows: list[tuple[str, str]] = []
    if term.parents:
        relation = {"class": "a kind of", "code": "a"}.get(term.kind, "implies")
        rows.append((relation, _links(term.parents, ", ")))
    if term.domain:
        rows.append(("of", _links(term.domain)))
    if term.range:
        rows.append(("leads to", _links(term.range)))
    if term.notation:
        rows.append(("notation", f"<code>{escape(term.notation)}</code>"))
    rows += [("for example", escape(text)) for text in term.examples]
    told = "".join(f"<dt>{what}</dt><dd>{value}</dd>" for what, value in rows)
    notes = "".join(f'<p class="note">{_prose(note)}</p>' for note in term.notes)
    css = "term internal" if term.is_internal else "term"
    return (
        f'<article class="{css}" id="{term.name}"><header><h3 class="name">'
        f'<a href="{NAMESPACE}{term.name}">dip:{term.name}</a></h3>'
        f'<span class="label">{escape(term.label)}</span><span class="kind">{kind}</span></header>'
        f'<p class="definition">{_prose(term.definition)}</p>{notes}<dl>{told}</dl></article>'
    )


def _alignment(terms: list[Term]) -> str:
    rows = []
    for name, (_, namespace) in VOCABULARIES.items():
        for term in terms:
            for relation, other in term.aligned:
                if other.startswith(namespace):
                    rows.append((name, term.name, relation, other))
    body = "".join(
        f"<tr><td>{name}</td><td>{_link(term)}</td><td>{relation}</td><td>{_link(other)}</td></tr>"
        for name, term, relation, other in rows
    )
    return (
        '<h2 id="alignment">Other vocabularies</h2><p>From a file of its own, which the ontology '
        "does not import. “Is a kind of” and “implies” are axioms and hold of every case; the rest "
        "is a hint for readers.</p><table><thead><tr><th>vocabulary</th><th>term</th><th></th>"
        f"<th>theirs</th></tr></thead><tbody>{body}</tbody></table>"
    )


def _index(terms: list[Term]) -> str:
    names = sorted((term.name for term in terms), key=str.lower)
    items = "".join(f"<li>{_link(name)}</li>" for name in names)
    return f'<h2 id="index">All terms</h2><ul class="index">{items}</ul>'
