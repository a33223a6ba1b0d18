"""claimtrack: fact claims of armed conflicts as a validated data package, and the discrepancies between them.

import claimtrack as ct

package = ct.load()
ct.validate(package.path)
ct.discrepancies(package)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from claimtrack.errors import ClaimtrackError, ConflictError, DataError, UsageError
from claimtrack.problems import Problem

if TYPE_CHECKING:
    from claimtrack.discrepancy import Gap, ceasefire_gap, discrepancies
    from claimtrack.package import Package, load
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

# pandas takes longer to import than `claimtrack --help` may take, so what needs it is imported at first use.
_LATE = {
    "Gap": "claimtrack.discrepancy",
    "Package": "claimtrack.package",
    "ceasefire_gap": "claimtrack.discrepancy",
    "discrepancies": "claimtrack.discrepancy",
    "load": "claimtrack.package",
    "validate": "claimtrack.validation",
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
