"""Why a rule was not run, told for each column that it reads and for each table."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from syrupy.assertion import SnapshotAssertion

from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.engine import Checked, check
from cableproof.validators.lacking import LACKING
from cableproof.validators.rule import OF_FILES, Rule
from cableproof.validators.tables import Tables
from tests.test_verdicts import mixed

RULES = [rule for rule in CATALOGUE.values() if rule.on not in OF_FILES]


def lacking(rule: Rule, column: str) -> dict[str, int]:
    """Return what is told where one of three records lacks what is read."""
    table = mixed(rule)[:3].reset_index(drop=True)
    table[column] = table[column].where([True, False, True])
    judged = _asked(rule, table, 3)
    assert judged.ran == {rule.code: 3 - sum(judged.lacking[rule.code].values())}
    return judged.lacking[rule.code]


def _asked(rule: Rule, table: pd.DataFrame, speaks: int) -> Checked:
    """Return what is told of a rule that finds nothing in a table which speaks of so many."""
    silent = replace(rule, find=lambda rows: rows[:0])
    return check([silent], Tables({rule.on: table}, max(3, speaks), {rule.on: speaks}))


def test_what_a_record_lacks_is_told_for_each_column_that_a_rule_reads(
    snapshot: SnapshotAssertion,
) -> None:
    told = {
        f"{rule.code} {column}": lacking(rule, column)
        for rule in RULES
        if rule.on == "records"
        for column in rule.reads.split()
    }
    assert told == snapshot
    assert all(sum(each.values()) == 1 for each in told.values())


def test_where_a_table_is_silent_on_records_that_is_told(snapshot: SnapshotAssertion) -> None:
    told: dict[str, dict[str, int]] = {}
    for rule in CATALOGUE.values():
        if rule.on in LACKING:
            columns = [*rule.reads.split(), *rule.uses.split(), "record"]
            none = pd.DataFrame(columns=columns)
            told |= _asked(rule, none, 2).lacking
    assert told == snapshot


def test_no_reason_is_given_that_no_rule_asks_for() -> None:
    asked = {column for rule in RULES if rule.on == "records" for column in rule.reads.split()}
    assert set(LACKING) == asked | {rule.on for rule in CATALOGUE.values() if rule.on in LACKING}
