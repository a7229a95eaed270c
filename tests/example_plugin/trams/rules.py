"""TRM: what the tram office asks of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.rule import columns

if TYPE_CHECKING:
    import pandas as pd


@columns(
    code="TRM001",
    severity=Severity.WARNING,
    fields="identifier",
    reads="identifier serial",
    says="{identifier} has a serial that the tram office never gave",
    why="The office numbered its telegrams up to 9000, so that a higher serial is a slip.",
    evidence="The office's own register.",
    bad=[{"identifier": "06BERN9123", "link": "06BERN9123"}],
    good=[{"identifier": "06BERN123"}],
)
def serial_never_given(records: pd.DataFrame) -> pd.Series[bool]:
    """The serial is higher than any that the office gave."""
    return records["serial"] > 9000
