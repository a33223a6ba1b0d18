"""Which problems are not those of another version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from claimtrack.problems import Problem


def unmatched(ours: Sequence[Problem], theirs: Sequence[Problem]) -> list[Problem]:
    """Those of ours that the others lack.

    A problem is the same if it has the same code, table, key and column, wherever its line is now. Of several such
    problems those that also read alike are matched first, so that the others are named.
    """
    left, right = _beyond(ours, theirs, _whole), _beyond(theirs, ours, _whole)
    return _beyond(left, right, _about)


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
