"""The cells of a table against its schema, part by part: what is at fault is reported with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from claimtrack.schema import Field, TableSchema
from claimtrack.structure.cells.columns import Ints, blanks, compiled, faults_of
from claimtrack.structure.cells.spelling import Fault, left_blank
from claimtrack.structure.cells.values import distinct, spelled
from claimtrack.structure.rows.csvfile import Part
from claimtrack.structure.rows.lines import Inspector
from claimtrack.structure.telling.reporter import Reporter


class CellChecker:
    """Tests the cells of one table part by part."""

    def __init__(self, schema: TableSchema, inspector: Inspector, report: Reporter) -> None:
        self.columns = [column for column in compiled(schema) if inspector.header.at(column.field.name) is not None]
        self.schema = schema
        self.inspector = inspector
        self.report = report

    def check(self, part: Part) -> None:
        """Report what is wrong with the cells of a part; their places are added to what is blamed."""
        for column in self.columns:
            if column.is_typed is None and not column.tests:
                if column.field.required:
                    blank = np.flatnonzero(blanks(spelled(column.field, part.values)))
                    self._report_missing(part, column.field, blank)
                continue
            different, values = distinct(column.field, part.values)
            if column.field.required:
                blank = np.flatnonzero(blanks(different))
                rows = np.flatnonzero(np.isin(values, blank)) if len(blank) else blank
                self._report_missing(part, column.field, rows)
            faults = faults_of(column, different)
            if faults:
                rows = np.flatnonzero(np.isin(values, list(faults)))
                self._report(part, column.field, rows, values[rows], faults)

    def _report_missing(self, part: Part, field: Field, rows: Ints) -> None:
        """Report that a required column is blank in those rows."""
        self._report(part, field, rows, np.zeros_like(rows), {0: [left_blank(field)]})

    def _report(
        self, part: Part, field: Field, rows: Ints, values: Ints, faults: Mapping[int, Sequence[Fault]]
    ) -> None:
        """Report the faults of the values in those rows of a column."""
        header = self.inspector.header
        for row, value in zip(rows.tolist(), values.tolist(), strict=True):
            line = int(part.lines[row])
            if (line, field.name) in self.inspector.blamed:
                continue
            self.inspector.blamed.add((line, field.name))
            place = part.block.place(line, header.at(field.name) or 0, header.delimiter)
            key = part.key(row, self.schema)
            for fault in faults[value]:
                self.report(fault.code, fault.message, *place, field=field.name, key=key, fix=fault.fix)
