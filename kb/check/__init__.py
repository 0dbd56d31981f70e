"""Whether data are as the shapes of ``ontology/shapes.ttl`` ask: pySHACL, and rows to act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Quad

from kb.check.reasoning import Reasoning
from kb.check.reasoning import reason as prove
from kb.errors import KBError
from kb.resources import ontology_dir
from kb.vocabulary import NAMESPACE

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: what, of which node, in which event and article, with which value.

    All are IRIs but ``message``, ``path`` and ``value``; what does not apply is ``None``.
    """

    message: str
    node: str
    event: str | None
    article: str | None
    path: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check has found; ``turtle`` is the validation report as SHACL has it, ``reasoning``
    what a reasoner says, if it was asked."""

    violations: tuple[Violation, ...]
    turtle: str
    reasoning: Reasoning | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        proof = self.reasoning
        return not self.violations and (
            proof is None or (proof.consistent and not proof.unsatisfiable)
        )


def check_quads(quads: Iterable[Quad], reason: bool = False) -> Findings:
    """Validate quads of any graphs, taken together; with ``reason`` by OWL reasoning, too. Raises
    ``KBError`` where that lacks Java."""
    from pyshacl import validate
    from rdflib import Graph

    given = list(quads)
    proof = prove(given) if reason else None
    data = Graph()
    lines = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in given)
    data.parse(data=lines, format="nt")
    _, report, _ = validate(
        data, shacl_graph=_graph("shapes.ttl"), ont_graph=_graph("diplomatic-kb.ttl")
    )
    assert isinstance(report, Graph)
    return Findings(_violations(report, data), report.serialize(format="turtle"), proof)


def check_file(path: str | Path, reason: bool = False) -> Findings:
    """Validate a file of RDF. Raises ``KBError`` where it cannot be read."""
    return check_quads(_read(path), reason)


def _read(path: str | Path) -> list[Quad]:
    """The quads of a file of RDF; its suffix names the format. Raises ``KBError``."""
    try:
        return list(pyoxigraph.parse(path=str(path)))
    except OSError as error:
        raise KBError(f"{path} cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError, MemoryError) as error:
        raise KBError(
            f"{path} cannot be checked: {' '.join(str(error).split())[:300]}",
            "the suffix names the format: ttl, trig, nt, nq, jsonld",
        ) from error


@cache
def _graph(name: str) -> Graph:
    from rdflib import Graph

    return Graph().parse(ontology_dir() / name)


def _violations(report: Graph, data: Graph) -> tuple[Violation, ...]:
    from rdflib import RDF, SH

    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        assert node is not None
        event, article = _whereabouts(node, data)
        path = report.value(result, SH.resultPath)
        found.append(
            Violation(
                str(report.value(result, SH.resultMessage)),
                str(node),
                event,
                article,
                str(path).rpartition("#")[2] if path is not None else None,
                _text(report.value(result, SH.value)),
            )
        )
    return tuple(sorted(found, key=lambda v: (v.article or "", v.node, v.message, v.value or "")))


def _whereabouts(node: Node, data: Graph) -> tuple[str | None, str | None]:
    """The event and the article that a node belongs to: a report's, or a passage's."""
    from rdflib import Namespace

    dip = Namespace(NAMESPACE)

    def to(source: Node, term: str) -> Node | None:
        return data.value(source, dip[term], any=True)

    def back(term: str, target: Node) -> Node | None:
        return data.value(None, dip[term], target, any=True)

    report = back("evidence", node) or back("wording", node) or to(node, "reportedBy") or node
    event = node if report == to(node, "reportedBy") else back("reportedBy", report)
    return _text(event), _text(to(node, "inArticle") or to(report, "inArticle"))


def _text(node: Node | None) -> str | None:
    return None if node is None else str(node)
