"""Loading the language pipeline: the one that ships with the package, or another by name."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

WEIGHTS = "weights"


def shipped() -> Path:
    """The folder of the pipeline that ships with the package."""
    return Path(str(files("kb.language") / WEIGHTS))


@lru_cache(maxsize=4)
def load(name: str | None = None) -> Language:
    """The shipped pipeline, or an installed spaCy pipeline or folder of the given name.

    Raises ``ModelError`` where there is none of that name, or where it has no parser.
    """
    import spacy

    from kb.language.blas import multiply_with_numpy

    try:
        nlp = spacy.load(name or shipped())
    except (OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise ModelError(
            f"no language pipeline {name or str(shipped())!r} can be loaded ({reason})",
            "install it, or leave --model and KB_MODEL away to use the shipped one",
        ) from error
    if "parser" not in nlp.pipe_names:
        raise ModelError(
            f"the pipeline {name!r} has no dependency parser", "use one with a tagger and a parser"
        )
    multiply_with_numpy(nlp)
    return nlp


def model_version(nlp: Language) -> str:
    """Name, version and a digest of the weights, so that a change of weights shows."""
    meta = nlp.meta
    return f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}+{_digest(nlp)}"


def _digest(nlp: Language) -> str:
    path = nlp.path
    digest = hashlib.sha256()
    if path is not None:
        for item in sorted(Path(path).rglob("*")):
            if item.is_file() and item.name != "MODEL_CARD.md":
                digest.update(item.read_bytes())
    return digest.hexdigest()[:8]
