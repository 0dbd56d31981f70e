"""Changes to a seed that bytes describe, so that any engine can choose and shrink them."""

from __future__ import annotations

from hypothesis import strategies as st

_STEP = 5
REPEATS = (2, 3, 10, 100, 1000)


def mutated() -> st.SearchStrategy[bytes]:
    """Descriptions of a few changes; empty for none."""
    return st.binary(max_size=6 * _STEP)


def changed(seed: bytes, change: bytes) -> bytes:
    """The seed with some changes, each told by five bytes: what is done, where, and with what.

    A span is dropped, doubled, repeated up to a thousand times, moved to the front, or its bytes
    are replaced.
    """
    data = bytearray(seed)
    for at in range(0, len(change) - _STEP + 1, _STEP):
        kind, high, low, size, value = change[at : at + _STEP]
        start = (high * 256 + low) % (len(data) + 1)
        span = bytes(data[start : start + size % 40 + 1])
        match kind % 6:
            case 0:
                del data[start : start + len(span)]
            case 1:
                data[start:start] = span
            case 2:
                data[start:start] = span * REPEATS[value % len(REPEATS)]
            case 3:
                data[0:0] = span
            case 4:
                data[start : start + 1] = bytes([value])
            case _:
                data[start:start] = bytes([value]) * (size % 40)
    return bytes(data[:200_000])
