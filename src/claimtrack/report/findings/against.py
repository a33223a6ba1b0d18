"""What speaks against one claim: contrary claims under the code that holds between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from claimtrack.report.claim_lines import sentence
from claimtrack.report.console import STRENGTH_STYLES, indented, shown
from claimtrack.report.figures import caveats, phrases
from claimtrack.report.findings.order import Finding, firm_and_early
from claimtrack.report.findings.verdicts import reckoning, verdict
from claimtrack.report.findings.windows import taken_from_windows
from claimtrack.views.claims import Card


def listed(against: Sequence[tuple[Finding, Card]], own: Card, most: int | None = None) -> Iterator[RenderableType]:
    """Pairs, each with the claim on the other side of the one shown (`own`), by strength and code as given.

    Of one code and strength at most `most` are listed, and the others counted: what is said firmly comes first, then
    what is earliest.
    """

    def kind(entry: tuple[Finding, Card]) -> tuple[str, str, bool]:
        pair, _ = entry
        return pair["strength"], pair["code"], pair["claims"][0] == own["claim_id"]

    for (strength, code, shown_first), group in groupby(against, key=kind):
        yield indented(labelled(strength, code), 2)
        # Silence contradicts nothing.
        other = "the other claim" if strength == "unconfirmed" else "the contrary claim"
        called = ("this claim", other) if shown_first else ("the other claim", "this claim")
        entries = sorted(group, key=lambda entry: firm_and_early(entry[1]))
        said = ""
        for pair, card in entries[:most]:
            told = verdict(code, strength, *called, pair["explanation"])
            if told != said:
                yield indented(shown(told, "italic"), 4)
            said = told
            at_issue, contrary = (own, card) if shown_first else (card, own)
            figures = phrases(pair, contrary, at_issue) + caveats(pair)
            yield bullet(sentence(card, figures=figures + taken_from_windows(pair, contrary, at_issue)))
            if named := reckoning(pair):
                yield indented(shown(named), 6)
        if most is not None and len(entries) > most:
            more = f"… and {len(entries) - most:,} more:\n  claimtrack discrepancies --pairs --claim {own['claim_id']}"
            yield indented(Text(more, "dim"), 4)


def labelled(strength: str, codes: str, figures: Sequence[str] = ()) -> Text:
    """'definite  count-mismatch: gap of 6 persons'."""
    said = Text.assemble((strength, STRENGTH_STYLES[strength]), "  ", (codes, "bold"))
    return said.append(": ").append_text(shown("; ".join(figures))) if figures else said


def bullet(text: Text) -> RenderableType:
    """A paragraph behind a bullet."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("•", text)
    return indented(table, 4)
