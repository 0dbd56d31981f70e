"""Questions and answers: named queries with bound parameters, rows as plain dictionaries.

Nothing here, nor below it, imports the language pipeline or rdflib: a question answers at once.
"""

from __future__ import annotations

from kb.ask.answers import show, statements, stats, visits, who_met
from kb.ask.conflicts import conflicts
from kb.ask.named import NamedQuery, find_query, named_queries, named_query, parse_query
from kb.ask.run import run, select
from kb.ask.sources import articles, find_article
from kb.ask.things import Thing, require_like, thing
from kb.ask.who import actor, actors

__all__ = [
    "NamedQuery",
    "Thing",
    "actor",
    "actors",
    "articles",
    "conflicts",
    "find_article",
    "find_query",
    "named_queries",
    "named_query",
    "parse_query",
    "require_like",
    "run",
    "select",
    "show",
    "statements",
    "stats",
    "thing",
    "visits",
    "who_met",
]
