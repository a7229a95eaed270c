"""Settings for a person at a terminal: each value, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cableproof.escape import shown


def show(values: Mapping[str, tuple[Any, str]], console: Console) -> None:
    """Print a line for each setting; what is not the default stands out."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("setting", "value", "from"):
        table.add_column(name, overflow="fold")
    for name, (value, origin) in values.items():
        style = "dim" if origin == "default" else "default"
        cells = (name, _said(plain(value)), shown(origin, 200))
        table.add_row(*(Text(cell, style=style) for cell in cells))
    console.print(table)


def plain(value: Any) -> Any:
    """Return the value of a setting as JSON has it."""
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return list(value)
    return getattr(value, "text", value)  # a threshold is as it was written


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{shown(name)} = {_said(each)}" for name, each in value.items()) or "-"
    if isinstance(value, list):
        return " ".join(shown(each) for each in value) or "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else shown(value, 200)
