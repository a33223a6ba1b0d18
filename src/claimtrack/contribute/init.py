"""An empty package: the descriptor, the schemas, tables without rows, the codebook, and an inbox for new claims."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from claimtrack.contribute.inbox import INBOX
from claimtrack.contribute.template import csv_template
from claimtrack.errors import UsageError
from claimtrack.locate import DESCRIPTOR, shipped_root
from claimtrack.schema import TABLES, table_schema

CODEBOOK = "predicates"
TEMPLATE = "docs/new-claims.csv"
"""Where whoever has no shell finds the columns: messages name it."""

_INBOX = """\
# Inbox

New claims wait here: a workbook (`.xlsx`) or a table (`.csv`) with the columns of `docs/new-claims.csv`, by any name.
`claimtrack template xlsx` makes a workbook with drop-down lists.

- Leave `claim_id` and `statement_id` blank: they are made for you.
- `claimtrack validate` checks these files together with the tables.
- `claimtrack fold` moves their rows into `data/claims.csv` and deletes the files.

People, places, incidents and sources are named by their ids. What is not there yet is added to its own table, under
`data/`.
"""
"""Also keeps the folder in git, which knows no empty ones."""

_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_KEPT = ("$schema", "profile", "claimtrack:schema-version")


def create(folder: Path, *, title: str | None = None, name: str | None = None) -> Path:
    """Make an empty, valid package in `folder`, which must not exist or be empty, and return its descriptor.

    The package is built beside `folder` and moved there in one step: whatever interrupts it, `folder` is as it was or
    whole. Raises `UsageError` if `folder` holds something, its parent does not exist or `name` is no name, and
    `OSError` if it cannot be written.
    """
    target = folder.resolve()
    if target.is_dir() and any(target.iterdir()):
        raise UsageError(f"{folder} is not empty; name a folder that does not exist yet")
    if target.exists() and not target.is_dir():
        raise UsageError(f"{folder} is a file; name a folder that does not exist yet")
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {target.parent} to make {target.name} in")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise UsageError(f"the folder {target.parent} may not be written to")
    described = _descriptor(name or _name_from(target), title)
    building = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        _build(building, described)
        building.replace(target)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return target / DESCRIPTOR


def _name_from(folder: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-")


def _descriptor(name: str, title: str | None) -> dict[str, Any]:
    """The shipped descriptor without what it says about the shipped data."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a package; give one with --name, such as border-clash-2024")
    shipped = json.loads((shipped_root() / DESCRIPTOR).read_text(encoding="utf-8"))
    return {
        **{key: shipped[key] for key in _KEPT},
        "name": name,
        "title": title or name,
        "version": "0.1.0",
        "created": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "resources": [resource for resource in shipped["resources"] if resource["name"] in TABLES],
    }


def _build(folder: Path, described: dict[str, Any]) -> None:
    folder.mkdir()
    for resource in described["resources"]:
        table, path, schema = resource["name"], folder / resource["path"], resource["schema"]
        path.parent.mkdir(parents=True, exist_ok=True)
        if table == CODEBOOK:
            shutil.copyfile(shipped_root() / resource["path"], path)
        else:
            path.write_text(",".join(table_schema(table).columns) + "\n", encoding="utf-8", newline="\n")
        (folder / schema).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped_root() / schema, folder / schema)
    for name, content in ((f"{INBOX}/README.md", _INBOX), (TEMPLATE, csv_template())):
        (folder / name).parent.mkdir()
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")
