"""Cells as CSV spells them, from columns of strings as from typed ones.

A datetime that is typed is a timestamp in UTC with a column `…_offset` beside it: the offset from UTC, in minutes, that
it is recorded with. What no cell of CSV could say is spelled so that the checks of cells find it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.schema import Field, TableSchema
from claimtrack.structure.cells.spelling import offset_spelled

Ints = npt.NDArray[np.int64]

CODED = pa.dictionary(pa.int32(), pa.string())
OFFSET = "_offset"
SECOND = 1_000_000
DAY = 24 * 60
"""Minutes."""
_FIRST, _LAST = (int(np.datetime64(day, "us").astype(np.int64)) for day in ("0001-01-02", "9999-12-31"))


def held(field: Field) -> pa.DataType:
    """How cells of CSV are held: as their different values and one number a row, where they are tested and come again.

    Free text and what has to be unique is held as it is.
    """
    is_tested = field.type != "string" or field.format == "uri" or field.enum or field.pattern is not None
    return CODED if is_tested and not field.unique else pa.string()


def parsed(field: Field) -> pa.DataType:
    """How cells of CSV are best parsed: the parser is quick to number few different values, and slow with many."""
    return CODED if field.enum or field.type in ("boolean", "integer") else pa.string()


def as_held(field: Field, cells: Sequence[str] | pa.ChunkedArray) -> pa.Array:
    """Cells as they are held."""
    column = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else pa.array(cells, pa.string())
    return column.dictionary_encode() if held(field) == CODED and column.type != CODED else column


def no_rows(schema: TableSchema) -> pa.Table:
    """The cells of a table without rows."""
    return pa.table({field.name: as_held(field, []) for field in schema.fields})


def is_text(column: pa.DataType) -> bool:
    """Whether cells of that type are spelled as in CSV."""
    return bool(pa.types.is_string(column) or pa.types.is_dictionary(column))


def spelled(field: Field, values: pa.Table) -> pa.ChunkedArray:
    """A column as strings, "" where blank."""
    column = values.column(field.name)
    if pa.types.is_string(column.type):
        return column
    if pa.types.is_dictionary(column.type):
        return column.cast(pa.string()).fill_null("")
    if pa.types.is_timestamp(column.type):
        offset = values.column(field.name + OFFSET).combine_chunks()
        return pa.chunked_array([_datetimes(column.combine_chunks(), offset)])
    return pa.chunked_array([_plain(column.combine_chunks())])


def plain(cells: pa.Table) -> pa.Table:
    """The same cells, texts as they are spelled, "" where missing."""
    columns = [column.cast(pa.string()).fill_null("") if column.type == CODED else column for column in cells.columns]
    return pa.table(columns, names=cells.column_names)


def distinct(field: Field, values: pa.Table) -> tuple[pa.Array, Ints]:
    """The different cells of a column as strings, and per row the position of its cell among them.

    Where cells have to be unique all of them are given, as most are different. Of typed datetimes that are as they
    must be one may stand for all.
    """
    column = values.column(field.name).combine_chunks()
    if pa.types.is_timestamp(column.type):
        return _doubtful(column, values.column(field.name + OFFSET).combine_chunks())
    if field.unique and pa.types.is_string(column.type):
        return column, np.arange(len(column))
    return coded(column if is_text(column.type) else _plain(column))


def coded(text: pa.Array) -> tuple[pa.Array, Ints]:
    """The different cells of a column of text, and per row the position of its cell among them; "" where missing."""
    encoded = text if pa.types.is_dictionary(text.type) else text.dictionary_encode()
    different, numbers = encoded.dictionary, encoded.indices
    if numbers.null_count:
        numbers = numbers.fill_null(len(different))
        different = pa.concat_arrays([different, pa.array([""], pa.string())])
    return different, numbers.to_numpy().astype(np.int64)


def only(flags: pa.Array, cells: pa.Array) -> pa.Array:
    """The cells of text, null where the flag is not set."""
    # With one null for all, Arrow before 24 spoils texts that are a slice of others.
    return pc.if_else(flags, cells, pa.nulls(len(cells), cells.type))


def _plain(values: pa.Array) -> pa.Array:
    if pa.types.is_floating(values.type):
        cells = ["" if value is None else _number(value) for value in values.to_pylist()]
        return pa.array(cells, pa.string())
    return values.cast(pa.string()).fill_null("")


def _number(value: float) -> str:
    """The shortest decimal that reads as that number, without an exponent."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def _micros(moments: pa.Array) -> Ints:
    micros: Ints = moments.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    return micros


def _doubtful(moments: pa.Array, offsets: pa.Array) -> tuple[pa.Array, Ints]:
    """Blank, one of those that are surely as they must be, and all others."""
    blank = moments.is_null().to_numpy(zero_copy_only=False)
    known = offsets.is_valid().to_numpy(zero_copy_only=False)
    micros, minutes = _micros(moments), offsets.fill_null(0).to_numpy(zero_copy_only=False)
    sound = known & (np.abs(minutes) < DAY) & (micros % SECOND == 0) & (micros >= _FIRST) & (micros < _LAST)
    number = np.where(blank, 0, 1).astype(np.int64)
    other = np.flatnonzero(~blank & ~sound)
    number[other] = np.arange(2, 2 + len(other))
    one = np.flatnonzero(sound & ~blank)[:1]
    rows = pa.array(np.concatenate([one, other]))
    cells = _datetimes(moments.take(rows), offsets.take(rows)).to_pylist()
    return pa.array(["", *([] if len(one) else [""]), *cells], pa.string()), number


def _datetimes(moments: pa.Array, offsets: pa.Array) -> pa.Array:
    """YYYY-MM-DDTHH:MM:SS±HH:MM; with a fraction, without an offset or as a bare number where it is no such thing."""
    micros, minutes = _micros(moments), offsets.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    far = (micros < _FIRST) | (micros >= _LAST) | (np.abs(minutes) > 99 * 60)
    local = np.where(far, 0, micros + minutes * 60 * SECOND)
    whole = pa.array(local // SECOND).cast(pa.timestamp("s")).cast(pa.string())
    text = pc.binary_replace_slice(whole, 10, 11, "T")
    rest = local % SECOND
    if rest.any():
        fraction = pa.array([f".{part:06}" if part else "" for part in rest.tolist()])
        text = pc.binary_join_element_wise(text, fraction, "")
    text = pc.binary_join_element_wise(text, _offsets(offsets), "")
    text = pc.if_else(pa.array(far), pa.array(micros).cast(pa.string()), text)
    return pc.if_else(moments.is_null(), "", text)


def _offsets(minutes: pa.Array) -> pa.Array:
    encoded = minutes.dictionary_encode()
    known = [offset_spelled(one) for one in encoded.dictionary.to_pylist()]
    return pa.array(known, pa.string()).take(encoded.indices).fill_null("")
