"""claimtrack: fact claims of armed conflicts as a validated data package, and the discrepancies between them.

import claimtrack as ct

package = ct.load()
ct.validate(package.path)
ct.discrepancies(package)
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from claimtrack.discrepancy import Gap, ceasefire_gap
    from claimtrack.errors import ClaimtrackError, ConflictError, DataError, UsageError
    from claimtrack.package import Package, load
    from claimtrack.problems import Problem
    from claimtrack.report.findings.frame import discrepancies
    from claimtrack.validation import validate

__all__ = [
    "ClaimtrackError",
    "ConflictError",
    "DataError",
    "Gap",
    "Package",
    "Problem",
    "UsageError",
    "ceasefire_gap",
    "discrepancies",
    "load",
    "validate",
]
__version__ = "0.1.0"

# pandas takes longer to import than `claimtrack --help` may take, so what needs it is imported at first use. The rest
# is too, `typing` included: until the command has seen to Ctrl-C, nothing is imported that takes a while.
_LATE = {
    "ClaimtrackError": "claimtrack.errors",
    "ConflictError": "claimtrack.errors",
    "DataError": "claimtrack.errors",
    "Gap": "claimtrack.discrepancy",
    "Package": "claimtrack.package",
    "Problem": "claimtrack.problems",
    "UsageError": "claimtrack.errors",
    "ceasefire_gap": "claimtrack.discrepancy",
    "discrepancies": "claimtrack.report.findings.frame",
    "load": "claimtrack.package",
    "validate": "claimtrack.validation",
}


def __dir__() -> list[str]:
    """What a notebook offers, imported or not."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATE[name]), name)
