"""Write the page and the drawing: ``make vocabulary``."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.vocabulary.drawing import draw
from docs.vocabulary.page import page
from docs.vocabulary.terms import read


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("model.svg", draw(read()[1])), ("vocabulary.html", page())):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(folder / name)


main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent)
