"""Undoing what a spreadsheet did to the tables of a package, with an older revision to tell how they read before."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from claimtrack.contribute import git
from claimtrack.contribute.canonical import canonical_bytes, notes, tidied
from claimtrack.contribute.changes import Cleaned
from claimtrack.contribute.fmt import File, files, unreadable
from claimtrack.contribute.repair.clock import PublisherClock
from claimtrack.contribute.repair.encoding import Text, decoded
from claimtrack.contribute.repair.table import Mended, TableRepair
from claimtrack.contribute.sheet import Row, Sheet, read_sheet
from claimtrack.errors import DataError, UsageError

__all__ = ["Base", "base_of", "repaired"]


@dataclass(frozen=True)
class Base:
    """The revision that tells how old rows read, as given and as a commit; None and "" where there is none."""

    revision: str | None
    commit: str = ""


def base_of(descriptor: Path, revision: str | None) -> Base:
    """The revision to go by: the one given (`UsageError` if there is none of that name), or else HEAD, if any."""
    if revision is None and not git.present():
        return Base(None)
    commit = git.commit(descriptor.parent, revision or "HEAD")
    if commit:
        return Base(revision or "HEAD", commit)
    if revision:
        raise UsageError(f"there is no revision {revision} in a git repository around {descriptor.parent}")
    return Base(None)


@dataclass(frozen=True)
class _Opened:
    """One file: its old rows (None where there are none to be had), its text and the rows that it holds."""

    file: File
    old: list[Row] | None
    text: Text
    sheet: Sheet


def repaired(descriptor: Path, base: Base) -> list[Cleaned]:
    """Every table of the package as it was meant, in canonical form; nothing is written.

    Old rows get back the cells that differ only by damage. In new rows only what can be read in one way is changed. A
    file that cannot be told apart into rows is left as it is, with the problems that say why.
    """
    found = [_opened(file, base) for file in files(descriptor)]
    opened = {one.file.schema.name: one for one in found if isinstance(one, _Opened)}

    def known(table: str) -> list[Row]:
        return [*(opened[table].old or ()), *opened[table].sheet.rows] if table in opened else []

    old_claims = (opened["claims"].old or ()) if "claims" in opened else ()
    clock = PublisherClock(old_claims, known("sources"), known("actors"))
    return [_repaired(one, base, clock) if isinstance(one, _Opened) else one for one in found]


def _opened(file: File, base: Base) -> _Opened | Cleaned:
    old = _old_rows(file, base)
    text = decoded(file.data, _letters(old or ()))
    try:
        sheet = read_sheet(file.schema, text.utf8, file.path, mending=True, old=old or ())
        if old is None and sheet.absent:
            raise DataError(sheet.found("header-missing"))
    except DataError as error:
        return unreadable(file, error)
    return _Opened(file, old, text, sheet)


def _letters(rows: Iterable[Row]) -> set[str]:
    """The letters beyond ASCII in some rows."""
    return {letter for row in rows for cell in row.values() if not cell.isascii() for letter in cell if letter > "\x7f"}


def _old_rows(file: File, base: Base) -> list[Row] | None:
    data = git.content(file.root, base.commit, file.path) if base.commit else None
    if data is None:
        return None
    try:
        return tidied(read_sheet(file.schema, data, file.path), file.path)[0]
    except DataError:
        return None


def _repaired(opened: _Opened, base: Base, clock: PublisherClock) -> Cleaned:
    file, sheet, text = opened.file, opened.sheet, opened.text
    mended = TableRepair(sheet, file.path, text, opened.old or (), clock).mended()
    return Cleaned(
        name=sheet.schema.name,
        path=file.path,
        file=file.root / file.path,
        before=file.data,
        after=canonical_bytes(sheet.schema, mended.rows),
        notes=tuple(_notes(opened, mended, base)),
        warnings=tuple(_warnings(opened, mended, base)),
        changes=tuple(mended.changes),
        doubts=tuple(mended.doubts),
    )


def _notes(opened: _Opened, mended: Mended, base: Base) -> list[str]:
    found = []
    if opened.text.encoding != "utf-8":
        found.append(f"read as {opened.text.encoding}, written in UTF-8")
    elif opened.file.data.startswith(BOM_UTF8):
        found.append("byte order mark removed")
    if opened.sheet.absent:
        found.append(f"column {', '.join(opened.sheet.absent)} taken over from {base.revision}")
    if opened.sheet.straightened:
        lines = ", ".join(map(str, opened.sheet.straightened))
        found.append(f"typographic quotation marks around cells made straight (line {lines})")
    if opened.sheet.parted:
        lines = ", ".join(map(str, opened.sheet.parted))
        found.append(f"cells of a row separated by commas (line {lines})")
    return found + notes(opened.sheet, mended.rows)


def _warnings(opened: _Opened, mended: Mended, base: Base) -> list[str]:
    found = []
    absent = opened.sheet.absent
    if base.revision and opened.old is None:
        found.append(f"{base.revision} has no readable version of it: nothing tells how old rows read")
    if mended.gone:
        shown = ", ".join(mended.gone[:5]) + (", …" if len(mended.gone) > 5 else "")
        found.append(f"rows of {base.revision} that are gone ({len(mended.gone)}): {shown}")
    if absent and mended.added:
        found.append(f"the file has no column {', '.join(absent)}: new rows ({mended.added}) have it blank")
    return found
