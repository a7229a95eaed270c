"""What a comparison says of records in which something was changed stands in a snapshot."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.comparison import Comparison
from tests.planted import GROUPS, Planted, planted
from tests.witnesses import compared

_TOLD = ("kind", "severity", "identifier", "fields", "base", "cells", "values", "facts")


def _unlike(some: list[Planted]) -> list[Planted]:
    """Return changes of cables of which none is there twice, before or after."""
    taken: set[object] = set()
    apart = []
    for each in some:
        names = {each.before["identifier"], each.after.get("identifier")}
        if not names & taken:
            taken |= names
            apart.append(each)
    return apart


def told(report: Comparison) -> str:
    every = [{name: getattr(each, name) for name in _TOLD} for each in report.discrepancies]
    found = [f"{each.pop('kind')} {json.dumps(each, default=list)}" for each in every]
    pairs = [json.dumps(asdict(each)) for each in report.pairs]
    return "\n".join([*found, *pairs])


@pytest.mark.parametrize("group", GROUPS)
def test_a_comparison_says_this_of_records_before_and_after(
    group: str, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    some = _unlike(planted()[group])
    sources: dict[str, list[Mapping[str, Any]]] = {
        "before": [each.before for each in some],
        "changed": [each.after for each in some],
        "either": [(each.before, each.after)[n % 2] for n, each in enumerate(some)],
    }
    assert told(compared(tmp_path, **sources)) == snapshot
