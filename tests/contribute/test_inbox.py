"""The inbox: checked together with the data as if folded, problems named where the contributor wrote them."""

from __future__ import annotations

import io
import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula

from claimtrack.contribute import inbox, merged_cells, sheet_parts, sheets
from claimtrack.contribute.inbox import check, inbox_files, read_entries
from claimtrack.contribute.offset import OFFSET
from claimtrack.contribute.overlay import problems_with
from claimtrack.contribute.questions import claims
from claimtrack.contribute.strays import unnamed
from claimtrack.contribute.template import csv_template, xlsx_template
from claimtrack.contribute.workbook import NAMES_FIRST, OLD_OR_LOCKED
from claimtrack.errors import DataError
from claimtrack.package import load
from claimtrack.problems import Problem
from claimtrack.rulebook import rule
from claimtrack.structure.rows.header import TURNED
from claimtrack.validation import validate
from examples import tried
from mutations import build, valid
from new_claims import ALL, BLAME, COUNT, TALKS, TALKS_ID, as_csv, fill


@pytest.fixture
def descriptor(tmp_path: Path) -> Path:
    path = valid(tmp_path / "package")
    (path.parent / "inbox").mkdir()
    return path


@cache
def template(kind: str | None = None) -> bytes:
    """The workbook that is given out for the valid package, in which nothing is filled in."""
    with TemporaryDirectory() as folder:
        return xlsx_template(load(valid(Path(folder))), kind)


def drop(descriptor: Path, name: str, content: str | bytes) -> Path:
    path = descriptor.parent / "inbox" / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def places(problems: list[Problem]) -> list[tuple[Any, ...]]:
    return [(each.path, each.line, each.column, each.field, each.code) for each in problems]


def without(column: str, row: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name != column}


# What an inbox holds that breaks nothing.
SOUND = [
    {},
    {"a.csv": as_csv([TALKS])},
    {"a.csv": as_csv([TALKS]), "b.csv": as_csv([BLAME, COUNT])},
    {"a.csv": as_csv([TALKS], delimiter=";", end="\r\n")},
    {"a.csv": "\ufeff" + as_csv([TALKS])},
    {"a.csv": as_csv([TALKS]).replace("\n", ",,,\n")},
    {"a.csv": as_csv([TALKS | {"text": f"  {TALKS['text']} "}])},
    {"A.CSV": as_csv([TALKS]), "README.md": "Put files here.", ".gitkeep": "", "~$a.xlsx": "lock"},
]


@pytest.mark.parametrize("files", SOUND)
def test_sound_entries(descriptor: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        drop(descriptor, name, text)
    assert check(descriptor) == []


def test_only_the_csv_of_a_table_in_parquet_is_no_stray() -> None:
    beside = ["data/claims.csv", "data/claims.xlsx", "data/more.csv", "data/.more.csv", "data/claims.txt"]
    assert unnamed(beside, {"data/claims.parquet"}) == ["data/claims.xlsx", "data/more.csv"]
    assert unnamed(beside, {"data/claims.csv"}) == ["data/claims.xlsx", "data/more.csv"]


def test_without_an_inbox(tmp_path: Path) -> None:
    assert check(valid(tmp_path)) == []


# Files of an inbox, and the problems: path, line, column, field, code.
BROKEN = [
    (
        {"a.csv": as_csv([TALKS, BLAME | {"claimant_id": "nobody"}])},
        [("inbox/a.csv", 3, 32, "claimant_id", "reference-unknown")],
    ),
    (
        {"a.csv": as_csv([TALKS], delimiter=";").replace("gazette-live", "gazette")},
        [("inbox/a.csv", 2, 80, "source_id", "reference-unknown")],
    ),
    (
        {"a.csv": "\n\n".join(as_csv([COUNT | {"count_max": "14"}]).split("\n"))},
        [("inbox/a.csv", 3, None, "count_max", "count-reversed")],
    ),
    (
        {"a.csv": as_csv([TALKS]), "b.csv": as_csv([TALKS | {"note": "Again."}])},
        [("inbox/b.csv", 2, 1, "claim_id", "key-repeated")],
    ),
    (
        {"a.csv": as_csv([TALKS | {"reported_from": "06/09/2020 18:31"}])},
        [("inbox/a.csv", 2, None, "reported_from", "spreadsheet-date")],
    ),
    ({"a.csv": as_csv([TALKS | {"claimant_id": ""}])}, [("inbox/a.csv", 2, None, "claimant_id", "required-missing")]),
    ({"a.csv": as_csv([TALKS | {"text": "=HYPERLINK(1)"}])}, [("inbox/a.csv", 2, None, "text", "formula-cell")]),
    ({"a.csv": as_csv([TALKS | {"text": "One\nhalf."}])}, [("inbox/a.csv", 2, None, "text", "newline-in-cell")]),
    (
        {"a.csv": as_csv([TALKS]).replace("6 Sep 18:31", "6 Sep\n18:31")},
        [("inbox/a.csv", 2, None, "locator", "newline-in-cell")],
    ),
    (
        {"a.csv": as_csv([TALKS]).replace(",own_account,", ",own_account,\n\n")},
        [("inbox/a.csv", 2, None, "statement_id", "newline-in-cell")],
    ),
    # A row that lacks its last cell, and below it what is no end of it.
    *(
        (
            {"a.csv": as_csv([without("note", TALKS) | {"quote": "", "note": "x"}]).replace(",,x\n", f",\n{below}\n")},
            [("inbox/a.csv", 2, None, None, "row-short"), ("inbox/a.csv", 3, None, None, "row-short")],
        )
        for below in ("checked by Ann,yes", "total,1", "other,damaged")
    ),
    ({"a.csv": as_csv([TALKS]).encode("utf-16")}, [("inbox/a.csv", 1, 1, None, "encoding-invalid")]),
    (
        {"a.csv": as_csv([without("incident_id", BLAME)])},
        [("inbox/a.csv", 2, 1, "incident_id", "kind-requires")],
    ),
    (
        {"a.csv": as_csv([without("claimant_id", row) for row in (TALKS, BLAME, COUNT)])},
        [("inbox/a.csv", 1, None, "claimant_id", "header-missing")],
    ),
    ({"a.csv": ""}, [("inbox/a.csv", 1, 1, None, "file-empty")]),
    ({"a.csv": csv_template()}, [("inbox/a.csv", 1, None, None, "file-empty")]),
    ({"a.csv": as_csv([dict.fromkeys(TALKS, "")] * 2)}, [("inbox/a.csv", 1, None, None, "file-empty")]),
    ({"a.csv": "colour,size\n1,2\n"}, [("inbox/a.csv", 1, 1, None, "header-absent")]),
    ({"a.csv": "kind" + "," * 1000 + "\n"}, [("inbox/a.csv", 1, 1, None, "header-extra")]),
    ({"a.csv": as_csv([TALKS]) + "x,y\n"}, [("inbox/a.csv", 3, 4, None, "row-short")]),
    ({"a.ods": "x"}, [("inbox/a.ods", None, None, None, "not-csv")]),
    ({"a.csv.txt": as_csv([TALKS])}, [("inbox/a.csv.txt", None, None, None, "not-csv")]),
    (
        {"a.TXT": as_csv([TALKS], delimiter="\t").encode("utf-16"), "notes.md": "x"},
        [("inbox/a.TXT", None, None, None, "not-csv"), ("inbox/notes.md", None, None, None, "not-csv")],
    ),
    ({"a.xlsx": "x"}, [("inbox/a.xlsx", None, None, None, "not-csv")]),
]


@pytest.mark.parametrize(("files", "expected"), BROKEN)
def test_problems_are_named_where_they_were_written(
    descriptor: Path, files: dict[str, str | bytes], expected: list[tuple[Any, ...]]
) -> None:
    for name, content in files.items():
        drop(descriptor, name, content)
    found = places(check(descriptor))
    assert [
        (path, line, column if wanted[2] else None, field, code)
        for (path, line, column, field, code), wanted in zip(found, expected, strict=True)
    ] == expected


def test_the_column_is_that_of_the_cell_in_the_file(descriptor: Path) -> None:
    text = as_csv([TALKS | {"quote": 'a "b", c', "note": "ö", "zone_basis": "guessed"}])
    drop(descriptor, "a.csv", text)
    (found,) = (each for each in check(descriptor) if each.code == "enum-unknown")
    assert found.column == text.split("\n")[1].index("guessed") + 1


def test_a_workbook(descriptor: Path) -> None:
    path = drop(descriptor, "a.xlsx", template())
    fill(path, [TALKS, {}, BLAME | {"actor_id": "nobody"}])
    assert places(check(descriptor)) == [("inbox/a.xlsx", 4, None, "actor_id", "reference-unknown")]
    fill(path, [TALKS, {}, BLAME])
    assert check(descriptor) == []


def with_another_sheet(path: Path, title: str, rows: list[list[str]]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet(title, 0)
    for row in rows:
        sheet.append(row)
    book.save(path)


@pytest.mark.parametrize("rows", [[TALKS], []])
def test_claims_in_another_sheet_are_told(descriptor: Path, rows: list[dict[str, str]]) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), rows)
    with_another_sheet(path, "14 September", [list(BLAME), [], list(BLAME.values())])
    (found,) = check(descriptor)
    assert (found.path, found.severity) == ("inbox/a.xlsx", "error")
    assert found.message == "claims also stand in the sheet '14 September', from row 3 on, which is not read"
    assert found.fix == "Move them into the sheet 'claims', below its last row, and delete the other sheet."


@pytest.mark.parametrize("above", [[], [[]], [["14 September"], ["read by me"]]])
def test_claims_in_another_sheet_that_names_no_columns_are_told(descriptor: Path, above: list[list[str]]) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS])
    with_another_sheet(path, "more", [*above, list(BLAME.values())])
    (found,) = check(descriptor)
    first = len(above) + 1
    assert found.message == f"claims also stand in the sheet 'more', from row {first} on, which is not read"


@pytest.mark.parametrize(
    ("rows", "noted"),
    [
        ([], False),
        ([list(BLAME)], False),
        ([["actor_id", "name", "kind", "aliases"]], False),
        ([["day", "read by"], ["6 September", "me"]], True),
        ([[], [], ["other", "stated", "me"]], True),
    ],
)
def test_another_sheet_without_claims_is_noted_at_most(descriptor: Path, rows: list[list[str]], noted: bool) -> None:
    path = fill(drop(descriptor, "a.xlsx", template(TALKS["kind"])), [TALKS])
    with_another_sheet(path, "my notes", rows)
    assert check(descriptor) == []
    told = ["inbox/a.xlsx: the sheet 'my notes' is not read: no claims"]
    assert read_entries(descriptor.parent, [path]).notices == told * noted


def test_cells_far_to_the_right_are_told(descriptor: Path) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS, BLAME])
    book = openpyxl.load_workbook(path)
    book["claims"]["CX2"] = ""
    book["claims"]["XFD3"] = "lost?"
    book.save(path)
    (found,) = check(descriptor)
    assert (found.line, found.code) == (3, "row-long")
    assert found.message == "the row has cells in columns without a name: XFD3 ('lost?')"


def test_a_column_of_ours_far_to_the_right_is_read(descriptor: Path) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS | {"note": "moved"}])
    book = openpyxl.load_workbook(path)
    sheet = book["claims"]
    at = [cell.value for cell in sheet[1]].index("note") + 1
    sheet["DA1"], sheet["DA2"] = "note", "moved"
    sheet.delete_cols(at)
    book.save(path)
    (row,) = read_entries(descriptor.parent, [path]).rows
    assert row.cells["note"] == "moved"


def test_a_sheet_with_very_many_cells_is_told(descriptor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS, BLAME, COUNT])
    monkeypatch.setattr(sheets, "MOST_CELLS", 60)
    found = read_entries(descriptor.parent, [path])
    assert [row.line for row in found.rows] == [2, 3]
    assert [each.code for each in found.problems] == ["file-too-large"]


def test_a_sheet_with_more_columns_than_anybody_has(descriptor: Path) -> None:
    path = drop(descriptor, "a.xlsx", template())
    book = openpyxl.load_workbook(path)
    book["claims"]["XFD1"] = "far"
    book.save(path)
    (found,) = check(descriptor)
    assert (found.code, found.line) == ("header-extra", 1)
    assert found.message == "there are 16,384 columns; the sheet was not looked at any further"


# Tables of the package other than claims, as they come into an inbox.
OTHERS = ["actors", "places", "incidents", "sources", "predicates", "relays", "links", "corrections"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_another_table_is_told_where_its_rows_go(descriptor: Path, delimiter: str) -> None:
    for table in OTHERS:
        text = (descriptor.parent / "data" / f"{table}.csv").read_text("utf-8")
        drop(descriptor, f"a {table}.csv", "\ufeff" + text.replace(",", delimiter))
    for table, found in zip(sorted(OTHERS), check(descriptor), strict=True):
        assert (found.path, found.line, found.code) == (f"inbox/a {table}.csv", 1, "header-absent")
        assert found.message == f"the file has the columns of data/{table}.csv, and the inbox takes claims only"
        assert found.fix is not None
        way = f"Open data/{table}.csv on your branch, press the pencil, add the new rows at its end"
        assert found.fix.startswith(way)
        assert found.fix.endswith("Then delete this file.")
        assert ("by the id that the review gives it" in found.fix) == (table in ("links", "relays"))


@pytest.mark.parametrize("beside", [True, False])
def test_another_table_in_a_workbook(descriptor: Path, beside: bool) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS])
    with_another_sheet(path, "people", [["Actor ID", "name", "kind", "time_zone"], ["a-1", "A", "person"]])
    if not beside:
        book = openpyxl.load_workbook(path)
        del book["claims"]
        book.save(path)
    (found,) = check(descriptor)
    assert found.message == "the sheet 'people' has the columns of data/actors.csv, and the inbox takes claims only"
    assert (found.fix or "").endswith("Then delete this sheet.")


@pytest.mark.parametrize("labels", ["claim_id,note,basis", "name,note", "kind,predicate,note", "colour,size,weight"])
def test_what_may_be_a_header_of_claims_is_no_other_table(descriptor: Path, labels: str) -> None:
    drop(descriptor, "a.csv", f"{labels}\n")
    assert "the inbox takes claims only" not in " ".join(each.message for each in check(descriptor))


def test_a_workbook_without_claims_is_told(descriptor: Path) -> None:
    drop(descriptor, "a.xlsx", template())
    (found,) = check(descriptor)
    assert (found.path, found.line, found.code) == ("inbox/a.xlsx", 1, "file-empty")
    assert found.message == "the file has no claims: nothing is filled in below the names of the columns"
    assert found.fix == "Fill in a row for each claim, save it and upload it again, or delete the file."


@pytest.mark.parametrize("text", ["kind,text\n", "kind,text,utc_offset\n,,+04:00\n"])
def test_of_a_file_without_claims_only_that_is_told(descriptor: Path, text: str) -> None:
    drop(descriptor, "a.csv", text)
    assert [each.code for each in check(descriptor)] == ["file-empty"]


def test_a_date_cell_is_one_problem(descriptor: Path) -> None:
    path = drop(descriptor, "a.xlsx", template())
    fill(path, [TALKS | {"reported_from": datetime(2020, 9, 6, 18, 31)}], {"reported_from": "yyyy-mm-dd hh:mm"})
    assert places(check(descriptor)) == [("inbox/a.xlsx", 2, None, "reported_from", "datetime-no-offset")]


def test_a_wrong_offset_is_one_problem(descriptor: Path) -> None:
    path = drop(descriptor, "a.xlsx", template())
    times = {"reported_from": datetime(2020, 9, 6, 18, 31), OFFSET: "4"}
    fill(path, [TALKS | times], {"reported_from": "yyyy-mm-dd hh:mm"})
    assert places(check(descriptor)) == [("inbox/a.xlsx", 2, None, OFFSET, "datetime-no-offset")]


def test_a_formula_is_to_be_pasted_as_values(descriptor: Path) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS, BLAME | {"note": "=1+1"}])
    book = openpyxl.load_workbook(path)
    book["claims"]["K2"] = "=L2"
    book["claims"]["AI2"] = ArrayFormula("AI2:AI2", "=SUM(L2)")
    book.save(path)
    *formulas, typed = check(descriptor)
    assert [(each.line, each.code, each.field, each.message) for each in formulas] == [
        (2, "formula-cell", "note", "AI2 holds the formula '=SUM(L2)' (note)"),
        (2, "formula-cell", "reported_from", "K2 holds the formula '=L2' (reported_from)"),
    ]
    fix = "Copy the column and paste it as values, so that the cell holds what the formula shows."
    assert {each.fix for each in formulas} == {fix}
    assert (typed.line, typed.code, typed.fix) == (3, "formula-cell", rule("formula-cell").fix)


LOCAL = {"reported_from": "2020-09-06T22:31:00", "reported_to": "2020-09-06T22:31:00"}


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_times_take_the_offset_of_their_row(descriptor: Path, name: str) -> None:
    rows = [
        TALKS | LOCAL | {OFFSET: " +04:00"},
        TALKS | {OFFSET: "+04:00", "locator": "second"},
        TALKS | {OFFSET: "", "locator": "third"},
    ]
    path = offered(descriptor, name, rows)
    assert check(descriptor) == []
    found = [row.cells for row in read_entries(descriptor.parent, [path]).rows]
    assert [row["reported_from"] for row in found] == ["2020-09-06T22:31:00+04:00", *[TALKS["reported_from"]] * 2]
    assert all(OFFSET not in row for row in found)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_times_without_an_offset(descriptor: Path, name: str) -> None:
    cases = [("4", OFFSET), ("-00:00", OFFSET), ("", "reported_from")]
    times = {"reported_from": LOCAL["reported_from"], "asserted_from": ""}
    rows = [BLAME | times | {OFFSET: typed, "locator": f"No {typed}"} for typed, _ in cases]
    offered(descriptor, name, [TALKS, *rows])
    for line, (found, (typed, field)) in enumerate(zip(check(descriptor), cases, strict=True), start=3):
        assert (found.path, found.line, found.field) == (f"inbox/{name}", line, field)
        assert found.code == "datetime-no-offset"
        if field == OFFSET:
            assert found.message == f"'{typed}' is no UTC offset such as +04:00 (utc_offset)"
            assert found.fix == "Write it with a sign and two digits each, as text, such as +04:00."


def test_an_offset_in_another_form(descriptor: Path) -> None:
    cases = [
        *((typed, "Write +04:00, as text.") for typed in ("+4", "UTC+4", "gmt +04", "+0400", "+4:00")),
        ("−3.30", "Write -03:30, as text."),
        *(
            (typed, "Write it with a sign and two digits each, as text, such as +04:00.")
            for typed in ("4:00", "+44", "+")
        ),
    ]
    offered(descriptor, "a.csv", [TALKS | LOCAL | {OFFSET: typed, "locator": f"No {typed}"} for typed, _ in cases])
    assert [(found.line, found.field, found.fix) for found in check(descriptor)] == [
        (line, OFFSET, fix) for line, (_, fix) in enumerate(cases, start=2)
    ]


def offered(descriptor: Path, name: str, rows: list[dict[str, str]]) -> Path:
    if name.endswith(".csv"):
        return drop(descriptor, name, as_csv(rows))
    return fill(drop(descriptor, name, template()), rows)


def test_the_template_saved_as_csv(descriptor: Path) -> None:
    lines = as_csv([dict.fromkeys(ALL, "") | TALKS | LOCAL | {OFFSET: "+04:00"}]).split("\n")
    drop(descriptor, "a.csv", "\n".join(f"{line},," if line else "" for line in lines))
    assert check(descriptor) == []


WRITTEN = [
    ("2020-09-06T22:31", "2020-09-06T22:31:00"),
    ("2020-09-06 22:31:00", "2020-09-06T22:31:00"),
    ("06.09.2020 22:31", "2020-09-06T22:31:00 or 2020-06-09T22:31:00"),
    ("6 September 2020, 22:31", "2020-09-06T22:31:00"),
]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_time_beside_an_offset_is_told_how_to_be_written(descriptor: Path, name: str) -> None:
    rows = [TALKS | LOCAL | {"reported_from": cell, OFFSET: "+04:00", "locator": cell} for cell, _ in WRITTEN]
    offered(descriptor, name, rows)
    for line, (found, (cell, written)) in enumerate(zip(check(descriptor), WRITTEN, strict=True), start=2):
        assert (found.line, found.code, found.field) == (line, "datetime-invalid", "reported_from")
        words = "is not written like 2022-09-13T12:34:00, to which the offset of its row could be added (reported_from)"
        assert found.message == f"'{cell}' {words}"
        assert found.fix == f"Write {written}; utc_offset of the row says the rest."


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_time_that_is_none_or_has_an_offset_is_told_as_without(descriptor: Path, name: str) -> None:
    cells = ("2020-09-06T22:31+04:00", "soon")
    rows = [TALKS | {"reported_from": cell, OFFSET: offset} for cell in cells for offset in ("+04:00", "")]
    offered(descriptor, name, [row | {"locator": f"No {at}"} for at, row in enumerate(rows)])
    found = check(descriptor)
    assert [each.line for each in found] == [2, 3, 4, 5]
    for beside, alone in (found[:2], found[2:]):
        assert (beside.message, beside.fix) == (alone.message, alone.fix)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_rows_in_which_only_an_offset_or_a_space_stands_are_blank(descriptor: Path, name: str) -> None:
    path = offered(descriptor, name, [TALKS | {OFFSET: "+04:00"}, {OFFSET: "+04:00"}, {"note": " "}])
    assert check(descriptor) == []
    assert [row.line for row in read_entries(descriptor.parent, [path]).rows] == [2]
    offered(descriptor, name, [{OFFSET: "+04:00", "kind": ""}, *[dict.fromkeys(TALKS, "")]])
    assert [each.code for each in check(descriptor)] == ["file-empty"]


def test_a_line_separator_is_no_end_of_a_line(descriptor: Path) -> None:
    text = as_csv([TALKS | {"note": "a\u2028b"}, BLAME | {"polarity": "perhaps"}])
    drop(descriptor, "a.csv", text)
    (found,) = (each for each in check(descriptor) if each.code == "enum-unknown")
    assert (found.line, found.column) == (3, text.split("\n")[2].index("perhaps") + 1)


def test_a_second_header_among_new_rows_is_no_row(descriptor: Path) -> None:
    header, row = as_csv([TALKS]).split("\n", 1)
    drop(descriptor, "a.csv", f"{header}\n{row}{header}\n{row.replace(TALKS['locator'], 'second')}")
    path = fill(drop(descriptor, "b.xlsx", template()), [BLAME, dict(zip(ALL, ALL, strict=True)), COUNT])
    assert check(descriptor) == []
    found = read_entries(descriptor.parent, [descriptor.parent / "inbox" / "a.csv", path]).rows
    assert [row.line for row in found] == [2, 4, 2, 4]


@pytest.mark.parametrize(("above", "row"), [([["sep=;"]], 2), ([["My claims"], [], ["read by me"]], 4)])
def test_what_stands_above_the_names_of_the_columns_is_told(descriptor: Path, above: list[list[str]], row: int) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS])
    book = openpyxl.load_workbook(path)
    book["claims"].insert_rows(1, len(above))
    for number, cells in enumerate(above, start=1):
        book["claims"].cell(number, 1).value = "".join(cells)
    book.save(path)
    lines = "".join(f"{''.join(cells)}\n" for cells in above)
    drop(descriptor, "b.csv", lines + as_csv([TALKS]))
    in_book, in_csv = check(descriptor)
    assert in_book.message.endswith(f"; they stand in row {row}")
    assert in_book.fix == f"Delete what stands above row {row}."
    assert in_csv.fix == f"Delete what stands above line {row}."


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_row_with_a_single_cell_is_one_problem(descriptor: Path, name: str) -> None:
    """A total below the claims, or a remark: not all that every claim has to fill and this one does not."""
    rows = [TALKS, {"text": "to do: ask the ministry", OFFSET: "+04:00"}, BLAME, {"claim_id": "Total: 2"}]
    offered(descriptor, name, rows)
    found = check(descriptor)
    assert [(each.line, each.code, each.field) for each in found] == [
        (3, "row-short", "text"),
        (5, "row-short", "claim_id"),
    ]
    words = "nothing stands in the row but 'to do: ask the ministry' (text), which is no claim"
    assert found[0].message == words


SHOWN = [
    ("count_text", 0.25, "0%", True),
    ("count_text", 1050, "#,##0", True),
    ("locator", 13.10, "0.00", True),
    ("count_text", 15, "General", False),
    ("locator", 13.5, "@", False),
    ("count_min", 15.0, "#,##0.00", False),
]


@pytest.mark.parametrize(("column", "value", "shown_as", "told"), SHOWN)
def test_a_number_that_is_shown_otherwise_is_typed_again_as_text(
    descriptor: Path, column: str, value: float, shown_as: str, told: bool
) -> None:
    """Who sees 25 % or 13.10 in the sheet would find 0.25 or 13.1 in the data."""
    path = drop(descriptor, "a.xlsx", template())
    fill(path, [COUNT | {column: value}], {column: shown_as})
    found = check(descriptor)
    assert places(found) == [("inbox/a.xlsx", 2, None, column, "spreadsheet-number")] * told
    assert all(each.fix == "Format the cell as text and type again what the source prints." for each in found)


def test_a_row_that_is_struck_through_is_noted(descriptor: Path) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS, BLAME])
    book = openpyxl.load_workbook(path)
    for cell in book["claims"][3]:
        cell.font = Font(strike=True)
    book.save(path)
    told = "inbox/a.xlsx:3: the row is struck through, and read all the same; delete it if it is not meant"
    assert read_entries(descriptor.parent, [path]).notices == [told]


MERGED = [
    (["B2:B3"], [(2, "kind")], "the cells B2:B3 are merged: B2 holds what is shown, the others hold nothing (kind)"),
    (["K3:L3"], [(3, "reported_from")], "the cells K3:L3 are merged: K3 holds what is shown, the others hold nothing"),
    (["B2:B4", "I2:I3"], [(2, "kind"), (2, "source_id")], "the cells B2:B4 are merged"),
    (["B3:B9", "B20:C21", "AK2:AL3"], [], ""),
]


@pytest.mark.parametrize(("areas", "told", "words"), MERGED)
def test_merged_cells_are_told_once(
    descriptor: Path, areas: list[str], told: list[tuple[int, str]], words: str
) -> None:
    """What is seen in all of them stands in the first only: the other rows would lose it without a word."""
    rows = [TALKS | {"claim_id": ""}, TALKS | {"locator": "second"}]
    path = fill(drop(descriptor, "a.xlsx", template()), rows)
    book = openpyxl.load_workbook(path)
    for area in areas:
        book["claims"].merge_cells(area)
    book.save(path)
    found = check(descriptor)
    assert [(each.line, each.field, each.code) for each in found] == [(*place, "cells-merged") for place in told]
    assert not found or words in found[0].message
    assert all((each.fix or "").startswith("Undo the merging") for each in found)


def test_a_formula_in_merged_cells_is_told_once_and_read_into_no_other_column(descriptor: Path) -> None:
    rows = [TALKS | {"claim_id": "", "quote": ""}, TALKS | {"locator": "second", "quote": ""}]
    path = fill(drop(descriptor, "a.xlsx", template()), rows)
    book = openpyxl.load_workbook(path)
    sheet = book["claims"]
    note = next(cell.column_letter for cell in sheet[1] if cell.value == "note")
    sheet[f"{note}2"] = "=1+1"
    sheet.merge_cells(f"{note}2:{note}3")
    book.save(path)
    assert [(each.line, each.field, each.code) for each in check(descriptor)] == [
        (2, "note", "cells-merged"),
        (2, "note", "formula-cell"),
    ]


def test_more_merged_cells_than_anybody_has(descriptor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merged_cells, "MOST_AREAS", 1)
    monkeypatch.setattr(sheet_parts, "MOST_AREAS", 1)
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS])
    book = openpyxl.load_workbook(path)
    for row in (30, 31, 32):
        book["claims"].merge_cells(f"A{row}:B{row}")
    book.save(path)
    assert [each.message for each in check(descriptor)] == ["more than 1 groups of cells are merged"]


def test_no_more_merged_cells_are_looked_for_than_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_parts, "_BLOCK", 300)
    monkeypatch.setattr(sheet_parts, "MOST_AREAS", 3)
    sheet = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(2, 100))
    assert len(sheet_parts.looks_of(io.BytesIO(sheet.encode()), 9).areas) == 4


@pytest.mark.parametrize("end", ["", "-->", ' ref="A2:A3"/>'])
def test_what_only_begins_like_merged_cells_is_passed_over_at_once(end: str) -> None:
    """From each beginning the rest of a block was searched: a comment of a megabyte took minutes."""
    sheet = b"<!--" + b"<mergeCell " * 200_000 + end.encode()
    assert len(sheet_parts.looks_of(io.BytesIO(sheet), 9).areas) == ("ref" in end)


def test_merged_cells_that_overlap_cost_no_more_than_others() -> None:
    areas = [sheet_parts.Area(f"A2:A{last}", 1, 2, 1, last) for last in range(3, 103)]
    merged = merged_cells.Merged(areas, ["text"], claims(), "a.xlsx")
    cell = openpyxl.Workbook().worksheets[0].cell(2, 1, "seen in all")
    assert [merged.whole(number, [cell] if number == 2 else [])[0].value for number in (2, 3, 4)] == ["seen in all"] * 3
    assert [each.message for each in merged.problems] == [
        "the cells A2:A102 are merged: A2 holds what is shown, the others hold nothing (text)"
    ]


def test_what_is_hidden_is_read_and_noted(descriptor: Path) -> None:
    """A filter that is still on, a group that is closed, a column that is out of the way: none of it is lost."""
    rows = [TALKS | {"claim_id": "", "locator": f"No {at}"} for at in range(5)]
    path = fill(drop(descriptor, "a.xlsx", template()), rows)
    book = openpyxl.load_workbook(path)
    sheet = book["claims"]
    for number in (2, 3, 5, 30):
        sheet.row_dimensions[number].hidden = True
    names = {cell.value: cell.column_letter for cell in sheet[1]}
    for name in ("text", "note"):
        sheet.column_dimensions[names[name]].hidden = True
    sheet.sheet_state = "hidden"
    book.active = 1
    book.save(path)
    entries = read_entries(descriptor.parent, [path])
    assert [row.line for row in entries.rows] == [2, 3, 4, 5, 6]
    assert all(row.cells["text"] == TALKS["text"] for row in entries.rows)
    read = "and read all the same; delete what is not meant"
    assert entries.notices == [
        "inbox/a.xlsx: the sheet 'claims' is hidden, and read all the same",
        f"inbox/a.xlsx:2: the rows 2 to 3, 5 of the sheet 'claims' are hidden, by a filter or by hand, {read}",
        f"inbox/a.xlsx: the column text of the sheet 'claims' is hidden, {read}",
    ]


def test_rows_are_counted_where_a_sheet_does_not_number_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_parts, "_BLOCK", 16)
    rows = b"".join(b'<x:row hidden="%s"></x:row>' % (b"true" if at % 3 else b"0") for at in range(1, 10))
    parts = b'<cols><col min="2" max="3" hidden="1"/></cols>' + rows + b'<row r="40" hidden="1"/><row hidden="1"/>'
    looks = sheet_parts.looks_of(io.BytesIO(parts), 40)
    assert looks.rows == {1, 2, 4, 5, 7, 8, 40}
    assert [looks.columns(number) for number in (1, 2, 3, 4)] == [False, True, True, False]


def test_a_file_is_what_it_holds_and_not_what_it_is_called(descriptor: Path) -> None:
    book = fill(drop(descriptor, "a.xlsx", template()), [TALKS])
    path = book.rename(book.with_name("a.csv"))
    drop(descriptor, "b.xlsx", as_csv([BLAME], delimiter=";"))
    assert check(descriptor) == []
    entries = read_entries(descriptor.parent, [path, path.with_name("b.xlsx")])
    assert [(row.path, row.line, row.header is None) for row in entries.rows] == [
        ("inbox/a.csv", 2, True),
        ("inbox/b.xlsx", 2, False),
    ]
    assert entries.notices == [
        "inbox/a.csv: it was read as a workbook, which it is; its name should end in .xlsx",
        "inbox/b.xlsx: it was read as a CSV, which it is; its name should end in .csv",
    ]


@pytest.mark.parametrize("title", ["Claims", "CLAIMS ", "14 September"])
def test_the_sheet_of_claims_is_found_behind_the_others(descriptor: Path, title: str) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS])
    book = openpyxl.load_workbook(path)
    book["claims"].title = "moved"
    book["moved"].title = title
    book.move_sheet(book[title], 3)
    book.save(path)
    assert check(descriptor) == []
    assert [row.line for row in read_entries(descriptor.parent, [path]).rows] == [2]


def test_comments_on_cells_are_noted(descriptor: Path) -> None:
    path = fill(drop(descriptor, "a.xlsx", template()), [TALKS])
    assert read_entries(descriptor.parent, [path]).notices == []
    book = openpyxl.load_workbook(path)
    book["claims"]["B2"].comment = Comment("I am not sure of this", "somebody")
    book.save(path)
    told = "inbox/a.xlsx: comments on cells are not read; what they say of a claim belongs into its note"
    assert read_entries(descriptor.parent, [path]).notices == [told]
    assert check(descriptor) == []


def test_columns_of_somebody_else_are_told_once(descriptor: Path) -> None:
    rows = [TALKS | {"colour": "red", "size": "1"}, BLAME | {"colour": "blue", "size": ""}]
    drop(descriptor, "a.csv", as_csv(rows).replace("\n", ",,\n"))
    found = check(descriptor)
    assert [(each.line, each.code, each.message) for each in found] == [
        (1, "header-extra", f"a column '{name}' that the schema does not know") for name in ("colour", "size")
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([list(pair) for pair in TALKS.items()], TURNED),
        ([[";".join(TALKS)], [";".join(TALKS.values())]], "; all of them stand in one cell, separated by ';'"),
    ],
)
def test_names_of_columns_of_a_workbook_in_one_column_or_one_cell(
    descriptor: Path, rows: list[list[str]], words: str
) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(drop(descriptor, "a.xlsx", ""))
    (found,) = read_entries(descriptor.parent, inbox_files(descriptor.parent)).problems
    assert (found.code, found.line) == ("header-absent", 1)
    assert found.message.endswith(words)


def test_a_workbook_without_a_column(descriptor: Path) -> None:
    path = drop(descriptor, "a.xlsx", template())
    fill(path, [TALKS, BLAME])
    book = openpyxl.load_workbook(path)
    sheet = book["claims"]
    names = [cell.value for cell in sheet[1]]
    sheet.delete_cols(names.index("source_id") + 1)
    sheet.delete_cols(names.index("polarity") + 1)
    book.save(path)
    assert places(check(descriptor)) == [
        ("inbox/a.xlsx", 1, None, column, "header-missing") for column in ("polarity", "source_id")
    ]


# Files that hold no claims, and what is said of them.
UNREADABLE = [
    ("a.xlsx", b"", "the file is empty"),
    ("a.xlsx", b"x", "this is no workbook, or one that is damaged"),
    ("a.xlsx", OLD_OR_LOCKED + bytes(512), "this is a workbook of the old kind (.xls), or one that is locked"),
]


@pytest.mark.parametrize(("name", "content", "words"), UNREADABLE)
def test_a_workbook_that_is_none(descriptor: Path, name: str, content: bytes, words: str) -> None:
    drop(descriptor, name, content)
    (found,) = check(descriptor)
    assert found.message.startswith(words)
    assert "save" in (found.fix or "").casefold()


def test_names_of_columns_are_shown_to_who_has_put_others(descriptor: Path) -> None:
    path = drop(descriptor, "a.xlsx", template())
    book = openpyxl.load_workbook(path)
    book["claims"].delete_rows(1)
    book["claims"]["B1"] = "My claims"
    book.save(path)
    drop(descriptor, "b.csv", "colour,size\n1,2\n")
    in_book, in_csv = check(descriptor)
    assert in_book.message.endswith("does not hold the names of the columns, but 'My claims'")
    assert in_book.fix == in_csv.fix == NAMES_FIRST


def test_a_folder_in_the_inbox(descriptor: Path) -> None:
    """As it comes of dragging a folder onto the page."""
    (descriptor.parent / "inbox" / "mine").mkdir()
    (found,) = check(descriptor)
    assert found.fix == "Put the files themselves into the inbox, without a folder around them."


def test_a_workbook_without_the_library_for_it(descriptor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(descriptor, "a.xlsx", template())
    drop(descriptor, "b.csv", as_csv([TALKS | {"source_id": "nowhere"}]))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    found = check(descriptor)
    assert [(each.path, each.code) for each in found] == [
        ("inbox/a.xlsx", "file-unreadable"),
        ("inbox/b.csv", "reference-unknown"),
    ]
    assert "claimtrack[xlsx]" in found[0].message


def test_links_and_large_files_are_not_opened(
    descriptor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.csv").write_text(as_csv([TALKS]))
    (descriptor.parent / "inbox" / "a.csv").symlink_to(tmp_path / "secret.csv")
    assert [(each.path, each.code) for each in check(descriptor)] == [("inbox/a.csv", "path-symlink")]
    monkeypatch.setattr(inbox, "LIMIT", 10)
    large = tmp_path / "secret.csv"
    assert [each.code for each in read_entries(descriptor.parent, [large]).problems] == ["file-too-large"]


def test_an_inbox_that_is_a_link_is_no_inbox(tmp_path: Path) -> None:
    descriptor = valid(tmp_path / "package")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.csv").write_text("x")
    (descriptor.parent / "inbox").symlink_to(tmp_path / "elsewhere")
    assert inbox_files(descriptor.parent) == []


def test_a_claim_that_is_there_already_cell_for_cell_is_no_problem(descriptor: Path) -> None:
    table = descriptor.parent / "data" / "claims.csv"
    drop(descriptor, "a.csv", table.read_bytes())
    assert check(descriptor) == []


# Edits of the package after which no row can be added to its table of claims, or its files cannot be opened.
UNFIT = [
    [{"file": "data/claims.csv", "replace": "claim_id,kind,", "by": "claim id,kind,"}],
    [{"file": "data/claims.csv", "replace": "Undated introduction.\n", "by": "Undated introduction."}],
    [{"file": "data/claims.csv", "replace": "Undated introduction.\n", "by": "Undated introduction.\r\n"}],
    [{"file": "data/claims.csv", "text": ""}],
    [{"file": "data/claims.csv", "delete": True}],
    [{"file": "datapackage.json", "patch": {"/resources/0/path": "../claims.csv"}}],
    [{"file": "datapackage.json", "patch": {"/resources": 7}}],
    [{"file": "datapackage.json", "patch": {"/claimtrack:schema-version": "2"}}],
]


@pytest.mark.parametrize("edits", UNFIT)
def test_tables_that_cannot_take_rows(tmp_path: Path, edits: list[dict[str, Any]]) -> None:
    descriptor = build(tmp_path / "package", edits)
    own = validate(descriptor)
    (descriptor.parent / "inbox").mkdir()
    drop(descriptor, "a.ods", "x")
    drop(descriptor, "b.csv", as_csv([TALKS]))
    found = check(descriptor)
    assert [each for each in found if each.path != "inbox/a.ods"] == own
    assert len(own) == len(found) - 1 > 0


def test_other_files_of_the_package_are_there_too(tmp_path: Path) -> None:
    patch = {
        "/resources/5/schema": "own/claims.json",
        "/resources/5/path": ["data/claims.csv"],
        "/resources/-": {"name": "more", "path": "data/more.csv"},
    }
    descriptor = build(tmp_path, [{"file": "datapackage.json", "patch": patch}])
    (tmp_path / "own").mkdir()
    (tmp_path / "schemas" / "claims.json").rename(tmp_path / "own" / "claims.json")
    (tmp_path / "data" / "more.csv").write_text("a\n1\n")
    (tmp_path / "inbox").mkdir()
    own = validate(descriptor)
    assert {each.code for each in own} <= {"descriptor-invalid", "schema-path"}
    drop(descriptor, "a.csv", as_csv([TALKS | {"source_id": "nowhere"}]))
    found = check(descriptor)
    assert [each for each in found if each.path != "inbox/a.csv"] == own
    assert [each.code for each in found if each.path == "inbox/a.csv"] == ["reference-unknown"]


def test_an_entry_that_is_none_is_a_problem_as_before(tmp_path: Path) -> None:
    descriptor = build(tmp_path, [{"file": "datapackage.json", "patch": {"/resources/-": "more"}}])
    (tmp_path / "inbox").mkdir()
    drop(descriptor, "a.csv", as_csv([TALKS]))
    assert check(descriptor) == validate(descriptor) != []


def test_a_package_without_claims(tmp_path: Path) -> None:
    descriptor = build(tmp_path, [{"file": "datapackage.json", "patch": {"/resources/5/name": "other"}}])
    with pytest.raises(DataError, match="no table of claims"):
        inbox.existing(descriptor)


def test_ids_are_minted_where_there_is_none(descriptor: Path) -> None:
    path = drop(descriptor, "a.csv", as_csv([TALKS, {**TALKS, "claim_id": "20200906-ministry-northland-aaaaaaaa"}]))
    rows = read_entries(descriptor.parent, [path]).rows
    assert [row.cells["claim_id"] for row in rows] == [TALKS_ID, "20200906-ministry-northland-aaaaaaaa"]


def test_problems_of_old_rows_keep_their_place(tmp_path: Path) -> None:
    key = "20200906-ministry-northland-7wgktoa5"
    descriptor = build(tmp_path, [{"file": "data/claims.csv", "key": key, "set": {"count_max": "9"}}])
    (tmp_path / "inbox").mkdir()
    drop(descriptor, "a.csv", as_csv([TALKS]))
    assert check(descriptor) == validate(descriptor) != []


@tried(6)
@given(broken=st.lists(st.booleans(), min_size=1, max_size=8), gap=st.integers(0, 2))
def test_the_line_is_the_physical_one(tmp_path_factory: pytest.TempPathFactory, broken: list[bool], gap: int) -> None:
    descriptor = valid(tmp_path_factory.mktemp("lines"))
    (descriptor.parent / "inbox").mkdir()
    rows = [
        TALKS | {"locator": str(number), "statement_id": f"s-{number}", "text": "=1" if wrong else TALKS["text"]}
        for number, wrong in enumerate(broken)
    ]
    drop(descriptor, "a.csv", as_csv(rows).replace("\n", "\n" * (gap + 1)))
    expected = [2 + gap + number * (gap + 1) for number, wrong in enumerate(broken) if wrong]
    assert [each.line for each in check(descriptor)] == expected


def test_rows_of_no_file_have_no_place(descriptor: Path) -> None:
    from claimtrack.contribute.overlay import Addition

    (found,) = problems_with(descriptor, [Addition("actors", {"actor_id": "new", "name": "New", "kind": "alien"})])
    assert (found.path, found.line, found.column, found.code) == (None, None, None, "enum-unknown")
