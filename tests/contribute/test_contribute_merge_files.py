"""The merge of files: which table they are, what they are called, and what happens where they are no table."""

from __future__ import annotations

from pathlib import Path

import pytest
from repairing import table_bytes

from claimtrack.contribute.merge_files import FileMerge, merge_files
from claimtrack.errors import UsageError

A = {"source_id": "a", "title": "A"}
B = {"source_id": "b", "title": "B"}
C = {"source_id": "c", "title": "C"}


def merge(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> tuple[FileMerge, bytes]:
    paths = [folder / name for name in ("base", "ours", "theirs")]
    for path, data in zip(paths, (base, ours, theirs), strict=True):
        path.write_bytes(data)
    result = merge_files(*paths, "data/sources.csv")
    assert paths[0].read_bytes() == base
    assert paths[2].read_bytes() == theirs
    return result, paths[1].read_bytes()


def test_the_result_is_canonical_however_the_sides_are_spelled(tmp_path: Path) -> None:
    ours = b"\xef\xbb\xbf" + table_bytes("sources", [B, A]).replace(b"\n", b"\r\n")
    theirs = table_bytes("sources", [C, {**A, "title": " A "}])
    result, written = merge(tmp_path, table_bytes("sources", [A]), ours, theirs)
    assert result.clean
    assert written == table_bytes("sources", [A, B, C])


def test_a_table_that_both_sides_add(tmp_path: Path) -> None:
    ours, theirs = table_bytes("sources", [A]), table_bytes("sources", [B])
    assert merge(tmp_path, b"", ours, theirs) == (FileMerge([]), table_bytes("sources", [A, B]))
    assert merge(tmp_path, ours, b"", ours) == (FileMerge([]), table_bytes("sources", []))


def test_conflicts_between_markers_in_the_base_leave_their_rows_open(tmp_path: Path) -> None:
    header, a, b = table_bytes("sources", [A, B]).splitlines(keepends=True)
    other = a.replace(b"A", b"X")
    base = header + b"<<<<<<< one\n" + a + b"||||||| old\n=======\n" + other + b">>>>>>> two\n" + b
    result, _ = merge(tmp_path, base, header + a + b, header + other)
    assert [(told.key, told.column, told.base) for told in result.conflicts] == [("a", "title", None)]
    result, written = merge(tmp_path, base, header + a + b, header + a)
    assert (result.clean, written) == (True, header + a)


BROKEN = table_bytes("sources", [A]) + b'b,,"open,,,,,,,,\n'


def test_what_is_no_table_is_merged_as_text_and_counts_as_a_conflict(tmp_path: Path) -> None:
    base = table_bytes("sources", [A, B, C])
    result, written = merge(tmp_path, base, base.replace(b",A,", b",X,"), base + b'd,,"open,,,,,,,,\n')
    assert (result.clean, result.as_text) == (False, True)
    assert [(one.path, one.line, one.code) for one in result.problems] == [
        ("data/sources.csv (theirs)", 5, "quote-unclosed")
    ]
    assert written == base.replace(b",A,", b",X,") + b'd,,"open,,,,,,,,\n'
    result, written = merge(tmp_path, base, BROKEN, base.replace(b",A,", b",X,"))
    assert result.problems[0].path == "data/sources.csv (ours)"
    assert b"<<<<<<< ours\n" in written
    result, _ = merge(tmp_path, BROKEN, base, base)
    assert result.problems[0].path == "data/sources.csv (base)"


def test_files_of_some_other_table_are_merged_as_text(tmp_path: Path) -> None:
    result, written = merge(tmp_path, b"x\n1\n", b"x\n1\n", b"x\n2\n")
    assert [one.code for one in result.problems] == ["header-absent"]
    assert written == b"x\n2\n"


def test_what_git_cannot_merge_as_text_either_is_left_alone(tmp_path: Path) -> None:
    base = table_bytes("sources", [A])
    result, written = merge(tmp_path, base, base, base.decode().encode("utf-16"))
    assert (result.clean, result.as_text) == (False, False)
    assert written == base


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "base").touch()
    with pytest.raises(UsageError, match="ours cannot be read: No such file"):
        merge_files(tmp_path / "base", tmp_path / "ours", tmp_path / "theirs", "x")
