"""The results as a code quality report of GitLab: a JSON list, a result a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cableproof.escape import shown
from cableproof.reports.results import Result, results

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

_SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}
_LONGEST = 1000  # characters of a message


def lines(report: Outcome) -> Iterator[str]:
    """Yield all results but those that are accepted, which GitLab has no word for."""
    between = "[\n"
    for each in results(report):
        if not each.accepted:
            yield between + json.dumps(_issue(each))
            between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def _issue(each: Result) -> dict[str, Any]:
    return {
        "description": shown(each.told, _LONGEST),
        "check_name": f"{shown(each.rule)} {shown(each.name)}",
        "fingerprint": each.fingerprint,
        "severity": _SEVERITIES[each.severity],
        "location": {
            "path": shown(each.path.removeprefix("./"), 400),
            "lines": {"begin": max(each.line or 1, 1)},
        },
    }
