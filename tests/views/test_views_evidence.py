"""What a claim rests on and what speaks against it."""

from __future__ import annotations

import json

import pytest

from claimtrack.errors import UsageError
from claimtrack.package import Package
from claimtrack.views.evidence import evidence
from claimtrack.views.findings import Question, find, finding_codes
from claimtrack.views.strengths import STRENGTHS
from disputed import BLAME, CEASEFIRE, DOUBTED, HEADING, RESUMED, STRIKES, TOLL, VIOLATED

UNSURE = "20200906-gazette-cgxprxpo"


def test_what_speaks_against_a_claim(package: Package) -> None:
    found = evidence(package, CEASEFIRE)
    assert {(pair["code"], pair["strength"], pair["claim"]["claim_id"]) for pair in found["against"]} == {
        ("ceasefire-contradicted", "definite", STRIKES["claim_id"]),
        ("ceasefire-breached", "definite", RESUMED["claim_id"]),
        ("ceasefire-not-held", "definite", HEADING["claim_id"]),
        ("ceasefire-denied", "definite", VIOLATED["claim_id"]),
        ("ceasefire-not-held", "possible", DOUBTED["claim_id"]),
        ("ceasefire-unconfirmed", "unconfirmed", UNSURE),
    }
    assert all(pair["at_issue"] for pair in found["against"])
    strengths = [STRENGTHS.index(pair["strength"]) for pair in found["against"]]
    assert strengths == sorted(strengths)


def test_a_contrary_claim_shows_the_claim_at_issue(package: Package) -> None:
    (pair, *_) = evidence(package, STRIKES["claim_id"])["against"]
    assert pair["claim"]["claim_id"] == CEASEFIRE
    assert not pair["at_issue"]


def test_links_are_shown_from_both_ends(package: Package) -> None:
    def links(claim_id: str, part: str) -> set[tuple[str, str, str]]:
        found = evidence(package, claim_id)[part]
        return {(link["relation"], link["direction"], link["claim"]["claim_id"]) for link in found}

    assert links(HEADING["claim_id"], "links") == {("repeats", "to", STRIKES["claim_id"])}
    assert ("repeats", "from", HEADING["claim_id"]) in links(STRIKES["claim_id"], "links")
    assert {one for _, _, one in links(CEASEFIRE, "declared_against")} == {STRIKES["claim_id"], UNSURE}
    assert ("responds_to", "from", VIOLATED["claim_id"]) in links(CEASEFIRE, "links")
    assert ("in_tension", BLAME["claim_id"]) in {(name, one) for name, _, one in links(TOLL, "declared_against")}


def test_notes_of_links(package: Package) -> None:
    (link,) = evidence(package, HEADING["claim_id"])["links"]
    assert link["note"] == "The same strikes."
    assert {link["note"] for link in evidence(package, CEASEFIRE)["links"]} == {None}


def test_evidence_is_json(package: Package) -> None:
    found = evidence(package, TOLL)
    assert json.loads(json.dumps(found)) == found


def test_an_unknown_claim_is_refused(package: Package) -> None:
    with pytest.raises(UsageError, match="there is no claim"):
        evidence(package, "nothing")


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (Question(codes=("ceasefire-braeched",)), "no finding 'ceasefire-braeched'; did you mean ceasefire-breached"),
        (Question(codes=("count-reversed",)), "no finding 'count-reversed'.*`claimtrack rule` lists all"),
        (Question(claims=("x-vapyhyyv",)), "no claim 'x-vapyhyyv'"),
        (Question(incidents=("launch",)), "no incident 'launch' in this package; did you mean launch-site"),
    ],
)
def test_questions_about_what_does_not_exist(package: Package, question: Question, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find(package, question)


def test_questions_select(package: Package) -> None:
    codes = [pair["code"] for pair in find(package, Question(codes=("ceasefire-denied", "denied"))).pairs()]
    assert codes == ["ceasefire-denied"]
    assert list(find(package, Question(strengths=("tension",))).pairs()) == []


def test_finding_codes_are_those_of_the_computation() -> None:
    from claimtrack import discrepancy

    assert set(finding_codes()) == {code for codes in discrepancy.CODES.values() for code in codes}
    assert discrepancy.STRENGTHS == STRENGTHS
