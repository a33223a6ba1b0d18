"""The example that explains a code in `claimtrack rule` and docs/rules.md is one: these claims make it."""

from __future__ import annotations

import pytest
from build import Case, case, counts, says

from claimtrack.discrepancy import compute
from claimtrack.report.figures import phrases
from claimtrack.rulebook import rules

TRUCE = says("in_force", "since 09:00", reported="12:34")
B = {"claimant_id": "army-b"}
ASKED = {"incident_id": "who-fired"}

EXAMPLES = {
    "ceasefire-contradicted": case(TRUCE, says("strike", "throughout 06:00 12:00")),
    "ceasefire-breached": case(TRUCE, says("strike", "since 13:00")),
    "ceasefire-not-held": case(TRUCE, says("fighting", "at 12:34", reported="12:34")),
    "state-contradicted": case(says("no_fighting", "throughout 12:00 13:00"), says("strike", "at 12:30")),
    "ceasefire-denied": case(TRUCE, says("violated", "at 10:00")),
    "ceasefire-unconfirmed": case(TRUCE, says("unconfirmed in_force", "at 11:00")),
    "count-mismatch": case(counts("killed", "49"), counts("killed", "64", **B)),
    "count-exceeds-whole": case(
        counts("killed", "49", target_id="aland"), counts("killed", "50", "as of 15:00", target_id="soldiers-a", **B)
    ),
    "count-outdated": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "64", "as of 18:00", reported="18:10"),
        counts("killed", "49", reported="20:10"),
    ),
    "count-fell": case(counts("killed", "49"), counts("killed", "40", "as of 18:00")),
    "count-delta": case(
        counts("killed", "40", "as of 10:00"),
        counts("killed", "49", "as of 16:00"),
        counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment"),
    ),
    "count-sum": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "9", target_id="civilians-a"),
        links=("b part_of a", "c part_of a"),
    ),
    "count-term-unclear": case(counts("casualties", "49"), counts("killed", "49", **B)),
    "count-gap": case(
        *(counts("killed", figure, f"as of {at}") for figure, at in (("49", "10:00"), ("60", "16:00"))),
        *(counts("killed", figure, f"as of {at}", **B) for figure, at in (("64", "10:00"), ("90", "16:00"))),
    ),
    "attribution-conflict": case(says("initiated", actor_id="aland"), says("initiated", actor_id="bland", **B)),
    "denied": case(says("strike", "at 10:00"), says("not strike", "throughout 09:00 11:00", **B)),
    "start-mismatch": case(says("outbreak", "at 00:00"), says("outbreak", "at 01:00")),
    "answer-conflict": case(says("tense", answer="yes", **ASKED), says("tense", answer="no", **ASKED)),
}


def test_every_finding_has_an_example() -> None:
    assert [rule.code for rule in rules().values() if rule.severity == "finding"] == list(EXAMPLES)


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_example_is_what_these_claims_make(code: str) -> None:
    example: Case = EXAMPLES[code]
    told = rules()[code].example
    pairs = [pair for pair in compute(example.package()).pairs() if pair["code"] == code]
    assert pairs
    for pair in pairs:
        said = [pair["strength"], *(phrase for phrase in phrases(pair) if "smallest" not in phrase)]
        assert [word for word in said if word.lower() not in told.lower() and "largest" not in word] == []
