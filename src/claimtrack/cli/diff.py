"""`claimtrack diff`: what a change does to a package."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.arguments import argument
from claimtrack.cli.locating import check_spared, check_takes_rows, chosen, package_option
from claimtrack.cli.output import format_option, on_terminal, show_blocks, to_write, until_stopped, write
from claimtrack.cli.waiting import waiting
from claimtrack.errors import UsageError
from claimtrack.locate import descriptor_around

if TYPE_CHECKING:
    from claimtrack.contribute.diff import Diff, Uncorrected


@click.command(short_help="What a change does to a package.")
@argument("base", "What to compare with: a git revision, or the path of a package.")
@argument("head", "What is compared, likewise; left out, the package as it is on disk.", required=False)
@package_option
@format_option("text", "json", "markdown", "github")
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=to_write,
    help="Also write it as Markdown, for a comment.",
)
@click.option(
    "--write-corrections", "correct", is_flag=True, help="Add a row to corrections.csv for every change that lacks one."
)
@click.option("--reason", help="With --write-corrections: what the recorder had wrong. Left out, it is asked for.")
def diff(
    base: str,
    head: str | None,
    package: Path | None,
    form: str,
    report: Path | None,
    correct: bool,
    reason: str | None,
) -> None:
    """Say what HEAD adds to, changes in and removes from BASE: rows by key, problems, and discrepancies.

    Each is a git revision, or the path of a package. HEAD left out is the package as it is on disk; with 'main...' as
    BASE it is compared with the revision at which it left main. The format 'github' gives annotations for a pull
    request: new problems where they stand, discrepancies as notices. The exit code is 0 whatever is found.

    Where a claim of BASE reads otherwise in anything but text, note and locator, it asks for a correction: a row of
    corrections.csv that says what the recorder had wrong. A claim that is gone and there again under another id, with
    all its other cells or nearly all, is pointed out.

    \b
    Examples:
      claimtrack diff HEAD
      claimtrack diff main... --format markdown
      claimtrack diff main --write-corrections --reason "The zone was overlooked."
      claimtrack diff v1.0 v1.1 --package path/to/package
      claimtrack diff path/to/old path/to/new --format json
    """
    if (correct and head is not None) or (reason is not None and not correct):
        raise UsageError("--write-corrections is for the package on disk, without HEAD, and --reason goes with it")
    check_spared(_on_disk(base, head, package), report, "--report")
    if correct:
        check_takes_rows(chosen(package), "corrections")
    with waiting("Comparing"):
        found = _compared(base, head, package)
    if correct and _corrected(found, chosen(package), reason):
        with waiting("Comparing"):
            found = _compared(base, head, package)
    if report is not None:
        _write_report(found, report)
    _print(found, form)


def _on_disk(base: str, head: str | None, package: Path | None) -> list[Path]:
    """The packages on disk that are read."""
    from claimtrack.contribute.diff.sides import is_package

    sides = [Path(side) for side in (base, head) if side and is_package(side)]
    around = package or (descriptor_around(Path.cwd()) if head is None or not sides else None)
    return [*sides, *([around] if around else [])]


def _compared(base: str, head: str | None, package: Path | None) -> Diff:
    from claimtrack.contribute.diff import compare, sides

    if head is None:
        around = chosen(package)
        after = sides.from_folder(around, "the package as it is now")
    else:
        on_disk = next((Path(side) for side in (head, base) if sides.is_package(side)), None)
        around = chosen(package or on_disk)
        after = sides.named(head, around)
    before = sides.named(base, around, since=after.commit or "HEAD")
    return compare(before, after)


def _corrected(found: Diff, descriptor: Path, reason: str | None) -> bool:
    """Write the corrections that are asked for; returns whether there were any."""
    from claimtrack.contribute.diff.corrections import write_corrections

    asked = [one for one in found.uncorrected if not one.begun]
    if asked and reason is None and not on_terminal():
        raise UsageError("--write-corrections needs a --reason where nobody can be asked")
    if not asked:
        return False
    with until_stopped():
        given = [(one, (_asked(one) if reason is None else reason).strip()) for one in asked]
    if not all(why for _, why in given):
        raise UsageError("the --reason is blank")
    write_corrections(descriptor, given, datetime.now(UTC).date())
    click.echo(f"Added to the corrections: {len(given):,}.", err=True)
    return True


def _asked(one: Uncorrected) -> str:
    from claimtrack.cli.asking import answered

    change = f"{one.old or 'blank'} → {one.new or 'blank'}"
    return answered(f"{one.claim_id}, {one.column}: {change}. What did the recorder have wrong?")


def _write_report(found: Diff, file: Path) -> None:
    from claimtrack.package.write import write_whole
    from claimtrack.report.diff import markdown

    write_whole(file, "".join(f"{line}\n" for line in markdown.lines(found)))


def _print(found: Diff, form: str) -> None:
    from claimtrack.report.diff import as_json, github, markdown, text

    match form:
        case "json":
            write([as_json.document(found)])
        case "markdown":
            write(markdown.lines(found))
        case "github":
            write(github.lines(found))
        case _:
            show_blocks(text.blocks(found))
