"""The one place that mints IRIs and builds triples.

``mint`` names things; ``article`` writes what one article tells into a graph of its own;
``derived`` writes what follows from all of them; ``reading`` turns quads back into reports.
There are no blank nodes.
"""

from __future__ import annotations

from kb.rdf.article import ArticleGraph, article_graph, article_quads, text_digest
from kb.rdf.derived import (
    acted_for_quads,
    copied,
    event_quads,
    filing_quads,
    met_quads,
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

__all__ = [
    "BASE",
    "ArticleGraph",
    "Minter",
    "acted_for_quads",
    "article_graph",
    "article_quads",
    "as_alias",
    "base_of",
    "boolean_literal",
    "copied",
    "day_literal",
    "event_quads",
    "filing_quads",
    "integer_literal",
    "iri",
    "judged_report_quads",
    "judgement_quads",
    "met_quads",
    "naming_quads",
    "person_filing_quads",
    "person_quads",
    "read_given",
    "read_judged_reports",
    "read_judgements",
    "read_report",
    "require_closed",
    "restated",
    "string_literal",
    "text_digest",
    "value_of",
]
