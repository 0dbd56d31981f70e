"""What CONSTRUCT and DESCRIBE give: triples, which an rdflib graph can be made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from pyoxigraph import Triple

from kb.vocabulary import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph

    from kb.export import RdfFormat


class Triples(list[Triple]):
    """Triples without repetition, sorted, as pyoxigraph has them.

    >>> met = kb.query(
    ...     "PREFIX dip: <https://w3id.org/diplomatic-kb/ontology#>"
    ...     "CONSTRUCT { ?a dip:met ?b } WHERE { GRAPH ?g { ?a dip:met ?b } }"
    ... )
    >>> print(met[0].predicate)
    <https://w3id.org/diplomatic-kb/ontology#met>
    """

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        super().__init__(sorted(set(triples), key=str))

    def write(self, out: IO[bytes], form: RdfFormat = "turtle") -> None:
        """Write them in one of the formats of RDF."""
        from kb.export import write

        write(self, out, form)

    def to_rdflib(self) -> Graph:
        """The triples as an ``rdflib.Graph`` in memory, with the prefixes of the project.

        >>> from rdflib import SKOS
        >>> actor = kb.who_met("Trump")[0]["participants"][0]["iri"]
        >>> graph = kb.query(
        ...     "CONSTRUCT { ?actor ?p ?o } WHERE { GRAPH ?g { ?actor ?p ?o } }", actor=actor
        ... ).to_rdflib()
        >>> print(*graph.objects(predicate=SKOS.exactMatch))
        http://www.wikidata.org/entity/Q22686
        """
        from io import BytesIO

        from rdflib import Graph

        data = BytesIO()
        self.write(data, "ntriples")
        graph = Graph(bind_namespaces="core")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        return graph.parse(data=data.getvalue(), format="nt")
