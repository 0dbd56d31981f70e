"""The one place that mints IRIs and builds triples.

``mint`` names things; ``article`` writes what one article tells into a graph of its own;
``derived`` writes what follows from all of them, ``rules`` what follows by SPARQL; ``reading``
turns quads back into reports.
There are no blank nodes.
"""

from __future__ import annotations

from kb.rdf.article import ArticleGraph, article_graph, article_quads, text_digest
from kb.rdf.derived import (
    copied,
    event_quads,
    filing_quads,
    naming_quads,
    person_filing_quads,
    person_quads,
    restated,
)
from kb.rdf.given import as_alias, read_given
from kb.rdf.judged import (
    judged_report_quads,
    judgement_quads,
    read_judged_reports,
    read_judgements,
)
from kb.rdf.mint import (
    BASE,
    Minter,
    boolean_literal,
    day_literal,
    integer_literal,
    iri,
    require_closed,
    string_literal,
    value_of,
)
from kb.rdf.reading import base_of, read_report
from kb.rdf.rules import RULES, by_rule
from kb.rdf.wire import (
    journal_quads,
    quad_text,
    read_journal,
    received_quad,
    term_text,
    triple_text,
)

__all__ = [
    "BASE",
    "RULES",
    "ArticleGraph",
    "Minter",
    "article_graph",
    "article_quads",
    "as_alias",
    "base_of",
    "boolean_literal",
    "by_rule",
    "copied",
    "day_literal",
    "event_quads",
    "filing_quads",
    "integer_literal",
    "iri",
    "journal_quads",
    "judged_report_quads",
    "judgement_quads",
    "naming_quads",
    "person_filing_quads",
    "person_quads",
    "quad_text",
    "read_given",
    "read_journal",
    "read_judged_reports",
    "read_judgements",
    "read_report",
    "received_quad",
    "require_closed",
    "restated",
    "string_literal",
    "term_text",
    "text_digest",
    "triple_text",
    "value_of",
]
