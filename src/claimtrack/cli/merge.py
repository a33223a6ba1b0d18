"""`claimtrack merge`: three versions of a table into one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.arguments import argument
from claimtrack.report.escape import terminal

if TYPE_CHECKING:
    from claimtrack.contribute.merge import Conflict

_FILE = click.Path(path_type=Path)


@click.command(short_help="Merge three versions of a table, row by row.")
@argument("base", "The version from which both come.", type=_FILE)
@argument("ours", "Our version, which becomes the merged one.", type=_FILE)
@argument("theirs", "The other version.", type=_FILE)
@click.option("--path", "name", metavar="NAME", help="What the file is called in messages; by default OURS.")
@click.pass_context
def merge(ctx: click.Context, base: Path, ours: Path, theirs: Path, name: str | None) -> None:
    """Merge OURS and THEIRS, which both come from BASE, into OURS: row by row, by key, and cell by cell.

    This is a merge driver for git; `claimtrack git install` sets it up. What only one side changed is taken over. The
    same cell changed on both sides, a row changed on one and deleted on the other, or one key added twice with
    different cells are conflicts: both versions of the row then stand between conflict markers, and the message names
    the values. The exit code is 0 without conflicts, 1 with.

    \b
    Examples:
      claimtrack merge base.csv ours.csv theirs.csv
      claimtrack merge %O %A %B --path %P
    """
    from claimtrack.contribute.merge_files import merge_files
    from claimtrack.report.console import print_blocks
    from claimtrack.report.problems.text import blocks

    called = name or str(ours)
    try:
        result = merge_files(base, ours, theirs, called)
    except OSError as error:
        message = f"{called} could not be written and is as it was: {error.strerror or error}"
        raise click.ClickException(terminal(message)) from error
    for conflict in result.conflicts:
        click.echo(terminal(f"{called}: {_said(conflict)}"), err=True)
    if result.problems:
        print_blocks(blocks(result.problems, Path()), sys.stderr)
        done = "The files were merged as text instead" if result.as_text else "Nothing was merged"
        click.echo(f"{done}: look at {terminal(called)} before you go on.", err=True)
    if not result.clean:
        ctx.exit(1)


def _said(conflict: Conflict) -> str:
    if not conflict.column:
        return f"conflict in row {conflict.key}: ours {conflict.ours}, theirs {conflict.theirs}"
    base = "none" if conflict.base is None else f'"{conflict.base}"'
    values = f'base {base}, ours "{conflict.ours}", theirs "{conflict.theirs}"'
    return f"conflict in row {conflict.key}, column {conflict.column}: {values}"
