"""The report as the summary of a step on GitHub, which refuses one of more than a mebibyte."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cableproof.reports import markdown

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

MOST = 1 << 20  # bytes
_CUT = "\n\nThe rest is left out here, since a summary has room for a mebibyte: see the report.\n"


def lines(report: Outcome) -> Iterator[str]:
    """Yield the Markdown report as far as there is room for it."""
    room = MOST - len(_CUT.encode())
    for part in markdown.lines(report):
        room -= len(part.encode())
        if room < 0:
            yield _CUT
            return
        yield part
