"""The patterns at the level of modules, and what each sees in a text."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

ROOT = Path(__file__).parents[1]
FOLDERS = ("sources", "validators")
PROBES = Path(__file__).with_name("patterns.json")
Pattern = str | re.Pattern[str] | re.Pattern[bytes]

_LIKE_A_PATTERN = re.compile(r"[\\^$*+?\[\](){}|]")
_MOST = 4  # places in a text that are told


@cache
def patterns() -> dict[str, Pattern]:
    """Return all patterns by module and name, those within tables by their key too."""
    files = sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py"))
    found: dict[str, Pattern] = {}
    for file in files:
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        module = importlib.import_module(f"cableproof.{name}")
        own = {*_assigned(file)}
        for each, value in vars(module).items():
            if each in own:
                found |= _within(f"{name}.{each}", value)
    return found


def _assigned(file: Path) -> Iterator[str]:
    return (
        found[1]
        for found in re.finditer(r"^(\w+)(?::[^=\n]+)? = ", file.read_text("utf-8"), re.MULTILINE)
    )


def _within(name: str, value: Any) -> dict[str, Pattern]:
    if isinstance(value, re.Pattern) or (isinstance(value, str) and _LIKE_A_PATTERN.search(value)):
        return {name: value}
    if isinstance(value, Mapping):
        parts = [(f"{name}[{key}]", each) for key, each in value.items()]
    elif isinstance(value, list | tuple):
        parts = [(f"{name}[{at}]", each) for at, each in enumerate(value)]
    else:
        return {}
    return {key: one for part in parts for key, one in _within(*part).items()}


def seen(pattern: Pattern, text: str) -> str:
    """Return what a pattern sees in a text: where it matches, and the groups."""
    if isinstance(pattern, str):
        return _by_columns(pattern, text)
    plain: Any = pattern  # of texts or of bytes
    subject = text.encode("latin-1") if isinstance(plain.pattern, bytes) else text
    hits = islice(plain.finditer(subject), _MOST)
    return " ".join(
        f"{hit.start()}-{hit.end()}" + "".join(f"({a}-{b})" for a, b in hit.regs[1:])
        for hit in hits
    )


def _by_columns(pattern: str, text: str) -> str:
    """Return the same of a pattern in the syntax of columns, or of its parts, as Python has it."""
    try:
        return str(pl.Series([text]).str.replace_all(pattern, "<$0>").item())
    except pl.exceptions.PolarsError:
        return seen(re.compile(pattern), text)
