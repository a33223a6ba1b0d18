"""`claimtrack template`: an empty table for new claims."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from claimtrack.cli.arguments import argument
from claimtrack.cli.locating import loaded, package_option
from claimtrack.cli.output import to_write, write
from claimtrack.errors import UsageError
from claimtrack.report.escape import terminal


@click.command(short_help="An empty table for new claims.")
@argument("form", "A workbook, or the header as CSV.", metavar="xlsx|csv", type=click.Choice(("xlsx", "csv")))
@click.option("--kind", help="Only the columns that claims of this kind use.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=to_write,
    help="File to write, which must not exist.",
)
@package_option
def template(form: str, kind: str | None, output: Path | None, package: Path | None) -> None:
    """Make an empty table for new claims, to be filled in a spreadsheet and given to claimtrack fold.

    A workbook (xlsx) explains every column, offers the vocabularies and the ids of the package in drop-downs, and keeps
    the spreadsheet from rewriting what is typed. It needs openpyxl: pip install 'claimtrack[xlsx]'. A CSV is only the
    header. A workbook goes to new-claims.xlsx in the current folder, a CSV to the standard output, unless --output
    names a file.

    \b
    Examples:
      claimtrack template xlsx
      claimtrack template xlsx --kind count --output losses.xlsx
      claimtrack template csv > inbox/new-claims.csv
    """
    from claimtrack.contribute.questions import known_kind
    from claimtrack.contribute.template import csv_template, xlsx_template
    from claimtrack.package.write import check_writable, write_whole

    known_kind(kind)
    if form == "csv" and output is None:
        sys.stdout.write(csv_template(kind))
        return
    target = output or Path("new-claims.xlsx")
    if target.exists():
        raise UsageError(f"there is a file {target} already; name another with --output")
    check_writable(target)
    content = csv_template(kind).encode() if form == "csv" else xlsx_template(loaded(package), kind)
    write_whole(target, content)
    shown, typed = terminal(str(target)), terminal(shlex.quote(str(target)))
    write([f"Made {shown}. Fill a row for each claim, then put it into inbox/ or run: claimtrack fold {typed}"])
