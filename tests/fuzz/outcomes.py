"""What may come of a package that anybody may have written: success, or an error that is documented."""

from __future__ import annotations

import csv
import io
import json
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree as ET

from claimtrack.discrepancy import Findings, compute
from claimtrack.errors import DataError
from claimtrack.package import load
from claimtrack.problems import Problem
from claimtrack.report.console import print_blocks
from claimtrack.report.problems import as_json, github, junit, markdown, sarif, text
from claimtrack.rulebook import rule, rules
from claimtrack.structure import Raw
from claimtrack.structure.rows.container import HEAD, utf16
from claimtrack.validation import validate

SECONDS = 10
STRUCTURAL = ("bytes", "cells", "descriptor")


class HangError(AssertionError):
    """Something took longer than it may."""


@contextmanager
def in_time(seconds: float = SECONDS) -> Iterator[None]:
    """Raise `HangError` where the body takes the processor for longer. Only in the main thread of a POSIX system."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise HangError(f"not done after {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def examine(descriptor: Path, twice: bool = True) -> list[Problem]:
    """Load, validate and compare a package that may be broken in any way; the problems, once all that must hold does.

    Any error but the documented ones comes out of here. `twice` is whether it is validated a second time.
    """
    with in_time():
        problems = validate(descriptor)
        check_problems(problems, descriptor.parent)
        check_formats(problems, descriptor.parent)
        assert not twice or validate(descriptor) == problems, "validated twice, the same package has other problems"
        check_load(descriptor, problems)
    return problems


def check_load(descriptor: Path, problems: Sequence[Problem]) -> None:
    """A package loads if and only if nothing is wrong with its structure, and what loads can be compared."""
    structural = [one for one in problems if one.severity == "error" and rule(one.code).topic in STRUCTURAL]
    refused: list[Problem] = []
    try:
        package = load(descriptor)
    except DataError as error:
        refused = sorted(error.problems, key=Problem.sort_key)
    assert refused == structural
    if not refused:
        check_findings(compute(package))


def check_findings(findings: Findings) -> None:
    """Every form of the findings can be made, and is JSON."""
    forms = (
        list(findings.pairs()),
        findings.condensed(),
        findings.not_comparable(),
        findings.unlinked(),
        findings.suppressed(),
        findings.stats,
    )
    for form in forms:
        json.dumps(form, allow_nan=False)
    assert len(forms[0]) == findings.stats["pairs"]


def physical_lines(data: bytes) -> list[str]:
    """The lines of a file as an editor numbers them, without their ends."""
    encoding = utf16(data[:HEAD])
    if encoding is not None:
        data = data.decode(encoding, "replace").encode("utf-8", "replace")
    if b"\r" in data and b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    return _decoded(data.removeprefix(b"\xef\xbb\xbf")).split("\n")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def check_problems(problems: Sequence[Problem], root: Path) -> None:
    """Every problem has a known code, and a place that is there."""
    files: dict[str, list[str]] = {}
    assert list(problems) == sorted(problems, key=Problem.sort_key)
    for found in problems:
        known = rules()[found.code]
        assert found.severity == known.severity
        assert found.message
        assert found.message.isprintable()
        assert found.fix
        assert found.fix.isprintable()
        if found.path is None:
            continue
        assert not found.path.startswith("/"), found
        assert ".." not in found.path.split("/"), found
        if found.line is not None and not (root / found.path).is_symlink():
            if found.path not in files:
                data = (root / found.path).read_bytes()
                is_json = found.path.endswith(".json")
                files[found.path] = _decoded(data).split("\n") if is_json else physical_lines(data)
            check_place(found, files[found.path])


def check_cells(raw: Raw) -> None:
    """Where a line has no fault, its cells are what Python's own reader of CSV sees in it."""
    faulty = {(found.path, found.line) for found in raw.problems if rule(found.code).topic == "bytes"}
    for table in raw.tables.values():
        lines = physical_lines((raw.root / table.path).read_bytes())
        frame = table.cells.to_numpy().tolist()
        for line, cells in zip(table.lines.tolist(), frame, strict=True):
            if (table.path, line) not in faulty:
                text = lines[line - 1].removesuffix("\r")
                (wanted,) = csv.reader([text], delimiter=table.header.delimiter, strict=True)
                places = [table.header.at(column) for column in table.schema.columns]
                assert cells == ["" if at is None else wanted[at] for at in places], (table.path, line)
                assert len(wanted) == table.header.width, (table.path, line)


def check_place(found: Problem, lines: Sequence[str]) -> None:
    assert found.line is not None
    assert 1 <= found.line <= len(lines), found
    if found.column is not None:
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1, found


@cache
def _sarif_schema():
    from jsonschema import Draft7Validator

    published = Path(__file__).parents[1] / "report" / "published" / "sarif-schema-2.1.0.json"
    return Draft7Validator(json.loads(published.read_text(encoding="utf-8")))


def check_formats(problems: Sequence[Problem], root: Path, thorough: bool = False) -> None:
    """Each format is well formed and shows nothing that a terminal, a build runner or a browser would obey."""
    shown = io.StringIO()
    print_blocks(text.blocks(problems, root), shown)
    annotated = list(github.lines(problems, root))
    listed = list(markdown.lines(problems, root))
    printed = [shown.getvalue(), *annotated, *listed, junit.document(problems, root)]
    printed += [as_json.document(problems), *as_json.lines(problems), sarif.document(problems, root, version="1")]
    for one in printed:
        harmless(one)
    for line in (*shown.getvalue().splitlines(), *listed):
        assert "::" not in line, line
    commands = [line for line in annotated if line.lstrip().startswith("::")]
    assert len([line for line in commands if not line.startswith(("::group::", "::endgroup::"))]) <= github.MOST
    assert all(line.count("::") == 2 for line in commands)
    assert not any("\n" in line for line in (*annotated, *listed))
    assert not any("<" in line.replace("@<!-- -->", "") for line in listed)
    suites = ET.fromstring(junit.document(problems, root))
    assert len(suites.findall("./testsuite/testcase")) == (len(problems) or 1)
    assert json.loads(as_json.document(problems))["problems"] == json.loads(
        json.dumps([one.as_dict() for one in problems])
    )
    exchanged = json.loads(sarif.document(problems, root, version="1"))
    assert len(exchanged["runs"][0]["results"]) == len(problems)
    if thorough:
        _sarif_schema().validate(exchanged)


def harmless(shown: str) -> None:
    """Nothing but printable text and newlines, and no command for a build runner within a line."""
    odd = {one for one in shown if not one.isprintable() and one != "\n"}
    assert not odd, odd
    assert "##[" not in shown
    shown.encode("utf-8")
