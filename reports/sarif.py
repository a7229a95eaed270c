"""The report as SARIF 2.1.0, for code scanning and editors.

Only the gravest results are told, as many as such readers show; one that is none of ours says
how many are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cableproof.escape import shown
from cableproof.reports.cards import Told, told
from cableproof.reports.gravest import gravest
from cableproof.reports.results import Result, results

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

MOST = 5000  # results that a reader shows of one run
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "SRCROOT"  # the folder that the command ran in, which every relative address begins in
CUT = "results-left-out"
FINGERPRINT = "cableproof/v1"
_STATES = ("new", "unchanged", "absent")
_HALVES = re.compile(
    "[\ud800-\udc7f\udd00-\udfff]"
)  # of characters; the others are bytes of a name
_LONGEST = 1000  # characters of a message


def lines(report: Outcome) -> Iterator[str]:
    """Yield the report as SARIF, a result a line."""
    head = report.head()
    codes = sorted({each.rule for each in results(report)} | set(head["summary"]["rules"]))
    index = {code: number for number, code in enumerate(codes)}
    taken, left = gravest(report, MOST)
    start = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(head["tool"]["version"], codes)},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"description": {"text": "Where the command ran."}}},
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolConfigurationNotifications": _notifications(left),
                    }
                ],
                "properties": {"command": head["command"], "summary": _summary(head["summary"])},
            }
        ],
    }
    yield json.dumps(start, indent=1).removesuffix("\n  }\n ]\n}") + ',\n   "results": ['
    between = "\n    "
    for each in taken:
        yield between + json.dumps(_result(each, index))
        between = ",\n    "
    if left:
        yield between + json.dumps(_cut(left))
    yield "\n   ]\n  }\n ]\n}\n"


def _driver(version: str, codes: list[str]) -> dict[str, Any]:
    rules = [_rule(code, told(code)) for code in codes]
    return {
        "name": "cableproof",
        "version": version,
        "semanticVersion": version,
        "rules": rules,
        "notifications": [
            {"id": CUT, "shortDescription": {"text": "More was found than readers of SARIF show."}}
        ],
    }


def _rule(code: str, card: Told | None) -> dict[str, Any]:
    if card is None:  # of a report that another version made
        return {"id": shown(code)}
    help_ = "\n\n".join(filter(None, (card.what, card.why, card.more)))
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in card.name.split("-")),
        "shortDescription": {"text": card.what},
        "fullDescription": {"text": card.why},
        "help": {"text": help_},
        "defaultConfiguration": {"level": card.severity},
        "properties": {"tags": [code[:3].lower(), card.severity], "precision": _sure(card)},
    }


def _sure(card: Told) -> str:
    return {"error": "very-high", "warning": "high", "note": "medium"}[card.severity]


def _result(each: Result, index: dict[str, int]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": shown(each.rule),
        "ruleIndex": index[each.rule],
        "level": each.severity,
        "message": {"text": shown(each.told, _LONGEST)},
        "locations": [_location(each)],
        "partialFingerprints": {FINGERPRINT: each.fingerprint},
        "properties": {"source": shown(each.source), "fields": list(map(shown, each.fields))},
    }
    if each.state in _STATES:
        made["baselineState"] = each.state
    if each.accepted:
        reason = shown(each.accepted["reason"], _LONGEST)
        made["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return made


def _location(each: Result) -> dict[str, Any]:
    """Return where a result is: the place in a file where there is one, and whose cable it is."""
    physical: dict[str, Any] = {"artifactLocation": _address(each.path)}
    if each.line is not None:
        physical["region"] = {"startLine": max(each.line, 1)}
    name = each.identifier or each.source
    row = "" if each.row is None else f" row {each.row}"
    whose = {"name": shown(name) + row, "kind": "object"}
    return {"physicalLocation": physical, "logicalLocations": [whose]}


def _address(path: str) -> dict[str, str]:
    """Return a path as an address: relative to the folder of the run unless it was absolute."""
    whole = _HALVES.sub("\N{REPLACEMENT CHARACTER}", path)
    quoted = quote(whole.replace("\\", "/").encode("utf-8", "surrogateescape"))
    if path.startswith("/"):
        return {"uri": f"file://{quoted}"}
    return {"uri": quoted.removeprefix("./"), "uriBaseId": ROOT}


def _said(left: dict[str, int]) -> str:
    told = ", ".join(f"{number:,} of severity {severity}" for severity, number in left.items())
    return (
        f"left out, since readers of SARIF show {MOST:,} results: {told}; the JSON report has all"
    )


def _notifications(left: dict[str, int]) -> list[dict[str, Any]]:
    if not left:
        return []
    return [{"descriptor": {"id": CUT}, "level": "warning", "message": {"text": _said(left)}}]


def _cut(left: dict[str, int]) -> dict[str, Any]:
    """Return the result that says how many others there are."""
    return {
        "ruleId": CUT,
        "level": "warning",
        "message": {"text": _said(left)},
        "partialFingerprints": {FINGERPRINT: CUT},
    }


def _summary(summary: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in summary.items() if name != "rules"}
