"""Which package a command is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimtrack.cli.waiting import waiting
from claimtrack.errors import UsageError
from claimtrack.locate import DESCRIPTOR, descriptor_around, descriptor_at, shipped_root

if TYPE_CHECKING:
    from claimtrack.package import Package

_ROOT = "claimtrack.root"


def package_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """The package as first argument."""
    return click.argument("package", required=False, type=click.Path(path_type=Path))(command)


def package_arguments(command: Callable[..., Any]) -> Callable[..., Any]:
    """Any number of packages as arguments."""
    return click.argument("packages", nargs=-1, metavar="[PACKAGE]...", type=click.Path(path_type=Path))(command)


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
