"""The limits by themselves: what each is unless it is set, and to what it may be set."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.sources.limits import DEFAULT, over_limit, unfit

ENDS = range(61)  # powers of two


def bounds(name: str) -> tuple[int, int]:
    """Return the least and the most that a limit may be, each found where the answer turns."""
    fits = [end for end in ENDS if not unfit({name: 1 << end})]
    low, high = 1 << fits[0] >> 1, 1 << fits[0]
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if unfit({name: middle}) else (low, middle)
    least = high
    low, high = 1 << fits[-1], 1 << fits[-1] + 1
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (low, middle) if unfit({name: middle}) else (middle, high)
    return least, low


def test_each_limit_is_what_it_is_and_may_be_set_so_far(snapshot: SnapshotAssertion) -> None:
    told = {name: (value, *bounds(name)) for name, value in asdict(DEFAULT).items()}
    assert told == snapshot


@pytest.mark.parametrize("name", asdict(DEFAULT))
def test_a_limit_beyond_its_bounds_is_named_with_them(name: str) -> None:
    least, most = bounds(name)
    for value in (least - 1, most + 1):
        assert unfit({name: value}) == f"limit {name} is not from {least:,} to {most:,}"
    assert not unfit({name: least, "block": most if name == "block" else DEFAULT.block})


def test_a_limit_of_records_is_told_in_bytes() -> None:
    assert over_limit(1 << 20) == "longer than the limit of 1,048,576 bytes a record"
