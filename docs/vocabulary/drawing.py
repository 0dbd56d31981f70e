"""The model as SVG: a box for each class that stands at the top, arrows for the properties.

What is in a box and on an arrow comes from the ontology; only where the boxes stand is told here. A
class that has no place stands below all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from docs.vocabulary.terms import Term

Href = Callable[[str], str | None]
"""Where the name of a term leads; None for nowhere."""

WIDTH, HEIGHT = 1240, 800
BOX, LINE, PAD = 190, 17, 9
STYLE = """
.drawing text { font: 12.5px "DejaVu Sans", Verdana, Helvetica, Arial, sans-serif; fill: #1c2733 }
.drawing .in-title { font-weight: bold; font-size: 14px; text-anchor: middle }
.drawing .in-kind { fill: #1c2733 } .drawing .in-data, .drawing .in-more { fill: #4a5b6c }
.drawing .in-arrow { fill: #7a3e00; text-anchor: middle; paint-order: stroke; stroke: #fff;
  stroke-width: 5px }
.drawing .in-note { fill: #4a5b6c; font-style: italic }
.drawing rect { fill: #eef4fa; stroke: #3d6a94 }
.drawing .in-code { fill: #f7f1e3; stroke: #a88a3f }
.drawing .in-frame { fill: #f8fafc; stroke: #3d6a94; stroke-dasharray: 6 4 }
.drawing path { fill: none; stroke: #9a6a3a; stroke-width: 1.4 }
"""
"""The classes are the drawing's own: in a page its rules hold of nothing else, nor others of it."""

SHARED = "Event or report"
"""The frame around what is told of events and of reports alike."""

PLACES: dict[str, tuple[int, int]] = {
    "Tenure": (20, 60),
    "Office": (20, 310),
    "Actor": (520, 20),
    "Judgement": (1030, 60),
    "Verdict": (1030, 245),
    "Event": (340, 370),
    "Report": (700, 370),
    "Place": (20, 500),
    "Status": (340, 645),
    "Medium": (700, 645),
    "Evidence": (1030, 370),
    "Article": (1030, 560),
}
"""The left upper corner of each box."""

FRAME = (320, 325, 590)
"""Left, top and width of the frame; its height is that of what is in it."""

BELOW = 830
"""The top of boxes that have no place."""

COLUMNS, MOST = 3, 8
"""Columns of the frame's properties; rows that a box has of one kind."""

LABELS_AT = {("Event", "Actor"): 0.42, ("Place", "Actor"): 0.22}
"""How far along an arrow its label stands, where that is not in the middle."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that arrows begin and end at."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def edge(self, towards: tuple[float, float]) -> tuple[float, float]:
        """Where the line from the middle to a point leaves the box."""
        x, y = self.middle
        dx, dy = towards[0] - x, towards[1] - y
        scale = min(
            self.width / 2 / abs(dx) if dx else float("inf"),
            self.height / 2 / abs(dy) if dy else float("inf"),
        )
        return x + dx * scale, y + dy * scale


def draw(terms: list[Term], href: Href = lambda _: None) -> str:
    """The drawing; ``href`` makes the names in it links."""
    return _Drawing(terms, href).svg()


class _Drawing:
    def __init__(self, terms: list[Term], href: Href) -> None:
        self.terms = [term for term in terms if not term.is_internal]
        self.by_name = {term.name: term for term in self.terms}
        self.href = href
        self.out: list[str] = []
        without = [name for name in self._tops() if name not in PLACES]
        places = PLACES | {n: (20 + i * (BOX + 50), BELOW) for i, n in enumerate(without)}
        self.boxes = {name: Box(*places[name], BOX, self._height(name)) for name in self._tops()}
        self.height = max(
            [HEIGHT, *(self.boxes[n].y + self.boxes[n].height + PAD for n in without)]
        )
        inside = max(self.boxes[name].height for name in ("Event", "Report"))
        rows = -(-len(self._lines(SHARED)) // COLUMNS)
        x, y, width = FRAME
        height = PLACES["Event"][1] - y + inside + rows * LINE + 2 * PAD
        self.boxes[SHARED] = Box(x, y, width, height)

    def svg(self) -> str:
        self._frame()
        for (start, end), labels in self._arrows().items():
            self._arrow(start, end, labels)
        for name in self._tops():
            self._box(name)
        body = "\n".join(self.out)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height:.0f}" '
            f'class="drawing" role="img" aria-labelledby="drawing-title">\n'
            '<title id="drawing-title">The classes of the ontology and how they are related</title>'
            f"\n<style>{STYLE}</style>\n"
            '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" '
            'markerHeight="8" orient="auto"><path d="M0 0 L10 5 L0 10 z" style="fill:#9a6a3a"/>'
            f'</marker></defs>\n<rect width="{WIDTH}" height="{self.height:.0f}" '
            f'style="fill:#fff;stroke:none"/>\n{body}\n</svg>\n'
        )

    # -- what the ontology says ---------------------------------------------------------------

    def _tops(self) -> list[str]:
        return [t.name for t in self.terms if t.kind == "class" and not t.parents]

    def _top(self, name: str) -> str:
        parents = self.by_name[name].parents
        return self._top(parents[0]) if parents else name

    def _below(self, name: str) -> list[str]:
        return [t.name for t in self.terms if name in t.parents]

    def _owner(self, classes: Iterable[str]) -> str:
        """The box that a domain stands for: one class's, or the frame."""
        tops = sorted({self._top(name) for name in classes})
        return SHARED if {"Event", "Report"} <= set(tops) else tops[0]

    def _lines(self, name: str) -> list[str]:
        """The datatype properties of a box."""
        return [
            t.name
            for t in self.terms
            if t.kind == "datatype property" and self._owner(t.domain) == name
        ]

    def _height(self, name: str) -> float:
        return 26 + len(self._rows(name)) * LINE + PAD

    def _rows(self, name: str) -> list[tuple[str, str]]:
        """What stands in a box, and how: subclasses or codes, then properties with literals."""
        below = self._below(name)
        rows = [(n, "kind") for n in below[:MOST]]
        if len(below) > MOST:
            rows.append((f"… {len(below) - MOST} more", "more"))
        return [*rows, *((n, "data") for n in self._lines(name))]

    def _arrows(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """The object properties between two boxes: name, and the range where it is narrower."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for term in self.terms:
            if term.kind != "object property":
                continue
            tops = sorted({self._top(name) for name in term.domain})
            owners = [self._owner(tops)]
            owners += [n for n in tops if owners[0] == SHARED and n not in ("Event", "Report")]
            if owners[0] != SHARED:
                owners = tops
            for start in owners:
                for end in sorted({self._top(name) for name in term.range}):
                    narrow = [n for n in term.range if self._top(n) == end and n != end]
                    told = ", ".join(self.by_name[n].label for n in narrow)
                    found.setdefault((start, end), []).append((term.name, told))
        return found

    # -- how it is drawn ----------------------------------------------------------------------

    def _name(self, name: str, text: str | None = None) -> str:
        shown, to = escape(text or name), self.href(name)
        return f'<a href="{escape(to)}">{shown}</a>' if to else shown

    def _text(self, x: float, y: float, kind: str, content: str) -> None:
        self.out.append(f'<text x="{x:.0f}" y="{y:.0f}" class="in-{kind}">{content}</text>')

    def _box(self, name: str) -> None:
        box = self.boxes[name]
        codes = any(self.by_name[below].kind == "code" for below in self._below(name))
        kind = ' class="in-code"' if codes else ""
        self._rectangle(box, kind)
        y = box.y + 20
        self._text(box.middle[0], y, "title", self._name(name))
        for row, style in self._rows(name):
            y += LINE
            told = row if style == "more" else self._name(row)
            self._text(box.x + PAD, y, style, "▸ " + told if style == "kind" else told)

    def _rectangle(self, box: Box, css: str) -> None:
        size = f'width="{box.width}" height="{box.height}"'
        self.out.append(f'<rect x="{box.x}" y="{box.y}" {size} rx="6"{css}/>')

    def _frame(self) -> None:
        box = self.boxes[SHARED]
        self._rectangle(box, ' class="in-frame"')
        self._text(box.x + 205, box.y + 24, "note", "told of events and of reports alike")
        y = box.y + box.height - PAD - (len(self._lines(SHARED)) - 1) // COLUMNS * LINE
        for index, name in enumerate(self._lines(SHARED)):
            row, column = divmod(index, COLUMNS)
            self._text(box.x + 30 + column * 180, y + row * LINE, "data", self._name(name))

    def _arrow(self, start: str, end: str, labels: list[tuple[str, str]]) -> None:
        one, two = self.boxes[start], self.boxes[end]
        if start == end:
            x, y = one.x + one.width, one.y + 30
            path = f"M{x} {y} C{x + 70} {y - 22} {x + 70} {y + 52} {x + 1} {y + 34}"
            middle = (x + 122, y + 4)
        else:
            begin, stop = one.edge(two.middle), two.edge(one.middle)
            path = f"M{begin[0]:.0f} {begin[1]:.0f} L{stop[0]:.0f} {stop[1]:.0f}"
            at = LABELS_AT.get((start, end), 0.5)
            middle = (begin[0] + (stop[0] - begin[0]) * at, begin[1] + (stop[1] - begin[1]) * at)
        self.out.append(f'<path d="{path}" marker-end="url(#head)"/>')
        y = middle[1] + 4 - (len(labels) - 1) * (LINE - 2) / 2
        for name, narrow in labels:
            told = self._name(name) + (f" → {escape(narrow)}" if narrow else "")
            self._text(middle[0], y, "arrow", told)
            y += LINE - 2
