"""The errors a user can meet: each with a message (what, where) and a hint (what to do)."""

from __future__ import annotations


class KBError(Exception):
    """An expected failure. ``str(error)`` is one sentence; ``hint`` says what to do about it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ReadError(KBError):
    """An article could not be read."""


class ModelError(KBError):
    """The language pipeline could not be loaded."""


class ExtractionError(KBError):
    """An article was read but could not be coded."""


class ArticleError(KBError):
    """The graph of an article, as another knowledge base gives it, tells what cannot be."""


class StoreError(KBError):
    """The triplestore could not be opened, read or written."""


class QueryError(KBError):
    """A query is unknown, malformed, or lacks a parameter."""


class UnknownNameError(KBError):
    """A name matches no actor of the knowledge base, or several."""

    def __init__(
        self, message: str, hint: str | None = None, candidates: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, hint)
        self.candidates = candidates
