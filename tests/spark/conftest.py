"""One generated package, one Spark session and one cluster of two workers for all tests of Spark."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from synthetic.package import generate
from synthetic.shape import Shape

# A Java that lives for a minute is not worth its best compiler: all tests together take half the time.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
CLAIMS = 2_000
PATIENCE = 180
"""Seconds that a master or a worker may take to start."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with planted contradictions of every code, in CSV and in Parquet."""
    made = tmp_path_factory.mktemp("spark") / "package"
    generate(made, Shape(CLAIMS, 1, False), plant=True, parquet=True)
    return made


@pytest.fixture(scope="session")
def running() -> Iterator[Any]:
    """A local session on two cores."""
    from claimtrack.spark import session

    with session("local[2]") as started:
        yield started


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _alive(page: str) -> int:
    try:
        with urlopen(page, timeout=5) as answer:
            return int(json.load(answer)["aliveworkers"])
    except (OSError, ValueError):  # nobody listens yet, or the page is there before its JSON
        return 0


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A standalone cluster of two workers on loopback; its address."""
    import pyspark

    home = Path(pyspark.__file__).parent
    work = tmp_path_factory.mktemp("cluster")
    port, page = _free_port(), _free_port()
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYSPARK_PYTHON": sys.executable}
    address = f"spark://127.0.0.1:{port}"
    master = ("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page))
    worker = ("worker.Worker", "--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(work), address)
    with (work / "log").open("wb") as log:
        started = []
        try:
            for name, *options in (master, worker, worker):
                command = ["bash", str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *options]
                started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
            until = time.monotonic() + PATIENCE
            while _alive(f"http://127.0.0.1:{page}/json/") < 2:
                if time.monotonic() > until:
                    pytest.fail((work / "log").read_text("utf-8", "replace")[-2000:])
                time.sleep(0.2)
            yield address
        finally:
            for process in started:
                process.terminate()
            for process in started:
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
    shutil.rmtree(work, ignore_errors=True)
