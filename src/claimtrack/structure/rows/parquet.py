"""A table in Parquet: columns typed as the schema says, or strings spelled as in CSV. A row stands where a line would.

Nothing is decoded before its size is known, so that a small file cannot expand without bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from claimtrack.rulebook import said
from claimtrack.schema import Field, TableSchema
from claimtrack.structure.cells.characters import mended
from claimtrack.structure.cells.spelling import odd_in
from claimtrack.structure.cells.values import OFFSET
from claimtrack.structure.limits import BATCH_BYTES, BATCH_ROWS, CELLS, LINE_BYTES, THRIFT_BYTES
from claimtrack.structure.rows.blocks import Rows
from claimtrack.structure.rows.csvfile import Part
from claimtrack.structure.rows.header import TOO_MANY, Header
from claimtrack.structure.rows.lines import Inspector, formula_in
from claimtrack.structure.telling.reporter import Reporter
from claimtrack.structure.telling.shown import printable, shown
from claimtrack.structure.telling.unstated import unstated

PARQUET = ".parquet"
MOMENT, MINUTES = pa.timestamp("us", "UTC"), pa.int16()
TYPES = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": MOMENT,
    "string": pa.string(),
}
"""How each type of a schema is held in Arrow; a datetime has a column of `MINUTES` beside it."""
_UNCOMMON = "[^ -~]|^ | $|^[=+@-]"
"""A cell of which more may have to be said."""


class ParquetReader:
    """Reads one table part by part, so that its size does not matter; what is wrong with it goes to `report`."""

    def __init__(self, schema: TableSchema, report: Reporter) -> None:
        self.schema = schema
        self.report = report

    def parts_of(self, file: BinaryIO) -> Iterator[Part]:
        """The parts of the file in order; none where it cannot be read."""
        limits = {"thrift_string_size_limit": THRIFT_BYTES, "thrift_container_size_limit": THRIFT_BYTES}
        try:
            texts = {one.name for one in pq.ParquetFile(file, **limits).schema_arrow if _is_text(one.type)}
            source = pq.ParquetFile(file, read_dictionary=sorted(texts & set(self.schema.columns)), **limits)
            yield from self._parts(source.schema_arrow, partial(source.iter_batches, BATCH_ROWS))
        except (pa.ArrowException, OSError) as error:
            reason = printable(str(error).partition("\n")[0])
            self.report("parquet-unreadable", f"the file cannot be read as Parquet: {reason}")

    def parts_in(self, cells: pa.Table) -> Iterator[Part]:
        """The parts of rows that were read from such a file; none from where on they cannot be read."""
        try:
            yield from self._parts(cells.schema, lambda columns: cells.select(columns).to_batches(BATCH_ROWS))
        except pa.ArrowException as error:
            self.report("parquet-unreadable", str(error))

    def _parts(self, given: pa.Schema, batches: Callable[..., Iterable[pa.RecordBatch]]) -> Iterator[Part]:
        header = self._header(given)
        if header is None:
            return
        inspector = Inspector(header, self.schema.primary_key, self.report)
        wanted = [name for name in given.names if name in columns_of(self.schema)]
        first = 1
        for batch in batches(columns=wanted):
            if _size(batch) > BATCH_BYTES:
                message = f"the cells of {batch.num_rows:,} rows from row {first} on are too large to be read"
                self.report("parquet-unreadable", message, first)
                return
            yield self._part(batch, first, inspector)
            first += batch.num_rows
        if first == 1:
            empty = pa.RecordBatch.from_pylist([], given)
            yield self._part(empty.select(wanted), first, inspector)

    def _header(self, given: pa.Schema) -> Header | None:
        """Which column is which; None where one is of a type that cannot be read."""
        if len(given) > CELLS:
            self.report("header-extra", TOO_MANY.format(len(given), "table"))
            return None
        known = columns_of(self.schema)
        sound = True
        for name in given.names:
            if given.names.count(name) > 1:
                self.report("header-repeated", said("header-repeated", name=shown(name)))
                return None
            if name not in known:
                self.report("header-extra", said("header-extra", name=shown(name)))
            elif not _readable(known[name], given.field(name).type):
                or_text = "" if known[name] in (MINUTES, pa.string()) else " or string"
                words = f"{name} is {given.field(name).type} in the file, and has to be {known[name]}{or_text}"
                self.report("column-type", words, field=name if name in self.schema.columns else None)
                sound = False
        absent = [name for name in known if name not in given.names and not _spares(name, given)]
        if absent and sound:
            self.report("header-missing", f"the file lacks {', '.join(absent)}", field=absent[0].removesuffix(OFFSET))
        columns = tuple(name if name in self.schema.columns else None for name in given.names)
        return Header(columns, ",") if sound else None

    def _part(self, batch: pa.RecordBatch, first: int, inspector: Inspector) -> Part:
        lines = np.arange(first, first + batch.num_rows, dtype=np.int64)
        columns: dict[str, pa.Array] = {}
        for field in self.schema.fields:
            if field.name not in batch.schema.names or pa.types.is_null(batch.schema.field(field.name).type):
                columns[field.name] = pa.repeat("", batch.num_rows)
                continue
            given = batch.column(field.name)
            if _is_text(given.type):
                columns[field.name] = self._text(field, given, first, inspector, batch)
            else:
                columns[field.name] = given.cast(TYPES[field.type])
                if field.type == "datetime":
                    known = field.name + OFFSET in batch.schema.names
                    offset = batch.column(field.name + OFFSET).cast(MINUTES) if known else None
                    columns[field.name + OFFSET] = offset or pa.nulls(batch.num_rows, MINUTES)
        return Part(pa.table(columns), lines, Rows(first), inspector)

    def _text(self, field: Field, given: pa.Array, first: int, inspector: Inspector, batch: pa.RecordBatch) -> pa.Array:
        """The cells, mended where characters or spaces are at fault, which is reported."""
        encoded = given if pa.types.is_dictionary(given.type) else given.dictionary_encode()
        different = encoded.dictionary.cast(pa.string()).fill_null("")
        try:
            different.validate(full=True)
        except pa.ArrowInvalid as error:
            raise pa.ArrowInvalid(f"{field.name} holds text that is not UTF-8, in row {first} or after") from error
        uncommon = pc.indices_nonzero(pc.match_substring_regex(different, _UNCOMMON)).to_pylist()
        cells = different.to_pylist() if uncommon else []
        codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        faults = {at: found for at in uncommon if (found := _faults(field, cells[at]))}
        for row in np.flatnonzero(np.isin(codes, list(faults))).tolist():
            key = "/".join(str(batch.column(part)[row].as_py()) for part in self.schema.primary_key)
            column = (inspector.header.at(field.name) or 0) + 1
            for code, message in faults[codes[row]]:
                fix = unstated(field, cells[codes[row]].strip()) if code == "formula-cell" else None
                self.report(code, message, first + row, column, field=field.name, key=key, fix=fix)
                if code == "formula-cell":
                    inspector.blamed.add((first + row, field.name))
        for at in faults:
            cells[at] = _mended(cells[at])
        whole = pa.array(cells, pa.string()) if faults else different
        return whole.take(encoded.indices).fill_null("")


def columns_of(schema: TableSchema) -> dict[str, pa.DataType]:
    """Every column that a file may have, with its type; behind every datetime its offset from UTC in minutes."""
    columns = {}
    for field in schema.fields:
        columns[field.name] = TYPES[field.type]
        if field.type == "datetime":
            columns[field.name + OFFSET] = MINUTES
    return columns


def _is_text(given: pa.DataType) -> bool:
    text = given.value_type if pa.types.is_dictionary(given) else given
    return bool(pa.types.is_string(text) or pa.types.is_large_string(text))


def _readable(wanted: pa.DataType, given: pa.DataType) -> bool:
    """Whether every value of one type is one of the other, or a cell as in CSV. A column without a type is blank."""
    if pa.types.is_null(given) or (wanted != MINUTES and _is_text(given)):
        return True
    if pa.types.is_integer(wanted):
        return bool(pa.types.is_signed_integer(given))
    if pa.types.is_timestamp(wanted):
        return pa.types.is_timestamp(given) and given.tz is not None
    if pa.types.is_floating(wanted):
        return bool(pa.types.is_float32(given) or pa.types.is_float64(given))
    return bool(given == wanted)


def _spares(name: str, given: pa.Schema) -> bool:
    """Whether a column is an offset of datetimes that are spelled as in CSV, blank, or not there either."""
    moment = name.removesuffix(OFFSET)
    if moment == name or moment not in given.names:
        return moment != name
    return _is_text(given.field(moment).type) or pa.types.is_null(given.field(moment).type)


def _size(batch: pa.RecordBatch) -> int:
    """How many bytes the texts of a batch have; those of a cell that is far too long count as too many."""
    total = 0
    for column in batch.columns:
        if _is_text(column.type):
            encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
            lengths = pc.binary_length(encoded.dictionary).fill_null(0)
            if (pc.max(lengths).as_py() or 0) > LINE_BYTES:
                return BATCH_BYTES + 1
            total += pc.sum(lengths.take(encoded.indices)).as_py() or 0
    return total


def _faults(field: Field, cell: str) -> Sequence[tuple[str, str]]:
    found = list(odd_in(field, cell.replace("\n", " ")))
    if "\n" in cell:
        found.append(("newline-in-cell", "there is a line end in the cell"))
    value = mended(cell)
    if value != value.strip() and cell != cell.strip(" "):
        found.append(("cell-padded", f"spaces around {shown(value)}"))
    if formula := formula_in(value.strip()):
        found.append(("formula-cell", formula))
    return found


def _mended(cell: str) -> str:
    return mended(cell).strip()
