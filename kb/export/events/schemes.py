"""The codes that schemes of event data have for situations: ``ontology/event-codes.ttl``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

import pyoxigraph
from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode

from kb.resources import ontology_dir
from kb.vocabulary import EVENT_CODES, SKOS

Scheme = Literal["cameo", "plover"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

_FILE: Final = "event-codes.ttl"
_MATCHES: Final = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)


@dataclass(frozen=True, slots=True)
class Code:
    """``036``, "Express intent to meet or negotiate"; of PLOVER a type with its mode and context,
    ``REJECT``, ``meet``, ``diplomatic``. What does not apply is empty."""

    code: str
    label: str
    mode: str = ""
    context: str = ""


@cache
def codes(scheme: Scheme) -> dict[str, Code]:
    """By situation the code of a scheme; a situation that it has no code for is not there."""
    about = _concepts()
    out: dict[str, Code] = {}
    for concept in about.values():
        if not _of(concept, "situations"):
            continue
        found = [about[iri] for match in _MATCHES for iri in concept[match]]
        for target in found:
            if _of(target, scheme):
                related = [about[iri] for iri in concept[SKOS.relatedMatch]]
                contexts = [c for c in related if _of(c, f"{scheme}-contexts")]
                out[_notation(concept)] = _code(scheme, target, contexts)
    return out


def _code(scheme: Scheme, target: _Concept, contexts: list[_Concept]) -> Code:
    """In PLOVER a mode is narrower than its type; in CAMEO a code holds its category."""
    label = target[SKOS.prefLabel][0]
    if scheme == "cameo":
        return Code(_notation(target), label)
    context = _notation(contexts[0]) if contexts else ""
    if not target[SKOS.broader]:
        return Code(_notation(target), label, context=context)
    event = _concepts()[target[SKOS.broader][0]]
    return Code(_notation(event), label, _notation(target), context)


_Concept = dict[NamedNode, list[str]]
"""The values of a concept's properties, IRIs and texts alike."""


def _of(concept: _Concept, scheme: str) -> bool:
    """Whether a concept is of a scheme."""
    return f"{EVENT_CODES}{scheme}" in concept[SKOS.inScheme]


def _notation(concept: _Concept) -> str:
    return concept[SKOS.notation][0]


@cache
def _concepts() -> dict[str, _Concept]:
    out: dict[str, _Concept] = defaultdict(lambda: defaultdict(list))
    for quad in pyoxigraph.parse(path=str(ontology_dir() / _FILE)):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Text)):
            out[quad.subject.value][quad.predicate].append(quad.object.value)
    return dict(out)
