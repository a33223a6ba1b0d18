"""`claimtrack rule`: why a rule or a finding exists."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from claimtrack.cli.arguments import argument
from claimtrack.cli.output import format_option, write


@click.command(short_help="Why a rule or a finding exists.")
@argument("code", "Code of a rule or finding; left out, all are listed.", required=False)
@format_option("text", "json", "markdown")
def rule(code: str | None, form: str) -> None:
    """Explain a rule or a finding: why it exists, an example, and what to do. Without CODE, list them all.

    \b
    Examples:
      claimtrack rule
      claimtrack rule count-reversed
      claimtrack rule ceasefire-not-held --format markdown
    """
    from claimtrack import rulebook
    from claimtrack.report import rule_list
    from claimtrack.report import rulebook as report
    from claimtrack.report.console import width_of
    from claimtrack.report.escape import as_json

    if code is None:
        listed = list(rulebook.rules().values())
        match form:
            case "json":
                write([as_json({"rules": [asdict(one) for one in listed]}, indent=2)])
            case "markdown":
                write(rule_list.markdown_lines(listed))
            case _:
                write(rule_list.text_lines(listed, width_of(sys.stdout)))
        return
    wanted = rulebook.rule(code)
    match form:
        case "json":
            write([as_json(asdict(wanted), indent=2)])
        case "markdown":
            write([report.as_markdown(wanted)])
        case _:
            write([report.as_text(wanted, width_of(sys.stdout))])
