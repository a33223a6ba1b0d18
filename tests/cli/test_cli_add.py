"""`claimtrack add`: by flags, from JSON, and asked for at a terminal that the tests type into."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import questionary
from click.testing import CliRunner, Result
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from questionary import Question, text

from claimtrack.cli import add as command
from claimtrack.cli import asking, program
from claimtrack.contribute.draft import drafted
from claimtrack.contribute.inbox import entry
from claimtrack.contribute.overlay import Addition
from claimtrack.contribute.questions import ORDER
from mutations import build, valid
from new_claims import BLAME, COUNT, TALKS, TALKS_ID

Run = Callable[..., Result]

NORTH_BLAMES = "20200906-ministry-northland-kykqpa3d"
SOUTH_BLAMES = entry(BLAME).cells["claim_id"]


@pytest.fixture
def folder(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A valid package in the current folder."""
    root = valid(tmp_path / "package").parent
    monkeypatch.chdir(root)
    return root


def claims(folder: Path) -> dict[str, dict[str, str]]:
    text = (folder / "data" / "claims.csv").read_text("utf-8")
    return {row["claim_id"]: row for row in csv.DictReader(io.StringIO(text))}


def flags(cells: dict[str, str]) -> list[str]:
    return [part for column, cell in cells.items() for part in (f"--{column.replace('_', '-')}", cell)]


def test_every_column_is_a_flag() -> None:
    names = {option for parameter in command.add.params for option in parameter.opts}
    assert {f"--{column.replace('_', '-')}" for column in ORDER} < names
    assert "--claim-id" not in names


def test_by_flags(run: Run, folder: Path) -> None:
    shown = run("add", "--no-input", *flags(TALKS)).stdout
    assert f"Added {TALKS_ID}." in shown
    assert "It would introduce no discrepancies." in shown
    assert {column: cell for column, cell in claims(folder)[TALKS_ID].items() if cell} == TALKS | {"claim_id": TALKS_ID}


def test_a_dry_run_writes_nothing(run: Run, folder: Path) -> None:
    before = claims(folder)
    assert "Nothing was written." in run("add", "--no-input", "--dry-run", *flags(TALKS)).stdout
    assert claims(folder) == before


def test_the_flags_that_are_printed_add_the_same(run: Run, folder: Path) -> None:
    cells = TALKS | {"quote": 'it\'s "so" $HOME'}
    shown = run("add", "--no-input", "--dry-run", "--package", folder, *flags(cells)).stdout
    (line,) = (line.strip() for line in shown.splitlines() if line.startswith("  claimtrack add"))
    _, _, *args = shlex.split(line)
    run("add", *args)
    assert claims(folder)[TALKS_ID]["quote"] == cells["quote"]


def test_discrepancies_are_shown_before(run: Run, folder: Path) -> None:
    shown = run("add", "--no-input", "--dry-run", *flags(BLAME)).stdout
    assert "It would introduce 1 discrepancy:\n  possible attribution-conflict: " in shown


def test_discrepancies_that_go_are_shown(run: Run, folder: Path) -> None:
    run("add", "--no-input", *flags(BLAME))
    link = {"claim_id": NORTH_BLAMES, "relation": "compatible", "other_id": SOUTH_BLAMES, "basis": "editor"}
    draft = drafted(folder / "datapackage.json", TALKS, [Addition("links", link)])
    assert draft.introduced == ()
    shown = list(command.discrepancy_lines(draft))
    assert shown[0] == "It would resolve 1 discrepancy:"
    assert shown[1].startswith("  possible attribution-conflict: ")
    assert len(shown) == 2


def test_from_json(run: Run, folder: Path) -> None:
    document = TALKS | {"count_approx": None, "text": "Something else.", "statement_id": None}
    Path("claim.json").write_text(json.dumps(document))
    run("add", "--no-input", "--from-json", "claim.json", "--text", TALKS["text"])
    assert claims(folder)[TALKS_ID]["text"] == TALKS["text"]
    assert claims(folder)[TALKS_ID]["statement_id"] == STATEMENT


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "with a byte order mark"])
def test_from_json_on_the_standard_input(folder: Path, mark: str) -> None:
    result = CliRunner().invoke(program, ["add", "--from-json", "-"], input=mark + json.dumps(TALKS))
    assert result.exit_code == 0
    assert TALKS_ID in claims(folder)


# What is no claim, and what is said of it.
REFUSED = [
    ("{", "this is no JSON"),
    ("[" * 100_000, "this is no JSON"),
    ('{"text": "caf\udce9"}', "what --from-json reads is not UTF-8"),
    ("[]", "expected a JSON object"),
    ('{"colour": 1, "size": 2}', "there is no column 'colour', 'size'"),
    ('{"text": ["a"]}', "text: expected a text, a whole number, true, false or null, found a list"),
    ('{"text": {}}', "found an object"),
    ('{"count_min": 1.5}', "count_min: expected a text, a whole number, true, false or null, found '1.5'"),
    ('{"kind": "count", "text": "x", "kind": "other"}', "'kind' is there twice: leave one of the two"),
]


@pytest.mark.parametrize(("document", "words"), REFUSED)
def test_wrong_json(run: Run, folder: Path, document: str, words: str) -> None:
    Path("claim.json").write_text(document, "utf-8", "surrogateescape")
    assert words in run("add", "--from-json", "claim.json", expect=2).stderr


# Cells that are given, and the flags that are missed.
MISSING = [
    ({}, {"--source-id", "--kind", "--text"}),
    (TALKS | {"locator": ""}, {"--locator"}),
    (BLAME | {"incident_id": ""}, {"--incident-id"}),
    (TALKS | {"kind": "gossip", "text": ""}, {"--text"}),
]


@pytest.mark.parametrize("no_input", [(), ("--no-input",)])
@pytest.mark.parametrize(("cells", "missed"), MISSING)
def test_without_a_terminal_it_says_what_is_missing(
    run: Run, folder: Path, cells: dict[str, str], missed: set[str], no_input: tuple[str, ...]
) -> None:
    said = run("add", *no_input, *flags(cells), expect=2).stderr
    assert missed <= set(said.replace(",", " ").split())
    assert "--note" not in said
    assert "--statement-id" not in said  # which is made


def test_an_error_keeps_it_from_being_written(run: Run, folder: Path) -> None:
    before = claims(folder)
    result = run("add", "--no-input", *flags(TALKS | {"source_id": "nowhere"}), expect=1)
    assert "reference-unknown" in result.stderr
    assert result.stderr.startswith("what would be added\n")
    assert "Its discrepancies cannot be computed" in result.stdout
    assert "claimtrack add --no-input" in result.stdout
    assert claims(folder) == before


def test_the_same_claim_again(run: Run, folder: Path) -> None:
    run("add", "--no-input", *flags(TALKS))
    assert "in the package already" in run("add", "--no-input", *flags(TALKS)).stdout
    near = run("add", "--no-input", "--dry-run", *flags(TALKS | {"actor_id": "southland"}))
    assert "claim-near-double" in near.stderr


def test_errors_elsewhere(run: Run, tmp_path: Path) -> None:
    edits = [{"file": "data/sources.csv", "key": "wire-report", "set": {"kind": "wires"}}]
    root = build(tmp_path / "package", edits).parent
    shown = run("add", "--no-input", "--package", root, *flags(TALKS)).stdout
    assert "cannot be computed" in shown
    assert TALKS_ID in claims(root)


ENTER = "\r"
# What is typed at each question for the claim TALKS, in order.
ANSWERS = [
    *("Live: border clashes\r", "6 Sep 18:31\r", "2020-09-06T18:31:00+00:00\r", ENTER),
    *("jjjjj\r", "talks\r", "j\r", f"{TALKS['text']}\r", ENTER, ENTER),
    *("Ministry of Northland\r", "jjjj\r", "jj\r", ENTER, ENTER, ENTER),
    *(ENTER, ENTER, ENTER),
    *(ENTER, ENTER, ENTER, ENTER, ENTER),
]
STATEMENT = "s20200906-1831-ministry-northland"


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeInput]:
    monkeypatch.setattr(command, "on_terminal", lambda: True)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


def test_asked_for(run: Run, folder: Path, keyboard: PipeInput) -> None:
    keyboard.send_text("".join(ANSWERS) + "y")
    assert f"Added {TALKS_ID}." in run("add").stdout
    added = {column: cell for column, cell in claims(folder)[TALKS_ID].items() if cell}
    assert added == TALKS | {"claim_id": TALKS_ID, "statement_id": STATEMENT}


def test_a_statement_of_another_source_keeps_its_name(run: Run, folder: Path, keyboard: PipeInput) -> None:
    run("add", "--no-input", *flags(TALKS | {"statement_id": STATEMENT}))
    given = dict.fromkeys(ORDER, "") | TALKS | {"source_id": "ministry-statement"}
    given.pop("statement_id")
    keyboard.send_text(ENTER + "y")
    assert "statement-sources" not in run("add", *flags(given)).stderr
    named = {row["source_id"]: row["statement_id"] for row in claims(folder).values() if row["text"] == TALKS["text"]}
    assert named == {"gazette-live": STATEMENT, "ministry-statement": f"{STATEMENT}-ministry-statement"}


def test_nothing_is_asked_where_nothing_can_be_written(
    run: Run, folder: Path, keyboard: PipeInput, read_only: None
) -> None:
    refused = run("add", expect=2)
    assert refused.stderr == f"Error: the folder {folder / 'data'} may not be written to\n"
    assert refused.stdout == ""


def test_not_confirmed(run: Run, folder: Path, keyboard: PipeInput) -> None:
    keyboard.send_text("".join(ANSWERS) + "n")
    assert "Nothing was written." in run("add").stdout
    assert TALKS_ID not in claims(folder)


STOPPED = (0, 1, 4, 5, 9, 10, 16, len(ANSWERS) - 1, len(ANSWERS))
"""Answers after which somebody stops: before each sort of question, the first, the last, and that of writing it."""


@pytest.mark.parametrize(("answered", "key"), [*((number, "\x03") for number in STOPPED), (0, "\x04"), (1, "\x04")])
def test_ctrl_c_changes_nothing(run: Run, folder: Path, keyboard: PipeInput, answered: int, key: str) -> None:
    """Nor does Ctrl-D, the end of the input."""
    before = {path: path.read_bytes() for path in (folder / "data").iterdir()}
    keyboard.send_text("".join(ANSWERS[:answered]) + key)
    assert "Nothing was written." in run("add", expect=130).stderr
    assert {path: path.read_bytes() for path in (folder / "data").iterdir()} == before


def test_only_what_is_not_given_is_asked(run: Run, folder: Path, keyboard: PipeInput) -> None:
    given = dict.fromkeys(ORDER, "") | TALKS
    given.pop("quote")
    keyboard.send_text("will be held\ry")
    run("add", *flags(given))
    assert claims(folder)[TALKS_ID]["quote"] == "will be held"


def test_a_time_brings_more_questions(run: Run, folder: Path, keyboard: PipeInput) -> None:
    given = dict.fromkeys(ORDER, "") | TALKS | {"kind": "ceasefire", "predicate": "in_force", "certainty": "stated"}
    for column in ("valid_from", "valid_to", "valid_mode", "zone_basis", "bounds_basis", "place_id", "place_relation"):
        given.pop(column)
    # valid_from (first not as it should be), valid_to, mode since, zone assumed, bounds stated, place, relation near.
    keys = ["9 am\r", "\x7f" * 4, "2020-09-06T09:00:00+00:00\r", ENTER]
    keys += ["jjjjj\r", "jj\r", "j\r", "village-a\r", "jj\r"]
    keyboard.send_text("".join(keys) + "y")
    run("add", *flags(given))
    (row,) = (row for row in claims(folder).values() if row["text"] == TALKS["text"])
    assert [row[column] for column in ("valid_from", "valid_to", "valid_mode", "zone_basis", "bounds_basis")] == [
        *("2020-09-06T09:00:00+00:00", "", "since", "assumed", "stated")
    ]
    assert (row["place_id"], row["place_relation"]) == ("village-a", "near")


def test_what_is_wrong_is_asked_again(run: Run, folder: Path, keyboard: PipeInput) -> None:
    given = dict.fromkeys(ORDER, "") | TALKS | {"source_id": "nowhere", "polarity": "says", "locator": "6 Sep 18:31"}
    # Yes, again; the source as proposed, wiped out, then right; the polarity; and written.
    keyboard.send_text("y" + "\x7f" * 7 + "gazette-live\r" + "j\r" + "y")
    run("add", *flags(given))
    assert claims(folder)[TALKS_ID]["source_id"] == "gazette-live"


def test_a_statement_is_not_named_after_a_mistake(run: Run, folder: Path, keyboard: PipeInput) -> None:
    run("add", "--no-input", *flags(TALKS | {"statement_id": STATEMENT}))
    given = dict.fromkeys(ORDER, "") | TALKS | {"source_id": "nowhere", "locator": "6 Sep 18:31, heading"}
    given.pop("statement_id")
    # The statement as proposed for that source; yes, again; the source, and the statement as proposed for it.
    keyboard.send_text(ENTER + "y" + "\x7f" * 7 + "gazette-live\r" + ENTER + "y")
    assert f"  statement_id: {STATEMENT}-nowhere\n" in run("add", *flags(given)).stdout
    named = [row["statement_id"] for row in claims(folder).values() if row["text"] == TALKS["text"]]
    assert named == [STATEMENT, STATEMENT]


def test_what_is_wrong_is_left(run: Run, folder: Path, keyboard: PipeInput) -> None:
    keyboard.send_text("n")
    run("add", *flags(dict.fromkeys(ORDER, "") | TALKS | {"source_id": "nowhere"}), expect=1)


def test_a_missing_actor_is_made_on_the_way(run: Run, folder: Path, keyboard: PipeInput) -> None:
    given = dict.fromkeys(ORDER, "") | TALKS
    given.pop("claimant_id")
    # Not known, no; typed again, yes: the id, name, kind person, member of Northland, and nothing else.
    keys = ["nobdy\r", "n", "speaker-northland\r", "y", ENTER, "\x7f" * 17 + "Speaker of Northland\r", "jjjj\r"]
    keyboard.send_text("".join(keys) + "northland\r" + ENTER * 4 + "y")
    shown = run("add", *flags(given)).stdout
    assert "New in actors.csv:\n  actor_id: speaker-northland\n" in shown
    assert "actor_id: speaker-northland" in shown
    assert "speaker-northland,Speaker of Northland,person,northland,,,,\n" in (folder / "data/actors.csv").read_text()
    (row,) = (row for row in claims(folder).values() if row["claimant_id"] == "speaker-northland")
    assert row["text"] == TALKS["text"]


def test_what_is_wrong_with_a_place_made_on_the_way_is_asked_again(run: Run, folder: Path, keyboard: PipeInput) -> None:
    given = dict.fromkeys(ORDER, "") | TALKS | {"place_relation": "near"}
    given.pop("place_id")
    # New, yes: id and name as typed, kind settlement, no container, zone, a latitude without a longitude, no aliases.
    keys = ["Village C\r", "y", ENTER * 2, "j\r", ENTER * 3, "40.2\r", ENTER * 2]
    # Again, yes: all as it was but for the longitude.
    keys += ["y", ENTER * 6, "45.87\r", ENTER]
    keyboard.send_text("".join(keys) + "y")
    shown = run("add", *flags(given))
    assert "coordinates-half" in shown.stderr
    assert "The same without questions, once places.csv has what is new:" in shown.stdout
    assert "\nvillage-c,Village C,settlement,,,,40.2,45.87,\n" in (folder / "data" / "places.csv").read_text()
    assert [row["place_id"] for row in claims(folder).values() if row["text"] == TALKS["text"]] == ["village-c"]


def test_what_cannot_be_left_blank(run: Run, folder: Path, keyboard: PipeInput) -> None:
    given = dict.fromkeys(ORDER, "") | TALKS
    for column in ("locator", "predicate", "claimant_id"):
        given.pop(column)
    keyboard.send_text("\r6 Sep 18:31\r" + "\rtalk\rs\r" + "\rministry-northland\ry")
    run("add", *flags(given))
    assert TALKS_ID in claims(folder)


CHOICES = ["kind", "polarity", "certainty", "basis", "valid_mode", "zone_basis", "bounds_basis", "place_relation"]


@pytest.mark.parametrize("column", CHOICES)
def test_enter_chooses_nothing_that_is_not_chosen(run: Run, folder: Path, keyboard: PipeInput, column: str) -> None:
    dated = {"valid_from": "2020-09-06T09:00:00+00:00", "valid_mode": "since", "zone_basis": "assumed"}
    given = dict.fromkeys(ORDER, "") | TALKS | dated | {"bounds_basis": "stated", "certainty": "stated"}
    given |= {"kind": "ceasefire", "predicate": "in_force", "place_id": "village-a", "place_relation": "near"}
    given.pop(column)
    keyboard.send_text(ENTER * 5 + "\x03")
    assert "Nothing was written." in run("add", *flags(given), expect=130).stderr


def test_enter_keeps_what_was_answered_before(run: Run, folder: Path, keyboard: PipeInput) -> None:
    dated = {"valid_from": "2020-09-06T09:00:00+00:00", "zone_basis": "assumed", "bounds_basis": "stated"}
    keyboard.send_text("y" + ENTER + "n")
    result = run("add", *flags(dict.fromkeys(ORDER, "") | TALKS | dated | {"valid_mode": "until"}), expect=1)
    assert result.stdout.count("  valid_mode: until\n") == 2


def test_enter_leaves_blank_what_may_be_blank(run: Run, folder: Path, keyboard: PipeInput) -> None:
    given = dict.fromkeys(ORDER, "") | COUNT
    for column in ("count_basis", "count_approx"):
        given.pop(column)
    keyboard.send_text(ENTER * 2 + "y")
    run("add", *flags(given))
    (added,) = (row for row in claims(folder).values() if row["text"] == COUNT["text"])
    assert (added["count_basis"], added["count_approx"]) == ("", "")


# What is typed for a claimant, and what is asked about it.
UNKNOWN = [
    ("zzz", "'zzz' is not in actors.csv. Add it?"),
    (
        "Ministery of Southland",
        "'Ministery of Southland' is not in actors.csv. "
        "It looks like ministry-southland, ministry-northland or minister-northland. Add it?",
    ),
    ("A. Speaker", "'A. Speaker' may be speaker-1 or speaker-2. Add another one?"),
]


@pytest.mark.parametrize(("typed", "asked"), UNKNOWN)
def test_what_is_unknown_is_told_from_what_is_unclear(
    run: Run, tmp_path: Path, keyboard: PipeInput, monkeypatch: pytest.MonkeyPatch, typed: str, asked: str
) -> None:
    edits = [
        {"file": "data/actors.csv", "append": {"actor_id": f"speaker-{number}", "name": "A. Speaker", "kind": "person"}}
        for number in (1, 2)
    ]
    root = build(tmp_path / "package", edits).parent
    questions: list[str] = []
    monkeypatch.setattr(asking, "confirmed", lambda question: bool(questions.append(question)))
    given = dict.fromkeys(ORDER, "") | TALKS
    given.pop("claimant_id")
    keyboard.send_text(f"{typed}\rministry-northland\r")
    run("add", "--dry-run", "--package", root, *flags(given))
    assert questions == [asked]


def test_what_is_typed_wrongly_is_told_how_to_be_typed(
    run: Run, folder: Path, keyboard: PipeInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The date as it is written at home, then in words; the text field refuses it with a way out."""
    said: list[object] = []

    def refusing(label: str, default: str, validate: Callable[[str], object]) -> Question:
        said.extend(map(validate, ("13.09.2020 18:31", "yesterday", TALKS["reported_from"])))
        return text(label, default=default, validate=validate)

    monkeypatch.setattr(questionary, "text", refusing)
    given = dict.fromkeys(ORDER, "") | TALKS
    given.pop("reported_from")
    keyboard.send_text(f"{TALKS['reported_from']}\rn")
    run("add", *flags(given))
    assert said == [
        "'13.09.2020 18:31' is a date in the fashion of a country or of a spreadsheet. Write 2020-09-13T18:31:00 and, "
        "right after it, how far the clock was from UTC on that day, as in +04:00 or -05:00.",
        "'yesterday' is not a datetime like 2022-09-13T12:34:00+04:00. Write it like 2022-09-13T12:34:00+04:00.",
        True,
    ]


def test_explanations_break_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(questionary, "print", lambda text, style: said.append(text))
    monkeypatch.setenv("COLUMNS", "30")
    asking.hint("The document in which the claim was read.")
    assert said == ["The document in which the\nclaim was read."]


def test_whether_there_is_a_terminal() -> None:
    assert command.on_terminal() is False
