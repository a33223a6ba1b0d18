"""`claimtrack discrepancies`: what speaks against what."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click

from claimtrack.cli.locating import check_spared, loaded_together, package_arguments
from claimtrack.cli.moments import instant
from claimtrack.cli.output import format_option, to_write, written_to
from claimtrack.cli.sizes import size
from claimtrack.cli.waiting import counting
from claimtrack.errors import UsageError
from claimtrack.views.strengths import STRENGTHS

FORMATS = ("text", "json", "jsonl", "csv", "markdown", "parquet")
SORTINGS = ("strength", "time", "statements", "code")
ENGINES = ("laptop", "spark")


@click.command(short_help="Which claims speak against which.")
@package_arguments
@format_option(*FORMATS)
@click.option("--code", multiple=True, metavar="CODE", help="Only findings of this code; may be repeated.")
@click.option("--claim", multiple=True, metavar="CLAIM", help="Only findings about this claim; may be repeated.")
@click.option("--incident", multiple=True, metavar="INCIDENT", help="Only this incident; may be repeated.")
@click.option("--strength", multiple=True, type=click.Choice(STRENGTHS), help="Only this strength; may be repeated.")
@click.option(
    "--as-of",
    metavar="TIME",
    callback=instant,
    help="Only what had been reported by then: a time with its offset, such as 2022-09-13T16:00+04:00.",
)
@click.option("--pairs", is_flag=True, help="Every pair of claims instead of one finding a claim or count.")
@click.option(
    "--sort",
    type=click.Choice(SORTINGS),
    help="Order of findings, strongest first by default. Pairs: strength or code.",
)
@click.option(
    "--not-comparable", is_flag=True, help="Instead: figures that look alike and may not be compared, and why."
)
@click.option("--unlinked", is_flag=True, help="Instead: what is computed but not declared, and the reverse.")
@click.option("--retracted", is_flag=True, help="Take in claims that were retracted.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=to_write,
    help="A file to write to, there only when it is whole.",
)
@click.option(
    "--memory-limit", metavar="SIZE", callback=size, help="Work in slices that fit into so much, such as 2GB, on disk."
)
@click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True, help="What computes.")
@click.option("--master", metavar="URL", help="The Spark cluster, such as spark://host:7077; local[*] by default.")
def discrepancies(
    packages: tuple[Path, ...],
    form: str,
    code: tuple[str, ...],
    claim: tuple[str, ...],
    incident: tuple[str, ...],
    strength: tuple[str, ...],
    as_of: datetime | None,
    pairs: bool,
    sort: str | None,
    not_comparable: bool,
    unlinked: bool,
    retracted: bool,
    output: Path | None,
    memory_limit: int | None,
    engine: str,
    master: str | None,
) -> None:
    """Say which claims speak against which, how surely, and by how much.

    A finding is computed, never stored, and is no verdict: it says that two claims do not fit together. PACKAGE is a
    folder or a datapackage.json; left out, it is the one in the current folder or above it, or else the one shipped
    with claimtrack. The claims of several packages meet where they share the ids of incidents, places and actors; what
    they hold under one key has to be the same. The exit code is 0 whatever is found.

    \b
    Examples:
      claimtrack discrepancies
      claimtrack discrepancies --strength definite --as-of 2022-09-13T16:00+04:00
      claimtrack discrepancies --pairs --claim 20220913-russian-mfa-or567w4b
      claimtrack discrepancies --format csv > discrepancies.csv
      claimtrack discrepancies north/datapackage.json south/datapackage.json
      claimtrack discrepancies --memory-limit 2GB --format csv --output all.csv
      claimtrack discrepancies --pairs --format parquet --output pairs.parquet
    """
    if not_comparable and unlinked:
        raise UsageError("--pairs, --not-comparable and --unlinked exclude each other")
    if not_comparable and (code or strength):
        raise UsageError("--code and --strength choose findings; what may not be compared has neither")
    apart = "not_comparable" if not_comparable else "unlinked" if unlinked else None
    _check_options(apart, pairs, form, output, memory_limit, engine, master)
    check_spared(packages, output)
    from claimtrack.cli import findings
    from claimtrack.views.findings import Question

    question = Question(
        as_of=as_of, retracted=retracted, codes=code, claims=claim, incidents=incident, strengths=strength
    )
    if apart:
        with written_to(output):
            findings.print_apart(loaded_together(packages), question, form, apart)
        return
    with ExitStack() as stack:
        tick = stack.enter_context(counting("Comparing the claims"))
        if engine == "spark":
            found = stack.enter_context(findings.on_spark(packages, question, master, tick))
        else:
            found = stack.enter_context(findings.on_laptop(packages, question, memory_limit, tick))
        findings.print_found(found, pairs=pairs, form=form, sort=sort, output=output)


def _check_options(
    apart: str | None,
    pairs: bool,
    form: str,
    output: Path | None,
    memory_limit: int | None,
    engine: str,
    master: str | None,
) -> None:
    """Raise `UsageError` where options are at odds."""
    if apart and pairs:
        raise UsageError("--pairs, --not-comparable and --unlinked exclude each other")
    if apart and (memory_limit or engine != "laptop"):
        raise UsageError("--not-comparable and --unlinked look at the whole package at once, on the laptop")
    if form == "parquet" and output is None:
        raise UsageError("--format parquet needs a file to write to: --output FILE")
    if engine == "spark" and memory_limit:
        raise UsageError("--memory-limit is for the laptop; Spark has its own settings")
    if master and engine != "spark":
        raise UsageError("--master is for --engine spark")
