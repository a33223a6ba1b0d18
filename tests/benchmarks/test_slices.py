"""Working in slices changes no byte of the answer: on invented packages with thousands of pairs."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from pathlib import Path
from unittest.mock import patch

import pytest
from measuring import package

import claimtrack
from claimtrack.discrepancy import Tally, compute, pairs
from claimtrack.discrepancy.findings import Slice
from claimtrack.discrepancy.telling import summary
from claimtrack.discrepancy.telling.summary import condensed_slices
from claimtrack.partition.answer import rank


@pytest.fixture(scope="module", params=[False, True], ids=["realistic", "hostile"])
def invented(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package(tmp_path_factory.mktemp("slices"), 1_000, 7, hostile=request.param)


def test_slices_of_any_size_give_the_same_bytes(invented: Path) -> None:
    read = claimtrack.load(invented)
    answers = set()
    for size in (50, pairs.SLICE):
        with patch.object(pairs, "SLICE", size):
            findings = compute(read)
            answers.add(json.dumps([findings.condensed(), findings.stats]))
    whole = compute(read)
    assert len(whole.selected) > 300
    at_once = Slice(whole.selected, whole.computed.none, None)
    answers.add(json.dumps([list(condensed_slices(whole.computed, [at_once])), whole.stats]))
    assert len(answers) == 1


def test_lists_of_any_length_are_the_whole_answer_each_in_order(invented: Path) -> None:
    whole = compute(claimtrack.load(invented))
    for held in (1, 10):
        tally = Tally()
        with patch.object(pairs, "SLICE", 50), patch.object(summary, "HELD", held):
            lists = [list(one) for one in whole.runs(tally)]
        assert len(lists) > 3
        assert all(one == sorted(one, key=rank) for one in lists)
        assert sorted(chain.from_iterable(lists), key=rank) == whole.condensed()
        assert whole.of_tally(tally) == whole.stats


def test_slices_hold_the_pairs_of_a_claim_at_issue_together_and_no_pair_twice(invented: Path) -> None:
    computed = compute(claimtrack.load(invented)).computed
    with patch.object(pairs, "SLICE", 50):
        slices = [part.pairs for part in computed.slices() if set(part.pairs["family"]) == {"state"}]
    assert len(slices) > 3
    at_issue = Counter(claim for part in slices for claim in set(part["left"]))
    assert set(at_issue.values()) == {1}
    listed = computed.pairs[computed.pairs["family"] == "state"]
    found = [pair for part in slices for pair in zip(part["left"], part["right"], strict=True)]
    assert sorted(found) == sorted(zip(listed["left"], listed["right"], strict=True))
