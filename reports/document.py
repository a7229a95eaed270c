"""The report as JSON text, the form of which every other can be made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cableproof.report import Report


def lines(report: Report) -> Iterator[str]:
    """Yield the report as JSON text: one finding a line, all beyond ASCII escaped."""
    head = json.dumps(report.head(), indent=1)
    yield head.removesuffix("\n}") + ',\n "findings": ['
    between = "\n"
    for finding in report.found():
        yield between + "  " + json.dumps(finding)
        between = ",\n"
    yield ("\n ]" if between == ",\n" else "]") + ',\n "comparison": null\n}\n'
