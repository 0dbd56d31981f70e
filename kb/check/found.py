"""What a check finds: violations for people to act on, a SHACL validation report for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kb.check.reasoning import Reasoning
from kb.check.shapes import Rule, ShapesGraph, Term
from kb.vocabulary import DIP, GRAPH, NAMESPACE, RDF, SH

_OWN_GRAPHS = (GRAPH.derived, GRAPH.gazetteer, GRAPH.judgements)

Quads = Callable[..., Iterable[Quad]]
"""The ``quads`` of a store: those that fit a subject, predicate, object and graph."""


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
class Breach:
    """A rule and the node that breaks it, with the value by which it does, if there is one."""

    rule: Rule
    node: Term
    value: Term | None = None

    @property
    def path(self) -> str | None:
        """The local name of the property, with a caret before it where it is followed back."""
        step = self.rule.path
        if step is None:
            return None
        return "^" * step.inverse + step.predicate.value.rpartition("#")[2].rpartition("/")[2]


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


def violations(breaches: Iterable[Breach], quads: Quads) -> tuple[Violation, ...]:
    """Breaches in the words of their shapes, with event and article, sorted."""
    found = []
    for breach in breaches:
        event, article = whereabouts(breach.node, quads)
        found.append(
            Violation(
                breach.rule.message,
                _text(breach.node) or "",
                event,
                article,
                breach.path,
                _text(breach.value),
            )
        )
    return ordered(found)


def ordered(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """By article, node, message and value."""
    return tuple(sorted(found, key=lambda v: (v.article or "", v.node, v.message, v.value or "")))


def whereabouts(node: Term, quads: Quads) -> tuple[str | None, str | None]:
    """The event and the article that a node belongs to: a report's, a passage's; of anything else
    that one article alone tells of, the article."""
    if isinstance(node, Literal):
        return None, None

    def to(source: Term | None, term: NamedNode) -> Term | None:
        if not isinstance(source, (NamedNode, BlankNode)):
            return None
        return next((q.object for q in quads(source, term, None)), None)

    def back(term: NamedNode, target: Term | None) -> Term | None:
        return (
            None if target is None else next((q.subject for q in quads(None, term, target)), None)
        )

    if any(q.object == DIP.Article for q in quads(node, RDF.type, None)):
        return None, _text(node)
    told = to(node, DIP.reportedBy)
    report = back(DIP.evidence, node) or back(DIP.wording, node) or told or node
    event = node if told is not None else back(DIP.reportedBy, report)
    article = to(node, DIP.inArticle) or to(report, DIP.inArticle) or _by_graph(node, quads)
    return _text(event), _text(article)


def _by_graph(node: Term, quads: Quads) -> Term | None:
    """The article whose graph is the only one to tell of a node."""
    graphs: dict[object, None] = {}
    for quad in quads(node, None, None):
        if quad.graph_name not in _OWN_GRAPHS:
            graphs[quad.graph_name] = None
        if len(graphs) > 1:
            return None
    return next((q.subject for g in graphs for q in quads(None, RDF.type, DIP.Article, g)), None)


def _text(term: Term | None) -> str | None:
    if isinstance(term, BlankNode):
        return str(term)
    return term.value if isinstance(term, (NamedNode, Literal)) else None


def report(breaches: Iterable[Breach], graph: ShapesGraph) -> str:
    """A SHACL validation report in Turtle; ``graph`` has the shapes that it describes."""
    results = [_result(breach, graph) for breach in breaches]
    conforms = f"sh:conforms {'false' if results else 'true'}"
    listed = "".join(f" ;\n    sh:result {result}" for result in results)
    return (
        f"@prefix dip: <{NAMESPACE}> .\n@prefix sh: <{SH.NAMESPACE}> .\n\n"
        f"[] a sh:ValidationReport ;\n    {conforms}{listed} .\n"
    )


def _result(breach: Breach, graph: ShapesGraph) -> str:
    rule = breach.rule
    component = "SPARQL" if rule.component == "sparql" else _capital(rule.component)
    told = [
        ("a", "sh:ValidationResult"),
        ("sh:focusNode", breach.node),
        *((("sh:resultPath", _path(rule)),) if rule.path else ()),
        *((("sh:value", breach.value),) if breach.value is not None else ()),
        ("sh:resultMessage", _quoted(rule.message)),
        ("sh:resultSeverity", "sh:Violation"),
        ("sh:sourceConstraintComponent", f"sh:{component}ConstraintComponent"),
        ("sh:sourceShape", _described(rule.shape, graph)),
    ]
    return "[ " + " ;\n        ".join(f"{name} {value}" for name, value in told) + " ]"


def _path(rule: Rule) -> str:
    assert rule.path is not None
    name = _short(rule.path.predicate)
    return f"[ sh:inversePath {name} ]" if rule.path.inverse else name


def _described(node: Term, graph: ShapesGraph) -> str:
    """A shape: by its IRI, or, where it has none, by all that is said of it."""
    if not isinstance(node, BlankNode):
        return _short(node)
    said = (
        f"{_short(predicate)} {_described(value, graph)}"
        for predicate, values in graph.about.get(node, {}).items()
        for value in values
    )
    return "[ " + " ; ".join(said) + " ]"


def _short(term: Term) -> str:
    """A term with the prefix of its namespace, if it is one of the two."""
    for prefix, space in (("sh", SH.NAMESPACE), ("dip", NAMESPACE)):
        if isinstance(term, NamedNode) and term.value.startswith(space):
            local = term.value.removeprefix(space)
            return f"{prefix}:{local}" if local.isalnum() else str(term)
    return str(term)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
