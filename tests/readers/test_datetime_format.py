"""Why the schemas name their datetime format: what each candidate takes for a datetime (docs/decisions/0001)."""

from __future__ import annotations

import frictionless
import pytest

from claimtrack.schema import TABLES, table_schema

PATTERN = "%Y-%m-%dT%H:%M:%S%z"

# A spelling, and whether it is a datetime to the pattern, to `default` and to `any`.
SPELLINGS = [
    ("2022-09-13T12:34:00+04:00", True, True, True),
    ("2022-09-13T12:34:00-05:30", True, True, True),
    # What only `default` or `any` let through.
    ("2022-09-13T12:34:00", False, True, True),
    ("2022-09-13 12:34:00+04:00", False, True, True),
    ("2022-09-13T24:00:00+04:00", False, True, False),
    ("2022-W37-2T12:34:00+04:00", False, True, False),
    ("2022-09-13T12:34+04:00", False, False, True),
    ("13/09/2022 12:34", False, False, True),
    ("2022-09-13", False, False, True),
    # What the pattern lets through: the strict pass over the raw cells refuses these.
    ("2022-09-13T12:34:00Z", True, True, True),
    ("2022-09-13T12:34:00+0400", True, True, True),
    ("2022-9-3T2:34:00+04:00", True, False, True),
    ("2022-09-13T12:34:00+04:00:30", True, False, False),
    ("٢٠٢٢-09-13T12:34:00+04:00", True, False, True),
]


@pytest.mark.parametrize(("spelling", "by_pattern", "by_default", "by_any"), SPELLINGS)
def test_what_a_format_takes_for_a_datetime(spelling: str, by_pattern: bool, by_default: bool, by_any: bool) -> None:
    taken = [
        frictionless.fields.DatetimeField(name="at", format=name).read_cell(spelling)[1] is None
        for name in (PATTERN, "default", "any")
    ]
    assert taken == [by_pattern, by_default, by_any]


def test_the_schemas_use_the_pattern() -> None:
    formats = {field.format for name in TABLES for field in table_schema(name).fields if field.type == "datetime"}
    assert formats == {PATTERN}
