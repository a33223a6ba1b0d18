"""Folding: all rows or none, nothing lost on the way, and what looks like a double pointed out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimtrack.contribute import fold as module
from claimtrack.contribute.fmt import formatted
from claimtrack.contribute.fold import Folded, carry_out, plan
from claimtrack.contribute.inbox import Entries, check, entry, inbox_files, read_entries
from claimtrack.contribute.overlay import Addition
from claimtrack.contribute.template import csv_template, xlsx_template
from claimtrack.errors import DataError, UsageError
from claimtrack.package import load
from claimtrack.validation import validate
from mutations import build, valid
from new_claims import BLAME, COUNT, TALKS, TALKS_ID, as_csv, fill

Row = dict[str, str]


@pytest.fixture
def descriptor(tmp_path: Path) -> Path:
    path = valid(tmp_path / "package")
    (path.parent / "inbox").mkdir()
    return path


def table(descriptor: Path, name: str = "claims") -> list[Row]:
    return list(csv.DictReader(io.StringIO((descriptor.parent / "data" / f"{name}.csv").read_text("utf-8"))))


def drop(descriptor: Path, **files: str) -> list[Path]:
    for name, text in files.items():
        (descriptor.parent / "inbox" / f"{name}.csv").write_text(text, "utf-8")
    return inbox_files(descriptor.parent)


def planned(descriptor: Path, paths: list[Path]) -> Folded:
    return plan(descriptor, read_entries(descriptor.parent, paths))


def fold(descriptor: Path, paths: list[Path]) -> Folded:
    done = planned(descriptor, paths)
    carry_out(descriptor, done, paths)
    return done


def test_rows_move_and_the_inbox_is_empty(descriptor: Path) -> None:
    before = table(descriptor)
    paths = drop(descriptor, a=as_csv([TALKS, BLAME]), b=as_csv([COUNT | {"note": 'ö, "quoted"'}], delimiter=";"))
    done = fold(descriptor, paths)
    after = table(descriptor)
    ids = [row.cells["claim_id"] for row in done.added]
    assert TALKS_ID in ids
    assert [row for row in after if row["claim_id"] not in ids] == sorted(before, key=lambda row: row["claim_id"])
    assert {row["text"] for row in after if row["claim_id"] in ids} == {TALKS["text"], BLAME["text"], COUNT["text"]}
    assert 'ö, "quoted"' in {row["note"] for row in after}
    assert after == sorted(after, key=lambda row: row["claim_id"])
    assert inbox_files(descriptor.parent) == []
    assert validate(descriptor) == []
    assert done.problems == ()


def test_the_table_is_canonical(descriptor: Path) -> None:
    from claimtrack.contribute.fmt import formatted

    fold(descriptor, drop(descriptor, a=as_csv([TALKS])))
    (claims,) = (cleaned for cleaned in formatted(descriptor) if cleaned.name == "claims")
    assert not claims.changed


def test_files_elsewhere_stay(descriptor: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(as_csv([TALKS]))
    drop(descriptor, a=as_csv([BLAME]))
    done = fold(descriptor, [path])
    assert [(row.cells["claim_id"], row.path) for row in done.added] == [(TALKS_ID, path.as_posix())]
    assert path.exists()
    assert len(inbox_files(descriptor.parent)) == 1


def test_a_workbook(descriptor: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    path.write_bytes(xlsx_template(load(descriptor)))
    fold(descriptor, [fill(path, [TALKS | {"locator": "1-2"}, COUNT])])
    assert {row["locator"] for row in table(descriptor)} >= {"1-2", TALKS["locator"]}


# What keeps everything from being written: the files, and the codes.
REFUSED: list[tuple[dict[str, str], set[str]]] = [
    ({"a": as_csv([TALKS]), "b": as_csv([BLAME | {"actor_id": "nobody"}])}, {"reference-unknown"}),
    ({"a": as_csv([TALKS]), "b": as_csv([TALKS | {"note": "Again."}])}, {"key-repeated"}),
    ({"a": as_csv([TALKS]), "b": as_csv([TALKS])}, {"key-repeated"}),
    ({"a": as_csv([TALKS]), "b": "x,y\n"}, {"header-absent"}),
    (
        {"a": as_csv([TALKS, TALKS | {"claim_id": "20200906-ministry-northland-aaaaaaaa"}])},
        {"claim-twice"},
    ),
    ({"a": as_csv([BLAME | {"incident_id": ""}])}, {"kind-requires"}),
    ({"a": as_csv([TALKS]), "b": csv_template()}, {"file-empty"}),
]


@pytest.mark.parametrize(("files", "codes"), REFUSED)
def test_one_error_keeps_all_from_being_written(descriptor: Path, files: dict[str, str], codes: set[str]) -> None:
    before = (descriptor.parent / "data" / "claims.csv").read_bytes()
    paths = drop(descriptor, **files)
    done = planned(descriptor, paths)
    assert {problem.code for problem in done.problems} == codes
    with pytest.raises(DataError):
        carry_out(descriptor, done, paths)
    assert (descriptor.parent / "data" / "claims.csv").read_bytes() == before
    assert inbox_files(descriptor.parent) == paths


def test_problems_of_all_sorts_are_told_in_the_order_of_the_rows(descriptor: Path) -> None:
    alike = as_csv([TALKS, TALKS | {"actor_id": "southland"}])
    done = planned(descriptor, drop(descriptor, a=alike, b=as_csv([BLAME | {"incident_id": ""}])))
    assert [(problem.code, problem.path) for problem in done.problems] == [
        ("claim-near-double", "inbox/a.csv"),
        ("kind-requires", "inbox/b.csv"),
    ]


def test_the_same_claim_with_other_words_is_caught(descriptor: Path) -> None:
    fold(descriptor, drop(descriptor, a=as_csv([TALKS])))
    done = planned(descriptor, drop(descriptor, b=as_csv([TALKS | {"text": "The Ministry says so."}])))
    assert [(problem.code, problem.path, problem.line) for problem in done.problems] == [
        ("key-repeated", "inbox/b.csv", 2)
    ]


def test_a_warning_does_not_keep_it_from_being_written(descriptor: Path) -> None:
    done = fold(descriptor, drop(descriptor, a=as_csv([TALKS | {"text": f"{TALKS['text']} It says no more."}])))
    assert [(problem.code, problem.severity) for problem in done.problems] == [("text-sentence", "warning")]
    assert TALKS_ID in {row["claim_id"] for row in table(descriptor)}


def test_errors_that_were_there_before_do_not_count(tmp_path: Path) -> None:
    key = "20200906-ministry-northland-7wgktoa5"
    descriptor = build(tmp_path, [{"file": "data/claims.csv", "key": key, "set": {"count_max": "9"}}])
    (tmp_path / "inbox").mkdir()
    done = fold(descriptor, drop(descriptor, a=as_csv([TALKS])))
    assert done.problems == ()
    assert [problem.code for problem in validate(descriptor)] == ["count-reversed"]


def test_stopped_between_writing_and_emptying(descriptor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = drop(descriptor, a=as_csv([TALKS]))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            fold(descriptor, paths)
    once = table(descriptor)
    assert validate(descriptor) == []
    again = fold(descriptor, paths)
    assert (again.added, [row.cells["claim_id"] for row in again.known]) == ((), [TALKS_ID])
    assert table(descriptor) == once
    assert inbox_files(descriptor.parent) == []


def test_a_table_that_cannot_be_written_changes_nothing(descriptor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = drop(descriptor, a=as_csv([TALKS]))
    before = table(descriptor)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        fold(descriptor, paths)
    assert table(descriptor) == before
    assert inbox_files(descriptor.parent) == paths


def test_an_inbox_that_cannot_be_emptied_changes_nothing(descriptor: Path, read_only: None) -> None:
    paths = drop(descriptor, a=as_csv([TALKS]))
    before = table(descriptor)
    with pytest.raises(UsageError, match=r"nothing was taken over: the folder .*inbox may not be written to"):
        fold(descriptor, paths)
    assert table(descriptor) == before


@pytest.mark.parametrize("work", [formatted, lambda descriptor: plan(descriptor, Entries([entry(TALKS)]))])
def test_a_package_of_a_later_version_is_refused(tmp_path: Path, work: Callable[[Path], object]) -> None:
    """What its cells mean is not known, so nothing is written among them."""
    descriptor = build(tmp_path, [{"file": "datapackage.json", "patch": {"/claimtrack:schema-version": "2"}}])
    with pytest.raises(DataError) as refused:
        work(descriptor)
    (problem,) = refused.value.problems
    assert problem.code == "schema-version"
    assert problem.fix == "Install the claimtrack that knows version 2; this one knows version 1."


# Rows in the inbox, and the beginnings of the ids that warnings name.
ALIKE: list[tuple[list[Row], list[str]]] = [
    ([TALKS], []),
    ([TALKS, TALKS | {"locator": "elsewhere"}], []),
    ([TALKS, TALKS | {"claimant_id": "ministry-southland"}], []),
    ([TALKS, TALKS | {"actor_id": "southland"}], [TALKS_ID]),
    ([TALKS | {"actor_id": "southland"}, TALKS | {"actor_id": "northland"}], []),
    ([TALKS | {"actor_id": "southland"}, TALKS], ["20200906-ministry-northland-"]),
]
# One of these is there twice: that is told, and not that it also looks like the other.
TWICE: list[list[Row]] = [
    [TALKS, TALKS | {"actor_id": "southland"}, TALKS | {"note": "again"}],
    [TALKS, TALKS | {"claim_id": TALKS_ID, "note": "again"}],
    [TALKS, TALKS | {"claim_id": f"{TALKS_ID[:-8]}aaaaaaaa"}],
]


@pytest.mark.parametrize("rows", TWICE)
def test_what_is_there_twice_is_no_near_double_too(descriptor: Path, rows: list[Row]) -> None:
    last = len(rows) + 1
    (code,) = {one.code for one in planned(descriptor, drop(descriptor, a=as_csv(rows))).problems if one.line == last}
    assert code in ("key-repeated", "claim-twice")


@pytest.mark.parametrize(("rows", "named"), ALIKE)
def test_near_doubles_are_pointed_out(descriptor: Path, rows: list[Row], named: list[str]) -> None:
    done = planned(descriptor, drop(descriptor, a=as_csv(rows)))
    assert not done.refused
    assert check(descriptor) == list(done.problems)
    assert [(one.code, one.severity, one.path, one.line) for one in done.problems] == [
        ("claim-near-double", "warning", "inbox/a.csv", 3) for _ in named
    ]
    for one, expected in zip(done.problems, named, strict=True):
        assert one.message.split("claimant of ")[1].startswith(expected)


def test_near_doubles_of_old_rows(descriptor: Path) -> None:
    fold(descriptor, drop(descriptor, a=as_csv([TALKS])))
    cells = TALKS | {"actor_id": "southland"}
    (in_file,) = planned(descriptor, drop(descriptor, b=as_csv([cells]))).problems
    (in_form,) = plan(descriptor, Entries([entry(cells, "form.json")])).problems
    (in_no_file,) = plan(descriptor, Entries([entry(cells)])).problems
    assert [one.path for one in (in_file, in_form, in_no_file)] == ["inbox/b.csv", "form.json", None]
    assert all(TALKS_ID in one.message for one in (in_file, in_form, in_no_file))


def test_an_empty_inbox(descriptor: Path) -> None:
    assert planned(descriptor, []) == Folded((), (), (), ())


def test_rows_of_other_tables(descriptor: Path) -> None:
    new = Addition("actors", {"actor_id": "new", "name": "New", "kind": "person"})
    module.write(descriptor, [new])
    assert "new" in {row["actor_id"] for row in table(descriptor, "actors")}
    assert validate(descriptor) == []
