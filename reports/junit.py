"""The report as JUnit XML: a case for each rule and source, those that passed included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

from cableproof.escape import shown
from cableproof.finding import Severity
from cableproof.reports.cards import told
from cableproof.reports.results import Result, results
from cableproof.reports.terminal import many
from cableproof.validators.collation.kinds import KINDS

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

FIRST = 20  # results told of a case
_LONGEST = 1000  # characters of a message


class _Case:
    """What one rule found in one source."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys((severity.value for severity in Severity), 0)
        self.first: list[Result] = []

    def add(self, each: Result) -> None:
        self.counts[each.severity] += 1
        if len(self.first) < FIRST:
            self.first.append(each)


def lines(report: Outcome) -> Iterator[bytes]:
    """Yield the whole file: it has a case for each rule and source, and no more."""
    head = report.head()
    names = [source["name"] for source in head["sources"]]
    cases: dict[tuple[str, str], _Case] = {}
    for each in results(report):
        for name in each.sources or names[:1]:
            cases.setdefault((name, each.rule), _Case()).add(each)
    rules = head["summary"]["rules"]
    codes = [*rules, *(_kinds(report)), *sorted({code for _, code in cases} - {*rules, *KINDS})]
    whole = JUnitXml("cableproof")
    for name in names:
        suite = TestSuite(shown(name, 400))
        for code in codes:
            suite.add_testcase(_case(name, code, cases.get((name, code)), rules.get(code)))
        whole.add_testsuite(suite)
    whole.update_statistics()  # type: ignore[no-untyped-call]
    yield whole.tostring() + b"\n"  # type: ignore[no-untyped-call]


def _kinds(report: Outcome) -> list[str]:
    """Return the kinds of discrepancy that a report can have."""
    return [code for code in KINDS if code.startswith("CMP")] if report.comparison() else []


def _case(name: str, code: str, found: _Case | None, rule: dict[str, Any] | None) -> TestCase:
    card = told(code)
    case = TestCase(f"{shown(code)} {card.name}" if card else shown(code), shown(name, 400))
    if found is not None:
        _tell(case, found)
    elif rule is not None and not rule["ran"] and rule["not_run"]:
        case.result = [Skipped("no record has what this rule looks at")]
    return case


def _tell(case: TestCase, found: _Case) -> None:
    """Say what was found: a note is no failure, and stands in the output of its case."""
    total = sum(found.counts.values())
    counts = ", ".join(many(number, s) for s, number in found.counts.items() if number)
    more = [f"… and {total - len(found.first):,} more"] if total > len(found.first) else []
    text = "\n".join([*map(_line, found.first), *more])
    if total == found.counts["note"]:
        case.system_out = text
        return
    failure = Failure(counts, "error" if found.counts["error"] else "warning")
    failure.text = text
    case.result = [failure]


def _line(each: Result) -> str:
    number = "" if each.line is None else f":{each.line}"
    row = "" if each.row is None else f" row {each.row}"
    who = f" {shown(each.identifier)}" if each.identifier else ""
    message = shown(each.message, _LONGEST)
    return f"{shown(each.path, 400)}{number}{row}{who}: {each.severity}: {message}"
