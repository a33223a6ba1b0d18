"""Real git repositories, with a package in them and claimtrack as their merge driver."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import prepared
from claimtrack.contribute.canonical import canonical_bytes, key_of
from claimtrack.contribute.fmt import formatted, save
from claimtrack.contribute.sheet import Row, read_sheet
from claimtrack.schema import table_schema
from frozen import frozen

AUTHOR = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A Tester"), ("EMAIL", "tester@example.org"), ("DATE", "2024-01-01T00:00:00+00:00"))
}
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_") and name != "COLUMNS"},
    **AUTHOR,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_EDITOR": "true",
}
Done = subprocess.CompletedProcess[str]
Edit = tuple[str, Callable[[Sequence[Row]], list[Row]]]


class Repository:
    """A repository in a folder of its own; `script` is a claimtrack that it can call."""

    def __init__(self, folder: Path, package: str = ".") -> None:
        self.folder = folder
        self.package = folder / package
        self.script = folder.parent / "bin dir" / "claimtrack"
        self.script.parent.mkdir(exist_ok=True)
        self.script.write_text(prepared.script(self.script))
        self.script.chmod(0o755)
        folder.mkdir()
        self.git("init", "-q", "-b", "main")

    def run(self, *command: str | Path, expect: int | None = 0) -> Done:
        done = subprocess.run(
            list(map(str, command)), cwd=self.folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
        assert expect is None or done.returncode == expect, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def git(self, *args: str, expect: int | None = 0) -> Done:
        return self.run("git", *args, expect=expect)

    def claimtrack(self, *args: str, expect: int | None = 0) -> Done:
        return self.run(self.script, *args, expect=expect)

    def commit(self, message: str = "change") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def on_branch(self, branch: str, *edits: Edit, start: str = "main") -> None:
        """Edits as a commit on a new branch."""
        self.git("checkout", "-q", "-b", branch, start)
        self.edit(*edits)
        self.commit(branch)
        self.git("checkout", "-q", "main")

    def edit(self, *edits: Edit) -> None:
        """Change tables in the working tree, in canonical form."""
        for table, change in edits:
            schema = table_schema(table)
            path = self.package / "data" / f"{table}.csv"
            rows = change(read_sheet(schema, path.read_bytes(), table).rows)
            path.write_bytes(canonical_bytes(schema, rows))

    def read(self, table: str) -> str:
        return (self.package / "data" / f"{table}.csv").read_text(encoding="utf-8")

    def lines(self, table: str) -> list[str]:
        return self.read(table).splitlines()[1:]


def repository(folder: Path, package: str = ".", *, install: bool = True) -> Repository:
    """The valid package in canonical form, committed on main."""
    made = Repository(folder, package)
    for cleaned in formatted(frozen("valid", made.package)):
        save(cleaned)
    if install:
        made.claimtrack("git", "install", "--package", package)
    made.commit("base")
    return made


def added(table: str, **cells: str) -> Edit:
    """A new row."""
    return table, lambda rows: [*rows, {**dict.fromkeys(table_schema(table).columns, ""), **cells}]


def changed(table: str, key: str, **cells: str) -> Edit:
    """Cells of one row."""
    schema = table_schema(table)
    return table, lambda rows: [{**row, **cells} if key_of(schema, row) == key else row for row in rows]


def dropped(table: str, key: str) -> Edit:
    """One row less."""
    return table, lambda rows: [row for row in rows if key_of(table_schema(table), row) != key]
