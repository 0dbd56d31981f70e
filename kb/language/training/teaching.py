"""Fine-tuning the teacher, scoring it, and having it parse sentences. Needs torch."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch
from torch import nn

from kb.language.training.conllu import MISSING, Sentence
from kb.language.training.teacher import Teacher, halved

BATCH = 1200
"""Words of a batch, padding included, in training."""
MOST_SENTENCES = 64
"""In one batch."""
WARM_UP = 60
"""Steps over which the learning rate rises."""
SLOW, FAST = 2e-4, 2e-3
"""Highest learning rate of the transformer, and of what is put on top of it."""


def train(
    base: str,
    sentences: Sequence[Sentence],
    dev: Sequence[Sentence],
    minutes: float,
    epochs: float,
    seed: int = 0,
) -> Teacher:
    """Fine-tune on gold sentences for at most so many epochs and minutes; prints how it gets on.

    The learning rate falls to zero with the share of the time or of the epochs that is used up,
    whichever is further.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    teacher = Teacher(base, label_sets(sentences))
    slow = list(teacher.encoder.parameters())
    known = {id(p) for p in slow}
    fast = [p for p in teacher.parameters() if id(p) not in known]
    groups = [{"params": slow, "lr": SLOW}, {"params": fast, "lr": FAST}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    total = sum(len(s) for s in sentences) * epochs
    began, done, step = time.monotonic(), 0, 0
    while True:
        for batch in batches(sentences, BATCH, rng):
            share = max(done / total, (time.monotonic() - began) / (60 * minutes))
            if share >= 1:
                teacher.eval()
                return teacher
            for group, rate in zip(optimizer.param_groups, (SLOW, FAST), strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / WARM_UP) * (1 - share)
            teacher.train()
            with halved():
                loss = teacher.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 2.0)
            optimizer.step()
            done, step = done + sum(len(s) for s in batch), step + 1
            if step % 20 == 0:
                print(f"step {step} share {share:.2f} loss {loss.item():.3f}", flush=True)
            if step % 300 == 0:
                print(scores(teacher, dev), flush=True)


def label_sets(sentences: Sequence[Sentence]) -> dict[str, list[str]]:
    """The labels of the training data, sorted; "O" first among the entities."""
    entities = {e for s in sentences for e in s.entities} - {MISSING, "O"}
    return {
        "relations": sorted({r for s in sentences for r in s.relations}),
        "tags": sorted({t for s in sentences for t in s.tags}),
        "entities": ["O", *sorted(entities)],
    }


def batches(
    sentences: Sequence[Sentence], size: int, rng: random.Random | None = None
) -> Iterator[list[Sentence]]:
    """Sentences of about the same length, up to ``size`` words together; shuffled with ``rng``."""
    ordered = sorted(sentences, key=lambda s: len(s) + (4 * rng.random() if rng else 0.0))
    out: list[list[Sentence]] = [[]]
    for sentence in ordered:
        full = len(out[-1]) == MOST_SENTENCES or (len(out[-1]) + 1) * len(sentence) > size
        if out[-1] and full:
            out.append([])
        out[-1].append(sentence)
    if rng:
        rng.shuffle(out)
    yield from out


def parse(teacher: Teacher, sentences: Sequence[Sentence], size: int = 1500) -> list[Sentence]:
    """The sentences as the teacher parses them, in their order."""
    numbered = [replace(s, text=str(i)) for i, s in enumerate(sentences)]
    out = list(sentences)
    for batch in batches(numbered, size):
        for sentence in teacher.predict(batch):
            out[int(sentence.text)] = replace(sentence, text="")
    return out


def scores(teacher: Teacher, gold: Sequence[Sentence]) -> dict[str, float]:
    """Share of right tags, heads (UAS) and heads with relations (LAS) on gold words, in percent.

    Punctuation is counted, unlike in the scores of the student.
    """
    teacher.eval()
    right = {"tags": 0, "UAS": 0, "LAS": 0}
    for want, got in zip(gold, parse(teacher, gold), strict=True):
        for i in range(len(want)):
            head = want.heads[i] == got.heads[i]
            right["tags"] += want.tags[i] == got.tags[i]
            right["UAS"] += head
            right["LAS"] += head and want.relations[i] == got.relations[i]
    words = sum(len(s) for s in gold)
    return {name: round(100 * count / words, 2) for name, count in right.items()}
