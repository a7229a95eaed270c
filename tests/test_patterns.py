"""Each pattern sees in some texts what it saw in them when they were chosen.

`mutate/probing.py` chooses them: each tells the pattern from one that is like it but for a piece.
"""

from __future__ import annotations

import json

import pytest

from tests.patterns import PROBES, patterns, seen

KNOWN: dict[str, dict[str, str]] = json.loads(PROBES.read_text("utf-8"))


def test_all_patterns_have_texts() -> None:
    assert KNOWN.keys() == patterns().keys()
    assert all(map(len, KNOWN.values()))


@pytest.mark.parametrize("name", KNOWN)
def test_a_pattern_sees_what_it_saw(name: str) -> None:
    pattern = patterns()[name]
    assert {text: seen(pattern, text) for text in KNOWN[name]} == KNOWN[name]
