"""The report for a person at a terminal: rules with their counts, the books, the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from cableproof.escape import shown
from cableproof.finding import Severity

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

FIRST = 3  # findings shown of each rule
LONGEST = 2000  # characters of a message, which are cut only where a report was tampered with
_MOST_CODES = 16  # that are named one by one
STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def show(
    report: Outcome, console: Console, fail_on: Severity | None, *, notes: bool, everything: bool
) -> None:
    """Print the report; ``notes`` shows findings that are notes, ``everything`` each finding."""
    rules_found(report, console, notes=notes, everything=everything)
    books(console, report, notes=notes)
    verdict(console, report, fail_on)


def rules_found(report: Outcome, console: Console, *, notes: bool, everything: bool) -> None:
    """Print each rule that found something, with its first findings or all of them."""
    for found in _by_rule(report, None if everything else FIRST):
        if notes or found.severity is not Severity.NOTE:
            _rule(console, found)


@dataclass
class _Found:
    """What one rule found: how much, the gravest severity, and the first findings or all."""

    severity: Severity
    number: int = 0
    first: list[dict[str, Any]] = field(default_factory=list)


def _by_rule(report: Outcome, most: int | None) -> list[_Found]:
    """Return what each rule found, the gravest first; of each rule up to ``most`` findings."""
    by_code: dict[str, _Found] = {}
    for finding in report.found():
        if "accepted" in finding or finding.get("state") == "unchanged":
            continue  # nobody is to look at it again: the books count it
        severity = Severity(finding["severity"])
        found = by_code.setdefault(finding["rule"], _Found(severity))
        found.severity = min(found.severity, severity, key=lambda each: each.rank)
        found.number += 1
        if most is None or found.number <= most:
            found.first.append(finding)
    return [by_code[code] for code in sorted(by_code, key=lambda c: (by_code[c].severity.rank, c))]


def _rule(console: Console, found: _Found) -> None:
    title = Text(f"{found.first[0]['rule']} {found.first[0]['name']}", style=STYLE[found.severity])
    ran = f"  {found.severity.value}, {many(found.number, 'finding')}"
    console.print(title.append(ran, style="not bold default"))
    for finding in found.first:
        place = finding["place"]
        where = shown(place["path"], 400) + (f":{place['line']}" if "line" in place else "")
        row = f" row {place['row']}" if "row" in place else ""
        # Whole on one line, however long, so that it can be copied, clicked and searched for.
        console.print(Text(f"  {where}{row}", style="dim"), soft_wrap=True)
        declared = f" ({finding['declared']} by its card)" if "declared" in finding else ""
        console.print(
            Padding(Text(shown(finding["message"], LONGEST) + declared), (0, 0, 0, 4), expand=False)
        )
    if found.number > len(found.first):
        console.print(f"  … and {found.number - len(found.first):,} more: --all")
    console.print()


def books(console: Console, report: Outcome, *, notes: bool) -> None:
    """Print what the sources are, and that every input is accounted for."""
    head = report.head()
    for source in head["sources"]:
        _source(console, source)
    summary = head["summary"]
    for law in laws(head):
        console.print(Text(law))
    cited, unresolved = summary["references"]["cited"], summary["references"]["unresolved"]
    if cited:
        console.print(
            f"{many(cited, 'reference')} with their year, {unresolved:,} of them to cables not here"
        )
    _rules_run(console, summary)
    _policy(console, report, summary)
    noted = summary["findings"]["note"]
    if noted and not notes:
        console.print(f"{many(noted, 'note')} not shown: --notes")


def laws(head: Mapping[str, Any]) -> list[str]:
    """Return how every file, input, byte and record is accounted for, a sentence each."""
    of = head["summary"]
    files = {"read": of["read_files"], "skipped": of["skipped"]}
    invalid = f", {of['invalid']:,} of them invalid" if of["flagged"] else ""
    nothing = dict.fromkeys(("records", "unreadable", "separators"), 0)
    sums = [
        sum_of(of["files"], "file", files | {"unreadable": of["unreadable_files"]}),
        sum_of(of["inputs"], "input", {name: of[name] for name in ("records", "unreadable")}),
        sum_of(of["placed_bytes"], "byte", nothing | of["extents"]),
        sum_of(of["records"], "record", {name: of[name] for name in ("clean", "flagged")})
        + invalid,
    ]
    return sums if of["placed_bytes"] else [*sums[:2], sums[3]]


def sum_of(whole: int, word: str, parts: Mapping[str, int]) -> str:
    """Return a number of things as the sum of its parts."""
    return f"{many(whole, word)} = " + " + ".join(f"{n:,} {name}" for name, n in parts.items())


def _source(console: Console, source: dict[str, Any]) -> None:
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in source["kinds"].items())
    console.print(
        Text(f"{shown(source['name'])}: {many(source['files'], 'file')}, {source['bytes']:,} bytes")
        + Text(f"; records: {kinds}" if kinds else "")
        + Text("; manifest" if source["role"] == "manifest" else "")
    )
    if source["skipped_files"]:
        skipped = ", ".join(f"{count:,} {what}" for what, count in source["skipped_files"].items())
        console.print(Text(f"  skipped: {skipped}"))


def _rules_run(console: Console, summary: dict[str, Any]) -> None:
    """Say how many rules ran, and why some did not run on all records: that is not passed."""
    rules = summary["rules"]
    idle = [code for code, rule in rules.items() if rule["not_run"] and not rule["ran"]]
    console.print(f"{many(len(rules) - len(idle), 'rule')} ran")
    if not summary["records"]:
        return
    reasons: dict[tuple[str, int], list[str]] = {}
    for code, rule in rules.items():
        for lack, records in rule["lacking"].items():
            reasons.setdefault((lack, records), []).append(code)
    for (lack, records), codes in sorted(reasons.items(), key=lambda each: (-each[0][1], each[0])):
        console.print(f"not run on {many(records, 'record')} with {shown(lack)}: {_codes(codes)}")


def _codes(codes: list[str]) -> str:
    """Return codes, or how many there are of each family where they are many."""
    if len(codes) <= _MOST_CODES:
        return " ".join(codes)
    families = Counter(code[:3] for code in codes)
    return ", ".join(f"{number} of {family}" for family, number in families.items())


def _policy(console: Console, report: Outcome, summary: dict[str, Any]) -> None:
    """Say what settings made of the findings: nothing that they hide is hidden silently."""
    for code, number in summary.get("ignored", {}).items():
        console.print(Text(f"left out by settings: {many(number, 'finding')} of {shown(code)}"))
    for code, each in summary.get("thresholds", {}).items():
        of = f" of {each['of']:,} records" if each["most"].endswith("%") else ""
        held = "borne" if each["held"] else "too many"
        console.print(
            Text(f"{shown(code)}: {each['found']:,} found, up to {each['most']}{of}: {held}")
        )
    if summary.get("accepted"):
        console.print(f"{many(summary['accepted'], 'finding')} accepted")
    baseline = report.baseline()
    if baseline is None:
        return
    console.print("baseline: {new:,} new, {unchanged:,} known, {gone:,} gone".format_map(baseline))
    for number, each in enumerate(report.gone()):
        if number == FIRST:
            console.print(f"  … and {baseline['gone'] - FIRST:,} more gone")
            break
        console.print(Text(f"  gone: {shown(each['rule'])} {shown(each['message'], 400)}"))


def verdict(console: Console, report: Outcome, fail_on: Severity | None) -> None:
    """Print whether the run passes, and the counts that decide it."""
    counts = ", ".join(many(n, severity) for severity, n in report.counts.items())
    if report.counted != report.counts:
        some = ", ".join(many(n, s) for s, n in report.counted.items() if n)
        counts += f"; of these count: {some or 'none'}"
    if not report.books.records and not any(report.counts.values()):
        console.print(Text("NOTHING CHECKED", style="bold red") + Text(": no record was found"))
    elif report.conforms(fail_on):
        console.print(Text("PASS", style="bold green") + Text(f": {counts}", style="default"))
    else:
        console.print(Text("FAIL", style="bold red") + Text(f": {counts}", style="default"))


def many(count: int, word: str) -> str:
    """Return a count with its word in the singular or plural."""
    return f"{count:,} {word}" + ("" if count == 1 else "s")
