"""Rows as pandas has them: one row for each event, lists for what there are several of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kb import edtf
from kb.errors import KBError

if TYPE_CHECKING:
    import pandas

    from kb.views.rows import Row, Rows

DAY = "datetime64[s]"
"""Seconds, as nanoseconds reach from 1677 to 2262 only."""

_TYPES = {
    "earliest": DAY,
    "latest": DAY,
    "first_reported": DAY,
    "articles": "int64",
    "sources": "int64",
    "quote": "bool",
}
"""The columns that are neither text nor lists."""

_ONE = {"": "name", "_iri": "iri", "_type": "type", "_country": "country"}
_SEVERAL = {"s": "name", "_iris": "iri", "_types": "type", "_countries": "country"}
"""What follows the role in the name of a column, and the key of an actor it stands for."""


def frame(rows: Rows) -> pandas.DataFrame:
    """The frame of some rows; its columns are those that :meth:`Rows.to_pandas` describes."""
    library = _pandas()
    if rows.kind:
        flat = [_FLAT[rows.kind](row) for row in rows]
        types = _types(rows.kind, library.Series([""]).dtype)
    else:
        flat = list(rows)
        types = {name: DAY if name in rows.days else None for name in rows.columns}
    made: pandas.DataFrame = library.DataFrame(
        {
            name: library.Series([row.get(name) for row in flat], dtype=kind)
            for name, kind in types.items()
        }
    )
    return made


def _pandas() -> ModuleType:
    try:
        import pandas
    except ImportError:
        raise KBError(
            "a DataFrame needs pandas, which is not installed",
            "pip install 'diplomatic-kb[pandas]'",
        ) from None
    return pandas


def _types(kind: str, text: Any) -> dict[str, Any]:
    """The columns of a kind of event in their order, with their types; ``text`` is that of text."""
    empty: Row = {"participants": [], "addressees": [], "reports": []}
    return {
        name: _TYPES.get(name, object if isinstance(value, list) else text)
        for name, value in _FLAT[kind](empty).items()
    }


def _meeting(row: Row) -> Row:
    return {
        "meeting": row.get("meeting"),
        **_when(row),
        **_told(row, "status", "medium", "place", "country"),
        **_several("participant", row["participants"]),
        **_reported(row),
    }


def _visit(row: Row) -> Row:
    return {
        "visit": row.get("visit"),
        **_when(row),
        **_told(row, "status", "place", "country"),
        **_one("visitor", row),
        **_reported(row),
    }


def _statement(row: Row) -> Row:
    return {
        "statement": row.get("statement"),
        **_when(row),
        **_told(row, "text", "quote"),
        **_one("speaker", row),
        **_several("addressee", row["addressees"]),
        **_reported(row),
    }


_FLAT: dict[str, Callable[[Row], Row]] = {
    "meetings": _meeting,
    "visits": _visit,
    "statements": _statement,
}


def _told(row: Row, *keys: str) -> Row:
    return {key: row.get(key) for key in keys}


def _when(row: Row) -> Row:
    told = row.get("date")
    return {
        "date": told,
        "earliest": edtf.earliest(told) if told else None,
        "latest": edtf.latest(told) if told else None,
        "precision": edtf.precision(told) if told else None,
    }


def _one(role: str, row: Row) -> Row:
    actor = row.get(role) or {}
    return {role + ending: actor.get(key) for ending, key in _ONE.items()}


def _several(role: str, actors: Sequence[Row]) -> Row:
    return {role + ending: [a.get(key) for a in actors] for ending, key in _SEVERAL.items()}


def _reported(row: Row) -> Row:
    reports = row["reports"]
    published = [report["published"] for report in reports if report["published"]]
    return {
        **_told(row, "articles", "sources"),
        "first_reported": min(published, default=None),
        "outlets": [report["source"] for report in reports],
        "evidence": [report["quote"] for report in reports],
    }
