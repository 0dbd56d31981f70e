"""A knowledge base as rdflib has it: a dataset over the same store, to be read only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import NamespaceManager
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier

from kb.ask.guard import require_reading
from kb.errors import KBError, QueryError
from kb.rdf import iri
from kb.store import EmbeddedStore, Store, query_errors
from kb.vocabulary import PREFIXES


class ReadOnlyStore(OxigraphStore):
    """The store of a knowledge base behind rdflib. It holds nothing itself: once the knowledge base
    is closed, so is this."""

    def __init__(self, store: EmbeddedStore) -> None:
        super().__init__()
        self._of = store

    @property
    def _inner(self) -> pyoxigraph.Store:
        return self._of.engine

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """As rdflib has it; what is wrong with the query is a ``QueryError``, and so is what would
        ask the network."""
        if isinstance(query, Query):  # parsed already: rdflib runs it itself
            _require_local(query)
            return super().query(query, initNs, initBindings, queryGraph, **kwargs)
        known = {**self._namespace_for_prefix, **initNs}
        head = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in known.items())
        require_reading(head + query)
        with query_errors():
            return super().query(query, initNs, initBindings, queryGraph, **kwargs)

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Nothing: the store is the knowledge base's to close."""

    def add_graph(self, graph: Graph) -> None:
        """Nothing for a graph that is there, which is how rdflib gets hold of one."""
        name = graph.identifier
        if name == DATASET_DEFAULT_GRAPH_ID:
            return
        if not self._inner.contains_named_graph(iri(str(name))):
            raise KBError(
                f"the knowledge base has no graph {name}",
                "this dataset is a view to read; dataset.graphs() lists its graphs",
            )

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise KBError(
            "this dataset is a view of a knowledge base, to read only",
            "KnowledgeBase.add adds articles; for a copy to change, export it and parse that",
        )

    open = _refuse
    add = _refuse
    addN = _refuse  # noqa: N815
    remove = _refuse
    remove_graph = _refuse
    update = _refuse
    destroy = _refuse
    create = _refuse


def _require_local(query: Query) -> None:
    """Refuse a parsed query in which rdflib would ask an endpoint (SERVICE) or fetch a graph from
    its address (FROM). Raises ``QueryError``."""
    todo: list[Any] = [query.algebra]
    while todo:
        part = todo.pop()
        if isinstance(part, CompValue):
            if part.name == "ServiceGraphPattern" or part.datasetClause:
                raise QueryError(
                    "rdflib would ask the network for this query: it has SERVICE or FROM",
                    "give its text, which the knowledge base answers itself, and name graphs with "
                    "GRAPH",
                )
            todo += part.values()
        elif isinstance(part, (list, tuple, set)):
            todo += part


def dataset(store: Store, *, default_union: bool = False) -> Dataset:
    """The view; ``default_union`` makes the default graph that of all graphs together.

    Raises ``KBError`` for a store that is not inside this process.
    """
    if not isinstance(store, EmbeddedStore):
        raise KBError(
            f"{store.location} is no store of this process, rdflib cannot look into it",
            "ask it with query, or export it and read that",
        )
    view = Dataset(ReadOnlyStore(store), default_union=default_union)
    view.namespace_manager = NamespaceManager(view, bind_namespaces="core")
    for prefix, namespace in PREFIXES.items():
        view.bind(prefix, namespace)
    return view
