"""The teacher: a small pretrained transformer fine-tuned to tag, parse and find names.

It is too large to ship, but it parses better than the pipeline that ships, which then learns from
trees the teacher has drawn (``silver``). Word vectors are those of a word's first piece and its
last; arcs and relations are scored by biaffine layers (T. Dozat & C. D. Manning, "Deep biaffine
attention for neural dependency parsing", ICLR 2017). The transformer knows no capitals, so the shape of
a word is told apart.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (the field's name for it)
from transformers import AutoConfig, AutoModel, AutoTokenizer

from kb.language.training.conllu import MISSING, Sentence
from kb.language.training.decode import best_tree

IGNORED = -100
SHAPES = 8
LONGEST_WORD = 20
"""Characters of a word that are read: web addresses and rulers of dashes are all of a kind."""
MOST_SENTENCES = 64
"""In one batch."""


def shape(word: str, i: int) -> int:
    """The class of a word's spelling: what an uncased transformer cannot see."""
    if not any(c.isalpha() for c in word):
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) == 1 else 3
    if word[0].isupper():
        return (4 if i else 5) if word[1:].islower() else 6
    return 7


class Teacher(nn.Module):
    """Transformer, tagger, biaffine parser and entity labels over words."""

    def __init__(self, folder: str, labels: dict[str, list[str]], pretrained: bool = True) -> None:
        super().__init__()
        self.labels = labels
        self.index = {k: {name: i for i, name in enumerate(v)} for k, v in labels.items()}
        self.pieces = AutoTokenizer.from_pretrained(folder)
        config = AutoConfig.from_pretrained(folder)
        self.encoder: Any = (
            AutoModel.from_pretrained(folder, add_pooling_layer=False)
            if pretrained
            else AutoModel.from_config(config, add_pooling_layer=False)
        )
        width = 2 * config.hidden_size + 32
        self.shapes = nn.Embedding(SHAPES, 32)
        self.drop = nn.Dropout(0.2)
        self.arc_dependent, self.arc_head = _layer(width, 320), _layer(width, 320)
        self.rel_dependent, self.rel_head = _layer(width, 160), _layer(width, 160)
        self.root = nn.Parameter(torch.zeros(width))
        self.arc = nn.Parameter(torch.zeros(321, 320))
        self.rel = nn.Parameter(torch.zeros(len(labels["relations"]), 161, 161))
        nn.init.normal_(self.arc, std=0.02)
        nn.init.normal_(self.rel, std=0.02)
        self.tag = nn.Sequential(_layer(width, 256), nn.Linear(256, len(labels["tags"])))
        self.entity = nn.Sequential(_layer(width, 128), nn.Linear(128, len(labels["entities"])))

    def vectors(self, batch: Sequence[Sentence]) -> tuple[Tensor, Tensor]:
        """Word vectors, batch x (1 + words) x width with the root first, and the mask of words."""
        coded = self.pieces(
            [[w[:LONGEST_WORD] for w in s.words] for s in batch],
            is_split_into_words=True, padding=True, truncation=True, max_length=256, return_tensors="pt",
        )  # fmt: skip
        out = self.encoder(input_ids=coded["input_ids"], attention_mask=coded["attention_mask"])
        hidden = out.last_hidden_state
        longest = max(len(s) for s in batch)
        first = torch.zeros(len(batch), longest, dtype=torch.long)
        last = torch.zeros(len(batch), longest, dtype=torch.long)
        shapes = torch.zeros(len(batch), longest, dtype=torch.long)
        mask = torch.zeros(len(batch), longest, dtype=torch.bool)
        for b, sentence in enumerate(batch):
            mask[b, : len(sentence)] = True
            shapes[b, : len(sentence)] = torch.tensor(
                [shape(w, i) for i, w in enumerate(sentence.words)]
            )
            for at, word in enumerate(coded.word_ids(b)):
                if word is not None:
                    last[b, word] = at
                    if first[b, word] == 0:
                        first[b, word] = at
        rows = torch.arange(len(batch))[:, None]
        both = torch.cat([hidden[rows, first], hidden[rows, last], self.shapes(shapes)], dim=-1)
        root = self.root.expand(len(batch), 1, -1)
        return self.drop(torch.cat([root, both.to(root.dtype)], dim=1)), mask

    def arcs(self, vectors: Tensor, mask: Tensor) -> Tensor:
        """Scores of heads, batch x words x (1 + words), impossible ones very low."""
        dependent = _with_one(self.arc_dependent(vectors[:, 1:]))
        scores = dependent @ self.arc @ self.arc_head(vectors).transpose(1, 2)
        heads = torch.cat([torch.ones_like(mask[:, :1]), mask], dim=1)
        scores = scores.masked_fill(~heads[:, None, :], -1e4)
        n = mask.shape[1]
        itself = torch.arange(n)
        scores[:, itself, itself + 1] = -1e4
        return scores

    def relations(self, vectors: Tensor, heads: Tensor) -> Tensor:
        """Scores of relations for given heads (0 is the root), batch x words x relations."""
        rows = torch.arange(vectors.shape[0])[:, None]
        dependent = _with_one(self.rel_dependent(vectors[:, 1:]))
        head = _with_one(self.rel_head(vectors)[rows, heads])
        return torch.einsum("bni,rij,bnj->bnr", dependent, self.rel, head)

    def loss(self, batch: Sequence[Sentence]) -> Tensor:
        vectors, mask = self.vectors(batch)
        heads = _padded([[h + 1 for h in s.heads] for s in batch], IGNORED)
        gold = {
            "relations": _padded(
                [[self.index["relations"][r] for r in s.relations] for s in batch], IGNORED
            ),
            "tags": _padded([[self.index["tags"][t] for t in s.tags] for s in batch], IGNORED),
            "entities": _padded(
                [[self.index["entities"].get(e, IGNORED) for e in s.entities] for s in batch],
                IGNORED,
            ),
        }
        total = _cross(self.arcs(vectors, mask), heads, smoothing=0.0)
        total = total + _cross(self.relations(vectors, heads.clamp(min=0)), gold["relations"])
        total = total + 0.5 * _cross(self.tag(vectors[:, 1:]), gold["tags"])
        if bool((gold["entities"] != IGNORED).any()):
            total = total + 0.5 * _cross(self.entity(vectors[:, 1:]), gold["entities"])
        return total

    @torch.no_grad()
    def predict(self, batch: Sequence[Sentence]) -> list[Sentence]:
        """The sentences with the teacher's tags, trees and entities."""
        vectors, mask = self.vectors(batch)
        arcs = F.log_softmax(self.arcs(vectors, mask).float(), dim=-1).numpy()
        heads = []
        for b, sentence in enumerate(batch):
            n = len(sentence)
            heads.append(best_tree(arcs[b, :n, 1 : n + 1], arcs[b, :n, 0]))
        chosen = self.relations(
            vectors, _padded([[h + 1 for h in one] for one in heads], 0)
        ).float()
        root = self.index["relations"]["root"]
        chosen[..., root] = -1e4
        names = chosen.argmax(-1).tolist()
        tags = self.tag(vectors[:, 1:]).argmax(-1).tolist()
        entities = self.entity(vectors[:, 1:]).argmax(-1).tolist()
        out = []
        for b, sentence in enumerate(batch):
            n = len(sentence)
            relations = [
                "root" if heads[b][i] < 0 else self.labels["relations"][names[b][i]]
                for i in range(n)
            ]
            found = [self.labels["entities"][e] for e in entities[b][:n]]
            out.append(
                replace(
                    sentence,
                    heads=tuple(heads[b]), relations=tuple(relations),
                    tags=tuple(self.labels["tags"][t] for t in tags[b][:n]),
                    entities=tuple(_well_formed(found)), coarse=(),
                )
            )  # fmt: skip
        return out

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(self.state_dict(), folder / "teacher.pt")
        (folder / "labels.json").write_text(json.dumps(self.labels), encoding="utf-8")


def load(folder: Path, base: str) -> Teacher:
    """A saved teacher; ``base`` is the folder of the transformer it started from."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    teacher = Teacher(base, labels, pretrained=False)
    teacher.load_state_dict(torch.load(folder / "teacher.pt"))
    teacher.eval()
    return teacher


def train(
    base: str,
    sentences: Sequence[Sentence],
    dev: Sequence[Sentence],
    minutes: float,
    epochs: float,
    seed: int = 0,
) -> Teacher:
    """Fine-tune on gold sentences for at most so many epochs and minutes.

    The learning rate rises over the first tenth and falls to zero with the share of the time or
    of the epochs that is used up, whichever is further.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    teacher = Teacher(base, label_sets(sentences))
    slow = list(teacher.encoder.parameters())
    known = {id(p) for p in slow}
    fast = [p for p in teacher.parameters() if id(p) not in known]
    groups = [{"params": slow, "lr": 2e-4}, {"params": fast, "lr": 2e-3}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    rates = [group["lr"] for group in optimizer.param_groups]
    total = sum(len(s) for s in sentences) * epochs
    began, done, step = time.monotonic(), 0, 0
    while True:
        for batch in batches(sentences, 1200, rng):
            share = max(done / total, (time.monotonic() - began) / (60 * minutes))
            if share >= 1:
                teacher.eval()
                return teacher
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / 60) * (1 - share)
            teacher.train()
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=AUTOCAST):
                loss = teacher.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 2.0)
            optimizer.step()
            done, step = done + sum(len(s) for s in batch), step + 1
            if step % 20 == 0:
                speed = done / (time.monotonic() - began)
                print(
                    f"step {step} share {share:.2f} loss {loss.item():.3f} {speed:.0f} words/s",
                    flush=True,
                )
            if step % 300 == 0:
                print(scores(teacher, dev), flush=True)


AUTOCAST = False


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
    noise = (lambda: rng.random() * 4) if rng else (lambda: 0.0)
    ordered = sorted(sentences, key=lambda s: len(s) + noise())
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
    """Share of right tags, heads (UAS) and heads with relations (LAS) on gold words, in percent."""
    teacher.eval()
    right = np.zeros(3)
    words = 0
    for batch in batches(gold, 1500):
        for want, got in zip(batch, teacher.predict(batch), strict=True):
            words += len(want)
            for i in range(len(want)):
                head = want.heads[i] == got.heads[i]
                label = want.relations[i] == got.relations[i]
                right += (want.tags[i] == got.tags[i], head, head and label)
    tag, uas, las = (100 * right / words).round(2)
    return {"tags": tag, "uas": uas, "las": las}


def _layer(inside: int, outside: int) -> nn.Module:
    return nn.Sequential(nn.Linear(inside, outside), nn.LeakyReLU(0.1), nn.Dropout(0.25))


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)


def _padded(rows: Sequence[Sequence[int]], fill: int) -> Tensor:
    longest = max(len(r) for r in rows)
    return torch.tensor([[*r, *[fill] * (longest - len(r))] for r in rows])


def _cross(logits: Tensor, gold: Tensor, smoothing: float = 0.03) -> Tensor:
    return F.cross_entropy(
        logits.flatten(0, 1).float(),
        gold.flatten(),
        ignore_index=IGNORED,
        label_smoothing=smoothing,
    )


def _well_formed(labels: list[str]) -> list[str]:
    """BIO labels where each inside follows its own kind."""
    out: list[str] = []
    for label in labels:
        if label.startswith("I-") and (not out or out[-1][1:] != label[1:]):
            label = "B" + label[1:]
        out.append(label)
    return out
