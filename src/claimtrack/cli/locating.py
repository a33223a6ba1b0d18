"""Which package a command is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimtrack.cli.arguments import argument
from claimtrack.cli.waiting import waiting
from claimtrack.errors import UsageError
from claimtrack.locate import DESCRIPTOR, descriptor_around, descriptor_at, shipped_root

if TYPE_CHECKING:
    from claimtrack.package import Package

_ROOT = "claimtrack.root"
_MEANING = "Folder of the package, or its datapackage.json; may be left out."


def package_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """The package as first argument."""
    return argument("package", _MEANING, required=False, type=click.Path(path_type=Path))(command)


def package_arguments(command: Callable[..., Any]) -> Callable[..., Any]:
    """Any number of packages as arguments."""
    declared = argument("packages", _MEANING, nargs=-1, metavar="[PACKAGE]...", type=click.Path(path_type=Path))
    return declared(command)


def package_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The package as an option, where the first argument is something else."""
    help_text = "Folder of the package, or its datapackage.json."
    return click.option("--package", type=click.Path(path_type=Path), help=help_text)(command)


def chosen(given: Path | None) -> Path:
    """The descriptor of the package that is given, or that of the current folder or above; `UsageError` if none."""
    found = descriptor_at(given) if given is not None else descriptor_around(Path.cwd())
    if found is None:
        raise UsageError(f"there is no {DESCRIPTOR} in the current folder or above it; name the package's folder")
    click.get_current_context().meta[_ROOT] = found.parent
    return found


def located(given: Path | None) -> Path:
    """The descriptor of the package that is given, that of the current folder or above, or of the shipped one.

    With a note on stderr where it is the shipped one.
    """
    if given is None and descriptor_around(Path.cwd()) is None:
        given = shipped_root()
        click.echo("No package in this folder or above: reading the one shipped with claimtrack.", err=True)
    return chosen(given)


def check_spared(given: Sequence[Path], output: Path | None, option: str = "--output") -> None:
    """Raise `UsageError` where the file to write to is one of the packages that are given, or of that around here."""
    if output is None or not output.exists():
        return
    from claimtrack.structure import described

    around = descriptor_around(Path.cwd())
    for descriptor in [*map(descriptor_at, given)] if given else filter(None, [around]):
        tables = (descriptor.parent / table.path for table in described(descriptor).values())
        if any(output.samefile(file) for file in (descriptor, *tables)):
            raise UsageError(f"{output} is a file of the package that is read; name another with {option}")


def check_takes_rows(descriptor: Path, table: str) -> None:
    """Raise `UsageError` where the file of a table may not be written to, before anybody is asked for its rows."""
    from claimtrack.package.write import check_writable
    from claimtrack.structure import described

    if resource := described(descriptor).get(table):
        check_writable(descriptor.parent / resource.path)


def loaded(given: Path | None) -> Package:
    """The package at the descriptor that is `located`."""
    descriptor = located(given)
    with waiting("Reading the package"):
        from claimtrack.package import load

        return load(descriptor)


def loaded_together(given: Sequence[Path]) -> Package:
    """The packages that are given as one; without any that of the current folder or above, or the shipped one."""
    if len(given) < 2:
        return loaded(given[0] if given else None)
    from claimtrack.package.together import together

    return together([loaded(path) for path in given])


def root_in_use(ctx: click.Context) -> Path:
    """The folder of the package that the command is about."""
    return Path(ctx.meta.get(_ROOT, "."))
