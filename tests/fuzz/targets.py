"""What is fuzzed: functions of bytes that raise where a promise is broken.

Whatever comes in, a reader gives articles and failures told in a sentence; what the rules read
lies where they say, and can be stored, written and read again; a query asks nobody; an import
takes what an export has written, or refuses it whole. And nothing takes long.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from datetime import date
from functools import cache

import pyoxigraph

from fuzz.seeds import PIECES, SUFFIXES
from kb import KnowledgeBase
from kb.ask.guard import require_reading
from kb.cli.tables import clean
from kb.coder import Coder
from kb.errors import KBError
from kb.gazetteer import gazetteer
from kb.model import Article, Evidence, Extraction
from kb.rdf import Minter, article_graph, read_given
from kb.read import ReadFailure
from kb.read.article import record_article
from kb.read.clean import mask
from kb.read.stream import Origin, Run, read_stream
from kb.shards import Shards

SLOW = 20.0
"""Seconds of the processor that one input may take, on a slow machine and with tracing."""

LONGEST = 2000
"""Pieces of a text; how time grows with the length is for `tests/security` to say."""

PUBLISHED = date(2020, 3, 4)


class BrokenPromiseError(AssertionError):
    """A promise that does not hold."""


def check(holds: bool, what: str) -> None:
    if not holds:
        raise BrokenPromiseError(what)


@cache
def coder() -> Coder:
    return Coder()


def text_of(data: bytes) -> str:
    """Prose-like text: each byte stands for a word, a mark, a phrase or a line end."""
    return "".join(PIECES[byte % len(PIECES)] for byte in data[:LONGEST])


def read_target(data: bytes) -> None:
    """Any file of any suffix, which the first byte chooses."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
    run = Run(PUBLISHED, "The Wire")
    for item in read_stream(io.BytesIO(data[1:]), run, Origin("file", "file", suffix)):
        if isinstance(item, ReadFailure):
            said = str(item.error)
            check(bool(said) and "\n" not in clean(said), f"told in several lines: {said!r}")
        else:
            check_article(item)


def check_article(article: Article) -> None:
    check(len(article.body) == len(article.text), "the body is not as long as the text")
    check(bool(article.key and article.title is not None), "an article without a key")
    json.dumps([article.text, article.title, article.key, article.id, article.source, article.url])
    f"{article.text}{article.title}{article.key}{article.id}{article.source}".encode()


def extract_target(data: bytes) -> None:
    """A text that resembles news: what is read of it can be stored, and comes back the same."""
    extracted(text_of(data))


def any_text_target(data: bytes) -> None:
    """Any characters."""
    extracted(data.decode("utf-8", "replace"))


def extracted(text: str) -> Extraction | None:
    """What a text tells, all promises checked; None for a text that is refused."""
    record = {"text": text, "id": "1", "language": "en"}
    try:
        article = record_article(record, published=PUBLISHED, source="The Wire", origin="file")
    except KBError:
        return None
    check_article(article)
    extraction = coder().code(article)
    json.dumps(extraction.to_json())
    for passage in passages(extraction):
        told = article.text[passage.start : passage.end]
        check(told == passage.text, f"evidence {passage.text!r} is {told!r} in the text")
    graph = article_graph(extraction, Minter(), gazetteer())
    lines = "".join(f"{quad} .\n" for quad in graph.quads)
    again = list(pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_QUADS))
    check(set(again) == set(graph.quads), "the quads of the article do not come back")
    back = read_given(graph.name, again)
    check(set(back.reports) == set(graph.reports), "the reports of the article do not come back")
    return extraction


def passages(extraction: Extraction) -> list[Evidence]:
    found = [e for event in (*extraction.meetings, *extraction.visits) for e in event.evidence]
    for statement in extraction.statements:
        found += [statement.text, *([statement.evidence] if statement.evidence else [])]
    return found


def store_target(data: bytes) -> None:
    """Texts, parted by zero bytes, into a knowledge base and out of it: nothing is left over."""
    with KnowledgeBase.memory() as kb:
        keys = []
        for number, part in enumerate(data.split(b"\0")[:3]):
            try:
                kb.add_text(text_of(part), published=PUBLISHED, source="Wire", id=str(number))
            except KBError:
                continue
            keys.append(f"source:Wire/{number}")
        kb.who_met()
        kb.visits()
        kb.statements()
        for key in keys:
            check(kb.remove_article(key), "an article that was added is not there")
        left = {row["what"] for row in kb.stats()} & {"article", "meeting", "visit", "statement"}
        check(not left, f"left over: {left}")


def mask_target(data: bytes) -> None:
    """Blanking keeps every offset."""
    text = data.decode("utf-8", "replace")
    body = mask(text)
    check(len(body) == len(text), "blanking has moved the text")
    kept = all(at == "\n" for at, was in zip(body, text, strict=True) if was == "\n")
    check(kept, "line feeds were lost")


def guard_target(data: bytes) -> None:
    """What the guard lets through has no SERVICE clause: rdflib's parser is the judge, where it
    knows the query, too."""
    query = data.decode("utf-8", "replace")
    try:
        require_reading(query)
    except KBError:
        return
    if "service" not in query.lower():
        return
    from rdflib.plugins.sparql import prepareQuery

    try:
        algebra = str(prepareQuery(query).algebra)
    except Exception:
        return
    check("ServiceGraphPattern" not in algebra, f"lets through {query!r}")


def import_target(data: bytes) -> None:
    """A file of N-Quads, or what calls itself so."""
    try:
        with Shards(["-"], "nquads", io.BytesIO(data)) as shards:
            for given in shards:
                check(bool(given.graph.quads), "an article of nothing")
    except KBError as error:
        check("\n" not in error.message, f"told in several lines: {error.message!r}")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "read": read_target,
    "extract": extract_target,
    "any-text": any_text_target,
    "store": store_target,
    "mask": mask_target,
    "guard": guard_target,
    "import": import_target,
}


def run(target: str, data: bytes) -> None:
    """Try one input. Raises whatever goes wrong; ``BrokenPromiseError`` where it took too long."""
    started = time.process_time()
    TARGETS[target](data)
    took = time.process_time() - started
    check(took <= SLOW, f"took {took:.0f} seconds")
