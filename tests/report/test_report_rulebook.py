"""The reference of the rules is up to date, complete and safe to render."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from claimtrack.report import rulebook as report
from claimtrack.rulebook import Rule, Spare, rules

DOCS = Path(__file__).parents[2] / "docs"

RULE = Rule(
    code="too-blue",
    topic="colours",
    severity="warning",
    title="A cell is too blue",
    reason="Blue is <not> * _allowed_ | in count_min.",
    fix="Use another colour.",
    before="`very blue|`",
    after="green",
    breaks=(),
    spares=(Spare((), "Teal is <no> blue."), Spare((), "Nor is red.")),
)
FINDING = Rule(
    code="odd-pair",
    topic="pairs",
    severity="finding",
    title="Two claims are odd",
    reason="Odd.",
    fix="Nothing to mend.",
    breaks=(),
    spares=(),
    family="pair",
    strengths=("definite", "possible"),
    example="A day and a night: definite.",
)


def test_the_document_is_up_to_date() -> None:
    written = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert written == report.document(), f"docs/rules.md is stale: run `{report.COMMAND}` and commit the result"


def test_the_command_writes_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["rulebook", str(tmp_path)])
    runpy.run_path(report.__file__, run_name="__main__")
    assert (tmp_path / "rules.md").read_text(encoding="utf-8") == report.document()


@pytest.mark.parametrize("code", rules())
def test_every_rule_has_its_section_and_its_line(code: str) -> None:
    page = report.document()
    assert f"\n### {code}\n" in page
    assert f"| [{code}](#{code}) | {rules()[code].severity} | " in page


def test_a_rule_for_a_terminal() -> None:
    assert report.as_text(RULE) == (
        "too-blue (warning)\n"
        "A cell is too blue.\n"
        "Why: Blue is <not> * _allowed_ | in count_min.\n"
        "What to do: Use another colour.\n"
        "Before: `very blue|`\n"
        "After: green\n"
        "Allowed: Teal is <no> blue."
    )


def test_a_rule_as_markdown() -> None:
    assert report.as_markdown(RULE) == (
        "### too-blue\n\n"
        "**A cell is too blue** (warning)\n\n"
        r"Blue is \<not> \* \_allowed\_ \| in count_min."
        "\n\n"
        "*What to do:* Use another colour.\n\n"
        "*Before:* `very blue|`\n\n"
        "*After:* green\n\n"
        r"*Allowed:* Teal is \<no> blue."
    )


def test_a_finding_says_its_family_and_strengths_and_comes_last() -> None:
    assert report.as_text(FINDING).startswith("odd-pair (finding, family pair, strength definite or possible)\n")
    assert "\nExample: A day and a night: definite.\nWhat to do: " in report.as_text(FINDING)
    assert report.as_markdown(FINDING).endswith(
        "*Example:* A day and a night: definite.\n\n*What to do:* Nothing to mend."
    )
    page = report.reference([FINDING, RULE])
    assert [line for line in page.splitlines() if line.startswith("## ")] == ["## Colours", "## Pairs"]
