"""Templates: the right columns, drop-downs from the package, and a way back that changes no cell."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from claimtrack.contribute import sheet_parts, sheets, workbook
from claimtrack.contribute.offset import OFFSET
from claimtrack.contribute.questions import ORDER, allowed, claims, kinds, known_kind, required_by, used_by
from claimtrack.contribute.template import csv_template, xlsx_template
from claimtrack.contribute.workbook import read_workbook
from claimtrack.contribute.workbook_row import Cells
from claimtrack.errors import DataError, UsageError
from claimtrack.locate import shipped_root
from claimtrack.package import Package, load
from mutations import valid
from new_claims import ALL, BLAME, COUNT, TALKS, fill


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return load(valid(tmp_path_factory.mktemp("valid")))


@pytest.fixture
def template(package: Package, tmp_path: Path) -> Path:
    path = tmp_path / "new.xlsx"
    path.write_bytes(xlsx_template(package))
    return path


def read(path: Path) -> Cells:
    return read_workbook(claims(), path.read_bytes(), path.name)


def whole(row: dict[str, str]) -> dict[str, str]:
    return dict.fromkeys(claims().columns, "") | row


# Kind, columns that it uses, columns that it does not.
USED = [
    (None, ("valid_mode", "count_min", "answer"), ()),
    ("count", ("count_min", "count_text", "incident_id"), ("valid_mode", "answer")),
    ("ceasefire", ("valid_mode", "answer"), ("count_min", "count_basis")),
    ("attribution", ("incident_id", "valid_mode"), ("count_text",)),
]


@pytest.mark.parametrize(("kind", "used", "unused"), USED)
def test_csv_has_the_columns_of_the_kind(kind: str | None, used: tuple[str, ...], unused: tuple[str, ...]) -> None:
    columns = csv_template(kind).removesuffix("\n").split(",")
    assert columns == [column for column in claims().columns if column in columns]
    assert set(used) < set(columns)
    assert not set(unused) & set(columns)
    assert {"claim_id", "kind", "source_id", "text"} < set(columns)


def test_every_column_is_asked_for_once() -> None:
    assert sorted(("claim_id", *ORDER)) == sorted(claims().columns)


def test_what_kinds_require() -> None:
    assert "incident_id" in required_by("attribution")
    assert "incident_id" not in required_by("count")
    assert "claim_id" not in required_by(None)
    assert known_kind("count") == "count"
    with pytest.raises(UsageError, match="there is no kind 'counts'; there are count, ceasefire"):
        known_kind("counts")


ALLOWED = [
    ("claim_id", "leave it blank"),
    ("claimant_id", "one from actors.csv"),
    ("polarity", "one of asserts, denies, cannot_confirm"),
    ("valid_from", "2022-09-13T12:34:00+04:00"),
    ("count_min", "whole number"),
    ("count_approx", "true or false"),
    ("answer", "lower case"),
    ("note", "text"),
]


@pytest.mark.parametrize(("column", "words"), ALLOWED)
def test_allowed_values_in_words(column: str, words: str) -> None:
    assert words in allowed(claims().field(column))


def test_the_workbook_explains_itself(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    assert book.sheetnames == ["claims", "columns", "ids", "values"]
    sheet = book["claims"]
    assert [cell.value for cell in sheet[1]] == list(ALL)
    assert {sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]} == {"@"}
    told = {row[0].value: [cell.value for cell in row] for row in book["columns"].iter_rows(min_row=2)}
    assert list(told) == list(ALL)
    assert told["certainty"][2] == claims().field("certainty").description
    assert told["certainty"][5] == "yes"
    assert told["claim_id"][5] is None
    values = [[cell.value for cell in row] for row in book["values"].iter_rows(min_row=2)]
    for field in claims().fields:
        meanings = [[field.name, value, meaning] for value, meaning in field.meanings.items()]
        assert [row for row in values if row[0] == field.name and field.enum] == meanings


def offered(path: Path) -> dict[str, list[Any]]:
    """What each drop-down offers, by column; formulas that follow the row as they stand."""
    book = openpyxl.load_workbook(path)
    sheet = book["claims"]
    found: dict[str, list[Any]] = {}
    for rule in sheet.data_validations.dataValidation:
        column = sheet[f"{str(rule.sqref).split(':')[0].rstrip('2')}1"].value
        assert rule.prompt
        assert len(rule.prompt) <= 255
        if rule.type == "list":
            formula = rule.formula1
            assert not formula.startswith("="), "what a strict spreadsheet takes for no formula at all"
            where = book.defined_names[formula].attr_text if formula in book.defined_names else formula
            if "!" in where:
                name, cells = where.split("!")
                found[column] = [cell.value for (cell,) in book[name][cells.replace("$", "")]]
            else:
                found[column] = [formula]
    return found


def test_drop_downs_offer_vocabularies_and_ids(template: Path, package: Package) -> None:
    lists = offered(template)
    for field in claims().fields:
        if field.enum:
            assert lists[field.name] == list(field.enum)
    assert lists["count_approx"] == ["true", "false"]
    for column, table in (("claimant_id", "actors"), ("place_id", "places"), ("source_id", "sources")):
        assert lists[column] == sorted(package.frames[table].iloc[:, 0])
    assert lists["predicate"] == ['INDIRECT("predicates_"&$B2)']
    assert set(lists) == {*(f.name for f in claims().fields if f.enum), "count_approx", "predicate"} | {
        *("claimant_id", "source_id", "place_id", "incident_id", "actor_id", "target_id")
    }


@pytest.mark.parametrize("kind", kinds())
def test_drop_downs_of_one_kind(kind: str, package: Package, tmp_path: Path) -> None:
    path = tmp_path / "kind.xlsx"
    path.write_bytes(xlsx_template(package, kind))
    lists = offered(path)
    own = package.predicates["predicate"][package.predicates["kind"] == kind]
    assert lists["kind"] == [kind]
    assert lists["predicate"] == sorted(own)
    assert [cell.value for cell in openpyxl.load_workbook(path)["claims"][1]] == [*used_by(kind), OFFSET]


def test_what_is_typed_comes_back(template: Path) -> None:
    rows = [TALKS, BLAME | {"locator": "1-2", "quote": "=1+1", "note": "01234"}, COUNT]
    found = read(fill(template, rows))
    assert found == Cells([whole(row) for row in rows], [2, 3, 4])


def test_an_empty_template_has_no_rows(template: Path) -> None:
    assert read(template) == Cells()


def test_blank_rows_are_left_out_and_lines_kept(template: Path) -> None:
    found = read(fill(template, [TALKS, {"note": ""}, TALKS]))
    assert found.lines == [2, 4]


# A cell that the spreadsheet made its own kind of, and how it reads.
PLAIN = [
    ("count_min", 15, "15"),
    ("count_min", 15.0, "15"),
    ("count_min", 1.5, "1.5"),
    ("count_min", 1e20, "100000000000000000000"),
    ("count_approx", True, "true"),
    ("count_approx", False, "false"),
    ("locator", 42, "42"),
]


@pytest.mark.parametrize(("column", "value", "text"), PLAIN)
def test_cells_that_are_no_text(template: Path, column: str, value: Any, text: str) -> None:
    found = read(fill(template, [COUNT | {column: value}], {column: "General"}))
    assert found.rows[0][column] == text
    assert not found.problems


CLOCK = "yyyy-mm-dd hh:mm:ss"
MOMENT = datetime(2020, 9, 6, 18, 31)
# Column, value, its format, the row's offset; then how it reads, or the code of what is wrong.
DATES = [
    ("reported_from", MOMENT, CLOCK, "+00:00", "2020-09-06T18:31:00+00:00"),
    ("reported_from", MOMENT, "dd/mm/yyyy hh:mm", "-03:30", "2020-09-06T18:31:00-03:30"),
    ("reported_from", MOMENT, "dd/mm/yyyy hh:mm", "−03:30", "2020-09-06T18:31:00-03:30"),
    ("reported_from", datetime(2020, 9, 6, 18, 30, 59, 999_000), CLOCK, "+04:00", "2020-09-06T18:31:00+04:00"),
    ("reported_from", datetime(2020, 9, 6, 0, 0), CLOCK, "+04:00", "2020-09-06T00:00:00+04:00"),
    ("reported_from", MOMENT, CLOCK, None, "datetime-no-offset"),
    ("reported_from", MOMENT, CLOCK, "4", "datetime-no-offset"),
    ("reported_from", MOMENT, CLOCK, "-00:00", "datetime-no-offset"),
    ("reported_from", MOMENT, CLOCK, 4, "datetime-no-offset"),
    ("reported_from", MOMENT.replace(microsecond=500_000), CLOCK, "+04:00", "datetime-invalid"),
    ("reported_from", date(2020, 9, 6), "dd/mm/yyyy", "+04:00", "datetime-invalid"),
    ("reported_from", time(18, 31), "hh:mm", "+04:00", "datetime-invalid"),
    ("locator", datetime(2020, 9, 6, 18, 31), "d mmm hh:mm", "+04:00", "spreadsheet-date"),
]


@pytest.mark.parametrize(("column", "value", "shown_as", "offset", "expected"), DATES)
def test_date_cells_are_read_only_where_plain(
    template: Path, column: str, value: Any, shown_as: str, offset: Any, expected: str
) -> None:
    found = read(fill(template, [TALKS | {column: value, OFFSET: offset}], {column: shown_as}))
    if expected[0].isdigit():
        assert found.rows[0][column] == expected
        assert found.notices == [f"new.xlsx:2: the date cell in {column} was read as {expected}"]
        assert not found.problems
    else:
        assert found.rows[0][column] == ""
        assert not found.notices
        assert expected in {problem.code for problem in found.problems}
        assert {(problem.path, problem.line) for problem in found.problems} == {("new.xlsx", 2)}


def saved(labels: list[Any], *rows: list[Any], title: str = "claims") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    book.active.append(labels)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def zipped_anew(workbook: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A workbook with other parts; None for one that is left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if (part := change(name, old.read(name))) is not None:
                new.writestr(name, part)
    return out.getvalue()


def with_broken_sheet() -> bytes:
    """A workbook whose sheet ends in the middle of a tag."""
    return zipped_anew(saved(["kind", "source_id"]), lambda name, part: part[:-30] if "worksheets" in name else part)


def with_merged_kinds() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(saved(["kind", "source_id"], ["count", "x"], [None, "y"])))
    book.active.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


RELATED = "_rels/.rels"


@pytest.mark.parametrize(
    "change",
    [
        lambda name, part: None if name == RELATED else part,
        lambda name, part: part.replace(b"core-properties", b"officeDocument") if name == RELATED else part,
    ],
    ids=["no relations", "two books"],
)
def test_a_workbook_is_found_by_the_kind_of_its_part(change: Callable[[str, bytes], bytes | None]) -> None:
    found = read_workbook(claims(), zipped_anew(with_merged_kinds(), change), "a.xlsx")
    assert [row["source_id"] for row in found.rows] == ["x", "y"]
    assert [(problem.code, problem.line) for problem in found.problems] == [("cells-merged", 2)]


def test_a_sheet_of_which_only_the_cells_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_parts, "_book", lambda archive: "xl/styles.xml")
    found = read_workbook(claims(), saved(["kind", "source_id"], ["count", "x"]), "a.xlsx")
    assert [row["source_id"] for row in found.rows] == ["x"]
    assert found.notices == ["a.xlsx: whether cells of the sheet 'claims' are merged or hidden cannot be found out"]


# Bytes that are no workbook of ours, the code that says so, and words of the message.
REFUSED = [
    (b"claim_id,kind\n", "not-csv", "no workbook"),
    (zipped(a="b"), "not-csv", "no workbook"),
    (saved(["kind", "source_id"])[:-200], "not-csv", "no workbook"),
    (with_broken_sheet(), "not-csv", "no workbook"),
    (saved([]), "header-absent", "does not hold the names"),
    (saved(["a", "b"]), "header-absent", "does not hold the names"),
    (saved(["kind", "source_id", "colour"]), "header-extra", "'colour'"),
    (saved(["kind", "source_id", "kind"]), "header-repeated", "kind is there twice"),
    (saved(["kind", "source_id", "Kind"]), "header-repeated", "kind is there twice"),
    (
        saved(["kind", "source_id", "claiment_id"]),
        "header-misspelt",
        "there is no column 'claiment_id'; claimant_id is probably meant",
    ),
    (saved(["kind", "source_id", "UTC offset"]), "header-misspelt", "utc_offset is probably meant"),
]


@pytest.mark.parametrize(("data", "code", "words"), REFUSED)
def test_what_is_no_template_is_refused(data: bytes, code: str, words: str) -> None:
    with pytest.raises(DataError) as refused:
        read_workbook(claims(), data, "inbox/a.xlsx")
    assert [(problem.code, problem.path) for problem in refused.value.problems] == [(code, "inbox/a.xlsx")]
    assert words in refused.value.problems[0].message


def test_names_of_columns_in_capitals() -> None:
    """As in a CSV: which column is meant is told for each of them."""
    with pytest.raises(DataError) as refused:
        read_workbook(claims(), saved(["CLAIM_ID", "KIND"], ["", "count"]), "inbox/a.xlsx")
    assert [(problem.code, problem.line, problem.field, problem.message) for problem in refused.value.problems] == [
        ("header-misspelt", 1, "claim_id", "there is no column 'CLAIM_ID'; claim_id is probably meant"),
        ("header-misspelt", 1, "kind", "there is no column 'KIND'; kind is probably meant"),
    ]
    assert {problem.fix for problem in refused.value.problems} == {"Write the name as the message gives it."}


def test_a_sheet_of_another_name_and_a_cell_beside_the_columns() -> None:
    found = read_workbook(claims(), saved(["kind", "source_id"], ["count", "x", "stray"], title="Sheet1"), "a.xlsx")
    assert found.rows == [whole({"kind": "count", "source_id": "x"})]
    (problem,) = found.problems
    assert (problem.code, problem.line) == ("row-long", 2)
    assert problem.message == "the row has cells in columns without a name: C2 ('stray')"
    assert problem.fix == "Delete what stands there, or put the name of its column into the first row."


def test_many_cells_beside_the_columns() -> None:
    found = read_workbook(claims(), saved(["kind", "source_id"], ["count", "x", 1, 2, None, 3, 4, 5]), "a.xlsx")
    (problem,) = found.problems
    assert problem.message == "the row has cells in columns without a name: C2 ('1'), D2 ('2'), F2 ('3') and 2 more"


@pytest.mark.parametrize("column", ["count_text", "locator", "time_text"])
def test_what_a_source_prints_is_typed_again_where_it_became_a_date(template: Path, column: str) -> None:
    found = read(fill(template, [COUNT | {column: datetime(2022, 9, 12)}], {column: "d mmm"}))
    (problem,) = found.problems
    assert (problem.code, problem.field) == ("spreadsheet-date", column)
    assert problem.fix == "Format the cell as text and type again what the source prints."


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(["kind", "source_id"], *[["count", "x"]] * 4)
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    found = read_workbook(claims(), data, "a.xlsx")
    assert len(found.rows) == 3
    assert [problem.code for problem in found.problems] == ["file-too-large"]
    monkeypatch.setattr(workbook, "EXPANDED", 10)
    with pytest.raises(DataError, match="too large once unpacked"):
        read_workbook(claims(), data, "a.xlsx")


def test_without_openpyxl(monkeypatch: pytest.MonkeyPatch, package: Package) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(UsageError, match=r"pip install 'claimtrack\[xlsx\]'"):
        xlsx_template(package)


def test_the_table_that_people_download_has_all_columns() -> None:
    assert (shipped_root() / "docs" / "new-claims.csv").read_text(encoding="utf-8") == csv_template(), (
        "run: claimtrack template csv > docs/new-claims.csv"
    )
