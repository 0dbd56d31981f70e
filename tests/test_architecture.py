"""The shape of the code: imports run one way, one module mints, modules stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

KB = Path(__file__).parent.parent / "kb"
LONGEST_MODULE = 400

STAGES = [
    [
        "kb",
        "kb.cells",
        "kb.errors",
        "kb.edtf",
        "kb.judgements",
        "kb.lexicon",
        "kb.model",
        "kb.names",
        "kb.reports",
        "kb.resources",
        "kb.spool",
    ],
    ["kb.gazetteer"],
    ["kb.read"],
    ["kb.samples"],
    ["kb.language"],
    ["kb.extract"],
    ["kb.resolve"],
    ["kb.coder", "kb.explain"],
    ["kb.vocabulary"],
    ["kb.rdf"],
    ["kb.derive", "kb.identity", "kb.naming"],
    ["kb.store"],
    ["kb.update"],
    ["kb.ask", "kb.check", "kb.export", "kb.shards"],
    ["kb.views"],
    ["kb.intake", "kb.questions"],
    ["kb.engine", "kb.cluster"],
    ["kb.holdings", "kb.filling"],
    ["kb.sharding"],
    ["kb.knowledge_base", "kb.info"],
    ["kb.cli", "kb.__main__"],
]
"""From the first to the last; a module imports from its own stage and those before it."""

TERMS = {"NamedNode", "URIRef", "Quad", "Triple", "BlankNode", "BNode"}


def module_name(path: Path) -> str:
    parts = path.relative_to(KB.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(KB.rglob("*.py"))}


MINTS = {name for name in MODULES if name.startswith("kb.rdf") or name == "kb.vocabulary"}


def stage(module: str) -> int | None:
    """The index of the stage whose name is the longest prefix of the module's."""
    found = [
        (len(name), index)
        for index, names in enumerate(STAGES)
        for name in names
        if module == name or (name != "kb" and module.startswith(name + "."))
    ]
    return max(found)[1] if found else None


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    """Names of this package's modules that a module imports, wherever in it."""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*up, *filter(None, [node.module])])
            inside = [f"{base}.{alias.name}" for alias in node.names]
            names = [name if name in MODULES else base for name in inside]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == "kb")


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    own = stage(module)
    assert own is not None, f"{module} has no place in STAGES: say where it stands"
    if module in ("kb", "kb.cli") or module.startswith("kb.cli."):
        return  # `kb` only says where names live; test_package holds that it loads none of them
    later = {name for name in imports(module) if (stage(name) or 0) > own}
    assert not later, f"{module} imports from a later stage"


@pytest.mark.parametrize("module", [name for name in MODULES if name not in MINTS])
def test_one_module_mints(module: str) -> None:
    """Elsewhere RDF terms are read and passed on; nobody else makes an IRI or a triple."""
    made = {
        name
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and (name := getattr(node.func, "attr", getattr(node.func, "id", ""))) in TERMS
    }
    assert not made


@pytest.mark.parametrize("module", MODULES)
def test_a_module_fits_in_the_head(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{lines} lines: look for the second thing in it"


def test_every_stage_is_there() -> None:
    """A stage that was renamed must be renamed above, or nothing holds it."""
    assert {name for names in STAGES for name in names} <= set(MODULES)
