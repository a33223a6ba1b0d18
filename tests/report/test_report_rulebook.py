"""The reference of the rules is up to date, complete and safe to render."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from claimtrack.report import rulebook as report
from claimtrack.report.edits import as_code, as_words, example, in_words
from claimtrack.rulebook import Break, Expected, Rule, Spare, rules

DOCS = Path(__file__).parents[2] / "docs"

RULE = Rule(
    code="too-blue",
    topic="colours",
    severity="warning",
    title="A cell is too blue",
    reason="Blue is <not> * _allowed_ | in count_min.",
    fix="Use another colour.",
    breaks=(
        Break(
            ({"file": "data/claims.csv", "key": "k", "set": {"text": "very blue", "note": ""}},),
            (Expected("data/claims.csv", 3, 7, "text"),),
        ),
    ),
    spares=(Spare(({"file": "data/claims.csv", "key": "k", "set": {"text": "green"}},), "Green is not blue."),),
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

# An edit, in words for Markdown, in words for a terminal.
EDITS: list[tuple[dict[str, Any], str, str]] = [
    (
        {"key": "a/b", "set": {"count_min": "1 2", "note": ""}},
        "`x.csv`, row `a/b`: `count_min` = `1 2`, `note` blank",
        'x.csv, row a/b: count_min = "1 2", note blank',
    ),
    ({"append": {"a": "1", "b": ""}}, "`x.csv`, a new row: `a` = `1`", "x.csv, a new row: a = 1"),
    ({"drop": "k"}, "`x.csv` without row `k`", "x.csv without row k"),
    ({"replace": "a,b", "by": "b"}, "`x.csv`: `b` in place of `a,b`", 'x.csv: b in place of "a,b"'),
    ({"replace": "a,b", "by": ""}, "`x.csv` without `a,b`", 'x.csv without "a,b"'),
    (
        {"replace_hex": "00", "by_hex": "ff"},
        "`x.csv`: the bytes `ff` in place of `00`",
        "x.csv: the bytes ff in place of 00",
    ),
    ({"replace_hex": "00", "by_hex": ""}, "`x.csv` without the bytes `00`", "x.csv without the bytes 00"),
    ({"text": ""}, "`x.csv`, empty", "x.csv, empty"),
    (
        {"text": "a\n", "times": 2000},
        "`x.csv`, all of it: `a\\n`, 2,000 times",
        'x.csv, all of it: "a\\n", 2,000 times',
    ),
    ({"hex": "ff"}, "`x.csv`, all of it: the bytes `ff`", "x.csv, all of it: the bytes ff"),
    ({"more": "a`b"}, "`x.csv`, at its end: `` a`b ``", 'x.csv, at its end: "a`b"'),
    ({"encode": "utf-16"}, "`x.csv`, saved as utf-16", "x.csv, saved as utf-16"),
    ({"rename": "b.csv"}, "`x.csv` is called `b.csv`", "x.csv is called b.csv"),
    ({"symlink_to": "/etc"}, "`x.csv` is a link to `/etc`", "x.csv is a link to /etc"),
    ({"mode": "000"}, "`x.csv` has the mode 000", "x.csv has the mode 000"),
    ({"size": 3000}, "`x.csv` has 3,000 bytes", "x.csv has 3,000 bytes"),
    ({"delete": True}, "`x.csv` is missing", "x.csv is missing"),
    ({"folder": True}, "`x.csv` is a folder", "x.csv is a folder"),
    ({"fifo": True}, "`x.csv` is a pipe", "x.csv is a pipe"),
    (
        {"patch": {"/a": "__remove__", "/b": [1]}},
        "`x.csv`: no `/a`, `/b` = `[1]`",
        'x.csv: no /a, /b = "[1]"',
    ),
    ({"replace": "y" * 61, "by": "\u202e"}, f"`x.csv`: `\\u202e` in place of `{'y' * 59}…`", ""),
]


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


@pytest.mark.parametrize(("edit", "as_markdown", "as_text"), EDITS)
def test_an_edit_in_words(edit: dict[str, Any], as_markdown: str, as_text: str) -> None:
    assert in_words([{"file": "x.csv", **edit}], as_code) == as_markdown
    assert as_text in in_words([{"file": "x.csv", **edit}], as_words)


def test_an_edit_without_words_is_a_fault_of_the_rulebook() -> None:
    with pytest.raises(ValueError, match="no words for the edit"):
        in_words([{"file": "x.csv", "paint": "blue"}], as_words)


def test_every_edit_of_the_rulebook_has_words() -> None:
    for rule in rules().values():
        for case in (*rule.breaks, *rule.spares):
            assert in_words(case.edits, as_code)


def test_where_a_break_is_reported() -> None:
    places = (Expected("datapackage.json", None, None, None), Expected("data/links.csv", 2, 1, None))
    assert example(Break(({"file": "data/links.csv", "delete": True},), places), as_words) == (
        "data/links.csv is missing. Reported at datapackage.json, data/links.csv:2:1."
    )


def test_a_rule_for_a_terminal() -> None:
    assert report.as_text(RULE) == (
        "too-blue (warning)\n"
        "A cell is too blue.\n"
        "Why: Blue is <not> * _allowed_ | in count_min.\n"
        "What to do: Use another colour.\n"
        'Breaks it: data/claims.csv, row k: text = "very blue", note blank. Reported at data/claims.csv:3:7\n'
        "  (text).\n"
        "Does not: data/claims.csv, row k: text = green. Green is not blue."
    )


def test_a_rule_as_markdown() -> None:
    assert report.as_markdown(RULE) == (
        "### too-blue\n\n"
        "**A cell is too blue** (warning)\n\n"
        r"Blue is \<not> \* \_allowed\_ \| in count_min."
        "\n\n"
        "*What to do:* Use another colour.\n\n"
        "- breaks it: `data/claims.csv`, row `k`: `text` = `very blue`, `note` blank. "
        "Reported at `data/claims.csv:3:7` (`text`).\n"
        "- does not: `data/claims.csv`, row `k`: `text` = `green`. Green is not blue."
    )


def test_a_finding_says_its_family_and_strengths_and_comes_last() -> None:
    assert report.as_text(FINDING).startswith("odd-pair (finding, family pair, strength definite or possible)\n")
    assert "\nExample: A day and a night: definite.\nWhat to do: " in report.as_text(FINDING)
    assert report.as_markdown(FINDING).endswith(
        "*Example:* A day and a night: definite.\n\n*What to do:* Nothing to mend."
    )
    page = report.reference([FINDING, RULE])
    assert [line for line in page.splitlines() if line.startswith("## ")] == ["## Colours", "## Pairs"]


def test_of_many_examples_the_first_are_shown() -> None:
    many = Rule(
        code="c",
        topic="t",
        severity="error",
        title="T",
        reason="R.",
        fix="F.",
        breaks=RULE.breaks * 5,
        spares=RULE.spares * 5,
    )
    assert report.as_text(many).count("Breaks it:") == report.MOST_BREAKS
    assert report.as_markdown(many).count("- does not:") == report.MOST_SPARES
