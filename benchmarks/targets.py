"""All that is measured, and every target with its verdict in one table: `python benchmarks/targets.py`.

Runs the other benchmarks one after the other, at sizes that take a laptop some minutes, or (`--whole`) at those of the
tables in README.md, which take it a night. Each can be run by itself, too.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

import click
import commands
import diff
import discrepancies
import scale
import validate
from measuring import Verdict, judged


class Work(NamedTuple):
    """A benchmark, with its options for some minutes and for the tables of README.md."""

    command: click.Command
    small: str
    whole: str


WORKS = {
    "Validation": Work(
        validate.main,
        "--sizes 10000,100000 --repeat 1",
        "--sizes 10000,100000,1000000,10000000",
    ),
    "Diff": Work(diff.main, "--claims 20000 --repeat 1", ""),
    "Discrepancies and joins": Work(
        discrepancies.main,
        "--repeat 1 --sizes 10000,100000 --hostile-sizes 10000,30000 --join-sizes 1000000 --profile 0",
        "--repeat 1 --hostile-sizes 10000,30000,100000,1000000 --join-sizes 1000000,5000000,20000000",
    ),
    "Whole commands": Work(
        commands.main,
        "--sizes 30000,100000 --hostile-sizes 30000,100000",
        "--sizes 100000,1000000,5000000,20000000 --hostile-sizes 100000,1000000,5000000,20000000 --limit 9000",
    ),
    "Pandas, Spark, changes": Work(
        scale.main,
        "--naive-size 30000 --spark-size 300000 --change-size 30000 --claim-size 30000",
        "--naive-size 1000000 --spark-size 5000000 --change-size 10000000 --claim-size 1000000",
    ),
}


@click.command()
@click.option("--whole", is_flag=True, help="The sizes of the tables in README.md, for which the targets are set.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where generated packages are kept and looked for.")
def main(whole: bool, folder: Path | None) -> None:
    """Measure everything, and print all tables, then all targets in one."""
    verdicts: list[Verdict] = []
    with tempfile.TemporaryDirectory() as temporary:
        for title, work in WORKS.items():
            click.echo(f"\n## {title}\n")
            options = (work.whole if whole else work.small).split()
            where = ["--folder", str(folder or temporary)]
            verdicts += work.command.main([*options, *where], title, standalone_mode=False)
    click.echo(f"\n## Targets\n\n{judged(verdicts)}")


if __name__ == "__main__":
    main()
