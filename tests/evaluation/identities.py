"""How many persons of the annotated articles get the right Wikidata id, and how many a wrong one.

A person of the annotation is found in what an article is coded to tell by name: the same full name,
another spelling of it, or one that ends in the same word where only one does.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kb.identity import spelling
from kb.names import fold

Row = Mapping[str, Any]


def score(identities: Path, predicted: Path) -> tuple[dict[str, Any], list[str]]:
    """The figures, and a line for each person whose id is not the one annotated."""
    actors: dict[str, list[Row]] = {}
    for line in predicted.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        actors[told["id"]] = [a for a in told["actors"] if a["type"] == "person"]
    counts: dict[str, int] = defaultdict(int)
    errors = []
    for line in identities.read_text(encoding="utf-8").splitlines():
        person = json.loads(line)
        wanted = person["wikidata"]
        counts["persons with an id" if wanted else "persons without"] += 1
        found = _same(person, actors.get(person["article"], ()))
        if found is None:
            continue
        given = found.get("wikidata")
        counts["found with an id" if wanted else "found without"] += 1
        if wanted and given == wanted:
            counts["right"] += 1
        elif given:
            counts["another id" if wanted else "an id of none"] += 1
        if given != wanted:
            errors.append(f"{person['article']}\t{person['name']}\t{wanted}\t{given}")
    found_with, found_without = counts["found with an id"], counts["found without"]
    figures = {
        "identity_found": _share(found_with + found_without, sum(
            counts[key] for key in ("persons with an id", "persons without"))),
        "identity_right": _share(counts["right"], found_with),
        "identity_another": _share(counts["another id"], found_with),
        "identity_of_none": _share(counts["an id of none"], found_without),
    }  # fmt: skip
    return figures, errors


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _same(person: Row, actors: Iterable[Row]) -> Row | None:
    """The actor of the article who is meant."""
    told = list(actors)
    wanted = fold(person["name"])
    for alike in (
        lambda name: fold(name) == wanted,
        lambda name: spelling(name, person["country"]) == spelling(
            person["name"], person["country"]) != "",
        lambda name: fold(name).split()[-1:] == wanted.split()[-1:],
        lambda name: fold(name).split()[:1] == wanted.split()[:1],
    ):  # fmt: skip
        found = [a for a in told if any(alike(n) for n in (a["name"], *a.get("names", ())))]
        if len(found) == 1:
            return found[0]
    return None
