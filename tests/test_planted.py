"""Faults planted in invented telegrams: each rule finds its own, in its own words, and no more."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.validators.catalogue import CATALOGUE

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "faults"), str(ROOT / "benchmarks")]

from fields import Field, ready
from grounds import generated
from proof import Result
from registry import registered

_TOLD = 3  # ways of telling a fault that stand in the snapshot


@cache
def _field() -> Field:
    return ready(generated())


def _telling(results: dict[str, Result]) -> str:
    return "\n".join(
        f"{name}: {said}" for name, one in results.items() for said in one.says[:_TOLD]
    )


@pytest.mark.parametrize("code", CATALOGUE)
def test_each_planted_fault_is_found_by_its_rule_and_nothing_else_is(
    code: str, snapshot: SnapshotAssertion
) -> None:
    faults = [fault for fault in registered()[0] if fault.code == code]
    results = dict(zip([each.name for each in faults], _field().results(faults), strict=True))
    for name, one in results.items():
        assert (one.recalled, one.missed) == (one.planted, []), name
        assert not (one.besides or one.elsewhere), name
    assert any(one.planted for one in results.values())
    assert _telling(results) == snapshot


def test_of_innocent_changes_nothing_is_said() -> None:
    changes = registered()[1]
    for change, one in zip(changes, _field().results(changes), strict=True):
        assert not (one.besides or one.elsewhere), change.name
