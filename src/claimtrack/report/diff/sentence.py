"""The verdict in one line: 'adds 3 claims; introduces 2 discrepancies, resolves 1; no problems'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from claimtrack.contribute.diff import Diff, TableDiff
from claimtrack.report.words import listed, numbered


def sentence(diff: Diff) -> str:
    """Rows, discrepancies, problems. It holds nothing that comes out of a cell."""
    return "; ".join([*_rows(diff), *_renamed(diff), *_findings(diff), *_corrections(diff), *_problems(diff)])


def _rows(diff: Diff) -> Iterator[str]:
    found = False
    renamed = Counter(one.table for one in diff.names_renamed)
    kinds: Mapping[str, Callable[[TableDiff], Sequence[Any]]]
    kinds = {"removes": diff.removed, "adds": diff.added, "changes": attrgetter("changed")}
    for verb, rows in kinds.items():
        counts = {table.name: len(rows(table)) for table in diff.tables.values()}
        said = [numbered(count, name.removesuffix("s")) for name, count in counts.items() if count]
        if said:
            found = True
            yield f"{verb} {listed(said)}"
    if renamed:
        yield f"gives {listed([numbered(count, name.removesuffix('s')) for name, count in renamed.items()])} another id"
    elif not found:
        in_part = any(table.notes for table in diff.tables.values())
        yield "changes no rows that can be compared" if in_part else "changes no rows"


def _renamed(diff: Diff) -> Iterator[str]:
    if diff.claims_renamed:
        yield f"edits the id of {numbered(len(diff.claims_renamed), 'claim')}"


def _findings(diff: Diff) -> Iterator[str]:
    if diff.findings is None:
        yield "discrepancies not compared"
        return
    counts = {
        "introduces": len(diff.findings.introduced),
        "resolves": len(diff.findings.resolved),
        "changes": len(diff.findings.changed),
    }
    (verb, number), *more = [item for item in counts.items() if item[1]] or [("introduces", 0)]
    if not number:
        yield "no discrepancies introduced or resolved"
        return
    noun = "discrepancy" if number == 1 else "discrepancies"
    yield ", ".join([f"{verb} {number:,} {noun}", *(f"{verb} {number:,}" for verb, number in more)])


def _corrections(diff: Diff) -> Iterator[str]:
    if diff.uncorrected:
        yield f"asks for {numbered(len(diff.uncorrected), 'correction')}"


def _problems(diff: Diff) -> Iterator[str]:
    before = len(diff.head.problems) - len(diff.new)
    if diff.new:
        errors = sum(problem.severity == "error" for problem in diff.new)
        counts = ((errors, "error"), (len(diff.new) - errors, "warning"))
        of = listed([numbered(number, word) for number, word in counts if number])
        yield f"{numbered(len(diff.new), 'new problem')} ({of})"
    elif before:
        yield f"no new problems ({before:,} as before)"
    else:
        yield "no problems"
    if diff.fixed:
        yield f"fixes {numbered(len(diff.fixed), 'problem')}"
