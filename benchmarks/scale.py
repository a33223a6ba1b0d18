"""Beyond one join on one machine: `python benchmarks/scale.py`.

All codes against merge and filter in pandas; the state family, condensed, on a warm Spark against Spark SQL; a change
of ten claims against two whole runs; and questions about one claim. Prints the measurements as Markdown, and each
target with a verdict.
"""

from __future__ import annotations

import math
import tempfile
from importlib.util import find_spec
from pathlib import Path

import click
import states
import warm
from measuring import Run, Verdict, judged, machine, package, run, table, verdict

LIBRARIES = ("claimtrack", "pandas", "numpy", "pyarrow", "pyspark")
HEADER = ("work", "claims", "seconds", "CPU s", "peak MB", "result")
IN_MEMORY = 1_000_000
"""Beyond so many claims two whole runs are commands, which work from disk."""
QUESTIONS = 100


@click.command()
@click.option(
    "--naive-size", default=100_000, show_default=True, help="Claims for merge and filter in pandas (0: none)."
)
@click.option("--spark-size", default=1_000_000, show_default=True, help="Claims on a warm Spark (0: none).")
@click.option("--change-size", default=100_000, show_default=True, help="Claims of which ten change (0: none).")
@click.option("--claim-size", default=100_000, show_default=True, help="Claims of which one is asked (0: none).")
@click.option("--folder", type=click.Path(path_type=Path), help="Where generated packages are kept and looked for.")
@click.option("--repeat", default=1, show_default=True, help="Runs of each, of which the best counts.")
@click.option("--limit", default=900.0, show_default=True, help="Seconds after which a run is stopped.")
@click.option("--seed", default=1, show_default=True)
def main(
    naive_size: int,
    spark_size: int,
    change_size: int,
    claim_size: int,
    folder: Path | None,
    repeat: int,
    limit: float,
    seed: int,
) -> list[Verdict]:
    """Measure, and print a table and verdicts."""
    click.echo(f"{machine(LIBRARIES)}\n")
    rows: list[tuple[object, ...]] = []
    verdicts: list[Verdict] = []
    sizes = naive_size, spark_size, change_size, claim_size
    works = zip((_in_pandas, _on_spark, _of_a_change, _of_one_claim), sizes, strict=True)
    with tempfile.TemporaryDirectory() as temporary:
        for work, size in works:
            if size:
                made = package(folder or Path(temporary), size, seed)
                found, of_work = work(made, size, repeat, limit)
                rows += [_row(name, size, one) for name, one in found.items()]
                verdicts += of_work
    click.echo(table(HEADER, rows))
    click.echo("\n" + judged(verdicts))
    return verdicts


def _row(name: str, size: int, one: Run) -> tuple[object, ...]:
    said = ", ".join(f"{number:,} {what}" for what, number in one.result.items() if what != "digest")
    return name, size, one.seconds, one.cpu, one.peak, one.failure or said


def _in_pandas(folder: Path, size: int, repeat: int, limit: float) -> tuple[dict[str, Run], list[Verdict]]:
    """Both state all rules by themselves (see `naive`)."""
    found: dict[str, Run] = {}
    verdicts = []
    for task, title in (("pairs", "all codes, all pairs as a table"), ("condensed", "all codes, condensed")):
        ours, naive = (run(name, folder, repeat=repeat, limit=limit) for name in (task, f"naive_{task}"))
        found |= _checked({title: ours, f"{title}, merge and filter in pandas": naive})
        name = f"{title}, {size:,} claims: merge and filter in pandas by ours"
        verdicts.append(verdict(name, naive.cpu / ours.cpu, 20, at_least=True))
    return found, verdicts


def _on_spark(folder: Path, size: int, repeat: int, limit: float) -> tuple[dict[str, Run], list[Verdict]]:
    states.prepare(folder)
    if find_spec("pyspark") is None:
        return {"on a warm Spark": Run(failure="there is no pyspark here: pip install 'claimtrack[spark]'")}, []
    found = {engine: run("warm_spark", engine, folder, repeat=repeat, limit=limit) for engine in warm.ENGINES}
    ours, *peers = (one.seconds for one in found.values())
    best = min((seconds for seconds in peers if not math.isnan(seconds)), default=math.nan)
    name = f"state, condensed, on a warm Spark, {size:,} claims: Spark SQL by ours"
    return _checked(found), [verdict(name, best / ours, 4, at_least=True)]


def _of_a_change(folder: Path, size: int, repeat: int, limit: float) -> tuple[dict[str, Run], list[Verdict]]:
    near = run("changed", folder, "near", repeat=repeat, limit=limit)
    whole = ("changed", folder, "whole") if size <= IN_MEMORY else ("changed_commands", folder)
    found = {"ten claims changed, what is near them": near}
    found["ten claims changed, two whole runs"] = run(*whole, repeat=repeat, limit=limit)
    name = f"ten claims changed, {size:,} claims: seconds"
    return _checked(found), [verdict(name, near.seconds, 10, at_least=False)]


def _of_one_claim(folder: Path, size: int, repeat: int, limit: float) -> tuple[dict[str, Run], list[Verdict]]:
    return {"one claim of a loaded package": run("one_claim", folder, QUESTIONS, repeat=repeat, limit=limit)}, []


def _checked(found: dict[str, Run]) -> dict[str, Run]:
    """Raises ClickException where two ways to one answer do not agree."""
    done = [one.result for one in found.values() if not one.failure]
    if any(result != done[0] for result in done):
        raise click.ClickException(f"they do not agree: {found}")
    return found


if __name__ == "__main__":
    main()
