"""Coverage-guided fuzzing of one target: `python fuzz/run.py TARGET --seconds N`. See README.md beside this file."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
import traceback
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
for needed in (HERE, HERE.parent / "tests", HERE.parent / "tests" / "fuzz"):
    sys.path.insert(0, str(needed))


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", help="csv, descriptor, schema, jsonfile, package, report or referee")
    parser.add_argument("--seconds", type=int, default=600, help="how long (default: 600)")
    parser.add_argument("--work", type=Path, default=HERE / "work", help="where corpus and findings are kept")
    parser.add_argument("--replay", type=Path, help="run the target once, on this file, and show what happens")
    return parser.parse_args()


class Recorder:
    """Runs a target on input after input. What it finds is kept, each place in the code once, with the time."""

    def __init__(self, target, folder: Path) -> None:
        self.target = target
        self.folder = folder
        self.started = time.monotonic()
        self.runs = 0
        self.seen: set[str] = set()

    def __call__(self, data: bytes) -> None:
        """Run the target once."""
        self.runs += 1
        try:
            self.target(data)
        except Exception as error:  # what may come is decided by the target; all that leaves it is a finding
            self.record(error, data)

    def record(self, error: Exception, data: bytes) -> None:
        """Keep the input and say what came of it, unless the same place has been seen."""
        frames = traceback.extract_tb(error.__traceback__)
        place = next(
            (f for f in reversed(frames) if "claimtrack" in f.filename or "outcomes" in f.filename), frames[-1]
        )
        what = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
        if what not in self.seen:
            self.seen.add(what)
            kept = self.folder / f"found-{hashlib.sha256(data).hexdigest()[:12]}"
            kept.write_bytes(data)
            self.say(f"FOUND {what}: {str(error)[:300]!r} in {kept.name}")

    def say(self, text: str) -> None:
        """A line of the log, with the time and the number of the run."""
        print(f"[{time.monotonic() - self.started:7.0f} s, run {self.runs}] {text}", flush=True)


def main() -> None:
    """Fuzz until the time is over, or replay one input."""
    given = arguments()
    with atheris.instrument_imports(include=["claimtrack"]):
        import targets
    target = targets.TARGETS[given.target]
    if given.replay:
        target(given.replay.read_bytes())
        return
    corpus = given.work / given.target
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in targets.seeds(given.target):
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    words = given.work / "dictionary"
    words.write_text(targets.dictionary())
    recorder = Recorder(target, given.work)
    options = [
        f"-max_total_time={given.seconds}",
        f"-dict={words}",
        "-max_len=16384",
        "-timeout=600",
        "-rss_limit_mb=4096",
        f"-artifact_prefix={given.work}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], recorder)
    recorder.say(f"{given.target}: {len(list(corpus.iterdir()))} seeds")
    atheris.Fuzz()


if __name__ == "__main__":
    main()
