"""The whole of validation: many faults at once, hostile packages, and what it may touch."""

from __future__ import annotations

import csv
import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import DataError, UsageError
from claimtrack.locate import shipped_root
from claimtrack.package import load
from claimtrack.package.write import csv_line, csv_text
from claimtrack.problems import Problem
from claimtrack.rulebook import rules
from claimtrack.schema import TABLES, table_schema
from claimtrack.validation import ENGINES, validate
from mutations import VALID, build, valid

LINKS = "claim_id,relation,other_id,basis,note\n"


def places(problems: list[Problem]) -> list[tuple[str, str | None, int | None]]:
    return [(one.code, one.path, one.line) for one in problems]


@pytest.mark.parametrize("engine", ENGINES)
def test_faults_of_all_sorts_are_found_together(engine: str, tmp_path: Path) -> None:
    descriptor = build(
        tmp_path,
        [
            {"file": "datapackage.json", "patch": {"/claimtrack:schema-version": "9"}},
            {"file": "schemas/places.json", "patch": {"/title": "Spots"}},
            {"file": "data/relays.csv", "delete": True},
            {"file": "data/links.csv", "more": "\n"},
            {"file": "data/actors.csv", "key": "gazette", "set": {"kind": "paper"}},
            {"file": "data/claims.csv", "key": "20200906-ministry-northland-zsmcri5e", "set": {"count_max": "4"}},
        ],
    )
    assert places(validate(descriptor, engine=engine)) == [
        ("enum-unknown", "data/actors.csv", 11),
        ("count-reversed", "data/claims.csv", 3),
        ("row-blank", "data/links.csv", 7),
        ("schema-version", "datapackage.json", 8),
        ("file-missing", "datapackage.json", 137),
        ("schema-differs", "schemas/places.json", 4),
    ]


def test_a_broken_row_is_not_judged_by_the_rules_but_its_neighbours_are(tmp_path: Path) -> None:
    def counts(key: str, **cells: str) -> dict[str, Any]:
        return {"file": "data/claims.csv", "key": f"20200906-ministry-northland-{key}", "set": cells}

    edits = [counts("7wgktoa5", count_min="13", count_approx="perhaps"), counts("zsmcri5e", count_max="4")]
    assert places(validate(build(tmp_path, edits))) == [
        ("boolean-invalid", "data/claims.csv", 2),
        ("count-reversed", "data/claims.csv", 3),
    ]


def test_rules_do_not_judge_a_table_that_lacks_a_column(tmp_path: Path) -> None:
    edits = [{"file": "data/claims.csv", "replace": ",count_mode,", "by": ",weather,"}]
    assert places(validate(build(tmp_path, edits))) == [
        ("header-missing", "data/claims.csv", 1),
        ("header-extra", "data/claims.csv", 1),
    ]


@pytest.mark.parametrize("name", TABLES)
def test_without_one_table_the_others_are_clean(name: str, tmp_path: Path) -> None:
    edits = [{"file": f"data/{name}.csv", "delete": True}]
    assert [one.code for one in validate(build(tmp_path, edits))] == ["file-missing"]


def rows_of(name: str) -> int:
    return (VALID / "data" / f"{name}.csv").read_text(encoding="utf-8").count("\n") - 1


@settings(max_examples=30, deadline=None)
@given(broken=st.sampled_from([(name, row) for name in TABLES for row in range(rows_of(name))]), short=st.booleans())
def test_a_row_of_another_width_is_one_problem(
    broken: tuple[str, int], short: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, row = broken
    descriptor = valid(tmp_path_factory.mktemp("broken"))
    path = descriptor.parent / "data" / f"{name}.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    rows[row + 1] = rows[row + 1][:-1] if short else [*rows[row + 1], "x"]
    path.write_text("".join(map(csv_line, rows)), encoding="utf-8")
    found = validate(descriptor)
    assert places(found) == [("row-short" if short else "row-long", f"data/{name}.csv", row + 2)], "\n".join(
        map(str, found)
    )


def broken_cells() -> list[tuple[str, int, str, str]]:
    """Every cell that can have a value of the wrong type or none of its choices, with such a value."""
    wrong = {"integer": "x", "number": "x", "boolean": "x", "date": "x", "datetime": "x"}
    return [
        (name, row, field.name, wrong.get(field.type, "x x"))
        for name in TABLES
        for row in range(rows_of(name))
        for field in table_schema(name).fields
        if field.type in wrong or field.enum or field.pattern
    ]


@settings(max_examples=60, deadline=None)
@given(broken=st.sampled_from(broken_cells()))
def test_a_broken_cell_is_one_problem(
    broken: tuple[str, int, str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, row, column, value = broken
    descriptor = valid(tmp_path_factory.mktemp("broken"))
    path = descriptor.parent / "data" / f"{name}.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    rows[row][column] = value
    path.write_text(csv_text(table_schema(name), rows), encoding="utf-8")
    found = validate(descriptor)
    assert [(one.path, one.line, one.field) for one in found] == [(f"data/{name}.csv", row + 2, column)]


def test_no_number_of_problems_is_too_large(tmp_path: Path) -> None:
    row = "20200906-gazette-pzd3tgpk,x,nobody,,=1\n"
    found = validate(
        build(
            tmp_path,
            [{"file": "data/links.csv", "text": LINKS}, {"file": "data/links.csv", "more": row, "times": 2000}],
        )
    )
    assert len(found) == 2000 * 4 + 1999
    assert found == sorted(found, key=Problem.sort_key)


def test_the_shipped_package_is_validated_without_a_path() -> None:
    assert validate() == validate(shipped_root())


def test_an_unknown_engine_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are fast and frictionless"):
        validate(valid(tmp_path), engine="slow")


def test_the_default_engine_does_not_import_frictionless(tmp_path: Path) -> None:
    code = (
        f"import sys, claimtrack as ct; ct.validate({str(valid(tmp_path))!r}); sys.exit('frictionless' in sys.modules)"
    )
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0


@contextmanager
def watched(root: Path) -> Iterator[list[str]]:
    """Collects what is opened outside of `root`, the library and Python, and every use of the network."""
    allowed = [
        str(path) for path in (root, shipped_root() / "src", shipped_root() / "schemas", sys.prefix, sys.base_prefix)
    ]
    allowed += ["/dev/null", "/usr/share/zoneinfo", "/sys/", "/proc/self", "/proc/cpuinfo", "/proc/meminfo"]
    seen: list[str] = []
    here = threading.get_ident()
    watching = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if not watching or threading.get_ident() != here:
            return
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            path = str(Path.cwd() / os.fsdecode(arguments[0]))
            if not path.startswith(tuple(allowed)):
                seen.append(path)
        elif event.startswith("socket.") or event in ("subprocess.Popen", "os.system", "urllib.Request"):
            seen.append(event)

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        watching = False


HOSTILE = [case.edits for entry in rules().values() if entry.topic == "descriptor" for case in entry.breaks]


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_fetched_and_nothing_outside_is_read(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.csv").write_text(LINKS)
    descriptors = [build(tmp_path / str(at), edits) for at, edits in enumerate(HOSTILE)]
    for descriptor in descriptors:
        (descriptor.parent / "data" / "outside.csv").symlink_to(tmp_path / "secret.csv")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("a name was looked up"))
    validate(descriptors[-1], engine=engine)
    for descriptor in descriptors:
        with watched(descriptor.parent) as seen:
            validate(descriptor, engine=engine)
        assert seen == []


def outcome(descriptor: Path) -> str:
    """What reading, validating and loading a package come to; anything but these is a defect."""
    try:
        problems = validate(descriptor)
        assert all(one.code in rules() and one.message.isprintable() for one in problems)
        assert json.loads(json.dumps([one.as_dict() for one in problems])) is not None
        load(descriptor)
    except UsageError:
        return "no package"
    except DataError:
        return "broken"
    assert not [one for one in problems if rules()[one.code].topic in ("bytes", "cells", "descriptor")]
    return "loaded"


FILES = (*(f"data/{name}.csv" for name in TABLES), *(f"schemas/{name}.json" for name in TABLES), "datapackage.json")
PIECES = st.sampled_from(
    [
        *(bytes([one]) for one in b"\"',\n\r\0\xff= {}[]:\\0-;\t"),
        *(text.encode() for text in ("\ufeff", "\u202e", "é", "<<<<<<< x\n", "a" * 300, "9" * 30)),
    ]
)
EDITS = st.lists(
    st.tuples(st.sampled_from(FILES), st.floats(0, 1), st.integers(0, 40), PIECES | st.binary(max_size=8)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(edits=EDITS)
def test_mutated_bytes_are_read_or_refused(
    edits: list[tuple[str, float, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    descriptor = valid(tmp_path_factory.mktemp("mutated"))
    for name, where, cut, piece in edits:
        path = descriptor.parent / name
        data = path.read_bytes()
        at = int(where * len(data))
        path.write_bytes(data[:at] + piece + data[at + cut :])
    assert outcome(descriptor) in ("no package", "broken", "loaded")


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "path", "fields", "data"]), inner, max_size=3)
    ),
    max_leaves=5,
)
POINTERS = ["/resources", "/profile", "/$schema", "/claimtrack:schema-version", "/resources/0", "/resources/5"]
POINTERS += [
    f"/resources/{at}/{key}"
    for at in (0, 5)
    for key in ("name", "path", "schema", "dialect", "encoding", "bytes", "hash", "data")
]


@settings(max_examples=40, deadline=None)
@given(changes=st.dictionaries(st.sampled_from(POINTERS), JSONS, min_size=1, max_size=1))
def test_mutated_descriptors_are_read_or_refused(
    changes: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    descriptor = build(tmp_path_factory.mktemp("mutated"), [{"file": "datapackage.json", "patch": changes}])
    assert outcome(descriptor) in ("no package", "broken", "loaded")
