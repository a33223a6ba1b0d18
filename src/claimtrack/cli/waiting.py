"""A sign of life for work that takes more than a second, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock, Timer

PATIENCE = 1.0
"""Seconds."""

Tick = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


@contextmanager
def counting(message: str) -> Iterator[Tick]:
    """A bar on stderr, if that is a terminal, that moves with every call of what is given to the block."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(message, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


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
