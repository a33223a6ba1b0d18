"""Canonical form: the same rows always make the same bytes, and no cell changes in silence."""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from canonical_rows import LETTERS, rows
from damages import File, damaged
from hypothesis import given
from hypothesis import strategies as st
from repairing import package_with, table_bytes

from claimtrack.contribute.canonical import canonical_bytes, key_of, tidy, why_untidy
from claimtrack.contribute.changes import Cleaned
from claimtrack.contribute.fmt import formatted, save
from claimtrack.contribute.sheet import Row, read_sheet
from claimtrack.errors import DataError, UsageError
from claimtrack.schema import TABLES, table_schema
from examples import tried
from frozen import LIVE, frozen

SOURCES = table_schema("sources")


def formatted_table(table: str, data: bytes) -> Cleaned:
    with package_with(table, data) as descriptor:
        [found] = [one for one in formatted(descriptor) if one.name == table]
    return found


def contents(rows_of: Sequence[Row]) -> list[list[tuple[str, str]]]:
    """The rows, whatever their order and that of their columns."""
    return sorted(sorted(row.items()) for row in rows_of)


def parsed(data: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("name", ["valid", LIVE])
def test_the_frozen_packages_lose_nothing(tmp_path: Path, name: str) -> None:
    for cleaned in formatted(frozen(name, tmp_path)):
        assert cleaned.changes == cleaned.problems == ()
        assert contents(parsed(cleaned.before)) == contents(parsed(cleaned.after))
        assert set(cleaned.notes) <= {"rows sorted by key"}


MESSY = st.text([*LETTERS, "\u0301", "\u212b", "\u00a0", "\u200b", "\t"], max_size=6)


@st.composite
def messy(draw: st.DrawFn) -> tuple[str, list[Row]]:
    """A table in which any text may stand in any cell, and keys may be blank, or there twice."""
    table = draw(st.sampled_from(["actors", "links", "relays"]))
    row = st.fixed_dictionaries(dict.fromkeys(table_schema(table).columns, MESSY))
    return table, draw(st.lists(row, max_size=5))


tables = st.sampled_from(TABLES).flatmap(lambda table: st.tuples(st.just(table), rows(table_schema(table))))
files = st.builds(
    File,
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    empty_rows=st.integers(0, 2),
    shuffle=st.none() | st.integers(0, 99),
    columns_reversed=st.booleans(),
    final_end=st.booleans(),
)


@tried(40)
@given(made=messy(), how=files)
def test_formatting_twice_changes_nothing_more(made: tuple[str, list[Row]], how: File) -> None:
    table, made_rows = made
    schema = table_schema(table)
    once = formatted_table(table, damaged(schema, made_rows, how))
    assert once.problems == ()
    again = formatted_table(table, once.after)
    assert not again.changed
    assert again.changes == again.notes == ()
    wanted = [{column: tidy(cell) for column, cell in row.items()} for row in made_rows]
    kept = [row for row in wanted if any(row.values())]
    assert contents(read_sheet(schema, once.after, "").rows) == contents(kept)
    told = [row for row in made_rows if any(map(str.strip, row.values()))]
    altered = [(column, cell) for row in told for column, cell in row.items() if tidy(cell) != cell]
    assert sorted((change.column, change.before) for change in once.changes) == sorted(altered)
    assert all(change.why and change.after == tidy(change.before) for change in once.changes)


@tried(40)
@given(made=tables, how=files)
def test_the_same_rows_make_the_same_bytes(made: tuple[str, Sequence[Row]], how: File) -> None:
    schema = table_schema(made[0])
    canonical = canonical_bytes(schema, made[1])
    assert formatted_table(made[0], damaged(schema, made[1], how)).after == canonical
    assert not formatted_table(made[0], canonical).changed
    text = canonical.decode()
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert parsed(canonical) == sorted(made[1], key=lambda row: sort_key(made[0], row))


def sort_key(table: str, row: Row) -> list[tuple[int, str]]:
    """The key of a row, the hops of relays by their number."""
    return [
        (int(row[column]), "") if column == "hop" else (0, row[column]) for column in table_schema(table).primary_key
    ]


TIDY = [
    ("plain", "plain", ""),
    (" plain ", "plain", "space around it"),
    ("\u00a0plain\t", "plain", "space around it"),
    ("e\u0301", "\u00e9", "letters and accents stored apart"),
    (" e\u0301", "\u00e9", "letters and accents stored apart and space around it"),
    ("a  b", "a  b", ""),
    ("\u200bx", "\u200bx", ""),
]


@pytest.mark.parametrize(("cell", "expected", "why"), TIDY)
def test_tidy_cells(cell: str, expected: str, why: str) -> None:
    assert (tidy(cell), why_untidy(cell)) == (expected, why)


def test_what_is_done_is_said() -> None:
    header, *lines = table_bytes("sources", [{"source_id": "b"}, {"source_id": "a", "title": " x "}]).splitlines()
    data = b"\xef\xbb\xbf" + b"\r\n".join([header, *lines, b",,,,,,,,,,", b""])
    cleaned = formatted_table("sources", data.rstrip(b"\r\n"))
    assert cleaned.notes == (
        *("byte order mark removed", "lines end in LF", "blank rows removed", "last line ended", "rows sorted by key"),
    )
    [change] = cleaned.changes
    assert (change.path, change.line, change.key, change.column) == ("data/sources.csv", 3, "a", "title")
    assert (change.before, change.after, change.why) == (" x ", "x", "space around it")


def test_columns_are_put_in_order_and_their_names_trimmed() -> None:
    columns = list(SOURCES.columns)
    data = ",".join([columns[1], f" {columns[0]} ", *columns[2:]]) + "\npublisher,source,,,,,,,,,\n"
    cleaned = formatted_table("sources", data.encode())
    assert cleaned.after == table_bytes("sources", [{"source_id": "source", "publisher_id": "publisher"}])
    assert set(cleaned.notes) == {"column names trimmed", "columns put in order"}


def test_hops_are_sorted_by_number_and_rows_of_one_key_by_their_cells() -> None:
    made = [("b", "10", "x"), ("b", "9", "x"), ("b", "9", "w"), ("a", "x", ""), ("a", "-1", ""), ("a", "", "")]
    made_rows = [dict(zip(table_schema("relays").columns, row, strict=True)) for row in made]
    assert [
        key_of(table_schema("relays"), row) for row in parsed(canonical_bytes(table_schema("relays"), made_rows))
    ] == [
        *("a/-1", "a/", "a/x", "b/9", "b/9", "b/10"),
    ]


def test_a_hop_of_thousands_of_digits_is_sorted_too() -> None:
    rows = [{"claim_id": "a", "hop": hop, "relayer_id": ""} for hop in ("9" * 5_000, "2")]
    assert [row["hop"][:2] for row in parsed(canonical_bytes(table_schema("relays"), rows))] == ["2", "99"]


ROW = table_bytes("sources", [{"source_id": "a", "title": "b"}])
UNREADABLE = [
    ("file-empty", b""),
    ("not-csv", b"PK\x03\x04"),
    ("header-absent", b"a,b\n"),
    ("header-missing", ROW.replace(b",licence_note", b"").replace(b",\n", b"\n")),
    ("header-extra", ROW.replace(b"\n", b",\n")),
    ("header-misspelt", ROW.replace(b"title", b"titel")),
    ("header-repeated", ROW.replace(b"\n", b",title\n")),
    ("delimiter-wrong", ROW.replace(b",", b";")),
    ("encoding-invalid", ROW.replace(b"a,,b", b"a,,caf\xe9")),
    ("encoding-invalid", ROW.decode().encode("utf-16")),
    ("quote-unclosed", ROW + b'b,,"open,,,,,,,,\nc,,,,,,,,,,\n'),
    ("quote-stray", ROW.replace(b"a,,b", b'a,,"b" c')),
    ("newline-in-cell", ROW.replace(b"a,,b", b'a,,"b\nc"')),
    ("row-short", ROW.replace(b"a,,b", b"a,b")),
    ("row-long", ROW.replace(b"a,,b", b"a,,b, c")),
    ("conflict-marker", ROW + b"<<<<<<< ours\n=======\n>>>>>>> theirs\n"),
]


@pytest.mark.parametrize(("code", "data"), UNREADABLE)
def test_a_file_that_is_no_table_is_left_alone(code: str, data: bytes) -> None:
    cleaned = formatted_table("sources", data)
    assert cleaned.after == data
    assert {problem.code for problem in cleaned.problems} == {code}


def test_a_row_that_only_we_find_too_short_stops_as_well() -> None:
    """The strict reading blames a control character for it, and says no more of that row."""
    data = ROW + b"c,\x07short\n"
    with pytest.raises(DataError, match="row-short"):
        read_sheet(SOURCES, data, "sources.csv")


@pytest.mark.parametrize(
    ("data", "error"),
    [(ROW + b'b,,"open,,,,,,,,\n', DataError), (b"nothing\n", ValueError)],
)
def test_nothing_is_lost_even_if_the_strict_reading_saw_nothing(
    monkeypatch: pytest.MonkeyPatch, data: bytes, error: type[Exception]
) -> None:
    monkeypatch.setattr("claimtrack.contribute.sheet.TableReader.parts_of", lambda *_: iter(()))
    with pytest.raises(error):
        read_sheet(SOURCES, data, "sources.csv")


def test_saving_writes_only_what_changed(tmp_path: Path) -> None:
    descriptor = frozen("valid", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "data").iterdir()}
    for cleaned in formatted(descriptor):
        save(cleaned)
        written = cleaned.file.stat().st_mtime_ns != before[cleaned.file]
        assert written == cleaned.changed
        assert cleaned.file.read_bytes() == cleaned.after
    assert not any(cleaned.changed for cleaned in formatted(descriptor))


def test_a_package_that_must_not_be_opened(tmp_path: Path) -> None:
    descriptor = frozen("valid", tmp_path)
    good = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(good.replace("data/claims.csv", "../claims.csv"), encoding="utf-8")
    with pytest.raises(DataError, match="path-unsafe"):
        formatted(descriptor)
    descriptor.write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="json-invalid"):
        formatted(descriptor)
    descriptor.unlink()
    with pytest.raises(UsageError, match=r"there is no file datapackage\.json"):
        formatted(descriptor)


def test_a_table_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    descriptor = frozen("valid", tmp_path)
    claims, opening = tmp_path / "data" / "claims.csv", os.open

    def refuse(path: Path, flags: int) -> int:
        if path == claims:
            raise PermissionError(13, "Permission denied")
        return opening(path, flags)

    monkeypatch.setattr("claimtrack.structure.files.opening.os.open", refuse)
    with pytest.raises(DataError, match="file-unreadable"):
        formatted(descriptor)
    claims.unlink()
    with pytest.raises(DataError, match="file-missing"):
        formatted(descriptor)
