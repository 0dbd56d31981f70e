"""Faster multiplication for the networks of a pipeline."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language


class NumpyGemm(NumpyOps):
    """thinc's operations, with numpy's matrix product: its BLAS is some three times as fast as the
    one that comes with thinc."""

    def gemm(
        self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False
    ) -> Any:
        return numpy.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def multiply_with_numpy(nlp: Language) -> None:
    """Give the networks of a pipeline that run on the processor numpy's matrix product."""
    ops = NumpyGemm()
    for _, component in nlp.components:
        for node in component.model.walk() if hasattr(component, "model") else ():
            if type(node.ops) is NumpyOps:
                node.ops = ops


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[Any]:
    """Multiply on one thread meanwhile: the matrices of sentences are too small to share."""
    limit: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limit
