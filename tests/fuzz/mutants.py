"""Faulty packages: what strangers, spreadsheets, merges and mischief do to files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from claimtrack.rulebook import rules
from claimtrack.schema import TABLES, table_schema
from mutations import VALID, build, valid

HOSTILE = (
    "", " ", "\t", "\x00", "\x1b[2J", "\ufeff", "\u202e", "\u200b", "\u00a0", "\u2028", "\x85", "e\u0301",
    "Ã¼", "\ufffd",
    '"', '""', '"""', "'", ",", ";", "|", "||", "\n", "\r", "\r\n", "=1+1", "+1", "-1", "@x",
    "::error::x", "##[group]x",
    "<b>", "](javascript:1)", "`", "%0A", "<<<<<<< ours", "=======", ">>>>>>> theirs", "NA", "None", "NaN", "null",
    "inf", "-inf", "1e999", "1E+04", "-0", "00", "0.5", "1_000", "1,000", "٣", "９", "9" * 18, "9" * 19, "9" * 400,
    "-5", "true", "TRUE", "false", "1", "2020-02-30", "0001-01-01", "9999-12-31", "0000-00-00", "2020-9-6",
    "13/09/2022 12:34",
    "0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59+00:00",
    "2020-09-06T16:20:00+00:00", "2020-09-06T16:20:00", "2020-09-06T24:00:00+00:00", "2020-09-06T16:20:60+00:00",
    "2020-W37-7", "northland", "northlnd", "village-a", "asserts", "denies", "cumulative", "in", "http://[", "https://a",
    "Europe", "../UTC", "/etc/passwd", "x" * 300, "+" + "9" * 5000, "٣" * 5000,
    "http://example.org/\u0301", "\U0001f4a3", "\U000e0041", "\udc80", "x" * 3000,
)  # fmt: skip
"""Cells that somebody stumbled over before."""

_ALPHABET = st.characters(codec="utf-8")
CELLS = st.one_of(st.sampled_from(HOSTILE), st.text(_ALPHABET, max_size=30))


@cache
def original(file: str) -> bytes:
    """A file of the valid package."""
    if file.startswith("schemas/"):
        from claimtrack.locate import shipped_root

        return (shipped_root() / file).read_bytes()
    return (VALID / file).read_bytes()


@cache
def tokens() -> tuple[bytes, ...]:
    """What the mutations of the rulebook write into files, and the hostile cells."""
    found = {cell.encode("utf-8", "surrogateescape") for cell in HOSTILE}
    for rule in rules().values():
        for case in (*rule.breaks, *rule.spares):
            for edit in case.edits:
                found |= set(_written(edit))
    return tuple(sorted(token for token in found if token and len(token) < 5000))


def _written(edit: Mapping[str, Any]) -> list[bytes]:
    texts = [edit[key] for key in ("by", "text", "more") if key in edit]
    texts += [*edit.get("set", {}).values(), *edit.get("append", {}).values()]
    raw = [bytes.fromhex(edit[key]) for key in ("by_hex", "hex") if key in edit]
    return [*(text.encode() for text in texts), *raw]


def existing_cells(table: str) -> tuple[str, ...]:
    """The cells of a table of the valid package, each once."""
    import csv

    rows = csv.reader(original(f"data/{table}.csv").decode().splitlines())
    return tuple(sorted({cell for row in rows for cell in row}))


@st.composite
def changed_bytes(draw: st.DrawFn, start: bytes, most: int = 6) -> bytes:
    """Bytes after some insertions, deletions, copies and swaps."""
    data = start
    for _ in range(draw(st.integers(1, most))):
        at, until = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        short = min(until, at + draw(st.sampled_from((0, 1, 2, 10, 100, len(data)))))
        token = draw(st.one_of(st.sampled_from(tokens()), st.binary(max_size=6)))
        match draw(st.sampled_from(("insert", "replace", "delete", "repeat", "cut", "end", "swap"))):
            case "insert":
                data = data[:at] + token + data[at:]
            case "replace":
                data = data[:at] + token + data[short:]
            case "delete":
                data = data[:at] + data[short:]
            case "repeat":
                data = data[:short] + data[at:short] * draw(st.integers(1, 4)) + data[short:]
            case "cut":
                data = data[:at] if draw(st.booleans()) else data[at:]
            case "end":
                data = data.replace(b"\n", draw(st.sampled_from((b"\r\n", b"\r", b"\n\n", b"", b"\n,"))))
            case "swap":
                data = data.replace(b",", draw(st.sampled_from((b";", b"\t", b"|", b", ", b'","'))))
    return data


@st.composite
def edited_tables(draw: st.DrawFn) -> dict[str, bytes]:
    """Tables in which whole cells are other ones, rows are dropped, doubled and moved: mostly sound CSV."""
    import csv
    import io

    files = {}
    for table in draw(st.lists(st.sampled_from(TABLES), min_size=1, max_size=4, unique=True)):
        rows = list(csv.reader(original(f"data/{table}.csv").decode().splitlines()))
        here = st.sampled_from(existing_cells(table))
        for _ in range(draw(st.integers(1, 8))):
            row = draw(st.integers(1, len(rows) - 1)) if len(rows) > 1 else 0
            column = draw(st.integers(0, len(table_schema(table).columns) - 1))
            match draw(st.sampled_from(("cell", "cell", "cell", "move", "drop", "double"))):
                case "cell":
                    rows[row][column] = draw(here if draw(st.booleans()) else CELLS)
                case "move":
                    rows[row][column] = rows[draw(st.integers(0, len(rows) - 1))][column]
                case "drop" if row:
                    del rows[row]
                case "double":
                    rows.insert(row, list(rows[row]))
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        files[f"data/{table}.csv"] = out.getvalue().encode("utf-8", "surrogateescape")
    return files


_NAMES = st.sampled_from(
    ("name", "path", "data", "schema", "profile", "$schema", "resources", "dialect", "encoding", "format", "mediatype",
     "hash", "bytes", "compression", "innerpath", "scheme", "extrapaths", "basepath", "fields", "constraints", "type",
     "claimtrack:schema-version", "primaryKey", "foreignKeys", "missingValues", "pattern", "enum", "")
)  # fmt: skip
_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(), st.text(_ALPHABET, max_size=8),
    st.sampled_from(("data/claims.csv", "../claims.csv", "/etc/passwd", "http://example.org/x", "file:x", "a\\b", ".",
                     "data", "data/", "data//claims.csv", "~", "\x00", "claims", "utf-8", "sha256:0", "md5:", ":", "no",
                     "schemas/claims.json", "datapackage.json", "x" * 5000, "data/claims.csv.gz", "C:\\x", "%2e%2e/x")),
)  # fmt: skip
JSON_VALUES = st.recursive(
    _VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3), max_leaves=8
)


@st.composite
def changed_json(draw: st.DrawFn, file: str) -> bytes:
    """A JSON file in which some values are others, gone or new."""
    document = json.loads(original(file))
    for _ in range(draw(st.integers(1, 4))):
        holder = document
        while True:
            if not holder:
                break
            keys = list(holder) if isinstance(holder, dict) else range(len(holder))
            key = draw(st.sampled_from(keys))
            if isinstance(holder[key], dict | list) and draw(st.integers(0, 3)):
                holder = holder[key]
                continue
            match draw(st.sampled_from(("set", "set", "remove", "add"))):
                case "set":
                    holder[key] = draw(JSON_VALUES)
                case "remove":
                    del holder[key]
                case "add" if isinstance(holder, dict):
                    holder[draw(_NAMES)] = draw(JSON_VALUES)
                case "add":
                    holder.append(draw(JSON_VALUES))
            break
    return json.dumps(document, indent=draw(st.sampled_from((None, 2))), ensure_ascii=draw(st.booleans())).encode(
        "utf-8", "surrogatepass"
    )


FILES = (*(f"data/{table}.csv" for table in TABLES), "datapackage.json", *(f"schemas/{table}.json" for table in TABLES))


@st.composite
def changed_files(draw: st.DrawFn) -> dict[str, bytes]:
    """Several files of a package, damaged in any way."""
    chosen = draw(st.lists(st.sampled_from(FILES), min_size=1, max_size=4, unique=True))
    files = {}
    for file in chosen:
        start = draw(changed_json(file)) if file.endswith(".json") and draw(st.booleans()) else original(file)
        files[file] = draw(changed_bytes(start, most=4))
    return files


class Workshop:
    """One folder with the valid package, into which damaged files are put and taken out again."""

    def __init__(self, folder: Path) -> None:
        self.descriptor = valid(folder)
        self._put: set[str] = set()

    def with_files(self, files: Mapping[str, bytes]) -> Path:
        """The descriptor of the package with these files, all others being valid."""
        root = self.descriptor.parent
        for file in self._put - files.keys():
            (root / file).write_bytes(original(file))
        for file, data in files.items():
            (root / file).write_bytes(data)
        self._put = set(files)
        return self.descriptor


__all__ = ["CELLS", "FILES", "HOSTILE", "JSON_VALUES", "Workshop", "build", "changed_bytes", "changed_files"]
__all__ += ["changed_json", "edited_tables", "existing_cells", "original", "tokens"]
