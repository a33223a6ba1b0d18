"""A diff in words: the sentence on top, removals first, long tails counted, nothing from a cell obeyed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from claimtrack.contribute.diff import Diff, FindingsDiff, Renamed, TableDiff, Uncorrected, compare
from claimtrack.contribute.diff.rows import Changed, Row
from claimtrack.contribute.diff.sides import Note, Side, from_folder
from claimtrack.contribute.overlay import Addition
from claimtrack.problems import Problem
from claimtrack.report.console import print_blocks
from claimtrack.report.diff import as_json, github, markdown, readers, sections, text
from claimtrack.report.diff.sentence import sentence
from claimtrack.rulebook import problem
from disputed import ADDED, EDITS, TOLL
from mutations import build

CLAIMS, SOURCES = "data/claims.csv", "data/sources.csv"
HOSTILE = '::set-output name=x::y ##[error]z <img src=x> [a](http://b) @all `c` | =HYPERLINK("d")'
Edits = Sequence[Mapping[str, Any]]


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Side:
    return from_folder(build(tmp_path_factory.mktemp("sound"), []), "old")


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Side:
    edits = [*EDITS, {"file": CLAIMS, "key": ADDED[3]["claim_id"], "set": {"note": HOSTILE}}]
    return from_folder(build(tmp_path_factory.mktemp("disputed"), edits), "new")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Side:
    edits = [
        {"file": CLAIMS, "key": TOLL, "set": {"count_max": "9", "text": HOSTILE}},
        {"file": SOURCES, "key": "wire-report", "set": {"kind": HOSTILE}},
    ]
    return from_folder(build(tmp_path_factory.mktemp("faulty"), edits), "new")


@pytest.fixture(scope="module")
def there(sound: Side, disputed: Side) -> Diff:
    return compare(sound, disputed)


def in_text(diff: Diff, capsys: pytest.CaptureFixture[str]) -> str:
    print_blocks(text.blocks(diff), sys.stdout)
    return capsys.readouterr().out


def test_text(there: Diff, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture) -> None:
    file_regression.check(in_text(there, capsys))


def test_markdown(there: Diff, file_regression: FileRegressionFixture) -> None:
    file_regression.check("\n".join(markdown.lines(there)) + "\n", extension=".md")


def test_github(there: Diff, monkeypatch: pytest.MonkeyPatch, file_regression: FileRegressionFixture) -> None:
    monkeypatch.chdir(there.head.root)
    file_regression.check("\n".join(github.lines(there)) + "\n")


def test_removals_come_first(sound: Side, disputed: Side) -> None:
    titles = [section.title.split(" (")[0] for section in sections.sections(compare(disputed, sound))]
    assert titles == [
        *("Removed from claims", "Removed from relays", "Removed from links"),
        *("Changed without a correction", "Discrepancies that change", "Discrepancies resolved", "Changed in claims"),
    ]


EMPTY = FindingsDiff()


def made(base: Side, **parts: Any) -> Diff:
    tables = {"claims": TableDiff("claims"), "sources": TableDiff("sources")} | parts.pop("tables", {})
    return replace(Diff(base, base, tables, [], [], EMPTY), **parts)


def rows(number: int) -> list[Row]:
    return [Row(key=f"k{at}", path=CLAIMS, line=at + 2, cells={"text": f"t{at}"}) for at in range(number)]


def problems(errors: int, warnings: int = 0) -> list[Problem]:
    found = [Problem(code="count-reversed", path=CLAIMS, line=at + 2, message="m") for at in range(errors)]
    return found + [Problem(code="c", severity="warning", path=CLAIMS, message="m") for _ in range(warnings)]


NOTHING = "changes no rows"
QUIET = "no discrepancies introduced or resolved"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, f"{NOTHING}; {QUIET}; no problems"),
        ({"tables": {"claims": TableDiff("claims", added=rows(3))}}, f"adds 3 claims; {QUIET}; no problems"),
        (
            {"tables": {"claims": TableDiff("claims", rows(1), [], rows(2)), "sources": TableDiff("sources", rows(1))}},
            f"removes 1 claim and 1 source; adds 2 claims; {QUIET}; no problems",
        ),
        (
            {"tables": {"claims": TableDiff("claims", notes=["x"])}},
            f"{NOTHING} that can be compared; {QUIET}; no problems",
        ),
        ({"findings": None}, f"{NOTHING}; discrepancies not compared; no problems"),
        ({"findings": FindingsDiff([{}, {}], [{}])}, f"{NOTHING}; introduces 2 discrepancies, resolves 1; no problems"),
        ({"findings": FindingsDiff([{}])}, f"{NOTHING}; introduces 1 discrepancy; no problems"),
        ({"findings": FindingsDiff([], [{}, {}])}, f"{NOTHING}; resolves 2 discrepancies; no problems"),
        ({"findings": FindingsDiff([], [], [({}, {})])}, f"{NOTHING}; changes 1 discrepancy; no problems"),
        ({"fixed": problems(2)}, f"{NOTHING}; {QUIET}; no problems; fixes 2 problems"),
    ],
)
def test_the_sentence(sound: Side, parts: dict[str, Any], expected: str) -> None:
    assert sentence(made(sound, **parts)) == expected


@pytest.mark.parametrize(
    ("new", "before", "expected"),
    [
        (problems(1), 0, "1 new problem (1 error)"),
        (problems(0, 2), 3, "2 new problems (2 warnings)"),
        (problems(10, 1), 0, "11 new problems (10 errors and 1 warning)"),
        ([], 3, "no new problems (3 as before)"),
    ],
)
def test_the_sentence_on_problems(sound: Side, new: list[Problem], before: int, expected: str) -> None:
    head = replace(sound, problems=[*new, *problems(before)])
    assert sentence(made(sound, head=head, new=new)) == f"{NOTHING}; {QUIET}; {expected}"


def renamed(number: int, *columns: str) -> list[Renamed]:
    new = [replace(row, key=f"new{at}") for at, row in enumerate(rows(number))]
    return [Renamed(before=old, after=row, columns=columns) for old, row in zip(rows(number), new, strict=True)]


@pytest.mark.parametrize(
    ("columns", "first", "then"),
    [
        ((), "is k0: all cells but the id are the same", sections.KEPT),
        (
            ("place_id", "text"),
            "reads like k0, which is gone, but for its id, place_id and text",
            f"If it is that claim: {sections.KEPT[0].lower()}{sections.KEPT[1:]}",
        ),
    ],
)
def test_an_edited_id_is_told(sound: Side, columns: tuple[str, ...], first: str, then: str) -> None:
    diff = made(sound, renamed=renamed(1, *columns))
    (section,) = sections.sections(diff)
    assert section.title == "Under another id (1)"
    assert [(entry.name, entry.place, entry.lines) for entry in section.entries] == [
        ("new0", f"{CLAIMS}:2", [first, then])
    ]
    assert sentence(diff) == f"{NOTHING}; edits the id of 1 claim; {QUIET}; no problems"
    (told,) = json.loads(as_json.document(diff))["renamed"]
    assert told == {"table": "claims", "old": "k0", "new": "new0", "path": CLAIMS, "line": 2, "columns": list(columns)}


def test_edited_ids_are_one_annotation(sound: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sound.root)
    (told, _) = github.lines(made(sound, renamed=renamed(github.CELLS + 2)))
    assert told.startswith(f"::warning title=id of a claim edited,file={CLAIMS},line=2::k0 → new0, k1 → new1, ")
    assert " and 2 more.%0APut the old id back" in told


def uncorrected(column: str, new: str = "b", begun: bool = False) -> Uncorrected:
    return Uncorrected(claim_id="k0", column=column, old="a, x", new=new, path=CLAIMS, line=2, begun=begun)


def test_whoever_has_no_shell_is_given_the_corrections(sound: Side, capsys: pytest.CaptureFixture[str]) -> None:
    cells = [uncorrected("count_text"), uncorrected("place_id", ""), uncorrected("answer", "x" * 900)]
    diff = made(sound, uncorrected=[*cells, uncorrected("actor_id", begun=True)])
    page, shell = (next(sections.sections(diff, reader)).entries[0].lines for reader in (readers.PAGE, readers.SHELL))
    assert page[4:] == [
        readers.PAGE.asked,
        'k0,count_text,"a, x",b,YYYY-MM-DD,',
        'k0,place_id,"a, x",,YYYY-MM-DD,',
        sections.BEGUN.format("actor_id"),
    ]
    assert shell[4:] == [readers.SHELL.asked, sections.BEGUN.format("actor_id")]
    assert "claimtrack diff --write-corrections" in " ".join(in_text(diff, capsys).split())


def test_a_name_under_another_id_is_told_once(sound: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sound.root)
    old, new = (Row(key=key, path=SOURCES, line=2, cells={"source_id": key, "title": "t"}) for key in ("a", "b"))
    claim = replace(rows(1)[0], cells={"source_id": "b"})
    followed = Changed(before=claim, after=claim, cells={"source_id": ("a", "b")})
    tables = {"sources": TableDiff("sources", [old], [], [new]), "claims": TableDiff("claims", [], [followed])}
    diff = made(sound, tables=tables, renamed=[Renamed(before=old, after=new, columns=(), table="sources")])
    (section,) = sections.sections(diff)
    told = ["is a in sources: all cells but the id are the same", "1 claim changed for that, and for nothing else"]
    assert [(entry.name, entry.lines) for entry in section.entries] == [("b", told)]
    assert sentence(diff) == f"changes 1 claim; gives 1 source another id; {QUIET}; no problems"
    notices = [line for line in github.lines(diff) if line.startswith("::")]
    assert notices == [f"::notice title=under another id,file={SOURCES},line=2::a → b (sources)."]
    document = json.loads(as_json.document(diff))
    assert [(one["table"], one["old"], one["new"]) for one in document["renamed"]] == [("sources", "a", "b")]
    assert [row["key"] for row in document["rows"]["sources"]["removed"]] == ["a"]


def test_a_comment_names_no_option_and_no_command(sound: Side, faulty: Side) -> None:
    many = made(
        replace(sound, notes=[]),
        head=replace(sound, notes=noted(30)),
        tables={"claims": TableDiff("claims", rows(50), [], rows(50))},
        new=problems(500),
        uncorrected=[uncorrected("count_text"), uncorrected("actor_id", begun=True)],
        renamed=renamed(1),
    )
    for diff in (many, compare(sound, faulty)):
        told = "\n".join([*markdown.lines(diff), *github.lines(diff)])
        assert not re.search(r"--[a-z]|claimtrack [a-z]", told)


def test_long_tails_are_counted(sound: Side, capsys: pytest.CaptureFixture[str]) -> None:
    diff = made(sound, tables={"claims": TableDiff("claims", rows(21), [], rows(1_000))}, new=problems(500))
    shown = in_text(diff, capsys)
    assert "Removed from claims (21)" in shown
    assert "… and 1 more entry (use --format json for all)" in shown
    assert "… and 480 more entries" in shown
    assert "- … and 980 more entries" in list(markdown.lines(diff))
    assert len(shown.splitlines()) < 200
    assert len(json.loads(as_json.document(diff))["rows"]["claims"]["added"]) == 1_000


def test_problems_stand_file_by_file_and_those_left_out_are_counted_by_file(
    sound: Side, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of several people looks for the own file; of many problems the most useful are listed, in its order."""
    errors = [
        problem("enum-unknown", "x", path=path, line=line) for path in ("inbox/b.csv", "inbox/a.csv") for line in (9, 1)
    ]
    few = "\n".join(markdown.lines(made(sound, new=[*errors, problem("row-blank", "x", path="inbox/a.csv", line=4)])))
    places = [line.rpartition(" ")[2] for line in few.splitlines() if line.startswith("- **")]
    assert places == ["inbox/a.csv:1", "inbox/a.csv:4", "inbox/a.csv:9", "inbox/b.csv:1", "inbox/b.csv:9"]
    many = [problem("enum-unknown", "x", path=f"inbox/{name}.csv", line=line) for line in range(9) for name in "cab"]
    told = "… and 7 more entries: inbox/c.csv (7)"
    diff = made(sound, new=many)
    assert f"- {told}" in list(markdown.lines(diff))
    assert f"{told} (use --format json for all)" in in_text(diff, capsys)
    odd = [problem("enum-unknown", "x", path=f"inbox/{number}@b<c.csv", line=1) for number in range(40)]
    (rest,) = (line for line in markdown.lines(made(sound, new=odd)) if line.startswith("- …"))
    assert rest.endswith(" and 10 more files")
    assert "<c" not in rest


def test_markdown_is_never_too_large(sound: Side) -> None:
    long = [replace(row, cells={"text": "ü" * 5_000}) for row in rows(20)]
    tables = {name: TableDiff(name, long, [], long) for name in ("claims", "sources", "links", "places")}
    lines = list(markdown.lines(made(sound, tables=tables)))
    size = len("\n".join(lines).encode()) + 1
    assert 50_000 < size <= markdown.LARGEST
    assert lines[0].startswith("**removes 20 claims")
    assert lines[-1].startswith("… and more, which does not fit here")


def test_a_row_of_a_workbook_is_told_cell_by_cell(sound: Side) -> None:
    """A review of a pull request cannot look into it."""
    cells = {"claim_id": "k0", "kind": "count", "count_min": "12", "text": "t0"}
    added = [replace(rows(1)[0], path=path, cells=cells) for path in ("inbox/a.xlsx", CLAIMS)]
    head = replace(sound, waiting={(CLAIMS, 9): Addition("claims", cells, "inbox/a.xlsx", 2)})
    (section,) = sections.sections(made(sound, head=head, tables={"claims": TableDiff("claims", added=added)}))
    assert [entry.lines for entry in section.entries] == [["t0", "kind: count; count_min: 12"], ["t0"]]


def test_every_text_is_cut(sound: Side) -> None:
    long = [replace(rows(1)[0], cells={"text": "x" * 900})]
    (section,) = sections.sections(made(sound, tables={"claims": TableDiff("claims", long)}))
    assert section.entries[0].lines == ["x" * 799 + "…"]


def test_what_cannot_be_compared_is_said_at_the_top(
    sound: Side, faulty: Side, capsys: pytest.CaptureFixture[str]
) -> None:
    diff = compare(sound, faulty)
    note = "new cannot be loaded, so discrepancies are not compared; its problems say why"
    lines = in_text(diff, capsys).splitlines()
    assert lines[0].startswith("changes 1 source and 1 claim; discrepancies not compared; ")
    assert f"note: {note}" in lines[1:3]
    assert f"Note: {note}." in list(markdown.lines(diff))
    document = json.loads(as_json.document(diff))
    assert (document["discrepancies"], document["notes"]) == (None, [note])
    assert (document["base"]["loaded"], document["head"]["loaded"]) == (True, False)
    assert not any(line.startswith("::notice") for line in github.lines(diff))


def test_json_has_every_cell(there: Diff) -> None:
    document = json.loads(as_json.document(there))
    assert document["summary"] == sentence(there)
    assert document["base"] == {"name": "old", "commit": None, "loaded": True, "problems": 0}
    assert set(document["rows"]) == {"claims", "relays", "links"}
    (changed,) = document["rows"]["claims"]["changed"]
    assert changed["cells"]["place_id"] == {"old": "", "new": "northland"}
    assert changed["path"] == CLAIMS
    added = {row["key"]: row["cells"] for row in document["rows"]["claims"]["added"]}
    assert added[ADDED[3]["claim_id"]]["note"] == HOSTILE
    assert len(document["discrepancies"]["introduced"]) == 4
    assert all(pair["before"]["id"] == pair["after"]["id"] for pair in document["discrepancies"]["changed"])
    assert [len(pair["pairs"]["introduced"]) for pair in document["discrepancies"]["changed"]] == [1, 2]
    assert document["problems"] == {"new": [], "fixed": []}


def test_no_cell_is_obeyed(sound: Side, faulty: Side, capsys: pytest.CaptureFixture[str]) -> None:
    diff = compare(sound, faulty)
    assert diff.new
    document = as_json.document(diff)
    for shown in (in_text(diff, capsys), "\n".join(markdown.lines(diff)), document):
        assert "##[" not in shown
        assert not any(line.lstrip().startswith("::") for line in shown.splitlines())
    commands = [line for line in github.lines(diff) if line.startswith("::")]
    assert {line[2:].split(" ")[0].split("::")[0] for line in commands} == {"error", "warning"} & {
        problem.severity for problem in diff.new
    }
    told = "\n".join(markdown.lines(diff))
    for markup in ("<img", "://", " `c`"):
        assert markup not in told
    assert not re.search(r"(?<!\\)\]\(", told)
    assert told.count("@") == told.count("@<!-- -->") > 0


def test_many_discrepancies_are_ten_notices(there: Diff) -> None:
    assert there.findings is not None
    many = replace(there, findings=FindingsDiff(introduced=list(there.findings.introduced) * 3))
    notices = [line for line in github.lines(many) if line.startswith("::notice")]
    assert len(notices) == 10
    assert notices[-1] == "::notice title=more discrepancies::… and 3 more; the summary of this run lists them."


def test_a_figure_that_a_finding_has_no_more(sound: Side) -> None:
    figure = {"value": 2.0, "unit": "hours", "low": 1.0, "high": None}
    parts = {"id": "i", "strength": "possible", "codes": {"c": 1}, "statements": 1, "explanation": "e"}
    was, now = {**parts, "figures": {"overlap": figure}}, {**parts, "figures": {}}
    (section,) = sections.sections(made(sound, findings=FindingsDiff(changed=[(was, now)])))
    assert section.entries[0].lines == ["figure gone: overlap of 2 h (1 h to open)", "e"]


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        (95, 95, None, "at least 95 persons"),
        (95, 95, 95, "95 persons"),
        (95, 90, 95, "95 persons (90 persons to 95 persons)"),
        (None, 3, 3, "3 persons under another reading"),
        (None, 3, None, "3 persons to open under another reading"),
    ],
)
def test_a_figure_that_changes(sound: Side, value: float | None, low: float, high: float | None, words: str) -> None:
    """What has no upper bound was '95 persons (95 persons to open)', and what no reading but another has 'open'."""
    parts = {"id": "i", "strength": "tension", "codes": {"c": 1}, "statements": 1, "explanation": "e"}
    figure = {"value": value, "unit": "person", "low": low, "high": high}
    was, now = {**parts, "figures": {}}, {**parts, "figures": {"gap": figure}}
    (section,) = sections.sections(made(sound, findings=FindingsDiff(changed=[(was, now)])))
    assert section.entries[0].lines == [f"new figure: gap of {words}", "e"]


def noted(number: int) -> list[Note]:
    return [Note(f"inbox/a.xlsx:{at}: the date cell in x was read as y", "inbox/a.xlsx", at) for at in range(number)]


def test_what_was_read_with_care_is_noted(
    sound: Side, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sound.root)
    diff = made(replace(sound, notes=noted(1)), head=replace(sound, notes=noted(3)))
    told = [note.text for note in noted(3)[1:]]
    assert in_text(diff, capsys).splitlines()[1:3] == [f"note: {note}" for note in told]
    assert list(markdown.lines(diff))[1:] == [line for note in told for line in ("", f"Note: {note}.")]
    assert list(github.lines(diff))[:-1] == [
        f"::notice title=note,file=inbox/a.xlsx,line={at}::{note}" for at, note in enumerate(told, start=1)
    ]
    assert json.loads(as_json.document(diff))["notes"] == told


def test_of_many_notes_some_are_shown_and_discrepancies_keep_their_room(there: Diff) -> None:
    assert there.findings is not None
    findings = FindingsDiff(introduced=list(there.findings.introduced) * 3)
    many = replace(there, head=replace(there.head, notes=noted(30)), findings=findings)
    notices = [line for line in github.lines(many) if line.startswith("::notice")]
    assert len(notices) == 10
    assert notices[4] == "::notice title=more notes::… and 26 more; the summary of this run lists them."
    assert notices[-1] == "::notice title=more discrepancies::… and 8 more; the summary of this run lists them."
    assert "Note: … and 10 more notes." in list(markdown.lines(many))
    assert len(json.loads(as_json.document(many))["notes"]) == 30
