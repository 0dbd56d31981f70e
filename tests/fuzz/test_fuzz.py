"""A short run of what ``make fuzz`` does at length: no input may break a promise."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.mutation import mutated
from fuzz.seeds import seeds
from fuzz.targets import TARGETS, run

EXAMPLES = {"read": 150, "extract": 40, "any-text": 25, "store": 8, "mask": 200, "guard": 100}
"""How many inputs are tried; those of ``make fuzz`` are without number."""


@pytest.mark.parametrize("target", TARGETS)
def test_the_seeds_hold(target: str) -> None:
    for seed in seeds(target):
        run(target, seed)


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_made_of_the_seeds_holds(target: str) -> None:
    @settings(
        max_examples=EXAMPLES.get(target, 60),
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(seeds(target)), mutated(), st.binary(max_size=200))
    def holds(seed: bytes, change: bytes, noise: bytes) -> None:
        from fuzz.mutation import changed

        run(target, changed(seed, change) if change else noise)

    holds()
