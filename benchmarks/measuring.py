"""How the benchmarks measure: every run in a process of its own, its time and peak of memory; tables and verdicts."""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click
from synthetic.package import generate
from synthetic.shape import Shape

TASKS = Path(__file__).parent / "tasks.py"
Verdict = tuple[str, str, str, str]
"""A target, what was aimed at, what was measured, and whether that is met."""


@dataclass(frozen=True)
class Run:
    """The best of some runs of a task: seconds by the clock and of all cores, the peak of the process's memory in MB,
    and what the task says of its result. `failure` says why there is no result.
    """

    seconds: float = math.nan
    cpu: float = math.nan
    peak: float = math.nan
    result: dict[str, Any] = field(default_factory=dict)
    failure: str = ""


def run(task: str, *arguments: object, repeat: int = 1, limit: float = 3_600) -> Run:
    """Run a task of tasks.py `repeat` times, each in a new process and for `limit` seconds at most."""
    best = Run(failure="not run")
    for _ in range(repeat):
        command = [sys.executable, str(TASKS), task, *map(str, arguments)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
        except subprocess.TimeoutExpired:
            return Run(failure=f"stopped after {limit:.0f} s")
        if done.returncode:
            return Run(failure=_why(done))
        said = json.loads(done.stdout.splitlines()[-1])
        if best.failure or said["seconds"] < best.seconds:
            best = Run(said["seconds"], said["cpu"], said["peak"], said["result"])
    return best


def _why(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode < 0:
        return f"killed by signal {-done.returncode}"
    return (done.stderr.strip().splitlines() or ["failed"])[-1][:200]


def whole_process(command: Sequence[str], folder: Path, repeat: int) -> float:
    """The least seconds that a command takes from start to end."""
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - begun)
    return min(times)


def package(folder: Path, claims: int, seed: int, *, hostile: bool = False) -> Path:
    """The folder of a generated package, made where it is not there yet."""
    made = folder / f"claims-{claims}-seed-{seed}{'-hostile' if hostile else ''}"
    if not (made / "datapackage.json").exists():
        click.echo(f"generating {claims:,} claims", err=True)
        generate(made, Shape(claims, seed, hostile), parquet=True)
    return made


def slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The slope of the line through the points in log-log: 1 is linear."""
    x, y = [math.log(size) for size in sizes], [math.log(value) for value in values]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; numbers have three digits that count."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(shown(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def shown(cell: object) -> str:
    """A cell as text."""
    if isinstance(cell, float):
        if math.isnan(cell):
            return "–"
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def verdict(name: str, measured: float, target: float, *, at_least: bool, unit: str = "") -> Verdict:
    """What is said of a target; "open" where nothing was measured."""
    words = f"at {'least' if at_least else 'most'} {shown(target)}{unit}"
    if math.isnan(measured):
        return name, words, "not measured", "open"
    met = measured >= target if at_least else measured <= target
    return name, words, f"{shown(measured)}{unit}", "met" if met else "**missed**"


def judged(verdicts: Sequence[Verdict]) -> str:
    """The table of targets."""
    return table(("target", "aim", "measured", "verdict"), verdicts)


def machine(libraries: Iterable[str]) -> str:
    """The kind of machine and the versions, without anything that names it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    found = []
    for name in libraries:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} absent")
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB of memory, {platform.system()}, "
        f"Python {platform.python_version()}, {', '.join(found)}. Load before the run: {busy:.1f}."
    )
