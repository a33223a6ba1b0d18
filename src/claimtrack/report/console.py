"""The one place that knows about terminals: width, colour, and text that is safe to show."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.text import Text

from claimtrack.report.escape import terminal

PLAIN_WIDTH = 100
WIDEST = 110

STRENGTH_STYLES = {"definite": "bold red", "possible": "yellow", "tension": "cyan", "unconfirmed": "blue"}
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow"}


@dataclass(frozen=True)
class Fitted:
    """Blocks that are made when it is known how wide they may be."""

    blocks: Callable[[int], Iterable[RenderableType]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """The blocks, for rich."""
        yield from self.blocks(options.max_width)


def console_for(stream: IO[str]) -> Console:
    """A console on `stream`: coloured on a terminal unless NO_COLOR says otherwise, plain and 100 wide elsewhere."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        console.width = min(console.width, WIDEST)
    elif not os.environ.get("COLUMNS", "").isdecimal():
        console.width = PLAIN_WIDTH
    return console


def width_of(stream: IO[str]) -> int | None:
    """How many characters a line of the terminal takes; None elsewhere, where lines may be of any length."""
    console = console_for(stream)
    return console.width if console.is_terminal else None


def print_blocks(blocks: Iterable[RenderableType], stream: IO[str]) -> None:
    """Print the blocks one after the other; where there is no terminal, without trailing blanks."""
    console = console_for(stream)
    for block in blocks:
        if console.is_terminal:
            console.print(block)
        else:
            with console.capture() as printed:
                console.print(block)
            stream.write("".join(line.rstrip() + "\n" for line in printed.get().split("\n")[:-1]))


def shown(text: str, style: str = "") -> Text:
    """Text from a cell, made safe, in a style."""
    return Text(terminal(text), style)


def indented(block: RenderableType, by: int) -> Padding:
    """The block, moved to the right; lines that wrap stay under each other."""
    return Padding(block, (0, 0, 0, by), expand=False)
