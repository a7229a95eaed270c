"""One cable as it was read: its claims beside what text, page and place attest; no text."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cableproof.escape import shown
from cableproof.reports.testimony import Witness, witnesses

_UNKNOWN = "-"  # nothing is known: no claim
_LONGEST = 200  # characters of what a witness says
_VERDICT = {True: Text("agrees", style="green"), False: Text("differs", style="bold red")}


def show(
    record: dict[str, Any], evidence: dict[str, Any], found: list[dict[str, Any]], console: Console
) -> None:
    """Print a record: each claim, its witnesses beside it, and what the rules say of it."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("field", no_wrap=True)
    table.add_column("claim", overflow="fold", ratio=2)
    table.add_column("evidence", overflow="fold", ratio=3)
    table.add_column("", no_wrap=True)
    for field, claim, said in _rows(record, evidence):
        verdict = None if said is None else said.agrees
        words = "" if said is None else shown(said.says, _LONGEST)
        table.add_row(
            Text(field),
            Text(claim),
            Text(words),
            Text("") if verdict is None else _VERDICT[verdict],
        )
    console.print(table)
    console.print()
    for finding in found:
        code = f"{finding['rule']} {finding['name']}"
        console.print(Text(f"{code}  {finding['severity']}", style="bold"))
        console.print(Text(f"    {finding['message']}"))
    if not found:
        console.print("no finding on this record by itself")


def _rows(
    record: dict[str, Any], evidence: dict[str, Any]
) -> Iterator[tuple[str, str, Witness | None]]:
    """Yield the lines of the table: a field and its claim stand beside the first witness."""
    said: dict[str, list[Witness]] = {}
    for each in witnesses(record, evidence):
        said.setdefault(each.field, []).append(each)
    for field, value in record.items():
        for first, witness in zip_longest((field,), said.get(field, [])):
            yield first or "", _claim(field, value) if first else "", witness


def _claim(field: str, value: object) -> str:
    if value is None:
        return _UNKNOWN
    if field in ("header", "body"):
        return f"{len(str(value)):,} characters"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(map(shown, value)) or "none"
    return shown(value)
