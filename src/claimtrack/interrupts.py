"""Ctrl-C while there is nothing to clear away: before the program works, and after.

It is imported first of all, and so it imports almost nothing.
"""

import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType


def end(number: int, _: "FrameType | None") -> None:
    """End as a program does that was stopped, without a word: an exception could come up anywhere in an import."""
    os._exit(128 + number)


def end_at_once() -> None:
    """From now on Ctrl-C ends the program. Where it is ignored, or somebody else handles it, it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, end)
