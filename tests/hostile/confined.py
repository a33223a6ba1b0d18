"""A call in a process of its own, which may not take more time and memory than it is given."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import prepared

_CALL = """
import json, resource, sys, time
from collections import Counter
from claimtrack.errors import ClaimtrackError, DataError
from claimtrack.discrepancy import compute
from claimtrack.package import load
from claimtrack.validation import validate

call, path, seconds, gigabytes = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_AS, (int(float(gigabytes) * 2**30),) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 10,) * 2)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
before, started, problems, error = memory(), time.process_time(), [], None
try:
    if call == "validate":
        problems = validate(path)
    elif call == "load":
        load(path)
    else:
        compute(load(path)).stats
except DataError as found:
    problems, error = found.problems, "DataError"
except ClaimtrackError as found:
    error = type(found).__name__ + ": " + str(found)
seconds = time.process_time() - started
print(json.dumps({
    "error": error, "codes": Counter(one.code for one in problems), "seconds": seconds,
    "memory": memory() - before, "first": [one.as_dict() for one in problems[:3]],
}))
"""


@dataclass(frozen=True)
class Result:
    """`codes` counts the problems, `first` are three of them; `seconds` of the processor and bytes beyond the start."""

    error: str | None
    codes: Counter[str]
    first: list[dict[str, Any]]
    seconds: float
    memory: int


def confined(call: str, path: Path, *, seconds: int, gigabytes: float = 6) -> Result:
    """The result of "validate", "load" or "compare" on a package.

    Raises CalledProcessError or TimeoutExpired where the process takes more seconds of the processor, or more memory,
    or dies of anything else. Address space counts, of which libraries reserve far more than they use.
    """
    done = subprocess.run(
        prepared.python(_CALL, call, path, seconds, gigabytes),
        capture_output=True,
        text=True,
        timeout=10 * seconds + 60,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"exit code {done.returncode}: {done.stderr[-2000:]}")
    found = json.loads(done.stdout)
    assert found["seconds"] < seconds, found
    return Result(found["error"], Counter(found["codes"]), found["first"], found["seconds"], found["memory"])
