"""Questions and answers: named queries with bound parameters, rows as plain dictionaries.

Nothing here, nor below it, imports the language pipeline or rdflib: a question answers at once.
"""

from __future__ import annotations

from kb.ask.answers import articles, show, statements, stats, visits, who_met
from kb.ask.named import NamedQuery, find_query, named_queries, named_query, parse_query
from kb.ask.run import run, select

__all__ = [
    "NamedQuery",
    "articles",
    "find_query",
    "named_queries",
    "named_query",
    "parse_query",
    "run",
    "select",
    "show",
    "statements",
    "stats",
    "visits",
    "who_met",
]
