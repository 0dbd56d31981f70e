"""The page of the vocabulary: every term with its definition, links that lead somewhere, nothing to
be loaded, and nothing asked of the network while it is made. The drawing shows the model."""

from __future__ import annotations

import re
import socket
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ontologies import load, own
from rdflib import SKOS, Graph, URIRef

from docs.vocabulary.drawing import draw
from docs.vocabulary.example import example
from docs.vocabulary.page import page
from docs.vocabulary.terms import read
from kb.vocabulary import NAMESPACE

DOCS = Path(__file__).parent.parent.parent / "docs"
LOADS = {"script", "link", "img", "iframe", "object", "embed", "video", "audio", "source", "base"}
"""Elements that make a browser fetch something."""


class Reader(HTMLParser):
    """What a page links to, is linked by, and would load."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if tag == "a" else []
        self.loaded += [tag] if tag in LOADS else []
        self.loaded += [f"{tag} {k}" for k in found if k in ("src", "srcset")]
        if tag not in ("meta", "br", "path", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("path", "rect"):
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def html() -> str:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("the page asks the network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refused)
        patch.setattr(socket, "getaddrinfo", refused)
        return page()


@pytest.fixture(scope="module")
def reader(html: str) -> Reader:
    found = Reader()
    found.feed(html)
    return found


def test_every_term_is_there_with_its_definition(html: str, reader: Reader) -> None:
    graph = load(*own())
    terms = [s for s in set(graph.subjects()) if str(s).startswith(NAMESPACE)]
    plain = unescape(re.sub(r"</?a\b[^>]*>", "", html))
    for term in terms:
        assert str(term).removeprefix(NAMESPACE) in reader.ids
        for predicate in (SKOS.definition, SKOS.example, SKOS.scopeNote):
            for text in graph.objects(term, predicate):
                assert str(text) in plain, term


def test_every_section_of_the_files_has_its_terms() -> None:
    _, terms = read()
    assert "Terms" not in {term.section for term in terms}
    assert {t.name for t in terms if t.section == "Internal keys"} == {
        t.name for t in terms if t.is_internal
    }


def test_links_within_the_page_lead_somewhere(reader: Reader) -> None:
    inside = [link[1:] for link in reader.links if link.startswith("#")]
    assert len(inside) > 200
    assert set(inside) - set(reader.ids) == set()
    assert [name for name, n in Counter(reader.ids).items() if n > 1] == []
    assert all(link.startswith(("#", "http://", "https://")) for link in reader.links)


def test_it_loads_nothing_and_is_well_formed(html: str, reader: Reader) -> None:
    assert reader.loaded == []
    assert reader.open == []
    assert not re.search(r"@import|url\(\s*['\"]?\w+:", html)


def test_the_example_is_what_the_knowledge_base_has(html: str) -> None:
    event, told = example(frozenset())
    for text in (event, told):
        assert len(Graph().parse(data=text, format="turtle")) > 10
    graph = Graph().parse(data="\n".join(unescape(p) for p in PRE.findall(html)), format="turtle")
    status = URIRef(NAMESPACE + "status")
    assert {str(o).removeprefix(NAMESPACE) for o in graph.objects(None, status)} == {
        "held",
        "planned",
    }
    passages = set(map(str, graph.objects(None, URIRef(NAMESPACE + "exact"))))
    assert any("will meet on April 27" in text for text in passages)
    assert not [p for p in graph.predicates() if str(p).endswith("Key")]


PRE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)


def test_the_styles_of_page_and_drawing_do_not_meet(html: str) -> None:
    page_style, drawing_style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    rules = re.findall(r"([^{}]+)\{", drawing_style)
    assert all(part.strip().startswith(".drawing ") for rule in rules for part in rule.split(","))
    assert ".in-" not in page_style
    assert ".drawing" not in page_style


# -- the drawing ----------------------------------------------------------------------------------


def test_the_drawing_in_the_documents_is_that_of_the_ontology() -> None:
    """Where this fails: make vocabulary."""
    assert (DOCS / "model.svg").read_text(encoding="utf-8") == draw(read()[1])


def test_the_drawing_has_every_class_and_property() -> None:
    _, terms = read()
    svg = ElementTree.fromstring(draw(terms))
    words = {word for text in svg.itertext() for word in re.findall(r"\w+", text)}
    shown = {t.name for t in terms if (t.kind == "class" or t.is_property) and not t.is_internal}
    assert shown - words == set()


def test_no_box_of_the_drawing_lies_on_another() -> None:
    svg = ElementTree.fromstring(draw(read()[1]))
    boxes = [
        [float(rect.get(key, "0")) for key in ("x", "y", "width", "height")]
        for rect in svg.iter("{http://www.w3.org/2000/svg}rect")
        if rect.get("class") != "in-frame" and rect.get("x")
    ]
    assert len(boxes) >= 12
    for i, (x, y, width, height) in enumerate(boxes):
        for x2, y2, width2, height2 in boxes[i + 1 :]:
            assert x + width < x2 or x2 + width2 < x or y + height < y2 or y2 + height2 < y
