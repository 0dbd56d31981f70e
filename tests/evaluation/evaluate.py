"""Score the extraction on annotated articles, and tell what has changed (``make eval``).

The articles are not part of this repository: ``--shared`` names the folder that has them, with the
scorer beside them (``gold/score.py``; ``gold/dev/articles.jsonl``, ``gold.jsonl`` and
``identities.jsonl``, which has the Wikidata ids of persons). Exits 1
where a figure has fallen by more than 0.01 below those in ``figures.json``, 2 where there is
nothing to score.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from evaluation.identities import score

FIGURES = Path(__file__).parent / "figures.json"
TOLERANCE = 0.01
_ALL, _COLUMNS = 100_000, 3  # errors that the scorer lists, and what it tells of each
NOT_KEPT = ("speed", "errors")
"""Speed depends on the machine, and the errors are in the figures already: printed, not kept."""

HELD_TO = ("headline", "met", "met_any", "visits", "statements", "identity_right")
"""What must not fall. The rest are shares of what was found: they move when more is found."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--update", action="store_true", help="write the figures to figures.json")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the first N errors"
    )
    args = parser.parse_args()
    gold = args.shared / "gold"
    if not (gold / "score.py").exists():
        print(f"There are no evaluation articles in {args.shared} (looked for gold/score.py).")
        print("Name their folder: make eval SHARED=path")
        return 2
    figures = evaluate(gold, args.errors)
    before = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    print("\n".join(report(figures, before)))
    if args.update:
        kept = {key: value for key, value in figures.items() if key not in NOT_KEPT}
        FIGURES.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        print(f"\nWritten to {FIGURES.name}; `make readme` puts them into README.md.")
        return 0
    fallen = [key for key in HELD_TO if key in before and fell(figures, before, key)]
    if fallen:
        print(f"\nFallen by more than {TOLERANCE}: {', '.join(fallen)}")
    return 1 if fallen else 0


def evaluate(gold: Path, errors: int = 0) -> dict[str, Any]:
    """The scorer's figures for ``kb extract`` on the dev articles, and how fast it was."""
    articles = gold / "dev" / "articles.jsonl"
    kb = Path(sys.executable).parent / "kb"
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        started = time.perf_counter()
        with predicted.open("wb") as out:
            command = [kb, "extract", articles, "--format", "jsonl"]
            subprocess.run(command, stdout=out, check=True)
        seconds = time.perf_counter() - started
        scorer = [sys.executable, gold / "score.py", gold / "dev" / "gold.jsonl", predicted]
        options = ["--articles", articles, "--errors", str(_ALL), "--json"]
        scored = subprocess.run([*scorer, *options], capture_output=True, text=True, check=True)
        told, unlike = score(gold / "dev" / "identities.jsonl", predicted)
    figures: dict[str, Any] = json.loads(scored.stdout) | told
    print("".join(f"identity\t{line}\n" for line in unlike), end="")
    wrong = [line for line in scored.stderr.splitlines() if line.count("\t") >= _COLUMNS - 1]
    print("\n".join(wrong[:errors]), end="\n" if errors else "")
    figures["errors"] = dict(Counter(line.split("\t")[1] for line in wrong).most_common())
    with articles.open(encoding="utf-8") as lines:
        words = sum(len(json.loads(line)["text"].split()) for line in lines)
    figures["speed"] = {"seconds": round(seconds, 1), "words_per_second": round(words / seconds)}
    return figures


def report(figures: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """Lines for a person: every figure, and its change where it is known."""
    lines = [f"{figures['articles']} articles"]
    for key, value in figures.items():
        if key in ("articles", *NOT_KEPT):
            continue
        if isinstance(value, dict) and "f1" in value:
            shown = f"P {value['precision']:.3f}  R {value['recall']:.3f}  F1 {value['f1']:.3f}"
        elif isinstance(value, dict):
            shown = "  ".join(f"{name} {share}" for name, share in value.items())
        else:
            shown = "–" if value is None else f"{value:.3f}"
        lines.append(f"{key:<17} {shown}{change(figures, before, key)}")
    kinds = figures["errors"].items()
    lines.append(f"{'errors':<17} " + ", ".join(f"{count} {kind}" for kind, count in kinds))
    speed = figures["speed"]
    lines.append(
        f"{'time':<17} {speed['seconds']} s, {speed['words_per_second']} words/s with start-up"
    )
    return lines


def change(figures: dict[str, Any], before: dict[str, Any], key: str) -> str:
    now, then = number(figures.get(key)), number(before.get(key))
    if now is None or then is None or abs(now - then) < 0.0005:
        return ""
    return f"   ({now - then:+.3f})"


def fell(figures: dict[str, Any], before: dict[str, Any], key: str) -> bool:
    now, then = number(figures.get(key)), number(before.get(key))
    return then is not None and (now is None or now < then - TOLERANCE)


def number(value: object) -> float | None:
    """The one number that stands for a figure: its F1 where it has one."""
    if isinstance(value, dict):
        value = value.get("f1")
    return value if isinstance(value, float | int) else None


if __name__ == "__main__":
    sys.exit(main())
