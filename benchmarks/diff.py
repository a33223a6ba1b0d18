"""A diff against the validation of one side: `python benchmarks/diff.py`.

The second side has some claims more, some fewer and some that are put otherwise, as a pull request would. Both commands
are whole processes. Prints the measurements as Markdown, and the target with what was measured and a verdict.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click
from measuring import Verdict, judged, machine, package, table, verdict, whole_process

LIBRARIES = ("claimtrack", "pandas", "numpy", "pyarrow")
MOST = 3
"""How many times the validation of one side a diff may take."""
SIZES = {
    "1 claim": (1, 0, 0, 1),
    "10 claims": (4, 3, 3, 1),
    "100 claims of one time": (40, 30, 30, 50),
}
"""Claims added, changed and dropped, and in which part of the package: all of it, or a fiftieth."""


@click.command()
@click.option("--claims", default=100_000, show_default=True, help="The number of claims of one side.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where generated packages are kept and looked for.")
@click.option("--repeat", default=3, show_default=True, help="Runs of each, of which the best counts.")
@click.option("--seed", default=1, show_default=True)
def main(claims: int, folder: Path | None, repeat: int, seed: int) -> list[Verdict]:
    """Measure, and print a table and verdicts."""
    click.echo(f"{machine(LIBRARIES)}\n")
    program = str(Path(sys.executable).parent / "claimtrack")
    rows: list[tuple[object, ...]] = []
    verdicts = []
    with tempfile.TemporaryDirectory() as temporary:
        base = package(folder or Path(temporary), claims, seed)
        alone = whole_process([program, "validate", str(base)], Path(temporary), repeat)
        rows.append(("validate", alone, 1.0, ""))
        for name, parts in SIZES.items():
            head = _changed(base, Path(temporary) / name.replace(" ", "-"), *parts)
            command = [program, "diff", str(base), str(head), "--format", "json"]
            seconds = whole_process(command, Path(temporary), repeat)
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            rows.append((f"diff, {name}", seconds, seconds / alone, json.loads(said)["summary"]))
            verdicts.append(verdict(f"diff of {name} over validate of one side", seconds / alone, MOST, at_least=False))
    click.echo(table(("command", "seconds", "times validate", "what it says"), rows))
    click.echo("\n" + judged(verdicts))
    return verdicts


def _changed(base: Path, head: Path, added: int, changed: int, dropped: int, part: int) -> Path:
    """A copy of the package, with claims of a part of it changed at regular distances.

    Nothing refers to those that are dropped.
    """
    shutil.copytree(base, head, ignore=shutil.ignore_patterns("*.parquet"))
    path = head / "data" / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    referred = _referred(head)
    free = [at for at, row in enumerate(rows) if row[0] not in referred]
    free = free[len(free) // 2 :][: len(free) // part] if part > 1 else free
    number = added + changed + dropped
    chosen = [free[len(free) * (2 * step + 1) // (2 * number)] for step in range(number)]
    certainty, locator = header.index("certainty"), header.index("locator")
    for at in chosen[:changed]:
        rows[at][certainty] = "hedged" if rows[at][certainty] != "hedged" else "stated"
    more = [[*rows[at]] for at in chosen[changed : changed + added]]
    for row in more:
        row[0], row[locator] = f"{row[0][:-8]}{row[0][-8:][::-1]}", f"{row[locator]}, once more"
    gone = set(chosen[changed + added :])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([header, *(row for at, row in enumerate(rows) if at not in gone), *more])
    return head


def _referred(folder: Path) -> set[str]:
    found = set()
    for name in ("links", "relays", "corrections"):
        with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {row["claim_id"], row.get("other_id", "")}
    return found


if __name__ == "__main__":
    main()
