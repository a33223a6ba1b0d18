"""Validation against frictionless and against merely parsing: `python benchmarks/validate.py`.

Prints the measurements as Markdown, then each target with what was measured and a verdict.
"""

from __future__ import annotations

import math
import sys
import tempfile
from pathlib import Path

import click
from measuring import Run, Verdict, judged, machine, package, run, table, verdict, whole_process

LIBRARIES = ("claimtrack", "frictionless", "pandera", "pandas", "numpy", "pyarrow")
TASKS = {"claimtrack": "validate_claimtrack", "pyarrow": "parse_pyarrow", "frictionless": "validate_frictionless"}
BIG = 1_000_000
FLAT = 1.25
"""How much more a row may cost in the largest package than in the one of 100 thousand."""


@click.command()
@click.option("--sizes", default="10000,100000,1000000", show_default=True, help="Numbers of claims, with commas.")
@click.option("--frictionless-most", default=BIG, show_default=True, help="The most that frictionless gets.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where generated packages are kept and looked for.")
@click.option(
    "--repeat", default=3, show_default=True, help="Runs of each, of which the best counts (frictionless: 1)."
)
@click.option("--seed", default=1, show_default=True)
def main(sizes: str, frictionless_most: int, folder: Path | None, repeat: int, seed: int) -> list[Verdict]:
    """Measure, and print tables and verdicts."""
    numbers = [int(size) for size in sizes.split(",")]
    click.echo(f"{machine(LIBRARIES)}\n")
    with tempfile.TemporaryDirectory() as temporary:
        kept = folder or Path(temporary)
        runs = {size: _measure(package(kept, size, seed), size <= frictionless_most, repeat) for size in numbers}
    click.echo(table(("claims", "run", "seconds", "CPU s", "µs a claim", "peak MB", "problems or rows"), _rows(runs)))
    shipped = _shipped(max(repeat, 3))
    click.echo(
        f"\nThe shipped package, start-up included: {shipped[0]:.2f} s; frictionless alone: {shipped[1]:.2f} s.\n"
    )
    verdicts = _verdicts(runs, shipped)
    click.echo(judged(verdicts))
    return verdicts


def _measure(folder: Path, with_frictionless: bool, repeat: int) -> dict[str, Run]:
    found = {}
    for name, task in TASKS.items():
        if name != "frictionless" or with_frictionless:
            click.echo(f"{folder.name}: {name}", err=True)
            found[name] = run(task, folder, repeat=1 if name == "frictionless" else repeat)
    return found


def _rows(runs: dict[int, dict[str, Run]]) -> list[tuple[object, ...]]:
    return [
        (
            size,
            name,
            one.seconds,
            one.cpu,
            one.seconds / size * 1e6,
            one.peak,
            one.failure or next(iter(one.result.values())),
        )
        for size, of_size in runs.items()
        for name, one in of_size.items()
    ]


def _shipped(repeat: int) -> tuple[float, float]:
    """The seconds that claimtrack and frictionless take for the package of this repository."""
    root, programs = Path(__file__).resolve().parents[1], Path(sys.executable).parent
    commands = (
        [str(programs / "claimtrack"), "validate", "."],
        [str(programs / "frictionless"), "validate", "datapackage.json"],
    )
    first, second = (whole_process(command, root, repeat) for command in commands)
    return first, second


def _verdicts(runs: dict[int, dict[str, Run]], shipped: tuple[float, float]) -> list[Verdict]:
    nothing: dict[str, Run] = {name: Run() for name in TASKS}
    big = nothing | runs.get(BIG, {})
    ours = big["claimtrack"].seconds
    costs = {size: of_size["claimtrack"].seconds / size for size, of_size in runs.items() if size >= BIG // 10}
    growth = costs[max(costs)] / costs[min(costs)] if len(costs) > 1 else math.nan
    peaks = [of_size["claimtrack"].peak for of_size in runs.values()]
    return [
        verdict("1 M claims: times as fast as frictionless", big["frictionless"].seconds / ours, 15, at_least=True),
        verdict("1 M claims: times the time of parsing", ours / big["pyarrow"].seconds, 10, at_least=False),
        verdict("cost a row, the largest package against 100 thousand claims", growth, FLAT, at_least=False),
        verdict("peak memory", max(peaks), 1_500, at_least=False, unit=" MB"),
        verdict("the shipped package, times frictionless", shipped[0] / shipped[1], 2, at_least=False),
    ]


if __name__ == "__main__":
    main()
