"""Discrepancies at growing sizes, and one join against its peers: `python benchmarks/discrepancies.py`.

Prints the measurements as Markdown, each target with what was measured and a verdict, and the slowest functions.
"""

from __future__ import annotations

import cProfile
import math
import pstats
import tempfile
from pathlib import Path

import click
import states
from loading import from_parquet
from measuring import Run, machine, package, run, slope, table, verdict

LIBRARIES = ("claimtrack", "pandas", "numpy", "pyarrow", "duckdb", "polars")
Grown = tuple[bool, int, Run, Run]
"""Hostile or not, the number of claims, computing and condensing."""
NAIVE_MOST = 100_000
"""Beyond that, merge and filter does not fit into memory."""


@click.command()
@click.option("--sizes", default="10000,100000,1000000", show_default=True, help="Numbers of claims, with commas.")
@click.option("--hostile-sizes", default="2000,5000,10000", show_default=True, help="The same, of hostile packages.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where generated packages are kept and looked for.")
@click.option("--repeat", default=3, show_default=True, help="Runs of each, of which the best counts.")
@click.option("--limit", default=900.0, show_default=True, help="Seconds after which a run is stopped.")
@click.option("--profile", default=100_000, show_default=True, help="Profile this many claims (0: none).")
@click.option("--seed", default=1, show_default=True)
def main(
    sizes: str, hostile_sizes: str, folder: Path | None, repeat: int, limit: float, profile: int, seed: int
) -> None:
    """Measure, and print tables and verdicts."""
    click.echo(f"{machine(LIBRARIES)}\n")
    with tempfile.TemporaryDirectory() as temporary:
        kept = folder or Path(temporary)
        rows: list[Grown] = []
        for hostile, numbers in ((False, sizes), (True, hostile_sizes)):
            for size in (int(number) for number in numbers.split(",") if number):
                made = package(kept, size, seed, hostile=hostile)
                click.echo(f"{made.name}: compute and condense", err=True)
                found = [run(task, made, repeat=repeat, limit=limit) for task in ("compute", "condense")]
                rows.append((hostile, size, found[0], found[1]))
        click.echo(_growth(rows))
        joins = {
            int(size): _joins(package(kept, int(size), seed), int(size), repeat, limit) for size in sizes.split(",")
        }
        click.echo(_peers(joins))
        click.echo(table(("target", "aim", "measured", "verdict"), _verdicts(rows, joins)))
        if profile:
            click.echo(_profile(package(kept, profile, seed)))


def _growth(rows: list[Grown]) -> str:
    lines: list[tuple[object, ...]] = []
    for hostile, size, computed, condensed in rows:
        pairs, found = (one.result.get(name, "–") for one, name in ((computed, "pairs"), (condensed, "rows")))
        first, second = (one.failure or one.seconds for one in (computed, condensed))
        kind = "hostile" if hostile else "realistic"
        lines.append(
            (kind, size, first, computed.cpu, computed.peak, pairs, second, condensed.cpu, condensed.peak, found)
        )
    header = (
        "package",
        "claims",
        "all pairs, s",
        "CPU s",
        "peak MB",
        "pairs",
        "condensing them, s",
        "CPU s",
        "peak MB",
        "rows",
    )
    return f"All codes, from typed frames\n\n{table(header, lines)}\n"


def _joins(folder: Path, size: int, repeat: int, limit: float) -> dict[str, Run]:
    states.prepare(folder)
    found = {}
    for engine in states.ENGINES:
        if engine == "pandas, merge and filter" and size > NAIVE_MOST:
            found[engine] = Run(failure="not tried: memory")
            continue
        click.echo(f"{folder.name}: {engine}", err=True)
        found[engine] = run("join", engine, folder, repeat=repeat, limit=limit)
    return found


def _peers(joins: dict[int, dict[str, Run]]) -> str:
    lines: list[tuple[object, ...]] = []
    for size, found in joins.items():
        ours = found["kernel"]
        for engine, one in found.items():
            if one.failure:
                lines.append((size, engine, one.failure, math.nan, math.nan, math.nan, "–"))
                continue
            pairs = one.result["pairs"]
            agrees = "" if pairs == ours.result["pairs"] else " (**differs**)"
            lines.append(
                (size, engine, one.seconds, one.cpu, one.seconds / ours.seconds, one.peak, f"{pairs:,}{agrees}")
            )
    header = ("claims", "engine", "seconds", "CPU s", "times the kernel's", "peak MB", "pairs")
    title = "Family state: the join of states and events, from Parquet to pairs with their overlap"
    return f"{title}\n\n{table(header, lines)}\n"


def _verdicts(rows: list[Grown], joins: dict[int, dict[str, Run]]) -> list[tuple[str, str, str, str]]:
    found = []
    for hostile in (False, True):
        done = [row for row in rows if row[0] == hostile and not row[2].failure and not row[3].failure]
        steep = math.nan
        if len(done) > 1:
            steep = slope([row[1] for row in done], [row[2].seconds + row[3].seconds for row in done])
        found.append(
            verdict(
                f"{'hostile' if hostile else 'realistic'}: log-log slope of the condensed answer",
                steep,
                1.05,
                at_least=False,
            )
        )
    size = max(joins)
    ours = joins[size]["kernel"].seconds
    peers = [one.seconds for engine, one in joins[size].items() if engine != "kernel" and not one.failure]
    found.append(
        verdict(
            f"join, {size:,} claims: the best peer's time by ours",
            min(peers, default=math.nan) / ours,
            2,
            at_least=True,
        )
    )
    return found


def _profile(folder: Path) -> str:
    """The functions of claimtrack that take longest, with what they call."""
    from claimtrack.discrepancy import compute

    package_of = from_parquet(folder)
    profiler = cProfile.Profile()
    profiler.enable()
    findings = compute(package_of)
    list(findings.condensed())
    profiler.disable()
    rows = []
    for (file, line, name), (calls, _, own, total, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        if "claimtrack" in Path(file).parts and name != "<module>":
            rows.append((total, f"{Path(file).name}:{line} {name}", calls, own))
    shown = [(name, calls, total, own) for total, name, calls, own in sorted(rows, reverse=True)[:20]]
    return f"\nProfile, {folder.name}\n\n{table(('function', 'calls', 'seconds', 'of which its own'), shown)}"


if __name__ == "__main__":
    main()
