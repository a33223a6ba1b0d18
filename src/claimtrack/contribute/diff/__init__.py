"""What one version of a package adds to, changes in and takes away from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claimtrack.contribute.diff.corrections import Uncorrected, uncorrected
from claimtrack.contribute.diff.findings import FindingsDiff, compare_findings
from claimtrack.contribute.diff.problems import of_removed, unmatched
from claimtrack.contribute.diff.renamed import Renamed, renamed
from claimtrack.contribute.diff.rows import TableDiff, compare_tables
from claimtrack.contribute.diff.sides import Note, Side
from claimtrack.problems import Problem

__all__ = ["Diff", "FindingsDiff", "Note", "Renamed", "Side", "TableDiff", "Uncorrected", "compare"]


@dataclass(frozen=True)
class Diff:
    """From `base` to `head`. `tables` has every table, also those that are the same.

    `new` are problems that only `head` has, `fixed` those that only `base` has. `findings` is None where a side cannot
    be loaded: then nothing can be computed from it. `uncorrected` are changed cells of claims that lack a correction,
    `renamed` claims that are gone under one id and there again under another.
    """

    base: Side
    head: Side
    tables: Mapping[str, TableDiff]
    new: list[Problem]
    fixed: list[Problem]
    findings: FindingsDiff | None
    uncorrected: Sequence[Uncorrected] = ()
    renamed: Sequence[Renamed] = ()

    @property
    def unloaded(self) -> list[Side]:
        """The sides whose discrepancies cannot be computed."""
        return [side for side in (self.base, self.head) if side.package is None]

    @property
    def notes(self) -> list[Note]:
        """What is noted of the inbox of `head`, and not of that of `base`."""
        return [note for note in self.head.notes if note not in self.base.notes]


def compare(base: Side, head: Side) -> Diff:
    """Compare two versions: rows by key, problems by what they are about, discrepancies by their id."""
    tables = compare_tables(base, head)
    new = of_removed(unmatched(head.problems, base.problems), tables)
    fixed = unmatched(base.problems, head.problems)
    findings = compare_findings(base, head, tables)
    asked = uncorrected(tables["claims"].changed, base, head)
    return Diff(base, head, tables, new, fixed, findings, asked, renamed(tables["claims"]))
