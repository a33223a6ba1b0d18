"""What every code means: why the rule exists, what to do, and edits of a valid package that break it or seem to.

The entries are data in the TOML files beside this module. The documentation, `claimtrack rule` and the tests are
made from them, and a problem takes its severity and its fix from here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from claimtrack.errors import UsageError
from claimtrack.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Expected:
    """Where a problem is reported. `line`, `column` and `field` are None where they do not apply."""

    file: str
    line: int | None
    column: int | None
    field: str | None


@dataclass(frozen=True, slots=True)
class Break:
    """Edits of the valid package after which this rule, and no other, is broken at the expected places."""

    edits: tuple[Mapping[str, Any], ...]
    expect: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Spare:
    """Edits after which nothing at all is reported, though they look like a break; `why` says why they are none."""

    edits: tuple[Mapping[str, Any], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One code. `topic` is the name of the file that it stands in. `message` is what is said of a breach that several
    readers of files find, with its words to be filled in; all other messages stand where they are found. `before` and
    `after` are an example in a few words: what breaks the rule, and what it becomes when it is mended.

    Findings have none, but more: the `family` of the code, the `strengths` that it can have, an `example` in a few
    words, and the `verdict` that ends the sentence of a finding, with the form that it takes where the finding is only
    possible.
    """

    code: str
    topic: str
    severity: Literal["error", "warning", "finding"]
    title: str
    reason: str
    fix: str
    breaks: tuple[Break, ...]
    spares: tuple[Spare, ...]
    message: str = ""
    before: str = ""
    after: str = ""
    family: str = ""
    strengths: tuple[str, ...] = ()
    example: str = ""
    verdict: str = ""
    perhaps: str = ""


def _expected(raw: Mapping[str, Any]) -> Expected:
    return Expected(raw["file"], raw.get("line"), raw.get("column"), raw.get("field"))


def _rule(topic: str, raw: Mapping[str, Any]) -> Rule:
    return Rule(
        code=raw["code"],
        topic=topic,
        severity=raw["severity"],
        title=raw["title"],
        reason=raw["reason"],
        fix=raw["fix"],
        breaks=tuple(
            Break(tuple(entry["edits"]), tuple(_expected(place) for place in entry["expect"]))
            for entry in raw.get("breaks", ())
        ),
        spares=tuple(Spare(tuple(entry["edits"]), entry["why"]) for entry in raw.get("spares", ())),
        message=raw.get("message", ""),
        before=raw.get("before", ""),
        after=raw.get("after", ""),
        family=raw.get("family", ""),
        strengths=tuple(raw.get("strengths", ())),
        example=raw.get("example", ""),
        verdict=raw.get("verdict", ""),
        perhaps=raw.get("perhaps", ""),
    )


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by code, in the order of their files and within them."""
    found: dict[str, Rule] = {}
    for entry in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            topic = entry.name.removesuffix(".toml")
            for raw in tomllib.loads(entry.read_text(encoding="utf-8")).get("rule", ()):
                if raw["code"] in found:
                    raise ValueError(f"two rules are called {raw['code']}")
                found[raw["code"]] = _rule(topic, raw)
    return found


def rule(code: str) -> Rule:
    """The rule of that code. Raises `UsageError`, with the closest codes, where there is none."""
    try:
        return rules()[code]
    except KeyError:
        close = get_close_matches(code, rules(), n=3, cutoff=0.4)
        hint = f"; close to it: {', '.join(close)}" if close else ""
        raise UsageError(f"there is no rule or finding called {code!r}{hint}") from None


def said(code: str, **words: str) -> str:
    """The message of the rule `code`, its words filled in."""
    return rule(code).message.format(**words)


def problem(
    code: str,
    message: str,
    *,
    path: str | None = None,
    line: int | None = None,
    column: int | None = None,
    resource: str | None = None,
    field: str | None = None,
    key: str | None = None,
    fix: str | None = None,
) -> Problem:
    """A breach of the rule `code`, with that rule's severity and, unless another is given, its fix."""
    broken = rule(code)
    return Problem(
        code=code,
        severity=cast(Severity, broken.severity),
        path=path,
        line=line,
        column=column,
        resource=resource,
        field=field,
        key=key,
        message=message,
        fix=fix or broken.fix,
    )
