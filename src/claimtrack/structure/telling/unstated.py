"""What people write where a source says nothing; here a blank cell says that."""

from __future__ import annotations

from claimtrack.schema import Field

BLANK = "Leave the cell blank: blank means 'not stated'."

WORDS = frozenset(
    {
        *("na", "n/a", "n.a.", "n.a", "n/k", "#n/a", "nan", "nil", "null", "none", "tbd", "tba"),
        *("unknown", "not known", "unstated", "not stated", "not given", "unspecified", "not specified", "unclear"),
        *("-", "--", "---", "\u2013", "\u2014", "?", "??", "???", "...", "\u2026"),
    }
)


def says_nothing(cell: str) -> bool:
    """Whether that is one of the many ways to write "not stated"."""
    return cell.strip().casefold() in WORDS


def unstated(field: Field, cell: str) -> str | None:
    """What to do with a cell that says "not stated", whether or not its column may be blank; None for all others."""
    if not says_nothing(cell):
        return None
    return f"{field.name} has to be filled: write what belongs there." if field.required else BLANK


def left_out(field: Field, cell: str) -> str | None:
    """What to do with a cell that says "not stated" in a column that may be blank; None for all others."""
    return BLANK if says_nothing(cell) and not field.required else None
