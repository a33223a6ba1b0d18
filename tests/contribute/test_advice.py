"""What somebody with a spreadsheet is told of a mistake: which column, which other row, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from claimtrack.contribute.advice import which_moment
from claimtrack.contribute.diff.sides import from_folder
from claimtrack.contribute.draft import drafted
from claimtrack.contribute.fold import plan
from claimtrack.contribute.inbox import check, entry, inbox_files, read_entries
from claimtrack.contribute.overlay import Addition, problems_with
from claimtrack.contribute.template import xlsx_template
from claimtrack.ids import mint_claim_id
from claimtrack.package import load
from claimtrack.problems import Problem
from claimtrack.rulebook import rule
from mutations import build, valid
from new_claims import BLAME, COUNT, TALKS, TALKS_ID, as_csv, fill

Row = Mapping[str, str]

OFFSET = "and, right after it, how far the clock was from UTC on that day, as in +04:00 or -05:00."
FIRST = "What is not there yet is added to data/{}.csv first."
APART = "If the source says two things, enter what tells them apart: actor, target, place, time, figure or locator."


@pytest.fixture
def descriptor(tmp_path: Path) -> Path:
    path = valid(tmp_path / "package")
    (path.parent / "inbox").mkdir()
    return path


def told(descriptor: Path, rows: Sequence[Row], name: str = "a.csv") -> list[Problem]:
    (descriptor.parent / "inbox" / name).write_text(as_csv(rows), "utf-8")
    return check(descriptor)


def words(found: Sequence[Problem]) -> list[tuple[str, str | None]]:
    return [(problem.message, problem.fix) for problem in found]


# Cells that are changed in a claim, and what is said: message and fix of every problem.
MISTAKES: list[tuple[Row, Row, list[tuple[str, str]]]] = [
    # A date as it is written at home: in one way, in two, without a time, with the month by its name.
    (
        TALKS,
        {"reported_from": "13.09.2020 18:31", "reported_to": ""},
        [
            (
                "'13.09.2020 18:31' is a date in the fashion of a country or of a spreadsheet (reported_from)",
                f"Write 2020-09-13T18:31:00 {OFFSET}",
            )
        ],
    ),
    (
        TALKS,
        {"asserted_from": "06/09/2020 6:31 pm", "asserted_to": "6 September 2020"},
        [
            (
                "'06/09/2020 6:31 pm' is a date in the fashion of a country or of a spreadsheet (asserted_from)",
                f"Write 2020-09-06T18:31:00 or 2020-06-09T18:31:00 {OFFSET}",
            ),
            (
                "'6 September 2020' is not a datetime like 2022-09-13T12:34:00+04:00 (asserted_to)",
                f"Write 2020-09-06THH:MM:SS {OFFSET}",
            ),
        ],
    ),
    # A clock that lacks its offset: the whole cell, so that nobody who adds the offset forgets the T and the seconds.
    (
        TALKS,
        {"asserted_from": "2022-09-13 14:07", "asserted_to": "2022-09-13T14:07:00"},
        [
            (
                f"'{written}' does not say how far its clock was from UTC (asserted_{end})",
                f"Write 2022-09-13T14:07:00 {OFFSET}",
            )
            for written, end in (("2022-09-13 14:07", "from"), ("2022-09-13T14:07:00", "to"))
        ],
    ),
    # A claimant that is not in the table: unknown, by its name, much like one, by a name of two.
    (
        TALKS,
        {"claimant_id": "zzz"},
        [
            (
                "claimant_id 'zzz' is not in data/actors.csv (actor_id)",
                f"Write an id out of its column actor_id. {FIRST.format('actors')}",
            )
        ],
    ),
    (
        TALKS,
        {"claimant_id": "Ministry of Northland"},
        [("claimant_id 'Ministry of Northland' is not in data/actors.csv (actor_id)", "Write ministry-northland.")],
    ),
    (
        TALKS,
        {"claimant_id": "ministry_northland"},
        [("claimant_id 'ministry_northland' is not in data/actors.csv (actor_id)", "Write ministry-northland.")],
    ),
    (
        TALKS,
        {"actor_id": "Ministery of Southland"},
        [
            (
                "actor_id 'Ministery of Southland' is not in data/actors.csv (actor_id)",
                f"Did you mean ministry-southland, ministry-northland or minister-northland? {FIRST.format('actors')}",
            )
        ],
    ),
    # A figure with separators, of which some nobody sees.
    (
        COUNT,
        {"count_min": "1,049", "count_max": "1 049"},
        [
            ("'1,049' has separators between the thousands (count_min)", "Write 1049."),
            ("'1 049' has separators between the thousands (count_max)", "Write 1049."),
        ],
    ),
    (
        COUNT,
        {"count_min": "15", "count_max": "1\u00a0049", "count_text": "1\u00a0049"},
        [
            ("'1 049' has separators between the thousands (count_max)", "Write 1049."),
            (
                "a space that is not the common one, U+00A0 NO-BREAK SPACE at character 2 of the cell (count_text)",
                "Replace it by a common space.",
            ),
        ],
    ),
    (
        COUNT,
        {"count_min": "10 49", "count_max": "1049\u202f"},
        [("'10 49' has spaces between its digits (count_min)", "Write 1049.")],
    ),
    # A figure in words, and one that is more than a bound.
    *(
        (
            COUNT,
            {"count_min": cell, "count_max": ""},
            [
                (
                    f"'{cell}' is not a whole number in digits (count_min)",
                    f"{fix} What the source prints belongs into count_text." if fix else rule("integer-invalid").fix,
                )
            ],
        )
        for cell, fix in (
            ("at least 43", "Write 43 into count_min and leave count_max blank."),
            ("1,043+", "Write 1043 into count_min and leave count_max blank."),
            ("up to 50", "Write 50 into count_max and leave count_min blank."),
            ("40–50", "Write 40 into count_min and 50 into count_max."),
            ("~50", "Write 50 into count_min and count_max, and true into count_approx."),
            ("hardly 50", None),
            ("5-3", None),
            ("2022-09", None),
            ("forty", None),
        )
    ),
    # Several ids in one cell, and a mark for the cell above.
    *(
        (
            TALKS,
            {"claimant_id": cell},
            [
                (
                    f"claimant_id '{cell}' is not in data/actors.csv (actor_id)",
                    "The cell takes one: gazette or wire-service. Make a claim for each, or name what holds all.",
                )
            ],
        )
        for cell in ("gazette; wire-service", "gazette,wire-service", "Example Gazette and wire-service")
    ),
    (
        TALKS,
        {"actor_id": "ditto"},
        [
            (
                "actor_id 'ditto' is not in data/actors.csv (actor_id)",
                "Write it out: every row stands by itself, and nothing is taken over from the one above.",
            )
        ],
    ),
    # A source with a slip.
    (
        TALKS,
        {"source_id": "gazete-live"},
        [
            (
                "source_id 'gazete-live' is not in data/sources.csv (source_id)",
                f"Did you mean gazette-live? {FIRST.format('sources')}",
            )
        ],
    ),
    (
        TALKS,
        {"source_id": "Live: border clashes"},
        [("source_id 'Live: border clashes' is not in data/sources.csv (source_id)", "Write gazette-live.")],
    ),
    (
        TALKS,
        {"asserted_from": "6.9.2020 18:31 UTC+04:00", "asserted_to": "2020-09-06T18:31:00+04:00"},
        [
            (
                "'6.9.2020 18:31 UTC+04:00' is a date in the fashion of a country or of a spreadsheet (asserted_from)",
                "Write 2020-09-06T18:31:00+04:00 or 2020-06-09T18:31:00+04:00.",
            )
        ],
    ),
    # What has a better way out of its own keeps it.
    (
        TALKS,
        {"asserted_from": "2020-09-06T18:31:00Z", "asserted_to": "2020-09-06T18:31:00+00:00"},
        [("'2020-09-06T18:31:00Z' ends in Z (asserted_from)", "Write 2020-09-06T18:31:00+00:00.")],
    ),
    # Nothing is said of cells that nobody has written.
    (TALKS, {"claimant_id": ""}, [("claimant_id is blank", rule("required-missing").fix)]),
]


def test_mistakes(descriptor: Path) -> None:
    """All in one file: what is said of a row does not depend on the others."""
    rows = [
        {**{column: cell for column, cell in claim.items() if column != "statement_id"}, "locator": f"No {at}", **cells}
        for at, (claim, cells, _) in enumerate(MISTAKES)
    ]
    found = told(descriptor, rows)
    assert len(found) == sum(len(expected) for *_, expected in MISTAKES)
    assert {line: words([each for each in found if each.line == line]) for line in range(1, len(rows) + 2)} == {
        1: [],
        **{line: expected for line, (_, _, expected) in enumerate(MISTAKES, start=2)},
    }
    assert all(problem.field in (problem.message or "") for problem in found if problem.field)


def test_check_fold_and_diff_tell_all_mistakes_alike(descriptor: Path) -> None:
    rows = [
        {column: cell for column, cell in {**claim, **cells}.items() if column != "statement_id"}
        for claim, cells, _ in MISTAKES
    ]
    found = told(descriptor, rows)
    assert len(found) > len(MISTAKES)
    assert found == list(plan(descriptor, read_entries(descriptor.parent, inbox_files(descriptor.parent))).problems)
    assert found == from_folder(descriptor, "here").problems


# What people write for "not stated": the claim, the cell, and the only way out that is told for that cell.
BLANK = "Leave the cell blank: blank means 'not stated'."
MADE = "Leave it blank: it is made for you."
UNSTATED: list[tuple[Row, str, str, str]] = [
    (TALKS, "actor_id", "NA", BLANK),
    (TALKS, "actor_id", "n/a", BLANK),
    (TALKS, "actor_id", "unknown", BLANK),
    (TALKS, "target_id", "-", BLANK),
    (TALKS, "target_id", "–", BLANK),
    (TALKS, "incident_id", "?", BLANK),
    (TALKS, "place_id", " None ", BLANK),
    (TALKS, "quote", "-", BLANK),
    (TALKS, "asserted_from", "unknown", BLANK),
    (COUNT, "count_mode", "none", BLANK),
    (COUNT, "count_min", "null", BLANK),
    (COUNT, "count_approx", "N/A", BLANK),
    (TALKS, "claim_id", "NA", MADE),
    (TALKS, "claim_id", "1", MADE),
    (TALKS, "statement_id", "NA", MADE),
    (TALKS, "statement_id", "-", MADE),
    (TALKS, "statement_id", "none", MADE),
    (TALKS, "statement_id", "Statement 1", MADE),
    (
        TALKS,
        "claimant_id",
        "unknown",
        "claimant_id cannot be blank. Write who says it. For somebody whom the source does not name add a row of the "
        "kind anonymous to actors.csv.",
    ),
    (
        TALKS,
        "basis",
        "none",
        "basis cannot be blank. Write unstated where the source does not say on what it rests.",
    ),
    (TALKS, "kind", "NA", "kind cannot be blank. Write other where no other kind fits."),
    (TALKS, "certainty", "?", "certainty cannot be blank. Write stated, hedged, implied or anticipated."),
    (TALKS, "source_id", "n/a", "source_id cannot be blank. Write one out of sources.csv."),
    (
        TALKS,
        "locator",
        "-",
        "locator cannot be blank. It says: The place in the document: an entry's date and time, a page, a timestamp. "
        "', heading' marks what only a heading says.",
    ),
    (BLAME, "incident_id", "?", "incident_id cannot be blank. Write one out of incidents.csv."),
]


def test_what_people_write_for_not_stated(descriptor: Path) -> None:
    """All in one file: what is said of a cell does not depend on other rows."""
    rows = [
        {**{name: cell for name, cell in claim.items() if name != "statement_id"}, "locator": f"No {at}", column: cell}
        for at, (claim, column, cell, _) in enumerate(UNSTATED)
    ]
    header, *lines = as_csv(rows).splitlines()
    typed = [f"{row.get('claim_id', '')}{line}\n" for row, line in zip(rows, lines, strict=True)]
    (descriptor.parent / "inbox" / "a.csv").write_text("".join([f"{header}\n", *typed]), "utf-8")
    found = [problem for problem in check(descriptor) if problem.code != "cell-padded"]
    for line, (_, column, _, fix) in enumerate(UNSTATED, start=2):
        here = [problem for problem in found if (problem.line, problem.field) == (line, column)]
        assert [problem.fix for problem in here] == [fix], line
        assert column in here[0].message or column == "claim_id"


@pytest.mark.parametrize("relation", ["", "in"])
def test_a_place_called_none_is_told_once(descriptor: Path, relation: str) -> None:
    (found,) = told(descriptor, [TALKS | {"place_id": "none", "place_relation": relation}])
    assert (found.field, found.fix) == ("place_id", BLANK)


def test_an_alias_of_two(tmp_path: Path) -> None:
    actor = {"actor_id": "minister-southland", "name": "Minister of Southland", "kind": "person"}
    edits = [{"file": "data/actors.csv", "append": actor | {"aliases": "The Minister"}}]
    descriptor = build(tmp_path, edits)
    (tmp_path / "inbox").mkdir()
    (found,) = told(descriptor, [TALKS | {"claimant_id": "The Minister"}])
    assert found.fix == f"Did you mean minister-northland or minister-southland? {FIRST.format('actors')}"


def test_an_id_that_is_misspelt_in_its_own_table(tmp_path: Path) -> None:
    actor = {"actor_id": "Border Press", "name": "Border Press", "kind": "outlet"}
    descriptor = build(tmp_path, [{"file": "data/actors.csv", "append": actor}])
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.csv").write_text(as_csv([TALKS | {"claimant_id": "Border Press"}]), "utf-8")
    (found,) = (problem for problem in check(descriptor) if problem.path == "inbox/a.csv")
    assert found.fix == "Mend the id in data/actors.csv, and write the same here."


def test_a_table_that_cannot_be_read_offers_nothing(descriptor: Path) -> None:
    path = descriptor.parent / "data" / "actors.csv"
    path.write_text(path.read_text("utf-8") + '"', "utf-8")
    (descriptor.parent / "inbox" / "a.csv").write_text(as_csv([TALKS | {"claimant_id": "Ministry of Northland"}]))
    (found,) = (problem for problem in check(descriptor) if problem.path == "inbox/a.csv")
    assert found.fix == f"Write an id out of its column actor_id. {FIRST.format('actors')}"


# Rows of two files, and what is said of those that are there twice.
TWICE: list[tuple[list[Row], list[Row], list[tuple[str, int, str, str]]]] = [
    ([TALKS, COUNT, TALKS], [], [("a", 4, "the row says the same as line 2 of inbox/a.csv", "Delete one of them.")]),
    (
        [COUNT, TALKS],
        [TALKS | {"text": "It says so."}],
        [("b", 2, "the row says the same as line 3 of inbox/a.csv", "Delete one of them.")],
    ),
    (
        [TALKS],
        [TALKS, TALKS],
        [
            ("b", 2, "the row says the same as line 2 of inbox/a.csv", "Delete one of them."),
            ("b", 3, "the row says the same as line 2 of inbox/a.csv", "Delete one of them."),
        ],
    ),
]


@pytest.mark.parametrize(("first", "second", "expected"), TWICE)
def test_rows_that_are_there_twice(
    descriptor: Path, first: list[Row], second: list[Row], expected: list[tuple[str, int, str, str]]
) -> None:
    (descriptor.parent / "inbox" / "b.csv").write_text(as_csv(second or [TALKS | {"locator": "elsewhere"}]), "utf-8")
    found = told(descriptor, first)
    assert [(problem.path, problem.line, *words([problem])[0]) for problem in found] == [
        (f"inbox/{name}.csv", line, message, f"{fix} {APART}") for name, line, message, fix in expected
    ]


def test_a_claim_that_is_in_the_package_in_other_words(descriptor: Path) -> None:
    with (descriptor.parent / "data" / "claims.csv").open("a", encoding="utf-8") as file:
        from claimtrack.package.write import csv_line

        file.write(csv_line(entry(TALKS).cells.values()))
    (found,) = told(descriptor, [TALKS | {"text": "The Ministry says so."}])
    assert words([found]) == [
        (
            f"the claim is in data/claims.csv already, as {TALKS_ID}",
            f"Delete the row; to correct the claim, change it there. {APART}",
        ),
    ]
    (descriptor.parent / "inbox" / "a.csv").unlink()
    draft = drafted(descriptor, TALKS | {"text": "The Ministry says so."})
    assert words(draft.planned.problems) == words([found])


def test_a_number_of_ones_own_as_an_id_is_told_once_a_row(descriptor: Path) -> None:
    """Two claims that somebody has given one number are two claims: neither is to be deleted."""
    rows = [TALKS, TALKS | {"locator": "second"}]
    (descriptor.parent / "inbox" / "a.csv").write_text(as_csv(rows).replace("\n,", "\n1,"), "utf-8")
    found = check(descriptor)
    assert [(each.line, each.code, each.fix) for each in found] == [
        (line, "pattern-mismatch", "Leave it blank: it is made for you.") for line in (2, 3)
    ]


def test_an_id_that_somebody_typed(descriptor: Path) -> None:
    other = "If another one is meant, give it another id; a new claim needs none."
    old = {"claim_id": "20200906-ministry-northland-7wgktoa5"}
    (descriptor.parent / "inbox" / "a.csv").write_text(as_csv([TALKS]).replace("\n,", f"\n{old['claim_id']},"))
    (found,) = check(descriptor)
    assert words([found]) == [
        (
            f"{old['claim_id']} is in data/claims.csv already",
            f"To correct that row, change it there and delete this one. {other}",
        )
    ]
    typed = entry({**TALKS, "claim_id": TALKS_ID}, "inbox/a.csv", 2)
    again = entry({**COUNT, "claim_id": TALKS_ID}, "inbox/a.csv", 3)
    assert (f"{TALKS_ID} is in line 2 of inbox/a.csv, too", f"Delete one of them. {other}") in words(
        problems_with(descriptor, [typed, again])
    )
    form = entry(TALKS, "form.json")
    (found,) = problems_with(descriptor, [form, entry(TALKS, "form.json")])
    assert found.message == "the row says the same as another row of form.json"


def test_a_made_id_is_not_reproached_to_anybody(descriptor: Path) -> None:
    for claimant in ("Northland’s ministry", "ministry\u00a0northland", "1.9.2020", "=ministry"):
        found = told(descriptor, [TALKS | {"claimant_id": claimant}])
        assert {problem.field for problem in found} == {"claimant_id"}


def test_a_claim_that_became_the_same_by_a_correction(tmp_path: Path) -> None:
    """The old one keeps the id that was made out of what it said before."""
    old = TALKS | {"claim_id": "20200906-ministry-northland-aaaaaaaa"}
    descriptor = build(tmp_path, [{"file": "data/claims.csv", "append": old}])
    (tmp_path / "inbox").mkdir()
    (twice,) = told(descriptor, [TALKS])
    assert twice.code == "claim-twice"
    assert twice.message.startswith(f"claim {old['claim_id']} is entered once more")


def test_an_id_has_no_day_that_is_none() -> None:
    assert mint_claim_id(TALKS) == TALKS_ID
    for reported in ("", "06.09.2020 18:31", "soon", "2020"):
        assert mint_claim_id(TALKS | {"reported_from": reported}) == TALKS_ID.replace("20200906", "undated")


def test_a_date_of_a_spreadsheet_without_a_time(descriptor: Path) -> None:
    path = descriptor.parent / "inbox" / "a.xlsx"
    path.write_bytes(xlsx_template(load(descriptor)))
    fill(path, [TALKS | {"reported_from": datetime(2020, 9, 6)}], {"reported_from": "dd.mm.yyyy"})
    assert words(check(descriptor)) == [
        (
            "the spreadsheet has a date without a time in this cell, or a time without a date: 2020-09-06 00:00:00 "
            "(reported_from)",
            "Type both as text, like 2022-09-13T12:34:00+04:00.",
        )
    ]


def test_what_is_no_moment_at_all() -> None:
    readings: list[Any] = [which_moment(cell) for cell in ("", "soon", "18:31", "31.31.2020", "6 Sep")]
    assert readings == [None] * 5


def test_rows_of_other_tables_are_advised_too(descriptor: Path) -> None:
    actor = {"actor_id": "new", "name": "New", "kind": "person", "member_of": "Northland"}
    assert words(problems_with(descriptor, [Addition("actors", actor)])) == [
        ("member_of 'Northland' is not in data/actors.csv (actor_id)", "Write northland.")
    ]
