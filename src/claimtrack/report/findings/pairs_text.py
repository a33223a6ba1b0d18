"""Pairs for a person at a terminal: under each claim at issue a table of what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from claimtrack.report.claim_lines import about, reporting, sentence
from claimtrack.report.console import STRENGTH_STYLES, Fitted, indented, shown
from claimtrack.report.figures import caveats, phrases
from claimtrack.report.findings.against import labelled
from claimtrack.report.findings.order import Finding, set_aside
from claimtrack.report.findings.verdicts import reckoning
from claimtrack.report.findings.windows import taken_from_windows
from claimtrack.report.words import numbered
from claimtrack.views.claims import Card, Cards

CODE = "strength and code"
BETWEEN, NARROWEST = 8, 14
"""Of a table, the characters between its columns and beside them, and in its last column at the least."""


def blocks(
    pairs: Sequence[Finding], cards: Cards, *, left_out: int = 0, suppressed: int = 0
) -> Iterator[RenderableType]:
    """One table a claim at issue; `left_out` is the number of pairs that were too many to list.

    `suppressed`: how many more people declared compatible.
    """
    yield Text(pairs_headline(len(pairs) + left_out), "bold")
    yield from tables(pairs, cards)
    if left_out:
        yield Text(not_listed(left_out), "dim")
    if pairs:
        yield Text("claimtrack rule CODE says what a code means.", "dim")
    if aside := set_aside(suppressed):
        yield from ("", Text(aside))


def tables(pairs: Iterable[Finding], cards: Cards) -> Iterator[RenderableType]:
    """Each claim at issue, and the table of what speaks against it."""
    for at_issue, against in by_claim(pairs).items():
        yield ""
        yield sentence(cards[at_issue], "bold")
        yield Fitted(partial(_fitted, cards[at_issue], [(pair, cards[pair["claims"][1]]) for pair in against]))


def by_claim(pairs: Iterable[Finding]) -> dict[str, list[Finding]]:
    """claim at issue → its pairs, in the order in which they come."""
    grouped: dict[str, list[Finding]] = {}
    for pair in pairs:
        grouped.setdefault(pair["claims"][0], []).append(pair)
    return grouped


def measured(pair: Finding, contrary: Card, at_issue: Card) -> str:
    """The figures of a pair, what makes it but possible, what was read into its times, and its `marks`."""
    windows = taken_from_windows(pair, contrary, at_issue)
    return "; ".join([*phrases(pair, contrary, at_issue), *caveats(pair), *windows, *marks(pair)])


def marks(pair: Finding) -> list[str]:
    """What else is to be said about a pair: that people declared it too, or that one statement holds both claims."""
    return ["declared in links.csv"] * bool(pair["linked"]) + ["said in one statement"] * bool(pair["same_statement"])


def not_listed(number: int) -> str:
    """That there are so many pairs more."""
    return f"… and {number:,} more (use --format jsonl for all)"


def pairs_headline(number: int) -> str:
    """'9 pairs of claims'."""
    return f"{numbered(number, 'pair')} of claims" if number else "No discrepancies found."


def _claim(card: Card, named: str) -> Text:
    """The sentence, its time, its report, on a line of its own, to be copied, the id, and what else is `named`."""
    lines = [shown(card["text"]), shown(about(card))]
    lines += [shown(reporting(card), "dim"), shown(card["claim_id"], "dim")]
    return Text("\n").join([*lines, *([shown(named)] if named else [])])


def _fitted(at_issue: Card, against: Sequence[tuple[Finding, Card]], width: int) -> Iterator[RenderableType]:
    """The table of pairs and their contrary claims; one below the other where its ids would be broken in a cell."""
    code = max(len(word) for pair, _ in against for word in (CODE, pair["code"]))
    free = width - code - BETWEEN
    longest = max(len(card["claim_id"]) for _, card in against)
    claim = max(round(free * 5 / 7), min(longest, free - NARROWEST))
    if longest <= claim:
        yield _table(at_issue, against, claim, free - claim)
        return
    for pair, card in against:
        figures = measured(pair, card, at_issue)
        yield ""
        yield indented(labelled(pair["strength"], pair["code"], [figures] if figures else []), 2)
        yield indented(_claim(card, reckoning(pair)), 4)
    yield ""


def _table(at_issue: Card, against: Sequence[tuple[Finding, Card]], claim: int, figure: int) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, leading=1)
    table.add_column("other claim", width=claim, overflow="fold")
    table.add_column(CODE, no_wrap=True)
    table.add_column("figure", width=figure, overflow="fold")
    for pair, card in against:
        table.add_row(
            _claim(card, reckoning(pair)),
            Text.assemble((pair["strength"], STRENGTH_STYLES[pair["strength"]]), "\n", pair["code"]),
            shown(measured(pair, card, at_issue)),
        )
    return table
