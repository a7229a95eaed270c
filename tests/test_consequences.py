"""What follows from another finding on the same record is left out, and the cause names it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cableproof.finding import Severity
from cableproof.validators.engine import check
from cableproof.validators.rule import Rule
from cableproof.validators.tables import Tables
from tests.asking import WHERE, every, lines, on_records, told


def some(code: str, *records: int, **card: Any) -> Rule:
    """Return a rule that finds some records by their numbers."""
    return Rule(
        **{**vars(every(code, **card)), "find": lambda rows: rows.loc[rows.index.isin(records)]}
    )


def causes(*rules: Rule, numbers: int = 4) -> list[tuple[Any, ...]]:
    checked = check(rules, on_records(*({"identifier": f"06BERN{n}"} for n in range(numbers))))
    found = lines(checked, "record", "rule", "facts")
    return [(record, rule, facts.get("stands_for", "")) for record, rule, facts in found]


def test_what_follows_from_another_finding_on_its_record_is_left_out_and_named() -> None:
    cause = some("TRM001", 0, 2, stands_for="TRM002 TRM003 TRM009")
    assert causes(
        some("TRM003", 0, 1, 2), cause, some("TRM002", 0, 3), some("TRM004", 0, 1, 2)
    ) == [
        (0, "TRM001", "TRM002 TRM003"),
        (0, "TRM004", ""),
        (1, "TRM003", ""),
        (1, "TRM004", ""),
        (2, "TRM001", "TRM003"),
        (2, "TRM004", ""),
        (3, "TRM002", ""),
    ]


def test_a_note_is_no_cause() -> None:
    cause = some("TRM001", 0, stands_for="TRM002", severity=Severity.NOTE)
    assert causes(cause, some("TRM002", 0)) == [(0, "TRM001", ""), (0, "TRM002", "")]


def test_a_cause_that_itself_follows_from_another_is_no_cause() -> None:
    first = some("TRM001", 0, stands_for="TRM002")
    second = some("TRM002", 0, 1, stands_for="TRM003")
    assert causes(first, second, some("TRM003", 0, 1)) == [
        (0, "TRM001", "TRM002"),
        (0, "TRM003", ""),
        (1, "TRM002", "TRM003"),
    ]


def test_what_stands_in_no_record_follows_from_nothing() -> None:
    nowhere = pd.DataFrame({**WHERE, "record": [None], "identifier": None, "counter": 1})
    nowhere = nowhere.astype({"record": "Int64"})
    files = every("TRM002", on="trees", reads="counter", says="x")
    cause = every("TRM001", on="trees", reads="counter", says="x", stands_for="TRM002")
    found = check([cause, files], Tables({"trees": nowhere}, 0, {}))
    assert told(found, "rule") == ["TRM001", "TRM002"]
