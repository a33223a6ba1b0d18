"""`claimtrack add`: one claim, asked for or given, shown with what it would cause, and written."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, TextIO

import click

from claimtrack.cli.locating import check_takes_rows, chosen, package_option
from claimtrack.cli.output import on_terminal, until_stopped, write
from claimtrack.cli.waiting import waiting
from claimtrack.contribute.questions import ORDER, STATEMENT, allowed, claims
from claimtrack.errors import UsageError
from claimtrack.report.escape import terminal

if TYPE_CHECKING:
    from claimtrack.contribute.draft import Draft
    from claimtrack.contribute.overlay import Addition


def _flag(column: str) -> str:
    return "--" + column.replace("_", "-")


def _columns(command: Callable[..., Any]) -> Callable[..., Any]:
    """A flag for every column but the one that is minted."""
    for column in reversed(ORDER):
        field = claims().field(column)
        meaning = field.description.split(". ")[0].rstrip(".")
        values = f" ({allowed(field)})" if field.enum else ""
        click.option(_flag(column), column, help=f"{meaning}{values}.")(command)
    return command


@click.command(short_help="Add one claim.")
@_columns
@click.option("--from-json", type=click.File("r", "utf-8-sig"), help="Cells as a JSON object; - reads them here.")
@click.option("--no-input", is_flag=True, help="Ask nothing; end with 2 if something is missing.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@package_option
@click.pass_context
def add(
    ctx: click.Context,
    /,
    from_json: TextIO | None,
    no_input: bool,
    dry_run: bool,
    package: Path | None,
    **flags: str | None,
) -> None:
    """Add one claim to the package.

    At a terminal it asks for what is not given: the source first, then what was said, by whom, about when and where.
    Elsewhere it says what is missing and ends with 2. Before anything is written it shows the row, the problems that it
    would cause, the discrepancies that it would create, and the flags that say the same. An error keeps it from being
    written (exit code 1). Ctrl-C at any question changes nothing.

    \b
    Examples:
      claimtrack add
      claimtrack add --kind hostilities --predicate shelling --place-id goris
      claimtrack add --no-input --dry-run --from-json claim.json
    """
    descriptor = chosen(package)
    cells = _given(from_json, flags)
    interactive = not no_input and on_terminal()
    if interactive:
        if not dry_run:
            check_takes_rows(descriptor, "claims")
        with until_stopped():
            draft = _asked(descriptor, cells, package)
    else:
        _complete(cells)
        draft = _checked(descriptor, cells, [])
        _show(draft, descriptor, package)
    if draft.planned.refused:
        write(["Nothing was written."])
        ctx.exit(1)
    if not draft.planned.added:
        write(["The claim is in the package already. Nothing was written."])
    elif dry_run or (interactive and not _sure()):
        write(["Nothing was written."])
    else:
        from claimtrack.contribute.fold import carry_out

        carry_out(descriptor, draft.planned, ())
        write([f"Added {terminal(draft.cells['claim_id'])}."])


def _given(from_json: TextIO | None, flags: Mapping[str, str | None]) -> dict[str, str]:
    from claimtrack.contribute.draft import from_json as read

    try:
        given = read(from_json.read()) if from_json else {}
    except UnicodeDecodeError:
        raise UsageError("what --from-json reads is not UTF-8; save it in that encoding") from None
    return given | {column: value for column, value in flags.items() if value is not None}


def _checked(descriptor: Path, cells: Mapping[str, str], others: Sequence[Addition]) -> Draft:
    with waiting("Checking the claim"):
        from claimtrack.contribute.draft import drafted

        return drafted(descriptor, cells, others)


def _asked(descriptor: Path, given: Mapping[str, str], package: Path | None) -> Draft:
    """The draft that a person answers for: asked again, where they want to, for what would be an error.

    The name of the statement is asked again with what it is made of, unless it was given.
    """
    from claimtrack.cli.asking import HOW, Interview, confirmed, hint
    from claimtrack.contribute.statements import NAMED_AFTER
    from claimtrack.package import load

    interview, cells = Interview(load(descriptor)), given
    hint(HOW)
    while True:
        cells = interview.claim(cells)
        draft = _checked(descriptor, cells, interview.added)
        _show(draft, descriptor, package)
        wrong = {problem.field for problem in draft.planned.problems if problem.resource == "claims"} & set(cells)
        rows = interview.at_fault(draft.planned.problems)
        if not draft.planned.refused or not (wrong or rows) or not confirmed("Answer again what is wrong?"):
            return draft
        for row in rows:
            interview.again(row)
        interview.earlier = {column: cell for column, cell in cells.items() if column != STATEMENT}
        if wrong & NAMED_AFTER and STATEMENT not in given:
            wrong.add(STATEMENT)
        cells = {column: cell for column, cell in cells.items() if column not in wrong}


def _sure() -> bool:
    from claimtrack.cli.asking import confirmed

    with until_stopped():
        return confirmed("Write it?")


def _complete(cells: Mapping[str, str]) -> None:
    """Raise `UsageError` where there is no claim without what is missing."""
    from claimtrack.contribute.draft import missing

    lacking = missing(cells)
    if lacking:
        raise UsageError(f"these are missing: {', '.join(map(_flag, lacking))}")


def _show(draft: Draft, descriptor: Path, package: Path | None) -> None:
    from claimtrack.report.console import print_blocks
    from claimtrack.report.problems.text import blocks

    others = [row.table for row in draft.planned.added if row.table != "claims"]
    for row in draft.planned.added:
        heading = [f"New in {row.table}.csv:"] if row.table != "claims" else []
        write([*heading, *_fitting(f"  {name}: {terminal(cell)}" for name, cell in row.cells.items() if cell), ""])
    for notice in draft.planned.notices:
        click.echo(f"Note: {terminal(notice)}", err=True)
    if draft.planned.problems:
        print_blocks(blocks(draft.planned.problems, descriptor.parent, "what would be added"), sys.stderr)
    write(_fitting(discrepancy_lines(draft)))
    later = f", once {' and '.join(f'{name}.csv' for name in dict.fromkeys(others))} has what is new" if others else ""
    write(["", f"The same without questions{later}:", f"  {terminal(_call(draft, package))}"])


def _fitting(lines: Iterable[str]) -> Iterator[str]:
    """The lines, broken between words where the terminal is narrower."""
    from claimtrack.report.console import width_of

    width = width_of(sys.stdout)
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        yield line if width is None else fill(line, width, subsequent_indent=indent, break_on_hyphens=False)


def discrepancy_lines(draft: Draft) -> Iterator[str]:
    """What the claim would contradict, and what it would settle."""
    if draft.introduced is None or draft.resolved is None:
        yield "Its discrepancies cannot be computed before the errors are mended."
        return
    for pairs, words in ((draft.introduced, "would introduce"), (draft.resolved, "would resolve")):
        if pairs:
            yield f"It {words} {len(pairs):,} discrepanc{'ies' if len(pairs) > 1 else 'y'}:"
            for pair in pairs:
                yield terminal(f"  {pair['strength']} {pair['code']}: {pair['explanation']}")
    if not draft.introduced and not draft.resolved:
        yield "It would introduce no discrepancies."


def _call(draft: Draft, package: Path | None) -> str:
    parts = ["claimtrack", "add", "--no-input", *(["--package", str(package)] if package else [])]
    for column in ORDER:
        if draft.cells[column]:
            parts += [_flag(column), draft.cells[column]]
    return shlex.join(parts)
