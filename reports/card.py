"""A record's card: at a terminal, or as Markdown for a footnote; no text of the cable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cableproof.escape import shown
from cableproof.reports.comparison import MARKS

if TYPE_CHECKING:
    from cableproof.card import Agreement, Card, Copy

_SHORT = 16  # digits of a digest that are shown; JSON has all
_LEGEND = "= agrees  ≠ differs  ≢ differs otherwise  · makes no such claim"
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>()#+!|~&"})


def show(card: Card, console: Console) -> None:
    """Print the card at a terminal."""
    console.print(Text(citation(card), style="bold"))
    for each in card.copies:
        console.print(Text(f"  {_copy(card, each)}"))
    console.print()
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    names = list(card.fields[0].cells) if card.fields else []
    for name in ("field", *names):
        table.add_column(shown(name, 24), overflow="fold")
    for field in card.fields:
        table.add_row(field.field, *(_cell(field, name) for name in names))
    console.print(table)
    console.print(Text(_LEGEND, style="dim"))
    console.print()
    for line in (*_origin(card), *_claims(card), *_findings(card)):
        console.print(Text(line))
    console.print(Text(_made(card), style="dim"))


def markdown(card: Card) -> Iterator[str]:
    """Yield the card as Markdown, a line at a time."""
    yield f"{_plain(citation(card))}\n\n"
    for each in card.copies:
        yield f"- {_plain(_copy(card, each))}\n"
    names = list(card.fields[0].cells) if card.fields else []
    yield "\n| field | " + " | ".join(_plain(name) for name in names) + " |\n"
    yield "| --- " * (len(names) + 1) + "|\n"
    for field in card.fields:
        cells = " | ".join(_plain(_cell(field, name)) for name in names)
        yield f"| {field.field} | {cells} |\n"
    yield f"\n{_LEGEND}\n\n"
    for line in (*_origin(card), *_claims(card), *_findings(card)):
        yield f"- {_plain(line.strip())}\n"
    yield f"\n{_plain(_made(card))}\n"


def lines(card: Card) -> Iterator[str]:
    """Yield the card as JSON."""
    yield json.dumps(card.document(), indent=1) + "\n"


def citation(card: Card) -> str:
    """Return the cable and the copy of it that was read, in one sentence for a footnote."""
    own = card.copies[0]
    fields = {each.field: each.values.get(own.source) for each in card.fields}
    said = [fields.get(name) for name in ("origin", "created", "classification")]
    partial = "partial extract" if fields.get("partial_extract") == "yes" else None
    words = [card.identifier, *(shown(each) for each in (*said, partial) if each)]
    return f"{', '.join(words)}; {shown(own.source)}, {_place(own)}, sha256:{own.digest}."


def _place(each: Copy) -> str:
    number = f":{each.line}" if each.line else "" if each.row is None else f" row {each.row}"
    return shown(each.path or "", 400) + number


def _copy(card: Card, each: Copy) -> str:
    """Return where a source has the cable, and its digest."""
    if each.path is None:
        return f"{shown(each.source)}: not there"
    parts = [f"sha256:{(each.digest or '')[:_SHORT]}…"]
    parts += ["has redaction marks"] if each.covered else []
    parts += [f"one of {each.copies} copies"] if each.copies > 1 else []
    parts += [f"called {shown(each.identifier)}"] if each.identifier != card.identifier else []
    return f"{shown(each.source)}: {_place(each)}; {', '.join(parts)}"


def _cell(field: Agreement, name: str) -> str:
    mark = MARKS.get(field.cells[name], field.cells[name])
    value = field.values.get(name)
    return mark if value is None else f"{mark} {shown(value, 60)}"


def _origin(card: Card) -> Iterator[str]:
    if card.origin is None:
        return
    where = " or ".join(map(shown, card.origin.releases)) or "none of those given"
    yield f"can come from: {where}"
    for kind, (spoken, against) in card.origin.evidence.items():
        if against:
            yes = f"for {', '.join(map(shown, spoken))}" if spoken else ""
            no = f"against {', '.join(map(shown, against))}"
            yield f"  {kind}: {'; '.join(filter(None, (yes, no)))}"


def _claims(card: Card) -> Iterator[str]:
    for each in card.statements:
        says = " ".join(shown(value) for value in each.says.values())
        verdict = next((v for v, number in each.verdicts.items() if number), "")
        why = f" ({each.because})" if each.because else ""
        yield f"claim, {each.claim}: {says}: {verdict}{why}"


def _findings(card: Card) -> Iterator[str]:
    for each in card.findings:
        yield f"{each['rule']} {each['name']}, {each['severity']}: {each['message']}"


def _made(card: Card) -> str:
    tool = card.tool
    return f"made by {tool['name']} {tool['version']}, rules {str(tool['rules'])[:23]}…"


def _plain(text: str) -> str:
    """Return text in which nothing is markup."""
    return text.translate(_SPECIAL)
