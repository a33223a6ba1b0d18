"""Findings as rows of a table: CSV for a spreadsheet; and as Markdown for a page."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, tee
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from claimtrack.discrepancy.telling.groups import BY_CLAIM
from claimtrack.package import Package
from claimtrack.report.claim_lines import about, byline, cited
from claimtrack.report.escape import markdown
from claimtrack.report.figures import Figure, phrases
from claimtrack.report.findings.order import Finding, codes, codes_told, headline, ordered_by, set_aside, statements
from claimtrack.report.findings.pairs_text import by_claim, measured, not_listed, pairs_headline
from claimtrack.report.findings.text import extent
from claimtrack.report.findings.verdicts import markdown_meanings, markdown_reckonings, markdown_verdicts
from claimtrack.report.rows import csv_row, markdown_row
from claimtrack.scopes import positions
from claimtrack.views.claims import Cards

COLUMNS = (
    *("id", "family", "strength", "codes", "claim_id", "claimant_id", "text", "other_id", "other_claimant_id"),
    *("other_text", "statements", "origins", "first_at", "last_at"),
    *("figure", "value", "low", "high", "unit", "figures", "explanation"),
)
NUMBERS = {"statements": pa.int64(), **dict.fromkeys(("value", "low", "high"), pa.float64())}
PARQUET = pa.schema([(column, NUMBERS.get(column, pa.string())) for column in COLUMNS])
ROW_GROUP = 10_000
CITED = ("claim_id", "claimant_id", "text", "valid_mode")
"""What rows say of claims."""
SEVERAL = "Under one heading may be several pairs of claims: it has the strength of the strongest, and tells that one."
"""What is said below findings of which each stands for all that was found about one claim or question."""
AT_ONCE = 1_000
"""Findings whose claims are looked up in one go."""


def rows(findings: Iterable[Finding], package: Package) -> Iterator[dict[str, Any]]:
    """One row a finding, by `COLUMNS`. Of several figures the first has its own; `figures` says all in words."""
    waiting = iter(findings)
    while part := list(islice(waiting, AT_ONCE)):
        ids = pd.Series([finding["claims"][end] for end in (0, 1, -1) for finding in part], dtype="str")
        claims = package.claims[list(CITED)].iloc[positions(package.claims["claim_id"], ids)].astype(object)
        told_of = claims.where(claims.notna(), None).to_dict("records")
        size = len(part)
        ends = told_of[:size], told_of[size : 2 * size], told_of[2 * size :]
        for finding, *told in zip(part, *ends, strict=True):
            yield _row(finding, *told)


def to_order(findings: Iterable[Finding], package: Package) -> Iterator[dict[str, Any]]:
    """Each `row` of a finding with what it is ordered by."""
    waiting, ahead = tee(findings)
    for finding, row in zip(waiting, rows(ahead, package), strict=True):
        yield {"row": row, **ordered_by(finding)}


def csv_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A header and the rows."""
    yield csv_row(COLUMNS)
    for row in rows:
        yield csv_row(row.values())


def write_parquet(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """The rows as a Parquet file, some thousand at a time."""
    waiting = iter(rows)
    with pq.ParquetWriter(path, PARQUET, compression="zstd") as writer:
        while part := list(islice(waiting, ROW_GROUP)):
            writer.write_table(pa.Table.from_pylist(part, PARQUET))


def markdown_lines(findings: list[Finding], cards: Cards, *, suppressed: int = 0) -> Iterator[str]:
    """The headline, and each condensed finding as a heading and a list, whose sentences no cell of a table could hold.

    `suppressed`: pairs that people declared compatible.
    """
    yield f"**{headline(findings)}**"
    if aside := set_aside(suppressed):
        yield from ("", aside)
    if not findings:
        return
    for finding in findings:
        yield from ("", f"### {finding['strength']}: {codes_told(finding)}", "")
        yield from (f"- **{label}**: {markdown(words)}" for label, words in _told(finding, cards))
        if finding["depends_on"]:
            yield "- **depends on**:"
            yield from (f"  - {markdown(_cause(one))}" for one in finding["depends_on"])
    yield from ("", "### How sure it is", "", *markdown_meanings(findings), "", SEVERAL)


def _cause(one: Mapping[str, str]) -> str:
    return f"{one['field']} ({one['reading']}) of {one['claim']}: {one['effect']}"


def _told(finding: Finding, cards: Cards) -> Iterator[tuple[str, str]]:
    """(label, words): who says what, against whom, how much, how many there are in all, and the sentence."""
    first, *others = dict.fromkeys(finding["claims"])
    own, other = "claim", ["claim"] * len(others)
    if finding["family"] in BY_CLAIM:
        own = "claim at issue"
        other = ["earliest other claim", "strongest other claim"] if len(others) == 2 else ["other claim"] * len(others)
    yield own, cited(cards[first])
    yield from zip(other, (cited(cards[claim]) for claim in others), strict=True)
    if figures := phrases(finding, *(cards[claim] for claim in finding["claims"][1::-1])):
        yield "figures", "; ".join(figures)
    yield "in all", extent(finding, cards)
    yield "in full", finding["explanation"]


def markdown_pairs(pairs: Sequence[Finding], cards: Cards, *, left_out: int = 0, suppressed: int = 0) -> Iterator[str]:
    """Under each claim at issue a table: the other claim, code, strength, figure.

    `left_out`: pairs that are not listed; `suppressed`: pairs that people declared compatible.
    """
    yield from (f"**{pairs_headline(len(pairs) + left_out)}**", "")
    if aside := set_aside(suppressed):
        yield from (aside, "")
    for at_issue, against in by_claim(pairs).items():
        card = cards[at_issue]
        yield f"**{markdown(card['text'])}** {markdown(f'{about(card)} · {byline(card)}')} · `{at_issue}`"
        yield from ("", "| other claim | code | strength | figure |", "| --- | --- | --- | --- |")
        for pair in against:
            contrary = cards[pair["claims"][1]]
            cells = (pair["code"], pair["strength"], measured(pair, contrary, card))
            yield markdown_row(cited(contrary), *cells)
        yield from markdown_reckonings((pair["claims"][1], pair) for pair in against)
        yield ""
    if left_out:
        yield from (not_listed(left_out), "")
    yield from markdown_verdicts(pairs, "the claim above", "the other claim")
    yield from markdown_meanings(pairs)


def _row(
    finding: Finding, at_issue: Mapping[Hashable, Any], contrary: Mapping[Hashable, Any], other: Mapping[Hashable, Any]
) -> dict[str, Any]:
    modes = ({"valid": {"mode": claim["valid_mode"]}} for claim in (contrary, at_issue))
    first: tuple[str | None, Figure] = next(iter(finding["figures"].items()), (None, {}))
    name, figure = first
    values = {
        "id": finding["id"],
        "family": finding["family"],
        "strength": finding["strength"],
        "codes": "|".join(codes(finding)),
        "claim_id": at_issue["claim_id"],
        "claimant_id": at_issue["claimant_id"],
        "text": at_issue["text"],
        "other_id": other["claim_id"],
        "other_claimant_id": other["claimant_id"],
        "other_text": other["text"],
        "statements": statements(finding),
        "origins": "|".join(origin["actor"] for origin in finding.get("origins", ())),
        "first_at": finding.get("first_at"),
        "last_at": finding.get("last_at"),
        "figure": name,
        **{part: figure.get(part) for part in ("value", "low", "high", "unit")},
        "figures": "; ".join(phrases(finding, *modes)),
        "explanation": finding["explanation"],
    }
    return {column: values[column] for column in COLUMNS}
