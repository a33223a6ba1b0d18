"""The Table Schemas as tests of whole columns: types, required cells, choices, patterns and bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.schema import Field, TableSchema
from claimtrack.structure.cells.clock import days, instants
from claimtrack.structure.cells.spelling import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    URI,
    Fault,
    or_blank,
    out_of_bounds,
    wrong_choice,
    wrong_pattern,
    wrong_type,
)

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Test = Callable[[pa.Array], Flags]
Explain = Callable[[Field, str], Fault]

_SPELLED = {"integer": INTEGER, "number": NUMBER, "boolean": BOOLEAN}


@dataclass(frozen=True)
class Column:
    """One compiled column: whether a value is of its type, and the further tests of those that are.

    A test takes different values that are not blank and says which of them pass.
    """

    field: Field
    is_typed: Test | None
    tests: tuple[tuple[Test, Explain], ...]


def _flags(verdicts: pa.Array | pa.ChunkedArray) -> Flags:
    return np.array(verdicts.to_numpy(zero_copy_only=False), dtype=bool)


def _like(pattern: str, values: pa.Array) -> Flags:
    return _flags(pc.match_substring_regex(values, f"^(?:{pattern})$"))


def _one_of(choices: Sequence[str], values: pa.Array) -> Flags:
    return _flags(pc.is_in(values, value_set=pa.array(choices, pa.string())))


def _at_least(minimum: float, values: pa.Array) -> Flags:
    return _flags(pc.greater_equal(values.cast(pa.float64()), minimum))


def _at_most(maximum: float, values: pa.Array) -> Flags:
    return _flags(pc.less_equal(values.cast(pa.float64()), maximum))


def _type_test(field: Field) -> Test | None:
    match field.type:
        case "datetime":
            return lambda values: instants(values).valid
        case "date":
            return lambda values: days(values).valid
        case "string":
            return partial(_like, URI) if field.format == "uri" else None
    return partial(_like, _SPELLED[field.type])


def _tests(field: Field) -> Iterator[tuple[Test, Explain]]:
    if field.enum:
        yield partial(_one_of, field.enum), wrong_choice
    if field.pattern is not None:
        yield partial(_like, field.pattern), wrong_pattern
    if field.minimum is not None:
        yield partial(_at_least, field.minimum), partial(out_of_bounds, above=False)
    if field.maximum is not None:
        yield partial(_at_most, field.maximum), partial(out_of_bounds, above=True)


def compiled(schema: TableSchema) -> tuple[Column, ...]:
    """The columns of a table with their tests."""
    return tuple(map(_column, schema.fields))


def _column(field: Field) -> Column:
    return Column(field, _type_test(field), tuple(_tests(field)))


def fault_of(field: Field, value: str) -> Fault | None:
    """What is wrong with one value of a column by itself; "" has no fault."""
    faults = faults_of(_column(field), pa.array([value], pa.string()))
    return faults[0][0] if faults else None


def faults_of(column: Column, values: pa.Array) -> dict[int, list[Fault]]:
    """What is wrong with different values, by their position; "" has no faults."""
    faults: dict[int, list[Fault]] = {}
    for positions, explain in _failing(column, values):
        for at in positions.tolist():
            value = values[at].as_py()
            faults.setdefault(at, []).append(or_blank(column.field, value, explain(column.field, value)))
    return faults


def refused(column: Column, values: pa.Array) -> Flags:
    """Which of the values have faults."""
    flags = np.zeros(len(values), dtype=bool)
    for positions, _ in _failing(column, values):
        flags[positions] = True
    return flags


def blanks(values: pa.Array | pa.ChunkedArray) -> Flags:
    """Which of the values are blank."""
    return _flags(pc.equal(values, ""))


def _failing(column: Column, values: pa.Array) -> Iterator[tuple[Ints, Explain]]:
    """The positions of the values that fail a test, test by test; those of the wrong type are not tested further."""
    left = np.flatnonzero(~blanks(values))
    tested = values.take(pa.array(left))
    if column.is_typed and len(left):
        typed = column.is_typed(tested)
        yield left[~typed], wrong_type
        left, tested = left[typed], tested.filter(pa.array(typed))
    for test, explain in column.tests if len(left) else ():
        yield left[~test(tested)], explain
