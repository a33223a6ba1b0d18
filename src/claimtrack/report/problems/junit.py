"""Problems as a JUnit report: a suite for each file, a failed case for each error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from claimtrack.problems import Problem
from claimtrack.report.escape import terminal
from claimtrack.report.problems.places import path_from_here
from claimtrack.report.problems.summary import described, position


def document(problems: Sequence[Problem], root: Path, *, strict: bool = False) -> str:
    """The report as XML. Warnings are cases that pass and say so, unless `strict`; one case passes if all is well."""
    files: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=Problem.sort_key):
        files.setdefault(path_from_here(problem, root) or "the package as a whole", []).append(problem)
    failures = sum(_fails(problem, strict) for problem in problems)
    suites = ET.Element("testsuites", name="claimtrack", tests=str(len(problems) or 1), failures=str(failures))
    for path, found in (files or {"datapackage.json": []}).items():
        failed = sum(_fails(problem, strict) for problem in found)
        numbers = {"tests": str(len(found) or 1), "failures": str(failed), "errors": "0", "skipped": "0"}
        suite = ET.SubElement(suites, "testsuite", {"name": terminal(path), **numbers})
        if not found:
            ET.SubElement(suite, "testcase", classname=terminal(path), name="no problems")
        for problem in found:
            _case(suite, path, problem, failed=_fails(problem, strict))
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode")


def _fails(problem: Problem, strict: bool) -> bool:
    return strict or problem.severity == "error"


def _case(suite: ET.Element, path: str, problem: Problem, *, failed: bool) -> None:
    name = " ".join(filter(None, (problem.code, position(problem), problem.key)))
    case = ET.SubElement(suite, "testcase", classname=terminal(path), name=terminal(name))
    place = ":".join(filter(None, (path, position(problem))))
    text = "\n".join(terminal(line) for line in (f"{place}: {described(problem)}", problem.fix or "") if line)
    if failed:
        ET.SubElement(case, "failure", type=problem.code, message=terminal(described(problem))).text = text
    else:
        ET.SubElement(case, "system-out").text = f"warning: {text}"
