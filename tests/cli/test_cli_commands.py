"""Every command: what it prints where, in which form, and its exit code."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import Result
from pytest_regressions.file_regression import FileRegressionFixture

from claimtrack.cli import discrepancies as command
from claimtrack.cli import findings, program
from claimtrack.cli import validate as validate_command
from claimtrack.locate import shipped_root
from claimtrack.rulebook import rules
from claimtrack.validation import ENGINES
from disputed import CEASEFIRE, RESUMED, STRIKES, VIOLATED

Run = Callable[..., Result]
TOLL = "20200906-ministry-northland-7wgktoa5"


def test_validate_without_problems(run: Run, sound: Path) -> None:
    result = run("validate", sound)
    assert (result.stdout, result.stderr) == ("No problems found.\n", "")


def test_validate_with_errors_ends_with_1(run: Run, faulty: Path) -> None:
    shown = run("validate", faulty, expect=1).stdout
    assert f"{faulty.name}/data/sources.csv" in shown
    assert "error" in shown
    assert "claimtrack rule" in shown


@pytest.mark.parametrize(("args", "code"), [((), 0), (("--strict",), 1)])
def test_validate_with_warnings(run: Run, doubtful: Path, args: tuple[str, ...], code: int) -> None:
    assert "1 warning in 1 file." in run("validate", doubtful, *args, expect=code).stdout


def test_validate_json(run: Run, faulty: Path) -> None:
    read = json.loads(run("validate", faulty, "--format", "json", expect=1).stdout)
    assert read["stats"]["errors"] == len(read["problems"]) > 0
    assert set(read["problems"][0]) == {
        *("code", "severity", "path", "line", "column", "resource", "field", "key", "message", "fix")
    }
    lines = run("validate", faulty, "--format", "jsonl", expect=1).stdout.splitlines()
    assert [json.loads(line) for line in lines] == read["problems"]


def test_validate_chooses_annotations_inside_github_actions(
    run: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not run("validate", faulty, expect=1).stdout.startswith("::")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    shown = run("validate", faulty, expect=1).stdout
    assert shown.startswith("::error title=")
    assert run("validate", faulty, "--format", "github", expect=1).stdout == shown
    assert not run("validate", faulty, "--format", "text", expect=1).stdout.startswith("::")


def test_validate_sarif_junit_and_markdown(run: Run, faulty: Path, doubtful: Path) -> None:
    document = json.loads(run("validate", faulty, "--format", "sarif", expect=1).stdout)
    assert document["runs"][0]["tool"]["driver"]["name"] == "claimtrack"
    report = ET.fromstring(run("validate", doubtful, "--format", "junit").stdout)
    assert report.attrib["failures"] == "0"
    report = ET.fromstring(run("validate", doubtful, "--format", "junit", "--strict", expect=1).stdout)
    assert report.attrib["failures"] == "1"
    assert run("validate", doubtful, "--format", "markdown").stdout.startswith("**1 warning")


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "github", "sarif", "junit", "markdown"])
def test_validate_says_it_all_on_stdout(run: Run, faulty: Path, form: str) -> None:
    result = run("validate", faulty, "--format", form, expect=1)
    assert result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("place", [".", "data"])
def test_validate_finds_the_package_around(run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.chdir(sound / place)
    assert run("validate").stdout == "No problems found.\n"


@pytest.mark.parametrize(("args", "says"), [(("validate",), "there is no datapackage.json in the current folder")])
def test_what_must_not_guess_ends_with_2(run: Run, args: tuple[str, ...], says: str) -> None:
    result = run(*args, expect=2)
    assert result.stdout == ""
    assert says in result.stderr


@pytest.mark.parametrize("args", [("validate", "nowhere"), ("discrepancies", "nowhere"), ("timeline", "nowhere")])
def test_no_package_where_one_is_named(run: Run, args: tuple[str, ...]) -> None:
    assert "there is no data package at nowhere" in run(*args, expect=2).stderr


@pytest.mark.parametrize("command", ["validate", "discrepancies", "fmt"])
def test_a_table_is_no_package(run: Run, sound: Path, command: str) -> None:
    """Whoever names a table hears what to name, and not that the table is no JSON."""
    table = sound / "data" / "claims.csv"
    refused = run(command, table, expect=2).stderr
    assert refused == (
        f"Error: {table} is no data package: expected a folder with a datapackage.json, or such a file\n"
    )


@pytest.mark.parametrize("args", [("discrepancies",), ("timeline",), ("show", CEASEFIRE)], ids=lambda args: args[0])
def test_what_only_reads_falls_back_on_the_shipped_data(
    run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.setattr("claimtrack.cli.locating.shipped_root", lambda: sound)
    result = run(*args)
    assert result.stderr == "No package in this folder or above: reading the one shipped with claimtrack.\n"
    monkeypatch.chdir(sound)
    assert run(*args).stderr == ""


@pytest.mark.parametrize("args", [("discrepancies",), ("timeline",), ("show", TOLL, "--package")])
def test_data_that_cannot_be_loaded(run: Run, faulty: Path, args: tuple[str, ...]) -> None:
    result = run(*args, faulty, expect=1)
    assert result.stdout == ""
    assert result.stderr.startswith("This package cannot be loaded.\n")
    assert f"{faulty.name}/data/sources.csv" in result.stderr


def test_discrepancies(run: Run, package: Path) -> None:
    result = run("discrepancies", package)
    assert result.stdout.startswith("6 findings about 2 claims, 1 count and 2 questions: 3 definite, 3 possible\n")
    assert result.stderr == ""


def test_what_a_newcomer_sees_first(run: Run, live: Path, file_regression: FileRegressionFixture) -> None:
    file_regression.check(run("discrepancies", live).stdout)


def test_discrepancies_lists_no_contrary_claims_where_there_are_too_many(
    run: Run, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ceasefire-not-held (2 times)" not in run("discrepancies", package).stdout
    monkeypatch.setattr(findings, "LISTED", 3)
    assert "ceasefire-not-held (2 times)" in run("discrepancies", package).stdout


def test_discrepancies_json(run: Run, package: Path) -> None:
    condensed = json.loads(run("discrepancies", package, "--format", "json").stdout)
    assert set(condensed) == {"discrepancies", "stats"}
    assert set(condensed["discrepancies"][0]) >= {
        *("id", "claims", "strength", "codes", "statements", "first_at", "last_at", "origins"),
        *("figures", "depends_on", "explanation"),
    }
    pairs = json.loads(run("discrepancies", package, "--pairs", "--format", "json").stdout)
    assert set(pairs["discrepancies"][0]) >= {
        *("id", "finding_id", "family", "code", "strength", "claims", "figures", "depends_on"),
        *("same_statement", "linked", "explanation"),
    }
    for args, expected in (((), condensed), (("--pairs",), pairs)):
        lines = run("discrepancies", package, *args, "--format", "jsonl").stdout.splitlines()
        assert [json.loads(line) for line in lines] == expected["discrepancies"]


@pytest.mark.parametrize("args", [(), ("--pairs",)])
def test_discrepancies_csv_and_markdown(run: Run, package: Path, args: tuple[str, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("discrepancies", package, *args, "--format", "csv").stdout)))
    assert len(rows) == (13 if args else 6)
    page = run("discrepancies", package, *args, "--format", "markdown").stdout
    assert ("| --- |" if args else "\n- **claim at issue**: ") in page


def test_pairs_of_one_claim_are_a_table(run: Run, package: Path) -> None:
    shown = run("discrepancies", package, "--pairs", "--claim", CEASEFIRE).stdout
    assert shown.startswith("6 pairs of claims\n")
    assert " other claim " in shown
    assert "declared" in shown


def test_pairs_that_are_too_many_for_a_page(run: Run, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "LISTED", 4)
    assert "… and 9 more (use --format jsonl for all)" in run("discrepancies", package, "--pairs").stdout


def found(run: Run, package: Path, *args: str) -> list[dict[str, object]]:
    return json.loads(run("discrepancies", package, "--pairs", "--format", "json", *args).stdout)["discrepancies"]


def test_filters(run: Run, package: Path) -> None:
    assert {pair["code"] for pair in found(run, package, "--code", "ceasefire-breached", "--code", "denied")} == {
        "ceasefire-breached"
    }
    assert {pair["strength"] for pair in found(run, package, "--strength", "unconfirmed")} == {"unconfirmed"}
    assert len(found(run, package, "--claim", RESUMED["claim_id"])) == 1
    assert len(found(run, package, "--incident", "ceasefire-2020-09-06")) == 6


def test_as_of(run: Run, package: Path) -> None:
    """Before 12:34 the ceasefire had not been reported, and by 13:00 the strikes that resumed had not."""
    assert not found(run, package, "--claim", CEASEFIRE, "--as-of", "2020-09-06T12:30Z")
    known = found(run, package, "--claim", CEASEFIRE, "--as-of", "2020-09-06T15:00+02:00")
    assert {pair["claims"][1] for pair in known} >= {STRIKES["claim_id"], VIOLATED["claim_id"]}
    assert RESUMED["claim_id"] not in str(known)
    assert RESUMED["claim_id"] in str(found(run, package, "--as-of", "2020-09-07T00:00Z"))


def test_the_last_day_of_all_is_one(run: Run, package: Path) -> None:
    """It stands for all that is known, as far as dates go, and has no day after it."""
    assert found(run, package, "--as-of", "9999-12-31T23:59Z") == found(run, package)
    assert found(run, package, "--as-of", "0001-01-01T00:00Z") == []
    for clock in ("valid", "reported"):
        rows = [
            json.loads(run("timeline", package, "--by", clock, *until, "--format", "json").stdout)["claims"]
            for until in (("--until", "9999-12-31"), ("--until", "9999-12-30"))
        ]
        assert rows[0] == rows[1]
        assert rows[0]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2020-09-06T12:30", "needs its offset from UTC, as in 2020-09-06T12:30+04:00"),
        (
            "2020-09-06",
            "ends at another moment in each zone; write the one that is meant, as in 2020-09-07T00:00+04:00",
        ),
        ("yesterday", "is no time such as 2022-09-13T12:34+04:00"),
        ("9999-12-31", "ends at another moment in each zone"),
        ("9999-12-31T23:00-05:00", "is in UTC not in the years 1 to 9999"),
        ("0001-01-01T00:00+14:00", "is in UTC not in the years 1 to 9999"),
    ],
)
def test_times_that_cannot_be_read(run: Run, package: Path, typed: str, says: str) -> None:
    assert says in " ".join(run("discrepancies", package, "--as-of", typed, expect=2).stderr.split())


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("9999-12-32", "is neither a day (2022-09-13) nor a time"),
        ("9999-12-31T23:00-05:00", "is in UTC not in the years 1 to 9999; write the day, 9999-12-31"),
    ],
)
def test_times_of_the_timeline_that_cannot_be_read(run: Run, package: Path, typed: str, says: str) -> None:
    assert says in " ".join(run("timeline", package, "--until", typed, expect=2).stderr.split())


@pytest.mark.parametrize("args", [(), ("--pairs",)])
def test_sorting_keeps_every_finding(run: Run, package: Path, args: tuple[str, ...]) -> None:
    def lines(*more: str) -> list[str]:
        return run("discrepancies", package, *args, "--format", "jsonl", *more).stdout.splitlines()

    plain, ordered = lines(), {by: lines("--sort", by) for by in command.SORTINGS}
    assert {by: sorted(found) for by, found in ordered.items()} == dict.fromkeys(ordered, sorted(plain))
    times = [json.loads(line).get("first_at") for line in ordered["time"]]
    assert args or times == sorted(times)


def test_retracted_claims_are_taken_in_where_asked(run: Run, package: Path) -> None:
    """The wire report was retracted; nothing in it speaks against anything, but it is compared."""
    assert len(found(run, package, "--retracted")) >= len(found(run, package))


@pytest.mark.parametrize(
    ("option", "keys"), [("--not-comparable", {"not_comparable"}), ("--unlinked", {"not_declared", "not_computed"})]
)
def test_what_stands_beside_the_findings(run: Run, package: Path, option: str, keys: set[str]) -> None:
    assert set(json.loads(run("discrepancies", package, option, "--format", "json").stdout)) == keys
    assert run("discrepancies", package, option).stdout
    assert "| --- |" in run("discrepancies", package, option, "--format", "markdown").stdout
    refused = run("discrepancies", package, option, "--format", "csv", expect=2)
    assert "use json, text or markdown here" in refused.stderr


def test_options_that_exclude_each_other(run: Run, package: Path) -> None:
    result = run("discrepancies", package, "--pairs", "--unlinked", expect=2)
    assert result.stderr == "Error: --pairs, --not-comparable and --unlinked exclude each other\n"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--claim", "vapyhyyv"), f"did you mean {CEASEFIRE}?"),
        (("--code", "ceasefire-breach"), "did you mean ceasefire-breached"),
        (("--incident", "launchsite"), "did you mean launch-site?"),
    ],
)
def test_unknown_names_get_suggestions(run: Run, package: Path, args: tuple[str, ...], says: str) -> None:
    assert says in run("discrepancies", package, *args, expect=2).stderr


def test_show(run: Run, package: Path) -> None:
    shown = run("show", CEASEFIRE, "--package", package)
    assert shown.stdout.startswith("The Ministry of Southland says that a ceasefire came into force at 09:00.\n")
    assert "Discrepancies, computed" in shown.stdout
    read = json.loads(run("show", CEASEFIRE, "--package", package, "--format", "json").stdout)
    assert read["claim"]["claim_id"] == CEASEFIRE
    assert len(read["against"]) == 6
    assert run("show", CEASEFIRE, "--package", package, "--format", "markdown").stdout.startswith("## The Ministry")


def test_show_suggests_ids(run: Run, package: Path) -> None:
    assert f"did you mean {CEASEFIRE}" in run("show", CEASEFIRE[:-1], "--package", package, expect=2).stderr


def test_timeline(run: Run, package: Path) -> None:
    shown = run("timeline", package, "--place", "Willage A").stdout
    assert shown.endswith("5 claims. claimtrack show CLAIM says more of one.\n")
    document = json.loads(run("timeline", package, "--kind", "ceasefire", "--format", "json").stdout)
    assert document["stats"] == {"claims": 3, "undated": 1}
    rows = list(csv.DictReader(io.StringIO(run("timeline", package, "--format", "csv").stdout)))
    assert len(rows) == 26
    assert run("timeline", package, "--by", "reported", "--format", "markdown").stdout.startswith("| time | claim |")


def test_timeline_bounds(run: Run, package: Path) -> None:
    def shown(*args: str) -> list[str]:
        document = json.loads(run("timeline", package, "--format", "json", *args).stdout)
        return [row["claim_id"] for row in document["claims"]]

    assert RESUMED["claim_id"] in shown("--since", "2020-09-06T13:00", "--until", "2020-09-06")
    assert RESUMED["claim_id"] not in shown("--until", "2020-09-06T12:59:59+00:00")
    assert STRIKES["claim_id"] not in shown("--since", "2020-09-06T12:00:01Z")


def test_timeline_counts_what_a_window_leaves_out(run: Run, package: Path) -> None:
    """Of 234 claims 24 were listed, and nothing said that 196 others give no time."""
    everything = json.loads(run("timeline", package, "--format", "json").stdout)
    window = ("timeline", package, "--since", "2020-09-06T13:00", "--format")
    document = json.loads(run(*window, "json").stdout)
    number = document["stats"]["undated"]
    assert number == everything["stats"]["undated"] == sum(not row["dated"] for row in everything["claims"])
    told = f"{len(document['claims'])} claims; {number} more give no time (--by reported puts these in order of their"
    assert told in run(*window, "text").stdout
    assert told in run(*window, "markdown").stdout
    assert told in run(*window, "csv").stderr
    assert run("timeline", package, "--format", "csv").stderr == ""


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2020-09-07", "2020-09-06"),
        ("2020-09-06T12:00", "2020-09-06T11:59"),
        ("2020-09-06T12:00+00:00", "2020-09-06T13:00+02:00"),
    ],
)
def test_a_timeline_that_ends_before_it_begins_is_refused(run: Run, package: Path, since: str, until: str) -> None:
    refused = run("timeline", package, "--since", since, "--until", until, expect=2).stderr
    assert refused == "Error: no time lies between --since and --until; is the one meant for the other?\n"


def test_timeline_suggests_names(run: Run, package: Path) -> None:
    assert "did you mean gazette" in run("timeline", package, "--actor", "gazete", expect=2).stderr


def test_rule(run: Run) -> None:
    assert run("rule", "count-reversed").stdout.startswith("count-reversed (error)\n")
    assert "ceasefire-breached" in run("rule", "ceasefire-breached", "--format", "markdown").stdout
    assert json.loads(run("rule", "count-reversed", "--format", "json").stdout)["severity"] == "error"
    assert "count-reversed" in run("rule", "count-reverse", expect=2).stderr


def test_rules_are_listed(run: Run) -> None:
    listed = run("rule").stdout
    table = run("rule", "--format", "markdown").stdout
    documents = json.loads(run("rule", "--format", "json").stdout)["rules"]
    assert [document["code"] for document in documents] == list(rules())
    for code in rules():
        assert f"  {code} " in listed
        assert f"| `{code}` |" in table


class Terminal(io.StringIO):
    """A terminal that is as wide as COLUMNS says."""

    def isatty(self) -> bool:
        return True


def test_rules_fit_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    longest = max(rules().values(), key=lambda one: len(one.title))
    whole = next(line for line in run("rule").stdout.splitlines() if f"  {longest.code} " in line)
    assert whole.endswith(longest.title)
    monkeypatch.setenv("COLUMNS", "70")
    for args in ([], [longest.code], ["ceasefire-not-held"]):
        terminal = Terminal()
        monkeypatch.setattr("sys.stdout", terminal)
        program.commands["rule"].main(args, prog_name="rule", standalone_mode=False)
        lines = terminal.getvalue().splitlines()
        assert max(map(len, lines)) <= 70
        assert args or longest.title in " ".join(" ".join(lines).split())


def test_init_says_what_to_type_next(run: Run) -> None:
    said = run("init", "of mine").stdout
    assert "then run: claimtrack validate 'of mine'\n" in said
    assert "add licenses and contributors to of mine/datapackage.json" in said


def test_init(run: Run) -> None:
    result = run("init", "my-claims", "--title", "Claims of mine")
    assert result.stdout.startswith("Made datapackage.json and 9 tables in my-claims.\n")
    assert json.loads(Path("my-claims/datapackage.json").read_text("utf-8"))["title"] == "Claims of mine"
    assert run("validate", "my-claims").stdout == "No problems found.\n"
    assert run("discrepancies", "my-claims").stdout == "No discrepancies found.\n"
    assert run("timeline", "my-claims").stdout.startswith("There are no claims yet.\nclaimtrack add ")
    assert "is not empty" in run("init", "my-claims", expect=2).stderr


def test_the_shipped_package_is_there_for_init() -> None:
    assert (shipped_root() / "datapackage.json").is_file()


@pytest.mark.parametrize("engine", ENGINES)
def test_validate_with_either_engine(run: Run, faulty: Path, engine: str) -> None:
    shown = run("validate", faulty, "--engine", engine, "--format", "json", expect=1).stdout
    assert [problem["code"] for problem in json.loads(shown)["problems"]] == ["count-reversed", "enum-unknown"]


def test_validate_offers_every_engine() -> None:
    assert validate_command.ENGINES == ENGINES
