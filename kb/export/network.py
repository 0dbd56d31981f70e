"""The network of who met whom, for Gephi and its kind: GraphML and GEXF.

Nodes are the actors that met somebody; an edge stands between two who met, however often: its
weight is the number of their meetings.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from importlib import import_module
from itertools import combinations
from typing import IO, Any
from xml.etree import ElementTree

from kb.errors import KBError
from kb.export.formats import NetworkFormat
from kb.export.lookup import Lookup
from kb.reports import Standing
from kb.store import Store
from kb.vocabulary import DIP, NAMESPACE

TOOK_PLACE: tuple[Standing, ...] = ("held", "disputed")
"""How a meeting stands that counts unless others are asked for."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Edge:
    """The meetings of two actors."""

    meetings: list[str] = field(default_factory=list)
    first: str | None = None
    last: str | None = None


def write_network(
    store: Store, out: IO[bytes], form: NetworkFormat, statuses: Collection[str] = TOOK_PLACE
) -> int:
    """Write the network of the meetings that stand so; returns how many edges there are.

    Raises ``KBError`` without networkx, which the extra ``network`` brings.
    """
    nx = _networkx()
    lookup = Lookup(store)
    edges = _edges(lookup, statuses)
    graph = nx.Graph()
    for actor in sorted({actor for pair in edges for actor in pair}):
        graph.add_node(_clean(actor), **_about(lookup, actor))
    for (one, two), edge in sorted(edges.items()):
        told = {
            "weight": len(edge.meetings),
            "first": edge.first or "",
            "last": edge.last or "",
            "meetings": "; ".join(edge.meetings),
        }
        graph.add_edge(_clean(one), _clean(two), **told)
    if form == "graphml":
        nx.write_graphml_xml(graph, out)
    else:
        text = "\n".join(nx.generate_gexf(graph))
        out.write(_undated(text))
    return len(edges)


def _edges(lookup: Lookup, statuses: Collection[str]) -> dict[tuple[str, str], Edge]:
    edges: dict[tuple[str, str], Edge] = {}
    for meeting in lookup.things(DIP.Meeting):
        if meeting.one(DIP.status).removeprefix(NAMESPACE) not in statuses:
            continue
        days = [day for day in (meeting.one(DIP.earliest), meeting.one(DIP.latest)) if day]
        for pair in combinations(meeting.all(DIP.participant), 2):
            edge = edges.setdefault(pair, Edge())
            edge.meetings.append(meeting.iri)
            if days:
                edge.first = min(filter(None, (edge.first, days[0])))
                edge.last = max(filter(None, (edge.last, days[-1])))
    return edges


def _about(lookup: Lookup, actor: str) -> dict[str, str]:
    found = lookup.named(actor)
    return {
        "label": _clean(found.name),
        "type": found.kind,
        "country": found.country,
        "wikidata": found.wikidata,
    }


def _clean(text: str) -> str:
    """Text without the control characters that XML cannot have."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _undated(gexf: str) -> bytes:
    """Leave away on which day, and by which version of what, it was written."""
    namespace = "http://www.gexf.net/1.2draft"
    ElementTree.register_namespace("", namespace)
    root = ElementTree.fromstring(gexf)
    for meta in root.findall(f"{{{namespace}}}meta"):
        root.remove(meta)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _networkx() -> Any:
    try:
        return import_module("networkx")
    except ImportError as error:
        raise KBError(
            "networks are written by networkx, which is not installed",
            "install it: pip install 'diplomatic-kb[network]'",
        ) from error
