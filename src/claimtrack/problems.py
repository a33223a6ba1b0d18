"""A problem is data: a stable code, a place and typed context. Its text is made at the edge."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a package.

    `path` is POSIX and relative to the package; `line` is the physical line and `column` the code point at which the
    cell starts, both from 1. What does not apply is None.
    """

    code: str
    severity: Severity = "error"
    path: str | None = None
    line: int | None = None
    column: int | None = None
    resource: str | None = None
    field: str | None = None
    key: str | None = None
    message: str
    fix: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """All fields in their documented order, for JSON."""
        return asdict(self)

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Problems are listed by file, line, column, code and message."""
        return (self.path or "", self.line or 0, self.column or 0, self.code, self.message)

    def __repr__(self) -> str:
        """Without what does not apply."""
        given = ((each.name, getattr(self, each.name)) for each in fields(self))
        return f"Problem({', '.join(f'{name}={value!r}' for name, value in given if value is not None)})"

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{place or '-'}: {self.severity} {self.code}: {self.message}"
