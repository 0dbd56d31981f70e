"""What differs among the servers that speak SPARQL."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_BYTES = 900_000
"""Of a request that changes something: many a proxy takes no more than a megabyte."""


@dataclass(frozen=True, slots=True)
class Product:
    """One kind of server.

    ``name`` is for people. ``most_quads`` go into one update. ``page`` is the number of rows that
    may be sorted at once, None where an answer can be read as a stream, however long.
    ``system_graphs`` are its own, which belong to nobody's data. ``before_query`` hides them from a
    query that names no graph; ``before_describe`` and ``before_update`` go in front of what they
    say; ``union_parameter`` has a query ask all graphs together. ``default_graph``: whether it
    stores anything outside of named graphs.
    """

    name: str
    most_quads: int = 20_000
    page: int | None = None
    system_graphs: tuple[str, ...] = ()
    before_query: str = ""
    before_describe: str = ""
    before_update: str = ""
    union_parameter: str | None = None
    default_graph: bool = True


_VIRTUOSO_GRAPHS = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.openlinksw.com/virtrdf-label#",
    "http://www.openlinksw.com/schemas/oplweb#",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/ns/ldp#",
    "http://localuriqaserver/sparql",
    "http://localhost:8890/sparql",
    "http://localhost:8890/DAV/",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
    "urn:rules.skos",
    "virtrdf-label",
    "b3sifp",
    "b3sonto",
    "facets",
)

UNKNOWN = Product("a SPARQL server")
OXIGRAPH = Product("Oxigraph", union_parameter="union-default-graph")
VIRTUOSO = Product(
    "Virtuoso",
    # its parser gives up at 4,990 statements of one operation, its compiler long before 10,000
    most_quads=2_000,
    # it refuses to sort more than 10,000 rows
    page=5_000,
    system_graphs=_VIRTUOSO_GRAPHS,
    # with these its default graph is empty, too; without, it is the union of all graphs
    before_query="".join(f"define input:named-graph-exclude <{g}> " for g in _VIRTUOSO_GRAPHS),
    # one request is one transaction; the setting of the server could be one for each statement
    # its own way to describe a thing looks at no named graph
    before_describe='define sql:describe-mode "CBD" ',
    before_update="define sql:log-enable 1 ",
    default_graph=False,
)


def product_of(server: str) -> Product:
    """The product that a ``Server`` header names."""
    for product in (VIRTUOSO, OXIGRAPH):
        if re.match(rf"{product.name}\b", server, re.IGNORECASE):
            return product
    return UNKNOWN
