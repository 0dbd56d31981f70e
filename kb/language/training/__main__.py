"""Command line of the training steps: ``python -m kb.language.training STEP --help``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from kb.language.training import corpus, steps


def parser() -> argparse.ArgumentParser:
    """The command's options, one subcommand a step."""
    top = argparse.ArgumentParser(prog="python -m kb.language.training", description=__doc__)
    sub = top.add_subparsers(dest="step", required=True)

    def step(name: str, text: str) -> argparse.ArgumentParser:
        return sub.add_parser(name, help=text, description=text)

    teach = step("teach", "fine-tune the teacher (needs torch and transformers)")
    teach.add_argument("treebank", type=Path, help="folder of the treebank files")
    teach.add_argument("--base", required=True, help="folder of the transformer to start from")
    teach.add_argument("--out", type=Path, required=True)
    teach.add_argument(
        "--minutes", type=float, default=60.0, help="stop after so many at the latest"
    )
    teach.add_argument("--epochs", type=float, default=5.0)

    sample = step("sample", "take sentences from a collection of articles (JSON lines)")
    sample.add_argument("articles", type=Path)
    sample.add_argument("--out", type=Path, required=True)
    sample.add_argument("--limit", type=int, default=40_000)

    parse = step("parse", "let the teacher parse sentences (needs torch and transformers)")
    parse.add_argument("source", type=Path)
    parse.add_argument("--teacher", type=Path, required=True)
    parse.add_argument("--base", required=True, help="folder of the transformer it started from")
    parse.add_argument("--out", type=Path, required=True)
    parse.add_argument("--limit", type=int)

    prepare = step("prepare", "write the student's training corpus")
    prepare.add_argument("treebank", type=Path)
    prepare.add_argument("--parsed", type=Path, help="sentences the teacher has parsed")
    prepare.add_argument("--out", type=Path, required=True)

    train = step("train", "train the pipeline that ships")
    train.add_argument("corpus", type=Path, help="folder written by prepare")
    train.add_argument("--out", type=Path, required=True)
    train.add_argument("--steps", type=int, default=6000)
    train.add_argument("--version", default="1.0")

    evaluate = step("evaluate", "score a pipeline on the development and test sentences")
    evaluate.add_argument("treebank", type=Path)
    evaluate.add_argument("--model", help="folder or name (default: the shipped one)")
    return top


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one step and print what it made."""
    a = parser().parse_args(arguments)
    if a.step == "teach":
        for name, figures in steps.teach(a.treebank, a.base, a.out, a.minutes, a.epochs).items():
            print(name, figures)
    elif a.step == "sample":
        print(steps.sample(a.articles, a.out, a.limit), "sentences")
    elif a.step == "parse":
        print(steps.parse(a.teacher, a.base, a.source, a.out, a.limit), "sentences")
    elif a.step == "prepare":
        for name, words in steps.prepare(a.treebank, a.out, a.parsed).items():
            print(f"{name}: {words} words")
    elif a.step == "train":
        from kb.language.training import student

        print(student.train(a.corpus, a.out, a.steps, a.version))
    else:
        from kb.language.pipeline import load
        from kb.language.training.evaluate import speed, table

        nlp = load(a.model)
        banks = {name: corpus.load(a.treebank, name) for name in (corpus.DEV, corpus.TEST)}
        print(table(nlp, banks))
        print(f"{speed(nlp, banks[corpus.TEST]):.0f} words a second")


if __name__ == "__main__":
    main()
