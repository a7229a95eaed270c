"""Results as rows of a table that is safe to open in a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from cableproof.escape import shown
from cableproof.reports.results import Result, results

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

LONGEST = 32_000  # characters of a cell: spreadsheets hold no more than 32,767
#: What begins a formula in one spreadsheet or another; full-width signs count in some.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Row(NamedTuple):
    """A result, cell by cell; empty cells are None.

    ``accepted`` is the reason why somebody accepted it; ``facts`` are a JSON object.
    """

    rule: str | None
    name: str | None
    severity: str | None
    declared: str | None
    state: str | None
    accepted: str | None
    source: str | None
    identifier: str | None
    fields: str | None
    message: str | None
    path: str | None
    line: int | None
    row: int | None
    facts: str | None
    fingerprint: str | None


def rows(report: Outcome) -> Iterator[Row]:
    """Yield the results of a report as rows."""
    return map(_row, results(report))


def _row(each: Result) -> Row:
    return Row(
        rule=_cell(each.rule),
        name=_cell(each.name),
        severity=_cell(each.severity),
        declared=_cell(each.declared),
        state=_cell(each.state),
        accepted=_cell(each.accepted["reason"] if each.accepted else None),
        source=_cell(each.source),
        identifier=_cell(each.identifier),
        fields=_cell(" ".join(each.fields)),
        message=_cell(each.message),
        path=_cell(each.path),
        line=each.line,
        row=each.row,
        facts=json.dumps(each.facts, sort_keys=True) if each.facts else None,
        fingerprint=_cell(each.fingerprint),
    )


def _cell(value: str | None) -> str | None:
    r"""Return a value that no program takes for a formula: an apostrophe says that it is text.

    >>> _cell("=HYPERLINK(1)"), _cell("a\tb"), _cell("")
    ("'=HYPERLINK(1)", 'a\\x09b', None)
    """
    if not value:
        return None
    text = shown(value, LONGEST)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
