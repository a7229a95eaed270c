"""The gravest results as annotations of a pull request: commands that GitHub reads from a log.

GitHub shows ten of each level of one step and drops the others without a word, so that the
tenth says how many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cableproof.escape import shown
from cableproof.finding import Severity
from cableproof.reports.results import Result, results

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

MOST = 10  # annotations of one level that are shown
_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})
_LONGEST = 1000  # characters of a message


def lines(report: Outcome) -> Iterator[str]:
    """Yield an annotation a line, the gravest first."""
    there: Counter[str] = Counter()
    first: dict[str, list[Result]] = {severity.value: [] for severity in Severity}
    for each in results(report):
        if each.accepted or each.state == "unchanged":
            continue  # nobody is to look at it again
        there[each.severity] += 1
        if len(first[each.severity]) < MOST:
            first[each.severity].append(each)
    for severity, found in first.items():
        cut = there[severity] > MOST
        for each in found[: MOST - 1] if cut else found:
            yield _annotation(each)
        if cut:
            more = f"{there[severity] - MOST + 1:,} more of severity {severity}"
            yield f"::{_LEVELS[severity]} title=cableproof::{more}: see the report\n"


def _annotation(each: Result) -> str:
    """Return one annotation; GitHub unescapes what is escaped here."""
    said = {
        "file": shown(each.path.removeprefix("./"), 400),
        "line": "" if each.line is None else str(each.line),
        "title": f"{shown(each.rule)} {shown(each.name)}",
    }
    properties = ",".join(f"{k}={v.translate(_PROPERTY)}" for k, v in said.items() if v)
    message = shown(each.told, _LONGEST).translate(_DATA)
    return f"::{_LEVELS[each.severity]} {properties}::{message}\n"
