"""`claimtrack init`: an empty package."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from claimtrack.cli.arguments import argument
from claimtrack.cli.output import write
from claimtrack.report.escape import terminal


@click.command(short_help="Make an empty package.")
@argument("folder", "Folder to make, or an empty one.", type=click.Path(path_type=Path))
@click.option("--title", help="Title of the package; by default its name.")
@click.option("--name", help="Short name of the package, lower case with hyphens; by default that of the folder.")
def init(folder: Path, title: str | None, name: str | None) -> None:
    """Make an empty, valid package: descriptor, schemas, tables without rows, the codebook, and an inbox.

    FOLDER must not exist or be empty. It appears at once and whole, or not at all.

    \b
    Examples:
      claimtrack init my-claims
      claimtrack init my-claims --name border-2024 --title "The clash of 2024"
    """
    from claimtrack.contribute.init import create

    made = create(folder, title=title, name=name)
    shown, typed = terminal(str(folder)), terminal(shlex.quote(str(folder)))
    write([f"Made {made.name} and {len(list(made.parent.glob('data/*.csv')))} tables in {shown}."])
    write(
        [
            f"Next: put files with claims into {shown}/inbox, and all else into the tables in {shown}/data,",
            f"then run: claimtrack validate {typed}",
            f"Before you publish, add licenses and contributors to {shown}/{made.name}: under which licence the data",
            "may be used, and who made them. The Data Package standard recommends both.",
        ]
    )
