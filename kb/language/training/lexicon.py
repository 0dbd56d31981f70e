"""Word lists of the training steps, from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def tables() -> dict[str, list[str]]:
    """All lists by name, as the file has them."""
    text = (files("kb.language.training") / "words.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)
    return found


@cache
def words(name: str) -> frozenset[str]:
    """One list as a set."""
    return frozenset(tables()[name])
