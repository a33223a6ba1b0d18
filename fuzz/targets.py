"""What is fuzzed: each target takes bytes and returns, unless something is found."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import atheris
from mutants import HOSTILE, Workshop, existing_cells, original, tokens
from outcomes import check_cells, check_formats, check_problems, examine, in_time

from claimtrack.locate import shipped_root
from claimtrack.package.typed import typed
from claimtrack.problems import Problem
from claimtrack.rulebook import rules
from claimtrack.schema import TABLES, table_schema
from claimtrack.structure import read
from claimtrack.structure.files.jsonfile import read_json
from mutations import build
from refereed import AWKWARD, check_agreement

FOLDER = Path(tempfile.mkdtemp(prefix="claimtrack-fuzz-"))
CODES = [code for code, rule in rules().items() if rule.severity != "finding"]
_workshop = Workshop(FOLDER / "package")
examine(_workshop.descriptor)  # imports what is imported late


def _alone(table: str) -> Path:
    """A package with nothing but one table, which is quick to read."""
    entry = {"name": table, "path": f"data/{table}.csv"}
    folder = FOLDER / table
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "datapackage.json").write_text(json.dumps({"resources": [entry]}), encoding="utf-8")
    return folder / "datapackage.json"


_ALONE = {table: _alone(table) for table in TABLES}


def csv(data: bytes) -> None:
    """The bytes of one table: the first byte says of which."""
    if data:
        table = TABLES[data[0] % len(TABLES)]
        descriptor = _ALONE[table]
        (descriptor.parent / "data" / f"{table}.csv").write_bytes(data[1:])
        with in_time():
            raw = read(descriptor)
            check_problems(raw.problems, descriptor.parent)
            check_cells(raw)
            for read_table in raw.tables.values():
                typed(read_table.schema, read_table.as_far_as_sound())


def descriptor(data: bytes) -> None:
    """The bytes of the descriptor."""
    path = _workshop.with_files({"datapackage.json": data})
    with in_time():
        check_problems(read(path).problems, path.parent)


def schema(data: bytes) -> None:
    """The bytes of one schema: the first byte says of which."""
    if data:
        path = _workshop.with_files({f"schemas/{TABLES[data[0] % len(TABLES)]}.json": data[1:]})
        with in_time():
            check_problems(read(path).problems, path.parent)


def jsonfile(data: bytes) -> None:
    """Bytes that may be JSON: read as Python's own reader does, or refused, and every value has a place."""
    with in_time():
        document, problems = read_json("datapackage.json", data)
        if document is None:
            assert problems
            return
        assert json.dumps(document.value) == json.dumps(json.loads(data))
        lines = document.text.split("\n")
        for steps, value in _values((), document.value):
            line, column = document.place(steps)
            begins = lines[line - 1][column - 1]
            expected = {dict: "{", list: "[", str: '"'}.get(type(value), "-0123456789tfn")
            assert problems or begins in expected, (steps, line, column)


def _values(steps: tuple[str | int, ...], value: object) -> Iterator[tuple[tuple[str | int, ...], object]]:
    yield steps, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from _values((*steps, key), member)


_CELLS = {table: existing_cells(table) for table in TABLES}


def package(data: bytes) -> None:
    """Whole packages whose tables are sound CSV with other cells; all that can be asked of a package is asked."""
    examine(_workshop.with_files(_other_cells(data, HOSTILE)), twice=len(data) % 4 == 0)


def referee(data: bytes) -> None:
    """The same packages, judged by the fast engine and by frictionless: both find the same."""
    descriptor = _workshop.with_files(_other_cells(data, (*HOSTILE, *AWKWARD)))
    check_agreement(read(descriptor))


def _other_cells(data: bytes, hostile: Sequence[str]) -> dict[str, bytes]:
    """Some tables as the bytes say, with cells of their own, hostile ones and any text."""
    provider = atheris.FuzzedDataProvider(data)
    files: dict[str, list[list[str]]] = {}
    for _ in range(provider.ConsumeIntInRange(1, 8)):
        table = TABLES[provider.ConsumeIntInRange(0, len(TABLES) - 1)]
        rows = files.setdefault(table, _rows(table))
        row = provider.ConsumeIntInRange(1, max(len(rows) - 1, 1))
        column = provider.ConsumeIntInRange(0, len(table_schema(table).columns) - 1)
        if row < len(rows):
            _edit(provider, rows, (row, column), (_CELLS[table], hostile))
    return {f"data/{table}.csv": _written(rows) for table, rows in files.items()}


def _edit(
    provider: atheris.FuzzedDataProvider,
    rows: list[list[str]],
    place: tuple[int, int],
    cells: tuple[Sequence[str], Sequence[str]],
) -> None:
    """Change a row or a cell; `cells` are those of the table, and hostile ones."""
    row, column = place
    known, hostile = cells
    match provider.ConsumeIntInRange(0, 7):
        case 0:
            del rows[row]
        case 1:
            rows.append(list(rows[row]))
        case 2:
            rows[row][column] = hostile[provider.ConsumeIntInRange(0, len(hostile) - 1)]
        case 3:
            rows[row][column] = provider.ConsumeUnicodeNoSurrogates(20)
        case _:
            rows[row][column] = known[provider.ConsumeIntInRange(0, len(known) - 1)]


def _rows(table: str) -> list[list[str]]:
    import csv as reader

    return list(reader.reader(original(f"data/{table}.csv").decode().splitlines()))


def _written(rows: list[list[str]]) -> bytes:
    import csv as writer
    import io

    out = io.StringIO()
    writer.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogateescape")


def report(data: bytes) -> None:
    """Problems with any text in them, in every format."""
    provider = atheris.FuzzedDataProvider(data)
    problems = []
    for _ in range(provider.ConsumeIntInRange(1, 4)):
        code = CODES[provider.ConsumeIntInRange(0, len(CODES) - 1)]
        problems.append(
            Problem(
                code=code,
                severity=rules()[code].severity,
                path=("data/claims.csv", "datapackage.json", None)[provider.ConsumeIntInRange(0, 2)],
                line=provider.ConsumeIntInRange(1, 9),
                column=provider.ConsumeIntInRange(1, 9),
                message=provider.ConsumeUnicode(60),
                key=provider.ConsumeUnicode(20),
                fix=provider.ConsumeUnicode(20),
            )
        )
    with in_time():
        check_formats(problems, FOLDER, thorough=len(data) % 16 == 0)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (csv, descriptor, schema, jsonfile, package, report, referee)
}


def seeds(target: str) -> Iterator[bytes]:
    """The valid files, and those of the rulebook's mutations."""
    match target:
        case "csv":
            for number, table in enumerate(TABLES):
                yield bytes([number]) + original(f"data/{table}.csv")
            for file, data in _mutated():
                if file.startswith("data/") and Path(file).stem in TABLES:
                    yield bytes([TABLES.index(Path(file).stem)]) + data
        case "descriptor" | "jsonfile":
            yield original("datapackage.json")
            yield from (data for file, data in _mutated() if file == "datapackage.json")
        case "schema":
            for number, table in enumerate(TABLES):
                yield bytes([number]) + (shipped_root() / "schemas" / f"{table}.json").read_bytes()
            for file, data in _mutated():
                if file.startswith("schemas/") and Path(file).stem in TABLES:
                    yield bytes([TABLES.index(Path(file).stem)]) + data
        case "package" | "referee":
            yield from (bytes((at * 37 + number) % 256 for number in range(64)) for at in range(50))
        case "report":
            yield from (cell.encode("utf-8", "surrogatepass") * 3 for cell in HOSTILE)


def _mutated() -> Iterator[tuple[str, bytes]]:
    """Each file that a mutation of the rulebook changes, as it is then."""
    with tempfile.TemporaryDirectory() as folder:
        cases = [case for rule in rules().values() for case in (*rule.breaks, *rule.spares)]
        for number, case in enumerate(cases):
            root = build(Path(folder) / str(number), case.edits).parent
            for edit in case.edits:
                changed = root / edit["file"]
                if changed.is_file() and not changed.is_symlink() and changed.stat().st_size < 50_000:
                    yield edit["file"], changed.read_bytes()


def dictionary() -> str:
    """What is worth inserting, in the format of libFuzzer."""
    words = ("".join(f"\\x{byte:02x}" for byte in token) for token in tokens() if len(token) < 60)
    return "".join(f'"{word}"\n' for word in words)
