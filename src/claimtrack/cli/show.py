"""`claimtrack show`: one claim and its evidence."""

from __future__ import annotations

from pathlib import Path

import click

from claimtrack.cli.arguments import argument
from claimtrack.cli.locating import located, package_option
from claimtrack.cli.output import format_option, show_blocks, write
from claimtrack.cli.waiting import waiting


@click.command(short_help="One claim, and what it rests on.")
@argument("claim", "Id of a claim.")
@package_option
@format_option("text", "json", "markdown")
def show(claim: str, package: Path | None, form: str) -> None:
    """Show one claim: who said it, when, about when, where it was read, what supports it, what speaks against it.

    CLAIM is a claim's id; `claimtrack timeline` lists them.

    \b
    Examples:
      claimtrack show 20220913-russian-mfa-or567w4b
      claimtrack show 20220913-russian-mfa-or567w4b --format json
    """
    descriptor = located(package)
    with waiting("Reading the package, and comparing the claims"):
        from claimtrack.report import claim as report
        from claimtrack.report.escape import as_json
        from claimtrack.views.evidence import evidence_in

        found = evidence_in(descriptor, claim)
    match form:
        case "json":
            write([as_json(found, indent=2)])
        case "markdown":
            write(report.markdown_lines(found))
        case _:
            show_blocks(report.blocks(found))
