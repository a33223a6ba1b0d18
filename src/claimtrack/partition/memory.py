"""Memory that was freed, given back to the system: libraries keep it for later, and so the largest step would be added
to all that come after it.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

import pyarrow as pa


def give_back() -> None:
    """Give back what Arrow and the C library keep; a library that cannot is left alone."""
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
