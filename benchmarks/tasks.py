"""The work that is measured, one function a task. Run by `measuring.run` in a process of its own.

Each task imports and loads what it needs, and nothing else, and then times the work itself.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Timed = dict[str, Any]

MEGABYTE = 2**20
WARM, RUNS = 10, 6
"""A join is run up to so many times, as long as all runs take fewer seconds: the first includes imports, the start of
threads and, as the next ones, memory that the system has to find.
"""


def timed(work: Callable[[], dict[str, Any]]) -> Timed:
    """The time that some work takes, by the clock and of all cores, and what it says of its result."""
    begun, used = time.perf_counter(), time.process_time()
    result = work()
    return {"seconds": time.perf_counter() - begun, "cpu": time.process_time() - used, "result": result}


def validate_claimtrack(folder: str) -> Timed:
    from claimtrack.validation import validate

    return timed(lambda: {"problems": len(validate(folder))})


def validate_frictionless(folder: str) -> Timed:
    import frictionless

    os.chdir(folder)

    def work() -> dict[str, Any]:
        report = frictionless.validate("datapackage.json")
        return {"problems": report.stats["errors"]}

    return timed(work)


def parse_pyarrow(folder: str) -> Timed:
    """All tables parsed as strings, nothing else."""
    import pyarrow as pa
    import pyarrow.csv as pacsv

    from claimtrack.schema import TABLES, table_schema

    def work() -> dict[str, Any]:
        rows = 0
        for name in TABLES:
            types = dict.fromkeys(table_schema(name).columns, pa.string())
            convert = pacsv.ConvertOptions(column_types=types, strings_can_be_null=False)
            rows += pacsv.read_csv(Path(folder) / "data" / f"{name}.csv", convert_options=convert).num_rows
        return {"rows": rows}

    return timed(work)


def load(folder: str) -> Timed:
    import claimtrack

    return timed(lambda: {"claims": len(claimtrack.load(folder).claims)})


def pairs(folder: str) -> Timed:
    """From typed frames to all pairs of all families, in order, held at once."""
    from loading import from_parquet

    from claimtrack.discrepancy import compute

    package = from_parquet(Path(folder))
    return timed(lambda: {"pairs": len(compute(package).selected)})


def condensed(folder: str) -> Timed:
    """From typed frames to the condensed answer of all families, as objects with sentences, one after the other."""
    from loading import from_parquet

    from claimtrack.discrepancy import compute

    package = from_parquet(Path(folder))

    def work() -> dict[str, Any]:
        findings = compute(package)
        return {"rows": sum(1 for _ in findings.each()), "pairs": findings.stats["pairs"]}

    return timed(work)


def naive_pairs(folder: str) -> Timed:
    """The same table by merge and filter in pandas."""
    from loading import from_parquet
    from naive import pairs

    package = from_parquet(Path(folder))
    return timed(lambda: {"pairs": len(pairs(package))})


def naive_condensed(folder: str) -> Timed:
    """The condensed answer by merge and filter in pandas, as a frame."""
    from loading import from_parquet
    from naive import condensed

    package = from_parquet(Path(folder))

    def work() -> dict[str, Any]:
        rows = condensed(package)
        return {"rows": len(rows), "pairs": int(rows["pairs"].sum())}

    return timed(work)


def whole_command(folder: str) -> Timed:
    """The command, from Parquet files to JSON Lines in a file."""
    with TemporaryDirectory() as temporary:
        output = Path(temporary) / "findings.jsonl"

        def work() -> dict[str, Any]:
            _discrepancies(Path(folder), output)
            with output.open("rb") as lines:
                return {"rows": sum(1 for _ in lines)}

        return timed(work)


def _discrepancies(folder: Path, output: Path) -> None:
    from synthetic.package import TYPED_DESCRIPTOR

    from claimtrack.cli import main

    try:
        main(["discrepancies", str(folder / TYPED_DESCRIPTOR), "--format", "jsonl", "--output", str(output)])
    except SystemExit as ended:
        if ended.code:
            raise


def changed(folder: str, way: str) -> Timed:
    """From typed frames of two versions to the findings that differ: by what is `near`, or by two `whole` runs.

    As for `claimtrack diff`, the pairs of the claims that differ are told as well.
    """
    from incremental import difference, two_versions

    from claimtrack.discrepancy.versions import told_around

    versions, ids = two_versions(Path(folder))

    def work() -> dict[str, Any]:
        told = told_around(versions, ids, anywhere=way != "near")
        return difference([each.findings for each in told])

    return timed(work)


def changed_commands(folder: str) -> Timed:
    """The same by two whole commands, from Parquet files of both versions to the lines that differ."""
    from incremental import changed_files, difference_of_lines

    with TemporaryDirectory() as temporary:
        versions = [Path(folder), Path(temporary) / "changed"]
        outputs = [Path(temporary) / f"{number}.jsonl" for number in range(2)]
        changed_files(*versions)

        def work() -> dict[str, Any]:
            for version, output in zip(versions, outputs, strict=True):
                _discrepancies(version, output)
            return difference_of_lines(*outputs)

        return timed(work)


def one_claim(folder: str, questions: str) -> Timed:
    """What is found about one claim after the other, at regular distances, of a package that is loaded: per claim.

    The first question, which puts columns in order, is asked before.
    """
    from loading import from_parquet

    from claimtrack.discrepancy import Index

    package = from_parquet(Path(folder))
    claims, number = package.claims["claim_id"], int(questions)
    asked = claims.iloc[:: max(1, len(claims) // number)].iloc[:number].tolist()
    index = Index(package)
    first = timed(lambda: {"findings": len(index.findings([claims.iloc[-1]]).condensed())})
    each = timed(lambda: {"findings": sum(len(index.findings([claim]).condensed()) for claim in asked)})
    return {
        "seconds": each["seconds"] / len(asked),
        "cpu": each["cpu"] / len(asked),
        "result": each["result"] | {"milliseconds for the first": round(first["seconds"] * 1000)},
    }


def warm_spark(engine: str, folder: str) -> Timed:
    """One way to the numbers of the state family on a Spark that is warm."""
    from warm import best

    return best(engine, Path(folder))


def read_and_sort(folder: str) -> Timed:
    """The tables read from Parquet into typed frames, and the claims sorted by place and time: nothing compared."""
    from loading import from_parquet

    def work() -> dict[str, Any]:
        claims = from_parquet(Path(folder)).claims
        return {"claims": len(claims.sort_values(["place_id", "valid_from"]))}

    return timed(work)


def join(module: str, engines: str, engine: str, folder: str) -> Timed:
    """One engine's way to the pairs or numbers of one family, from Parquet: the best run. `floor` is what all do."""
    family = import_module(module)
    floor = family.floor if engines == "ENGINES" else family.floor_condensed
    chosen = {**getattr(family, engines), "floor": floor}

    def work() -> dict[str, Any]:
        return {"pairs": chosen[engine](Path(folder))}

    runs = [timed(work)]
    while len(runs) < RUNS and sum(one["seconds"] for one in runs) < WARM:
        runs.append(timed(work))
    return min(runs, key=lambda run: run["seconds"])


TASKS: dict[str, Callable[..., Timed]] = {
    task.__name__: task
    for task in (
        *(validate_claimtrack, validate_frictionless, parse_pyarrow, load, read_and_sort),
        *(whole_command, pairs, condensed, naive_pairs, naive_condensed, join, warm_spark),
        *(changed, changed_commands, one_claim),
    )
}


def peak() -> float:
    """The peak of this process's memory in MB. What `getrusage` says can be that of the process it was forked from."""
    status = Path("/proc/self/status")
    if status.exists():
        found = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(found.split()[1]) * 1024 / MEGABYTE
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE


if __name__ == "__main__":
    done = TASKS[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({**done, "peak": peak()}))
