"""The articles of a knowledge base: found by what a user calls them, and what each tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from kb import edtf
from kb.ask.named import named_query
from kb.ask.names import quoted
from kb.ask.run import Row, select
from kb.ask.sparql import Term
from kb.errors import KBError, UnknownNameError
from kb.names import fold
from kb.rdf import day_literal, iri
from kb.store import Store

_DIGITS = re.compile(r"(?:article/)?([0-9a-f]{4,20})")
_SHOWN = 5


def span(since: str | None, until: str | None) -> dict[str, Sequence[Term]]:
    """The parameters of a span of time. Raises ``KBError`` where it ends before it begins."""
    values: dict[str, Sequence[Term]] = {}
    if since is not None:
        values["since"] = [day_literal(edtf.earliest(since))]
    if until is not None:
        values["until"] = [day_literal(edtf.latest(until))]
    if since is not None and until is not None and edtf.earliest(since) > edtf.latest(until):
        raise KBError(
            f"nothing lies between {since} and {until}", "the earlier date goes with --since"
        )
    return values


def articles(
    store: Store,
    words: str | None = None,
    *,
    source: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[Row]:
    """The articles by day of publication: all, those with some words in their titles, those of a
    source (in capitals or not)."""
    wanted, outlet = fold(words or "").split(), fold(source or "")
    return [
        row
        for row in select(store, named_query("articles"), span(since, until))
        if (source is None or fold(row.get("source", "")) == outlet)
        and set(wanted) <= set(fold(row["title"]).split())
    ]


def find_article(store: Store, text: str) -> Row:
    """The one article that is meant: by its key, URL, IRI, the id that its source gave it, the
    first digits of its IRI's end, or its title. Raises ``UnknownNameError``, with the closest."""
    found = articles_called(store, text)
    if found:
        return one_article(found, text)
    message = f"this knowledge base has no article {quoted(text)}" if text else "the name is empty"
    raise UnknownNameError(message, *_nearest(select(store, named_query("articles")), text))


def articles_called(store: Store, text: str) -> list[Row]:
    """The articles that may be meant, as :func:`find_article` has it."""
    rows = select(store, named_query("articles"))
    return next((hit for test in _TESTS if (hit := [r for r in rows if test(r, text)])), [])


def one_article(found: Sequence[Row], text: str) -> Row:
    """The only one of them. Raises ``UnknownNameError`` where there are several."""
    if len(found) > 1:
        several = tuple(_told(row) for row in found[:_SHOWN])
        raise UnknownNameError(
            f"{quoted(text)} may be any of {len(found)} articles", "; ".join(several), several
        )
    return found[0]


def article(store: Store, row: Row) -> Row:
    """An article with what it reports, in the order of its text; ``row`` is one of
    :func:`articles`."""
    reports: dict[str, Row] = {}
    for told in select(store, named_query("reports-in"), {"article": [iri(row["article"])]}):
        kind = told["class"].rpartition("#")[2].lower()
        new: Row = {"event": told["event"], "type": kind, "report": told["report"]}
        new |= {"status": told["status"], "date": told.get("date"), "quote": told["quote"]}
        reports.setdefault(told["report"], new)
    keys = ("article", "title", "source", "published", "url", "key")
    return {"type": "article", **{key: row.get(key) for key in keys}, "events": [*reports.values()]}


def _by_digits(row: Row, text: str) -> bool:
    found = _DIGITS.fullmatch(text)
    return found is not None and row["article"].rpartition("/")[2].startswith(found.group(1))


_TESTS = (
    lambda row, text: text in (row["key"], row["article"], row.get("url")),
    lambda row, text: (
        row["key"].startswith("source:") and row["key"].endswith("/" + quote(text, safe=""))
    ),
    _by_digits,
    lambda row, text: bool(fold(text)) and fold(row["title"]) == fold(text),
)
"""What an article can be named by, what is surest first."""


def _nearest(rows: Sequence[Row], text: str) -> tuple[str, tuple[str, ...]]:
    import difflib

    titles = {fold(row["title"]): row for row in rows} | {row["key"]: row for row in rows}
    near = difflib.get_close_matches(fold(text[:200]), titles, n=_SHOWN, cutoff=0.5)
    near += difflib.get_close_matches(text[:200], titles, n=_SHOWN, cutoff=0.7)
    words = set(fold(text[:200]).split())
    near += [title for title in titles if words & set(title.split())]
    close = tuple(dict.fromkeys(_told(titles[key]) for key in near))[:_SHOWN]
    hint = f"the closest: {'; '.join(close)}" if close else "`kb articles` lists them"
    return hint, close


def _told(row: Row) -> str:
    return f"{row['article'].rpartition('/')[2][:8]} “{row['title']}”"
