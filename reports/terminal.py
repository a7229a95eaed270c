"""The report for a person at a terminal: rules with their counts, the books, the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from cableproof.escape import shown
from cableproof.finding import Severity

if TYPE_CHECKING:
    from cableproof.report import Report

FIRST = 3  # findings shown of each rule
_MOST_CODES = 16  # that are named one by one
STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def show(
    report: Report, console: Console, fail_on: Severity | None, *, notes: bool, everything: bool
) -> None:
    """Print the report; ``notes`` shows findings that are notes, ``everything`` each finding."""
    rules_found(report, console, notes=notes, everything=everything)
    books(console, report, notes=notes)
    verdict(console, report, fail_on)


def rules_found(report: Report, console: Console, *, notes: bool, everything: bool) -> None:
    """Print each rule that found something, with its first findings or all of them."""
    for code, found in _by_rule(report, list(report.found())):
        severity = min((Severity(f["severity"]) for f in found), key=lambda s: s.rank)
        if severity is Severity.NOTE and not notes:
            continue
        _rule(console, code, severity, found, len(found) if everything else FIRST)


def _by_rule(
    report: Report, findings: list[dict[str, Any]]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each rule that found something with its findings, the gravest first."""
    by_code: dict[str, list[dict[str, Any]]] = {}
    for finding in findings:
        by_code.setdefault(finding["rule"], []).append(finding)
    yield from sorted(by_code.items(), key=lambda item: (report.rules[item[0]].severity.rank, item))


def _rule(
    console: Console, code: str, severity: Severity, found: list[dict[str, Any]], most: int
) -> None:
    title = Text(f"{code} {found[0]['name']}", style=STYLE[severity])
    ran = f"  {severity.value}, {many(len(found), 'finding')}"
    console.print(title.append(ran, style="not bold default"))
    for finding in found[:most]:
        place = finding["place"]
        where = shown(place["path"], 400) + (f":{place['line']}" if "line" in place else "")
        row = f" row {place['row']}" if "row" in place else ""
        console.print(Padding(Text(where + row, style="dim"), (0, 0, 0, 2), expand=False))
        console.print(Padding(Text(finding["message"]), (0, 0, 0, 4), expand=False))
    if len(found) > most:
        console.print(f"  … and {len(found) - most:,} more")
    console.print()


def books(console: Console, report: Report, *, notes: bool) -> None:
    """Print what the sources are, and that every input is accounted for."""
    for source in report.sources:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in source.kinds.items())
        console.print(
            Text(f"{shown(source.name)}: {many(source.files, 'file')}, {source.bytes:,} bytes")
            + Text(f"; records: {kinds}" if kinds else "")
            + Text("; manifest" if source.role == "manifest" else "")
        )
        if source.skipped:
            skipped = ", ".join(f"{count:,} {what}" for what, count in source.skipped.items())
            console.print(Text(f"  skipped: {skipped}"))
    books = report.books
    console.print(
        f"{books.inputs:,} inputs = {books.records:,} records + {books.unreadable:,} unreadable"
        f" + {books.skipped:,} skipped"
    )
    console.print(f"{books.records:,} records = {books.clean:,} clean + {books.flagged:,} flagged")
    cited, unresolved = report.references().values()
    if cited:
        console.print(
            f"{many(cited, 'reference')} with their year, {unresolved:,} of them to cables not here"
        )
    _rules_run(console, report)
    if report.counts["note"] and not notes:
        console.print(f"{many(report.counts['note'], 'note')} not shown: --notes")


def _rules_run(console: Console, report: Report) -> None:
    """Say how many rules ran, and why some did not run on all records: that is not passed."""
    idle = [code for code, rule in report.rules.items() if rule.not_run and not rule.ran]
    console.print(f"{many(len(report.rules) - len(idle), 'rule')} ran")
    if not report.books.records:
        return
    reasons: dict[tuple[str, int], list[str]] = {}
    for code, rule in report.rules.items():
        for lack, records in rule.lacking.items():
            reasons.setdefault((lack, records), []).append(code)
    for (lack, records), codes in sorted(reasons.items(), key=lambda each: (-each[0][1], each[0])):
        console.print(f"not run on {many(records, 'record')} with {lack}: {_codes(codes)}")


def _codes(codes: list[str]) -> str:
    """Return codes, or how many there are of each family where they are many."""
    if len(codes) <= _MOST_CODES:
        return " ".join(codes)
    families = Counter(code[:3] for code in codes)
    return ", ".join(f"{number} of {family}" for family, number in families.items())


def verdict(console: Console, report: Report, fail_on: Severity | None) -> None:
    """Print whether the run passes, and the counts that decide it."""
    counts = ", ".join(many(n, severity) for severity, n in report.counts.items())
    if not report.books.records and not len(report.findings):
        console.print(Text("NOTHING CHECKED", style="bold red") + Text(": no record was found"))
    elif report.conforms(fail_on):
        console.print(Text("PASS", style="bold green") + Text(f": {counts}", style="default"))
    else:
        console.print(Text("FAIL", style="bold red") + Text(f": {counts}", style="default"))


def many(count: int, word: str) -> str:
    """Return a count with its word in the singular or plural."""
    return f"{count:,} {word}" + ("" if count == 1 else "s")
