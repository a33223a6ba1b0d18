"""The ceasefire of 09:00: the frozen live blog gives the worked example, and none of what is not a discrepancy."""

from __future__ import annotations

import json
from itertools import combinations

import pandas as pd
import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from claimtrack.discrepancy import Findings, ceasefire_gap, compute
from claimtrack.package import Package, load
from frozen import LIVE, frozen

RUSSIA = "20220913-russian-mfa-or567w4b"
H34 = 3.5667
EXAMPLE = {
    # contrary claim: (claimant, locator, predicate, place) → code, strength, figure, value, low
    "strikes near Sotk throughout the morning": (
        ("civilnet", "13 Sep 14:05", "strike", "sotk"),
        ("ceasefire-contradicted", "definite", "overlap", 3, 2),
    ),
    "troops tried to advance throughout the day": (
        ("armenian-mod", "13 Sep 18:54", "advance_attempt", "armenia-azerbaijan-border"),
        ("ceasefire-contradicted", "definite", "overlap", 9, 8),
    ),
    "strikes near Goris from 13:00": (
        ("civilnet", "13 Sep 14:05", "artillery_fire", "goris"),
        ("ceasefire-breached", "definite", "since_start", 4, 3),
    ),
    "fighting continues": (
        ("oc-media", "13 Sep 12:34, heading", "fighting", None),
        ("ceasefire-not-held", "definite", "since_start", H34, H34 - 1),
    ),
    "the offensive continues on several fronts": (
        ("nikol-pashinyan", "13 Sep 11:33", "offensive", None),
        ("ceasefire-not-held", "possible", None, None, None),
    ),
    "positions advanced in Nerkin Hand": (
        ("armenian-mod", "13 Sep 15:15", "ground_advance", "nerkin-hand"),
        ("ceasefire-not-held", "possible", None, None, None),
    ),
    "positions advanced in Verin Shorzha": (
        ("armenian-mod", "13 Sep 15:15", "ground_advance", "verin-shorzha"),
        ("ceasefire-not-held", "possible", None, None, None),
    ),
    "positions advanced in Artanish": (
        ("armenian-mod", "13 Sep 15:15", "ground_advance", "artanish"),
        ("ceasefire-not-held", "possible", None, None, None),
    ),
    "positions advanced in Sotk": (
        ("armenian-mod", "13 Sep 15:15", "ground_advance", "sotk"),
        ("ceasefire-not-held", "possible", None, None, None),
    ),
    "not observed near Sotk": (
        ("civilnet", "13 Sep 14:05", "observed", "sotk"),
        ("ceasefire-denied", "definite", None, None, None),
    ),
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return load(frozen(LIVE, tmp_path_factory.mktemp("live")))


@pytest.fixture(scope="module")
def findings(package: Package) -> Findings:
    return compute(package)


@pytest.fixture(scope="module")
def against_russia(findings: Findings) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for pair in findings.pairs():
        if pair["claims"][0] == RUSSIA:
            found.setdefault(pair["claims"][1], []).append(pair)
    return found


def rows(package: Package, claimant: str, locator: str, predicate: str, place: str | None) -> pd.DataFrame:
    claims = package.claims
    here = claims["place_id"].isna() if place is None else claims["place_id"] == place
    return claims[
        (claims["claimant_id"] == claimant) & (claims["locator"] == locator) & (claims["predicate"] == predicate) & here
    ]


@pytest.mark.parametrize(("which", "expected"), EXAMPLE.values(), ids=EXAMPLE)
def test_contrary_claim(which: tuple, expected: tuple, package: Package, against_russia: dict) -> None:
    code, strength, figure, value, low = expected
    claims = rows(package, *which)
    assert len(claims) == 1
    (pair,) = against_russia[claims["claim_id"].item()]
    assert (pair["code"], pair["strength"]) == (code, strength)
    if figure:
        assert pair["figures"][figure] == {"value": value, "unit": "hours", "low": pytest.approx(low), "high": value}


def test_fire_before_the_pause(package: Package, against_russia: dict) -> None:
    strikes = rows(package, "civilnet", "13 Sep 14:05", "strike", "goris")
    before, after = strikes[strikes["valid_mode"] == "within"], strikes[strikes["valid_mode"] == "since"]
    (pair,) = against_russia[before["claim_id"].item()]
    assert (pair["code"], pair["strength"]) == ("ceasefire-not-held", "definite")
    assert pair["figures"]["since_start"] == {"value": 3, "unit": "hours", "low": 2, "high": 3}
    (pair,) = against_russia[after["claim_id"].item()]
    assert (pair["code"], pair["strength"]) == ("ceasefire-breached", "definite")
    assert pair["figures"]["since_start"] == {"value": 4, "unit": "hours", "low": 3, "high": 4}


@pytest.mark.parametrize("party", ["armenia", "azerbaijan"])
def test_neither_side_has_confirmed(party: str, package: Package, against_russia: dict) -> None:
    silence = rows(package, "oc-media", "13 Sep 12:34", "confirmed", None)
    claim = silence[silence["actor_id"] == party]["claim_id"].item()
    (pair,) = against_russia[claim]
    assert (pair["code"], pair["strength"]) == ("ceasefire-unconfirmed", "unconfirmed")
    figure = pair["figures"]["since_start"]
    assert (figure["value"], figure["low"], figure["high"]) == (H34, pytest.approx(H34 - 1), H34)


def test_all_definite_findings_against_it_depend_on_the_zone_in_their_figures_only(against_russia: dict) -> None:
    definite = [pair for pairs in against_russia.values() for pair in pairs if pair["strength"] == "definite"]
    readings = {(entry["field"], entry["reading"]) for pair in definite for entry in pair["depends_on"]}
    assert readings == {("zone_basis", "Europe/Moscow")}
    assert not any("code" in entry["effect"] for pair in definite for entry in pair["depends_on"])


NOT_DISCREPANCIES = {
    "49 killed on one side against 50 on the other": ("count", {"killed"}),
    "wounded against killed": ("count", {"killed", "wounded"}),
    "three wounded near the border, 43 in Gegharkunik": ("count", {"wounded", "hospitalised"}),
    "42 and 8 are 50": ("count", {"killed"}),
    "Nagorno-Karabakh stable, the border tense": ("hostilities", {"stable", "tense", "extremely_tense"}),
    "eased, but still tense": ("hostilities", {"eased", "tense"}),
    "midnight against around midnight": ("hostilities", {"outbreak"}),
    "denials": ("diplomacy", {"made_statement"}),
}


@pytest.mark.parametrize(("kind", "predicates"), NOT_DISCREPANCIES.values(), ids=NOT_DISCREPANCIES)
def test_not_a_discrepancy(kind: str, predicates: set[str], package: Package, findings: Findings) -> None:
    claims = package.claims[(package.claims["kind"] == kind) & package.claims["predicate"].isin(predicates)]
    pairs = {frozenset(pair) for pair in combinations(claims["claim_id"], 2)}
    assert pairs
    assert not pairs & {frozenset(pair["claims"]) for pair in findings.pairs()}


@pytest.mark.parametrize("predicate", ["violated", "agreed", "called_to_respect_ceasefire"])
def test_claims_about_another_ceasefire_stay_apart(predicate: str, package: Package, against_russia: dict) -> None:
    claims = package.claims[package.claims["predicate"] == predicate]
    assert len(claims)
    assert not set(claims["claim_id"]) & set(against_russia)


def test_overnight_fighting_may_have_ended_before_nine(package: Package, against_russia: dict) -> None:
    overnight = package.claims[(package.claims["time_text"] == "overnight").fillna(False)]
    assert len(overnight)
    assert not set(overnight["claim_id"]) & set(against_russia)


def test_has_not_confirmed_is_no_denial(findings: Findings) -> None:
    silent = {pair["claims"][1] for pair in findings.pairs() if pair["code"] == "ceasefire-unconfirmed"}
    others = {pair["claims"][1] for pair in findings.pairs() if pair["code"] != "ceasefire-unconfirmed"}
    assert silent
    assert not silent & others


def test_as_of_the_report_nothing_that_came_later_speaks_against_it(package: Package) -> None:
    findings = compute(package, as_of="2022-09-13T12:34:00+04:00", claim=[RUSSIA])
    codes = {pair["code"] for pair in findings.pairs()}
    assert codes == {"ceasefire-not-held", "ceasefire-unconfirmed"}


def test_gap(package: Package) -> None:
    assert ceasefire_gap(package, RUSSIA) == (0, 0, 0)


def test_condensed(findings: Findings, file_regression: FileRegressionFixture) -> None:
    file_regression.check(json.dumps(findings.condensed(), indent=1, ensure_ascii=False) + "\n", extension=".json")


def test_pairs(findings: Findings, file_regression: FileRegressionFixture) -> None:
    file_regression.check(json.dumps(list(findings.pairs()), indent=1, ensure_ascii=False) + "\n", extension=".json")
