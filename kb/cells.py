"""Cells of a table that somebody may open in a spreadsheet."""

from __future__ import annotations

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take the beginning of a formula for, which may start a program
(https://owasp.org/www-community/attacks/CSV_Injection)."""


def inert(text: str) -> str:
    """The text of a cell, behind an apostrophe where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
