"""Asking rules of rows that are written down, to see what is said of each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cableproof.finding import Severity
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.engine import Checked
from cableproof.validators.rule import Rule, rows
from cableproof.validators.tables import Tables

Row = dict[str, Any]
TIMES = ["created_time", "written_time", "released_time", "release_day", "opening_day"]


def found(code: str, *rows: Row, **types: str) -> list[tuple[Any, ...]]:
    """Return what a rule says of rows: of which, what it adds to them, and how severe it is."""
    table = pd.DataFrame([*rows])
    for name in table.columns.intersection(TIMES):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[us]")
    said = CATALOGUE[code].find(table.astype(types))
    own = [name for name in said.columns if name not in table.columns]
    return sorted((at, *said.loc[[at], own].iloc[0]) for at in said.index)


def spread(plain: Row, name: str, *values: Any) -> list[Row]:
    return [plain | {name: value} for value in values]


# --- rules of tests, on records of tests ---

WHERE: Row = {"source": "data", "path": "a.jsonl", "start": 0, "line": 1, "row": None}
CARD: Any = {
    "severity": Severity.ERROR,
    "fields": "created",
    "reads": "identifier",
    "says": "{identifier} is odd",
    "why": "Why.",
    "evidence": "None.",
    "bad": [],
    "good": [],
}


def table(*changes: Row) -> pd.DataFrame:
    """Return a table of records, each with its number and a place."""
    plain = {**WHERE, "identifier": "06BERN1", "field_lines": None}
    made = [plain | {"record": n, "start": 100 * n} | own for n, own in enumerate(changes)]
    return pd.DataFrame(made).astype({"start": "Int64", "line": "Int64", "row": "Int64"})


def on_records(*changes: Row, **others: pd.DataFrame) -> Tables:
    return Tables({"records": table(*changes), **others}, len(changes), {})


def every(code: str = "TRM001", **card: Any) -> Rule:
    """Return a rule that finds each row that it is shown."""

    @rows(**{**CARD, "code": code, **card})
    def all_of_them(table: pd.DataFrame) -> pd.DataFrame:
        """Everything is odd."""
        return table

    return all_of_them


def told(checked: Checked, *names: str) -> list[Any]:
    found = checked.sheet[list(names)].astype(object)
    found = found.where(found.notna(), None)
    return [each for each, *_ in found.to_numpy()] if len(names) == 1 else [*found.to_numpy()]


def lines(checked: Checked, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(each) for each in told(checked, *names)]
