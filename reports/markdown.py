"""The report as Markdown, for a mail, an issue or a page: verdict, books, rules, first findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cableproof.reports.cards import told
from cableproof.reports.grouped import Group, by_rule
from cableproof.reports.marking import plain
from cableproof.reports.results import Result
from cableproof.reports.terminal import many

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

FIRST = 5  # results shown of each rule


def lines(report: Outcome) -> Iterator[str]:
    """Yield the report as Markdown; each cut says how much it leaves out."""
    head = report.head()
    summary = head["summary"]
    groups = by_rule(report, FIRST)
    yield f"# cableproof {plain(head['command'])}: {verdict(report)}\n\n"
    yield from books(head)
    if groups:
        yield "## Rules that found something\n\n"
        yield from table(groups, summary["rules"])
        for each in groups:
            yield from _group(each)
    tool = head["tool"]
    yield f"Made by {tool['name']} {plain(tool['version'])}, rules {plain(tool['rules'][:23])}….\n"


def verdict(report: Outcome) -> str:
    """Return whether the run passes, and the counts that decide it."""
    counts = ", ".join(many(number, severity) for severity, number in report.counts.items())
    if not report.books.records and not any(report.counts.values()):
        return "nothing checked"
    return f"{'passed' if report.conforms() else 'failed'}, {counts}"


def books(head: dict[str, Any]) -> Iterator[str]:
    """Yield what the sources are, and that every input is accounted for."""
    yield "| source | files | skipped | inputs | records | clean | flagged | invalid | unreadable |\n"
    yield "| --- |" + " ---: |" * 8 + "\n"
    figures = ("files", "skipped", "inputs", "records", "clean", "flagged", "invalid", "unreadable")
    for source in head["sources"]:
        cells = " | ".join(f"{source[name]:,}" for name in figures)
        yield f"| {plain(source['name'])} | {cells} |\n"
    yield "\n"


def table(groups: list[Group], rules: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each rule that found something."""
    yield "| rule | name | severity | results | records checked |\n"
    yield "| --- | --- | --- | ---: | ---: |\n"
    for each in groups:
        ran = f"{rules[each.rule]['ran']:,}" if each.rule in rules else ""
        cells = (plain(each.rule), plain(each.name), each.severity, f"{each.number:,}", ran)
        yield f"| {' | '.join(cells)} |\n"
    yield "\n"


def _group(each: Group) -> Iterator[str]:
    yield f"## {plain(each.rule)} {plain(each.name)}\n\n"
    card = told(each.rule)
    if card is not None:
        yield f"{plain(card.what, 2000)} {plain(card.why, 2000)}\n\n"
    for result in each.first:
        yield f"- {line(result)}\n"
    left = each.number - len(each.first)
    yield f"\n… and {left:,} more: the JSON report has all.\n\n" if left else "\n"


def line(result: Result) -> str:
    """Return one result in a line: cable, place, and what is the matter."""
    row = "" if result.row is None else f" row {result.row}"
    number = "" if result.line is None else f":{result.line}"
    where = f"{plain(result.path)}{plain(number)}{row}"
    who = "" if result.identifier is None else f"**{plain(result.identifier)}**"
    state = f"accepted, {plain(result.accepted['reason'])}" if result.accepted else ""
    state = state or ("known" if result.state == "unchanged" else "")
    told = ", ".join(filter(None, (who, where)))
    return f"{told}: {plain(result.message, 2000)}" + (f" ({state})" if state else "")
