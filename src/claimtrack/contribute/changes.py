"""What cleaning did to a table, as data: nothing is changed in silence, and what is left in doubt is named."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from claimtrack.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell that reads otherwise than before. `line` is that of the row in the file as it was."""

    path: str
    line: int
    key: str
    column: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One cell that may be damaged, and nothing tells how it read before: it has `value` now, which may be wrong."""

    path: str
    line: int
    key: str
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """One table. `after` is `before` where there is nothing to do, or where `problems` kept it from being read.

    `notes` say what was done to the file as a whole, `warnings` what somebody should look at.
    """

    name: str
    path: str
    file: Path
    before: bytes
    after: bytes
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the file is to be written anew."""
        return self.after != self.before

    def as_dict(self) -> dict[str, Any]:
        """For JSON: everything but the bytes."""
        return {
            "path": self.path,
            "changed": self.changed,
            "notes": list(self.notes),
            "warnings": list(self.warnings),
            "changes": [asdict(change) for change in self.changes],
            "doubts": [asdict(doubt) for doubt in self.doubts],
            "problems": [problem.as_dict() for problem in self.problems],
        }
