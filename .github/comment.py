"""Post what the review of a pull request found, in one comment that is updated when the review runs again.

The text comes out of an artifact that the code of the pull request has made: it is data from a stranger. It is never
run, expanded or written to a file; it is cut at a size; and whatever in it could become a link, an image, a mention or
a tag is broken up. Which pull request it belongs to is asked of GitHub, not of the artifact.

Needs nothing but Python and gh. Reads GITHUB_REPOSITORY, RUN_ID, HEAD_OWNER, HEAD_BRANCH and HEAD_SHA.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from typing import Any

ARTIFACT = "claimtrack-comment"
FILE = "comment.md"
MARKER = "<!-- claimtrack review -->"
AUTHOR = "github-actions[bot]"
LARGEST_ZIP = 1_000_000
LARGEST_TEXT = 60_000
"""Bytes: GitHub refuses a comment of more than 65,536 characters."""

_BROKEN_UP = (
    (re.compile(r"&(?!(?:amp|lt|gt|#46|#47);)"), "&amp;"),
    (re.compile(r"<(?!!-- -->)"), "&lt;"),
    (re.compile(r"@(?!<!-- -->)"), "@<!-- -->"),
    (re.compile(r"\](?=[(\[:])"), "]<!-- -->"),
    (re.compile(r"://"), ":&#47;/"),
    (re.compile(r"\b(www)\.", re.IGNORECASE), r"\1&#46;"),
    (re.compile(r"(?<!&)#(?=\d)"), "#<!-- -->"),
    (re.compile(r"\b(GH)-(?=\d)", re.IGNORECASE), r"\1-<!-- -->"),
    (re.compile(r"\b([0-9a-f]{20})(?=[0-9a-f]{20}\b)", re.IGNORECASE), r"\1<!-- -->"),  # a commit
)


def gh(*args: str, data: Any = None) -> bytes:
    """What GitHub answers. Raises CalledProcessError where it refuses; gh has said why then."""
    given = None if data is None else json.dumps(data).encode()
    more = () if data is None else ("--input", "-")
    return subprocess.run(["gh", "api", *args, *more], input=given, stdout=subprocess.PIPE, check=True).stdout


def harmless(data: bytes) -> str:
    """The text of the comment, in which nothing leads anywhere or calls anybody."""
    decoded = data[:LARGEST_TEXT].decode("utf-8", "replace")
    text = "".join(letter if letter == "\n" or letter.isprintable() else "\ufffd" for letter in decoded)
    for pattern, instead in _BROKEN_UP:
        text = pattern.sub(instead, text)
    return text[:LARGEST_TEXT].strip()


def unpacked(archive: bytes) -> bytes:
    """The beginning of the one file that is wanted; nothing is written to disk, and a small archive stays small."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as files, files.open(FILE) as file:
            return file.read(LARGEST_TEXT)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error) as error:
        sys.exit(f"The artifact is none that a review makes: {error}")


def artifact(repository: str, run: str) -> bytes | None:
    """What the review left behind; None if it left nothing."""
    found = json.loads(gh(f"repos/{repository}/actions/runs/{run}/artifacts?name={ARTIFACT}"))["artifacts"]
    if not found:
        return None
    if found[0]["size_in_bytes"] > LARGEST_ZIP:
        sys.exit(f"The artifact has {found[0]['size_in_bytes']:,} bytes, more than a review makes.")
    return gh(f"repos/{repository}/actions/artifacts/{int(found[0]['id'])}/zip")


def pull_request(repository: str, owner: str, branch: str, sha: str) -> int | None:
    """The open pull request of that branch, if the reviewed commit is still its last one."""
    fields = ("-f", "state=open", "-f", f"head={owner}:{branch}")
    found = json.loads(gh("--method", "GET", f"repos/{repository}/pulls", *fields))
    return next((int(one["number"]) for one in found if one["head"]["sha"] == sha), None)


def post(repository: str, number: int, body: str) -> None:
    """Write the comment, or write it anew where there is one."""
    mine = f'.[] | select(.user.login == "{AUTHOR}" and (.body | startswith("{MARKER}"))) | .id'
    comments = f"repos/{repository}/issues/{number}/comments"
    ids = gh("--paginate", f"{comments}?per_page=100", "--jq", mine).split()
    if ids:
        gh("--method", "PATCH", f"repos/{repository}/issues/comments/{int(ids[0])}", data={"body": body})
    else:
        gh("--method", "POST", comments, data={"body": body})


def main() -> None:
    """Find the text and its pull request, and post it."""
    names = ("GITHUB_REPOSITORY", "RUN_ID", "HEAD_OWNER", "HEAD_BRANCH", "HEAD_SHA")
    repository, run, owner, branch, sha = (os.environ[name] for name in names)
    archive = artifact(repository, str(int(run)))
    if archive is None:
        print("The review left nothing to post.")
        return
    number = pull_request(repository, owner, branch, sha)
    if number is None:
        print("No open pull request ends with that commit.")
        return
    post(repository, number, f"{MARKER}\n{harmless(unpacked(archive))}\n")
    print(f"Posted to #{number}.")


if __name__ == "__main__":
    main()
