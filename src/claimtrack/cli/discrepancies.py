"""`claimtrack discrepancies`: what speaks against what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimtrack.cli.locating import loaded, package_argument
from claimtrack.cli.moments import moment
from claimtrack.cli.output import format_option, show_blocks, write
from claimtrack.cli.waiting import waiting
from claimtrack.errors import UsageError
from claimtrack.views.strengths import STRENGTHS

if TYPE_CHECKING:
    from claimtrack.discrepancy import Findings
    from claimtrack.views.claims import Cards

FORMATS = ("text", "json", "jsonl", "csv", "markdown")
SORTINGS = ("strength", "time", "statements", "code")
LISTED = 2_000
"""Pairs that a text shows; whoever wants more than a book of them wants jsonl."""


@click.command(short_help="Which claims speak against which.")
@package_argument
@format_option(*FORMATS)
@click.option("--code", multiple=True, metavar="CODE", help="Only findings of this code; may be repeated.")
@click.option("--claim", multiple=True, metavar="CLAIM", help="Only findings about this claim; may be repeated.")
@click.option("--incident", multiple=True, metavar="INCIDENT", help="Only this incident; may be repeated.")
@click.option("--strength", multiple=True, type=click.Choice(STRENGTHS), help="Only this strength; may be repeated.")
@click.option(
    "--as-of",
    metavar="TIME",
    callback=moment(day_ends=True, zoned=True),
    help="Only what had been reported by then: a day of UTC to its end, or a time with its offset.",
)
@click.option("--pairs", is_flag=True, help="Every pair of claims instead of one finding a claim or count.")
@click.option("--sort", type=click.Choice(SORTINGS), help="Order of the findings; strongest first by default.")
@click.option(
    "--not-comparable", is_flag=True, help="Instead: figures that look alike and may not be compared, and why."
)
@click.option("--unlinked", is_flag=True, help="Instead: what is computed but not declared, and the reverse.")
@click.option("--retracted", is_flag=True, help="Take in claims that were retracted.")
def discrepancies(
    package: Path | None,
    form: str,
    code: tuple[str, ...],
    claim: tuple[str, ...],
    incident: tuple[str, ...],
    strength: tuple[str, ...],
    as_of: datetime | None,
    pairs: bool,
    sort: str | None,
    not_comparable: bool,
    unlinked: bool,
    retracted: bool,
) -> None:
    """Say which claims speak against which, how surely, and by how much.

    A finding is computed, never stored, and is no verdict: it says that two claims do not fit together. PACKAGE is a
    folder or a datapackage.json; left out, it is the one in the current folder or above it, or else the one shipped
    with claimtrack. The exit code is 0 whatever is found.

    \b
    Examples:
      claimtrack discrepancies
      claimtrack discrepancies --strength definite --as-of 2022-09-13T16:00+04:00
      claimtrack discrepancies --pairs --claim 20220913-russian-mfa-or567w4b
      claimtrack discrepancies --format csv > discrepancies.csv
    """
    if sum((pairs, not_comparable, unlinked)) > 1:
        raise UsageError("--pairs, --not-comparable and --unlinked exclude each other")
    read = loaded(package)
    with waiting("Comparing the claims"):
        from claimtrack.views.claims import Cards
        from claimtrack.views.findings import Question, find

        question = Question(
            as_of=as_of, retracted=retracted, codes=code, claims=claim, incidents=incident, strengths=strength
        )
        found = find(read, question)
    cards = Cards(read)
    if not_comparable or unlinked:
        _print_apart(found, cards, form, "not_comparable" if not_comparable else "unlinked")
    elif pairs:
        _print_pairs(found, cards, form, sort)
    else:
        _print_condensed(found, cards, form, sort or "strength")


def _print_condensed(found: Findings, cards: Cards, form: str, sort: Any) -> None:
    from claimtrack.report.findings import as_json, order, table, text

    findings = order.ordered(found.condensed(), sort)
    match form:
        case "json":
            write(as_json.document("discrepancies", findings, found.stats))
        case "jsonl":
            write(as_json.lines(findings))
        case "csv":
            write(table.csv_lines(findings, cards))
        case "markdown":
            write(table.markdown_lines(findings, cards))
        case _:
            pairs = found.pairs() if found.stats["pairs"] <= LISTED else ()
            show_blocks(text.blocks(findings, pairs, cards))


def _print_pairs(found: Findings, cards: Cards, form: str, sort: Any) -> None:
    from claimtrack.report.findings import as_json, order, pairs_text, table

    streamed: Iterator[Any] = iter(found.pairs() if sort is None else order.ordered(found.pairs(), sort))
    match form:
        case "json":
            write(as_json.document("discrepancies", streamed, found.stats))
        case "jsonl":
            write(as_json.lines(streamed))
        case "csv":
            write(table.csv_lines(streamed, cards))
        case "markdown":
            write(table.markdown_pairs(islice(streamed, LISTED), cards))
        case _:
            listed = order.ordered(islice(streamed, LISTED), sort or "strength")
            show_blocks(pairs_text.blocks(listed, cards, left_out=sum(1 for _ in streamed)))


def _print_apart(found: Findings, cards: Cards, form: str, which: str) -> None:
    from claimtrack.report.escape import as_json
    from claimtrack.report.findings import apart

    if form in ("jsonl", "csv"):
        raise UsageError(f"--format {form} is for findings; use json, text or markdown here")
    rows: Any = found.not_comparable() if which == "not_comparable" else found.unlinked()
    match form:
        case "json":
            write([as_json({which: rows} if which == "not_comparable" else rows, indent=2)])
        case "markdown":
            lines = apart.not_comparable_markdown if which == "not_comparable" else apart.unlinked_markdown
            write(lines(rows, cards))
        case _:
            blocks = apart.not_comparable if which == "not_comparable" else apart.unlinked
            show_blocks(blocks(rows, cards))
