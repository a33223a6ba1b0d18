"""The errors that a caller of claimtrack has to expect; everything else is a defect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrack.problems import Problem


class ClaimtrackError(Exception):
    """Base of all errors that claimtrack raises on purpose. Its text is meant for the user."""


class UsageError(ClaimtrackError):
    """The call cannot be carried out: no readable descriptor, an unknown id or code, options at odds."""


class ConflictError(ClaimtrackError):
    """Packages cannot be read together: each is sound, but they say different things under one key."""


class NoRoomError(ClaimtrackError):
    """Temporary files find no room where they go."""


class DataError(ClaimtrackError):
    """The data cannot be loaded. `problems` says what is wrong and where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        shown = "\n".join(str(problem) for problem in self.problems[:5])
        more = f"\n… and {len(self.problems) - 5} more" if len(self.problems) > 5 else ""
        super().__init__(f"the package cannot be loaded:\n{shown}{more}")

    def __reduce__(self) -> tuple[type[DataError], tuple[list[Problem]]]:
        """For processes that work side by side: an error is made anew from what it was made from."""
        return type(self), (self.problems,)
