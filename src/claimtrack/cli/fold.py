"""`claimtrack fold`: new claims from the inbox, a workbook or a form become part of the package."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.arguments import argument
from claimtrack.cli.locating import chosen, package_option
from claimtrack.cli.output import format_option, write
from claimtrack.cli.waiting import waiting
from claimtrack.errors import UsageError
from claimtrack.report.escape import as_json, terminal

if TYPE_CHECKING:
    from claimtrack.contribute.fold import Folded
    from claimtrack.contribute.inbox import Entries
    from claimtrack.contribute.overlay import Addition


@click.command(short_help="Take new claims over into the package.")
@argument(
    "files",
    "Tables or workbooks with new claims; left out, all that is in inbox/.",
    nargs=-1,
    type=click.Path(path_type=Path),
)
@click.option("--issue", type=click.Path(path_type=Path), help="Instead: a filled issue form, as GitHub's JSON.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be done.")
@format_option("text", "json")
@package_option
@click.pass_context
def fold(
    ctx: click.Context, files: tuple[Path, ...], issue: Path | None, dry_run: bool, form: str, package: Path | None
) -> None:
    """Take new claims over into the package: give them ids, add them to its table, and empty the inbox.

    FILES are CSV tables or workbooks made with claimtrack template; without any, all that is in inbox/. The claim_id
    may be blank. Either all rows are taken over or, if anything is wrong with one of them, none. Files are deleted only
    if they lie in inbox/. A claim that is in the package already, cell for cell, is left out; one that looks like
    another is pointed out.

    The exit code is 1 if the rows cannot be taken over.

    \b
    Examples:
      claimtrack fold
      claimtrack fold --dry-run
      claimtrack fold ~/Downloads/new-claims.xlsx
    """
    if issue is not None and files:
        raise UsageError("--issue excludes FILES")
    descriptor = chosen(package)
    for path in [*files, *([issue] if issue else [])]:
        if not path.is_file():
            raise UsageError(f"there is no file {path}")
    with waiting("Checking the new claims"):
        from claimtrack.contribute.fold import carry_out, plan
        from claimtrack.contribute.inbox import inbox_files

        paths = list(files) or ([] if issue else inbox_files(descriptor.parent))
        entries = _entries(descriptor, paths, issue)
        planned = plan(descriptor, entries)
        if not planned.refused and not dry_run:
            carry_out(descriptor, planned, paths)
    _print(planned, descriptor.parent, form, written=not dry_run)
    if planned.refused:
        ctx.exit(1)


def _entries(descriptor: Path, paths: Sequence[Path], issue: Path | None) -> Entries:
    from claimtrack.contribute.inbox import read_entries

    if issue is None:
        return read_entries(descriptor.parent, paths)
    from claimtrack.contribute.issue_form import read_issue

    return read_issue(descriptor, issue)


def _print(planned: Folded, root: Path, form: str, *, written: bool) -> None:
    from claimtrack.report.console import print_blocks
    from claimtrack.report.problems.text import blocks

    if form == "json":
        write([as_json(_document(planned), indent=2)])
        return
    for notice in planned.notices:
        click.echo(f"Note: {terminal(notice)}", err=True)
    if planned.problems:
        print_blocks(blocks(planned.problems, root), sys.stderr)
    write(_lines(planned, written))


def _lines(planned: Folded, written: bool) -> Iterator[str]:
    from claimtrack.report.words import numbered

    for row in planned.known:
        yield terminal(f"{_place(row)}{row.cells['claim_id']} is in the package already")
    if planned.refused:
        yield "Nothing was taken over."
        return
    for row in planned.added:
        yield terminal(f"{_place(row)}{row.cells['claim_id']}: {row.cells['text']}")
    claims = numbered(len(planned.added), "claim")
    done = "taken over" if written else "would be taken over"
    yield f"{claims} {done}." if planned.added else "There are no new claims."


def _place(row: Addition) -> str:
    return "".join(f"{part}:" for part in (row.path, row.line) if part) + " " * bool(row.path)


def _document(planned: Folded) -> dict[str, object]:
    def rows(additions: Sequence[Addition]) -> list[dict[str, object]]:
        return [{"claim_id": row.cells["claim_id"], "path": row.path, "line": row.line} for row in additions]

    return {
        "added": [] if planned.refused else rows(planned.added),
        "known": rows(planned.known),
        "notices": list(planned.notices),
        "problems": [problem.as_dict() for problem in planned.problems],
    }
