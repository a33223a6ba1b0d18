"""`claimtrack validate`: everything that is wrong with a package."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack import __version__
from claimtrack.cli.locating import chosen, package_argument
from claimtrack.cli.output import format_option, show_blocks, write
from claimtrack.cli.waiting import waiting

if TYPE_CHECKING:
    from claimtrack.problems import Problem

ENGINES = ("fast", "frictionless")
FORMATS = ("auto", "text", "json", "jsonl", "github", "sarif", "junit", "markdown")


@click.command(short_help="Everything that is wrong with a package.")
@package_argument
@format_option(*FORMATS)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="fast",
    show_default=True,
    help="What judges cells and keys: our own checks, or frictionless, slowly, as a second opinion.",
)
@click.pass_context
def validate(ctx: click.Context, package: Path | None, form: str, strict: bool, engine: str) -> None:
    """Say everything that is wrong with a package: file, line, column, rule, and what to do.

    PACKAGE is a folder or a datapackage.json; left out, it is the one in the current folder or above it. New claims in
    its inbox/ are checked as if they had been taken over. The exit code is 0 without errors, 1 with errors (with
    --strict also with warnings), 2 if there is no package. The format 'auto' is 'github' inside GitHub Actions and
    'text' elsewhere. Both engines find the same.

    \b
    Examples:
      claimtrack validate
      claimtrack validate path/to/package --strict
      claimtrack validate --format sarif > claimtrack.sarif
      claimtrack validate --engine frictionless
    """
    descriptor = chosen(package)
    with waiting("Validating"):
        from claimtrack.contribute.inbox import check as find_problems

        problems = find_problems(descriptor, engine)
    if form == "auto":
        form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    _print(problems, form, descriptor.parent, strict)
    if any(strict or problem.severity == "error" for problem in problems):
        ctx.exit(1)


def _print(problems: list[Problem], form: str, root: Path, strict: bool) -> None:
    from claimtrack.report.problems import as_json, github, junit, markdown, sarif, text

    match form:
        case "json":
            write([as_json.document(problems)])
        case "jsonl":
            write(as_json.lines(problems))
        case "github":
            write(github.lines(problems, root))
        case "sarif":
            write([sarif.document(problems, root, version=__version__)])
        case "junit":
            write([junit.document(problems, root, strict=strict)])
        case "markdown":
            write(markdown.lines(problems, root))
        case _:
            show_blocks(text.blocks(problems, root))
