"""`claimtrack fmt`: the tables in canonical form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.locating import chosen, package_argument
from claimtrack.cli.output import format_option, write
from claimtrack.cli.waiting import waiting
from claimtrack.errors import UsageError
from claimtrack.report.escape import terminal

if TYPE_CHECKING:
    from claimtrack.contribute.changes import Cleaned

SPREADSHEET = {"delimiter-wrong", "encoding-invalid", "header-extra", "header-missing", "newline-in-cell", "row-long"}
"""Problems of files that spreadsheets leave behind."""


@click.command(short_help="Write the tables in canonical form, or repair them.")
@package_argument
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if a file would change.")
@click.option("--diff", "as_diff", is_flag=True, help="Write nothing; show what would change as a unified diff.")
@click.option("--repair", is_flag=True, help="Undo what a spreadsheet did to the files.")
@click.option("--base", metavar="REV", help="With --repair: the git revision with the undamaged rows.  [default: HEAD]")
@format_option("text", "json")
@click.pass_context
def fmt(
    ctx: click.Context, package: Path | None, check: bool, as_diff: bool, repair: bool, base: str | None, form: str
) -> None:
    """Write the tables of a package in canonical form: one spelling for the same rows, so that diffs are small.

    UTF-8 without byte order mark, lines ended by LF, quotation marks only where needed, columns in the order of the
    schema, rows sorted by key, text in NFC without space around it. What a cell says does not change; every cell that
    is spelled anew is listed.

    With --repair it also undoes what spreadsheets do: other delimiters and encodings, dates in the order of a country,
    separators between thousands, TRUE and FALSE, typographic quotation marks, cells at the end that are empty. Rows
    that the base revision holds get their old cells back where these differ only by such damage. In new rows nothing
    is guessed: what can be read in more than one way is left, and named.

    The exit code is 1 if a file cannot be read or a cell is in doubt, and with --check or --diff if one would change.

    \b
    Examples:
      claimtrack fmt
      claimtrack fmt --check
      claimtrack fmt --repair --diff
      claimtrack fmt --repair --base origin/main
    """
    if base is not None and not repair:
        raise UsageError("--base says with what to --repair; give both or neither")
    descriptor = chosen(package)
    with waiting("Reading the tables"):
        tables = _cleaned(descriptor, repair, base)
    preview = check or as_diff
    failure = None if preview else _save(tables)
    _print(tables, _from_here(descriptor.parent), form, repair=repair, as_diff=as_diff, written=not preview)
    if failure:
        raise click.ClickException(terminal(failure))
    failed = any(table.problems or table.doubts for table in tables)
    if failed or (preview and any(table.changed for table in tables)):
        ctx.exit(1)


def _from_here(folder: Path) -> Path:
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _cleaned(descriptor: Path, repair: bool, base: str | None) -> list[Cleaned]:
    if repair:
        from claimtrack.contribute.repair import base_of, repaired

        found = base_of(descriptor, base)
        told = f"Old rows are those of {found.revision}." if found.revision else "There is no older revision to go by."
        click.echo(told, err=True)
        return repaired(descriptor, found)
    from claimtrack.contribute.fmt import formatted

    return formatted(descriptor)


def _save(tables: list[Cleaned]) -> str | None:
    """Write what changed. Where that fails say so, and keep in the list only the tables that were written."""
    from claimtrack.contribute.fmt import save

    for at, table in enumerate(tables):
        try:
            save(table)
        except OSError as error:
            del tables[at:]
            return f"{table.path} could not be written and is as it was: {error.strerror or error}"
    return None


def _print(tables: list[Cleaned], root: Path, form: str, *, repair: bool, as_diff: bool, written: bool) -> None:
    from claimtrack.report import cleaning
    from claimtrack.report.console import print_blocks
    from claimtrack.report.problems.text import blocks

    for table in tables:
        for warning in table.warnings:
            click.echo(terminal(f"{table.path}: {warning}"), err=True)
    problems = [problem for table in tables for problem in table.problems]
    if problems:
        print_blocks(blocks(problems, root), sys.stderr)
        if SPREADSHEET & {problem.code for problem in problems} and not repair:
            click.echo("If a spreadsheet saved this, `claimtrack fmt --repair` undoes what it did.", err=True)
    if form == "json":
        write([cleaning.document(tables)])
    elif as_diff:
        write(cleaning.diff_lines(tables))
        for line in cleaning.text_lines(tables, root, written=written):
            click.echo(line, err=True)
    else:
        write(cleaning.text_lines(tables, root, written=written))
