"""The report as JSON text, the form of which every other can be made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cableproof.report import Report


def lines(report: Report) -> Iterator[str]:
    """Yield the report as JSON text: one finding a line, all beyond ASCII escaped."""
    head = json.dumps(report.head(), indent=1)
    yield head.removesuffix("\n}") + ',\n "findings": ['
    yield from _each(report.found())
    comparison = report.comparison()
    if comparison is None:
        yield ',\n "comparison": null\n}\n'
        return
    yield ',\n "comparison": ' + json.dumps(comparison).removesuffix("}") + ', "discrepancies": ['
    yield from _each(report.told())
    yield "}\n}\n"


def _each(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the elements of a list, one a line, and its end."""
    between = "\n"
    for row in rows:
        yield between + "  " + json.dumps(row)
        between = ",\n"
    yield "\n ]" if between == ",\n" else "]"
