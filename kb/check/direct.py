"""Rules of the shapes as tests of values in memory: what one article tells is checked in a
millisecond. SPARQL constraints are left to the engine (``kb.check.sparql``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kb.check.found import Breach
from kb.check.shapes import Rule, Step, Term
from kb.vocabulary import RDF, XSD

Values = dict[Term, list[Term]]
"""The values of each property of a node, once each."""

Test = Callable[[list[Term], Values, "Told"], Iterable[Term | None]]
"""From the values along the path, all that is said of the node, and everything that is told: the
values that break a rule, or one ``None`` where it is broken by none in particular."""


class Told:
    """Triples by their subjects; the graphs they are in are nothing here."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.about: dict[Term, Values] = {}
        self.predicates: set[Term] = set()
        for quad in quads:
            predicate = quad.predicate
            values = self.about.setdefault(quad.subject, {}).setdefault(predicate, [])
            self.predicates.add(predicate)
            if quad.object not in values:
                values.append(quad.object)
        self.kinds = {k for said in self.about.values() for k in said.get(RDF.type, ())}
        """The classes of everything."""

    def classes(self, node: Term) -> list[Term]:
        return self.about.get(node, {}).get(RDF.type, [])

    def concerns(self, rule: Rule) -> bool:
        """Whether a rule is about anything here."""
        target = rule.target
        return not (
            self.kinds.isdisjoint(target.classes) and self.predicates.isdisjoint(target.subjects_of)
        )

    def before(self, node: Term, predicate: Term) -> list[Term]:
        """The subjects of what is said of a node by a property."""
        if predicate not in self.predicates:
            return []
        return [s for s, said in self.about.items() if node in said.get(predicate, ())]


@dataclass(frozen=True, slots=True)
class _Step:
    """The tests of the values on one path; ``required`` where they are to be made of none, too."""

    path: Step | None
    required: bool
    tests: tuple[tuple[Rule, Test], ...]

    def values(self, node: Term, said: Values, told: Told) -> list[Term]:
        if self.path is None:
            return [node]
        if self.path.inverse:
            return told.before(node, self.path.predicate)
        return said.get(self.path.predicate) or []


class Plan:
    """The rules that are not SPARQL, by the classes and properties that call for them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        found: dict[Term, dict[Step | None, list[Rule]]] = {}
        for rule in rules:
            if rule.component != "sparql":
                for called in (*rule.target.classes, *rule.target.subjects_of):
                    found.setdefault(called, {}).setdefault(rule.path, []).append(rule)
        self._steps = {
            called: [
                _Step(
                    path,
                    any(rule.component == "minCount" for rule in asked),
                    tuple((rule, _TESTS[rule.component](*rule.values)) for rule in asked),
                )
                for path, asked in paths.items()
            ]
            for called, paths in found.items()
        }

    def breaches(self, told: Told) -> Iterator[Breach]:
        """What is wrong, once for each rule, node and value."""
        seen = set()
        for node, said in told.about.items():
            for called in (*said.get(RDF.type, ()), *said):
                for step in self._steps.get(called, ()):
                    values = step.values(node, said, told)
                    if not values and not step.required:
                        continue
                    for rule, test in step.tests:
                        for value in test(values, said, told):
                            if (mark := (id(rule), node, value)) not in seen:
                                seen.add(mark)
                                yield Breach(rule, node, value)


# -- components -------------------------------------------------------------------------------


def _count(fits: Callable[[int, int], bool]) -> Callable[[Literal], Test]:
    def component(limit: Literal) -> Test:
        number = int(limit.value)
        return lambda values, _said, _told: () if fits(len(values), number) else (None,)

    return component


def _each(right: Callable[..., bool]) -> Callable[..., Test]:
    def component(*asked: Any) -> Test:
        return lambda values, _said, _told: [v for v in values if not right(v, *asked)]

    return component


def _class(*classes: Term) -> Test:
    wanted = frozenset(classes)

    def test(values: list[Term], _said: Values, told: Told) -> list[Term]:
        return [v for v in values if wanted.isdisjoint(told.classes(v))]

    return test


def _pair(right: Callable[[Any, Any], bool]) -> Callable[[Term], Test]:
    def component(other: Term) -> Test:
        def test(values: list[Term], said: Values, _told: Told) -> list[Term]:
            return [v for v in values for o in said.get(other, ()) if not _compare(v, o, right)]

        return test

    return component


def _compare(one: Term, other: Term, right: Callable[[Any, Any], bool]) -> bool:
    """Whether two literals compare as they should; what cannot be compared does not."""
    left, against = _value(one), _value(other)
    if left is None or against is None or isinstance(left, date) != isinstance(against, date):
        return False
    return right(left, against)


def _value(term: Term) -> date | Decimal | None:
    """A day or a number as a value; None for anything else."""
    if not isinstance(term, Literal):
        return None
    try:
        if term.datatype == XSD.date:
            return _day(term.value)
        if term.datatype in (XSD.integer, XSD.decimal):
            return Decimal(term.value)
    except (ValueError, InvalidOperation):
        pass
    return None


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


_WELL_FORMED: Final[dict[NamedNode, Callable[[str], object]]] = {
    XSD.date: _day,
    XSD.integer: lambda text: re.fullmatch(r"[+-]?[0-9]+", text),
    XSD.boolean: lambda text: text in ("true", "false", "0", "1"),
}


def _datatype(value: Term, datatype: NamedNode) -> bool:
    if not isinstance(value, Literal) or value.datatype != datatype:
        return False
    check = _WELL_FORMED.get(datatype)
    try:
        return check is None or bool(check(value.value))
    except ValueError:
        return False


def _node_kind(value: Term, kind: NamedNode) -> bool:
    return isinstance(value, NamedNode if kind.value.endswith("#IRI") else Literal)


def _pattern(value: Term, pattern: Literal) -> bool:
    if isinstance(value, BlankNode) or not isinstance(value, (NamedNode, Literal)):
        return False
    return re.search(pattern.value, value.value) is not None


_TESTS: Final[dict[str, Callable[..., Test]]] = {
    "minCount": _count(lambda count, least: count >= least),
    "maxCount": _count(lambda count, most: count <= most),
    "datatype": _each(_datatype),
    "nodeKind": _each(_node_kind),
    "in": _each(lambda value, *allowed: value in allowed),
    "pattern": _each(_pattern),
    "minInclusive": _each(lambda value, least: _compare(value, least, lambda a, b: bool(a >= b))),
    "class": _class,
    "lessThan": _pair(lambda a, b: bool(a < b)),
    "lessThanOrEquals": _pair(lambda a, b: bool(a <= b)),
}
