"""The best projective tree with one root, from scores of arcs.

Eisner's algorithm (J. Eisner, "Three new probabilistic models for dependency parsing", COLING
1996), the root chosen last so that it governs one word only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_LOW = -1e9


def best_tree(arcs: Scores, roots: Scores) -> list[int]:
    """Heads of the words, -1 for the root.

    ``arcs[dependent, head]`` and ``roots[word]`` are log scores; of n words, shapes n x n and n.
    """
    n = len(roots)
    # complete[d][i, j] and incomplete[d][i, j]: best score over words i to j, with the governor at
    # the right end (d = 0) or at the left end (d = 1); the split points are kept beside them
    complete = np.full((2, n, n), _LOW, dtype=np.float64)
    incomplete = np.full((2, n, n), _LOW, dtype=np.float64)
    split_complete = np.zeros((2, n, n), dtype=np.int64)
    split_incomplete = np.zeros((n, n), dtype=np.int64)
    diagonal = np.arange(n)
    complete[:, diagonal, diagonal] = 0.0
    for width in range(1, n):
        left = np.arange(n - width)
        right = left + width
        inner = left[:, None] + np.arange(width)[None, :]
        joined = complete[1][left[:, None], inner] + complete[0][inner + 1, right[:, None]]
        at = joined.argmax(axis=1)
        top = joined[left, at]
        split_incomplete[left, right] = left + at
        incomplete[0][left, right] = top + arcs[left, right]
        incomplete[1][left, right] = top + arcs[right, left]
        back = complete[0][left[:, None], inner] + incomplete[0][inner, right[:, None]]
        at = back.argmax(axis=1)
        complete[0][left, right] = back[left, at]
        split_complete[0][left, right] = left + at
        ahead = incomplete[1][left[:, None], inner + 1] + complete[1][inner + 1, right[:, None]]
        at = ahead.argmax(axis=1)
        complete[1][left, right] = ahead[left, at]
        split_complete[1][left, right] = left + at + 1
    root = int((complete[0][0, :] + complete[1][:, n - 1] + roots).argmax())
    heads = [-1] * n
    todo = [(0, 0, root, True), (1, root, n - 1, True)]
    while todo:
        direction, i, j, closed = todo.pop()
        if i == j:
            continue
        if closed:
            k = int(split_complete[direction][i, j])
            todo.append((direction, k, j, False) if direction == 0 else (direction, i, k, False))
            todo.append((direction, i, k, True) if direction == 0 else (direction, k, j, True))
        else:
            heads[i if direction == 0 else j] = j if direction == 0 else i
            k = int(split_incomplete[i, j])
            todo += [(1, i, k, True), (0, k + 1, j, True)]
    return heads
