"""Problems as SARIF 2.1.0, the exchange format of static analysis tools."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from claimtrack.problems import Problem
from claimtrack.report.escape import as_json, terminal
from claimtrack.report.problems.places import path_from_here
from claimtrack.report.problems.summary import described
from claimtrack.rulebook import rules

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def document(problems: Sequence[Problem], root: Path, *, version: str) -> str:
    """One run of this tool in `version`, with the rules that were broken and one result a problem."""
    codes = sorted({problem.code for problem in problems})
    number = {code: position for position, code in enumerate(codes)}
    run = {
        "tool": {"driver": {"name": "claimtrack", "version": version, "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(problem, number[problem.code], root) for problem in problems],
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: str) -> dict[str, Any]:
    known = rules().get(code)
    if known is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": known.reason},
        "help": {"text": known.fix},
        "defaultConfiguration": {"level": known.severity},
    }


def _result(problem: Problem, rule: int, root: Path) -> dict[str, Any]:
    text = "\n".join(terminal(line) for line in (described(problem), problem.fix) if line)
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": text},
        "partialFingerprints": {"claimtrack/v1": _fingerprint(problem)},
    }
    path = path_from_here(problem, root)
    if path is not None:
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(path)}}
        if problem.line is not None:
            region = {"startLine": problem.line, "startColumn": problem.column}
            place["region"] = {name: value for name, value in region.items() if value is not None}
        result["locations"] = [{"physicalLocation": place}]
    return result


def _fingerprint(problem: Problem) -> str:
    """The same problem of the same row has the same print when other rows move it."""
    parts = (problem.code, problem.path, problem.key or str(problem.line), problem.field)
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "backslashreplace")).hexdigest()[
        :24
    ]
