"""Files of a package, written whole or not at all, in the one spelling that diffs well."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from claimtrack.errors import UsageError
from claimtrack.schema import TableSchema
from claimtrack.temporary import FULL


def csv_line(cells: Sequence[str]) -> str:
    r"""One row of canonical CSV: quoted only where needed, ended by \n."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def csv_text(schema: TableSchema, rows: Iterable[Mapping[str, str]]) -> str:
    r"""The rows as canonical CSV: columns in the order of the schema, quoted only where needed, lines ended by \n.

    Cells are strings; a column that a row lacks is blank. Raises KeyError for a column that the schema lacks.
    """
    columns = schema.columns
    known = frozenset(columns)
    lines = [csv_line(columns)]
    for row in rows:
        if not row.keys() <= known:
            raise KeyError(*(row.keys() - known))
        lines.append(csv_line([row.get(column, "") for column in columns]))
    return "".join(lines)


def write_whole(path: Path, content: str | bytes) -> None:
    """Replace a file (text as UTF-8). After an interruption at any point the old or the new file is there, whole.

    Raises OSError where it cannot be written; the old file is then as it was.
    """
    data = content.encode() if isinstance(content, str) else content
    with whole(path) as beside:
        beside.write_bytes(data)


def check_writable(path: Path) -> None:
    """Raise `UsageError` where `whole` will not be able to write, as far as that can be told before."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder")
    if path.exists() and not path.is_file():
        if not os.access(path, os.W_OK):
            raise UsageError(f"{path} may not be written to")
        return
    folder = Path(os.path.realpath(path)).parent if path.is_symlink() else path.parent
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"the folder {folder} may not be written to")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to, which takes its place when the block is left, unless by an exception.

    A link stays one: the file that it leads to is replaced. A device or a pipe is written to itself. What earlier
    writes of the same file have left that were killed is removed. Raises OSError where it cannot be written; the old
    file is then as it was.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    given, path = path, Path(os.path.realpath(path))
    beside = path.with_name(f".{path.name}.{token_hex(8)}.part")
    try:
        beside.touch(exist_ok=False)
        _remove_left(path)
        yield beside
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError) and (error.filename in (beside, str(beside)) or error.errno in FULL):
            error.filename = str(given)
        raise


_ABANDONED = 24 * 60 * 60
"""Seconds without a change after which nobody writes to a file any more."""


def _remove_left(path: Path) -> None:
    """Remove the files beside `path` to which writes of it went that were killed; what cannot be removed stays."""
    ours = re.compile(re.escape(f".{path.name}.") + r"[0-9a-f]{16}\.part")
    with suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            if ours.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                age = time.time() - entry.stat(follow_symlinks=False).st_mtime
                if age > _ABANDONED:
                    Path(entry.path).unlink()
