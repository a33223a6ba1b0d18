"""Values of each type: what passes, and what is said of the others."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimtrack.schema import TABLES, Field, table_schema
from claimtrack.structure.cells.clock import days, instants
from claimtrack.structure.cells.columns import Column, compiled, faults_of
from claimtrack.structure.cells.spelling import WHOLE_MOMENT, left_blank, wrong_choice, wrong_pattern, wrong_type
from claimtrack.structure.referee import spelled
from claimtrack.structure.telling.nearest import closest, did_you_mean, in_words

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59)
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)).map(lambda one: one.replace(microsecond=0))
NEARLY = st.from_regex(
    r"[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}([T ]([0-2][0-9]:[0-6][0-9]:[0-6][0-9])?([+-][0-9]{2}:[0-9]{2})?)?"
)


def strings(*values: str) -> pa.Array:
    return pa.array(values, pa.string())


@given(MOMENTS, OFFSETS)
def test_datetimes_are_read_exactly(moment: datetime, offset: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    read = instants(strings("", aware.isoformat(), "x" * 25))
    assert read.valid.tolist() == [False, True, False]
    assert EPOCH + timedelta(microseconds=int(read.micros[1])) == aware
    assert read.offset.tolist() == [0, offset, 0]


@given(st.dates())
def test_dates_are_read_exactly(day: date) -> None:
    read = days(strings(day.isoformat(), "x"))
    assert read.valid.tolist() == [True, False]
    assert read.days.tolist() == [(day - date(1970, 1, 1)).days, 0]


@pytest.mark.parametrize("year", [1900, 2000, 2021, 2024])
def test_every_month_ends_where_it_does(year: int) -> None:
    about = [(month, day) for month in range(14) for day in (0, 1, 28, 29, 30, 31, 32)]
    ends = [monthrange(year, month)[1] if 1 <= month <= 12 else 0 for month in range(14)]
    read = days(strings(*(f"{year}-{month:02}-{day:02}" for month, day in about)))
    assert read.valid.tolist() == [1 <= day <= ends[month] for month, day in about]


FIELDS = {field.type: field for name in TABLES for field in table_schema(name).fields if not field.enum}
FIELDS["uri"] = table_schema("sources").field("url")


@given(st.sampled_from(sorted(FIELDS)), NEARLY | st.text("0123456789-+.eE٠¹,:TZ /truefals", min_size=1, max_size=27))
@example("datetime", "0001-01-01T00:00:00+01:00")
@example("datetime", "9999-12-31T23:59:59-01:00")
@example("datetime", "2020-02-29T00:00:00+00:00")
@example("datetime", "1900-02-29T00:00:00+00:00")
@example("datetime", "2020-01-01T00:00:00+24:00")
@example("datetime", "2020-01-01T00:00:00-00:00")
@example("datetime", "2020-01-01T00:00:60+00:00")
@example("datetime", "2020-01-01T24:00:00+00:00")
@example("datetime", "0000-01-01T00:00:00+00:00")
@example("date", "0000-01-01")
@example("date", "2020-W01-1")
@example("integer", "-0")
@example("integer", "9" * 18)
@example("integer", "9" * 19)
@example("number", "1.")
@example("number", "." + "1")
@example("uri", "https://[::1]/x")
@example("uri", "https://é.org/")
@example("uri", "https:///x")
@example("uri", "http://a b")
def test_whole_columns_are_judged_as_single_cells_are(kind: str, value: str) -> None:
    field = FIELDS[kind]
    column = Column(
        field, next(one.is_typed for name in TABLES for one in compiled(table_schema(name)) if one.field is field), ()
    )
    assert (not faults_of(column, strings(value))) == spelled(field, value)


def field(kind: str, **more: Any) -> Field:
    given: dict[str, Any] = {
        "title": "",
        "description": "",
        "required": False,
        "unique": False,
        "meanings": {},
        "format": "default",
    }
    given |= {"example": "russian-mfa", "enum": (), "pattern": None, "minimum": None, "maximum": None, "name": "x"}
    return Field(**(given | {"type": kind} | more))


@pytest.mark.parametrize(
    ("kind", "value", "code", "fix"),
    [
        ("integer", "1,200", "integer-invalid", "Write 1200."),
        ("integer", "1 200 000", "integer-invalid", "Write 1200000."),
        ("integer", "1.200", "integer-invalid", "Write 1200."),
        ("integer", "12.5", "integer-invalid", None),
        ("integer", "12,0", "integer-invalid", "Write 12."),
        ("integer", "-12.00", "integer-invalid", "Write -12."),
        ("integer", "012", "integer-invalid", "Write 12."),
        ("integer", "+12", "integer-invalid", "Write 12."),
        ("integer", "-", "integer-invalid", None),
        ("integer", "١٢", "integer-invalid", "Write 12."),
        ("integer", "a dozen", "integer-invalid", None),
        ("integer", "9" * 19, "integer-invalid", None),
        ("integer", "1E+03", "spreadsheet-number", None),
        ("integer", "1,2e3", "spreadsheet-number", None),
        ("number", "4,5", "number-invalid", "Write 4.5."),
        ("number", "4.5°", "number-invalid", None),
        ("number", "inf", "number-invalid", None),
        ("number", "4.5e-3", "spreadsheet-number", None),
        ("boolean", "TRUE", "boolean-invalid", "Write true."),
        ("boolean", "No", "boolean-invalid", "Write false."),
        ("boolean", "WAHR", "boolean-invalid", "Write true."),
        ("boolean", "FAUX", "boolean-invalid", "Write false."),
        ("boolean", "DOĞRU", "boolean-invalid", "Write true."),
        ("boolean", "YANLIŞ", "boolean-invalid", "Write false."),
        ("boolean", "maybe", "boolean-invalid", None),
        ("date", "2022-9-3", "date-invalid", "Write 2022-09-03."),
        ("date", "2022-09-31", "date-invalid", None),
        ("date", "2022-09-03 12:00", "date-invalid", "Write 2022-09-03."),
        ("date", "Tuesday", "date-invalid", None),
        ("date", "3/9/2022", "spreadsheet-date", None),
        ("date", "3.9.2022", "spreadsheet-date", "Write 2022-09-03."),
        ("date", "13.09.2022", "spreadsheet-date", "Write 2022-09-13."),
        ("date", "09.13.2022", "spreadsheet-date", None),
        ("date", "13.09.22", "spreadsheet-date", None),
        ("date", "3-Sep-22", "spreadsheet-date", None),
        ("date", "2022/09/03", "spreadsheet-date", None),
        ("date", "44807", "spreadsheet-date", None),
        ("datetime", "44807,5", "spreadsheet-date", WHOLE_MOMENT),
        ("datetime", "13/09/2022 12:34", "spreadsheet-date", WHOLE_MOMENT),
        ("datetime", "13.09.2022, 12:34", "spreadsheet-date", WHOLE_MOMENT),
        ("datetime", "2022-09-13T12:34:00", "datetime-no-offset", None),
        ("datetime", "2022-09-13T12:34", "datetime-no-offset", None),
        ("datetime", "2022-09-13 12:34:56.7", "datetime-no-offset", None),
        ("datetime", "2022-09-13T12:34:00Z", "datetime-invalid", "Write 2022-09-13T12:34:00+00:00."),
        ("datetime", "2022-09-13T24:00:00+04:00", "datetime-invalid", "Write 00:00:00 of the next day."),
        ("datetime", "2022-09-13 12:34:00+04:00", "datetime-invalid", "Write 2022-09-13T12:34:00+04:00."),
        ("datetime", "2022-09-13T12:34+04:00", "datetime-invalid", "Write 2022-09-13T12:34:00+04:00."),
        ("datetime", "2022-09-13T12:34:00+0400", "datetime-invalid", "Write 2022-09-13T12:34:00+04:00."),
        ("datetime", "2022-09-13T12:34:00+04", "datetime-invalid", "Write 2022-09-13T12:34:00+04:00."),
        ("datetime", "2022-09-13T12:34:00.5+04:00", "datetime-invalid", None),
        ("datetime", "2022-09-13T12:34:00-00:00", "datetime-invalid", None),
        ("datetime", "2022-09-13T12:34:61+04:00", "datetime-invalid", None),
        ("datetime", "2022-W37-2T12:34:00+04:00", "datetime-invalid", None),
        ("datetime", "2022-9-3T12:34:00+04:00", "datetime-invalid", None),
        ("datetime", "2022-09-13 14:07 +04:00", "datetime-invalid", "Write 2022-09-13T14:07:00+04:00."),
        ("datetime", "2022-09-13 14:07:30 +04:00", "datetime-invalid", "Write 2022-09-13T14:07:30+04:00."),
        ("datetime", "2022-09-13 14:07+04:00", "datetime-invalid", "Write 2022-09-13T14:07:00+04:00."),
        ("datetime", "2022-09-13", "datetime-invalid", None),
        ("datetime", "noon", "datetime-invalid", None),
        ("string", "ftp://x", "url-invalid", None),
    ],
)
def test_what_is_said_of_a_value_of_the_wrong_type(kind: str, value: str, code: str, fix: str | None) -> None:
    fault = wrong_type(field(kind), value)
    assert (fault.code, fault.fix) == (code, fix)
    assert value in fault.message


@pytest.mark.parametrize(
    ("column", "whose", "basis"),
    [
        ("reported_from", "the publisher's clock", False),
        ("asserted_to", "the claimant's clock", False),
        ("valid_from", "the place", True),
    ],
)
def test_whose_offset_a_time_lacks(column: str, whose: str, basis: bool) -> None:
    """A basis of the zone beside a report without a valid time would be the next problem."""
    fix = wrong_type(table_schema("claims").field(column), "2022-09-13 21:07").fix
    assert fix is not None
    assert f"the offset that {whose} had on that day" in fix
    assert ("zone_basis" in fix) is basis


@pytest.mark.parametrize(
    ("value", "lacking"),
    [
        ("2022-9-13T14:07:00+04:00", True),
        ("2022-09-13 9:07", True),
        ("2022-09-13 14:07 +04:00", False),
        ("2022-09-13 14:07 in Yerevan", False),
        ("2022-09-13 noon", False),
    ],
)
def test_zeros_are_missed_only_where_they_are_missing(value: str, lacking: bool) -> None:
    assert ("lacks zeros" in wrong_type(field("datetime"), value).message) is lacking


def test_what_is_said_of_a_statement_without_a_name() -> None:
    """No word for "not stated" is one: it would join all claims that have it."""
    fix = left_blank(table_schema("claims").field("statement_id")).fix
    assert fix is not None
    assert "inbox/" in fix
    assert "unstated" not in fix


SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"


@pytest.mark.parametrize(
    ("value", "code", "fix"),
    [
        ("Russian MFA", "pattern-mismatch", "Perhaps russian-mfa is meant."),
        ("russian_mfa", "pattern-mismatch", "Perhaps russian-mfa is meant."),
        ("россия", "pattern-mismatch", None),
        ("“russian-mfa”", "smart-quotes", None),
        ("russia’s", "smart-quotes", None),
        ("1.3E+04", "spreadsheet-number", None),
        ("13/09/2022", "spreadsheet-date", None),
    ],
)
def test_what_is_said_of_an_id_that_is_misspelt(value: str, code: str, fix: str | None) -> None:
    fault = wrong_pattern(field("string", pattern=SLUG), value)
    assert (fault.code, fault.fix) == (code, fix)


def test_names_with_underscores_are_guessed_with_underscores() -> None:
    fault = wrong_pattern(table_schema("predicates").field("predicate"), "In Force")
    assert fault.fix == "Perhaps in_force is meant."


@pytest.mark.parametrize(
    ("value", "fix"),
    [("Live Blog", "Write live_blog."), ("live_blogs", "Did you mean live_blog?"), ("zzz", None), ("", None)],
)
def test_the_closest_choice_is_named(value: str, fix: str | None) -> None:
    fault = wrong_choice(table_schema("sources").field("kind"), value)
    assert fault.fix == fix
    assert "live_blog, statement, article" in fault.message


def test_near_misses() -> None:
    assert closest("armenia", ["armenia-mod", "armenian", "zzz"], 1) == ["armenian"]
    assert did_you_mean("zzz", ["armenia"]) is None
    assert [in_words(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a or b", "a, b or c"]


def test_among_very_many_names_those_that_begin_or_end_alike_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimtrack.structure.telling.nearest.CANDIDATES", 3)
    known = ["xarmenia", "armenians", "brmenians", "azerbaijan"]
    assert closest("armenian", known) == ["armenians"]
    assert closest("brmenia", known) == ["brmenians", "xarmenia"]


def test_where_too_many_begin_alike_those_that_go_on_alike_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimtrack.structure.telling.nearest.CANDIDATES", 3)
    known = [f"20220913-b{letter}ku-ministry" for letter in "abcdefgh"] + ["20220913-armenian-ministry-of-defence"]
    assert closest("20220913-armenian-ministry-of-defense", known) == [known[-1]]
    assert closest("202209", known) == []
