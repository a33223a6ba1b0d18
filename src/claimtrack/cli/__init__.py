"""The command `claimtrack`: it parses, calls, prints and says how it ended. No answer is worked out here."""

from claimtrack.cli.program import main, program

__all__ = ["main", "program"]
