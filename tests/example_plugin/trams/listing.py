"""A list of findings as the tram office pins it to the wall."""

from __future__ import annotations

from collections.abc import Iterator

from cableproof.escape import shown
from cableproof.outcome import Outcome


def lines(report: Outcome) -> Iterator[str]:
    """Yield a line for each finding, and how many there are."""
    for finding in report.found():
        yield f"{finding['rule']} {shown(finding['identifier'] or '-')}\n"
    yield f"{sum(report.counts.values())} in all\n"
