"""A sign of life for work that takes more than a second, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock, Timer
from typing import TypeVar

PATIENCE = 1.0
"""Seconds."""

SOME = 1_000
"""Rows after which a bar moves."""

T = TypeVar("T")
Tick = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


@contextmanager
def counting(message: str) -> Iterator[Tick]:
    """A bar on stderr, if that is a terminal, that moves with every call of what is given to the block, and then goes.

    It goes when all is done, so that results can be printed on the same terminal.
    """
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(message, total=None)

        def tick(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)
            if done >= of:
                bar.stop()

        yield tick


def counted(rows: Iterable[T], of: int, to_terminal: bool) -> Iterator[T]:
    """The rows, with a bar on stderr that says how many there have been, unless they go to a terminal themselves."""
    if to_terminal or of < SOME:
        yield from rows
        return
    with counting("Writing") as tick:
        for done, row in enumerate(rows, start=1):
            yield row
            if done % SOME == 0 or done == of:
                tick(done, of)


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
