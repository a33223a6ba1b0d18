"""The comment on a pull request: its text is a stranger's, and nothing in it is obeyed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from runner import ROOT

from claimtrack.contribute.diff import compare
from claimtrack.contribute.diff.sides import from_folder
from claimtrack.report.diff import markdown
from disputed import disputed
from mutations import valid

REPOSITORY = "repos/some/repository"
SHA = "a" * 40
FAKE = f"""#!{sys.executable}
import json, sys
from pathlib import Path
here = Path(__file__).parent
args = [arg for arg in sys.argv[1:] if arg != "api"]
call = {{"args": args, "data": json.loads(sys.stdin.read()) if "--input" in args else None}}
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(call) + "\\n")
path = next(arg for arg in args if arg.startswith("repos/")).split("?")[0]
answer = here / path.replace("/", "_")
sys.stdout.buffer.write(answer.read_bytes() if answer.exists() else b"")
"""


@dataclass(frozen=True)
class Posted:
    code: int
    said: str
    calls: list[dict[str, Any]]

    @property
    def written(self) -> list[dict[str, Any]]:
        return [call for call in self.calls if call["data"] is not None]

    @property
    def body(self) -> str:
        (call,) = self.written
        return str(call["data"]["body"])


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


Post = Callable[..., Posted]


@pytest.fixture
def post(tmp_path: Path) -> Post:
    """Run the script with a `gh` that knows one pull request and one artifact."""

    def run(
        archive: bytes | None,
        *,
        size: int = 1_000,
        pulls: list[dict[str, Any]] | None = None,
        comments: str = "",
        **more: str,
    ) -> Posted:
        found = [] if archive is None else [{"id": 7, "size_in_bytes": size}]
        pulls = [{"number": 12, "head": {"sha": SHA}}] if pulls is None else pulls
        answers = {
            f"{REPOSITORY}/actions/runs/5/artifacts": json.dumps({"artifacts": found}).encode(),
            f"{REPOSITORY}/actions/artifacts/7/zip": archive or b"",
            f"{REPOSITORY}/pulls": json.dumps(pulls).encode(),
            f"{REPOSITORY}/issues/12/comments": comments.encode(),
        }
        for path, answer in answers.items():
            (tmp_path / path.replace("/", "_")).write_bytes(answer)
        (tmp_path / "gh").write_text(FAKE)
        (tmp_path / "gh").chmod(0o755)
        environment = {
            **os.environ,
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_REPOSITORY": "some/repository",
            "RUN_ID": "5",
            "HEAD_OWNER": "stranger",
            "HEAD_BRANCH": "branch",
            "HEAD_SHA": SHA,
            **more,
        }
        script = [sys.executable, str(ROOT / ".github" / "comment.py")]
        done = subprocess.run(script, env=environment, capture_output=True, text=True, check=False)
        calls = tmp_path / "calls"
        lines = calls.read_text().splitlines() if calls.exists() else []
        return Posted(done.returncode, done.stdout + done.stderr, [json.loads(line) for line in lines])

    return run


def test_a_first_comment(post: Post) -> None:
    posted = post(zipped({"comment.md": b"**adds 1 claim**\n"}))
    assert (posted.code, posted.said) == (0, "Posted to #12.\n")
    assert posted.body == "<!-- claimtrack review -->\n**adds 1 claim**\n"
    assert posted.written[0]["args"][:3] == ["--method", "POST", f"{REPOSITORY}/issues/12/comments"]


def test_the_same_comment_is_updated(post: Post) -> None:
    posted = post(zipped({"comment.md": b"text"}), comments="34\n35\n")
    assert posted.written[0]["args"][:3] == ["--method", "PATCH", f"{REPOSITORY}/issues/comments/34"]
    (asked,) = [call["args"][-1] for call in posted.calls if "--jq" in call["args"]]
    assert '.user.login == "github-actions[bot]"' in asked
    assert 'startswith("<!-- claimtrack review -->")' in asked


def test_the_pull_request_is_asked_of_github(post: Post) -> None:
    branch = "-x; $(touch /tmp/x) `y` ${{ z }}"
    posted = post(zipped({"comment.md": b"text", "number": b"99"}), HEAD_BRANCH=branch)
    (asked,) = [call["args"] for call in posted.calls if f"{REPOSITORY}/pulls" in call["args"]]
    assert asked[-1] == f"head=stranger:{branch}"
    assert "99" not in json.dumps(posted.calls)


@pytest.mark.parametrize("pulls", [[], [{"number": 12, "head": {"sha": "b" * 40}}]], ids=["closed", "moved on"])
def test_a_review_that_is_out_of_date_is_not_posted(post: Post, pulls: list[dict[str, Any]]) -> None:
    posted = post(zipped({"comment.md": b"text"}), pulls=pulls)
    assert (posted.code, posted.said, posted.written) == (0, "No open pull request ends with that commit.\n", [])


def test_a_review_that_left_nothing(post: Post) -> None:
    posted = post(None)
    assert (posted.code, posted.said, posted.written) == (0, "The review left nothing to post.\n", [])


@pytest.mark.parametrize(
    ("archive", "size"),
    [
        (b"no archive", 10),
        (zipped({"other.md": b"text"}), 10),
        (zipped({"../comment.md": b"text"}), 10),
        (zipped({"comment.md": b"text"}), 2_000_000),
        (zipped({"comment.md": b"text"})[:-30], 10),
    ],
    ids=["no archive", "another file", "outside", "too large", "cut off"],
)
def test_an_artifact_that_no_review_makes_is_not_posted(post: Post, archive: bytes, size: int) -> None:
    posted = post(archive, size=size)
    assert posted.code == 1
    assert posted.said.startswith("The artifact ")
    assert posted.written == []


def test_a_small_archive_of_a_huge_file_stays_small(post: Post) -> None:
    posted = post(zipped({"comment.md": b"x" * 50_000_000}))
    assert len(posted.body) < 60_100


# A line of a comment, and how it is posted.
HOSTILE = [
    ("@everyone", "@<!-- -->everyone"),
    ("<img src=x>", "&lt;img src=x>"),
    ("<!-- hidden", "&lt;!-- hidden"),
    ("[a](//b.c)", "[a]<!-- -->(//b.c)"),
    ("![a](data:x)", "![a]<!-- -->(data:x)"),
    ("[a][b]", "[a]<!-- -->[b]"),
    ("[b]: //c.d", "[b]<!-- -->: //c.d"),
    ("https://a.b", "https:&#47;/a.b"),
    ("WWW.a.b", "WWW&#46;a.b"),
    ("&#64;all &copy; &#47;", "&amp;#<!-- -->64;all &amp;copy; &#47;"),
    ("fixes #1", "fixes #<!-- -->1"),
    ("fixes gh-1, nigh-1", "fixes gh-<!-- -->1, nigh-1"),
    (f"reverts {SHA}", f"reverts {SHA[:20]}<!-- -->{SHA[20:]}"),
    ("a\x1b[2J\u202eb\u200bc\td", "a\ufffd[2J\ufffdb\ufffdc\ufffdd"),
    ("$(id) `id` ${{ x }}", "$(id) `id` ${{ x }}"),
]


def test_nothing_in_it_leads_anywhere(post: Post) -> None:
    hostile, shown = ("\n".join(lines) for lines in zip(*HOSTILE, strict=True))
    assert post(zipped({"comment.md": hostile.encode()})).body == f"<!-- claimtrack review -->\n{shown}\n"


def test_bytes_that_are_no_text(post: Post) -> None:
    assert post(zipped({"comment.md": b"a\xff\xfeb\x00"})).body.endswith("\na\ufffd\ufffdb\ufffd\n")


def test_what_a_review_writes_itself_passes_unchanged(post: Post, tmp_path: Path) -> None:
    diff = compare(from_folder(valid(tmp_path / "a"), "a"), from_folder(disputed(tmp_path / "b"), "b"))
    told = "\n".join(markdown.lines(diff))
    assert post(zipped({"comment.md": told.encode()})).body == f"<!-- claimtrack review -->\n{told}\n"
