"""Rules of the shapes as SPARQL queries, which find what breaks them.

Data lie in named graphs, a node in one and its class in another; no product is trusted to show them
as one. So each triple pattern is asked of any graph (``GRAPH ?g1 { … }``), and what several graphs
say is counted once: the same as validating the union of the graphs. Queries run along the index of
a property wherever they can, and hold at most one row for each node in memory.

The text of a SPARQL constraint (``sh:select``) has each triple pattern on a line of its own, ended
by a full stop; that is how it is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, count
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.check.shapes import Rule, Target, Term
from kb.errors import KBError
from kb.vocabulary import RDF, XSD

_COMPARED: Final = {"lessThan": "<", "lessThanOrEquals": "<="}
_CAST: Final = (XSD.integer, XSD.decimal, XSD.boolean, XSD.double, XSD.float)
_TRIPLE_LINE = re.compile(
    r"\s*([$?][a-z]\w*)\s+(a|[\w-]+:\w+(?:\|[\w-]+:\w+)*)\s+([$?][a-z]\w*|[\w-]+:\w+)\s*\."
)
_INSIDE = re.compile(r"\{\s*[^\s}]")
_OTHER_LINE = re.compile(r"\s*(SELECT|FILTER|BIND|GROUP BY|OPTIONAL|\}|\{|$|\|\||&&)")


def query(rule: Rule, named: bool = True) -> str:
    """A SELECT of ``?this`` (what breaks the rule) and ``?value`` (by which value, if by one).

    It looks into named graphs, or with ``named`` false into the default graph alone.
    """
    return _Query(rule, named).text()


@dataclass
class _Group:
    """A pair of braces: whether it is an EXISTS, has a triple pattern, and how many inside it."""

    exists: bool
    begun: bool = False
    inner: int = 0


class _Query:
    def __init__(self, rule: Rule, named: bool) -> None:
        self.rule, self.named = rule, named
        self._numbers = count(1)

    def text(self) -> str:
        rule = self.rule
        if rule.component == "sparql":
            return self._given()
        body = _BODIES.get(rule.component, _Query._values)(self)
        return f"SELECT DISTINCT ?this ?value WHERE {{\n{body}\n}}"

    # -- parts --------------------------------------------------------------------------------

    def _triple(self, subject: str, predicate: str, value: str) -> str:
        triple = f"{subject} {predicate} {value}"
        return f"GRAPH ?g{next(self._numbers)} {{ {triple} }}" if self.named else f"{triple} ."

    def _step(self, value: str) -> str:
        """From ?this along the path."""
        path = self.rule.path
        assert path is not None
        ends = ("?this", value)
        subject, object_ = reversed(ends) if path.inverse else ends
        return self._triple(subject, str(path.predicate), object_)

    def _about(self) -> str:
        """?this is what the shape is about."""
        target: Target = self.rule.target
        parts = [self._triple("?this", str(RDF.type), str(c)) for c in target.classes]
        parts += [self._triple("?this", str(p), "?any") for p in target.subjects_of]
        return " UNION ".join(f"{{ {part} }}" for part in parts)

    def _each(self) -> str:
        """Every node that the shape is about, once."""
        return f"{{ SELECT DISTINCT ?this WHERE {{ {self._about()} }} }}"

    def _only(self) -> str:
        return f"FILTER EXISTS {{ {self._about()} }}"

    # -- components ---------------------------------------------------------------------------

    def _min_count(self) -> str:
        [least] = self.rule.values
        assert isinstance(least, Literal)
        names = [f"?value{n}" for n in range(int(least.value))]
        apart = "".join(f" FILTER(!sameTerm({a}, {b}))" for a, b in combinations(names, 2))
        found = " ".join(map(self._step, names)) + apart
        return f"{self._each()}\nFILTER NOT EXISTS {{ {found} }}"

    def _max_count(self) -> str:
        [most] = self.rule.values
        assert isinstance(most, Literal)
        many = f"GROUP BY ?this HAVING (COUNT(DISTINCT ?each) > {int(most.value)})"
        return f"{{ SELECT ?this WHERE {{ {self._step('?each')} }} {many} }}\n{self._only()}"

    def _compare(self) -> str:
        sign, [other] = _COMPARED[self.rule.component], self.rule.values
        pair = f"{self._step('?value')} {self._triple('?this', str(other), '?other')}"
        return f"{pair}\nFILTER(!COALESCE(?value {sign} ?other, false))\n{self._only()}"

    def _values(self) -> str:
        if self.rule.path is None:
            return f"{self._each()}\nBIND(?this AS ?value)\n{self._wrong()}"
        return f"{self._step('?value')}\n{self._wrong()}\n{self._only()}"

    def _wrong(self) -> str:
        """?value is not as it should be."""
        component, values = self.rule.component, self.rule.values
        if component == "class":
            members = ", ".join(map(str, values))
            typed = self._triple("?value", str(RDF.type), "?class")
            return f"FILTER NOT EXISTS {{ {typed} FILTER(?class IN ({members})) }}"
        return f"FILTER(!({_RIGHT[component](*values)}))"

    # -- a query that the shapes give ---------------------------------------------------------

    def _given(self) -> str:
        """The query of a SPARQL constraint, of every node that its shape is about."""
        prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in self.rule.prefixes)
        text = self.rule.query.replace("$", "?")
        head, brace, body = text.partition("{")
        variables = re.findall(r"\?\w+", head)
        if set(variables) - {"?this", "?value"} or "?this" not in variables or not brace:
            raise self._odd(head)
        lines = self._lines(body)
        return (
            f"{prefixes}SELECT DISTINCT {' '.join(variables)} WHERE {{\n{self._each()}\n"
            + "\n".join(lines)
        )

    def _lines(self, body: str) -> Iterator[str]:
        """The lines of a query with each triple pattern in a graph of its own.

        In EXISTS each further pattern goes into an EXISTS of its own, which says the same: engines
        that do not reckon with ?this being bound would join patterns from the far end.
        """
        groups = [_Group(exists=False)]
        for line in body.splitlines():
            if found := _TRIPLE_LINE.fullmatch(line.rstrip()):
                triple = self._triple(*found.groups())
                group = groups[-1]
                if group.exists and group.begun:
                    group.inner += 1
                    triple = f"FILTER EXISTS {{ {triple}"
                group.begun = True
                yield triple
                continue
            if not _OTHER_LINE.match(line) or _INSIDE.search(line):
                raise self._odd(line)
            if line.strip() == "}":
                yield "}" * groups.pop().inner
            yield line
            if line.rstrip().endswith("{"):
                groups.append(_Group(exists="EXISTS" in line))

    def _odd(self, line: str) -> KBError:
        return KBError(
            f"the SPARQL of {self.rule.shape} cannot be asked of named graphs: {line.strip()!r}",
            "SELECT $this ?value, and each triple pattern on a line of its own with a full stop",
        )


def _has_datatype(datatype: NamedNode) -> str:
    is_it = f"isLiteral(?value) && DATATYPE(?value) = {datatype}"
    cast = ""
    if datatype == XSD.date:  # SPARQL has no cast to it
        cast = (
            "<http://www.w3.org/2001/XMLSchema#dateTime>(CONCAT(SUBSTR(STR(?value), 1, 10), "
            '"T00:00:00", SUBSTR(STR(?value), 11)))'
        )
    elif datatype in _CAST:
        cast = f"{datatype}(STR(?value))"
    return f"{is_it} && COALESCE({cast} = {cast}, false)" if cast else is_it


def _is_any_of(*values: Term) -> str:
    return " || ".join(f"sameTerm(?value, {value})" for value in values)


_KINDS: Final = {"IRI": "isIRI(?value)", "Literal": "isLiteral(?value)"}

_RIGHT: Final[dict[str, Callable[..., str]]] = {
    "datatype": _has_datatype,
    "in": _is_any_of,
    "nodeKind": lambda kind: _KINDS[kind.value.rpartition("#")[2]],
    "pattern": lambda text: f"!isBlank(?value) && REGEX(STR(?value), {text})",
    "minInclusive": lambda least: f"COALESCE(?value >= {least}, false)",
}
"""What a value of a component must be, as an expression of ?value."""

_BODIES: Final[dict[str, Callable[[_Query], str]]] = {
    "minCount": _Query._min_count,
    "maxCount": _Query._max_count,
    "lessThan": _Query._compare,
    "lessThanOrEquals": _Query._compare,
}
