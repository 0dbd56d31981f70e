"""Training the pipeline that ships, and putting it where it ships from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.language.training.tokens import tokenizer

if TYPE_CHECKING:
    from spacy.language import Language

CONFIG = Path(__file__).parent / "config.cfg"

META: dict[str, Any] = {
    "lang": "en",
    "name": "dip_core_news",
    "description": "English tagger and dependency parser (Universal Dependencies) for news on "
    "diplomacy.",
    "author": "The diplomatic-kb authors",
    "license": "CC BY-SA 4.0",
    "sources": [
        {"name": "GUM", "author": "A. Zeldes and annotators", "license": "CC BY 4.0"},
        {"name": "UD English EWT", "author": "N. Silveira et al.", "license": "CC BY-SA 4.0"},
        {"name": "UD English PUD", "author": "H. Uszkoreit et al.", "license": "CC BY-SA 3.0"},
        {"name": "White House briefings (machine-parsed)", "license": "public domain"},
        {
            "name": "Kremlin news (machine-parsed)",
            "author": "en.kremlin.ru",
            "license": "CC BY 4.0",
        },
        {"name": "Wikipedia, Portal:Current events (machine-parsed)", "license": "CC BY-SA 4.0"},
        {"name": "all-MiniLM-L6-v2 (start of the teacher)", "license": "Apache-2.0"},
    ],
}


def train(corpus: Path, out: Path, steps: int, version: str) -> dict[str, Any]:
    """Train on ``corpus/train`` (a folder of ``*.spacy``), choosing by ``corpus/dev.spacy``.

    ``out/model-best`` is spaCy's best pipeline; ``out/shipped`` the same as it ships. Returns the
    scores of the best on the development set.
    """
    import spacy
    from spacy import util
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train as loop

    overrides = {
        "paths.train": str(corpus / "train"),
        "paths.dev": str(corpus / "dev.spacy"),
        "training.max_steps": steps,
    }
    config = util.load_config(CONFIG, overrides=overrides, interpolate=False)
    out.mkdir(parents=True, exist_ok=True)
    loop(init_nlp(config), out, use_gpu=-1)
    nlp = spacy.load(out / "model-best")
    ship(nlp, out / "shipped", version)
    scores: dict[str, Any] = nlp.meta["performance"]
    return scores


def ship(nlp: Language, folder: Path, version: str) -> None:
    """Save a trained pipeline with the project's tokeniser and description, without what only
    training needs: the words it happened to read and the paths of the machine."""
    nlp.tokenizer = tokenizer(nlp)
    nlp.meta.update(META, version=version)
    for key in ("train", "dev"):
        nlp.config["paths"][key] = None
    shutil.rmtree(folder, ignore_errors=True)
    nlp.to_disk(folder)
    labels = {label for listed in nlp.pipe_labels.values() for label in listed}
    strings = json.dumps(sorted(labels), indent=1)
    (folder / "vocab" / "strings.json").write_text(strings + "\n", encoding="utf-8")
