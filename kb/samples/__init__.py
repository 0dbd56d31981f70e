"""Short news articles, written for this project, on public events of the years 2001 to 2025.

``wires.jsonl`` holds most of them; the ``.txt`` files stand for pages saved from the web, and
``plain.toml`` tells their dates and sources. The events are real, the three sources are not: their
names say that they are samples. Licence: that of the code.
"""

from __future__ import annotations

import tomllib
from importlib.resources import as_file, files
from pathlib import Path

from kb.model import Article
from kb.read import ReadFailure, read_paths


def sample_file(name: str) -> Path:
    """Where one of the files lies, for examples that read from a path."""
    return Path(str(files("kb.samples") / name))


def sample_articles() -> tuple[Article, ...]:
    """The bundled articles, by day of publication; read in the same way as a user's own files."""
    found: list[Article | ReadFailure] = []
    with as_file(files("kb.samples")) as folder:
        found.extend(read_paths([folder / "wires.jsonl"]))
        plain = tomllib.loads((folder / "plain.toml").read_text(encoding="utf-8"))
        for name, told in plain.items():
            path = folder / f"{name}.txt"
            found.extend(read_paths([path], published=told["published"], source=told["source"]))
    articles = []
    for item in found:
        if isinstance(item, ReadFailure):
            raise item.error
        articles.append(item)
    return tuple(sorted(articles, key=lambda article: (str(article.published), article.id)))
