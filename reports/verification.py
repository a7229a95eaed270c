"""What came of doing a run again, for a person at a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from cableproof.escape import shown

if TYPE_CHECKING:
    from cableproof.verdict import Verdict

_LONGEST = 400  # characters of what is told of one change


def show(verdict: Verdict, console: Console) -> None:
    """Print each thing that changed, and whether the same bytes came out.

    All that a receipt says is foreign: it goes through the escape like any value.
    """
    for (sort, name), changes in groupby(verdict.changes, key=lambda change: change[:2]):
        console.print(Text(f"{shown(sort)} {shown(name)}", style="bold"))
        for change in changes:
            console.print(Padding(Text(shown(change.told, _LONGEST)), (0, 0, 0, 2), expand=False))
    if verdict.changes:
        console.print()
    if verdict.same_bytes:
        word, told = ("SAME", "the report is the same to the byte")
    else:
        word, told = ("CHANGED", "the report is another")
    if verdict.same_bytes and verdict.changes:
        word, told = ("CHANGED", "the receipt says otherwise, though the report is the same")
    elif not verdict.changes and not verdict.same_bytes:
        told += ", and nothing that a receipt tells of differs"
    style = "bold green" if word == "SAME" else "bold red"
    console.print(Text(word, style=style) + Text(f": {told}", style="default"))
    console.print(Text(f"  {verdict.bytes:,} bytes now"))
    console.print(Text(f"  {verdict.digest}"))
