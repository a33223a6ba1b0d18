"""Branches of real repositories, merged and rebased by git with claimtrack as its driver."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from damages import File, damaged
from repositories import Repository, added, changed, dropped, repository

from claimtrack import validate
from claimtrack.contribute import git
from claimtrack.contribute.fmt import formatted
from claimtrack.contribute.sheet import read_sheet
from claimtrack.errors import UsageError
from claimtrack.schema import table_schema

TOLL = "20200906-ministry-northland-7wgktoa5"
RELAYED = "20200906-observer-mission-47uwq4ei/2"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return repository(tmp_path_factory.mktemp("template") / "repository")


@pytest.fixture
def made(template: Repository, tmp_path: Path) -> Repository:
    """A repository of its own, whose driver is that of the template."""
    template.run("cp", "-r", template.folder, tmp_path / "copy")
    copy = object.__new__(Repository)
    copy.folder, copy.package, copy.script = tmp_path / "copy", tmp_path / "copy", template.script
    return copy


def test_branches_of_new_claims_lose_nothing_and_double_nothing(made: Repository) -> None:
    """Each of five adds a claim of its own; two its actor; and two of them one that the other adds as well."""
    old_claims, old_actors = made.lines("claims"), made.lines("actors")
    like = next(line.split(",") for line in old_claims if line.startswith(TOLL))
    shared = "20200907-gazette-sharedaa"
    for at in range(5):
        edits = [
            added(
                "claims",
                claim_id=f"20200907-gazette-aaaaaa{chr(97 + at)}a",
                kind=like[1],
                text=f'No. {at}, it\'s "new".',
            )
        ]
        if at in (0, 3):
            edits.append(added("actors", actor_id=f"actor-{at}", name=f"Actor {at}"))
        if at in (1, 3):
            edits.append(added("claims", claim_id=shared, text="Said by two."))
        made.on_branch(f"branch-{at}", *edits)
    for at in range(5):
        made.git("merge", "-q", "--no-edit", f"branch-{at}")
    claims = made.lines("claims")
    assert len(claims) == len(set(claims)) == len(old_claims) + 6
    assert set(old_claims) <= set(claims)
    assert [claim.split(",")[0] for claim in claims] == sorted(claim.split(",")[0] for claim in claims)
    assert all(sum(f"No. {at}, " in claim for claim in claims) == 1 for at in range(5))
    assert sum(shared in claim for claim in claims) == 1
    assert len(made.lines("actors")) == len(old_actors) + 2
    assert not any(cleaned.changed for cleaned in formatted(made.package / "datapackage.json"))
    assert made.git("status", "--porcelain").stdout == ""


def test_edits_of_different_cells_of_one_row_and_edits_of_its_neighbours(made: Repository) -> None:
    made.on_branch("text", changed("claims", TOLL, text="The Ministry of Northland speaks of 12 dead."))
    made.on_branch("count", changed("claims", TOLL, count_max="13"), changed("sources", "wire-report", title="New"))
    made.on_branch("others", dropped("sources", "ministry-statement"), changed("claims", TOLL, note="Why?"))
    for branch in ("text", "count", "others"):
        made.git("merge", "-q", "--no-edit", branch)
    [row] = [line for line in made.lines("claims") if line.startswith(TOLL)]
    assert all(part in row for part in ("speaks of 12 dead.", ",12,13,cumulative,", ",Why?"))
    assert [line.split(",")[0] for line in made.lines("sources")] == ["gazette-live", "wire-report"]
    assert ",New," in made.read("sources")


def test_one_cell_changed_twice_is_a_conflict_that_names_both_values(made: Repository) -> None:
    made.on_branch("ten", changed("claims", TOLL, count_min="10"))
    made.on_branch("eleven", changed("claims", TOLL, count_min="11", note="Counted anew."))
    made.git("merge", "-q", "--no-edit", "ten")
    told = made.git("merge", "--no-edit", "eleven", expect=1)
    said = told.stdout + told.stderr
    assert f'data/claims.csv: conflict in row {TOLL}, column count_min: base "12", ours "10", theirs "11"' in said
    assert made.git("diff", "--name-only", "--diff-filter=U").stdout == "data/claims.csv\n"
    hunk = re.search(r"^<<<<<<< ours\n(.*)\n=======\n(.*)\n>>>>>>> theirs\n", made.read("claims"), re.MULTILINE)
    assert hunk is not None
    assert all(side.endswith("Counted anew.") for side in hunk.groups())
    assert [one.code for one in validate(made.package) if one.path == "data/claims.csv"] == ["conflict-marker"]
    resolved = made.read("claims").replace(hunk[0], f"{hunk[2]}\n")
    (made.package / "data" / "claims.csv").write_text(resolved, encoding="utf-8")
    made.commit("merged")
    assert validate(made.package) == []


@pytest.mark.parametrize("deleting_first", [True, False])
def test_a_row_deleted_and_edited_is_a_conflict(made: Repository, deleting_first: bool) -> None:
    made.on_branch("deleting", dropped("relays", RELAYED))
    made.on_branch("editing", changed("relays", RELAYED, relayer_id="gazette"))
    branches = ["deleting", "editing"] if deleting_first else ["editing", "deleting"]
    made.git("merge", "-q", "--no-edit", branches[0])
    told = made.git("merge", "--no-edit", branches[1], expect=1)
    assert f"conflict in row {RELAYED}: " in told.stdout + told.stderr
    assert "deleted" in told.stdout + told.stderr
    assert "changed to relayer_id 'gazette'" in told.stdout + told.stderr
    row = RELAYED.replace("/", ",") + ",gazette\n"
    sides = ("", row) if deleting_first else (row, "")
    assert "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n".format(*sides) in made.read("relays")


def test_rebasing_and_picking(made: Repository) -> None:
    made.on_branch("topic", changed("claims", TOLL, note="First."), added("actors", actor_id="aaa", name="A"))
    made.git("checkout", "-q", "topic")
    made.edit(changed("claims", TOLL, locator="6 Sep 16:21"))
    made.commit("second")
    made.git("checkout", "-q", "main")
    made.edit(changed("claims", TOLL, count_max="13"), added("actors", actor_id="aab", name="B"))
    made.commit("meanwhile")
    made.git("checkout", "-q", "topic")
    made.git("rebase", "-q", "main")
    [row] = [line for line in made.lines("claims") if line.startswith(TOLL)]
    assert all(part in row for part in ("6 Sep 16:21", ",12,13,", ",First."))
    assert [line.split(",")[0] for line in made.lines("actors")][:2] == ["aaa", "aab"]
    assert made.git("log", "--format=%s").stdout.split() == ["second", "topic", "meanwhile", "base"]
    made.on_branch("other", changed("claims", TOLL, note="Second."), start="main")
    made.git("checkout", "-q", "topic")
    assert "column note" in made.git("cherry-pick", "other", expect=1).stderr


def test_two_branches_that_merged_each_other_and_settled_a_conflict_differently(made: Repository) -> None:
    """Then git makes the base itself, by merging the two old tips: that base has a conflict, which nobody settled."""
    made.on_branch("one", changed("claims", TOLL, note="One."))
    made.on_branch("two", changed("claims", TOLL, note="Two."))
    for branch, other, settled in (("one", "two~0", "Ours."), ("two", "one~1", "Theirs.")):
        made.git("checkout", "-q", branch)
        made.git("merge", "-q", "--no-edit", other, expect=1)
        made.git("checkout", "-q", "--ours", "data/claims.csv")
        made.edit(changed("claims", TOLL, note=settled))
        made.commit("settled")
    told = made.git("merge", "--no-edit", "one", expect=1)
    assert 'column note: base none, ours "Theirs.", theirs "Ours."' in told.stdout + told.stderr
    assert made.read("claims").count("<<<<<<<") == 1


def test_a_damaged_side_is_merged_as_text_and_never_in_silence(made: Repository) -> None:
    made.on_branch("good", changed("relays", RELAYED, relayer_id="gazette"))
    made.git("checkout", "-q", "-b", "bad")
    path = made.package / "data" / "relays.csv"
    path.write_text(path.read_text(encoding="utf-8") + 'x,1,"never closed\n', encoding="utf-8")
    made.commit("bad")
    told = made.git("merge", "--no-edit", "good", expect=1)
    said = told.stdout + told.stderr
    assert "quote-unclosed" in said
    assert "The files were merged as text instead: look at data/relays.csv before you go on." in said
    assert RELAYED.replace("/", ",") + ",gazette\n" in made.read("relays")
    assert "never closed" in made.read("relays")


def test_a_package_in_a_folder_with_a_space(tmp_path: Path) -> None:
    deep = repository(tmp_path / "repository", "some folder/claims")
    deep.on_branch("one", changed("claims", TOLL, note="One."))
    deep.on_branch("two", changed("claims", TOLL, locator="Two"))
    deep.git("merge", "-q", "--no-edit", "one")
    deep.git("merge", "-q", "--no-edit", "two")
    [row] = [line for line in deep.lines("claims") if line.startswith(TOLL)]
    assert ",Two," in row
    assert row.endswith(",One.")


def test_install_is_done_once_and_undone(tmp_path: Path) -> None:
    made = repository(tmp_path / "repository", install=False)
    attributes, config = made.folder / ".gitattributes", made.folder / ".git" / "config"
    attributes.write_text("*.csv text eol=lf\n", encoding="utf-8")
    before = config.read_text(encoding="utf-8")
    said = made.claimtrack("git", "install").stdout.splitlines()
    assert said[0].startswith("Set up the merge driver in this clone's git configuration: '")
    assert said[0].endswith("/bin dir/claimtrack' merge %O %A %B --path %P")
    assert said[1:] == [
        "Assigned 9 tables to it in .gitattributes; commit that.",
        "Whoever clones the repository runs `claimtrack git install` once; without it git merges the tables as text.",
    ]
    lines = attributes.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == [
        *("*.csv text eol=lf", "# claimtrack git install: begin", "/data/actors.csv text eol=lf merge=claimtrack"),
    ]
    assert (len(lines), lines[-1]) == (12, "# claimtrack git install: end")
    written = attributes.read_bytes(), config.read_bytes()
    assert made.claimtrack("git", "install").stdout.splitlines() == [
        "The merge driver is in this clone's git configuration already.",
        "The tables are assigned to it already, in .gitattributes.",
    ]
    assert (attributes.read_bytes(), config.read_bytes()) == written
    assert made.claimtrack("git", "uninstall").stdout.splitlines() == [
        "Took the merge driver out of this clone's git configuration.",
        "Took the lines of the tables out of .gitattributes; commit that.",
    ]
    assert attributes.read_text(encoding="utf-8") == "*.csv text eol=lf\n"
    assert config.read_text(encoding="utf-8") == before
    assert made.claimtrack("git", "uninstall").stdout == "Nothing was set up here.\n"


def test_install_mends_what_is_half_done(tmp_path: Path) -> None:
    made = repository(tmp_path / "repository")
    made.git("config", "merge.claimtrack.driver", "something else")
    attributes = made.folder / ".gitattributes"
    text = attributes.read_text(encoding="utf-8")
    attributes.write_text(text.replace("/data/links.csv text eol=lf merge=claimtrack\n", ""), encoding="utf-8")
    made.claimtrack("git", "install")
    assert attributes.read_text(encoding="utf-8") == text
    assert "bin dir/claimtrack" in made.git("config", "merge.claimtrack.driver").stdout
    made.claimtrack("git", "uninstall")
    assert not attributes.exists()


def test_lines_that_somebody_wrote_by_hand_are_left_alone(tmp_path: Path) -> None:
    made = repository(tmp_path / "repository", install=False)
    attributes = made.folder / ".gitattributes"
    attributes.write_text("data/*.csv merge=claimtrack\n", encoding="utf-8")
    assert "already, in .gitattributes" in made.claimtrack("git", "install").stdout
    made.claimtrack("git", "uninstall")
    assert attributes.read_text(encoding="utf-8") == "data/*.csv merge=claimtrack\n"


def test_outside_of_a_repository_there_is_nothing_to_set_up(tmp_path: Path) -> None:
    made = repository(tmp_path / "repository", install=False)
    made.run("rm", "-rf", ".git")
    for action in ("install", "uninstall"):
        told = made.claimtrack("git", action, expect=2)
        assert "is not in the working tree of a git repository" in told.stderr


def test_repair_with_revisions(tmp_path: Path) -> None:
    made = repository(tmp_path / "repository", install=False)
    good = made.read("claims")
    claims = made.package / "data" / "claims.csv"
    schema = table_schema("claims")
    how = File(delimiter=";", encoding="utf-16", shuffle=1, cells=["day first", "capitals"])
    claims.write_bytes(damaged(schema, read_sheet(schema, good.encode(), "").rows, how))
    made.git("checkout", "-q", "-b", "spoilt")
    told = made.claimtrack("fmt", "--repair", "--diff", expect=1)
    assert told.stdout.startswith("--- a/data/claims.csv\n+++ b/data/claims.csv\n")
    told = made.claimtrack("fmt", "--repair")
    assert told.stderr == "Old rows are those of HEAD.\n"
    assert '"6/9/2020 16:20" → "2020-09-06T16:20:00+00:00" (date rewritten (' in told.stdout
    assert claims.read_text(encoding="utf-8") == good
    claims.write_bytes(damaged(schema, read_sheet(schema, good.encode(), "").rows, how))
    made.commit("spoilt")
    told = made.claimtrack("fmt", "--repair", expect=1)
    assert "data/claims.csv: HEAD has no readable version of it: nothing tells how old rows read" in told.stderr
    assert "nothing tells its offset from UTC" in told.stdout
    made.claimtrack("fmt", "--repair", "--base", "main", expect=0)
    assert claims.read_text(encoding="utf-8") == good
    for revision in ("nonsense", "--output=x", "HEAD:data"):
        told = made.claimtrack("fmt", "--repair", "--base", revision, expect=2)
        assert f"there is no revision {revision}" in told.stderr


def test_git_that_refuses(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a git repository"):
        git.carried_out(tmp_path, "status")
    with pytest.raises(UsageError, match="is not a git command"):
        git.carried_out(tmp_path, "no-such-command")
    assert git.commit(tmp_path, "HEAD") is None
    assert git.commit(tmp_path, "--all") is None
    assert git.content(tmp_path, "HEAD", "x") is None
