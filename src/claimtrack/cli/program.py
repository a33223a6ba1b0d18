"""The program itself: its commands, and how every ending looks to the user."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from types import FrameType, TracebackType
from typing import Any

import click

from claimtrack import __version__, interrupts
from claimtrack.cli import (
    add,
    completion,
    diff,
    discrepancies,
    fmt,
    fold,
    git,
    init,
    merge,
    rule,
    show,
    template,
    timeline,
    validate,
)
from claimtrack.cli.locating import root_in_use
from claimtrack.errors import ClaimtrackError, DataError, UsageError
from claimtrack.report.escape import terminal

WELCOME = """\
claimtrack: what was claimed in an armed conflict, by whom and when, and which
claims contradict each other.

What to type next:

  claimtrack discrepancies     what speaks against what, strongest first
  claimtrack timeline          what was claimed, in order
  claimtrack show CLAIM        one claim, and what it rests on
  claimtrack validate FOLDER   all that is wrong with a package, and what to do
  claimtrack init FOLDER       an empty package of your own
  claimtrack --help            all commands

Commands that only read use the package in the current folder or above it, or
else the one shipped with claimtrack."""


STOPPING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Signals by which a scheduler or a terminal that closes ends a program. Not every system has the second."""


class Failure(click.ClickException):
    """The work could not be done."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__("\n".join(terminal(line) for line in message.split("\n")))


class Refusal(Failure):
    """The call was wrong, or there is nothing readable where it points."""

    exit_code = 2


class Program(click.Group):
    """A group whose commands end in the documented ways: never with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which one meets them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and turn what stops it into a message and an exit code."""
        try:
            with _interrupts_raised():
                result = super().invoke(ctx)
                sys.stdout.flush()
        except UsageError as error:
            raise Refusal(str(error)) from error
        except DataError as error:
            _print_problems(error, ctx)
            raise click.exceptions.Exit(1) from error
        except ClaimtrackError as error:
            raise Failure(str(error)) from error
        except KeyboardInterrupt as stop:
            raise click.exceptions.Exit(128 + 2) from stop
        except MemoryError as error:
            raise Failure("there is not enough memory for this package") from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            raise _unwritten(error) from error
        return result


@contextlib.contextmanager
def _interrupts_raised() -> Iterator[None]:
    """While the block runs, Ctrl-C is an exception, so that what was begun is cleared away."""
    if signal.getsignal(signal.SIGINT) is not interrupts.end:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, interrupts.end)


def _print_problems(error: DataError, ctx: click.Context) -> None:
    from claimtrack.report.console import print_blocks
    from claimtrack.report.problems.text import blocks

    print_blocks(["This package cannot be loaded.", "", *blocks(error.problems, root_in_use(ctx))], sys.stderr)


def _unwritten(error: OSError) -> Failure:
    """What is said of a file that cannot be opened, of one that finds no room, and of an output that ends."""
    from claimtrack.temporary import FULL

    if error.filename is None:
        _abandon_output()
        return Failure(f"cannot write: {error.strerror or error}")
    if error.errno in FULL:
        return Failure(f"cannot write {error.filename}: {os.strerror(error.errno)}")
    return Refusal(f"{error.filename}: {error.strerror}")


def _abandon_output() -> None:
    """Stop Python from trying at exit, once more and in vain, to write what is still in the buffer."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def program(ctx: click.Context) -> None:
    """Fact claims of an armed conflict: who said what, when, about when, and what speaks against it.

    \b
    Examples:
      claimtrack discrepancies
      claimtrack timeline --actor Armenia --since 2022-09-13T09:00
      claimtrack validate path/to/package
    """
    if ctx.invoked_subcommand is None:
        click.echo(WELCOME)


for command in (
    validate.validate,
    discrepancies.discrepancies,
    show.show,
    timeline.timeline,
    rule.rule,
    init.init,
    add.add,
    template.template,
    fold.fold,
    fmt.fmt,
    diff.diff,
    merge.merge,
    git.git,
    completion.completion,
):
    program.add_command(command)


def main(args: Sequence[str] | None = None) -> None:
    """Run the program on `args` (the command line's by default) and leave the process with its exit code."""
    sys.excepthook = report_defect
    for number in STOPPING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, stop)
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    program.main(args, prog_name="claimtrack")


def stop(number: int, _: FrameType | None) -> None:
    """End as after Ctrl-C, so that what was written halfway is removed."""
    raise SystemExit(128 + number)


def report_defect(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in two lines that this is our fault; the whole trace only where somebody asks for it."""
    if os.environ.get("CLAIMTRACK_TRACEBACK"):
        sys.__excepthook__(kind, error, trace)
        return
    click.echo(f"Error: claimtrack itself failed: {kind.__name__}: {terminal(str(error))}", err=True)
    click.echo("This is a defect. Please report it, with what CLAIMTRACK_TRACEBACK=1 prints.", err=True)
