"""A query only reads, and reads this knowledge base only.

The engine asks any SPARQL endpoint that a ``SERVICE`` clause names. What is such a clause its own
parser decides: where names end, and whether ``<`` opens an IRI, depends on the whole grammar, and a
second reader that differs in one place lets through what it was to keep out.
"""

from __future__ import annotations

import re

from kb.ask.sparql import UPDATES, tokenize
from kb.errors import QueryError
from kb.store import memory_store

_SERVICE = re.compile("service", re.IGNORECASE)
_STAND_IN = "servixe"
"""As long as the keyword, and a word to which SPARQL gives no meaning."""

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_BEHIND_STAND_IN = re.compile(rf"{_STAND_IN}[\w:.%-]*\s*$", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+)")


def require_reading(query: str, *, allow_remote: bool = False) -> None:
    """Refuse what would change the store, or, without ``allow_remote``, ask another. Raises
    ``QueryError``."""
    if word := _update(query):
        raise QueryError(
            f"a query only reads: {word} is an update",
            "`kb add`, `kb remove` and `kb import` change a knowledge base",
        )
    if allow_remote:
        return
    text = _ESCAPE.sub(_letter, query)
    if not _SERVICE.search(text):
        return
    # With another word in place of each "service", names, strings, IRIs and comments stay what
    # they were; a clause does not.
    probe = _SERVICE.sub(_STAND_IN, text)
    try:
        with memory_store() as empty:
            empty.query(probe)
    except QueryError as error:
        if _fails_at_stand_in(probe, str(error.message)):
            raise QueryError(
                "a query reads this knowledge base only: SERVICE asks another",
                "--allow-remote (in Python: allow_remote=True) lets it",
            ) from error
        message = error.message.replace(_STAND_IN, "service")
        raise QueryError(message, error.hint) from error


def _update(query: str) -> str | None:
    """The word with which a text begins as an update, behind its prefixes."""
    tokens = iter(tokenize(query))
    for token in tokens:
        if token.is_word("PREFIX"):
            next(tokens, None)
            next(tokens, None)
        elif token.is_word("BASE"):
            next(tokens, None)
        else:
            word = token.text.upper()
            return word if token.kind == "word" and word in UPDATES else None
    return None


def _letter(escape: re.Match[str]) -> str:
    """An escape as the letter that it stands for; any other as it is."""
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < 128 and chr(code).isalpha() else escape.group()


def _fails_at_stand_in(probe: str, message: str) -> bool:
    """Whether what the parser did not expect is the word in place of the keyword: it reads the word
    as the beginning of a name, and gives up behind it."""
    found = _PLACE.search(message)
    if found is None:
        return False
    line, column = int(found[1]), int(found[2])
    before = [*probe.split("\n")[: line - 1], probe.split("\n")[line - 1][: column - 1]]
    return _BEHIND_STAND_IN.search("\n".join(before)) is not None
