"""What one version of a package adds to, changes in and takes away from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from claimtrack.contribute.diff.corrections import Uncorrected, uncorrected
from claimtrack.contribute.diff.findings import FindingsDiff, compare_findings
from claimtrack.contribute.diff.names import Ids, apart, ids_of, renamed_names
from claimtrack.contribute.diff.problems import of_removed, unmatched
from claimtrack.contribute.diff.renamed import Renamed, renamed
from claimtrack.contribute.diff.rows import Changed, Row, TableDiff, compare_tables
from claimtrack.contribute.diff.sides import Note, Side
from claimtrack.problems import Problem

__all__ = ["Diff", "FindingsDiff", "Note", "Renamed", "Side", "TableDiff", "Uncorrected", "compare"]


@dataclass(frozen=True)
class Diff:
    """From `base` to `head`. `tables` has every table, also those that are the same.

    `new` are problems that only `head` has, `fixed` those that only `base` has. `findings` is None where a side cannot
    be loaded: then nothing can be computed from it. `uncorrected` are changed cells of claims that lack a correction,
    `renamed` claims, and then actors, places, incidents and sources, that are gone under one id and there again under
    another.
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
    def claims_renamed(self) -> list[Renamed]:
        """The claims whose id was edited, which is never right."""
        return [one for one in self.renamed if one.table == "claims"]

    @property
    def names_renamed(self) -> list[Renamed]:
        """What others name by its id, and what is the same but for that."""
        return [one for one in self.renamed if one.table != "claims"]

    @cached_property
    def ids(self) -> Ids:
        """By table the ids that actors, places, incidents and sources had, and those that they have."""
        return ids_of(self.names_renamed)

    @cached_property
    def _apart(self) -> Mapping[str, TableDiff]:
        return {name: apart(table, self.ids) for name, table in self.tables.items()}

    def removed(self, table: TableDiff) -> Sequence[Row]:
        """The rows that are gone, but for those that are there under another id."""
        return self._apart[table.name].removed

    def added(self, table: TableDiff) -> Sequence[Row]:
        """The rows that have come, but for those that were there under another id."""
        return self._apart[table.name].added

    def changed(self, table: TableDiff) -> Sequence[Changed]:
        """The rows that have changed in more than the ids of what they name."""
        return self._apart[table.name].changed

    @property
    def notes(self) -> list[Note]:
        """What is noted of the inbox of `head`, and not of that of `base`."""
        return [note for note in self.head.notes if note not in self.base.notes]


def compare(base: Side, head: Side) -> Diff:
    """Compare two versions: rows by key, problems by what they are about, discrepancies by their id."""
    tables = compare_tables(base, head)
    names = renamed_names(tables)
    ids = ids_of(names)
    new = of_removed(unmatched(head.problems, base.problems), tables, ids)
    fixed = unmatched(base.problems, head.problems)
    findings = compare_findings(base, head, tables, ids)
    asked = uncorrected(tables["claims"].changed, base, head, ids)
    return Diff(base, head, tables, new, fixed, findings, asked, [*renamed(tables["claims"]), *names])
