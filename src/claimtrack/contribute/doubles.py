"""New claims that look like another one: a question to whoever adds them, and no error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claimtrack.contribute.overlay import Addition
from claimtrack.ids import CLAIM_ID_COLUMNS
from claimtrack.problems import Problem
from claimtrack.rulebook import problem

_NEAR = ("source_id", "locator", "kind", "predicate", "claimant_id")
_APART = ("place_id", "actor_id", "target_id", "answer")
"""Where two rows name different ones, they are two claims of one statement and no near double."""

_NAMED = 3


def near_doubles(old: Sequence[Mapping[str, str]], rows: Sequence[Addition]) -> Iterator[Problem]:
    """A warning for each new claim that has the place in a source, the claimant and the predicate of an earlier one."""
    rows = [row for row in rows if row.table == "claims"]
    seen: dict[tuple[str, ...], list[Mapping[str, str]]] = {_near(row.cells): [] for row in rows}
    for cells in old:
        if _near(cells) in seen:
            seen[_near(cells)].append(cells)
    for row in rows:
        near = seen[_near(row.cells)]
        others = [other["claim_id"] for other in near if not _apart(other, row.cells)]
        if others and not any(_same(other, row.cells) for other in near):
            message = f"the claim has the source, locator, kind, predicate and claimant of {', '.join(others[:_NAMED])}"
            yield problem(
                "claim-near-double",
                message,
                path=row.path,
                line=row.line,
                column=1 if row.source is not None else None,
                resource="claims",
                key=row.cells["claim_id"],
            )
        near.append(row.cells)


def _apart(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether both are plainly two claims."""
    named = ((one[column], other[column]) for column in _APART)
    return any(left and right and left != right for left, right in named)


def _same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether both are one and the same, which is an error of its own: that is enough for the row."""
    return one["claim_id"] == other["claim_id"] or all(one[column] == other[column] for column in CLAIM_ID_COLUMNS)


def _near(cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells[column] for column in _NEAR)
