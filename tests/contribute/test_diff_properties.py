"""What holds of a diff whatever the two versions are."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.contribute.diff import Diff, compare
from claimtrack.contribute.diff.rows import Row
from claimtrack.contribute.diff.sides import Side, from_folder
from disputed import disputed
from examples import tried

TABLES = ("claims", "links", "relays", "sources")
Step = tuple[str, str, int]

steps = st.lists(
    st.tuples(
        st.sampled_from(TABLES), st.sampled_from(("drop", "double", "empty", "move", "reword")), st.integers(0, 99)
    ),
    max_size=4,
)


def version(folder: Path, changes: Sequence[Step], *, turned: int = 0) -> Side:
    """The disputed package after some changes, sound or not; with its rows in another order."""
    descriptor = disputed(folder)
    for table in TABLES:
        path = folder / "data" / f"{table}.csv"
        header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
        for _, sort, number in (change for change in changes if change[0] == table):
            at, column = number % len(rows), number % len(header)
            match sort:
                case "drop" if len(rows) > 1:
                    del rows[at]
                case "double":
                    rows.append(rows[at])
                case "empty":
                    rows[at] = [*rows[at][:column], "", *rows[at][column + 1 :]]
                case "move":
                    rows.append(rows.pop(at))
                case "reword":
                    rows[at] = [*rows[at][:-1], f"{rows[at][-1]} again"]
        first = turned % len(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows[first:], *rows[:first]])
    return from_folder(descriptor, "version")


def told(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [(row.key, str(row.cells)) for row in rows]


def shown(diff: Diff) -> list[object]:
    """Everything about a diff but the lines of the files."""
    return [
        (told(table.removed), told(table.added), [(row.after.key, row.cells) for row in table.changed])
        for table in diff.tables.values()
    ]


few = tried(8)


@few
@given(steps)
def test_nothing_differs_from_itself(changes: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        side = version(Path(folder), changes)
    diff = compare(side, side)
    assert all(not (table.removed or table.added or table.changed) for table in diff.tables.values())
    assert diff.new == diff.fixed == []
    assert diff.findings is None or not (diff.findings.introduced or diff.findings.resolved or diff.findings.changed)


@few
@given(steps, steps)
def test_the_way_back_is_the_mirror(one: list[Step], other: list[Step]) -> None:
    with TemporaryDirectory() as here, TemporaryDirectory() as there:
        a, b = version(Path(here), one), version(Path(there), other)
    way, back = compare(a, b), compare(b, a)
    for name, table in way.tables.items():
        mirrored = back.tables[name]
        assert (table.added, table.removed) == (mirrored.removed, mirrored.added)
        turned = [
            (row.after, row.before, {at: (now, was) for at, (was, now) in row.cells.items()}) for row in table.changed
        ]
        assert turned == [(row.before, row.after, dict(row.cells)) for row in mirrored.changed]
    # What to do about a problem depends on the way: a row that is taken out is to be put back.
    new, fixed, again, mended = (
        [replace(one, fix=None) for one in found] for found in (way.new, way.fixed, back.new, back.fixed)
    )
    assert (new, fixed) == (mended, again)
    assert (way.findings is None) == (back.findings is None)
    if way.findings is not None and back.findings is not None:
        assert (way.findings.introduced, way.findings.resolved) == (back.findings.resolved, back.findings.introduced)
        assert {now["id"] for _, now in way.findings.changed} == {now["id"] for _, now in back.findings.changed}


@few
@given(steps, st.integers(0, 20))
def test_the_order_of_rows_does_not_matter(changes: list[Step], turned: int) -> None:
    with TemporaryDirectory() as first, TemporaryDirectory() as here, TemporaryDirectory() as there:
        base = version(Path(first), [])
        one, other = version(Path(here), changes), version(Path(there), changes, turned=turned)
    assert shown(compare(base, one)) == shown(compare(base, other))
    assert all(not (table.removed or table.added or table.changed) for table in compare(one, other).tables.values())
