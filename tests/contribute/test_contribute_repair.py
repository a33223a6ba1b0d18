"""What repair does to old rows and to new ones: what is told is mended, what is not is named and left."""

from __future__ import annotations

from pathlib import Path

import pytest
from repairing import repaired_rows, repaired_table, table_bytes

from claimtrack.contribute import git
from claimtrack.contribute.changes import Cleaned
from claimtrack.contribute.repair import Base, base_of, repaired
from claimtrack.contribute.sheet import Row, read_sheet
from claimtrack.errors import UsageError
from claimtrack.schema import table_schema
from frozen import frozen


def cells_of(cleaned: Cleaned, key: str) -> Row:
    """The row of that key as it is after cleaning."""
    schema = table_schema(cleaned.name)
    rows = read_sheet(schema, cleaned.after, cleaned.path).rows
    [row] = [row for row in rows if "/".join(row[column] for column in schema.primary_key) == key]
    return row


def read_as(table: str, column: str, new: str, old: dict[str, str] | None = None) -> tuple[str, str]:
    """How the cell of a new row is read, and what is in doubt about it; `old` maps old cells to what became of them."""
    key = table_schema(table).primary_key[-1]
    befores = [{key: f"old-{at}", column: cell} for at, cell in enumerate(old or {})]
    afters = [{key: f"old-{at}", column: cell} for at, cell in enumerate((old or {}).values())]
    cleaned = repaired_rows(table, [*afters, {key: "new", column: new}], befores)
    joined = "/new" if len(table_schema(table).primary_key) > 1 else "new"
    doubts = [doubt.why for doubt in cleaned.doubts if doubt.key == joined]
    assert len(doubts) <= 1
    return cells_of(cleaned, joined)[column], "".join(doubts)


ISO = "2022-04-03T12:34:00+04:00"
DAY_FIRST = {"2022-09-13T12:34:00+04:00": "13/09/2022 12:34"}
MONTH_FIRST = {"2022-09-13T12:34:00+04:00": "9/13/2022 12:34"}
UNTOLD = "nothing tells its offset from UTC"

NEW_CELLS = [
    # Dates without a time: what stands in the calendar in one way only, and what old rows were rewritten as.
    ("sources", "published_on", "13/09/2022", {}, "2022-09-13", ""),
    ("sources", "published_on", "9/13/2022", {}, "2022-09-13", ""),
    ("sources", "published_on", "3/3/2022", {}, "2022-03-03", ""),
    ("sources", "published_on", "13.09.2022 00:00:00", {}, "2022-09-13", ""),
    ("sources", "published_on", "13 September 2022", {}, "2022-09-13", ""),
    ("sources", "published_on", "2022-9-3", {}, "2022-09-03", ""),
    ("sources", "published_on", "03/04/2022", {}, "", "it may be 2022-03-04 or 2022-04-03, and no old row shows which"),
    ("sources", "published_on", "03/04/2022", {"2022-09-13": "13/09/2022"}, "2022-04-03", ""),
    ("sources", "published_on", "03/04/2022", {"2022-09-13": "09/13/2022"}, "2022-03-04", ""),
    ("sources", "published_on", "03/04/2022", {"2022-09-13": "13.9.2022"}, "2022-04-03", ""),
    ("sources", "published_on", "03/04/2022", {"2022-03-03": "03/03/2022"}, "", "it may be"),
    ("sources", "published_on", "03/04/2022", {"2022-09-13": "13/09/2022", "2022-09-14": "9/14/2022"}, "", "it may be"),
    ("sources", "published_on", "13/09/2022", {"2022-09-14": "9/14/2022"}, "2022-09-13", ""),
    ("sources", "published_on", "13/09/22", {}, "", "it may be 2013-09-22 or 2022-09-13"),
    ("sources", "published_on", "13/09/22", {"2022-09-22": "22/09/22"}, "", "it may be"),
    ("sources", "published_on", "13/09/22", {"2022-09-30": "30/09/22"}, "2022-09-13", ""),
    ("sources", "published_on", "44817", {}, "", "it may be 2022-09-13 or 2026-09-14"),
    ("sources", "published_on", "44817", {"2022-09-14": "44818"}, "2022-09-13", ""),
    ("sources", "published_on", "13-Sep-22", {}, "", "it may be 2022-09-13"),
    ("sources", "published_on", "13/09/2022 12:34", {}, "", "it has a time, and this column has none"),
    ("sources", "published_on", "in autumn", {}, "", "it cannot be read as a value of this column"),
    # Times: without an offset nothing tells the moment.
    ("incidents", "starts_at", "13/09/2022 12:34 +04:00", {}, "2022-09-13T12:34:00+04:00", ""),
    ("incidents", "starts_at", "2022-09-13T12:34:00Z", {}, "2022-09-13T12:34:00+00:00", ""),
    ("incidents", "starts_at", "2022-09-13 12:34:56+0400", {}, "2022-09-13T12:34:56+04:00", ""),
    ("incidents", "starts_at", "13/09/2022 12:34", {}, "", f"it is 2022-09-13T12:34:00, and {UNTOLD}"),
    ("incidents", "starts_at", "03/04/2022 12:34", DAY_FIRST, "", f"it is 2022-04-03T12:34:00, and {UNTOLD}"),
    ("incidents", "starts_at", "03/04/2022 12:34 +04:00", DAY_FIRST, ISO, ""),
    ("incidents", "starts_at", "04/03/2022 12:34 PM +04:00", MONTH_FIRST, ISO, ""),
    ("incidents", "starts_at", "13/09/2022", {}, "", "it is 2022-09-13, and the time is lost"),
    (
        *("incidents", "starts_at", "14/09/2022 12:34 +04:00", {"2022-09-13T12:34:56+04:00": "13/09/2022 12:34"}, ""),
        "it is 2022-09-14T12:34, and the seconds are lost, as those of old rows were",
    ),
    # Numbers.
    ("claims", "count_min", "1,234", {}, "1234", ""),
    ("claims", "count_min", "1.234", {}, "1234", ""),
    ("claims", "count_min", "12.000", {"12": "12.000"}, "12", ""),
    ("claims", "count_min", "12.0", {}, "12", ""),
    ("claims", "count_min", "12.5", {}, "", "it cannot be read"),
    ("claims", "count_min", "a dozen", {}, "", "it cannot be read"),
    ("places", "latitude", "40,1234", {}, "40.1234", ""),
    ("places", "latitude", "40,123", {}, "40.123", ""),
    ("places", "latitude", "-1.5E+01", {}, "-15", ""),
    ("places", "latitude", "1,000", {}, "1", ""),
    ("places", "latitude", "0,001", {}, "", "it may be 0.001 or 1"),
    ("places", "latitude", "38.50", {}, "38.50", ""),
    ("places", "latitude", "95", {}, "95", ""),
    # Truth values.
    ("incidents", "single_answer", "TRUE", {}, "true", ""),
    ("incidents", "single_answer", "ЛОЖЬ", {}, "false", ""),
    ("incidents", "single_answer", "1", {}, "", "it cannot be read"),
    # Text: only what the old rows show to have happened.
    ("actors", "note", "It\u2019s so", {}, "It\u2019s so", ""),
    ("actors", "note", "It\u2019s so", {"That's it": "That\u2019s it"}, "It's so", ""),
    ("actors", "note", "one\n  two", {}, "one two", ""),
    ("actors", "note", " one\u00a0", {}, "one", ""),
    ("actors", "note", "#NAME?", {}, "", "a spreadsheet could not show what was in it"),
    ("actors", "note", "caf\u00c3\u00a9", {}, "", "letters seem to be read in a wrong encoding"),
    ("actors", "note", "caf\u00c3\u00a9", {"\u00e9t\u00e9": "\u00c3\u00a9t\u00c3\u00a9"}, "caf\u00e9", ""),
    ("actors", "note", "Is it Jermuk?", {"\u054b": "?"}, "Is it Jermuk?", ""),
    ("actors", "note", "Is it J?rmuk", {"\u054b": "?"}, "", "letters may be lost, as in old rows"),
    ("actors", "note", "Is it J?rmuk", {}, "Is it J?rmuk", ""),
    ("actors", "note", "2/3/2024", {"2-3": "2/3/2024"}, "", "it may be rewritten, as old cells of this column were"),
    ("actors", "note", "1500", {"1,200": "1200"}, "", "it may be rewritten"),
    ("actors", "note", "1500", {}, "1500", ""),
    ("actors", "note", "many", {"1,200": "1200"}, "many", ""),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "cell", "old", "value", "doubt"), NEW_CELLS)
def test_the_cell_of_a_new_row(table: str, column: str, cell: str, old: dict[str, str], value: str, doubt: str) -> None:
    read, why = read_as(table, column, cell, old)
    assert read == (value or cell)
    assert bool(why) == bool(doubt)
    assert doubt in why


OLD_CELLS = [
    ("incidents", "starts_at", ISO, "03/04/2022 12:34", "date rewritten (day before month)"),
    ("incidents", "starts_at", ISO, "4/3/2022", "date rewritten (month before day)"),
    ("incidents", "starts_at", ISO, "2022-04-03 12:34", "date rewritten (year, month, day)"),
    ("incidents", "starts_at", ISO, "03/04/2022 12:35", None),
    ("incidents", "starts_at", ISO, "03/04/2022 12:34 +03:00", None),
    ("incidents", "starts_at", ISO, "03/04/2022 12:34:01", None),
    ("incidents", "starts_at", ISO, "12:34", None),
    ("incidents", "starts_at", "not a date", "03/04/2022 12:34", None),
    ("sources", "published_on", "2022-04-03", "3-Apr-22", "year in two digits"),
    ("sources", "published_on", "2022-04-03", "03/04/2022 12:34", None),
    ("claims", "count_min", "1200", "1,200", "number rewritten (thousands set apart by a comma)"),
    ("claims", "count_min", "1200", "1?200", "number rewritten"),
    ("claims", "count_min", "1200", "1201", None),
    ("claims", "count_min", "some", "1201", None),
    ("places", "latitude", "40.10", "40,1", "number rewritten (decimals after a comma)"),
    ("incidents", "single_answer", "true", "WAHR", "truth value in capitals or another language"),
    ("incidents", "single_answer", "true", "FALSE", None),
    ("incidents", "note", "", "new", None),
    ("incidents", "note", "gone", "", None),
    ("incidents", "note", "-no comment", "#NAME?", "a spreadsheet could not show it"),
    ("incidents", "note", "13 Sep 12:34", "13/09/2024 12:34", "taken for a date"),
    ("incidents", "note", "13 Sep 12:34", "13/09/2024", None),
    ("incidents", "note", "9:00", "09:00:00", "taken for a date"),
    ("incidents", "note", "2-3", "02-Mar", "taken for a date"),
    ("incidents", "note", "2-3", "3-2", None),
    ("incidents", "note", "1,000", "1000", "taken for a number"),
    ("incidents", "note", "007", "7", "taken for a number"),
    ("incidents", "note", "true", "TRUE", "taken for a truth value"),
    ("incidents", "note", "caf\u00e9", "caf\u00c3\u00a9", "UTF-8 taken for windows-1252"),
    ("incidents", "note", "It's caf\u00e9", "It\u00e2\u20ac\u2122s caf\u00c3\u00a9", "UTF-8 taken for windows-1252"),
    ("incidents", "note", "one two", "one\ntwo", "line break in the cell"),
    ("incidents", "note", "one two", "one t\nwo", "line break in the cell; inside of a word"),
    ("incidents", "note", "one two", "one t\nwos", None),
    ("incidents", "note", "e\u0301t\u00e9", "\u00e9t\u00e9", None),
    ("incidents", "note", "so it is", "so it was", None),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "old", "new", "why"), OLD_CELLS)
def test_the_cell_of_an_old_row(table: str, column: str, old: str, new: str, why: str | None) -> None:
    key = table_schema(table).primary_key[0]
    cleaned = repaired_rows(table, [{key: "row", column: new}], [{key: "row", column: old}])
    rows = read_sheet(table_schema(table), cleaned.after, "").rows
    if why is None:
        assert rows[0][column] != old or old == new
    else:
        assert rows[0][column] == old
        [change] = cleaned.changes
        assert why in change.why
        assert (change.column, change.before, change.after, change.line) == (column, new, old, 2)


def test_an_old_row_that_somebody_changed_keeps_the_change() -> None:
    cleaned = repaired_rows(
        "sources",
        [{"source_id": "a", "title": "New", "published_on": "13/09/2022", "language": "EN"}],
        [{"source_id": "a", "title": "Old", "published_on": "2022-09-13", "language": "en"}],
    )
    row = cells_of(cleaned, "a")
    assert (row["title"], row["published_on"], row["language"]) == ("New", "2022-09-13", "EN")


def test_a_changed_date_in_the_order_of_the_others() -> None:
    old = [{"source_id": key, "published_on": "2022-09-13"} for key in "ab"]
    new = [{"source_id": "a", "published_on": "13/09/2022"}, {"source_id": "b", "published_on": "03/04/2022"}]
    assert cells_of(repaired_rows("sources", new, old), "b")["published_on"] == "2022-04-03"


CLAIM = {"claim_id": "20220403-x-aaaaaaaa", "source_id": "gazette-live"}


@pytest.mark.parametrize(
    ("column", "doubt"),
    [("reported_from", UNTOLD), ("reported_to", "it may be 2022-03-04 or 2022-04-03")],
)
def test_the_id_of_a_claim_tells_the_day_of_its_report(column: str, doubt: str) -> None:
    cleaned = repaired_rows("claims", [{**CLAIM, column: "03/04/2022 12:34"}])
    assert doubt in cleaned.doubts[0].why
    with_offset = repaired_rows("claims", [{**CLAIM, column: "03/04/2022 12:34 +04:00"}])
    assert bool(with_offset.doubts) == (column == "reported_to")


REPORTED = {"reported_from": "2020-07-06T10:00:00-06:00", "reported_to": "2020-07-06T10:00:00-06:00"}
BROKEN = {"reported_from": "7/10/2020 10:00", "reported_to": "7/13/2020 10:00", "valid_from": "7/13/2020 10:00"}


@pytest.mark.parametrize(
    ("zone", "old", "expected"),
    [
        ("America/Denver", REPORTED, "2020-07-10T10:00:00-06:00"),
        ("America/Denver", {"reported_from": "2020-07-06T10:00:00-05:00"}, None),
        ("America/Denver", {"reported_from": "nonsense"}, None),
        ("America/Denver", {"source_id": "wire-report", **REPORTED}, None),
        ("America/Nowhere", REPORTED, None),
        ("", REPORTED, None),
    ],
)
def test_a_lost_offset_of_the_publishers_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, old: dict[str, str], expected: str | None
) -> None:
    """It is told by the publisher's zone, if all that is known of that source was recorded in it."""
    old_claim = {"claim_id": "20200706-y-aaaaaaaa", "source_id": "gazette-live", **old}
    new_claim = {**CLAIM, "claim_id": "20200710-y-aaaaaaaa", **BROKEN}
    base = table_bytes("claims", [old_claim])
    descriptor = frozen("valid", tmp_path)
    actors = tmp_path / "data" / "actors.csv"
    actors.write_text(actors.read_text().replace("outlet,,farland,,", f"outlet,,farland,{zone},"))
    (tmp_path / "data" / "claims.csv").write_bytes(table_bytes("claims", [old_claim, new_claim]))
    monkeypatch.setattr(git, "content", lambda _folder, _commit, path: base if path == "data/claims.csv" else None)
    [cleaned] = [one for one in repaired(descriptor, Base("HEAD", "0")) if one.name == "claims"]
    row = cells_of(cleaned, new_claim["claim_id"])
    assert row["reported_from"] == (expected or BROKEN["reported_from"])
    assert row["valid_from"] == BROKEN["valid_from"]
    assert [doubt.column for doubt in cleaned.doubts if doubt.key == new_claim["claim_id"]] == (
        ["valid_from"] if expected else ["reported_from", "reported_to", "valid_from"]
    )
    assert any("publisher's zone" in change.why for change in cleaned.changes) == bool(expected)


@pytest.mark.parametrize(
    ("local", "offset"),
    [("11/1/2020 1:30", None), ("3/8/2020 2:30", None), ("11/15/2020 1:30", "-07:00"), ("3/15/2020 2:30", "-06:00")],
)
def test_no_offset_in_the_hours_that_a_clock_skips_or_has_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, local: str, offset: str | None
) -> None:
    old_claim = {"claim_id": "20200706-y-aaaaaaaa", "source_id": "gazette-live", **REPORTED}
    spoilt = {**old_claim, "reported_from": "7/6/2020 10:00", "reported_to": "7/13/2020 10:00"}
    spoilt["reported_to"] = REPORTED["reported_to"]
    other = {**old_claim, "claim_id": "20200713-y-aaaaaaaa", "reported_from": "2020-07-13T10:00:00-06:00"}
    new_claim = {"claim_id": "20201101-y-aaaaaaaa", "source_id": "gazette-live", "reported_to": local}
    base = table_bytes("claims", [old_claim, other])
    descriptor = frozen("valid", tmp_path)
    actors = tmp_path / "data" / "actors.csv"
    actors.write_text(actors.read_text().replace("outlet,,farland,,", "outlet,,farland,America/Denver,"))
    after = [spoilt, {**other, "reported_from": "7/13/2020 10:00"}, new_claim]
    (tmp_path / "data" / "claims.csv").write_bytes(table_bytes("claims", after))
    monkeypatch.setattr(git, "content", lambda _folder, _commit, path: base if path == "data/claims.csv" else None)
    [cleaned] = [one for one in repaired(descriptor, Base("HEAD", "0")) if one.name == "claims"]
    read = cells_of(cleaned, new_claim["claim_id"])["reported_to"]
    assert read.endswith(offset) if offset else read == local


def test_rows_whose_key_was_rewritten_are_found_again() -> None:
    old = [{"claim_id": "mar-2", "hop": "1", "relayer_id": "x"}, {"claim_id": "b", "hop": "1200"}]
    new = [{"claim_id": "02-Mar", "hop": "1", "relayer_id": "x"}, {"claim_id": "b", "hop": "1,200"}]
    assert repaired_rows("relays", new, old).after == table_bytes("relays", [old[1], old[0]])


def test_rows_whose_key_was_rewritten_stay_apart_if_there_are_two() -> None:
    old = [{"claim_id": "mar-2", "hop": "1"}]
    new = [{"claim_id": "02-Mar", "hop": "1"}, {"claim_id": "2-Mar", "hop": "1"}]
    assert len(repaired_rows("relays", new, old).after.splitlines()) == 3


def test_an_old_key_that_was_there_twice_tells_nothing() -> None:
    old = [{"claim_id": "a", "hop": "1", "relayer_id": one} for one in ("it's", "that's")]
    cleaned = repaired_rows("relays", [{"claim_id": "a", "hop": "1", "relayer_id": "it\u2019s"}], old)
    assert cells_of(cleaned, "a/1")["relayer_id"] == "it\u2019s"
    assert cleaned.warnings == ()


def test_rows_that_are_gone_are_named() -> None:
    old = [{"source_id": f"s{at}", "title": "x"} for at in range(8)]
    cleaned = repaired_rows("sources", old[:1], old)
    assert cleaned.warnings == ("rows of HEAD that are gone (7): s1, s2, s3, s4, s5, …",)
    assert repaired_rows("sources", old[:6], old).warnings == ("rows of HEAD that are gone (2): s6, s7",)


OLD = [{"source_id": "a", "title": "Old", "licence_note": "Free."}]


def without_licence_note(*rows: str) -> bytes:
    columns = [column for column in table_schema("sources").columns if column != "licence_note"]
    return "".join(f"{line}\n" for line in [",".join(columns), *(f"{row},,,,,,," for row in rows)]).encode()


def test_a_column_that_is_missing_comes_back_for_old_rows() -> None:
    cleaned = repaired_table("sources", without_licence_note("a,,Old", "b,,New"), table_bytes("sources", OLD))
    assert cells_of(cleaned, "a")["licence_note"] == "Free."
    assert cells_of(cleaned, "b")["licence_note"] == ""
    assert cleaned.notes == ("column licence_note taken over from HEAD",)
    assert cleaned.warnings == ("the file has no column licence_note: new rows (1) have it blank",)
    assert cleaned.changes == ()
    alone = repaired_table("sources", without_licence_note("a,,Old"), table_bytes("sources", OLD))
    assert alone.warnings == ()


def test_a_column_that_is_missing_stops_where_nothing_tells_what_was_in_it() -> None:
    cleaned = repaired_table("sources", without_licence_note("a,,Old"), None)
    assert not cleaned.changed
    assert [problem.code for problem in cleaned.problems] == ["header-missing"]


def test_an_encoding_that_no_old_row_confirms() -> None:
    new = [*OLD, {"source_id": "b", "title": "Caf\u00e9", "licence_note": "Free."}]
    cleaned = repaired_table(
        "sources", table_bytes("sources", new).decode().encode("cp1252"), table_bytes("sources", OLD)
    )
    assert cells_of(cleaned, "b")["title"] == "Caf\u00e9"
    assert [doubt.why for doubt in cleaned.doubts] == [
        "it was read as windows-1252, and the old rows do not confirm that"
    ]
    assert cleaned.notes == ("read as windows-1252, written in UTF-8",)


def test_an_encoding_that_the_old_rows_confirm_and_one_that_they_refute() -> None:
    old = [{"source_id": "a", "title": "\u00e9t\u00e9"}, {"source_id": "b", "title": "\u0439"}]
    new = [*old, {"source_id": "c", "title": "\u00e9"}]
    before = table_bytes("sources", old)
    data = table_bytes("sources", [old[0], new[2]]).decode().encode("cp1252")
    assert repaired_table("sources", data, table_bytes("sources", old[:1])).doubts == ()
    assert [doubt.key for doubt in repaired_table("sources", data, before).doubts] == ["c"]
    spoilt = repaired_table("sources", table_bytes("sources", new).decode().encode("cp1251", "replace"), before)
    assert cells_of(spoilt, "b")["title"] == "\u0439"
    assert [doubt.key for doubt in spoilt.doubts] == (["c"] if "\u00e9" in cells_of(spoilt, "c")["title"] else [])


def test_accents_that_windows_left_out() -> None:
    old = [{"source_id": "a", "title": "Nax\u00e7\u0131van \u015fam"}]
    data = table_bytes("sources", [{"source_id": "a", "title": "Nax\u00e7?van sam"}]).decode().encode("cp1252")
    assert cells_of(repaired_table("sources", data, table_bytes("sources", old)), "a")["title"] == old[0]["title"]


def test_quotation_marks_around_cells_made_straight() -> None:
    header = table_bytes("sources", []).decode()
    data = f"{header}a,,\u201cStrikes, and what came of them\u201d,,,,,,,,\n".encode()
    cleaned = repaired_table("sources", data, None)
    assert cells_of(cleaned, "a")["title"] == "Strikes, and what came of them"
    assert cleaned.notes == ("typographic quotation marks around cells made straight (line 2)",)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_row_that_was_pasted_with_other_delimiters(delimiter: str) -> None:
    header = table_bytes("sources", []).decode()
    row = delimiter.join(["b", "", "Strikes, and what came of them", *[""] * 8])
    cleaned = repaired_table("sources", f"{header}a,,,,,,,,,,\n{row}\n".encode(), None)
    assert cells_of(cleaned, "b")["title"] == "Strikes, and what came of them"
    assert cleaned.notes == ("cells of a row separated by commas (line 3)",)


ENTER = [("a,,A ti\ntle,,,,,,,,", "a,,A title,,,,,,,,"), ("a,,\n\nTitle,,,,,,,,", "a,,Title,,,,,,,,")]


@pytest.mark.parametrize(("broken", "whole"), ENTER)
def test_lines_are_one_row_only_where_the_base_has_that_row(broken: str, whole: str) -> None:
    header = table_bytes("sources", []).decode()
    data, old = (f"{header}{row}\nb,,,,,,,,,,\n".encode() for row in (broken, whole))
    assert repaired_table("sources", data, old).after == old
    for other in (None, old.replace(b"itle", b"itel")):
        left = repaired_table("sources", data, other)
        assert left.after == data
        assert {problem.code for problem in left.problems} == {"row-short"}


def test_a_row_below_one_that_lacks_its_last_cell_is_not_taken_into_it() -> None:
    data = table_bytes("actors", []) + b"zed,Army of Zed,armed_force,,,,Zed army\nmod-zed,Ministry of Zed\n"
    left = repaired_table("actors", data, table_bytes("actors", []))
    assert left.after == data
    assert [(problem.code, problem.line) for problem in left.problems] == [("row-short", 2), ("row-short", 3)]


def test_a_row_that_seems_broken_is_told_once() -> None:
    data = table_bytes("places", []) + b"goris,Goris\n\n,settlement,,,,,,\n"
    left = repaired_table("places", data, table_bytes("places", []))
    assert left.after == data
    assert [(problem.code, problem.line) for problem in left.problems] == [("newline-in-cell", 2)]


def test_a_second_header_is_removed() -> None:
    header = table_bytes("sources", [])
    cleaned = repaired_table("sources", header + b"a,,,,,,,,,,\n" + header + b"b,,,,,,,,,,\n", None)
    assert [cells_of(cleaned, key)["source_id"] for key in ("a", "b")] == ["a", "b"]
    assert b"source_id" not in cleaned.after[len(header) :]
    assert cleaned.notes == ("second header removed",)


UNREADABLE = [
    (b"", "file-empty"),
    (b"PK\x03\x04 a spreadsheet", "not-csv"),
    (b"a,b,c\n", "header-absent"),
    ("caf\u00e9 \u0411".encode("utf-16") + b"x", "encoding-invalid"),
    (table_bytes("sources", []) + b"a,b\n", "row-short"),
    (table_bytes("sources", []) + b"a,,b,,,,,,,,,too many\n", "row-long"),
    (table_bytes("sources", []) + b"a,,A comma, without quotation marks,,,,,,,,\n", "row-long"),
    (table_bytes("sources", []) + "a,,\u201cb, c\u201d d,,,,,,,,\n".encode(), "row-long"),
    (table_bytes("sources", []) + b'a,,"never closed,,,,,,,,\nb,,,,,,,,,,\n', "quote-unclosed"),
    (table_bytes("sources", []) + b'a,,a "stray" one,,,,,,,,\n', "quote-stray"),
    (table_bytes("sources", []) + b"<<<<<<< ours\n=======\n>>>>>>> theirs\n", "conflict-marker"),
    (table_bytes("sources", []).replace(b"title", b"titel"), "header-misspelt"),
    (table_bytes("sources", []).replace(b"\n", b",mine\n") + b"a,,,,,,,,,,,something\n", "header-extra"),
    (table_bytes("sources", []).replace(b"\n", b",\n") + b"a,,,,,,,,,,,something\n", "header-extra"),
]


@pytest.mark.parametrize(("data", "code"), UNREADABLE)
def test_a_file_that_cannot_be_told_apart_into_rows_is_left_alone(data: bytes, code: str) -> None:
    cleaned = repaired_table("sources", data, None)
    assert cleaned.after == data
    assert code in {problem.code for problem in cleaned.problems}
    assert {problem.path for problem in cleaned.problems} == {"data/sources.csv"}


def test_a_base_that_is_no_table_tells_nothing() -> None:
    cleaned = repaired_table("sources", table_bytes("sources", OLD), b"nonsense")
    assert cleaned.warnings == ("HEAD has no readable version of it: nothing tells how old rows read",)
    assert not cleaned.changed


def test_a_descriptor_without_some_tables(tmp_path: Path) -> None:
    descriptor = frozen("valid", tmp_path)
    text = descriptor.read_text(encoding="utf-8")
    for table in ("claims", "sources"):
        text = text.replace(f'"name": "{table}"', f'"name": "other-{table}"')
    descriptor.write_text(text, encoding="utf-8")
    assert {cleaned.name for cleaned in repaired(descriptor, Base(None))} >= {"actors", "links"}
    assert "claims" not in {cleaned.name for cleaned in repaired(descriptor, Base(None))}


def test_without_git_there_is_no_base_unless_one_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    descriptor = frozen("valid", tmp_path)
    monkeypatch.setenv("PATH", "")
    assert base_of(descriptor, None) == Base(None)
    with pytest.raises(UsageError, match="needs git"):
        base_of(descriptor, "HEAD")
