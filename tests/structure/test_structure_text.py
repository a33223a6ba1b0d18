"""Bytes, lines, quotes and characters: the scan of whole blocks against a slow look at every line."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimtrack.schema import table_schema
from claimtrack.structure import Raw, limits
from claimtrack.structure.cells.characters import likely_encoding, mended, odd_characters
from claimtrack.structure.rows import blocks, scan
from claimtrack.structure.rows.container import other_format, utf16
from claimtrack.structure.rows.csvfile import read_part
from claimtrack.structure.rows.header import Header
from claimtrack.structure.rows.lines import Inspector
from claimtrack.structure.rows.scan import doubtful
from claimtrack.structure.rows.split import split
from claimtrack.structure.telling.reporter import Reporter
from claimtrack.structure.telling.shown import printable, shown

TEXTS = st.text(st.sampled_from(',,,"" \n\n=+-@a1é\t\u200b\u00a0\u0301\r|'), max_size=60)
HEADER = Header(("claim_id", "hop", "relayer_id"), ",")


def blocks_of(data: bytes, size: int = limits.BLOCK_BYTES) -> list[blocks.Block]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK_BYTES", size)
        return list(blocks.blocks(io.BytesIO(data)))


@given(
    st.lists(st.sampled_from([b"a", b"bc", b"\n", b"\r\n", b"\r", "é".encode(), b"\xff"]), max_size=30),
    st.integers(1, 9),
)
def test_blocks_hold_all_lines_whatever_their_size(pieces: list[bytes], size: int) -> None:
    data = b"".join(pieces)
    found = blocks_of(data, size)
    head = data[: size + data[:size].endswith(b"\r")]
    old_mac = b"\r" in head and b"\n" not in head
    wanted = data.replace(b"\r", b"\n") if old_mac else data.replace(b"\r\n", b"\n")
    wanted += b"" if not wanted or wanted.endswith(b"\n") else b"\n"
    assert b"".join(block.data for block in found) == wanted
    lines = wanted.decode("utf-8", "surrogateescape").split("\n")[:-1]
    assert [block.text(block.first + at) for block in found for at in range(block.lines)] == lines
    assert sum(block.odd_ends for block in found) == (wanted.count(b"\n") if old_mac else data.count(b"\r\n"))


@pytest.mark.parametrize("size", [100, 3000, 10_000_000])
def test_lines_without_end_are_cut_and_named(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "LINE_BYTES", 2000)
    data = b"head\n" + b"x" * 5000 + b"\nshort\n" + b"y" * 2001 + b"\n" + b"z" * 2000
    found = blocks_of(data, size)
    assert {line: length for block in found for line, length in block.too_long.items()} == {2: 5000, 4: 2001}
    texts = [block.text(block.first + at) for block in found for at in range(block.lines)]
    assert [len(text) for text in texts] == [4, 1000, 5, 1000, 2000]
    assert [block.ended for block in found][-1] is False


def is_doubtful(line: str, width: int) -> bool:
    """The same said of one line, by the slow way."""
    cells = split(line)
    values = [cell.value for cell in cells]
    return (
        len(cells) != width
        or not any(values)
        or any(cell.quoting != "sound" for cell in cells)
        or any(list(odd_characters(value)) for value in values)
        or any(value != value.strip(" ") or (value[:1] in tuple("=+-@") and value != "") for value in values)
    )


@given(TEXTS, st.integers(1, 4), st.integers(4, 64))
@example('a,"b ",c\n', 3, 64)
@example('a,"",c\n', 3, 64)
@example('"a,b",c\n', 2, 64)
@example('a,""""\n', 2, 64)
@example('"a"" =1",b\n', 2, 64)
@example('"a, b",c\n', 2, 64)
@example('x" ,"y,z\n', 2, 64)
@example("a,b\n=1,c\n", 2, 64)
@example('""', 1, 4)
@example("=1,c\n", 2, 64)
@example('a,b\n"",""\n', 2, 64)
def test_no_doubtful_line_is_overlooked(text: str, width: int, size: int) -> None:
    for block in blocks_of(text.encode()):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(scan, "SCAN_BYTES", size)
            flags = scan.doubtful(block, width)
        for at, flag in enumerate(flags.tolist()):
            line = block.text(block.first + at)
            assert flag or not is_doubtful(line, width), line
            if not flag:
                assert next(csv.reader([line], strict=True)) == [cell.value for cell in split(line)]


@given(st.lists(st.lists(st.text('ab," é', max_size=5), min_size=2, max_size=4), min_size=1, max_size=5))
def test_sound_lines_are_split_as_the_csv_module_does(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    for line, row in zip(out.getvalue().split("\n"), rows, strict=False):
        cells = split(line)
        assert [cell.value for cell in cells] == row
        assert {cell.quoting for cell in cells} == {"sound"}
        assert [line[cell.column - 2] for cell in cells[1:]] == [","] * (len(row) - 1)
        starts = [cell.column - 1 for cell in cells] + [len(line) + 1]
        raw = [line[start : stop - 1] for start, stop in itertools.pairwise(starts)]
        assert [next(csv.reader([one or '""']))[0] for one in raw] == row


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("", [(1, "", "sound")]),
        (",", [(1, "", "sound"), (2, "", "sound")]),
        ('a,"b', [(1, "a", "sound"), (3, "b", "open")]),
        ('a,"b,c""', [(1, "a", "sound"), (3, 'b,c"', "open")]),
        ('"a"b,c', [(1, "ab", "stray"), (6, "c", "sound")]),
        ('"a" ,c', [(1, "a ", "stray"), (6, "c", "sound")]),
        ('a"b,c"d', [(1, 'a"b', "stray"), (5, 'c"d', "stray")]),
        ('""""', [(1, '"', "sound")]),
        ('"""', [(1, '"', "open")]),
    ],
)
def test_unsound_quotes(line: str, wanted: list[tuple[int, str, str]]) -> None:
    assert [(cell.column, cell.value, cell.quoting) for cell in split(line)] == wanted


@given(TEXTS, st.integers(1, 40))
def test_what_is_read_does_not_depend_on_the_size_of_blocks(text: str, size: int) -> None:
    """But for line ends of CR alone, cells with newlines and merge conflicts: these are judged by one block."""
    text = text.replace('"', "")

    def found(size: int) -> tuple[list[list[str]], list[int], list[tuple[str, int | None, int | None]]]:
        report = Reporter("relays", "data/relays.csv")
        inspector = Inspector(HEADER, ("claim_id", "hop"), report)
        parts = [
            read_part(block, doubtful(block, 3), inspector, table_schema("relays"))
            for block in blocks_of(text.encode(), size)
        ]
        rows = [list(row.values()) for part in parts for row in part.values.to_pylist()]
        lines = [line for part in parts for line in part.lines.tolist()]
        return rows, lines, [(one.code, one.line, one.column) for one in report.problems]

    first = text.encode()[: size + text.encode()[:size].endswith(b"\r")]
    judged = [b"\r" in part and b"\n" not in part for part in (first, text.encode())]
    if not any(judged):
        assert found(size) == found(limits.BLOCK_BYTES)


@pytest.mark.parametrize(
    ("text", "codes", "as_mended"),
    [
        ("plain", [], "plain"),
        ("é “x” – ’", [], "é “x” – ’"),
        ("a\u200bb", ["invisible-character"], "ab"),
        ("a\u200eb\u202ec", ["bidi-character", "invisible-character"], "abc"),
        ("a\u00a0b\tc", ["control-character", "odd-space"], "a b c"),
        ("e\u0301", ["not-nfc"], "é"),
        ("\udce9t\udce9", ["encoding-invalid"], "été"),
        ("\ufffd", ["text-garbled"], "\ufffd"),
        ("Ã©", ["text-garbled"], "Ã©"),
        ("Ð¿Ñ€", ["text-garbled"], "Ð¿Ñ€"),
        ("میک\u200cخواهم", [], "میک\u200cخواهم"),
        ("क्\u200dष", [], "क्\u200dष"),
        ("ab\u200cba", ["invisible-character"], "ab\u200cba"),
        ("\u200cخ", ["invisible-character"], "\u200cخ"),
    ],
)
def test_odd_characters(text: str, codes: list[str], as_mended: str) -> None:
    assert sorted(code for code, _ in odd_characters(text)) == codes
    assert mended(text, "windows-1252") == as_mended


@pytest.mark.parametrize(
    ("data", "named"), [(b"\x80", "0x80"), (b"\xff", "0xFF"), (b"\xe4\xf6" * 9, "0xE4 0xF6" + " 0xE4 0xF6" * 3)]
)
def test_bytes_that_are_no_utf_8_are_named_as_bytes(data: bytes, named: str) -> None:
    assert [*odd_characters(data.decode("utf-8", "surrogateescape"))] == [
        ("encoding-invalid", f"bytes that are no UTF-8 {named} at character 1 of the cell")
    ]


def test_the_first_of_several_odd_characters_is_named() -> None:
    found = dict(odd_characters("ab\u200bc\u200bd\u200b"))
    assert found == {
        "invisible-character": "the invisible character U+200B ZERO WIDTH SPACE at character 3 of the cell, and 2 more"
    }


@pytest.mark.parametrize(
    ("text", "encoding", "likely"),
    [
        ("é à ü", "windows-1252", "windows-1252"),
        ("Москва", "windows-1251", "windows-1251"),
        ("Ереван, Баку и é", "windows-1251", "windows-1251"),
    ],
)
def test_the_likely_encoding(text: str, encoding: str, likely: str) -> None:
    assert likely_encoding(text.encode(encoding, "ignore")) == likely


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"claim_id,hop\n", None),
        (b"PK,hop\n", None),
        (b"", None),
        (b"{braces},hop\n", None),
        (b"PK\x03\x04rest", "a spreadsheet or another zip archive"),
        (b"\x1f\x8b\x08", "compressed with gzip"),
        (b"\xef\xbb\xbf<html>", "a web page or XML"),
        (b"\n <?xml version='1.0'?>", "a web page or XML"),
        (b' {\n "name": 1}', "JSON"),
        (b"[[1]]", "JSON"),
        (b"{}", "JSON"),
    ],
)
def test_other_formats(head: bytes, words: str | None) -> None:
    assert other_format(head) == words


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_text_with_two_bytes_a_character_is_told(encoding: str) -> None:
    assert utf16("claim_id,hop\n".encode(encoding)) == encoding
    assert utf16(b"claim_id,hop\n") is None
    assert utf16(b"\0\0") is None


@pytest.mark.parametrize("broken", [b"\xff\xfec\0l\0a\0i", b"\xff\xfe\0\xd8\0\xd8"])
def test_text_that_is_no_utf_16_either_is_not_read_on(broken: bytes, read_with: Callable[..., Raw]) -> None:
    raw = read_with(links=broken)
    assert [problem.code for problem in raw.problems] == ["encoding-invalid"]
    assert "links" not in raw.tables


def test_a_large_file_in_utf_16_is_not_read_on(read_with: Callable[..., Raw], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimtrack.structure.rows.csvfile.UTF16_BYTES", 20)
    raw = read_with(links="claim_id,relation,other_id,basis,note\n".encode("utf-16"))
    assert [problem.code for problem in raw.problems] == ["encoding-invalid"]
    assert "links" not in raw.tables


def test_what_is_shown_is_short_and_prints() -> None:
    assert shown("a\x1b[31m\u202e'b") == '"a\\x1b[31m\\u202e\'b"'
    assert shown("x" * 81) == "'" + "x" * 79 + "…'"
    assert printable("a\x1bé\n") == "a\\x1bé\\n"
    assert np.unique([len(printable("y" * n)) for n in (161, 5000)]).tolist() == [160]
