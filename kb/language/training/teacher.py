"""The teacher: a small pretrained transformer that tags, parses and finds names.

It is too large to ship, but it parses better than the pipeline that ships, which then learns from
trees the teacher has drawn (``silver``). The vector of a word is made of those of its first and its
last piece; arcs and relations are scored by biaffine layers (T. Dozat & C. D. Manning, "Deep
biaffine attention for neural dependency parsing", ICLR 2017). The transformer it starts from knows
no capitals, so the shape of a word is told apart. Needs torch and transformers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (the field's name for it)
from transformers import AutoConfig, AutoModel, AutoTokenizer

from kb.language.training.conllu import Sentence
from kb.language.training.decode import best_tree

IGNORED = -100
"""The label of what is padding, or is not told by the treebank."""
IMPOSSIBLE = -1e4
"""A log score below all that occur."""
SHAPES = 8
LONGEST_WORD = 20
"""Characters of a word that are read: web addresses and rulers of dashes are all of a kind."""
LONGEST_TEXT = 256
"""Pieces of a sentence that are read."""

Heads = list[list[int]]


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


def halved() -> torch.autocast:
    """Products of matrices in bfloat16: more than twice as fast on processors that know it."""
    return torch.autocast("cpu", dtype=torch.bfloat16)


class Teacher(nn.Module):
    """Transformer, tagger, biaffine parser and entity labels over words.

    ``folder`` holds the transformer; ``labels`` are the ``relations``, ``tags`` and ``entities``.
    With ``pretrained`` false only its shape is taken from there, for weights to be loaded.
    """

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
            is_split_into_words=True,
            padding=True,
            truncation=True,
            max_length=LONGEST_TEXT,
            return_tensors="pt",
        )
        out = self.encoder(input_ids=coded["input_ids"], attention_mask=coded["attention_mask"])
        hidden = out.last_hidden_state
        size = len(batch), max(len(s) for s in batch)
        first = torch.zeros(size, dtype=torch.long)
        last = torch.zeros(size, dtype=torch.long)
        shapes = torch.zeros(size, dtype=torch.long)
        mask = torch.zeros(size, dtype=torch.bool)
        for b, sentence in enumerate(batch):
            n = len(sentence)
            mask[b, :n] = True
            shapes[b, :n] = torch.tensor([shape(w, i) for i, w in enumerate(sentence.words)])
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
        scores = scores.masked_fill(~heads[:, None, :], IMPOSSIBLE)
        itself = torch.arange(mask.shape[1])
        scores[:, itself, itself + 1] = IMPOSSIBLE
        return scores

    def relations(self, vectors: Tensor, heads: Tensor) -> Tensor:
        """Scores of relations for given heads (0 is the root), batch x words x relations."""
        rows = torch.arange(vectors.shape[0])[:, None]
        dependent = _with_one(self.rel_dependent(vectors[:, 1:]))
        head = _with_one(self.rel_head(vectors)[rows, heads])
        return torch.einsum("bni,rij,bnj->bnr", dependent, self.rel, head)

    def loss(self, batch: Sequence[Sentence]) -> Tensor:
        """Cross-entropy of heads, relations, tags and (where the treebank has them) entities."""
        vectors, mask = self.vectors(batch)
        heads = _padded([[h + 1 for h in s.heads] for s in batch], IGNORED)
        entities = self._gold("entities", [s.entities for s in batch])
        relations = self.relations(vectors, heads.clamp(min=0))
        total = _cross(self.arcs(vectors, mask), heads, smoothing=0.0)
        total = total + _cross(relations, self._gold("relations", [s.relations for s in batch]))
        tags = self._gold("tags", [s.tags for s in batch])
        total = total + 0.5 * _cross(self.tag(vectors[:, 1:]), tags)
        if bool((entities != IGNORED).any()):
            total = total + 0.5 * _cross(self.entity(vectors[:, 1:]), entities)
        return total

    @torch.no_grad()
    def predict(self, batch: Sequence[Sentence]) -> list[Sentence]:
        """The sentences with the teacher's tags, trees and entities."""
        with halved():
            vectors, mask = self.vectors(batch)
            arcs = self.arcs(vectors, mask).float()
            tags = self.tag(vectors[:, 1:]).argmax(-1).tolist()
            entities = self.entity(vectors[:, 1:]).argmax(-1).tolist()
        heads = _trees(batch, F.log_softmax(arcs, dim=-1))
        chosen = self.relations(vectors.float(), _padded([[h + 1 for h in t] for t in heads], 0))
        chosen[..., self.index["relations"]["root"]] = IMPOSSIBLE
        relations = chosen.argmax(-1).tolist()
        return [
            replace(
                sentence,
                heads=tuple(heads[b]),
                relations=tuple(
                    "root" if head < 0 else self.labels["relations"][relation]
                    for head, relation in zip(heads[b], relations[b], strict=False)
                ),
                tags=tuple(self.labels["tags"][t] for t in tags[b][: len(sentence)]),
                entities=well_formed(
                    [self.labels["entities"][e] for e in entities[b][: len(sentence)]]
                ),
                coarse=(),
            )
            for b, sentence in enumerate(batch)
        ]

    def save(self, folder: Path) -> None:
        """Write weights and labels; the transformer's own files are not copied."""
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(self.state_dict(), folder / "teacher.pt")
        (folder / "labels.json").write_text(json.dumps(self.labels), encoding="utf-8")

    def _gold(self, kind: str, rows: Sequence[Sequence[str]]) -> Tensor:
        index = self.index[kind]
        return _padded([[index.get(label, IGNORED) for label in row] for row in rows], IGNORED)


def load(folder: Path, base: str) -> Teacher:
    """A saved teacher; ``base`` is the folder of the transformer it started from."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    teacher = Teacher(base, labels, pretrained=False)
    teacher.load_state_dict(torch.load(folder / "teacher.pt"))
    teacher.eval()
    return teacher


def well_formed(labels: Sequence[str]) -> tuple[str, ...]:
    """BIO labels where each inside follows its own kind."""
    out: list[str] = []
    for label in labels:
        opens = label.startswith("I-") and (not out or out[-1][1:] != label[1:])
        out.append("B" + label[1:] if opens else label)
    return tuple(out)


def _trees(batch: Sequence[Sentence], arcs: Tensor) -> Heads:
    scores = arcs.numpy()
    out = []
    for b, sentence in enumerate(batch):
        n = len(sentence)
        out.append(best_tree(scores[b, :n, 1 : n + 1], scores[b, :n, 0]))
    return out


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
