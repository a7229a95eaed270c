"""What is seen in a line of a telegram, however it is written, stands in a snapshot."""

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.seen import differences
from tests.ways import WAYS, telegram

_SHOWN = 60  # characters of a line


def _shown(line: str) -> str:
    text = ascii(line)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... {len(line)} characters"


@pytest.mark.parametrize("line", WAYS)
def test_a_line_tells_this_however_it_is_written(line: str, snapshot: SnapshotAssertion) -> None:
    seen = differences([(telegram(), telegram(**{line: way})) for way in WAYS[line]])
    said = [f"{_shown(way)}: {what}" for way, what in zip(WAYS[line], seen, strict=True)]
    assert "\n".join(said) == snapshot
