"""`claimtrack timeline`: what was claimed, in order."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from claimtrack.cli.locating import loaded, package_argument
from claimtrack.cli.moments import moment
from claimtrack.cli.output import format_option, show_blocks, write
from claimtrack.errors import UsageError
from claimtrack.schema import table_schema

KINDS = table_schema("claims").field("kind").enum


@click.command(short_help="What was claimed, in order.")
@package_argument
@click.option("--actor", help="Only claims by or about this actor or its members: an id, a name or a printed variant.")
@click.option("--place", help="Only claims about this place or a place inside it: an id, a name or a printed variant.")
@click.option("--incident", help="Only claims about this incident, by its id.")
@click.option("--kind", multiple=True, type=click.Choice(KINDS), help="Only claims of this kind; may be repeated.")
@click.option(
    "--since", metavar="TIME", callback=moment(day_ends=False), help="Only what reaches past this day or time."
)
@click.option(
    "--until", metavar="TIME", callback=moment(day_ends=True), help="Only what begins before this time, or on this day."
)
@click.option(
    "--by",
    type=click.Choice(["valid", "reported"]),
    default="valid",
    show_default=True,
    help="By the time that a claim is about, or by the time of its report.",
)
@format_option("text", "json", "csv", "markdown")
def timeline(
    package: Path | None,
    actor: str | None,
    place: str | None,
    incident: str | None,
    kind: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    by: Literal["valid", "reported"],
    form: str,
) -> None:
    """List what was claimed, in order; this is also how to find a claim's id.

    Claims without a time come last. With --since or --until they are left out and counted. Without an offset, these
    are compared with the time as it is recorded, on the clock of the place. What was only expected is marked.

    \b
    Examples:
      claimtrack timeline
      claimtrack timeline --place Sotk --kind hostilities
      claimtrack timeline --actor Armenia --since 2022-09-13T09:00
      claimtrack timeline --since 2022-09-13T09:00 --until 2022-09-13T18:00
      claimtrack timeline --by reported --format csv > timeline.csv
    """
    if since and until and bool(since.tzinfo) == bool(until.tzinfo) and since >= until:
        raise UsageError("no time lies between --since and --until; is the one meant for the other?")
    read = loaded(package)
    from claimtrack.report import timeline as report
    from claimtrack.views import timeline as view

    wanted = view.Selection(actor=actor, place=place, incident=incident, kinds=kind, since=since, until=until, by=by)
    rows, left_out = view.timeline(read, wanted), view.left_out(read, wanted)
    match form:
        case "json":
            write([report.json_document(rows, left_out)])
        case "csv":
            write(report.csv_lines(rows, view.ROW))
            if left_out:
                click.echo(report.summary(rows, by, left_out), err=True)
        case "markdown":
            write(report.markdown_lines(rows, by, left_out))
        case _:
            show_blocks(report.blocks(rows, by, left_out, empty=read.claims.empty))
