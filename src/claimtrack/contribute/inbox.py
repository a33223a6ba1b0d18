"""New claims that somebody dropped into `inbox/`: found, read, and made into rows that could be added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from claimtrack.contribute.canonical import tidy
from claimtrack.contribute.doubles import near_doubles
from claimtrack.contribute.elsewhere import labels_in, misplaced, table_of
from claimtrack.contribute.fmt import files
from claimtrack.contribute.offset import OFFSET, no_offset, offset_in, with_offset, with_offset_column
from claimtrack.contribute.overlay import Addition, problems_with
from claimtrack.contribute.questions import MINTED, STATEMENT, claims
from claimtrack.contribute.sheet import lines_of, read_sheet
from claimtrack.contribute.statements import with_statements
from claimtrack.contribute.strays import strays
from claimtrack.contribute.workbook import NAMES_FIRST, read_workbook
from claimtrack.errors import DataError, UsageError
from claimtrack.ids import mint_claim_id
from claimtrack.problems import Problem
from claimtrack.rulebook import problem, rule
from claimtrack.structure.files.opening import RefusedError, read_bytes
from claimtrack.structure.rows.container import ARCHIVE, HEAD, other_format
from claimtrack.structure.rows.header import names_columns
from claimtrack.structure.telling.shown import shown as quoted
from claimtrack.validation import validate

INBOX = "inbox"
LIMIT = 20 * 2**20
"""Bytes of one file: ten thousand claims have some 3 MB."""

_READ = (".csv", ".xlsx")
_EXPLAINS = "readme.md"
ADD = "Add the column and fill it in every row; the template docs/new-claims.csv has all of them."


@dataclass(frozen=True)
class Entries:
    """What new files hold: rows to be added, what keeps cells from being read, and what was read with care."""

    rows: list[Addition] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def inbox_files(root: Path) -> list[Path]:
    """The files in the inbox of the package at `root`, sorted; its README.md and what is hidden left out."""
    folder = root / INBOX
    if not folder.is_dir() or folder.is_symlink():
        return []
    return sorted(
        path for path in folder.iterdir()
        if not path.name.startswith((".", "~$")) and path.name.lower() != _EXPLAINS
    )  # fmt: skip


def read_entries(root: Path, paths: Sequence[Path]) -> Entries:
    """The rows of these files, tidied, each with an id; what cannot be read is a problem.

    Paths of problems are relative to `root` where the file is below it.
    """
    entries = Entries()
    for path in paths:
        shown = place_of(root, path)
        try:
            data = read_bytes(path.parent, path.name, LIMIT)
            _take(entries, data, shown, path.suffix.lower())
        except RefusedError as error:
            fix = "Put the files themselves into the inbox, without a folder around them." if path.is_dir() else None
            entries.problems.append(problem(error.code, error.message, path=shown, fix=fix))
        except UsageError as error:
            # Without the library for workbooks: what they hold cannot be called sound.
            entries.problems.append(problem("file-unreadable", str(error), path=shown, fix="Install it, or use CSV."))
        except DataError as error:
            entries.problems.extend(
                replace(each, fix=NAMES_FIRST)
                if each.code == "header-absent" and each.fix == rule(each.code).fix
                else each
                for each in error.problems
            )
    return entries


def place_of(root: Path, path: Path) -> str:
    """The path as problems name it: relative to the package at `root` where it is below that."""
    full = path.parent.resolve() / path.name
    inside = full.is_relative_to(root.resolve())
    return (full.relative_to(root.resolve()) if inside else full).as_posix()


def _take(entries: Entries, data: bytes, shown: str, suffix: str) -> None:
    if suffix not in _READ:
        message = f"{shown} is neither a CSV nor an .xlsx workbook"
        fix = (
            "Save it as CSV (UTF-8) or .xlsx, with the columns of the template docs/new-claims.csv and a name that "
            "ends in .csv or .xlsx. If it holds no claims, delete it."
        )
        raise DataError([problem("not-csv", message, path=shown, fix=fix)])
    held = _held(data, suffix)
    if held == ".xlsx":
        _take_workbook(entries, data, shown)
    else:
        _take_csv(entries, data, shown)
    if held != suffix:
        what = "a workbook" if held == ".xlsx" else "a CSV"
        entries.notices.append(f"{shown}: it was read as {what}, which it is; its name should end in {held}")


def _held(data: bytes, suffix: str) -> str:
    """What a file is by what it holds, where that is plain: the ending that its name should have; else that it has."""
    if suffix == ".csv" and data.startswith(ARCHIVE) and _BOOK in data:
        return ".xlsx"
    if suffix == ".xlsx" and not other_format(data[:HEAD]) and _names_columns(labels_in(data)):
        return ".csv"
    return suffix


_BOOK = b"xl/workbook.xml"
"""A file that every workbook has inside, whose names are not packed."""


def _names_columns(labels: Sequence[str]) -> bool:
    return table_of(labels) is not None or names_columns(labels, (*claims().columns, OFFSET))


def _take_workbook(entries: Entries, data: bytes, shown: str) -> None:
    book = read_workbook(claims(), data, shown)
    for cells, line in zip(book.rows, book.lines, strict=True):
        if not _lone(entries, cells, shown, line):
            entries.rows.append(entry(cells, shown, line))
    entries.problems.extend([*_lacking(book.absent if book.rows else (), shown), *book.problems])
    entries.notices.extend(book.notices)
    if not book.rows and not book.problems:
        entries.problems.append(_without_claims(shown))


def _take_csv(entries: Entries, data: bytes, shown: str) -> None:
    other = table_of(labels_in(data))
    if other:
        raise DataError([misplaced(other, "file", shown)])
    sheet = read_sheet(with_offset_column(claims()), data, shown, mending=True)
    lines = lines_of(data)
    rows = [(cells, line) for cells, line in zip(sheet.rows, sheet.lines, strict=True) if _says_something(cells)]
    for cells, line in rows:
        if not _lone(entries, cells, shown, line):
            entries.rows.append(entry(_timed(entries, cells, shown, line), shown, line, lines[0], lines[line - 1]))
    entries.problems.extend(_lacking(sheet.absent, shown) if rows else [_without_claims(shown)])


def _says_something(cells: Mapping[str, str]) -> bool:
    """Whether anything stands in a row but an offset, which people fill in down the whole column."""
    return any(cell.strip() for name, cell in cells.items() if name != OFFSET)


def _lone(entries: Entries, cells: Mapping[str, str], shown: str, line: int) -> bool:
    """Whether a single cell of a row is filled, which is told: a total, a remark, or the beginning of a claim."""
    filled = [name for name, cell in cells.items() if name != OFFSET and cell.strip()]
    if len(filled) != 1:
        return False
    message = f"nothing stands in the row but {quoted(cells[filled[0]].strip())} ({filled[0]}), which is no claim"
    fix = "Delete what stands there, or fill in the rest of the claim."
    told = problem("row-short", message, path=shown, line=line, resource=claims().name, field=filled[0], fix=fix)
    entries.problems.append(told)
    return True


def _timed(entries: Entries, cells: Mapping[str, str], shown: str, line: int) -> dict[str, str]:
    """The cells of a row of a CSV, its times with the offset of the row where they have none."""
    typed = cells[OFFSET].strip()
    offset = (offset_in(typed) or "") if typed else None
    if offset == "":
        entries.problems.append(no_offset(typed, shown, line, claims().name))
    times = {field.name for field in claims().fields if field.type == "datetime"}
    return {column: with_offset(cell, offset) if column in times else cell for column, cell in cells.items()}


def _without_claims(shown: str) -> Problem:
    message = "the file has no claims: nothing is filled in below the names of the columns"
    fix = "Fill in a row for each claim, save it and upload it again, or delete the file."
    return problem("file-empty", message, path=shown, line=1, resource=claims().name, fix=fix)


def _lacking(absent: Iterable[str], shown: str) -> Iterator[Problem]:
    """Of the columns that a file leaves out, those that every claim has to fill."""
    for column in absent:
        if column not in (MINTED, STATEMENT, OFFSET) and claims().field(column).required:
            message = f"there is no column {column}, which every claim has to fill"
            yield problem("header-missing", message, path=shown, line=1, resource=claims().name, field=column, fix=ADD)


def entry(
    given: Mapping[str, str],
    path: str | None = None,
    line: int | None = None,
    header: str | None = None,
    source: str | None = None,
) -> Addition:
    """A new claim with all its columns, tidy cells, and an id where it has none; the rest as in `Addition`."""
    cells = {column: tidy(given.get(column, "")) for column in claims().columns}
    minted = not cells[MINTED]
    if minted:
        cells[MINTED] = mint_claim_id(cells)
    return Addition("claims", cells, path, line, header, source, minted, bool(given.get(OFFSET, "").strip()))


def check(descriptor: Path, engine: str = "fast") -> list[Problem]:
    """All problems of a package and of its inbox together, as if the inbox had been folded; and claims lying about.

    Rows of the inbox that cannot be added yet because of the tables themselves are left unchecked. Raises `UsageError`
    where there is no package.
    """
    paths = inbox_files(descriptor.parent)
    lost = strays(descriptor)
    if not paths:
        return merged(lost, validate(descriptor, engine))
    entries = read_entries(descriptor.parent, paths)
    try:
        old = existing(descriptor)
        rows = fresh(old, with_statements(old, entries.rows))
        found = [*problems_with(descriptor, rows, engine), *near_doubles(old, rows)]
    except DataError:
        found = validate(descriptor, engine)
    return merged([*entries.problems, *lost], found)


def fresh(old: Sequence[dict[str, str]], rows: Sequence[Addition]) -> list[Addition]:
    """The rows but for claims that are among the old ones already, cell for cell, as after an interrupted fold."""
    there = {tuple(row.values()) for row in old}
    return [row for row in rows if row.table != "claims" or tuple(row.cells.values()) not in there]


def others(rows: Sequence[Addition], new: Sequence[Addition]) -> list[Addition]:
    """Those of the rows that `fresh` left out."""
    kept = {id(row) for row in new}
    return [row for row in rows if id(row) not in kept]


def existing(descriptor: Path) -> Sequence[dict[str, str]]:
    """The claims of the package as they stand in the file. Raises `DataError` where they cannot be told apart."""
    for file in files(descriptor):
        if file.schema.name == "claims":
            return read_sheet(file.schema, file.data, file.path).rows
    raise DataError([problem("resource-missing", "the package has no table of claims", path=descriptor.name)])


def merged(read: Sequence[Problem], found: Sequence[Problem]) -> list[Problem]:
    """Both, sorted. What follows in a cell from its not having been readable is not said again."""
    told = {(each.path, each.line, each.field) for each in read}
    rows = {(each.path, each.line) for each in read}
    lacking = {(each.path, each.field) for each in read if each.code == "header-missing"}
    incomplete = {path for path, _ in lacking}
    more = [
        each for each in found
        if (each.path, each.line, each.field) not in told
        and (each.path, each.field) not in lacking
        and not (each.path in incomplete and each.code == "key-repeated")
        and not ((each.path, each.line) in rows and each.code in _CONSEQUENCES)
    ]  # fmt: skip
    return sorted([*read, *more], key=Problem.sort_key)


_CONSEQUENCES = frozenset({"clock-half-filled", "valid-basis", "valid-mode-bounds", "valid-mode-missing"})
"""Rules between cells that a cell which could not be read breaks only for that reason."""
