"""Who met whom, who visited where, who said what to whom: news articles to a knowledge base.

from kb import KnowledgeBase

with KnowledgeBase.create("kb-store") as kb:
    kb.add("news/")
    kb.who_met("Xi Jinping")

What is imported from here is loaded when it is asked for: ``import kb`` alone costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.errors import KBError
    from kb.intake import Outcome
    from kb.knowledge_base import KnowledgeBase
    from kb.model import Article, Extraction
    from kb.views.rows import Rows
    from kb.views.triples import Triples

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Extraction",
    "KBError",
    "KnowledgeBase",
    "Outcome",
    "Rows",
    "Triples",
    "__version__",
]

_HOME = {
    "Article": "kb.model",
    "Extraction": "kb.model",
    "KBError": "kb.errors",
    "KnowledgeBase": "kb.knowledge_base",
    "Outcome": "kb.intake",
    "Rows": "kb.views.rows",
    "Triples": "kb.views.triples",
}
"""Where the names live that are taken from here."""


if not TYPE_CHECKING:  # a type checker would take any name for granted

    def __getattr__(name: str) -> Any:
        """Import a name when it is first asked for (PEP 562)."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(_HOME[name]), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
