"""The command `claimtrack`, and `python -m claimtrack`.

Ctrl-C is looked after before anything else is imported, which takes a tenth of a second.
"""

from claimtrack.interrupts import end_at_once


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    end_at_once()
    from claimtrack.cli import main as run

    run()


if __name__ == "__main__":
    main()
