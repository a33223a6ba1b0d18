from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import UsageError
from claimtrack.package.write import check_writable, csv_text, write_whole
from claimtrack.schema import table_schema

RELAYS = table_schema("relays")
CELLS = st.text(st.sampled_from("ab,\" é|'="), max_size=6)


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(RELAYS.columns, CELLS)), max_size=5))
def test_rows_come_back_from_canonical_csv(rows: list[dict[str, str]]) -> None:
    text = csv_text(RELAYS, rows)
    assert text.endswith("\n")
    assert "\r" not in text
    assert list(csv.DictReader(io.StringIO(text))) == [dict.fromkeys(RELAYS.columns, "") | row for row in rows]


def test_canonical_csv_is_quoted_where_needed_only() -> None:
    rows = [{"claim_id": "a b", "hop": "", "relayer_id": 'x,"y"'}, {"relayer_id": "z"}]
    assert csv_text(RELAYS, rows) == 'claim_id,hop,relayer_id\na b,,"x,""y"""\n,,z\n'
    with pytest.raises(KeyError, match="weather"):
        csv_text(RELAYS, [{"weather": "fine"}])


def test_a_file_is_replaced_with_its_rights_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    write_whole(path, "é\n")
    assert path.read_bytes() == "é\n".encode()
    path.chmod(0o640)
    write_whole(path, b"\xff")
    assert path.read_bytes() == b"\xff"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_what_killed_writes_of_the_same_file_have_left_is_removed_once_it_is_old(tmp_path: Path) -> None:
    old, young = (tmp_path / f".x.csv.{digit * 16}.part" for digit in "0f")
    others = [tmp_path / name for name in (f".y.csv.{'0' * 16}.part", f".x.csv.{'0' * 15}.part", "x.csv.part")]
    link = tmp_path / f".x.csv.{'1' * 16}.part"
    for path in (old, young, *others):
        path.write_text("half")
    link.symlink_to(others[0])
    for path in (old, *others):
        os.utime(path, (0, 0))
    write_whole(tmp_path / "x.csv", "new\n")
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / "x.csv", young, link, *others])


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_after_a_failure_the_old_file_is_there(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, full)
    with pytest.raises(OSError, match="No space left") as told:
        write_whole(path, "new\n")
    assert told.value.filename == str(path)
    assert path.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as refused:
        write_whole(tmp_path / "no" / "x.csv", "new\n")
    assert refused.value.filename == str(tmp_path / "no" / "x.csv")


def test_what_cannot_be_written_is_named_as_it_was_given(tmp_path: Path) -> None:
    """The file beside it has a longer name, which can neither be made nor removed."""
    path = tmp_path / ("x" * 250)
    with pytest.raises(OSError, match="too long") as refused:
        write_whole(path, "new\n")
    assert refused.value.filename == str(path)


def test_a_link_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "2022.csv", tmp_path / "latest.csv"
    path.write_text("old\n")
    link.symlink_to(path.name)
    write_whole(link, "new\n")
    assert link.is_symlink()
    assert path.read_text() == "new\n"


def test_where_nothing_can_be_written_is_told_before(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    link, lost, pipe = tmp_path / "link", tmp_path / "lost", tmp_path / "pipe"
    link.symlink_to("new.csv")
    lost.symlink_to(Path("no") / "new.csv")
    os.mkfifo(pipe)
    for path in (tmp_path / "new.csv", link, pipe):
        check_writable(path)
    for path, words in ((tmp_path, "is a folder"), (pipe / "x", f"no folder {pipe}"), (lost, "no folder .*no$")):
        with pytest.raises(UsageError, match=words):
            check_writable(path)
    request.getfixturevalue("read_only")
    for path, told in ((tmp_path / "new.csv", tmp_path), (link, tmp_path), (pipe, pipe)):
        with pytest.raises(UsageError, match=f"{told} may not be written to"):
            check_writable(path)


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """As is a device: /dev/null, for whoever may write beside it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, "new\n")
    assert os.read(reading, 100) == b"new\n"
    os.close(reading)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_killed_at_any_moment_one_of_both_files_is_there_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    contents = ("a" * 300_000, "b" * 300_000)
    path.write_text(contents[0])
    code = (
        "import sys; from pathlib import Path; from claimtrack.package.write import write_whole\n"
        "print('ready', flush=True)\n"
        "while True:\n    for one in 'ab': write_whole(Path(sys.argv[1]), one * 300_000)"
    )
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.05)
            writer.send_signal(signal.SIGKILL)
            writer.wait()
        assert path.read_text() in contents
