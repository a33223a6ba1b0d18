"""Commands run in this process, on packages that are made for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimtrack.cli import program
from disputed import disputed
from frozen import LIVE, frozen
from mutations import build, valid

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder; whatever it raises that is no exit is raised here."""
    for name in ("COLUMNS", "GITHUB_ACTIONS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def run_it(*args: str | Path, expect: int = 0) -> Result:
        result = CliRunner().invoke(program, [str(arg) for arg in args], prog_name="claimtrack")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == expect, result.output
        return result

    return run_it


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a package whose claims contradict each other."""
    return disputed(tmp_path_factory.mktemp("disputed")).parent


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the frozen copy of the first data set."""
    return frozen(LIVE, tmp_path_factory.mktemp("live")).parent


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a package without problems."""
    return valid(tmp_path_factory.mktemp("sound")).parent


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a package that breaks a rule and cannot be loaded either."""
    toll = "20200906-ministry-northland-7wgktoa5"
    edits = [
        {"file": "data/claims.csv", "key": toll, "set": {"count_max": "9"}},
        {"file": "data/sources.csv", "key": "wire-report", "set": {"kind": "wires"}},
    ]
    return build(tmp_path_factory.mktemp("faulty"), edits).parent


@pytest.fixture(scope="session")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a package with a warning and no error."""
    toll = "20200906-ministry-northland-7wgktoa5"
    text = "The Ministry of Northland says that 12 were killed. It says no more."
    edits = [{"file": "data/claims.csv", "key": toll, "set": {"text": text}}]
    return build(tmp_path_factory.mktemp("doubtful"), edits).parent
