"""Problems of one table, with what is the same for all of them filled in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from claimtrack.problems import Problem
from claimtrack.rulebook import problem


@dataclass
class Reporter:
    """Collects the problems of the table `resource` in the file `path`."""

    resource: str
    path: str
    problems: list[Problem] = field(default_factory=list)

    def __call__(
        self,
        code: str,
        message: str,
        line: int | None = None,
        column: int | None = None,
        *,
        field: str | None = None,
        key: str | None = None,
        fix: str | None = None,
    ) -> None:
        """Report one."""
        found = problem(code, message, path=self.path, line=line, column=column, resource=self.resource, fix=fix)
        self.problems.append(replace(found, field=field, key=key))
