"""Which problems are not those of another version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace

from claimtrack.contribute.diff.names import Ids
from claimtrack.contribute.diff.rows import TableDiff
from claimtrack.problems import Problem
from claimtrack.schema import table_schema
from claimtrack.structure.keys.dangling import nowhere


def unmatched(ours: Sequence[Problem], theirs: Sequence[Problem]) -> list[Problem]:
    """Those of ours that the others lack.

    A problem is the same if it has the same code, table, key and column, wherever its line is now. Of several such
    problems those that also read alike are matched first, so that the others are named.
    """
    left, right = _beyond(ours, theirs, _whole), _beyond(theirs, ours, _whole)
    return _beyond(left, right, _about)


def of_removed(problems: Sequence[Problem], tables: Mapping[str, TableDiff], ids: Ids) -> list[Problem]:
    """The problems; of a reference to a row that this change removes the way out is that row, and no other id.

    Of one that has another id now, by `ids`, it is that id.

    A claim that is gone may have taken along what was said of it, and keeps its own advice.
    """
    fixes = {
        (name, nowhere(key, [row.cells.get(field, "") for field in key.reference_fields], row.path)): (
            _SAME.format(ids[key.resource][row.key])
            if row.key in ids.get(key.resource, {})
            else _PUT_BACK.format(row.path)
        )
        for name in tables
        for key in table_schema(name).foreign_keys if key.resource in tables and key.resource != "claims"
        for row in tables[key.resource].removed
    }  # fmt: skip
    return [
        replace(each, fix=fix) if (fix := fixes.get((each.resource or "", each.message))) else each for each in problems
    ]


_SAME = "This change gives that row the id {}: write that here, too, or put the old id back."
_PUT_BACK = "This change takes that row out of {}: put it back, unless another one is meant here."


def _about(problem: Problem) -> Hashable:
    where = problem.resource or problem.path
    return problem.code, where, problem.key, problem.field


def _whole(problem: Problem) -> Hashable:
    return _about(problem), problem.message


def _beyond(
    ours: Sequence[Problem], theirs: Sequence[Problem], identity: Callable[[Problem], Hashable]
) -> list[Problem]:
    left = Counter(map(identity, theirs))
    found = []
    for problem in ours:
        if left[identity(problem)]:
            left[identity(problem)] -= 1
        else:
            found.append(problem)
    return found
