"""Memory that was freed, given back to the system: libraries keep it for later, and so the largest step would be added
to all that come after it.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

import pyarrow as pa

_TRIM, _MAPPED, _ARENAS = (-1, 2**17), (-3, 2**22), (-8, 1)
"""Of `mallopt`: what is free at the end of the heap, how large an array is when it is mapped, how many heaps."""


def frugal() -> None:
    """From now on all take memory from the C library, from one heap, and large arrays are given back when freed.

    For a program that holds a large package slice by slice; it takes a third off the peak. A library that cannot is
    left alone.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    with suppress(OSError, AttributeError, TypeError):
        for option, value in (_TRIM, _MAPPED, _ARENAS):
            ctypes.CDLL(None).mallopt(option, value)


def give_back() -> None:
    """Give back what Arrow and the C library keep; a library that cannot is left alone."""
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
