"""What holds for all rules: valid data passes, what cannot be compared is not, and the order of rows is no matter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_rows import Rows, key_of, package_of, valid_rows

from claimtrack.rulebook import rules
from claimtrack.rules import Breach, check
from claimtrack.rules.breach import Condition, breaches
from examples import tried

Found = Callable[[], list[Breach]]
Change = Callable[..., None]


def codes(found: list[Breach]) -> list[tuple[str, str]]:
    return sorted((breach.code, breach.field) for breach in found)


def test_the_valid_package_breaks_nothing(found: Found) -> None:
    assert found() == []


def test_tables_without_rows_break_nothing(rows: Rows, found: Found) -> None:
    for table in rows.values():
        table.clear()
    assert found() == []


@pytest.mark.parametrize("table", valid_rows())
def test_a_table_that_is_gone_is_not_reported_again_by_the_others(table: str, rows: Rows, found: Found) -> None:
    rows[table].clear()
    assert found() == []


def test_a_broken_row_is_one_breach_with_its_message() -> None:
    one = Condition(
        code="c", table="t", field="f", broken=np.array([False, True, True]), message=lambda row: f"row {row}"
    )
    other = Condition(code="d", table="t", field="g", broken=np.array([True, False, False]), message="always")
    elsewhere = Condition(code="e", table="u", field="h", broken=np.array([], dtype=bool), message="never")
    assert list(breaches([one, elsewhere, other])) == [
        Breach(code="c", resource="t", row=1, field="f", message="row 1"),
        Breach(code="c", resource="t", row=2, field="f", message="row 2"),
        Breach(code="d", resource="t", row=0, field="g", message="always"),
    ]


def test_a_fault_in_a_rule_is_no_breach_of_the_data() -> None:
    def fault(row: int) -> str:
        raise ZeroDivisionError

    broken = Condition(code="c", table="t", field="f", broken=np.array([True]), message=fault)
    with pytest.raises(ZeroDivisionError):
        list(breaches([broken]))


# Faults that the structure of the tables reports. The rules must neither fail on them nor report them again.
UNSOUND = [
    ("claims", "7wgktoa5", {"claim_id": ""}),
    ("claims", "7wgktoa5", {"kind": ""}),
    ("claims", "7wgktoa5", {"kind": "cuont"}),
    ("claims", "7wgktoa5", {"predicate": "kiled"}),
    ("claims", "7wgktoa5", {"statement_id": "", "source_id": ""}),
    ("claims", "vapyhyyv", {"claimant_id": "nobody"}),
    ("claims", "cgxprxpo", {"source_id": "nothing", "incident_id": "nothing", "actor_id": "nobody"}),
    ("claims", "fx7nr67p", {"certainty": "certain"}),
    ("claims", "pzd3tgpk", {"polarity": "maybe", "basis": ""}),
    ("actors", "farland", {"actor_id": ""}),
    ("actors", "ministry-northland", {"member_of": "nowhere"}),
    ("actors", "wire-service", {"actor_id": "gazette"}),
    ("incidents", "launch-site", {"incident_id": "", "place_id": "nowhere"}),
    ("sources", "wire-report", {"source_id": "", "publisher_id": ""}),
    ("predicates", "hostilities/eased", {"kind": ""}),
    ("predicates", "count/missing", {"predicate": "killed", "outcomes": "missing"}),
    ("relays", "20200906-army-southland-7xfej4ki/1", {"claim_id": "nothing", "relayer_id": ""}),
    ("relays", "20200906-observer-mission-47uwq4ei/2", {"hop": "1"}),
    ("relays", "20200906-observer-mission-47uwq4ei/2", {"hop": ""}),
    ("links", "20200907-ministry-northland-osieuzkn/updates/20200906-ministry-northland-7wgktoa5", {"other_id": ""}),
    ("links", "20200907-ministry-northland-osieuzkn/updates/20200906-ministry-northland-7wgktoa5", {"relation": "is"}),
    ("links", "20200906-ministry-northland-zsmcri5e/part_of/20200906-ministry-northland-7wgktoa5", {"claim_id": "x"}),
]


@pytest.mark.parametrize(("table", "key", "cells"), UNSOUND)
def test_what_the_schema_reports_is_not_reported_again(
    table: str, key: str, cells: dict[str, str], change: Change, found: Found
) -> None:
    change(table, key, **cells)
    assert codes(found()) == []


def test_a_row_that_stands_twice_is_the_keys_affair(rows: Rows, found: Found) -> None:
    for table in rows.values():
        table.append(dict(table[0]))
    assert codes(found()) == []


PERTURBED = {
    "valid_mode": ["", "at", "since", "until", "within"],
    "valid_from": ["", "2020-09-06T05:00:00+05:00", "2020-09-09T00:00:00+00:00"],
    "asserted_from": ["", "2020-09-06T10:00:00+00:00"],
    "zone_basis": ["", "assumed", "stated"],
    "place_id": ["", "border", "village-a"],
    "count_min": ["", "-3", "40", "99"],
    "count_approx": ["", "true"],
    "predicate": ["killed", "will_rise"],
    "statement_id": ["s-0906-ministry"],
    "text": ["One. Two.", "No stop"],
    "answer": ["", "yes"],
}
EDITS = st.lists(
    st.tuples(
        st.integers(0, 16), st.sampled_from([(name, cell) for name, cells in PERTURBED.items() for cell in cells])
    ),
    max_size=12,
)


def keyed(rows: Rows) -> list[tuple[str, str, str, str]]:
    return sorted(
        (breach.code, key_of(breach.resource, rows[breach.resource][breach.row]), breach.field, breach.message)
        for breach in check(package_of(rows))
        if breach.code != "statement-sources"  # the one that comes first sets the source
    )


@given(EDITS)
@tried(15)
def test_the_order_of_the_claims_is_no_matter(edits: list[tuple[int, tuple[str, str]]]) -> None:
    rows = valid_rows()
    for at, (column, cell) in edits:
        rows["claims"][at][column] = cell
    turned = rows | {"claims": rows["claims"][::-1]}
    once = keyed(rows)
    assert keyed(turned) == once
    assert all(rules()[code].severity in ("error", "warning") for code, *_ in once)
