"""Changes that are planted in invented telegrams: faults, and what is none."""

from __future__ import annotations

import sys
from collections import defaultdict
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "faults"), str(ROOT / "benchmarks")]

from kinds import Fault, Innocent
from made import archives
from registry import registered


class Planted(NamedTuple):
    """A change that is made in a single record, with the record before and after."""

    name: str
    before: dict[str, Any]
    after: dict[str, Any]


def _group(change: Fault | Innocent) -> str:
    return change.code[:3] if isinstance(change, Fault) else "innocent"


_CHANGES: tuple[Fault | Innocent, ...] = tuple(each for some in registered() for each in some)
GROUPS = sorted({_group(change) for change in _CHANGES if change.record is not None})


@cache
def planted() -> dict[str, list[Planted]]:
    """Return for each group of rules, and for innocent changes, those in a record of each layout."""
    whole_archives = archives()
    groups: defaultdict[str, list[Planted]] = defaultdict(list)
    for number, change in enumerate(_CHANGES):
        for archive in whole_archives:
            first = number % len(archive)  # so that few changes meet in one record
            turned = (*archive[first:], *archive[:first])
            pairs = ((each, _changed(change, each)) for each in turned)
            whole = (Planted(change.name, before, after) for before, after in pairs if after)
            groups[_group(change)] += islice(whole, 1)
    return groups


def _changed(change: Fault | Innocent, record: dict[str, Any]) -> dict[str, Any] | None:
    if change.record is None:
        return None
    made = change.record(record, Random(f"{change.name} {record['identifier']}"))
    return next(iter(made), None) if isinstance(made, list) else made
