"""Doubtful lines and headers: what is said of them, and how they are read on."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from claimtrack.rulebook import rule
from claimtrack.schema import table_schema
from claimtrack.structure import Raw
from claimtrack.structure.keys.strings import lost_keys
from claimtrack.structure.rows import blocks, lines
from claimtrack.structure.rows.csvfile import TableReader
from claimtrack.structure.rows.header import BROKEN as HEADER_BROKEN
from claimtrack.structure.rows.header import ONE_LINE, TURN, TURNED
from claimtrack.structure.telling.reporter import Reporter

HEAD = "claim_id,relation,other_id,basis,note\n"
A, B, C = "20200906-gazette-pzd3tgpk", "20200906-resident-1-5uz5gput", "20200906-gazette-cgxprxpo"
ROW = f"{A},responds_to,{B},editor,"


def found(raw: Raw) -> list[tuple[str, int | None, int | None, str | None]]:
    return [(one.code, one.line, one.column, one.field) for one in raw.problems]


def notes(raw: Raw) -> list[str]:
    return list(raw.tables["links"].cells["note"])


@pytest.mark.parametrize(
    ("rows", "problems", "note"),
    [
        ("plain\n", [], ["plain"]),
        ('"a\nb"\n', [("newline-in-cell", 2, 75, "note")], ["a b"]),
        ('"a\n\n\nb, c"\n', [("newline-in-cell", 2, 75, "note")], ["a   b, c"]),
        ('"a\nb\n', [("quote-unclosed", 2, 75, "note"), ("row-short", 3, 2, None)], ["a"]),
        (f'"a\n{C},updates,{A},editor,b\n', [("quote-unclosed", 2, 75, "note")], ["a", "b"]),
        (f'"a\n{C},updates,{A},editor,"b"\n', [("quote-unclosed", 2, 75, "note")], ["a", "b"]),
        (f'"a\n{C},updates,{A},editor,"b\n', [
            ("quote-unclosed", 2, 75, "note"), ("quote-unclosed", 3, 68, "note"),
        ], ["a", "b"]),
        ('a"b\n', [("quote-stray", 2, 75, "note")], ['a"b']),
        ('a"b,c\n', [("quote-stray", 2, 75, "note")], []),
        (" a \n", [("cell-padded", 2, 75, "note")], ["a"]),
        ("\u00a0a\n", [("odd-space", 2, 75, "note")], ["a"]),
        (" \u00a0a\n", [("cell-padded", 2, 75, "note"), ("odd-space", 2, 75, "note")], ["a"]),
        ("\u200b\n", [("invisible-character", 2, 75, "note")], [""]),
        ("a,b\n", [("row-long", 2, 77, None)], []),
        ("a,\u200b\n", [("row-long", 2, 77, None)], []),
        ("a\rb,c\n", [("control-character", 2, 75, None)], []),
        ("a\n,,,,\n", [("row-blank", 3, 1, None)], ["a"]),
        ("-1\n", [], ["-1"]),
        ("-1.5e3\n", [], ["-1.5e3"]),
        ("-\n", [("formula-cell", 2, 75, "note")], ["-"]),
        (" =1\n", [("cell-padded", 2, 75, "note"), ("formula-cell", 2, 75, "note")], ["=1"]),
        ('"=1"\n', [("formula-cell", 2, 75, "note")], ["=1"]),
    ],
)  # fmt: skip
def test_a_line_is_explained_and_read_on(
    rows: str, problems: list[tuple[str, int, int, str]], note: list[str], read_with: Callable[..., Raw]
) -> None:
    raw = read_with(links=HEAD + ROW + rows)
    assert found(raw) == problems
    assert notes(raw) == note


def test_a_cell_with_newlines_may_lie_across_the_edge_of_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = ("plain", '"one\ntwo\nthree, ""four"""', "é", '"open', " last")
    text = HEAD + "".join(f"{ROW}{note}\n" for note in rest)

    def read(size: int) -> tuple[list[list[str]], list[int], list[tuple[object, ...]]]:
        monkeypatch.setattr(blocks, "BLOCK_BYTES", size)
        report = Reporter("links", "data/links.csv")
        schema = table_schema("links")
        parts = list(TableReader(schema, report).parts_of(io.BytesIO(text.encode())))
        rows = [[*map(str, row.values())] for part in parts for row in part.values.to_pylist()]
        places = [part.block.place(int(line), 4, ",") for part in parts for line in part.lines]
        return rows, places, [(one.code, one.line, one.column, one.key) for one in report.problems]

    whole = read(len(text) * 2)
    assert whole[0][1][-1] == 'one two three, "four"'
    assert [code for code, *_ in whole[2]] == ["newline-in-cell", "quote-unclosed", "cell-padded"]
    for size in range(2 * len(ROW), len(text)):
        assert read(size) == whole


def test_a_cell_with_very_many_lines_counts_as_never_closed(read_with: Callable[..., Raw]) -> None:
    raw = read_with(links=HEAD + ROW + '"a\n' + "b\n" * 300 + 'c"\n')
    assert found(raw)[0] == ("quote-unclosed", 2, 75, "note")
    long = read_with(links=HEAD + ROW + '"a\n' + ("b" * 50_000 + "\n") * 2 + 'c"\n')
    assert found(long)[0] == ("quote-unclosed", 2, 75, "note")


def test_of_a_merge_conflict_our_side_is_read(read_with: Callable[..., Raw]) -> None:
    conflict = f"<<<<<<< HEAD\n{ROW}ours\n||||||| base\n{ROW}base\n=======\n{ROW}theirs\n{ROW} theirs \n>>>>>>> other\n"
    raw = read_with(links=HEAD + conflict + f"{C},updates,{A},editor,after\n")
    assert found(raw) == [("conflict-marker", 2, 1, None)]
    assert notes(raw) == ["ours", "after"]
    assert raw.tables["links"].lines.tolist() == [3, 10]
    assert [cells[-1] for cells in raw.tables["links"].lost] == ["base", "theirs", "theirs"]


def test_marks_without_beginning_are_reported_one_by_one(read_with: Callable[..., Raw]) -> None:
    raw = read_with(links=f"{HEAD}{ROW}a\n>>>>>>> x\n=======\n")
    assert found(raw) == [("conflict-marker", 3, 1, None), ("conflict-marker", 4, 1, None)]


def test_the_hint_names_the_text_that_lacks_its_quotes(read_with: Callable[..., Raw]) -> None:
    raw = read_with(links=f"{HEAD}{ROW}first, second\n{ROW}first,second\n")
    hint = "; is the comma before ' second' part of a text that lacks its quotation marks?"
    widths = "the header has 5 cells, the row 6"
    assert [one.message for one in raw.problems] == [widths + hint, widths]


def test_rows_that_cannot_be_told_apart_keep_their_keys(read_with: Callable[..., Raw]) -> None:
    raw = read_with(links=f"{HEAD}{ROW}\n{A},updates\n{C},updates,{A},editor,note,more\n")
    table = raw.tables["links"]
    assert lost_keys(table, ("claim_id", "other_id")) == [None, f"{C}\x1f{A}"]
    cells = table.as_far_as_sound()
    assert cells.column("claim_id").to_pylist() == [A, A, C]
    assert cells.column("other_id").to_pylist() == [B, "", A]
    assert cells.column("basis").to_pylist() == ["editor", "", ""]


@pytest.mark.parametrize(
    ("header", "row", "problems"),
    [
        ("claim_id,hop,relayer_id", "x,1,gazette", []),
        ('"claim_id","hop","relayer_id"', "x,1,gazette", []),
        ("hop,claim_id,relayer_id", "1,x,gazette", [("header-order", 1, 1, "hop")]),
        ("CLAIM-ID,Hop,relayer id", "x,1,gazette", [
            ("header-misspelt", 1, 1, "claim_id"), ("header-misspelt", 1, 10, "hop"),
            ("header-misspelt", 1, 14, "relayer_id"),
        ]),
        ("claim_id, hop,relayerid ", "x,1,gazette", [
            ("header-padded", 1, 10, "hop"), ("header-misspelt", 1, 15, "relayer_id"),
        ]),
        ("claim_id,h\u200bop,relayer_id", "x,1,gazette", [("invisible-character", 1, 10, "hop")]),
        ("claim_id,hop,hop,relayer_id", "x,1,2,gazette", [("header-repeated", 1, 14, "hop")]),
        ("claim_id,hop,,relayer_id", "x,1,2,gazette", [("header-extra", 1, 14, None)]),
        ("claim_id,hop,zzz,relayer_id", "x,1,2,gazette", [("header-extra", 1, 14, None)]),
        ('claim_id,hop,relayer_id,"zzz', "x,1,gazette,", [("quote-stray", 1, 25, None)]),
        ("claim_id|hop|relayer_id", "x|1|gazette", [("delimiter-wrong", 1, 1, None)]),
        ("claim_id;hop,relayer_id", "x;1,gazette", [
            ("header-missing", 1, 1, "hop"), ("header-misspelt", 1, 1, "claim_id"),
        ]),
        ("claimid,hops,relayer", "x,1,gazette", [
            ("header-misspelt", 1, 1, "claim_id"), ("header-misspelt", 1, 9, "hop"),
            ("header-misspelt", 1, 14, "relayer_id"),
        ]),
    ],
)  # fmt: skip
def test_a_header_is_explained_and_read_as_it_was_meant(
    header: str, row: str, problems: list[tuple[str, int, int, str]], read_with: Callable[..., Raw]
) -> None:
    raw = read_with(relays=f"{header}\n{row}\n")
    text = [one for one in found(raw) if one[0] != "reference-unknown"]
    assert text == problems
    cells = raw.tables["relays"].cells
    assert cells["relayer_id"].tolist() == ["gazette"]
    assert cells["hop"].tolist() in (["1"], [""])


@pytest.mark.parametrize("header", ["x,1,gazette", "one line of prose", "a,b,c,d", "'';''"])
def test_a_first_line_without_names_is_no_header(header: str, read_with: Callable[..., Raw]) -> None:
    raw = read_with(relays=f"{header}\nx,1,gazette\n")
    assert found(raw) == [("header-absent", 1, 1, None)]
    assert "relays" not in raw.tables


def test_a_header_with_thousands_of_names_is_not_looked_at(read_with: Callable[..., Raw]) -> None:
    raw = read_with(relays="claim_id,hop,relayer_id" + ",x" * 100_000 + "\n")
    assert found(raw) == [("header-extra", 1, 1, None)]
    assert "relays" not in raw.tables


def test_several_missing_columns_are_one_problem(read_with: Callable[..., Raw]) -> None:
    raw = read_with(links=f"claim_id,relation,other_id\n{A},updates,{B}\n")
    assert found(raw) == [("header-missing", 1, 1, "basis")]
    assert raw.problems[0].message == "the header lacks the columns basis and note"
    assert raw.tables["links"].absent == ["basis", "note"]
    assert raw.tables["links"].place(0, "note") == (2, 1)


def test_one_fault_does_not_hide_another(read_with: Callable[..., Raw]) -> None:
    raw = read_with(
        links=b"\xef\xbb\xbf"
        + HEAD.replace("note", "note ").encode()
        + f"{ROW}\xe4\r\n\n{A},updates,{A},editor,=1".encode("latin-1"),
        relays="claim_id,hop\n",
        places="nonsense\n",
    )
    assert [(one.path, *place) for one, place in zip(raw.problems, found(raw), strict=True)] == [
        ("data/links.csv", "byte-order-mark", 1, 1, None),
        ("data/links.csv", "header-padded", 1, 34, "note"),
        ("data/links.csv", "line-end", 2, 1, None),
        ("data/links.csv", "encoding-invalid", 2, 75, "note"),
        ("data/links.csv", "row-blank", 3, 1, None),
        ("data/links.csv", "formula-cell", 4, 68, "note"),
        ("data/links.csv", "final-newline-missing", 4, 70, None),
        ("data/places.csv", "header-absent", 1, 1, None),
        ("data/relays.csv", "header-missing", 1, 1, "relayer_id"),
    ]


PLACES = "place_id,name,kind,part_of,also_within,time_zone,latitude,longitude,aliases\n"
RELAYS = "claim_id,hop,relayer_id\n"
BROKEN = "the row goes on in line 3, as if Enter had been pressed in it"


@pytest.mark.parametrize(
    ("table", "text", "code", "words", "fix"),
    [
        # A comma that is missing, and a row that just ends.
        (
            "places",
            f"{PLACES}goris,Gorissettlement,,,,39.5,46.3,\n",
            "row-short",
            "the header has 9 cells, the row 8; the first that does not fit is '39.5' (time_zone): is a comma missing "
            "before it?",
            None,
        ),
        ("places", f"{PLACES}goris,Goris\n", "row-short", "the row 2: there is none for kind", None),
        (
            "places",
            f"{PLACES},one place\n",
            "row-short",
            "the row 2; nothing stands in it but 'one place'",
            "Delete the line if it is no row; join it to the line above if it is the end of that.",
        ),
        # Another delimiter, as a spreadsheet of another country copies it.
        (
            "places",
            f"{PLACES}goris;Goris;settlement;;;;39,5;46,3;\n",
            "row-short",
            "the row 3; they are separated by ';'",
            "Put a comma in the place of each ';' that separates two cells.",
        ),
        (
            "places",
            f"{PLACES}goris\tGoris, the town\tsettlement\t\t\t\t\t\t\n",
            "row-short",
            "the row 2; they are separated by a tab",
            "Put a comma in the place of each tab that separates two cells. Enclose a text that has a comma in it in "
            "quotation marks.",
        ),
        (
            "places",
            f'{PLACES}goris\tGoris\tsettlement\t\t\t\t\t\t"Gorus, the ""old"" one"\n',
            "row-short",
            "the row 2; they are separated by a tab",
            "Put a comma in the place of each tab that separates two cells. Enclose a text that has a comma in it in "
            "quotation marks.",
        ),
        # A row that somebody has broken with Enter, in a cell and between two of them.
        *(
            ("places", f"{PLACES}goris,Goris{end}settlement,,,,,,\n", "newline-in-cell", BROKEN, ONE_LINE)
            for end in (" \nthe town,", ",\n", "\n\n,")
        ),
        # A row of another table.
        (
            "relays",
            f"{RELAYS}a-b-c,compatible,a-b-d,editor,They say the same.\n",
            "row-long",
            "the header has 3 cells, the row 5; it is a row of links by what stands in it",
            "Move it to the file of links.",
        ),
        (
            "relays",
            f"{RELAYS}a-b-c,1,gazetted-e-f,2,gazette\n",
            "row-long",
            "do two rows stand in one line, the second from 'gazetted-e-f' on?",
            "Press Enter where the second row begins.",
        ),
        # A row at the end of another one.
        (
            "places",
            f"{PLACES}a,A,settlement,,,,,,{'x' * 60}|Bgoris,Goris,settlement,,,,,,\n",
            "row-long",
            f"the row 17; do two rows stand in one line, the second from '…{'x' * 33}|Bgoris' on?",
            "Press Enter where the second row begins.",
        ),
        (
            "relays",
            f"{RELAYS}a-b-c,1,gazette, the evening paper, and others\n",
            "row-long",
            "is the comma before ' the evening paper' part of a text that lacks its quotation marks?",
            None,
        ),
        # Commas in numbers and in text, and one too many.
        (
            "places",
            f"{PLACES}goris,Goris,settlement,,,,39,5,46.3,\n",
            "row-long",
            "is '39,5' one number?",
            "Write 39.5.",
        ),
        ("relays", f"{RELAYS}a-b-c,1,200,gazette\n", "row-long", "is '1,200' one number?", "Write 1200."),
        (
            "places",
            f"{PLACES}goris,Goris, the town,settlement,,,,,,\n",
            "row-long",
            "is the comma before ' the town' part of a text that lacks its quotation marks?",
            None,
        ),
        (
            "places",
            f"{PLACES}goris,,Goris,settlement,,,,,,\n",
            "row-long",
            "the first that does not fit is 'Goris' (kind): is there a comma too many before it?",
            None,
        ),
        ("places", f"{PLACES}goris,Goris,settlement,,,,,,,\n", "row-long", "the header has 9 cells, the row 10", None),
    ],
)
def test_why_a_row_has_too_few_or_too_many_cells(table: str, text: str, code: str, words: str, fix: str | None) -> None:
    report = Reporter(table, "a.csv")
    for _ in TableReader(table_schema(table), report).parts_of(io.BytesIO(text.encode())):
        pass
    (found,) = report.problems
    assert found.code == code
    assert found.message.endswith(words)
    assert found.fix == (fix or rule(code).fix)


def test_a_row_that_is_separated_otherwise_is_named_by_its_key() -> None:
    report = Reporter("places", "a.csv")
    for _ in TableReader(table_schema("places"), report).parts_of(io.BytesIO(f"{PLACES}a;A;;;;;;;\n".encode())):
        pass
    assert [one.key for one in report.problems] == ["a"]


ABSENT = [
    ("sep=;\n", 2),
    ("\n", 2),
    ("Places\n\nof the border\n", 4),
    ("Places\n" * 9, 10),
]


@pytest.mark.parametrize(("above", "line"), ABSENT)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_what_stands_above_the_header_is_told(above: str, line: int, delimiter: str) -> None:
    report = Reporter("places", "a.csv")
    text = above + PLACES.replace(",", delimiter)
    assert not list(TableReader(table_schema("places"), report).parts_of(io.BytesIO(text.encode())))
    (found,) = report.problems
    assert (found.code, found.line) == ("header-absent", 1)
    assert found.message.endswith(f"; they stand in line {line}")
    assert found.fix == f"Delete what stands above line {line}."


CORRECTIONS = "claim_id,column,old,new,corrected_on,reason\n"
ONLY_LIKE_BROKEN = [
    # A whole row, the side of a merge, what fits nowhere when it is put behind the line above.
    *(
        ("relays", f"{RELAYS}total\n{more}")
        for more in ("a-b-c,1,gazette\n", "<<<<<<< a\n,1,gazette\n", ",one,gazette\n", "x,1,y,z\n")
    ),
    # The line above may be a row that lacks its last cells.
    ("places", f"{PLACES}goris,Goris,settlement,,,,,\nsisian,Sisian\n"),
    ("places", f"{PLACES}goris,Goris,settlement,,,,,old\nTotal: 2,\n"),
    # What follows may be the beginning of another row, or does not complete the one above.
    ("corrections", f"{CORRECTIONS}a-b-c,note,old\nd-e-f,note,2022-09-14,why\n"),
    ("places", f"{PLACES}goris,Goris\n,,,,,,,\n"),
]


def test_what_only_looks_like_a_row_that_was_broken() -> None:
    for table, text in ONLY_LIKE_BROKEN:
        report = Reporter(table, "a.csv")
        list(TableReader(table_schema(table), report).parts_of(io.BytesIO(text.encode())))
        assert "newline-in-cell" not in {one.code for one in report.problems}


ASTRAY = [
    ("place_id\nname\nkind,settlement\n", TURNED, TURN),
    ("column,what was typed\nplace_id,goris\nname,Goris\nkind,settlement\n", TURNED, TURN),
    (PLACES.replace(",kind,", "\n,kind,"), HEADER_BROKEN, ONE_LINE),
    (PLACES.replace(",kind,", ",ki\nnd,"), HEADER_BROKEN, ONE_LINE),
    (f'"{PLACES.strip()}"\n"goris,Goris,settlement,,,,,,"\n', "; all of them stand in one cell, separated by ','", ""),
    (f'"{PLACES.strip().replace(",", ";")}"\n', "; all of them stand in one cell, separated by ';'", ""),
]


@pytest.mark.parametrize(("text", "words", "fix"), ASTRAY)
def test_names_of_columns_in_one_column_or_one_cell(text: str, words: str, fix: str) -> None:
    report = Reporter("places", "a.csv")
    assert not list(TableReader(table_schema("places"), report).parts_of(io.BytesIO(text.encode())))
    (found,) = report.problems
    assert (found.code, found.line) == ("header-absent", 1)
    assert found.message.endswith(words)
    assert (found.fix or "").startswith(fix or "Mark that column in a spreadsheet, split it there")


def test_a_header_that_is_nowhere_near_is_not_looked_for() -> None:
    report = Reporter("places", "a.csv")
    for _ in TableReader(table_schema("places"), report).parts_of(
        io.BytesIO(f"{'x' * 9}\n".encode() * 10 + PLACES.encode())
    ):
        pass
    assert [one.fix for one in report.problems] == [rule("header-absent").fix]


def test_a_second_header_is_found_in_every_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK_BYTES", len(RELAYS))
    report = Reporter("relays", "a.csv")
    text = f"{RELAYS}a-b-c,1,gazette\n{RELAYS}{RELAYS}d-e-f,1,gazette\n{RELAYS.rstrip()}"
    parts = list(TableReader(table_schema("relays"), report).parts_of(io.BytesIO(text.encode())))
    assert [row for part in parts for row in part.lines.tolist()] == [2, 5]
    again = [one.line for one in report.problems if one.code == "header-again"]
    assert again == [3, 4, 6]
    assert {one.code for one in report.problems} == {"header-again", "final-newline-missing"}


def test_bytes_that_are_no_text_in_a_row_with_too_few_cells() -> None:
    report = Reporter("places", "a.csv")
    data = PLACES.encode() + b"g\xf4ris,Goris,,,,,,\n"
    for _ in TableReader(table_schema("places"), report).parts_of(io.BytesIO(data)):
        pass
    assert [one.code for one in report.problems] == ["encoding-invalid", "row-short"]
    assert report.problems[-1].message.endswith("'gôris' (place_id): is a comma missing before it?")


def test_of_very_many_such_rows_the_first_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "HINTS", 2)
    report = Reporter("relays", "a.csv")
    text = RELAYS + "a-b-c,1,200,gazette\n" * 4
    for _ in TableReader(table_schema("relays"), report).parts_of(io.BytesIO(text.encode())):
        pass
    assert [one.fix == "Write 1200." for one in report.problems] == [True, True, False, False]
