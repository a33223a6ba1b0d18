"""A sign of life for work that takes more than a second, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock, Timer

PATIENCE = 1.0
"""Seconds."""


@contextmanager
def waiting(message: str, patience: float = PATIENCE) -> Iterator[None]:
    """Show `message` with a spinner on stderr while the block runs, if that is a terminal and it takes long."""
    if not sys.stderr.isatty():
        yield
        return
    with ExitStack() as shown:
        changing = Lock()
        over = False

        def show() -> None:
            from rich.console import Console

            with changing:
                if not over:
                    shown.enter_context(Console(stderr=True).status(f"{message} …"))

        timer = Timer(patience, show)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            with changing:
                over = True
