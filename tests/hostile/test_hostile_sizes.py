"""Files made to exhaust time or memory end soon, in problems that are said."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from confined import confined

from claimtrack.schema import table_schema
from claimtrack.structure.limits import LINE_BYTES
from claimtrack.structure.rows.blocks import blocks
from mutations import valid

MEGABYTE = 2**20
GIGABYTE = 2**30
Damage = Callable[[Path], None]


def header(table: str) -> bytes:
    return (",".join(table_schema(table).columns) + "\n").encode()


def rows(table: str, lines: Iterable[str]) -> Damage:
    """The table, with nothing but these rows."""
    return lambda root: (root / "data" / f"{table}.csv").write_bytes(
        header(table) + b"".join(line.encode() + b"\n" for line in lines)
    )


def content(file: str, data: bytes) -> Damage:
    return lambda root: (root / file).write_bytes(data)


def actors(*ids: tuple[str, str, str, str]) -> Damage:
    """Actors by id, kind, what each is a member of, and time zone."""
    return rows("actors", (f"{one},X,{kind},{member_of},,{zone},," for one, kind, member_of, zone in ids))


CHAIN = [("a0", "stat", "", ""), *((f"a{at}", "state", f"a{at - 1}", "") for at in range(1, 10_000))]
"""Ten thousand actors in a chain, the first of them faulty."""

CASES = [
    ("a million columns", content("data/actors.csv", b"," * 1_000_000 + b"\n"), {"header-extra": 1}, 20),
    ("a million cells in a row", rows("actors", ["x" + "," * 1_000_000]), {"row-long": 1}, 10),
    ("endless nesting", content("datapackage.json", b"[" * 1_000_000), {"json-too-deep": 1}, 10),
    ("endless nesting in a schema", content("schemas/actors.json", b"[" * 60_000), {"json-too-deep": 1}, 10),
    ("a long number", content("datapackage.json", b"[" + b"9" * 1_000_000 + b"]"), {"json-invalid": 1}, 10),
    (
        "a key given again and again",
        content("datapackage.json", b"{" + b'"a":1,' * 50_000 + b'"a":1}'),
        {"json-key-repeated": 50_000},
        10,
    ),
    (
        "a hundred thousand resources",
        content("datapackage.json", b'{"resources":[' + b'{"name":"a"},' * 99_999 + b"{}]}"),
        {"descriptor-invalid": 1},
        15,
    ),
    ("a count of thousands of digits", rows("relays", [f"x,+{'9' * 5000},y"]), {"integer-invalid": 1}, 10),
    ("the same in other digits", rows("relays", [f"x,{'٣' * 5000},y"]), {"integer-invalid": 1}, 10),
    ("quotes that open and never close", rows("actors", ['"a","b'] * 20_000), {"quote-unclosed": 20_000}, 15),
    ("a long chain below a faulty row", actors(*CHAIN), {"enum-unknown": 1}, 15),
    (
        "ten thousand unknown time zones",
        actors(*((f"a{at}", "state", "", f"Eur/Moscw{at}") for at in range(10_000))),
        {"zone-unknown": 10_000},
        20,
    ),
    (
        "thousands of outcomes that nothing counts alone, and of wider terms that are not there",
        rows(
            "predicates",
            (
                f"count,{name}{at},X.,,,false,false,false,person,{counted},{wider},false"
                for at in range(5_000)
                for name, counted, wider in (("one", f"o{at}", ""), ("two", f"o{at}|{'u' * 30}{at}", f"{'w' * 30}{at}"))
            ),
        ),
        {"outcome-unknown": 5_000, "narrower-unknown": 5_000},
        10,
    ),
    (
        "a hundred thousand aliases",
        rows("actors", ["a,X,state,,,," + "|".join(f"n{at % 99_999}" for at in range(100_000)) + ","]),
        {"list-parts": 1},
        10,
    ),
]


@pytest.mark.parametrize(
    ("damage", "expected", "seconds"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_it_is_found_in_time_and_in_bounds(
    tmp_path: Path, damage: Damage, expected: dict[str, int], seconds: int
) -> None:
    package = valid(tmp_path).parent
    damage(package)
    result = confined("validate", package, seconds=seconds)
    assert result.error is None
    assert {code: result.codes[code] for code in expected} == expected
    assert result.memory < 400 * MEGABYTE


def sparse(path: Path, start: bytes, size: int) -> None:
    path.write_bytes(start)
    os.truncate(path, size)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("start", "code"),
    [
        (header("claims") + b"x" * 10_000, "line-too-long"),
        (b"claim_id" * 2_000, "header-absent"),
        (header("claims"), "encoding-invalid"),
    ],
    ids=["a row", "the header", "nothing but zeros"],
)
def test_a_gigabyte_on_one_line_is_read_in_pieces(tmp_path: Path, start: bytes, code: str) -> None:
    package = valid(tmp_path).parent
    sparse(package / "data" / "claims.csv", start, GIGABYTE)
    result = confined("validate", package, seconds=30)
    assert result.codes[code] == 1
    assert result.memory < 400 * MEGABYTE


def test_a_file_beyond_the_limit_is_not_opened(tmp_path: Path) -> None:
    package = valid(tmp_path).parent
    sparse(package / "data" / "claims.csv", header("claims"), 16 * GIGABYTE + 1)
    result = confined("load", package, seconds=5)
    assert result.error == "DataError"
    assert result.codes["file-too-large"] == 1
    assert result.memory < 100 * MEGABYTE


@pytest.mark.slow
def test_a_million_problems_are_all_reported(tmp_path: Path) -> None:
    package = valid(tmp_path).parent
    rows("relays", (f"x{at},-1," for at in range(500_000)))(package)
    result = confined("validate", package, seconds=180)
    assert result.codes["below-minimum"] == 500_000
    assert result.codes["required-missing"] == 500_000
    assert result.memory < 3 * GIGABYTE


def test_a_line_without_end_is_cut_while_it_is_read() -> None:
    """What is held of a long line does not depend on its length."""

    class Endless:
        left = 64 * MEGABYTE

        def read(self, size: int) -> bytes:
            given = min(size, self.left)
            self.left -= given
            return b"x" * given

    (block,) = blocks(Endless())
    assert block.too_long == {1: 64 * MEGABYTE}
    assert len(block.data) < LINE_BYTES
