"""Ids of claims. They have the form of minted ones, but their last part comes from the number of the claim."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from synthetic.draws import Ints

BITS = 40
_MASK = np.uint64(2**BITS - 1)
_ODD = np.uint64(0x9E3779B97F4A7C15 | 1)
_LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)


def scrambled(numbers: Ints) -> pa.Array:
    """Eight base32 characters for each number below 2**40; different numbers have different ones.

    Multiplying by an odd number and xor with the own upper half can both be undone, so no two numbers meet.
    """
    value = numbers.astype(np.uint64)
    for _ in range(3):
        value = (value * _ODD) & _MASK
        value ^= value >> np.uint64(BITS // 2)
    digits = np.stack([(value >> np.uint64(5 * place)) & np.uint64(31) for place in range(8)], axis=1)
    return fixed_width(_LETTERS[digits.astype(np.int64)])


def fixed_width(characters: np.ndarray) -> pa.Array:
    """Rows of ASCII characters as strings."""
    rows, width = characters.shape
    ends = np.arange(0, (rows + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(ends.tobytes()), pa.py_buffer(characters.tobytes()))
