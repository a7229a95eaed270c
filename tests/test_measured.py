"""What changes in the evidence of a telegram when a fault, or an innocent change, is planted."""

from __future__ import annotations

import sys
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import Row
from tests.seen import differences

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "faults"), str(ROOT / "benchmarks")]

from kinds import Fault, Innocent
from made import archives
from registry import registered

_EACH = 1  # telegram of each layout in which a change is made


@cache
def _changes() -> list[tuple[Fault | Innocent, Row, Row]]:
    """Return each change that is made in a single record, with the record before and after."""
    faults, innocent = registered()
    changes: list[Fault | Innocent] = [*faults, *innocent]
    made: list[tuple[Fault | Innocent, Row, Row]] = []
    for change in changes:
        for archive in archives():
            pairs = ((each, _planted(change, each)) for each in archive)
            whole = ((change, before, after) for before, after in pairs if after)
            made += islice(whole, _EACH)
    return made


def _planted(change: Fault | Innocent, record: dict[str, Any]) -> Row | None:
    if change.record is None:
        return None
    made = change.record(record, Random(f"{change.name} {record['identifier']}"))
    return next(iter(made), None) if isinstance(made, list) else made


@pytest.mark.parametrize("prefix", sorted({"innocent", *(f.code[:3] for f in registered()[0])}))
def test_a_change_is_seen_in_the_evidence_where_it_should(
    prefix: str, snapshot: SnapshotAssertion
) -> None:
    some = [
        each
        for each in _changes()
        if (each[0].code[:3] if isinstance(each[0], Fault) else "innocent") == prefix
    ]
    seen = differences([(before, after) for _, before, after in some], alone=True)
    lines = [f"{change.name}: {what}" for (change, *_), what in zip(some, seen, strict=True)]
    assert "\n".join(lines) == snapshot
