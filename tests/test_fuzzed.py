"""What a fuzzer found is read without harm; and so are seeds of which some bytes are changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "fuzz"))
from targets import TARGETS, seeds

CRASHES = sorted((ROOT / "tests" / "crashes").iterdir())
SEEDS = seeds()
SLOW = ("telegram",)  # each compiles many patterns


def target_of(crash: Path) -> Callable[[bytes], None]:
    return TARGETS[crash.name.rpartition("-")[0].rpartition("-")[0]]


@pytest.mark.parametrize("crash", CRASHES, ids=lambda path: path.name[:40])
def test_what_once_crashed_is_read_or_refused(crash: Path) -> None:
    target_of(crash)(crash.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_a_seed_is_read_well(name: str) -> None:
    TARGETS[name](SEEDS[name])


EDITS = st.lists(
    st.tuples(
        st.integers(0, 1 << 16), st.sampled_from(["change", "cut", "double"]), st.integers(1, 255)
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("name", [name for name in TARGETS if name not in SLOW])
@settings(deadline=None, max_examples=25)
@given(edits=EDITS)
def test_a_seed_of_which_something_was_changed_is_read_or_refused(
    name: str, edits: list[tuple[int, str, int]]
) -> None:
    data = bytearray(SEEDS[name])
    for where, how, much in edits:
        at = where % (len(data) + 1)
        match how:
            case "change" if at < len(data):
                data[at] ^= much
            case "cut":
                del data[at : at + much]
            case "double":
                data[at:at] = data[at : at + much]
    TARGETS[name](bytes(data))
