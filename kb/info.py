"""What is at work here and what a knowledge base holds: for people, and for reports of defects."""

from __future__ import annotations

import json
import platform
import re
import sys
from collections import Counter
from importlib import metadata
from pathlib import Path
from typing import Any

import kb
from kb.ask import named_query, select, stats
from kb.errors import KBError
from kb.gazetteer import gazetteer
from kb.rdf import base_of
from kb.resources import PACKAGE, ontology_dir
from kb.store import is_address, open_store, shown

LIBRARIES = ("click", "pyoxigraph", "rdflib", "spacy", "thinc", "trafilatura")
EVENTS = ("meeting", "visit", "statement")
ACTORS = ("person", "role", "state", "organization", "group")


def versions() -> dict[str, str]:
    """Versions of this package, its data, Python, the platform and the libraries that matter."""
    found = {
        "kb": kb.__version__,
        "model": _model(),
        "gazetteer": gazetteer().version,
        "ontology": _ontology(),
        "Python": platform.python_version(),
        "platform": f"{platform.system()} {platform.release()} {platform.machine()}",
        "encoding": sys.stdout.encoding or "",
    }
    return found | {name: _installed(name) for name in LIBRARIES}


def store_facts(path: str | Path) -> dict[str, Any]:
    """Where a store lies, its size on disk or the server it is behind, and what it holds; what is
    wrong with it instead, under ``problem``, where it cannot be opened."""
    facts: dict[str, Any] = {"path": shown(str(path)) if is_address(path) else str(path)}
    try:
        with open_store(path) as store:
            counts: Counter[str] = Counter()
            for row in stats(store):
                counts[row["kind"]] += row["count"]
            [size] = select(store, named_query("size"))
            if is_address(path):
                facts["server"] = getattr(store, "product", None)
            else:
                found = Path(path).rglob("*")
                facts["bytes"] = sum(f.stat().st_size for f in found if f.is_file())
            facts |= {
                "base": base_of(store.quads, "") or None,
                "articles": counts["article"],
                "reports": size["reports"],
                "events": sum(counts[kind] for kind in EVENTS),
                **{f"{kind}s": counts[kind] for kind in EVENTS},
                "actors": sum(counts[kind] for kind in ACTORS),
                "places": counts["place"],
                "quads": size["quads"],
                "graphs": size["graphs"],
            }
    except KBError as error:
        facts["problem"] = error.message
    return facts


def _model() -> str:
    """Name and version of the pipeline that ships with the package, without loading it."""
    meta = json.loads((PACKAGE / "language" / "weights" / "meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def _ontology() -> str:
    text = (ontology_dir() / "diplomatic-kb.ttl").read_text(encoding="utf-8")
    found = re.search(r'owl:versionInfo "([^"]+)"', text)
    return found.group(1) if found else "unknown"


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
