"""One command measures everything and prints all targets: what it asks of the other benchmarks, and what it prints."""

from __future__ import annotations

import click
import pytest
import targets
from click.testing import CliRunner
from measuring import verdict


@pytest.mark.parametrize("size", ["small", "whole"])
@pytest.mark.parametrize("title", targets.WORKS)
def test_its_options_are_those_of_the_other_benchmarks(title: str, size: str) -> None:
    command = targets.WORKS[title].command
    given = [*getattr(targets.WORKS[title], size).split(), "--folder", "x"]
    command.make_context(title, given)


def test_all_targets_are_in_one_table_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(name: str, value: float) -> click.Command:
        @click.option("--folder")
        def main(folder: str) -> list[tuple[str, str, str, str]]:
            click.echo(f"tables of {name}")
            return [verdict(name, value, 2, at_least=True)]

        return click.command()(main)

    works = {name: targets.Work(measured(name, value), "", "") for name, value in (("one", 1.0), ("other", 3.0))}
    monkeypatch.setattr(targets, "WORKS", works)
    said = CliRunner().invoke(targets.main).output
    assert said.endswith(
        "## Targets\n\n"
        "| target | aim | measured | verdict |\n|---|---|---|---|\n"
        "| one | at least 2 | 1 | **missed** |\n| other | at least 2 | 3 | met |\n"
    )
    assert said.index("tables of one") < said.index("tables of other") < said.index("## Targets")
