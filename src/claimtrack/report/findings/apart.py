"""Beside the findings: figures that may not be compared, and where what is declared and what is computed differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from claimtrack.report.claim_lines import cited, sentence
from claimtrack.report.console import shown
from claimtrack.report.escape import terminal
from claimtrack.report.findings.against import bullet
from claimtrack.report.findings.pairs_text import tables
from claimtrack.report.rows import markdown_row
from claimtrack.report.words import numbered
from claimtrack.views.claims import Cards

Rows = Sequence[Mapping[str, Any]]


def not_comparable(rows: Rows, cards: Cards) -> Iterator[RenderableType]:
    """Pairs of figures that look alike and may not be compared, with the reason."""
    yield Text(_headline(len(rows)), "bold")
    for row in rows:
        yield ""
        yield shown(f"{row['reason'][0].upper()}{row['reason'][1:]}:", "italic")
        yield from _two(row["claims"], cards)


def unlinked(parted: Mapping[str, Rows], cards: Cards) -> Iterator[RenderableType]:
    """Computed discrepancies that nobody declared, then declared ones that are not computed."""
    found, declared = parted["not_declared"], parted["not_computed"]
    yield Text(f"{len(found):,} computed and not declared", "bold underline")
    yield from tables(found, cards)
    yield ""
    yield Text(f"{len(declared):,} declared and not computed", "bold underline")
    for link in declared:
        yield ""
        yield Text.assemble((link["relation"], "bold"), f": {terminal(link['note'])}" if link["note"] else "")
        yield from _two((link["claim_id"], link["other_id"]), cards)


def not_comparable_markdown(rows: Rows, cards: Cards) -> Iterator[str]:
    """The same as a Markdown table."""
    yield from (f"**{_headline(len(rows))}**", "")
    yield from ("| differs in | one claim | the other | why |", "| --- | --- | --- | --- |")
    for row in rows:
        yield markdown_row(row["differs"], *_texts(row["claims"], cards), row["reason"])


def unlinked_markdown(parted: Mapping[str, Rows], cards: Cards) -> Iterator[str]:
    """The same as two Markdown tables."""
    found, declared = parted["not_declared"], parted["not_computed"]
    yield from (f"### {len(found):,} computed and not declared", "")
    yield from ("| code | one claim | the other |", "| --- | --- | --- |")
    for pair in found:
        yield markdown_row(pair["code"], *_texts(pair["claims"], cards))
    yield from ("", f"### {len(declared):,} declared and not computed", "")
    yield from ("| relation | one claim | the other | note |", "| --- | --- | --- | --- |")
    for link in declared:
        yield markdown_row(link["relation"], *_texts((link["claim_id"], link["other_id"]), cards), link["note"] or "")


def _headline(number: int) -> str:
    return f"{numbered(number, 'pair')} of figures that look alike and may not be compared"


def _two(claims: Iterable[str], cards: Cards) -> Iterator[RenderableType]:
    return (bullet(sentence(cards[claim_id])) for claim_id in claims)


def _texts(claims: Iterable[str], cards: Cards) -> Iterator[str]:
    return (cited(cards[claim_id]) for claim_id in claims)
