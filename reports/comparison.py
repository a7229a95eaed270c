"""The comparison for a person at a terminal: noise floor, witnesses, counts, verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cableproof.escape import shown
from cableproof.finding import Severity
from cableproof.reports.terminal import STYLE, books, many, rules_found, sum_of, verdict
from cableproof.reports.wording import Document
from cableproof.validators.collation.in_words import in_words
from cableproof.validators.collation.kinds import KINDS

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

FIRST = 3  # discrepancies shown of each kind
#: What stands in a cell for each word.
MARKS = {
    "agrees": "=",
    "differs": "≠",
    "otherwise": "≢",
    "silent": "·",
    "absent": "-",
    "unreadable": "?",
}
#: Of a pair of sources, in the order of the columns.
_FIGURES = (
    *("both", "only_a", "only_b", "bytes_differ", "furniture_differs", "metadata_differs"),
    *("whitespace_differs", "text_differs"),
)


def show(
    report: Outcome,
    console: Console,
    fail_on: Severity | None,
    *,
    notes: bool,
    everything: bool,
) -> None:
    """Print the comparison; ``notes`` shows kinds that are notes, ``everything`` each cable."""
    rules_found(report, console, notes=notes, everything=everything)
    comparison = report.comparison() or {}
    _floor(comparison, console)
    by_kind: dict[str, list[Document]] = {}
    for each in report.told():
        if "accepted" in each or each.get("state") == "unchanged":
            continue
        by_kind.setdefault(each["kind"], []).append(each)
    order = sorted(by_kind, key=lambda code: (_gravest(by_kind[code]).rank, code))
    for code in order:
        severity = _gravest(by_kind[code])
        if notes or severity is not Severity.NOTE:
            _kind(comparison, console, severity, by_kind[code], everything=everything)
    _copies(comparison["copies"], console)
    _counts(console, order, by_kind)
    books(console, report, notes=notes)
    verdict(console, report, fail_on)


def _gravest(found: Sequence[Document]) -> Severity:
    severities = {each["severity"] for each in found}
    return min(map(Severity, severities), key=lambda each: each.rank)


def _floor(comparison: Document, console: Console) -> None:
    """Print of how many cables two sources both have, and how many of these differ in what."""
    table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False)
    names = ("", "both", "only a", "only b", "bytes", "page", "metadata", "blanks", "text")
    for name in names:
        table.add_column(name, justify="right" if name else "left", overflow="fold")
    for pair in comparison["pairs"]:
        both = f"a {shown(pair['a'], 24)}\nb {shown(pair['b'], 24)}"
        table.add_row(both, *(f"{pair[figure]:,}" for figure in _FIGURES))
    console.print("Cables that two sources both have, and how many of them differ in what:")
    console.print(table)
    for law in laws(comparison["pairs"]):
        console.print(Text(law))
    base = comparison["reference"] or comparison["order"][0]
    given = "" if comparison["reference"] else " (no --reference)"
    console.print(Text(f"base: {shown(base)}{given}"))
    console.print()


def laws(pairs: Sequence[Document]) -> list[str]:
    """Return how the cables of two sources are accounted for; of more the table says it."""
    return (
        [] if len(pairs) > 1 else [_law(pair, *sides) for pair in pairs for sides in ("ab", "ba")]
    )


def _law(pair: Document, own: str, other: str) -> str:
    parts = {
        "same": pair["identical"],
        "different": pair["both"] - pair["identical"],
        "unreadable in the other": pair[f"unreadable_{other}"],
        "only here": pair[f"only_{own}"],
    }
    return f"{shown(pair[own], 24)}: {sum_of(pair[f'cables_{own}'], 'cable', parts)}"


def _kind(
    comparison: Document,
    console: Console,
    severity: Severity,
    found: Sequence[Document],
    *,
    everything: bool,
) -> None:
    title = Text(f"{found[0]['kind']} {found[0]['name']}", style=STYLE[severity])
    count = f"  {severity.value}, {many(len(found), 'cable')}"
    console.print(title.append(count, style="not bold default"))
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in ("", "field", *comparison["witnesses"], ""):
        table.add_column(shown(name, 24), overflow="fold")
    most = len(found) if everything else FIRST
    for each in found[:most]:
        cells = [_cell(each, name) for name in comparison["witnesses"]]
        table.add_row(
            shown(each["identifier"]), " ".join(each["fields"]), *cells, in_words(each["facts"])
        )
    console.print(table)
    if len(found) > most:
        console.print(f"  … and {len(found) - most:,} more: --all")
    console.print()


def _cell(each: Document, name: str) -> Text:
    """Return a cell: the mark, and the value where one may be shown."""
    cell, value = each["cells"][name], each["values"][name]
    if cell in ("absent", "unreadable"):
        return Text(cell)
    if each["facts"].get("withheld"):
        return Text(f"{MARKS[cell]} withheld")
    mark = MARKS[cell]
    return Text(f"{mark} {shown(value, 40)}" if value is not None else mark)


def _copies(copies: Sequence[Document], console: Console) -> None:
    if not copies:
        return
    console.print(f"{many(len(copies), 'cable')} in several copies within one source:")
    for each in copies[:FIRST]:
        kinds = " ".join(each["kinds"]) or "alike"
        where = f"{each['copies']} times in {shown(each['source'])}"
        console.print(Text(f"  {shown(each['identifier'])} {where}: {kinds}"))
    if len(copies) > FIRST:
        console.print(f"  … and {len(copies) - FIRST:,} more")
    console.print()


def _counts(console: Console, order: Sequence[str], by_kind: dict[str, list[Document]]) -> None:
    for code in order:
        console.print(f"{len(by_kind[code]):>9,} {code} {KINDS[code].name}")
    if order:
        console.print(
            "= agrees  ≠ differs  ≢ differs otherwise  · makes no such claim  ¶ paragraph of the base"
        )
        console.print()
