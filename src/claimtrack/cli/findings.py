"""How `claimtrack discrepancies` gets its findings, and prints them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from claimtrack.cli.locating import chosen, located
from claimtrack.cli.output import show_blocks, write, written_to
from claimtrack.cli.waiting import Tick, counted, waiting
from claimtrack.errors import UsageError
from claimtrack.partition.memory import frugal
from claimtrack.report.findings import as_json, order, pairs_text, table, text
from claimtrack.views.claims import Cards
from claimtrack.views.findings import Question, answered, find, sparked

if TYPE_CHECKING:
    from claimtrack.package import Package
    from claimtrack.partition import Sliced
    from claimtrack.spark import Sparked

    Found = Sliced | Sparked

LISTED = 2_000
"""Pairs that a text shows; whoever wants more than a book of them wants jsonl."""


def on_laptop(
    packages: Sequence[Path], question: Question, limit: int | None, tick: Tick
) -> AbstractContextManager[Found]:
    """What answers the question here; of large packages, and with a limit, claims wait on disk."""
    frugal()
    descriptors = [located(packages[0] if packages else None)] if len(packages) < 2 else [*map(chosen, packages)]
    with waiting("Reading the package"):
        return closing(answered(descriptors, question, limit, tick))


def on_spark(
    packages: Sequence[Path], question: Question, master: str | None, tick: Tick
) -> AbstractContextManager[Found]:
    """What answers the question on Spark."""
    return sparked([chosen(path) for path in packages or (None,)], question, master, tick)


class Told(Protocol):
    """A module that tells findings; its functions can travel to where the findings are."""

    def rows(self, findings: Iterable[order.Finding], package: Package) -> Iterator[Any]:
        """What stands for each finding."""

    def to_order(self, findings: Iterable[order.Finding], package: Package) -> Iterator[dict[str, Any]]:
        """The same as `row`, with what it is ordered by."""


def print_found(found: Found, *, pairs: bool, form: str, sort: Any, output: Path | None) -> None:
    """Print condensed findings or pairs, to a file where one is given."""

    def rows(told: Told) -> Iterator[Any]:
        return _counted(_rows(found, pairs, sort, told), found, pairs, output)

    if form == "parquet" and output is not None:
        from claimtrack.package.write import whole

        with whole(output) as beside:
            table.write_parquet(rows(table), beside)
        return
    with written_to(output):
        match form:
            case "csv":
                write(table.csv_lines(rows(table)))
            case "jsonl":
                write(rows(as_json))
            case "json":
                told = rows(as_json)
                write(as_json.document("discrepancies", told, found.stats))
            case _ if pairs:
                streamed = found.pairs() if sort is None else order.ordered_on_disk(found.pairs(), sort)
                _show_pairs(found, _counted(streamed, found, pairs, output), form, sort)
            case _:
                _show_condensed(found, order.ordered(found.each(), sort or "strength"), form)


def _rows(found: Found, pairs: bool, sort: Any, told: Told) -> Iterator[Any]:
    """Findings as they are told; pairs without a sorting where they are found, so that any number of them fits.

    All slices have answered before.
    """
    if pairs and sort is None:
        return found.pairs(told.rows)
    findings = found.pairs(told.to_order) if pairs else found.each(told.to_order)
    return (one["row"] for one in order.ordered_on_disk(findings, sort or "strength"))


def _told_of(found: Found, findings: Sequence[order.Finding]) -> Package:
    return found.package_of({claim for one in findings for claim in one["claims"]})


def _show_condensed(found: Found, findings: list[order.Finding], form: str) -> None:
    suppressed = found.stats["suppressed"]
    match form:
        case "markdown":
            cards = Cards(_told_of(found, findings))
            write(table.markdown_lines(findings, cards, suppressed=suppressed))
        case _:
            pairs = list(found.pairs()) if found.stats["pairs"] <= LISTED else []
            cards = Cards(_told_of(found, [*findings, *pairs]))
            show_blocks(text.blocks(findings, pairs, cards, suppressed=suppressed))


def _counted(rows: Iterator[Any], found: Found, pairs: bool, output: Path | None) -> Iterator[Any]:
    """The rows; while many pairs are written, a bar says how far that is."""
    return counted(rows, found.stats["pairs"] if pairs else 0, output is None and sys.stdout.isatty())


def _show_pairs(found: Found, streamed: Iterator[Any], form: str, sort: Any) -> None:
    match form:
        case "markdown":
            listed = list(islice(streamed, LISTED))
            more = {"left_out": sum(1 for _ in streamed), "suppressed": found.stats["suppressed"]}
            write(table.markdown_pairs(listed, Cards(_told_of(found, listed)), **more))
        case _:
            listed = order.ordered(islice(streamed, LISTED), sort or "strength")
            more = {"left_out": sum(1 for _ in streamed), "suppressed": found.stats["suppressed"]}
            show_blocks(pairs_text.blocks(listed, Cards(_told_of(found, listed)), **more))


def print_apart(package: Package, question: Question, form: str, which: str) -> None:
    """Print what may not be compared, or what is not declared."""
    from claimtrack.report.escape import as_json as in_json
    from claimtrack.report.findings import apart

    if form in ("jsonl", "csv", "parquet"):
        raise UsageError(f"--format {form} is for findings; use json, text or markdown here")
    with waiting("Comparing the claims"):
        found = find(package, question)
    cards = Cards(package)
    rows: Any = found.not_comparable() if which == "not_comparable" else found.unlinked()
    match form:
        case "json":
            write([in_json({which: rows} if which == "not_comparable" else rows, indent=2)])
        case "markdown":
            lines = apart.not_comparable_markdown if which == "not_comparable" else apart.unlinked_markdown
            write(lines(rows, cards))
        case _:
            blocks = apart.not_comparable if which == "not_comparable" else apart.unlinked
            show_blocks(blocks(rows, cards))
