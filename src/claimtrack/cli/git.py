"""`claimtrack git`: the merge of tables in a git repository."""

from __future__ import annotations

from pathlib import Path

import click

from claimtrack.cli.arguments import argument
from claimtrack.cli.locating import chosen, package_option
from claimtrack.cli.output import write
from claimtrack.report.escape import terminal


@click.command(short_help="Let git merge the tables row by row.")
@argument("action", "Set it up, or undo that.", type=click.Choice(("install", "uninstall")))
@package_option
def git(action: str, package: Path | None) -> None:
    """Set up `claimtrack merge` for the package's tables in the git repository around it, or undo that.

    It writes two places: the configuration of this clone (merge.claimtrack), and .gitattributes in the package's
    folder, which is to be committed. Doing it twice changes nothing.

    \b
    Examples:
      claimtrack git install
      claimtrack git uninstall
    """
    from claimtrack.contribute import driver

    done = driver.install if action == "install" else driver.uninstall
    write(terminal(line) for line in done(chosen(package)))
