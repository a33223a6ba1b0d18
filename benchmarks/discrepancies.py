"""Discrepancies at growing sizes, and one join against its peers: `python benchmarks/discrepancies.py`.

Prints the measurements as Markdown, each target with what was measured and a verdict, and the slowest functions.
"""

from __future__ import annotations

import cProfile
import math
import pstats
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import certainty
import click
import states
import tolls
from loading import from_parquet
from measuring import Run, Verdict, judged, machine, package, run, slope, table, verdict

LIBRARIES = ("claimtrack", "pandas", "numpy", "pyarrow", "duckdb", "polars", "ncls", "bioframe", "pyjanitor")


class Join(NamedTuple):
    """What is set beside its peers, in which module and under which name there."""

    module: str
    engines: str
    peers: float
    """How many times as fast as the best peer it is to be."""
    of_conflict: bool = False
    """Its figures are drawn as those of a long conflict; else they are those of a package."""
    floor: float = 1.5
    """How many times the floor it may take."""


JOINS = {
    "state, all pairs": Join("states", "ENGINES", 2.0),
    "state, condensed: how many against each claim": Join("states", "CONDENSED", 2.5),
    "state, condensed: how many perhaps, and of these how many for sure": Join(
        "certainty", "CONDENSED", math.nan, floor=2.0
    ),
    "count of a long conflict, all pairs": Join("tolls", "ENGINES", 5.0, of_conflict=True),
    "count of a long conflict, condensed: where figures lie apart": Join("tolls", "CONDENSED", 1.8, of_conflict=True),
}
MODULES = {module.__name__: module for module in (states, certainty, tolls)}
NAIVE_MOST = HOSTILE_MOST = 100_000
"""Beyond that, merge and filter does not fit into memory, nor do all pairs of a hostile package."""


@dataclass(frozen=True)
class Grown:
    """What was measured of one package."""

    hostile: bool
    claims: int
    read: Run
    pairs: Run
    condensed: Run


@click.command()
@click.option("--sizes", default="10000,100000,1000000", show_default=True, help="Numbers of claims, with commas.")
@click.option("--hostile-sizes", default="10000,30000,100000", show_default=True, help="The same, of hostile packages.")
@click.option("--join-sizes", default="1000000", show_default=True, help="The same, for one join against its peers.")
@click.option("--modules", default=",".join(MODULES), show_default=True, help="Which of these joins.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where generated packages are kept and looked for.")
@click.option("--repeat", default=3, show_default=True, help="Runs of each, of which the best counts.")
@click.option("--limit", default=900.0, show_default=True, help="Seconds after which a run is stopped.")
@click.option("--profile", default=100_000, show_default=True, help="Profile this many claims (0: none).")
@click.option("--seed", default=1, show_default=True)
def main(
    sizes: str,
    hostile_sizes: str,
    join_sizes: str,
    modules: str,
    folder: Path | None,
    repeat: int,
    limit: float,
    profile: int,
    seed: int,
) -> list[Verdict]:
    """Measure, and print tables and verdicts."""
    click.echo(f"{machine(LIBRARIES)}\n")
    with tempfile.TemporaryDirectory() as temporary:
        kept = folder or Path(temporary)
        rows: list[Grown] = []
        for hostile, numbers in ((False, sizes), (True, hostile_sizes)):
            for size in (int(number) for number in numbers.split(",") if number):
                made = package(kept, size, seed, hostile=hostile)
                click.echo(f"{made.name}: read, pairs, condensed", err=True)
                found = {
                    task: run(task, made, repeat=repeat, limit=limit)
                    for task in ("read_and_sort", "pairs", "condensed")
                    if not (task == "pairs" and hostile and size > HOSTILE_MOST)
                }
                pairs = found.get("pairs", Run(failure="not tried: memory"))
                rows.append(Grown(hostile, size, found["read_and_sort"], pairs, found["condensed"]))
                click.echo(rows[-1], err=True)
        verdicts = _growth_verdicts(rows) if rows else []
        click.echo(_growth(rows) if rows else "")
        for size in (int(number) for number in join_sizes.split(",") if number):
            for title, found in _joins(kept, size, seed, modules.split(","), repeat, limit).items():
                click.echo(_peers(f"{title}, {size:,} claims", found))
                verdicts += _join_verdicts(f"{title}, {size:,} claims", found, JOINS[title])
        click.echo(judged(verdicts))
        if profile:
            click.echo(_profile(package(kept, profile, seed)))
    return verdicts


def _growth(rows: list[Grown]) -> str:
    lines: list[tuple[object, ...]] = []
    for row in rows:
        pairs, found = (row.condensed.result.get(name, "–") for name in ("pairs", "rows"))
        figures = [figure for one in (row.pairs, row.condensed) for figure in (one.failure or one.cpu, one.peak)]
        kind = "hostile" if row.hostile else "realistic"
        lines.append((kind, row.claims, row.read.cpu, *figures, row.condensed.seconds, pairs, found))
    header = (
        "package",
        "claims",
        "read and sort, CPU s",
        "all pairs, CPU s",
        "peak MB",
        "condensed, CPU s",
        "peak MB",
        "by the clock",
        "pairs",
        "rows",
    )
    return f"All codes, from typed frames\n\n{table(header, lines)}\n"


def _joins(
    kept: Path, size: int, seed: int, modules: list[str], repeat: int, limit: float
) -> dict[str, dict[str, Run]]:
    folder, drawn = package(kept, size, seed), kept / f"figures-{size}-seed-{seed}"
    states.prepare(folder)
    certainty.prepare(folder)
    tolls.draw(drawn, size, seed)
    found: dict[str, dict[str, Run]] = {}
    for title, join in JOINS.items():
        if join.module not in modules:
            continue
        found[title] = {}
        for engine in (*getattr(MODULES[join.module], join.engines), "floor"):
            if engine == "pandas, merge and filter" and size > NAIVE_MOST:
                found[title][engine] = Run(failure="not tried: memory")
                continue
            click.echo(f"{folder.name}: {title}, {engine}", err=True)
            where = drawn if join.of_conflict else folder
            found[title][engine] = run("join", join.module, join.engines, engine, where, repeat=repeat, limit=limit)
    return found


def _peers(title: str, found: dict[str, Run]) -> str:
    lines: list[tuple[object, ...]] = []
    ours = found["kernel"]
    for engine, one in found.items():
        if one.failure:
            lines.append((engine, one.failure, math.nan, math.nan, math.nan, "–"))
            continue
        pairs = "–" if engine == "floor" else _numbers(one.result["pairs"])
        agrees = "" if engine == "floor" or one.result == ours.result else " (**differs**)"
        lines.append((engine, one.seconds, one.cpu, one.seconds / ours.seconds, one.peak, f"{pairs}{agrees}"))
    header = ("engine", "seconds", "CPU s", "times the kernel's", "peak MB", "pairs")
    return f"Family {title}, from Parquet\n\n{table(header, lines)}\n"


def _numbers(found: int | list[int]) -> str:
    """What an engine found: one number or several."""
    return " of which ".join(f"{number:,}" for number in (found if isinstance(found, list) else [found]))


def _growth_verdicts(rows: list[Grown]) -> list[Verdict]:
    found = []
    for hostile, kind in ((False, "realistic"), (True, "hostile")):
        done = [row for row in rows if row.hostile == hostile and not row.condensed.failure]
        if len(done) > 1:
            steep = slope([row.claims for row in done], [row.condensed.cpu for row in done])
            sizes = f"{done[0].claims:,} to {done[-1].claims:,} claims"
            name = f"{kind}: log-log slope of the condensed answer, {sizes}"
            found.append(verdict(name, steep, 1.05, at_least=False))
    for row in [row for row in rows if not row.hostile][-1:]:
        by_reading = row.condensed.cpu / row.read.cpu
        name = f"all codes condensed, {row.claims:,} claims, by reading and sorting them"
        found.append(verdict(name, by_reading, 4, at_least=False))
    return found


def _join_verdicts(title: str, found: dict[str, Run], join: Join) -> list[Verdict]:
    ours = found["kernel"].seconds
    by_floor = verdict(f"{title}: ours by the floor", ours / found["floor"].seconds, join.floor, at_least=False)
    if math.isnan(join.peers):
        return [by_floor]
    peers = [one.seconds for engine, one in found.items() if engine not in ("kernel", "floor") and not one.failure]
    best = min(peers, default=math.nan) / ours
    return [verdict(f"{title}: the best peer's time by ours", best, join.peers, at_least=True), by_floor]


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
