"""Results go to stdout, whatever their form."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimtrack.errors import UsageError
from claimtrack.report.escape import terminal

if TYPE_CHECKING:
    from rich.console import RenderableType


def format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format`, the first being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Form of the result.",
    )


def on_terminal() -> bool:
    """Whether there is a person who could be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def until_stopped() -> Iterator[None]:
    """Questions before anything is written: who stops them hears that nothing was."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing was written.", err=True)
        raise


def write(lines: Iterable[str]) -> None:
    """Lines of text, each ended."""
    for line in lines:
        sys.stdout.write(line + "\n")


def to_write(ctx: click.Context, _: click.Parameter, file: Path | None) -> Path | None:
    """For an option: a file that can be written to, as far as that can be told before there is anything to write."""
    if file is None or ctx.resilient_parsing:
        return file
    if not file.name:
        raise click.BadParameter("it names no file")
    from claimtrack.package.write import check_writable

    try:
        check_writable(file)
    except UsageError as error:
        raise click.BadParameter(terminal(str(error))) from error
    return file


@contextmanager
def written_to(path: Path | None) -> Iterator[None]:
    """Let what goes to stdout in the block go to a file, which is there only when it is whole; None: to stdout."""
    if path is None:
        yield
        return
    from claimtrack.package.write import whole

    with whole(path) as beside, beside.open("w", encoding="utf-8", newline="") as file, redirect_stdout(file):
        yield


def show_blocks(blocks: Iterable[RenderableType]) -> None:
    """Text and tables for a person: coloured and fitted on a terminal, plain elsewhere."""
    from claimtrack.report.console import print_blocks

    print_blocks(blocks, sys.stdout)
