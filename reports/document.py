"""The report as JSON text, the form of which every other can be made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cableproof.outcome import Outcome


def lines(report: Outcome) -> Iterator[str]:
    """Yield the report as JSON text: one finding a line, all beyond ASCII escaped."""
    head = json.dumps(report.head(), indent=1)
    yield head.removesuffix("\n}") + ',\n "findings": ['
    yield from _each(report.found())
    yield from _part("comparison", report.comparison(), "discrepancies", report.told())
    yield from _part("history", report.history(), "cables", report.lived())
    yield from _part("audit", report.audit(), "origins", report.from_where())
    if report.baseline() is not None:
        yield from _part("baseline", report.baseline(), "findings", report.gone())
    yield "\n}\n"


def _part(
    name: str, part: dict[str, Any] | None, rows: str, each: Iterable[dict[str, Any]]
) -> Iterator[str]:
    """Yield a part of the document, which ends with a list of rows; null where there is none."""
    if part is None:
        yield f',\n "{name}": null'
        return
    yield f',\n "{name}": ' + json.dumps(part).removesuffix("}") + f', "{rows}": ['
    yield from _each(each)
    yield "}"


def _each(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the elements of a list, one a line, and its end."""
    between = "\n"
    for row in rows:
        yield between + "  " + json.dumps(row)
        between = ",\n"
    yield "\n ]" if between == ",\n" else "]"
