"""What changes in the evidence of a telegram when a fault, or an innocent change, is planted."""

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.planted import GROUPS, planted
from tests.seen import differences


@pytest.mark.parametrize("group", GROUPS)
def test_a_change_is_seen_in_the_evidence_where_it_should(
    group: str, snapshot: SnapshotAssertion
) -> None:
    some = planted()[group]
    seen = differences([(before, after) for _, before, after in some], alone=True)
    lines = [f"{change.name}: {what}" for change, what in zip(some, seen, strict=True)]
    assert "\n".join(lines) == snapshot
