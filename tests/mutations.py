"""Edits of the frozen valid package, as the rulebook writes them down."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from claimtrack.locate import DESCRIPTOR, shipped_root
from claimtrack.schema import table_schema

TYPES = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "string": pa.string(),
    "double": pa.float64(),
    "int64": pa.int64(),
    "timestamp[s]": pa.timestamp("s"),
}
VALID = Path(__file__).parent / "fixtures" / "valid"


def valid(folder: Path) -> Path:
    """A fresh copy of the valid package, with the schemas of the library; returns its descriptor."""
    shutil.copytree(VALID, folder, dirs_exist_ok=True)
    shutil.copytree(shipped_root() / "schemas", folder / "schemas", dirs_exist_ok=True)
    return folder / DESCRIPTOR


def build(folder: Path, edits: Sequence[Mapping[str, Any]]) -> Path:
    """A copy of the valid package in `folder` after the edits, in order; returns its descriptor."""
    descriptor = valid(folder)
    for edit in edits:
        _apply(folder / edit["file"], edit)
    return descriptor


def packed(examples: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[list[str]]:
    """The names of examples that can share a package: each changes other files, none the descriptor, which may speak
    of the others.
    """
    packages: list[tuple[list[str], set[str]]] = []
    for name, edits in examples.items():
        files = {edit["file"] for edit in edits}
        shared = (one for one in packages if not files & one[1] and DESCRIPTOR not in files | one[1])
        names, changed = next(shared, ([], set()))
        if not names:
            packages.append((names, changed))
        names.append(name)
        changed |= files
    return [names for names, _ in packages]


def _apply(path: Path, edit: Mapping[str, Any]) -> None:
    match edit:
        case {"key": str(key), "set": cells}:
            _change_row(path, key, lambda row: {**row, **_known(row, cells)})
        case {"append": cells}:
            _append(path, cells)
        case {"drop": str(key)}:
            _change_row(path, key, lambda row: None)
        case {"replace": str(old), "by": str(new)}:
            _replace(path, old.encode(), new.encode())
        case {"replace_hex": str(old), "by_hex": str(new)}:
            _replace(path, bytes.fromhex(old), bytes.fromhex(new))
        case {"text": str(text)}:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode() * edit.get("times", 1))
        case {"hex": str(text)}:
            path.write_bytes(bytes.fromhex(text) * edit.get("times", 1))
        case {"workbook": str(text), "merged": str(area)}:
            _workbook(path, text, area)
        case {"encode": str(encoding)}:
            path.write_bytes(path.read_bytes().decode().encode(encoding))
        case {"parquet": types}:
            as_parquet(path, types)
        case {"delete": True}:
            path.unlink()
        case {"patch": changes}:
            _patch(path, changes)
        case {"symlink_to": str(target)}:
            path.unlink(missing_ok=True)
            path.symlink_to(target)
        case {"folder": True}:
            path.unlink()
            path.mkdir()
        case {"fifo": True}:
            path.unlink()
            os.mkfifo(path)
        case {"rename": str(name)}:
            target = path.parents[1] / name
            target.parent.mkdir(exist_ok=True)
            path.rename(target)
        case {"mode": str(mode)}:
            path.chmod(int(mode, 8))
        case {"size": int(size)}:
            os.truncate(path, size)
        case {"more": str(text)}:
            path.write_bytes(path.read_bytes() + text.encode() * edit.get("times", 1))
        case _:
            raise ValueError(f"not an edit: {edit}")


def as_parquet(path: Path, types: Mapping[str, str] | None = None) -> None:
    """Turn a table of CSV into one of Parquet, typed as its schema says but for `types`, and the descriptor with it."""
    target = path.with_suffix(".parquet")
    pq.write_table(typed_table(path, types or {}), target)
    path.unlink()
    descriptor = path.parents[1] / DESCRIPTOR
    document = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in document["resources"]:
        if resource["path"] == f"data/{path.name}":
            resource |= {"path": f"data/{target.name}", "format": "parquet"}
            resource |= {"mediatype": "application/vnd.apache.parquet"}
            del resource["encoding"], resource["dialect"]
    descriptor.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def typed_table(path: Path, types: Mapping[str, str]) -> pa.Table:
    """The rows of a table of CSV, typed by pyarrow and not by the library."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns: dict[str, pa.Array] = {}
    for field in table_schema(path.stem).fields:
        cells = [row[field.name] or None for row in rows]
        if field.name in types:
            columns[field.name] = pa.array([None] * len(cells) if "stamp" in types[field.name] else cells).cast(
                TYPES[types[field.name]]
            )
        elif field.type == "datetime":
            moments = [cell and datetime.fromisoformat(cell) for cell in cells]
            # pyarrow now and then takes the wall time of a moment for UTC, so it gets moments in UTC.
            utc = [moment and moment.astimezone(UTC) for moment in moments]
            columns[field.name] = pa.array(utc, pa.timestamp("us", "UTC"))
            minutes = [moment and int(moment.utcoffset().total_seconds()) // 60 for moment in moments]
            columns[f"{field.name}_offset"] = pa.array(minutes, pa.int16())
        else:
            columns[field.name] = pa.array(cells, pa.string()).cast(TYPES[field.type])
    return pa.table(columns)


def _workbook(path: Path, text: str, merged: str) -> None:
    """Rows of CSV as the only sheet of a workbook."""
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text)):
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells(merged)
    path.parent.mkdir(exist_ok=True)
    book.save(path)


def _replace(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    if content.count(old) != 1:
        raise ValueError(f"{old!r} occurs {content.count(old)} times in {path.name}")
    path.write_bytes(content.replace(old, new))


def _known(row: Mapping[str, str], cells: Mapping[str, str]) -> Mapping[str, str]:
    unknown = set(cells) - set(row)
    if unknown:
        raise ValueError(f"no such column: {unknown}")
    return cells


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode().splitlines(keepends=True)


def _change_row(path: Path, key: str, change: Any) -> None:
    lines = _lines(path)
    header = next(csv.reader(lines[:1]))
    for at, line in enumerate(lines[1:], start=1):
        row = dict(zip(header, next(csv.reader([line])), strict=True))
        if "/".join(row[column] for column in table_schema(path.stem).primary_key) == key:
            changed = change(row)
            lines[at] = "" if changed is None else _line(list(changed.values()))
            path.write_bytes("".join(lines).encode())
            return
    raise ValueError(f"no row {key} in {path.name}")


def _append(path: Path, cells: Mapping[str, str]) -> None:
    header = next(csv.reader(_lines(path)[:1]))
    row = dict.fromkeys(header, "")
    row.update(_known(row, cells))
    path.write_bytes(path.read_bytes() + _line(list(row.values())).encode())


def _patch(path: Path, changes: Mapping[str, Any]) -> None:
    """Set values at JSON pointers; "__remove__" removes; "-" appends to a list."""
    document = json.loads(path.read_text(encoding="utf-8"))
    for pointer, value in changes.items():
        *parents, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
        holder = document
        for part in parents:
            holder = holder[int(part)] if isinstance(holder, list) else holder[part]
        if isinstance(holder, list) and last == "-":
            holder.append(value)
        elif isinstance(holder, list) and value == "__remove__":
            del holder[int(last)]
        elif isinstance(holder, list):
            holder[int(last)] = value
        elif value == "__remove__":
            del holder[last]
        else:
            holder[last] = value
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
