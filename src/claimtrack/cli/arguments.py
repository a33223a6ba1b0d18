"""Arguments of commands, each with its meaning in a few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


class Argument(click.Argument):
    """An argument and its `meaning`, for docs/commands.md; older versions of click know of no help for arguments."""

    def __init__(self, *declarations: Any, meaning: str, **attributes: Any) -> None:
        super().__init__(*declarations, **attributes)
        self.meaning = meaning


def argument(name: str, meaning: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An argument of a command, as `click.argument` has it, and what it is."""
    return click.argument(name, cls=Argument, meaning=meaning, **attributes)
