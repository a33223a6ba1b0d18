"""Whole commands, from Parquet files to JSON Lines: `python benchmarks/commands.py`.

How time and memory of `claimtrack discrepancies` grow with the package. Prints the measurements as Markdown, and each
target with a verdict.
"""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import click
from measuring import Run, Verdict, judged, machine, package, run, slope, table, verdict

LIBRARIES = ("claimtrack", "pandas", "numpy", "pyarrow")
MOST = {5_000_000: 1.0, 20_000_000: 4.0}
"""For so many claims the most memory at the peak, in GB."""
GIGABYTE = 10**9


@click.command()
@click.option("--sizes", default="100000,1000000", show_default=True, help="Numbers of claims, with commas.")
@click.option("--hostile-sizes", default="100000,300000", show_default=True, help="The same, of hostile packages.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where generated packages are kept and looked for.")
@click.option("--repeat", default=1, show_default=True, help="Runs of each, of which the best counts.")
@click.option("--limit", default=3_600.0, show_default=True, help="Seconds after which a run is stopped.")
@click.option("--seed", default=1, show_default=True)
def main(sizes: str, hostile_sizes: str, folder: Path | None, repeat: int, limit: float, seed: int) -> list[Verdict]:
    """Measure, and print a table and verdicts."""
    click.echo(f"{machine(LIBRARIES)}\n")
    lines, verdicts = [], []
    with tempfile.TemporaryDirectory() as temporary:
        for kind, numbers in (("realistic", sizes), ("hostile", hostile_sizes)):
            found: dict[int, Run] = {}
            for size in (int(number) for number in numbers.split(",") if number):
                made = package(folder or Path(temporary), size, seed, hostile=kind == "hostile")
                one = found[size] = run("whole_command", made, repeat=repeat, limit=limit)
                click.echo(f"{made.name}: {one}", err=True)
                rows = one.failure or one.result["rows"]
                steep = _steep(found, *sorted(found)[-2:]) if len(found) > 1 else math.nan
                lines.append((kind, size, one.peak * 2**20 / 10**6, one.cpu, one.seconds, rows, steep))
            verdicts += _verdicts(kind, {size: one for size, one in found.items() if not one.failure})
    header = (
        "package",
        "claims",
        "peak, million bytes",
        "CPU s",
        "by the clock, s",
        "rows",
        "slope from the size before",
    )
    click.echo(table(header, lines))
    click.echo("\n" + judged(verdicts))
    return verdicts


def _steep(found: dict[int, Run], first: int, last: int) -> float:
    """The log-log slope of CPU time between two sizes; NaN where a run failed."""
    return slope((first, last), (found[first].cpu, found[last].cpu))


def _verdicts(kind: str, found: dict[int, Run]) -> list[Verdict]:
    """The slope between the first and the last size, and the peaks of those sizes that have a target."""
    verdicts = []
    if len(found) > 1:
        ends = (min(found), max(found))
        steep = _steep(found, *ends)
        name = f"whole command, {kind}: log-log slope, {ends[0]:,} to {ends[1]:,} claims"
        verdicts.append(verdict(name, steep, 1.05, at_least=False))
    for size, one in found.items():
        if kind == "realistic" and size in MOST:
            peak = one.peak * 2**20 / GIGABYTE
            verdicts.append(verdict(f"peak memory, condensed, {size:,} claims", peak, MOST[size], at_least=False))
    return verdicts


if __name__ == "__main__":
    main()
