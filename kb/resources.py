"""The folders that lie beside the package in a checkout and inside it once installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


def queries_dir() -> Path:
    """The folder of the named queries."""
    return _folder("queries")


def ontology_dir() -> Path:
    """The folder of the ontology."""
    return _folder("ontology")


@cache
def _folder(name: str) -> Path:
    """In the wheel the folders are in the package; in a checkout, beside it."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
