"""Who reads a diff: somebody with a shell, or somebody on the page of a pull request, who has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.contribute.diff import Uncorrected
from claimtrack.package.write import csv_line

_DAY = "YYYY-MM-DD"
"""No day is this one, and no reason is blank: what is pasted and not filled in is an error."""

_WRONG = "If the recorder had it wrong, "
_NEW = (
    " If the claimant says something new, put the cell back and add a new claim. Once that has its id, a link of the "
    "relation updates joins both."
)


@dataclass(frozen=True, slots=True)
class Reader:
    """What this reader can do. `rest` follows what was left out, `asked` is said of changes without a correction.

    With `lines` the rows that are asked for are spelled out, to be pasted.
    """

    rest: str
    asked: str
    lines: bool = False

    def corrections(self, cells: Sequence[Uncorrected], longest: int) -> list[str]:
        """What to do about changed cells of which none has a correction yet; a line that is too long is left out."""
        rows = [csv_line([one.claim_id, one.column, one.old, one.new, _DAY, ""]).strip() for one in cells]
        return [self.asked, *(row for row in rows if self.lines and len(row) <= longest)]


SHELL = Reader(
    rest=" (use --format json for all)",
    asked=f"{_WRONG}say so in corrections.csv (claimtrack diff --write-corrections adds the row).{_NEW}",
)

PAGE = Reader(
    rest="",
    asked=f"{_WRONG}add what stands below at the end of data/corrections.csv, with the day of the correction in the "
    f"place of {_DAY}, and what was wrong behind the last comma.{_NEW}",
    lines=True,
)

NOTICE = (
    f"{_WRONG}add a line for each cell to data/corrections.csv: the comment on the pull request and the summary of "
    f"this run have them ready.{_NEW}"
)
"""What an annotation says, in which there is no room for lines."""
